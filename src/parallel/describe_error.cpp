#include "parallel/describe_error.hpp"

#include <new>

#include "base/error.hpp"
#include "base/interruption.hpp"

namespace spinsweep::parallel {

ErrorDescription describe_error(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const InputError& input) {
    return {ErrorKind::input, input.what()};
  } catch (const EnvironmentError& environment) {
    return {ErrorKind::environment, environment.what()};
  } catch (const SimulationError& simulation) {
    return {ErrorKind::simulation, simulation.what()};
  } catch (const Interrupted& interruption) {
    return {ErrorKind::interrupted, interruption.what()};
  } catch (const std::bad_alloc&) {
    return {ErrorKind::other, "not enough memory"};
  } catch (const std::exception& other) {
    return {ErrorKind::other, other.what()};
  } catch (...) {
    return {ErrorKind::other, "an unknown exception"};
  }
}

}  // namespace spinsweep::parallel
