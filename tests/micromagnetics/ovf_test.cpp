#include "micromagnetics/ovf.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/error.hpp"

namespace spinsweep::micromagnetics {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using testing::ThrowsMessage;

OvfField sample_field() {
  OvfField field{.mesh = {.nx = 5, .ny = 3, .dx = 2e-9, .dy = 1.5e-9, .dz = 2e-9}, .values = {}};
  for (int k = 0; k < 15; ++k) {
    const double angle = 0.1 + k / 7.0;
    field.values.insert(field.values.end(), {std::cos(angle) * 0.6, std::sin(angle) * 0.6, k % 2 == 0 ? 0.8 : -0.8});
  }
  return field;
}

class Ovf : public testing::Test {
 protected:
  ~Ovf() override { std::filesystem::remove(path_); }

  [[nodiscard]] std::string bytes() const {
    std::ifstream file(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void write(const std::string& text) const { std::ofstream(path_, std::ios::binary) << text; }
  void replace(const std::string& what, const std::string& by) const {
    std::string text = bytes();
    const auto place = text.find(what);
    ASSERT_NE(place, std::string::npos) << what;
    write(text.replace(place, what.size(), by));
  }
  void expect_refused(const std::string& why) const {
    EXPECT_THAT([&] { (void)read_ovf(path_); },
                ThrowsMessage<EnvironmentError>(testing::AllOf(StartsWith(path_), HasSubstr(why))));
  }

  std::string path_ = (std::filesystem::temp_directory_path() / ("ovf_test_" + std::to_string(getpid()))).string();
};

TEST_F(Ovf, TextAndBinary8GiveEveryNumberBackToTheBit) {
  const OvfField field = sample_field();
  for (const OvfData data : {OvfData::text, OvfData::binary8}) {
    write_ovf(path_, field, data);
    const OvfField again = read_ovf(path_);
    EXPECT_EQ(again.mesh, field.mesh);
    EXPECT_EQ(again.values, field.values);
    EXPECT_EQ(again.title, "m");
  }
}

TEST_F(Ovf, Binary4GivesSinglePrecisionBack) {
  const OvfField field = sample_field();
  write_ovf(path_, field, OvfData::binary4);
  const OvfField again = read_ovf(path_);
  ASSERT_EQ(again.values.size(), field.values.size());
  for (std::size_t k = 0; k < field.values.size(); ++k) {
    EXPECT_EQ(again.values[k], static_cast<double>(static_cast<float>(field.values[k])));
  }
}

TEST_F(Ovf, HeaderHasEveryFieldThatTheFormatDemandsOfARectangularMesh) {
  write_ovf(path_, sample_field(), OvfData::binary8);
  const std::string text = bytes();
  EXPECT_THAT(text, StartsWith("# OOMMF OVF 2.0\n"));
  for (const std::string line : {"# Segment count: 1",
                                 "# Begin: Segment",
                                 "# Begin: Header",
                                 "# Title: m",
                                 "# meshtype: rectangular",
                                 "# meshunit: m",
                                 "# xmin: 0",
                                 "# ymin: 0",
                                 "# zmin: 0",
                                 "# xmax: 1e-08",
                                 "# valuedim: 3",
                                 "# valuelabels: m_x m_y m_z",
                                 "# valueunits: 1 1 1",
                                 "# xbase: 1e-09",
                                 "# ybase: 7.5e-10",
                                 "# zbase: 1e-09",
                                 "# xnodes: 5",
                                 "# ynodes: 3",
                                 "# znodes: 1",
                                 "# xstepsize: 2e-09",
                                 "# ystepsize: 1.5e-09",
                                 "# zstepsize: 2e-09",
                                 "# End: Header",
                                 "# Begin: Data Binary 8",
                                 "# End: Data Binary 8",
                                 "# End: Segment"}) {
    EXPECT_THAT(text, HasSubstr(line + "\n"));
  }
}

TEST_F(Ovf, BinaryDataBeginWithTheCheckValueInLittleEndian) {
  const std::string begin = "# Begin: Data Binary 8\n";
  write_ovf(path_, sample_field(), OvfData::binary8);
  std::string text = bytes();
  // 123456789012345.0 is 0x42DC12218377DE40.
  EXPECT_EQ(text.substr(text.find(begin) + begin.size(), 8), "\x40\xDE\x77\x83\x21\x12\xDC\x42");
  write_ovf(path_, sample_field(), OvfData::binary4);
  text = bytes();
  // 1234567.0F is 0x4996B438.
  EXPECT_EQ(text.substr(text.find("Binary 4\n") + 9, 4), "\x38\xB4\x96\x49");
}

TEST_F(Ovf, ReadsWhatOommfWritesInOtherCaseWithCommentsAndSigns) {
  write(
      "# OOMMF OVF 2.0\n## comment\n# Segment count: 1\n# Begin: Segment\n# Begin: Header\n# Title: Oxs\n"
      "# Desc: Total simulation time: 0 s\n# meshunit: m  ## metres\n# meshtype: Rectangular\n# X Nodes: 2\n"
      "# ynodes: 1\n# znodes: 1\n# xbase: 1e-9\n# xstepsize: +2e-9\n# ystepsize: 2e-9\n# zstepsize: 2e-9\n"
      "# valuedim: 3\n# End: Header\n# Begin: data text\n 1 0 0\n\n+0.0 -1.0e0 0 \n# End: data text\n");
  const OvfField field = read_ovf(path_);
  EXPECT_EQ(field.mesh.nx, 2);
  EXPECT_EQ(field.mesh.dx, 2e-9);
  EXPECT_THAT(field.values, testing::ElementsAre(1, 0, 0, 0, -1, 0));
}

TEST_F(Ovf, OfNumbersIsReadWhereNumbersAreAsked) {
  OvfField field = sample_field();
  field.components = 1;
  field.labels = {"Ku"};
  field.values.resize(15);
  for (const OvfData data : {OvfData::text, OvfData::binary8}) {
    write_ovf(path_, field, data);
    const OvfField again = parse_ovf(bytes(), path_, OvfComponents::one_or_three);
    EXPECT_EQ(again.components, 1);
    EXPECT_EQ(again.values, field.values);
    expect_refused("has 1 components, expected 3");
  }
}

TEST_F(Ovf, OfTheFirstVersionIsReadWithItsMultiplierAndBigEndian) {
  const std::string header =
      "# OOMMF: rectangular mesh v1.0\n# Segment count: 1\n# Begin: Segment\n# Begin: Header\n# Title: old\n"
      "# meshtype: rectangular\n# meshunit: m\n# xbase: 1e-9\n# xstepsize: 2e-9\n# ystepsize: 2e-9\n# zstepsize: 3e-9\n"
      "# xnodes: 2\n# ynodes: 1\n# znodes: 1\n# valueunit: A/m\n# valuemultiplier: 1000\n# End: Header\n";
  write(header + "# Begin: Data Text\n1 2 3\n-4 5 6\n# End: Data Text\n");
  EXPECT_THAT(read_ovf(path_).values, testing::ElementsAre(1e3, 2e3, 3e3, -4e3, 5e3, 6e3));
  const auto big_endian = [](auto number) {
    const auto* first = reinterpret_cast<const char*>(&number);
    std::string text(first, sizeof number);
    return std::string(text.rbegin(), text.rend());
  };
  std::string single = big_endian(1234567.0F);
  std::string twice = big_endian(123456789012345.0);
  for (const float value : {1.0F, 2.0F, 3.0F, -4.0F, 5.0F, 6.5F}) {
    single += big_endian(value);
    twice += big_endian(static_cast<double>(value));
  }
  for (const auto& [kind, data] : {std::pair<std::string, std::string>{"4", single}, {"8", twice}}) {
    write(header + "# Begin: Data Binary " + kind + "\n" + data + "\n# End: Data Binary " + kind + "\n");
    EXPECT_THAT(read_ovf(path_).values, testing::ElementsAre(1e3, 2e3, 3e3, -4e3, 5e3, 6.5e3));
  }
  replace("v1.0", "v1.1");
  expect_refused("only these can be read");
}

TEST_F(Ovf, RefusesAFileCutAnywhereInItsData) {
  for (const OvfData data : {OvfData::text, OvfData::binary4, OvfData::binary8}) {
    write_ovf(path_, sample_field(), data);
    const std::string whole = bytes();
    const std::size_t begin = whole.find("# Begin: Data");
    const std::size_t end = whole.find("# End: Data");
    for (std::size_t length = begin; length < end - 12; ++length) {
      write(whole.substr(0, length));
      EXPECT_THROW((void)read_ovf(path_), EnvironmentError) << length << " of " << whole.size() << " bytes";
    }
  }
  write_ovf(path_, sample_field(), OvfData::binary8);
  write(bytes().substr(0, bytes().find("Binary 8\n") + 9 + 100));
  expect_refused("is truncated: 100 bytes of data where 368 were expected");
}

TEST_F(Ovf, RefusesWhatItCannotRead) {
  expect_refused("cannot be read");
  const auto damaged = [&](const std::string& what, const std::string& by, const std::string& why) {
    write_ovf(path_, sample_field(), OvfData::text);
    replace(what, by);
    expect_refused(why);
  };
  damaged("OVF 2.0", "OVF 3.0", "only these can be read");
  damaged("# meshtype: rectangular", "# meshtype: irregular", "has meshtype irregular, expected rectangular");
  damaged("# meshunit: m\n", "# meshunit: nm\n", "has meshunit nm, expected m");
  damaged("# valuedim: 3", "# valuedim: 1", "has 1 components, expected 3");
  damaged("# znodes: 1", "# znodes: 2", "has 2 layers of cells, expected 1");
  damaged("# xnodes: 5", "# xnodes: 4", "has 45 numbers of data where 36 were expected");
  damaged("# xnodes: 5", "# xnodes: 1e18", "expected a whole number from 1 to a million");
  damaged("# xnodes: 5", "# xnodes: five", "has xnodes \"five\", expected a number");
  damaged("# ynodes: 3\n", "", "has no ynodes");
  damaged("# xstepsize: 2e-09", "# xstepsize: -2e-09", "expected a positive number of metres");
  damaged("Data Text", "Data Hex", "expected Data Text");
  damaged("0.8", "zero", "has \"zero\" among its data, expected a number");
  write_ovf(path_, sample_field(), OvfData::binary8);
  replace("\x40\xDE\x77", "\x42\xDC\x12");
  expect_refused("wrong check value");
}

TEST_F(Ovf, FailsWithAMessageWhenItCannotWrite) {
  EXPECT_THROW(write_ovf("/nowhere/at/all.ovf", sample_field(), OvfData::text), EnvironmentError);
}

}  // namespace
}  // namespace spinsweep::micromagnetics
