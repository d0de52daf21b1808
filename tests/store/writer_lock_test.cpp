#include "store/writer_lock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "base/error.hpp"
#include "store/create.hpp"
#include "store/results_file.hpp"
#include "store/sample_schema.hpp"
#include "store/temporary_folder.hpp"

namespace spinsweep::store {
namespace {

namespace fs = std::filesystem;
using samples::TemporaryFolder;
using testing::AllOf;
using testing::HasSubstr;
using testing::ThrowsMessage;

class LockedResults : public testing::Test {
 protected:
  TemporaryFolder folder_;
  std::string path_ = folder_.file("results.h5");
};

TEST_F(LockedResults, AreRefusedToASecondWriterWhichLearnsOfTheFirst) {
  const WriterLock first(path_);
  EXPECT_THAT([this] { const WriterLock second(path_); },
              ThrowsMessage<EnvironmentError>(
                  AllOf(HasSubstr("results.h5: another run is writing to it (process " + std::to_string(::getpid())),
                        HasSubstr("results.h5.lock"))));
  EXPECT_TRUE(fs::exists(path_ + ".lock")) << "the refused one must not remove the holder's lock";
}

TEST_F(LockedResults, AreTheSameThroughASymbolicLink) {
  create(path_, samples::sample_schema());
  fs::create_symlink(path_, folder_.file("link.h5"));
  const WriterLock first(path_);
  EXPECT_THROW(const WriterLock second(folder_.file("link.h5")), EnvironmentError);
}

TEST_F(LockedResults, AreFreeAgainAfterTheWriterAndNothingIsLeft) {
  { const WriterLock first(path_); }
  EXPECT_TRUE(fs::is_empty(folder_.path()));
  EXPECT_NO_THROW(const WriterLock second(path_));
}

TEST_F(LockedResults, AreFreeAgainAfterTheWriterWasKilled) {
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const WriterLock lock(path_);
    std::ofstream(folder_.file("ready")) << "ready";
    ::pause();
    ::_exit(0);
  }
  while (!fs::exists(folder_.file("ready"))) {
    ::usleep(1000);
  }
  EXPECT_THROW(const WriterLock refused(path_), EnvironmentError);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(fs::exists(path_ + ".lock"));
  EXPECT_NO_THROW(const WriterLock second(path_));
  EXPECT_FALSE(fs::exists(path_ + ".lock"));
}

TEST_F(LockedResults, AreNeitherOpenedForWritingNorReplacedByAnotherRunButAreRead) {
  create(path_, samples::sample_schema());
  const parallel::Communicator world(MPI_COMM_WORLD);
  const auto first = ResultsFile::open_for_writing(path_, world);
  EXPECT_THAT([&] { ResultsFile::open_for_writing(path_, world).close(); },
              ThrowsMessage<EnvironmentError>(HasSubstr("another run is writing")));
  EXPECT_THAT([&] { create(path_, samples::sample_schema(), Existing::replace); },
              ThrowsMessage<EnvironmentError>(HasSubstr("another run is writing")));
  EXPECT_NO_THROW(ResultsFile::open_for_reading(path_).close());
}

TEST_F(LockedResults, AreSeenToBeLockedByWhoeverLooksAndThatDoesNotLockThem) {
  EXPECT_FALSE(is_being_written(path_));
  {
    const WriterLock lock(path_);
    EXPECT_TRUE(is_being_written(path_));
  }
  std::ofstream(path_ + ".lock") << "left behind by a killed run";
  EXPECT_FALSE(is_being_written(path_));
  EXPECT_NO_THROW(const WriterLock lock(path_));
}

TEST_F(LockedResults, GoFromTheCreatorToTheWriterWithoutAGap) {
  WriterLock lock(path_);
  create(lock, samples::sample_schema());
  const parallel::Communicator world(MPI_COMM_WORLD);
  auto file = ResultsFile::open_for_writing(path_, world, std::move(lock));
  EXPECT_THROW(const WriterLock second(path_), EnvironmentError);
  file.close();
  EXPECT_NO_THROW(const WriterLock third(path_));
}

TEST_F(LockedResults, AreMadeWhereALinkPointsThatLeadsNowhereYet) {
  fs::create_directory(folder_.file("large_disk"));
  fs::create_symlink("large_disk/results.h5", folder_.file("link.h5"));
  fs::create_symlink("link.h5", folder_.file("second_link.h5"));
  create(folder_.file("second_link.h5"), samples::sample_schema());
  EXPECT_TRUE(fs::is_symlink(folder_.file("second_link.h5")));
  EXPECT_TRUE(fs::is_symlink(folder_.file("link.h5")));
  EXPECT_TRUE(fs::is_regular_file(fs::symlink_status(folder_.file("large_disk/results.h5"))));
  fs::create_symlink("circle.h5", folder_.file("circle.h5"));
  EXPECT_THROW(const WriterLock lock(folder_.file("circle.h5")), EnvironmentError);
}

}  // namespace
}  // namespace spinsweep::store
