#include "base/error.hpp"

#include <gtest/gtest.h>

#include <string>
#include <type_traits>

#include "base/interruption.hpp"

namespace spinsweep {
namespace {

template <class Kind>
std::string message_of() {
  try {
    throw Kind("study.toml:3:7: the width is negative");
  } catch (const Error& error) {
    return error.what();
  }
}

TEST(Error, OfEveryKindIsCaughtAsAnErrorWithItsMessageAsItStands) {
  EXPECT_EQ(message_of<InputError>(), "study.toml:3:7: the width is negative");
  EXPECT_EQ(message_of<EnvironmentError>(), "study.toml:3:7: the width is negative");
  EXPECT_EQ(message_of<SimulationError>(), "study.toml:3:7: the width is negative");
}

TEST(Error, OfOneKindIsNotOneOfAnother) {
  EXPECT_FALSE((std::is_base_of_v<InputError, SimulationError>));
  EXPECT_FALSE((std::is_base_of_v<EnvironmentError, InputError>));
  EXPECT_FALSE((std::is_base_of_v<SimulationError, EnvironmentError>));
}

TEST(Interrupted, IsNoError) {
  EXPECT_FALSE((std::is_base_of_v<Error, Interrupted>));
  EXPECT_STREQ(Interrupted().what(), "interrupted");
}

}  // namespace
}  // namespace spinsweep
