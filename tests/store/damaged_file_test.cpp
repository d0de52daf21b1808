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

/// A file whose variables h5repack has compressed.
class CompressedFile : public DamagedFile {
 protected:
  /// Puts a compressed dataset in the place of a variable, with `written` of its elements in the file.
  void compress(const std::string& variable, const std::vector<hsize_t>& shape,
                const std::vector<double>& written) const {
    const UniqueFile file = open_hdf5();
    H5Ldelete(file.get(), variable.c_str(), H5P_DEFAULT);
    const UniqueDataspace space(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr));
    const UniquePropertyList creation(H5Pcreate(H5P_DATASET_CREATE));
    const std::vector<hsize_t> chunk(shape.size(), 3);
    H5Pset_chunk(creation.get(), static_cast<int>(chunk.size()), chunk.data());
    H5Pset_deflate(creation.get(), 4);
    const UniqueDataset made(H5Dcreate2(file.get(), variable.c_str(), H5T_IEEE_F64LE, space.get(), H5P_DEFAULT,
                                        creation.get(), H5P_DEFAULT));
    if (!written.empty()) {
      ASSERT_GE(H5Dwrite(made.get(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, written.data()), 0);
    }
  }
};

TEST_F(CompressedFile, IsReadLikeTheOneItWasMadeOf) {
  const std::vector<double> values{1.5, -2.0, 0.0, 4.0, 5.0, 6.25};
  compress("/synapse/final_conductance", {6}, values);
  EXPECT_NO_THROW(check_layout());
  EXPECT_EQ(open().read<double>("/synapse/final_conductance"), values);
}

TEST_F(CompressedFile, TakesNoMemoryForElementsThatItCannotHold) {
  compress("/synapse/final_conductance", {hsize_t{1} << 40U}, {});
  EXPECT_THAT([&] { (void)open().read<double>("/synapse/final_conductance"); },
              ThrowsMessage<EnvironmentError>(HasSubstr("final_conductance: its elements are not all in the file")));
}

TEST_F(CompressedFile, IsNotRunAndTheMessageSaysHowToMakeOneThatIs) {
  compress("/synapse/final_conductance", {6}, std::vector<double>(6));
  ResultsFile file = ResultsFile::open_for_writing(path_, parallel::Communicator(MPI_COMM_WORLD));
  EXPECT_THAT([&] { (void)file.shape("/synapse/final_conductance"); },
              ThrowsMessage<EnvironmentError>(HasSubstr("h5repack -l CONTI -f NONE")));
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
