#include "base/bounded_archive.hpp"

#include <boost/archive/binary_oarchive.hpp>
#include <boost/archive/impl/archive_serializer_map.ipp>
#include <boost/archive/impl/basic_binary_iarchive.ipp>
#include <boost/archive/impl/basic_binary_iprimitive.ipp>
#include <sstream>

#include "base/error.hpp"

namespace boost::archive {

// Boost's library holds these for its own archives only.
template class detail::archive_serializer_map<spinsweep::BoundedArchive>;
template class basic_binary_iprimitive<spinsweep::BoundedArchive, std::istream::char_type, std::istream::traits_type>;
template class basic_binary_iarchive<spinsweep::BoundedArchive>;
template class binary_iarchive_impl<spinsweep::BoundedArchive, std::istream::char_type, std::istream::traits_type>;

}  // namespace boost::archive

namespace spinsweep {

namespace {

std::size_t size_of_header() {
  std::ostringstream stream;
  const boost::archive::binary_oarchive archive(stream);
  return stream.str().size();
}

}  // namespace

BoundedArchive::BoundedArchive(std::istream& stream, std::size_t bytes)
    : binary_iarchive_impl(stream, 0), bytes_(bytes) {
  // Boost takes an end inside the header for a version and asserts that there is none so high.
  static const std::size_t smallest = size_of_header();
  if (bytes < smallest) {
    throw Error("an archive of " + std::to_string(bytes) + " bytes");
  }
  init(0);
}

void BoundedArchive::load_override(boost::serialization::collection_size_type& size) {
  binary_iarchive_impl::load_override(size);
  check(size);
}

void BoundedArchive::load(std::string& text) {
  std::size_t size = 0;
  load(size);
  check(size);
  text.resize(size);
  load_binary(text.data(), size);
}

void BoundedArchive::load(bool& flag) {
  unsigned char byte = 0;
  load(byte);
  if (byte > 1) {
    throw Error("a bool of the value " + std::to_string(byte));
  }
  flag = byte == 1;
}

void BoundedArchive::check(std::size_t size) const {
  if (size > bytes_) {
    throw Error("a container of " + std::to_string(size) + " elements in " + std::to_string(bytes_) + " bytes");
  }
}

}  // namespace spinsweep
