#include "fields/xml_vtk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include "base/words.hpp"
#include "fields/cell_grid.hpp"
#include "fields/number_format.hpp"
#include "fields/vtk_data.hpp"
#include "fields/xml_elements.hpp"

namespace spinsweep::fields {

namespace {

class XmlVtkReader {
 public:
  XmlVtkReader(std::string_view bytes, const std::string& name)
      : name_(name), elements_(xml_elements(bytes, "AppendedData", appended_, name)) {}

  FileField read() {
    const XmlElement& file = only("VTKFile");
    const std::string type = attribute(file, "type");
    if (type != "ImageData" && type != "RectilinearGrid") {
      fail(fmt::format("holds {}, expected ImageData or RectilinearGrid", type));
    }
    encoding_.order =
        optional_attribute(file, "byte_order", "LittleEndian") == "BigEndian" ? std::endian::big : std::endian::little;
    encoding_.header_bytes = optional_attribute(file, "header_type", "UInt32") == "UInt64" ? 8 : 4;
    const std::string compressor = optional_attribute(file, "compressor", "");
    if (!compressor.empty() && compressor != "vtkZLibDataCompressor") {
      fail(fmt::format("is compressed by {}, expected vtkZLibDataCompressor or none", compressor));
    }
    encoding_.is_compressed = !compressor.empty();
    begin_appended_data();
    const micromagnetics::Mesh mesh = type == "ImageData" ? mesh_of_image() : mesh_of_rectilinear_grid();
    std::vector<CellArray> arrays;
    for (const XmlElement* array : arrays_in("CellData")) {
      const double components = number(optional_attribute(*array, "NumberOfComponents", "1"));
      if (!(components >= 1.0 && components <= 9.0) || components != std::floor(components)) {
        fail(fmt::format("has {:g} components in an array, expected 1 to 9", components));
      }
      arrays.push_back({optional_attribute(*array, "Name", "without a name"), static_cast<int>(components),
                        values(*array, components * static_cast<double>(mesh.cells()))});
    }
    return chosen_field(mesh, std::move(arrays), name_);
  }

 private:
  [[noreturn]] void fail(const std::string& problem) const { refuse_file(name_, problem); }

  [[nodiscard]] const XmlElement& only(const std::string& element) const {
    const auto count = std::ranges::count(elements_, element, &XmlElement::name);
    if (count != 1) {
      fail(fmt::format("has {} elements called {}, expected 1", count, element));
    }
    return *std::ranges::find(elements_, element, &XmlElement::name);
  }

  [[nodiscard]] static std::string optional_attribute(const XmlElement& element, const std::string& key,
                                                      const std::string& without) {
    const auto found = element.attributes.find(key);
    return found == element.attributes.end() ? without : found->second;
  }
  [[nodiscard]] std::string attribute(const XmlElement& element, const std::string& key) const {
    if (!element.attributes.contains(key)) {
      fail(fmt::format("has no {} in <{}>", key, element.name));
    }
    return element.attributes.at(key);
  }

  [[nodiscard]] double number(const std::string& text) const { return numbers(text, 1).front(); }
  [[nodiscard]] std::vector<double> numbers(const std::string& text, std::size_t count) const {
    const auto found = numbers_in(text);
    if (!found || found->size() != count) {
      fail(fmt::format("has \"{}\", expected {}", text, counted(count, "number")));
    }
    return *found;
  }

  /// Appended data begin behind an underscore.
  void begin_appended_data() {
    const auto element = std::ranges::find(elements_, "AppendedData", &XmlElement::name);
    if (element == elements_.end()) {
      return;
    }
    appended_is_base64_ = attribute(*element, "encoding") == "base64";
    const auto begin = appended_.find_first_not_of(blanks);
    if (begin == std::string_view::npos || appended_[begin] != '_') {
      fail("has no underscore before its appended data");
    }
    appended_.remove_prefix(begin + 1);
  }

  /// The cells along each axis. Errors: also if the whole extent is that of several pieces.
  [[nodiscard]] std::array<double, 3> cells(const XmlElement& grid) const {
    const std::string whole = attribute(grid, "WholeExtent");
    const std::string piece = attribute(only("Piece"), "Extent");
    const std::vector<double> extent = numbers(whole, 6);
    if (numbers(piece, 6) != extent) {
      fail(fmt::format("has a piece of the extent {}, expected the whole extent {}", piece, whole));
    }
    std::array<double, 3> cells{};
    for (std::size_t k = 0; k < cells.size(); ++k) {
      cells[k] = extent[2 * k + 1] - extent[2 * k];
      if (cells[k] != std::floor(cells[k])) {
        fail(fmt::format("has the extent {}, expected whole numbers", whole));
      }
    }
    return cells;
  }

