/// Makes a results file with two finished cases and one failed case at the path it is given.
#include <cstdio>
#include <exception>
#include <vector>

#include "parallel/communicator.hpp"
#include "parallel/session.hpp"
#include "store/create.hpp"
#include "store/results_file.hpp"
#include "store/sample_schema.hpp"

namespace {

using namespace spinsweep;

void write(const char* path) {
  store::create(path, store::samples::sample_schema(), store::Existing::replace);
  const parallel::Communicator world(MPI_COMM_WORLD);
  auto file = store::ResultsFile::open_for_writing(path, world);
  for (const std::uint64_t done : {0, 2}) {
    const std::vector<double> rows(store::samples::times * 3, 0.5 + static_cast<double>(done));
    file.write<double>("/synapse/magnetization", {done, 0, 0}, {1, store::samples::times, 3}, rows);
    const double conductance = 1e-4;
    file.write<double>("/synapse/final_conductance", {done}, {1}, {&conductance, 1});
    file.commit_case("/synapse/status", {done}, store::CaseStatus::done);
  }
  file.write_text("/synapse/message", 1, "the step size fell below 1e-18 s: µ0 Ms");
  file.commit_case("/synapse/status", {1}, store::CaseStatus::failed);
  file.close();
}

}  // namespace

int main(int argc, char** argv) {
  const parallel::Session session(&argc, &argv);
  try {
    write(argc == 2 ? argv[1] : "sample.h5");
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 3;
  }
  return 0;
}
