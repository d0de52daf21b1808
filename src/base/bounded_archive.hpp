#pragma once

#include <boost/archive/binary_iarchive_impl.hpp>
#include <boost/archive/detail/register_archive.hpp>
#include <boost/serialization/collection_size_type.hpp>
#include <cstddef>
#include <istream>
#include <string>

namespace spinsweep {

/// Reads what a boost::archive::binary_oarchive wrote, but refuses a container with more elements than there are bytes,
/// so that damaged data cannot allocate much more memory than their own size. An element must take at least one byte.
class BoundedArchive
    : public boost::archive::binary_iarchive_impl<BoundedArchive, std::istream::char_type, std::istream::traits_type> {
 public:
  /// bytes: what the stream holds. Errors of the constructor and of reading: boost::archive::archive_exception, and
  /// Error for fewer bytes than an archive's header has, a container that is too large, and a bool that is none.
  BoundedArchive(std::istream& stream, std::size_t bytes);

  using binary_iarchive_impl::load_override;
  void load_override(boost::serialization::collection_size_type& size);

  template <class T>
  void load(T& value) {
    binary_iarchive_impl::load(value);
  }
  void load(std::string& text);
  void load(bool& flag);

 private:
  void check(std::size_t size) const;

  std::size_t bytes_;
};

}  // namespace spinsweep

BOOST_SERIALIZATION_REGISTER_ARCHIVE(spinsweep::BoundedArchive)
BOOST_SERIALIZATION_USE_ARRAY_OPTIMIZATION(spinsweep::BoundedArchive)
