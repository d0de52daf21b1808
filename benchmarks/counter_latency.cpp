// How long a rank waits for the next number of the shared counter while the rank that holds it computes. Run it under
// mpirun with two ranks or more; --mca osc pt2pt or rdma shows what happens where the node's memory is not shared.
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <thread>
#include <vector>

#include "parallel/communicator.hpp"
#include "parallel/progress_messages.hpp"
#include "parallel/session.hpp"
#include "parallel/shared_counter.hpp"

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Steps of 2 ms for a second, as a simulation takes them.
void compute(const spinsweep::parallel::Communicator& world, double seconds_between_answers) {
  const auto start = Clock::now();
  auto answered = start;
  while (seconds_since(start) < 1.0) {
    const auto step = Clock::now();
    while (seconds_since(step) < 2e-3) {
    }
    if (seconds_since(answered) > seconds_between_answers) {
      answered = Clock::now();
      spinsweep::parallel::progress_messages(world);
    }
  }
}

void measure(const spinsweep::parallel::Communicator& world, const char* name, double seconds_between_answers) {
  spinsweep::parallel::SharedCounter counter(world);
  world.barrier();
  std::vector<double> waits;
  if (world.rank() == 0) {
    compute(world, seconds_between_answers);
  } else {
    const auto start = Clock::now();
    while (seconds_since(start) < 0.8) {
      const auto asked = Clock::now();
      (void)counter.next();
      waits.push_back(seconds_since(asked));
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
  double longest = waits.empty() ? 0.0 : *std::max_element(waits.begin(), waits.end());
  MPI_Allreduce(MPI_IN_PLACE, &longest, 1, MPI_DOUBLE, MPI_MAX, world.get());
  if (world.rank() == 1) {
    std::nth_element(waits.begin(), waits.begin() + static_cast<std::ptrdiff_t>(waits.size() / 2), waits.end());
    fmt::print("{:<22}: median {:.3f} ms, longest {:.1f} ms\n", name, 1e3 * waits[waits.size() / 2], 1e3 * longest);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const spinsweep::parallel::Session session(&argc, &argv);
  const spinsweep::parallel::Communicator world(MPI_COMM_WORLD);
  if (world.size() < 2) {
    fmt::print(stderr, "run this under mpirun with two ranks or more\n");
    return 2;
  }
  measure(world, "no answer", std::numeric_limits<double>::infinity());
  measure(world, "an answer every step", 0.0);
  measure(world, "an answer every 20 ms", 0.02);
  return 0;
}
