#include "parallel/agree.hpp"

#include <limits>
#include <string>

#include "base/error.hpp"
#include "base/interruption.hpp"
#include "parallel/describe_error.hpp"

namespace spinsweep::parallel {

namespace {

[[noreturn]] void raise(const ErrorDescription& description) {
  switch (description.kind) {
    case ErrorKind::input:
      throw InputError(description.message);
    case ErrorKind::environment:
      throw EnvironmentError(description.message);
    case ErrorKind::simulation:
      throw SimulationError(description.message);
    case ErrorKind::interrupted:
      throw Interrupted();
    case ErrorKind::other:
      break;
  }
  throw Error(description.message);
}

}  // namespace

void agree(const Communicator& communicator, const std::exception_ptr& pending) {
  constexpr int nobody = std::numeric_limits<int>::max();
  const ErrorDescription own = pending ? describe_error(pending) : ErrorDescription{};
  // An interruption counts only where nothing went wrong.
  int first = !pending ? nobody : communicator.rank() + (own.kind == ErrorKind::interrupted ? communicator.size() : 0);
  MPI_Allreduce(MPI_IN_PLACE, &first, 1, MPI_INT, MPI_MIN, communicator.get());
  if (first == nobody) {
    return;
  }
  first %= communicator.size();
  ErrorDescription description;
  if (communicator.rank() == first) {
    description = own;
  }
  int header[2] = {static_cast<int>(description.kind), static_cast<int>(description.message.size())};
  MPI_Bcast(header, 2, MPI_INT, first, communicator.get());
  description.kind = static_cast<ErrorKind>(header[0]);
  description.message.resize(static_cast<std::size_t>(header[1]));
  MPI_Bcast(description.message.data(), header[1], MPI_CHAR, first, communicator.get());
  raise(description);
}

}  // namespace spinsweep::parallel