  [[nodiscard]] micromagnetics::Mesh mesh_of_image() const {
    const XmlElement& image = only("ImageData");
    const std::string direction = optional_attribute(image, "Direction", "1 0 0 0 1 0 0 0 1");
    if (numbers(direction, 9) != std::vector<double>{1, 0, 0, 0, 1, 0, 0, 0, 1}) {
      fail(fmt::format("has the direction {}, expected 1 0 0 0 1 0 0 0 1", direction));
    }
    const std::array<double, 3> along = cells(image);
    const std::vector<double> edges = numbers(attribute(image, "Spacing"), 3);
    return mesh_of({along[0], edges[0]}, {along[1], edges[1]}, {along[2], edges[2]}, name_);
  }

  [[nodiscard]] micromagnetics::Mesh mesh_of_rectilinear_grid() const {
    const std::array<double, 3> along = cells(only("RectilinearGrid"));
    const std::vector<const XmlElement*> coordinates = arrays_in("Coordinates");
    if (coordinates.size() != along.size()) {
      fail(fmt::format("has {} arrays of coordinates, expected 3", coordinates.size()));
    }
    std::array<GridAxis, 3> axes;
    for (std::size_t k = 0; k < along.size(); ++k) {
      const std::vector<double> faces = values(*coordinates[k], along[k] + 1.0);
      axes[k] = axis_between(faces, name_);
    }
    return mesh_of(axes[0], axes[1], axes[2], name_);
  }

  [[nodiscard]] std::vector<const XmlElement*> arrays_in(const std::string& parent) const {
    std::vector<const XmlElement*> arrays;
    for (const XmlElement& element : elements_) {
      if (element.name == "DataArray" && element.parent == parent) {
        arrays.push_back(&element);
      }
    }
    return arrays;
  }

  [[nodiscard]] std::vector<double> values(const XmlElement& array, double count) const {
    const std::string type = attribute(array, "type");
    const auto format = xml_vtk_format(type);
    if (!format) {
      fail(fmt::format("has numbers of the type {}, expected Float64, Float32 or whole numbers", type));
    }
    const std::vector<double> found = stored_values(array, *format, count);
    if (static_cast<double>(found.size()) != count) {
      fail(fmt::format("has {} numbers of data where {:.0f} were expected", found.size(), count));
    }
    return found;
  }

  [[nodiscard]] std::vector<double> stored_values(const XmlElement& array, NumberFormat format, double count) const {
    const std::string kind = attribute(array, "format");
    if (kind == "ascii") {
      const auto found = numbers_in(array.text);
      if (!found) {
        fail("has a word among the numbers of an array");
      }
      return *found;
    }
    const double bytes = count * static_cast<double>(format.bytes);
    VtkEncoding encoding = encoding_;
    std::string text;
    std::string_view data;
    if (kind == "appended") {
      encoding.is_base64 = appended_is_base64_;
      const double offset = number(attribute(array, "offset"));
      if (!(offset >= 0.0 && offset <= static_cast<double>(appended_.size()))) {
        fail(fmt::format("is truncated: has {} bytes of appended data, an array begins at {:.0f}", appended_.size(),
                         offset));
      }
      data = appended_.substr(static_cast<std::size_t>(offset));
    } else if (kind == "binary") {
      std::ranges::copy_if(array.text, std::back_inserter(text),
                           [](char character) { return blanks.find(character) == std::string_view::npos; });
      data = text;
    } else {
      fail(fmt::format("has data in the format {}, expected ascii, binary or appended", kind));
    }
    std::string decoded = vtk_data(data, encoding, bytes, name_);
    decoded.resize(decoded.size() / format.bytes * format.bytes);
    return decode_numbers(decoded, format, encoding.order);
  }

  const std::string& name_;
  std::string_view appended_;
  bool appended_is_base64_ = false;
  std::vector<XmlElement> elements_;
  VtkEncoding encoding_;
};

}  // namespace

bool is_xml(std::string_view bytes) {
  return bytes.starts_with("<?xml") || bytes.starts_with("<VTKFile");
}

FileField read_xml_vtk(std::string_view bytes, const std::string& name) {
  return XmlVtkReader(bytes, name).read();
}

}  // namespace spinsweep::fields
