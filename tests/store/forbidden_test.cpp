#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "base/error.hpp"
#include "store/create.hpp"
#include "store/results_file.hpp"
#include "store/sample_schema.hpp"
#include "store/temporary_folder.hpp"
#include "store/writer_lock.hpp"

namespace spinsweep::store {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::ThrowsMessage;

/// Root may do anything, so it acts as a user without rights.
class WithoutRights : public testing::Test {
 protected:
  void SetUp() override {
    create(folder_.file("results.h5"), samples::sample_schema());
    fs::create_directory(folder_.path() / "closed");
    fs::permissions(folder_.path() / "closed", fs::perms::none);
    fs::permissions(folder_.file("results.h5"), fs::perms::none);
    fs::permissions(folder_.path(), can_be_entered);
    if (::geteuid() == 0 && (::setegid(nobody) != 0 || ::seteuid(nobody) != 0)) {
      GTEST_SKIP() << "this process may not act as another user";
    }
  }
  void TearDown() override {
    if (::getuid() == 0) {
      EXPECT_EQ(::seteuid(0), 0);
      EXPECT_EQ(::setegid(0), 0);
    }
    fs::permissions(folder_.path(), fs::perms::owner_all);
    fs::permissions(folder_.path() / "closed", fs::perms::owner_all);
  }

  static constexpr fs::perms can_be_entered = fs::perms::owner_read | fs::perms::owner_exec | fs::perms::others_exec;

  static constexpr uid_t nobody = 65534;
  samples::TemporaryFolder folder_;
};

TEST_F(WithoutRights, AFileThatMayNotBeReadOrWrittenIsRefusedWithTheWord) {
  EXPECT_THAT(
      [&] { (void)ResultsFile::open_for_reading(folder_.file("results.h5")); },
      ThrowsMessage<EnvironmentError>(HasSubstr("results.h5: cannot be opened for reading: Permission denied")));
  const parallel::Communicator world(MPI_COMM_SELF);
  EXPECT_THAT(
      [&] { ResultsFile::open_for_writing(folder_.file("results.h5"), world).close(); },
      ThrowsMessage<EnvironmentError>(HasSubstr("results.h5: cannot be opened for writing: Permission denied")));
}

TEST_F(WithoutRights, AFolderThatMayNotBeEnteredIsAnErrorOfOurs) {
  for (const char* name : {"closed/new.h5", "closed/inside/new.h5"}) {
    EXPECT_THAT([&] { create(folder_.file(name), samples::sample_schema()); },
                ThrowsMessage<EnvironmentError>(AllOf(HasSubstr("closed"), HasSubstr("Permission denied"))));
    EXPECT_THROW((void)ResultsFile::open_for_reading(folder_.file(name)), EnvironmentError);
  }
}

TEST_F(WithoutRights, AFolderThatMayNotBeWrittenToIsRefused) {
  EXPECT_THAT([&] { create(folder_.file("new.h5"), samples::sample_schema()); },
              ThrowsMessage<EnvironmentError>(HasSubstr("no file can be made in this folder: Permission denied")));
}

}  // namespace
}  // namespace spinsweep::store
