#include "analysis/jump_table_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>

#include "base/error.hpp"

namespace spinsweep::analysis {
namespace {

/// Raises the conductance by 2 in the mean at 10 and by 4 at 30.
constexpr const char* rising = "a header\n10,20,30\n0.0,0.5,1.0\n1,2,3\n2,3,4\n3,4,5\n";
constexpr const char* falling = "a header\n10,20,30\n0.0,0.5,1.0\n-3,-4,-5\n-2,-3,-4\n-1,-2,-3\n";

class JumpTableFile : public testing::Test {
 protected:
  ~JumpTableFile() override { std::filesystem::remove_all(folder); }

  std::filesystem::path write(const std::string& text, const std::string& name = "table.txt") {
    std::filesystem::create_directories(folder);
    std::ofstream(folder / name, std::ios::binary) << text;
    return folder / name;
  }

  /// That reading `text` fails with this phrase behind the place.
  void expect_refused(const std::string& text, const std::string& place, const std::string& phrase) {
    const auto file = write(text);
    try {
      (void)read_jump_table(file);
      FAIL() << "accepted: " << text;
    } catch (const InputError& error) {
      EXPECT_THAT(error.what(), testing::StartsWith(file.string() + place)) << text;
      EXPECT_THAT(error.what(), testing::HasSubstr(phrase)) << text;
    }
  }

  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("spinsweep-jumps-" + std::to_string(getpid()));
};

TEST_F(JumpTableFile, HasARowOfChangesForEachPointOfTheDistribution) {
  const JumpTable table = read_jump_table(write(rising));
  EXPECT_EQ(table.conductance, (std::vector<double>{10.0, 20.0, 30.0}));
  EXPECT_EQ(table.probability, (std::vector<double>{0.0, 0.5, 1.0}));
  EXPECT_EQ(table.change, (std::vector<std::vector<double>>{{1, 2, 3}, {2, 3, 4}, {3, 4, 5}}));
  EXPECT_DOUBLE_EQ(mean_change(table), 3.0);
}

TEST_F(JumpTableFile, MayHaveAnEmptyLineBeforeItsChangesAndTheLineEndsOfWindowsAsThePublishedOnesDo) {
  const JumpTable plain = read_jump_table(write(rising));
  const JumpTable published =
      read_jump_table(write("a header\r\n10, 20 ,30\r\n0.0,0.5,1.\r\n\r\n1,2,3\r\n2,3,4\r\n3,4,5"));
  EXPECT_EQ(published.conductance, plain.conductance);
  EXPECT_EQ(published.change, plain.change);
}

TEST_F(JumpTableFile, MayBeGzipped) {
  std::filesystem::create_directories(folder);
  const auto file = folder / "table.txt.gz";
  gzFile stream = gzopen(file.c_str(), "wb");
  gzputs(stream, rising);
  gzclose(stream);
  EXPECT_EQ(read_jump_table(file).change, read_jump_table(write(rising)).change);

  std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
  EXPECT_THROW((void)read_jump_table(file), InputError) << "it is cut off";
}

TEST_F(JumpTableFile, ThatIsMissingOrAFolderIsNamed) {
  EXPECT_THAT([this] { (void)read_jump_table(folder / "none.txt"); },
              testing::ThrowsMessage<InputError>(testing::HasSubstr("none.txt: the jump table cannot be opened")));
  (void)write(rising);
  EXPECT_THROW((void)read_jump_table(folder), InputError);
}

TEST_F(JumpTableFile, ThatIsWrongIsRefusedWithTheLine) {
  expect_refused("", ":", "is empty");
  expect_refused("a header\n", ":2:", "the file ends, expected the conductances");
  expect_refused("a header\n10,20\n", ":3:", "the file ends, expected the points of the distribution");
  expect_refused("a header\n10,twenty\n0,1\n1,1\n1,1\n", ":2:", "number 2 of the conductances is not a finite number");
  expect_refused("a header\n10,nan\n0,1\n1,1\n1,1\n", ":2:", "not a finite number");
  expect_refused("a header\n10;20\n0,1\n1,1\n1,1\n", ":2:", "expected a comma after number 1");
  expect_refused("a header\n10,20,\n0,1\n1,1\n1,1\n", ":2:", "number 3 of the conductances");
  expect_refused("a header\n10,20\n0,0.9\n1,1\n1,1\n", ":3:", "go from 0 to 0.9, expected 0 to 1");
  expect_refused("a header\n10,20\n0,1,0.5\n1,1\n1,1\n1,1\n", ":3:", "the points of the distribution must ascend");
}

TEST_F(JumpTableFile, OfNoRangeOfConductanceIsRefused) {
  expect_refused("a header\n10\n0,1\n1\n1\n", ":2:", "expected at least two");
  expect_refused("a header\n10,10\n0,1\n1,1\n1,1\n", ":2:", "the conductances must ascend");
  expect_refused("a header\n20,10\n0,1\n1,1\n1,1\n", ":2:", "the conductances must ascend");
}

TEST_F(JumpTableFile, WithRaggedOrMissingRowsIsRefused) {
  expect_refused("a header\n10,20\n0,1\n1,1\n1\n", ":5:", "1 change, expected one for each of 2 conductances");
  expect_refused("a header\n10,20\n0,1\n1,1,1\n1,1\n", ":4:", "3 changes");
  expect_refused("a header\n10,20\n0,1\n1,1\n", ":4:", "1 row of changes, expected one for each of 2 points");
  expect_refused("a header\n10,20\n0,1\n1,1\n1,1\n1,1\n", ":6:", "3 rows of changes");
}

TEST_F(JumpTableFile, OfTheOtherDirectionIsRefused) {
  const JumpTable up = read_jump_table(write(rising));
  const JumpTable down = read_jump_table(write(falling));
  EXPECT_NO_THROW(check_directions({up, down}, "up.txt", "down.txt"));
  EXPECT_THAT(
      [&] {
        check_directions({up, up}, "up.txt", "down.txt");
      },
      testing::ThrowsMessage<InputError>("down.txt: its pulses change the conductance by 3 S in the mean, "
                                         "expected a decrease"));
  EXPECT_THAT(
      [&] {
        check_directions({down, down}, "up.txt", "down.txt");
      },
      testing::ThrowsMessage<InputError>(testing::HasSubstr("up.txt: its pulses")));
  EXPECT_THAT(
      [&] {
        check_directions({down, up}, "up.txt", "down.txt");
      },
      testing::ThrowsMessage<InputError>(testing::HasSubstr("increasing and decreasing are exchanged")));
}

}  // namespace
}  // namespace spinsweep::analysis
