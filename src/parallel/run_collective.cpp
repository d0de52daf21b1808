#include "parallel/run_collective.hpp"

#include <fmt/format.h>
#include <mpi.h>

#include <chrono>
#include <cstdlib>
#include <new>
#include <thread>

#include "base/output.hpp"
#include "parallel/agree.hpp"
#include "parallel/describe_error.hpp"
#include "startup/exit_code.hpp"

namespace spinsweep::parallel {

namespace {

/// Ranks that throw alike do so within the time of a message, or of a busy machine's turns.
constexpr std::chrono::seconds patience{10};

bool all_arrive(const Communicator& meeting) {
  MPI_Request request = MPI_REQUEST_NULL;
  MPI_Ibarrier(meeting.get(), &request);
  const auto deadline = std::chrono::steady_clock::now() + patience;
  int arrived = 0;
  MPI_Test(&request, &arrived, MPI_STATUS_IGNORE);
  while (arrived == 0 && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    MPI_Test(&request, &arrived, MPI_STATUS_IGNORE);
  }
  return arrived == 1;
}

bool is_lack_of_memory(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const std::bad_alloc&) {
    return true;
  } catch (...) {
    return false;
  }
}

[[noreturn]] void end_job(const std::exception_ptr& error) {
  int rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  show(fmt::format(
      "spinsweep: rank {}: {}; the ranks that work with it cannot continue, so the whole run ends here, and the "
      "same command resumes it\n",
      rank, describe_error(error).message));
  MPI_Abort(MPI_COMM_WORLD, broken_environment);
  std::abort();
}

}  // namespace

void abort_or_rethrow(const Communicator& meeting, const std::exception_ptr& own) {
  if (is_lack_of_memory(own) || !all_arrive(meeting)) {
    end_job(own);
  }
  agree(meeting, own);
  std::rethrow_exception(own);
}

}  // namespace spinsweep::parallel
