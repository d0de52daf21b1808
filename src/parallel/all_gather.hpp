#pragma once

#include <boost/mpi/collectives/all_gather.hpp>
#include <boost/mpi/communicator.hpp>
#include <boost/serialization/map.hpp>
#include <boost/serialization/string.hpp>
#include <boost/serialization/utility.hpp>
#include <boost/serialization/vector.hpp>
#include <vector>

#include "parallel/communicator.hpp"

namespace spinsweep::parallel {

/// The values of all ranks, by rank. T: serializable by Boost.Serialization. Collective.
template <class T>
[[nodiscard]] std::vector<T> all_gather(const T& value, const Communicator& communicator) {
  std::vector<T> values;
  boost::mpi::all_gather(boost::mpi::communicator(communicator.get(), boost::mpi::comm_attach), value, values);
  return values;
}

}  // namespace spinsweep::parallel
