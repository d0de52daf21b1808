#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/error.hpp"
#include "store/acting_as_nobody.hpp"
#include "store/create.hpp"
#include "store/identity.hpp"
#include "store/results_file.hpp"
#include "store/sample_schema.hpp"
#include "store/temporary_folder.hpp"

namespace spinsweep::store {
namespace {

namespace fs = std::filesystem;
using samples::TemporaryFolder;
using testing::AllOf;
using testing::HasSubstr;
using testing::StrEq;
using testing::ThrowsMessage;

class BrokenFile : public testing::Test {
 protected:
  /// Opening it fails with this message for readers and for writers.
  template <class Matcher>
  void expect_refused(const Matcher& message) const {
    EXPECT_THAT([this] { ResultsFile::open_for_reading(path_).close(); }, ThrowsMessage<EnvironmentError>(message));
    const parallel::Communicator world(MPI_COMM_WORLD);
    EXPECT_THAT([&] { ResultsFile::open_for_writing(path_, world).close(); }, ThrowsMessage<EnvironmentError>(message));
    EXPECT_FALSE(fs::exists(path_ + ".lock"));
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.file("x.h5");
};

TEST_F(BrokenFile, MayBeMissing) {
  expect_refused(StrEq(path_ + ": no such file"));
}

TEST_F(BrokenFile, MayBeAFolder) {
  fs::create_directory(path_);
  expect_refused(StrEq(path_ + ": a folder, not a results file"));
}

TEST_F(BrokenFile, MayBeEmpty) {
  std::ofstream file(path_);
  expect_refused(StrEq(path_ + ": not a spinsweep results file (it is empty)"));
}

TEST_F(BrokenFile, MayBeText) {
  std::ofstream(path_) << "[study]\nname = \"paper\"\n";
  expect_refused(StrEq(path_ + ": not a spinsweep results file (it is not an HDF5 file)"));
}

TEST_F(BrokenFile, MayBeTruncated) {
  create(path_, samples::sample_schema());
  const auto whole = fs::file_size(path_);
  for (const std::uintmax_t size : {whole - 1, whole / 2, whole / 10, std::uintmax_t{100}}) {
    fs::resize_file(path_, size);
    expect_refused(AllOf(HasSubstr("x.h5: truncated or damaged (HDF5 says: "), HasSubstr("truncated file")));
  }
}

TEST_F(BrokenFile, MayBeForbidden) {
  create(path_, samples::sample_schema());
  fs::permissions(path_, fs::perms::none);
  const samples::ActingAsNobody nobody;
  if (::geteuid() == 0) {
    GTEST_SKIP() << "root may open everything";
  }
  EXPECT_THAT([this] { ResultsFile::open_for_reading(path_).close(); },
              ThrowsMessage<EnvironmentError>(StrEq(path_ + ": cannot be opened for reading: Permission denied")));
  const parallel::Communicator world(MPI_COMM_WORLD);
  EXPECT_THAT([&] { ResultsFile::open_for_writing(path_, world).close(); },
              ThrowsMessage<EnvironmentError>(StrEq(path_ + ": cannot be opened for writing: Permission denied")));
}

TEST_F(BrokenFile, MayBeForeign) {
  { const UniqueFile foreign(H5Fcreate(path_.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT)); }
  const auto file = ResultsFile::open_for_reading(path_);
  EXPECT_THAT([&] { require_spinsweep_file(file, samples::revision); },
              ThrowsMessage<EnvironmentError>(
                  StrEq(path_ + ": not a spinsweep results file (attribute spinsweep_version is missing)")));
}

TEST_F(BrokenFile, MayHaveAnotherLayout) {
  create(path_, samples::sample_schema());
  const auto file = ResultsFile::open_for_reading(path_);
  EXPECT_NO_THROW(require_spinsweep_file(file, samples::revision));
  EXPECT_THAT([&] { require_spinsweep_file(file, samples::revision + 1); },
              ThrowsMessage<EnvironmentError>(StrEq(path_ + ": its layout is number 7, this program knows number 8 "
                                                            "(the file was made by spinsweep 0.1.0)")));
}

TEST_F(BrokenFile, MayHaveBytesOverwrittenAnywhereWithoutACrash) {
  create(path_, samples::sample_schema());
  const auto whole = fs::file_size(path_);
  for (std::uintmax_t offset = 0; offset + 64 < whole; offset += whole / 97) {
    fs::copy_file(path_, folder_.file("y.h5"), fs::copy_options::overwrite_existing);
    std::fstream(folder_.file("y.h5"), std::ios::in | std::ios::out | std::ios::binary)
        .seekp(static_cast<std::streamoff>(offset))
        .write(std::string(64, '\xA5').data(), 64);
    try {
      const auto file = ResultsFile::open_for_reading(folder_.file("y.h5"));
      require_spinsweep_file(file, samples::revision);
      (void)file.text_attribute("/", "sweep");
      (void)file.read<double>("/synapse/magnetization");
    } catch (const EnvironmentError& error) {
      EXPECT_THAT(error.what(), HasSubstr("y.h5"));
    }
  }
}

}  // namespace
}  // namespace spinsweep::store
