#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "fields/file_field.hpp"
#include "store/attributes.hpp"
#include "store/hdf5.hpp"

namespace spinsweep::fields {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using testing::ThrowsMessage;

std::string bytes_of(const std::string& file) {
  return read_bytes(std::string(SPINSWEEP_TEST_DATA) + "/fields/" + file);
}

void expect_refused(const std::string& bytes, const std::string& why) {
  EXPECT_THAT([&] { (void)read_file_field(bytes, "a.vtk"); },
              ThrowsMessage<Error>(testing::AllOf(StartsWith("a.vtk: "), HasSubstr(why))));
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto place = text.find(from);
  EXPECT_NE(place, std::string::npos) << from;
  return text.replace(place, from.size(), to);
}

class FieldFile : public testing::TestWithParam<const char*> {};

TEST_P(FieldFile, CutAnywhereIsRefusedOrHasAllItsNumbers) {
  const std::string whole = bytes_of(GetParam());
  const FileField field = read_file_field(whole, "whole");
  for (std::size_t length = 0; length < whole.size(); length += 7) {
    try {
      EXPECT_EQ(read_file_field(whole.substr(0, length), "cut").values, field.values)
          << length << " of " << whole.size() << " bytes";
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), StartsWith("cut: "));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(EveryFormat, FieldFile,
                         testing::Values("binary.vtk", "ascii.vtk", "compressed.vtk", "points.vtk", "ascii.vti",
                                         "binary.vti", "appended_raw.vti", "appended_base64.vti", "vectors.h5"));

TEST(LegacyVtk, OfAnotherKindIsRefused) {
  const std::string text = bytes_of("ascii.vtk");
  expect_refused(replaced(text, "RECTILINEAR_GRID", "UNSTRUCTURED_GRID"),
                 "holds UNSTRUCTURED_GRID, expected STRUCTURED_POINTS or RECTILINEAR_GRID");
  expect_refused(replaced(text, "ASCII", "ASCI"), "has \"ASCI\" in its third line, expected ASCII or BINARY");
  expect_refused(replaced(text, "CELL_DATA", "POINT_DATA"), "has no numbers on its cells; those on points");
  expect_refused(replaced(text, "VECTORS", "TENSORS"), "has \"TENSORS\", expected a keyword");
  expect_refused(replaced(text, "field double", "field bit"), "has numbers of the type bit");
  expect_refused(replaced(text, "VECTORS field", "VECTORS m"), "has 6 arrays on its cells (m, norm, x, y, z, valid)");
  expect_refused("# vtk DataFile Version 3.0\nnothing\nASCII\n", "has no DATASET");
}

TEST(LegacyVtk, OfAnotherGridIsRefused) {
  const std::string text = bytes_of("ascii.vtk");
  expect_refused(replaced(text, "0 5e-09 1e-08 1.5e-08 2e-08", "0 5e-09 1.1e-08 1.5e-08 2e-08"),
                 "has a face of its cells at 1.1e-08 m, expected 1e-08 m");
  expect_refused(replaced(text, "0 5e-09 1e-08 1.5e-08 2e-08", "0 0 0 0 0"), "expected positive lengths");
  expect_refused(replaced(text, "DIMENSIONS 5 4 2", "DIMENSIONS 5 4 1"), "coordinates along an axis, expected the 1");
  expect_refused(replaced(text, "DIMENSIONS 5 4 2", "DIMENSIONS 5 4 -2"), "has \"-2\" for the dimensions");
  expect_refused(replaced(text, "DIMENSIONS 5 4 2", "DIMENSIONS 1e15 4 2"), "expected a whole number");
  const std::string points = bytes_of("points.vtk");
  expect_refused(replaced(points, "DIMENSIONS 5 4 2", "DIMENSIONS 5 4 3"), "has 2 layers of cells, expected 1");
  expect_refused(replaced(points, "DIMENSIONS 5 4 2", "DIMENSIONS 5 5 2"),
                 "has 36 numbers of data where 48 were expected");
  expect_refused(replaced(points, "DIMENSIONS 5 4 2", "DIMENSIONS 1 4 2"), "has 0 x 3 x 1 cells");
  expect_refused(replaced(points, "m 3 12 float", "m 2 18 float"), "has 2 components, expected 1 or 3");
}

TEST(LegacyVtk, WithWordsAmongItsNumbersIsRefused) {
  expect_refused(replaced(bytes_of("ascii.vtk"), "0 100 200", "0 hundred 200"),
                 "has \"hundred\" among its data, expected a number");
  expect_refused(replaced(bytes_of("ascii.vtk"), "0 100 200", "0 nan 200"), "has nan in its cell (0, 0)");
}

TEST(XmlVtk, OfAnotherKindIsRefused) {
  const std::string text = bytes_of("ascii.vti");
  expect_refused(replaced(text, "type=\"ImageData\"", "type=\"PolyData\""), "holds PolyData, expected ImageData");
  expect_refused(replaced(text, "Float32", "String"), "has numbers of the type String");
  expect_refused(replaced(text, "format=\"ascii\"", "format=\"hex\""), "has data in the format hex");
  expect_refused(replaced(text, "NumberOfComponents=\"3\"", "NumberOfComponents=\"2\""),
                 "has 36 numbers of data where 24 were expected");
  expect_refused(replaced(text, "NumberOfComponents=\"3\"", "NumberOfComponents=\"-1\""), "has -1 components");
  expect_refused(replaced(text, "Piece Extent=\"0 4", "Piece Extent=\"0 2"), "expected the whole extent 0 4 0 3 0 1");
  expect_refused(replaced(text, "Direction=\"1 0", "Direction=\"0 1"), "has the direction 0 1 0 0");
  expect_refused(replaced(text, "5e-9 5e-9 2e-9", "5e-9 5e-9"), "has \"5e-9 5e-9\", expected 3 numbers");
  expect_refused(replaced(text, "0 100 200", "0 hundred 200"), "has a word among the numbers");
  expect_refused(replaced(text, "</CellData>", "</PointData>"), "has </PointData> where </CellData> was expected");
  expect_refused("<?xml version=\"1.0\"?><svg></svg>", "has 0 elements called VTKFile, expected 1");
}

TEST(XmlVtk, WithDamagedDataIsRefused) {
  const std::string compressed = bytes_of("compressed.vtk");
  expect_refused(replaced(compressed, "eJxNy70J", "eJxNy7xx"), "has compressed data that are damaged");
  expect_refused(replaced(compressed, "_AQAAAACAAABgAAAA", "_AQAAAACAAABg////"),
                 "bytes of data where 96 were expected");
  expect_refused(replaced(compressed, "_AQAAAACAAABgAAAA", "_////fwCAAABgAAAA"), "is truncated");
  expect_refused(replaced(compressed, "_AQAAAACAAABgAAAA", "_AQA*AACAAABgAAAA"), "has \"*\" among its data in base64");
  expect_refused(replaced(compressed, "offset=\"416\"", "offset=\"999999\""),
                 "is truncated: has 846 bytes of appended data, an array begins at 999999");
  expect_refused(replaced(compressed, "vtkZLibDataCompressor", "vtkLZ4DataCompressor"),
                 "is compressed by vtkLZ4DataCompressor");
  expect_refused(replaced(compressed, "   _AQ", "   AQ"), "has no underscore before its appended data");
}

TEST(XmlVtk, OfSizesThatNoFileHasIsRefused) {
  // A grid of 1e300 cells, and 2^64 - 8 bytes of coordinates.
  const std::string array = "<DataArray type='Float64' format='binary'>+P////////8=</DataArray>";
  expect_refused(
      "<VTKFile type='RectilinearGrid' header_type='UInt64'><RectilinearGrid WholeExtent='0 1e300 0 1 0 1'>"
      "<Piece Extent='0 1e300 0 1 0 1'><Coordinates>" +
          array + array + array + "</Coordinates></Piece></RectilinearGrid></VTKFile>",
      "has 18446744073709551616 bytes of data where 12 were expected, or is truncated");
}

/// A copy of vectors.h5 that may be changed by HDF5's own functions.
class Hdf5Field : public testing::Test {
 protected:
  ~Hdf5Field() override { std::filesystem::remove(path_); }

  std::string changed(const std::function<void(hid_t)>& change) {
    std::filesystem::copy_file(std::string(SPINSWEEP_TEST_DATA) + "/fields/vectors.h5", path_,
                               std::filesystem::copy_options::overwrite_existing);
    {
      const store::UniqueFile file(H5Fopen(path_.c_str(), H5F_ACC_RDWR, H5P_DEFAULT));
      change(file.get());
    }
    return read_bytes(path_);
  }

  static void replace_array(hid_t file, hid_t type, const std::vector<hsize_t>& shape) {
    H5Ldelete(file, "field/array", H5P_DEFAULT);
    const store::UniqueDataspace space(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr));
    const store::UniqueDataset array(
        H5Dcreate2(file, "field/array", type, space.get(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  }

  std::string path_ = std::filesystem::temp_directory_path() / ("hdf5_field_" + std::to_string(getpid()) + ".h5");
};

TEST_F(Hdf5Field, OfAnotherProgramIsRefused) {
  expect_refused(changed([](hid_t file) { H5Adelete(file, "ubermag-hdf5-file-version"); }),
                 "has no attribute ubermag-hdf5-file-version, expected an HDF5 file of discretisedfield");
  expect_refused(changed([](hid_t file) {
                   H5Adelete(file, "type");
                   store::write_attribute(file, "file", {"type", std::string("discretisedfield.Mesh")});
                 }),
                 "holds a discretisedfield.Mesh of version 0.1, expected a discretisedfield.Field");
}

TEST_F(Hdf5Field, WithoutItsPartsIsRefused) {
  expect_refused(changed([](hid_t file) { H5Ldelete(file, "field/array", H5P_DEFAULT); }),
                 "has no data set field/array");
  expect_refused(changed([](hid_t file) { H5Ldelete(file, "field/mesh/region", H5P_DEFAULT); }),
                 "has no object field/mesh/region");
  expect_refused(changed([](hid_t file) { H5Adelete_by_name(file, "field/mesh", "n", H5P_DEFAULT); }), "n");
}

TEST_F(Hdf5Field, OfAnotherShapeOrTypeIsRefused) {
  expect_refused(changed([](hid_t file) {
                   replace_array(file, H5T_NATIVE_DOUBLE, {4, 3, 1});
                 }),
                 "has an array of 3 dimensions, expected 4");
  expect_refused(changed([](hid_t file) {
                   replace_array(file, H5T_NATIVE_DOUBLE, {3, 4, 1, 3});
                 }),
                 "has an array of 3 x 4 x 1 x 3 numbers, expected 4 x 3 x 1 x 1 or 3");
  expect_refused(changed([](hid_t file) {
                   replace_array(file, H5T_NATIVE_DOUBLE, {4, 3, 1, 2});
                 }),
                 "has an array of 4 x 3 x 1 x 2 numbers");
  expect_refused(changed([](hid_t file) {
                   replace_array(file, H5T_C_S1, {4, 3, 1, 3});
                 }),
                 "has an array of something else than real numbers");
  expect_refused(changed([](hid_t file) {
                   replace_array(file, H5T_NATIVE_DOUBLE, {4, 3, 1, 3});
                 }),
                 "has an array of 288 bytes of which 0 are stored");
  expect_refused(changed([](hid_t file) {
                   // HDF5 1.14 creates no array of such numbers unless they have as many bits.
                   const store::UniqueDatatype wide(H5Tcopy(H5T_NATIVE_INT64));
                   H5Tset_size(wide.get(), 32);
                   H5Tset_precision(wide.get(), 256);
                   replace_array(file, wide.get(), {4, 3, 1, 3});
                 }),
                 "has numbers of 32 bytes, expected at most 16");
}

}  // namespace
}  // namespace spinsweep::fields
