#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <filesystem>
#include <fstream>

#include "base/error.hpp"
#include "store/create.hpp"
#include "store/results_file.hpp"
#include "store/sample_schema.hpp"
#include "store/temporary_folder.hpp"

namespace spinsweep::store {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::ThrowsMessage;

/// A disk of 1 MB.
class SmallDisk : public testing::Test {
 protected:
  void SetUp() override {
    if (::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, "size=1m") != 0) {
      GTEST_SKIP() << "a tmpfs may not be mounted here";
    }
    mounted_ = true;
  }
  void TearDown() override {
    if (mounted_) {
      EXPECT_EQ(::umount(folder_.path().c_str()), 0);
    }
  }

  void fill() const {
    std::ofstream file(folder_.file("other"), std::ios::binary);
    while (file.put('x').flush()) {
    }
  }

  static constexpr std::uint64_t row = 1000;

  static Schema schema(std::uint64_t bytes) {
    return {.revision = samples::revision,
            .program_version = "0.1.0",
            .attributes = {},
            .groups = {{.path = "/synapse",
                        .dimensions = {{"row", bytes / row}, {"byte", row}},
                        .variables = {{.name = "bytes",
                                       .type = Type::uint8,
                                       .dimensions = {"row", "byte"},
                                       .units = "1",
                                       .long_name = "some bytes"}}}}};
  }

  samples::TemporaryFolder folder_;
  bool mounted_ = false;
  parallel::Communicator world_{MPI_COMM_SELF};
};

TEST_F(SmallDisk, IsFoundTooSmallBeforeAnythingIsWritten) {
  EXPECT_THAT([&] { create(folder_.file("results.h5"), schema(2'000'000)); },
              ThrowsMessage<EnvironmentError>(HasSubstr("bytes of disk space, ")));
  EXPECT_TRUE(fs::is_empty(folder_.path()));
}

TEST_F(SmallDisk, ThatOthersFillStillHasTheSpaceOfAFileMadeBefore) {
  create(folder_.file("results.h5"), schema(600'000));
  auto file = ResultsFile::open_for_writing(folder_.file("results.h5"), world_);
  fill();
  const std::vector<std::uint8_t> ones(600'000, 1);
  EXPECT_NO_THROW(file.write<std::uint8_t>("/synapse/bytes", {0, 0}, {ones.size() / row, row}, ones));
  file.close();
}

TEST_F(SmallDisk, ThatIsFullFailsTheWriteWithTheReasonAndSparesWhatWasWritten) {
  {
    samples::TemporaryFolder elsewhere;
    create(elsewhere.file("results.h5"), schema(600'000));
    const auto size = fs::file_size(elsewhere.file("results.h5"));
    // A copy with a hole where the bytes are, as on a file system that cannot reserve space.
    std::ifstream source(elsewhere.file("results.h5"), std::ios::binary);
    std::vector<char> head(size - 600'000);
    source.read(head.data(), static_cast<std::streamsize>(head.size()));
    std::ofstream(folder_.file("results.h5"), std::ios::binary).write(head.data(), source.gcount());
    fs::resize_file(folder_.file("results.h5"), size);
  }
  auto file = ResultsFile::open_for_writing(folder_.file("results.h5"), world_);
  const std::vector<std::uint8_t> ones(100'000, 1);
  file.write<std::uint8_t>("/synapse/bytes", {0, 0}, {ones.size() / row, row}, ones);
  fill();
  EXPECT_THAT(
      [&] {
        file.write<std::uint8_t>("/synapse/bytes", {400, 0}, {ones.size() / row, row}, ones);
      },
      ThrowsMessage<EnvironmentError>(
          HasSubstr(":/synapse/bytes: could not be written: No space left on device (HDF5: ")));
  EXPECT_EQ(file.read<std::uint8_t>("/synapse/bytes", {0, 0}, {ones.size() / row, row}), ones);
  fs::remove(folder_.file("other"));
  EXPECT_NO_THROW(file.write<std::uint8_t>("/synapse/bytes", {400, 0}, {ones.size() / row, row}, ones));
  file.close();
}

}  // namespace
}  // namespace spinsweep::store
