#include "fuzz/end_observer.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <hdf5.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <functional>

namespace {

using spinsweep::fuzz::EndedIn;

/// Whose code a process that does this ends in.
EndedIn end_of(const std::function<void()>& work) {
  void* const memory = ::mmap(nullptr, sizeof(EndedIn), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  EXPECT_NE(memory, MAP_FAILED);
  auto& place = *static_cast<EndedIn*>(memory);
  const pid_t child = ::fork();
  if (child == 0) {
    spinsweep::fuzz::observe_end(place);
    work();
    std::_Exit(0);
  }
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  const EndedIn result = place;
  ::munmap(memory, sizeof(EndedIn));
  return result;
}

TEST(EndObserver, CallsAnAbortOfOurCodeOurs) {
  EXPECT_EQ(end_of([] { std::raise(SIGABRT); }), EndedIn::own_code);
}

TEST(EndObserver, CallsATimeLimitInOurCodeOurs) {
  EXPECT_EQ(end_of([] {
              ::alarm(1);
              ::pause();
            }),
            EndedIn::own_code);
}

TEST(EndObserver, CallsACrashBelowAnHdf5FunctionHdf5s) {
  EXPECT_EQ(end_of([] {
              // A file's name that nobody may read.
              const void* const name = ::mmap(nullptr, 1, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
              (void)::H5Fis_hdf5(static_cast<const char*>(name));
            }),
            EndedIn::hdf5);
}

TEST(EndObserver, CallsATimeLimitBelowAnHdf5FunctionHdf5s) {
  const auto pipe = std::filesystem::temp_directory_path() / fmt::format("nobody-writes-{}", ::getpid());
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(end_of([&] {
              ::alarm(1);
              (void)::H5Fis_hdf5(pipe.c_str());
            }),
            EndedIn::hdf5);
  std::filesystem::remove(pipe);
}

TEST(EndObserver, SaysNothingOfAProcessThatEndsByItself) {
  EXPECT_EQ(end_of([] {}), EndedIn::not_ended);
}

}  // namespace
