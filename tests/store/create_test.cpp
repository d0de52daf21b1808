#include "store/create.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5_hl.h>
#include <unistd.h>

#include <cmath>
#include <fstream>

#include "base/error.hpp"
#include "store/acting_as_nobody.hpp"
#include "store/results_file.hpp"
#include "store/sample_schema.hpp"
#include "store/temporary_folder.hpp"

namespace spinsweep::store {
namespace {

namespace fs = std::filesystem;
using samples::TemporaryFolder;
using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

class CreatedFile : public testing::Test {
 protected:
  TemporaryFolder folder_;
  std::string path_ = folder_.file("results.h5");
};

TEST_F(CreatedFile, HoldsWhatTheSchemaSays) {
  create(path_, samples::sample_schema());
  const auto file = ResultsFile::open_for_reading(path_);
  EXPECT_EQ(file.text_attribute("/", "sweep"), samples::long_text());
  EXPECT_EQ(file.text_attribute("/", "note"), "");
  EXPECT_THAT(file.number_attribute("/", "spinsweep_schema"), ElementsAre(samples::revision));
  EXPECT_THAT(file.number_attribute("/synapse", "replicas"), ElementsAre(3));
  EXPECT_THAT(file.number_attribute("/synapse/cell", "valid_range"), ElementsAre(0.0, 1.0));
  EXPECT_EQ(file.text_attribute("/synapse/magnetization", "units"), "1");
  EXPECT_EQ(file.text_attribute("/synapse/status", "flag_meanings"), "waiting running done failed interrupted");
  EXPECT_TRUE(std::isnan(file.number_attribute("/synapse/final_conductance", "_FillValue").at(0)));
  EXPECT_THAT(file.shape("/synapse/magnetization"), ElementsAre(samples::cases, samples::times, 3));
  EXPECT_THAT(file.shape("/synapse/cell"), ElementsAre());
  EXPECT_EQ(file.type("/synapse/snapshot"), Type::float32);
  EXPECT_EQ(file.type("/synapse/message"), Type::character);
  EXPECT_TRUE(file.exists("/network/curves/loss"));
  EXPECT_FALSE(file.exists("/nowhere/curves/loss"));
}

TEST_F(CreatedFile, HoldsTheInitialDataAndZerosElsewhere) {
  create(path_, samples::sample_schema());
  const auto file = ResultsFile::open_for_reading(path_);
  EXPECT_THAT(file.read<double>("/synapse/time"), ElementsAre(0.0, 1e-9, 2e-9, 3e-9, 4e-9));
  EXPECT_THAT(file.read<std::int64_t>("/synapse/notches_count"), ElementsAre(5, 5, 5, 10, 10, 10));
  EXPECT_THAT(file.read<double>("/synapse/cell"), ElementsAre(1e-9));
  EXPECT_EQ(file.read_text("/synapse/label", 2), "J = 3e11 A/m²");
  EXPECT_THAT(file.read<double>("/synapse/final_conductance"), Each(testing::IsNan()));
  EXPECT_THAT(file.read<std::int32_t>("/synapse/steps"), Each(-1));
  EXPECT_THAT(file.read<std::int8_t>("/synapse/status"), Each(static_cast<std::int8_t>(CaseStatus::waiting)));
  EXPECT_THAT(file.read<double>("/synapse/magnetization"), Each(0.0));
  EXPECT_EQ(file.read_text("/synapse/message", 0), "");
}

extern "C" herr_t count_scales(hid_t file, const char* name, const H5O_info_t* info, void* axes) {
  if (info->type == H5O_TYPE_DATASET) {
    const UniqueDataset dataset(H5Dopen2(file, name, H5P_DEFAULT));
    const UniqueDataspace space(H5Dget_space(dataset.get()));
    const int rank = H5Sget_simple_extent_ndims(space.get());
    for (int axis = 0; H5DSis_scale(dataset.get()) == 0 && axis < rank; ++axis) {
      EXPECT_EQ(H5DSget_num_scales(dataset.get(), static_cast<unsigned>(axis)), 1) << name << ", axis " << axis;
      ++*static_cast<int*>(axes);
    }
  }
  return 0;
}

TEST_F(CreatedFile, HasOneDimensionScaleOnEveryAxis) {
  create(path_, samples::sample_schema());
  const UniqueFile file(H5Fopen(path_.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT));
  int axes = 0;
  EXPECT_GE(H5Ovisit2(file.get(), H5_INDEX_NAME, H5_ITER_INC, &count_scales, &axes, H5O_INFO_BASIC), 0);
  EXPECT_EQ(axes, 19);
}

TEST_F(CreatedFile, CarriesNoOpenForWriteFlag) {
  create(path_, samples::sample_schema());
  const UniqueFile file(H5Fopen(path_.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT));
  H5F_info2_t info = {};
  ASSERT_GE(H5Fget_info2(file.get(), &info), 0);
  EXPECT_LT(info.super.version, 3U) << "the flags came with version 3";
}

TEST_F(CreatedFile, RemembersTheOrderOfItsMembers) {
  create(path_, samples::sample_schema());
  const UniqueFile file(H5Fopen(path_.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT));
  std::string name(20, '\0');
  ASSERT_EQ(H5Lget_name_by_idx(file.get(), "/synapse", H5_INDEX_CRT_ORDER, H5_ITER_INC, 0, name.data(), name.size(),
                               H5P_DEFAULT),
            4);
  EXPECT_STREQ(name.c_str(), "case");
}

TEST_F(CreatedFile, TakesNoSpaceForRowsThatAreNotThereYet) {
  create(path_, {.groups = {{.dimensions = {{"case", 1000}, {"cell", 10000}},
                             .variables = {{.name = "rows",
                                            .dimensions = {"case", "cell"},
                                            .units = "1",
                                            .long_name = "80 MB of rows",
                                            .fill_value = 0.0}}}}});
  struct stat status = {};
  ASSERT_EQ(::stat(path_.c_str(), &status), 0);
  EXPECT_GT(status.st_size, 80'000'000);
  EXPECT_LT(status.st_blocks * 512, 1'000'000);
}

TEST_F(CreatedFile, LeavesNothingElseInItsFolder) {
  create(path_, samples::sample_schema());
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()), 1);
}

