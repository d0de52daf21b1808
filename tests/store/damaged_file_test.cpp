#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.hpp"
#include "store/attributes.hpp"
#include "store/create.hpp"
#include "store/identity.hpp"
#include "store/layout_check.hpp"
#include "store/results_file.hpp"
#include "store/sample_schema.hpp"
#include "store/temporary_folder.hpp"

namespace spinsweep::store {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

/// A results file that is a sound HDF5 file still, but not what create() made.
class DamagedFile : public testing::Test {
 protected:
  DamagedFile() { create(path_, samples::sample_schema()); }

  [[nodiscard]] UniqueFile open_hdf5() const { return UniqueFile(H5Fopen(path_.c_str(), H5F_ACC_RDWR, H5P_DEFAULT)); }

  /// Puts another dataset in the place of a variable; its elements take no room in the file.
  void replace(const std::string& variable, hid_t type, const std::vector<hsize_t>& shape) const {
    const UniqueFile file = open_hdf5();
    H5Ldelete(file.get(), variable.c_str(), H5P_DEFAULT);
    const UniqueDataspace space(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr));
    const UniqueDataset made(
        H5Dcreate2(file.get(), variable.c_str(), type, space.get(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  }

  /// The same with elements.
  void replace_filled(const std::string& variable, hid_t type, const std::vector<hsize_t>& shape) const {
    replace(variable, type, shape);
    const UniqueFile file = open_hdf5();
    const UniqueDataset made(H5Dopen2(file.get(), variable.c_str(), H5P_DEFAULT));
    const std::vector<double> zeros(1000);
    ASSERT_GE(H5Dwrite(made.get(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, zeros.data()), 0);
  }

  void replace_attribute(const std::string& name, const AttributeValue& value) const {
    const UniqueFile file = open_hdf5();
    const UniqueObject root(H5Oopen(file.get(), "/", H5P_DEFAULT));
    H5Adelete(root.get(), name.c_str());
    write_attribute(root.get(), path_, {name, value});
  }

  [[nodiscard]] ResultsFile open() const { return ResultsFile::open_for_reading(path_); }

  void check_layout() const { require_layout(open(), samples::sample_schema(), {"time"}); }

  samples::TemporaryFolder folder_;
  std::string path_ = folder_.file("results.h5");
};

TEST_F(DamagedFile, IsNotTakenForAWholeOne) {
  EXPECT_NO_THROW(check_layout());
  EXPECT_NO_THROW(require_spinsweep_file(open(), samples::revision));
}

TEST_F(DamagedFile, TakesNoMemoryForElementsThatItDoesNotHold) {
  replace("/synapse/final_conductance", H5T_IEEE_F64LE, {hsize_t{1} << 40U});
  replace("/synapse/steps", H5T_STD_I32LE, {hsize_t{1} << 40U, hsize_t{1} << 40U});
  for (const std::string variable : {"/synapse/final_conductance", "/synapse/steps"}) {
    EXPECT_THAT([&] { (void)open().read<double>(variable); },
                ThrowsMessage<EnvironmentError>(HasSubstr(variable + ": its elements are not all in the file")));
  }
}

TEST_F(DamagedFile, WithAVariableOfAnotherShapeIsRefusedWithBothShapes) {
  replace_filled("/synapse/final_conductance", H5T_IEEE_F64LE, {2, 3});
  EXPECT_THAT([&] { check_layout(); },
              ThrowsMessage<EnvironmentError>(HasSubstr("final_conductance: has the shape (2, 3), expected (6)")));
}

TEST_F(DamagedFile, WithAVariableOfAnotherTypeIsRefusedWithBothTypes) {
  replace_filled("/synapse/final_conductance", H5T_IEEE_F32LE, {6});
  EXPECT_THAT([&] { check_layout(); },
              ThrowsMessage<EnvironmentError>(HasSubstr("final_conductance: holds float32, expected float64")));
}

TEST_F(DamagedFile, WithoutAVariableIsRefusedWithItsName) {
  H5Ldelete(open_hdf5().get(), "/synapse/status", H5P_DEFAULT);
  EXPECT_THAT([&] { check_layout(); }, ThrowsMessage<EnvironmentError>(HasSubstr("/synapse/status: no such variable")));
}

TEST_F(DamagedFile, MayHaveAnySizeAlongAnOpenDimensionButTheSameEverywhere) {
  replace_filled("/synapse/time", H5T_IEEE_F64LE, {9});
  EXPECT_THAT([&] { check_layout(); },
              ThrowsMessage<EnvironmentError>(HasSubstr("magnetization: has the shape (6, 5, 3), expected (6, 9, 3)")));
  replace_filled("/synapse/magnetization", H5T_IEEE_F64LE, {6, 9, 3});
  EXPECT_NO_THROW(check_layout());
}

TEST_F(DamagedFile, WithAnImpossibleLayoutNumberIsOfAnotherLayout) {
  for (const AttributeValue& value : {AttributeValue(1e300), AttributeValue(std::vector<double>{7.0, 7.0})}) {
    replace_attribute("spinsweep_schema", value);
    EXPECT_THAT([&] { require_spinsweep_file(open(), samples::revision); },
                ThrowsMessage<EnvironmentError>(HasSubstr("this program knows number 7")));
  }
}

}  // namespace
}  // namespace spinsweep::store
