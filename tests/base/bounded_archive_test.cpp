#include "base/bounded_archive.hpp"

#include <gtest/gtest.h>

#include <boost/archive/binary_oarchive.hpp>
#include <boost/serialization/vector.hpp>
#include <cstdint>
#include <cstring>
#include <sstream>
#include <vector>

#include "base/error.hpp"

namespace spinsweep {
namespace {

using Rows = std::vector<std::vector<double>>;

std::string written(const Rows& rows) {
  std::ostringstream stream;
  boost::archive::binary_oarchive archive(stream);
  archive << rows;
  return stream.str();
}

Rows read(const std::string& bytes) {
  std::istringstream stream(bytes);
  BoundedArchive archive(stream, bytes.size());
  Rows rows;
  archive >> rows;
  return rows;
}

TEST(BoundedArchive, ReadsWhatABoostArchiveWrote) {
  const Rows rows = {{1.0, 2.0}, {}, {3.0}};
  EXPECT_EQ(read(written(rows)), rows);
}

TEST(BoundedArchive, TakesNoMemoryForAContainerThatTheBytesCannotHold) {
  std::string bytes = written({{1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0}});
  const std::uint64_t size = 7;
  const std::uint64_t absurd = std::uint64_t{1} << 40U;
  const auto place = bytes.find(std::string(reinterpret_cast<const char*>(&size), sizeof size));
  ASSERT_NE(place, std::string::npos);
  std::memcpy(bytes.data() + place, &absurd, sizeof absurd);
  EXPECT_THROW((void)read(bytes), Error);
}

TEST(BoundedArchive, RefusesABoolThatIsNeitherTrueNorFalse) {
  std::ostringstream stream;
  {
    boost::archive::binary_oarchive archive(stream);
    const bool flag = true;
    archive << flag;
  }
  std::string bytes = stream.str();
  bytes.back() = 7;
  std::istringstream damaged(bytes);
  BoundedArchive archive(damaged, bytes.size());
  bool flag = false;
  EXPECT_THROW(archive >> flag, Error);
}

TEST(BoundedArchive, RefusesBytesThatEndEarly) {
  const std::string bytes = written({{1.0, 2.0}});
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THROW((void)read(bytes.substr(0, size)), std::exception) << size << " bytes";
  }
}

}  // namespace
}  // namespace spinsweep
