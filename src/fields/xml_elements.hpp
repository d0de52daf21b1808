#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spinsweep::fields {

/// An element of an XML text.
struct XmlElement {
  std::string name;
  std::string parent;  ///< empty for the outermost element
  std::map<std::string, std::string> attributes;
  std::string text;  ///< directly inside it, without that of elements inside
};

/// The elements of an XML text in the order in which they begin, up to the end of the outermost one or up to the
/// beginning of an element called `last`, which is then the last of them; behind: what follows that beginning. Knows
/// comments and declarations, and neither entities nor CDATA. Errors: InputError "NAME: ..." if the text is cut or
/// elements do not end in their order.
[[nodiscard]] std::vector<XmlElement> xml_elements(std::string_view text, std::string_view last,
                                                   std::string_view& behind, const std::string& name);

}  // namespace spinsweep::fields
