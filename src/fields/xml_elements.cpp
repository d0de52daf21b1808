#include "fields/xml_elements.hpp"

#include <fmt/format.h>

#include "base/words.hpp"
#include "fields/cell_grid.hpp"

namespace spinsweep::fields {

namespace {

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(blanks);
  return first == std::string_view::npos ? std::string_view{} : text.substr(first);
}

class Scanner {
 public:
  Scanner(std::string_view text, std::string_view last, const std::string& name)
      : rest_(text), last_(last), name_(name) {}

  std::vector<XmlElement> read() {
    do {
      add_text(up_to("<"));
      if (rest_.starts_with("!--")) {
        (void)up_to("-->");
      } else if (rest_.starts_with('?') || rest_.starts_with('!')) {
        (void)up_to(">");
      } else if (rest_.starts_with('/')) {
        end(up_to(">").substr(1));
      } else {
        begin(up_to(">"));
      }
    } while (!is_last_ && (!open_.empty() || elements_.empty()));
    return std::move(elements_);
  }

  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  [[noreturn]] void fail(const std::string& problem) const { refuse_file(name_, problem); }

  /// What stands before the next `mark`, which is passed.
  std::string_view up_to(std::string_view mark) {
    const auto end = rest_.find(mark);
    if (end == std::string_view::npos) {
      fail(fmt::format("is truncated: expected \"{}\" before its end", mark));
    }
    const std::string_view found = rest_.substr(0, end);
    rest_.remove_prefix(end + mark.size());
    return found;
  }

  void add_text(std::string_view text) {
    if (!open_.empty()) {
      elements_[open_.back()].text += text;
    }
  }

  void begin(std::string_view tag) {
    const bool is_closed = tag.ends_with('/');
    if (is_closed) {
      tag.remove_suffix(1);
    }
    XmlElement element;
    element.name = tag.substr(0, tag.find_first_of(blanks));
    if (!open_.empty()) {
      element.parent = elements_[open_.back()].name;
    }
    std::string_view rest = without_blanks(tag.substr(element.name.size()));
    while (!rest.empty()) {
      const auto equals = rest.find_first_of("=");
      const auto quote = equals == std::string_view::npos ? equals : rest.find_first_of("\"'", equals);
      const auto end = quote == std::string_view::npos ? quote : rest.find(rest[quote], quote + 1);
      if (end == std::string_view::npos) {
        fail(fmt::format("has <{}>, expected attributes as in key=\"value\"", tag));
      }
      const std::string_view key = rest.substr(0, equals);
      element.attributes[std::string(key.substr(0, key.find_first_of(blanks)))] =
          rest.substr(quote + 1, end - quote - 1);
      rest = without_blanks(rest.substr(end + 1));
    }
    is_last_ = element.name == last_;
    if (!is_closed) {
      open_.push_back(elements_.size());
    }
    elements_.push_back(std::move(element));
  }

  void end(std::string_view tag) {
    const std::string_view name = tag.substr(0, tag.find_first_of(blanks));
    if (open_.empty() || elements_[open_.back()].name != name) {
      fail(fmt::format("has </{}> where {} was expected", name,
                       open_.empty() ? "an element" : "</" + elements_[open_.back()].name + ">"));
    }
    open_.pop_back();
  }

  std::string_view rest_;
  std::string_view last_;
  const std::string& name_;
  bool is_last_ = false;
  std::vector<XmlElement> elements_;
  std::vector<std::size_t> open_;
};

}  // namespace

std::vector<XmlElement> xml_elements(std::string_view text, std::string_view last, std::string_view& behind,
                                     const std::string& name) {
  Scanner scanner(text, last, name);
  std::vector<XmlElement> elements = scanner.read();
  behind = scanner.rest();
  return elements;
}

}  // namespace spinsweep::fields