TEST_F(CreatedFile, DoesNotReplaceAnotherUnlessTold) {
  std::ofstream(path_) << "precious";
  EXPECT_THAT([this] { create(path_, samples::sample_schema()); },
              ThrowsMessage<EnvironmentError>(HasSubstr("results.h5: exists already")));
  EXPECT_EQ(fs::file_size(path_), 8U);
  create(path_, samples::sample_schema(), Existing::replace);
  EXPECT_TRUE(ResultsFile::open_for_reading(path_).exists("/synapse/status"));
}

TEST_F(CreatedFile, DoesNotReplaceAFolder) {
  fs::create_directory(path_);
  EXPECT_THAT([this] { create(path_, samples::sample_schema(), Existing::replace); },
              ThrowsMessage<EnvironmentError>(HasSubstr("results.h5: a folder")));
}

TEST_F(CreatedFile, IsNotLeftHalfMadeWhenTheSchemaIsWrong) {
  auto schema = samples::sample_schema();
  schema.groups[1].attributes.push_back({"device", "a second time"});
  EXPECT_THAT([&] { create(path_, schema); },
              ThrowsMessage<EnvironmentError>(HasSubstr("the attribute device could not be written (HDF5 says: ")));
  EXPECT_TRUE(fs::is_empty(folder_.path()));
}

TEST_F(CreatedFile, NeedsItsSpaceOnTheDisk) {
  const Schema huge{.groups = {{.dimensions = {{"case", 1'000'000'000}, {"cell", 1'000'000}},
                                .variables = {{.name = "rows",
                                               .dimensions = {"case", "cell"},
                                               .units = "1",
                                               .long_name = "more than any disk holds"}}}}};
  EXPECT_THAT(
      [&] { create(path_, huge); },
      ThrowsMessage<EnvironmentError>(AllOf(HasSubstr("results.h5: needs 80000"), HasSubstr("bytes of disk space, "),
                                            HasSubstr("are available in " + folder_.path().string()))));
  EXPECT_TRUE(fs::is_empty(folder_.path()));
}

TEST_F(CreatedFile, NeedsAFolderThatExistsAndIsWritable) {
  EXPECT_THAT([this] { create(folder_.file("none/results.h5"), samples::sample_schema()); },
              ThrowsMessage<EnvironmentError>(HasSubstr("/none: no such folder")));
  const samples::ActingAsNobody nobody;
  fs::path folder = folder_.path();
  if (!nobody) {
    folder = "/proc";
  }
  EXPECT_THAT([&] { create(folder / "results.h5", samples::sample_schema()); },
              ThrowsMessage<EnvironmentError>(HasSubstr(folder.string() + ": no file can be made in this folder: ")));
}

}  // namespace
}  // namespace spinsweep::store
