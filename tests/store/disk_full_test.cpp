#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <cerrno>
#include <fstream>

#include "base/error.hpp"
#include "store/create.hpp"
#include "store/results_file.hpp"
#include "store/temporary_folder.hpp"

namespace spinsweep::store {
namespace {

using testing::AllOf;
using testing::Each;
using testing::HasSubstr;
using testing::ThrowsMessage;

constexpr std::uint64_t rows = 60;
constexpr std::uint64_t row_length = 8192;  // 64 KiB

/// A file system of 8 MiB in memory, for as long as it lives.
class SmallDisk {
 public:
  explicit SmallDisk(const std::filesystem::path& folder)
      : folder_(folder), is_mounted_(::mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=8m") == 0) {}
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  SmallDisk(SmallDisk&&) = delete;
  SmallDisk& operator=(SmallDisk&&) = delete;
  ~SmallDisk() {
    if (is_mounted_) {
      ::umount2(folder_.c_str(), MNT_DETACH);
    }
  }
  [[nodiscard]] bool is_mounted() const noexcept { return is_mounted_; }

 private:
  std::filesystem::path folder_;
  bool is_mounted_;
};

Schema schema_of_rows() {
  return {.program_version = "0.1.0",
          .groups = {{.dimensions = {{"case", rows}, {"cell", row_length}},
                      .variables = {{.name = "rows", .dimensions = {"case", "cell"}, .units = "1", .long_name = "rows"},
                                    status_variable({"case"})}}}};
}

class FullDisk : public testing::Test {
 protected:
  void SetUp() override {
    if (!disk_.is_mounted()) {
      GTEST_SKIP() << "only root can mount a small file system";
    }
  }
  void fill(std::size_t bytes) const {
    std::ofstream(folder_.file("ballast"), std::ios::binary) << std::string(bytes, 'x');
  }

  samples::TemporaryFolder folder_;
  SmallDisk disk_{folder_.path()};
  std::string path_ = folder_.file("results.h5");
};

TEST_F(FullDisk, IsNoticedBeforeAFileIsCreated) {
  fill(5 * 1024 * 1024);
  EXPECT_THAT([this] { create(path_, schema_of_rows()); },
              ThrowsMessage<EnvironmentError>(AllOf(HasSubstr("results.h5: needs "), HasSubstr(" are available in "))));
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(FullDisk, FailsTheWriteAndLeavesTheEarlierRowsAlone) {
  create(path_, schema_of_rows());
  fill(6 * 1024 * 1024);
  const parallel::Communicator world(MPI_COMM_WORLD);
  std::uint64_t done = 0;
  {
    auto file = ResultsFile::open_for_writing(path_, world);
    const auto write_all = [&] {
      for (; done < rows; ++done) {
        const std::vector<double> row(row_length, 1.0 + static_cast<double>(done));
        file.write<double>("/rows", {done, 0}, {1, row_length}, row);
        file.commit_case("/status", {done}, CaseStatus::done);
      }
    };
    EXPECT_THAT(write_all, ThrowsMessage<EnvironmentError>(
                               AllOf(HasSubstr("results.h5:/rows: could not be written"), HasSubstr("space"))));
  }
  EXPECT_GT(done, 10U);
  EXPECT_LT(done, rows);
  const auto file = ResultsFile::open_for_reading(path_);
  for (std::uint64_t row = 0; row < done; ++row) {
    EXPECT_THAT(file.read<double>("/rows", {row, 0}, {1, row_length}), Each(1.0 + static_cast<double>(row)));
  }
  EXPECT_EQ(file.read<std::int8_t>("/status", {done}, {1}).at(0), 0);
}

}  // namespace
}  // namespace spinsweep::store
