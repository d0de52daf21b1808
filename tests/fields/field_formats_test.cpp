#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "base/error.hpp"
#include "fields/file_field.hpp"

namespace spinsweep::fields {
namespace {

/// Of the field in the files of tests/data/fields on 4 x 3 cells.
double expected_value(int i, int j, int component) {
  return i + 10.0 * j + 100.0 * component;
}

FileField read(const std::string& file) {
  const std::string path = std::string(SPINSWEEP_TEST_DATA) + "/fields/" + file;
  return read_file_field(read_bytes(path), path);
}

void expect_the_field(const FileField& field, int components) {
  ASSERT_EQ(field.mesh.nx, 4);
  ASSERT_EQ(field.mesh.ny, 3);
  EXPECT_NEAR(field.mesh.dx, 5e-9, 1e-20);
  EXPECT_NEAR(field.mesh.dy, 5e-9, 1e-20);
  EXPECT_NEAR(field.mesh.dz, 2e-9, 1e-20);
  ASSERT_EQ(field.components, components);
  ASSERT_EQ(field.values.size(), 12U * static_cast<std::size_t>(components));
  std::size_t k = 0;
  for (int j = 0; j < 3; ++j) {
    for (int i = 0; i < 4; ++i) {
      for (int c = 0; c < components; ++c) {
        EXPECT_EQ(field.values[k++], expected_value(i, j, c)) << i << ' ' << j << ' ' << c;
      }
    }
  }
}

TEST(FileField, IsReadFromNothingButPicturesAndFields) {
  EXPECT_THAT([] { (void)read_file_field("MZ\x90", "mask.exe"); },
              testing::ThrowsMessage<InputError>(testing::HasSubstr(
                  "mask.exe: is neither a PNG picture nor a field in OVF, VTK or discretisedfield's HDF5")));
  EXPECT_THROW((void)read_file_field("", "empty"), InputError);
  EXPECT_THROW((void)read_file_field("# no OVF\n", "text"), EnvironmentError);
}

class FieldOfDiscretisedfield : public testing::TestWithParam<const char*> {};

TEST_P(FieldOfDiscretisedfield, IsReadToTheBit) {
  const std::string file = GetParam();
  expect_the_field(read(file), file.starts_with("numbers") ? 1 : 3);
}

INSTANTIATE_TEST_SUITE_P(EveryFormat, FieldOfDiscretisedfield,
                         testing::Values("binary.vtk", "ascii.vtk", "compressed.vtk", "numbers.vtk", "vectors.h5",
                                         "numbers.h5"));

TEST(FieldOfDiscretisedfieldAsTruthValues, HasOnesAndZeros) {
  const FileField field = read("truths.h5");
  ASSERT_EQ(field.values.size(), 12U);
  EXPECT_EQ(field.values[0], 1.0);
  EXPECT_EQ(field.values[1], 0.0);
  EXPECT_EQ(field.values[2], 1.0);
}

class ImageOfVtk : public testing::TestWithParam<const char*> {};

TEST_P(ImageOfVtk, IsReadToTheBit) {
  expect_the_field(read(GetParam()), 3);
}

INSTANTIATE_TEST_SUITE_P(EveryEncoding, ImageOfVtk,
                         testing::Values("ascii.vti", "binary.vti", "appended_raw.vti", "appended_base64.vti",
                                         "points.vtk"));

TEST(LegacyVtk, MayHoldScalarsWithALookupTableAndMetadata) {
  const FileField field = read_file_field(
      "# vtk DataFile Version 3.0\nmask\nASCII\nDATASET STRUCTURED_POINTS\ndimensions 3 2 2\nORIGIN 0 0 0\n"
      "ASPECT_RATIO 1e-9 1e-9 1e-9\nFIELD FieldData 1\nTIME 1 1 double\n0.5\nMETADATA\nINFORMATION 0\n\n"
      "CELL_DATA 2\nSCALARS mask float 1\nLOOKUP_TABLE default\n0.25 1\n",
      "mask.vtk");
  EXPECT_EQ(field.mesh.nx, 2);
  EXPECT_EQ(field.mesh.ny, 1);
  EXPECT_EQ(field.components, 1);
  EXPECT_THAT(field.values, testing::ElementsAre(0.25, 1.0));
}

TEST(XmlVtk, MayBeginWithoutADeclarationAndHoldComments) {
  const FileField field = read_file_field(
      "<VTKFile type=\"RectilinearGrid\"><!-- <a> --><RectilinearGrid WholeExtent='0 2 0 1 0 1'>"
      "<Piece Extent='0 2 0 1 0 1'><CellData><DataArray type='UInt8' Name='mask' format='ascii'> 1 0 </DataArray>"
      "</CellData><Coordinates><DataArray type='Float64' format='ascii'>0 1e-9 2e-9</DataArray>"
      "<DataArray type='Float64' format='ascii'>0 1e-9</DataArray>"
      "<DataArray type='Float64' format='ascii'>0 1e-9</DataArray></Coordinates></Piece></RectilinearGrid></VTKFile>",
      "mask.vtr");
  EXPECT_THAT(field.values, testing::ElementsAre(1.0, 0.0));
  EXPECT_NEAR(field.mesh.dx, 1e-9, 1e-24);
}

}  // namespace
}  // namespace spinsweep::fields
