#include "parallel/agree.hpp"

#include <limits>
#include <string>

#include "base/error.hpp"
#include "base/interruption.hpp"

namespace spinsweep::parallel {

namespace {

enum class Kind : int { other, input, environment, simulation, interrupted };

struct Description {
  Kind kind = Kind::other;
  std::string message;
};

Description describe(const std::exception_ptr& pending) {
  try {
    std::rethrow_exception(pending);
  } catch (const InputError& error) {
    return {Kind::input, error.what()};
  } catch (const EnvironmentError& error) {
    return {Kind::environment, error.what()};
  } catch (const SimulationError& error) {
    return {Kind::simulation, error.what()};
  } catch (const Interrupted& interruption) {
    return {Kind::interrupted, interruption.what()};
  } catch (const std::exception& error) {
    return {Kind::other, error.what()};
  } catch (...) {
    return {Kind::other, "an unknown exception"};
  }
}

[[noreturn]] void raise(const Description& description) {
  switch (description.kind) {
    case Kind::input:
      throw InputError(description.message);
    case Kind::environment:
      throw EnvironmentError(description.message);
    case Kind::simulation:
      throw SimulationError(description.message);
    case Kind::interrupted:
      throw Interrupted();
    case Kind::other:
      break;
  }
  throw Error(description.message);
}

}  // namespace

void agree(const Communicator& communicator, const std::exception_ptr& pending) {
  constexpr int nobody = std::numeric_limits<int>::max();
  const Description own = pending ? describe(pending) : Description{};
  // An interruption counts only where nothing went wrong.
  int first = !pending ? nobody : communicator.rank() + (own.kind == Kind::interrupted ? communicator.size() : 0);
  MPI_Allreduce(MPI_IN_PLACE, &first, 1, MPI_INT, MPI_MIN, communicator.get());
  if (first == nobody) {
    return;
  }
  first %= communicator.size();
  Description description;
  if (communicator.rank() == first) {
    description = own;
  }
  int header[2] = {static_cast<int>(description.kind), static_cast<int>(description.message.size())};
  MPI_Bcast(header, 2, MPI_INT, first, communicator.get());
  description.kind = static_cast<Kind>(header[0]);
  description.message.resize(static_cast<std::size_t>(header[1]));
  MPI_Bcast(description.message.data(), header[1], MPI_CHAR, first, communicator.get());
  raise(description);
}

}  // namespace spinsweep::parallel
