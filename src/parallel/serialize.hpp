#pragma once

#include <boost/archive/binary_iarchive.hpp>
#include <boost/archive/binary_oarchive.hpp>
#include <boost/serialization/map.hpp>
#include <boost/serialization/string.hpp>
#include <boost/serialization/utility.hpp>
#include <boost/serialization/vector.hpp>
#include <sstream>
#include <string>

namespace spinsweep::parallel {

/// Values as bytes that another rank of the same run reads. T: serializable by Boost.Serialization.
template <class T>
[[nodiscard]] std::string to_bytes(const T& value) {
  std::ostringstream stream;
  boost::archive::binary_oarchive(stream, boost::archive::no_header) << value;
  return std::move(stream).str();
}

template <class T>
[[nodiscard]] T from_bytes(const std::string& bytes) {
  T value{};
  std::istringstream stream(bytes);
  boost::archive::binary_iarchive(stream, boost::archive::no_header) >> value;
  return value;
}

}  // namespace spinsweep::parallel
