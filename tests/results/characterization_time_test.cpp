#include <fmt/format.h>
#include <gtest/gtest.h>

#include <ctime>

#include "characterization/variant_curves.hpp"
#include "layout/results_schema.hpp"
#include "results/results.hpp"
#include "simulation/case_table.hpp"
#include "store/create.hpp"
#include "store/temporary_folder.hpp"
#include "study/read_study.hpp"

namespace spinsweep::results {
namespace {

namespace case_table = simulation::case_table;

/// A file in which ten cases of each synapse variant and the neuron's are done.
Results finished_devices(const std::string& path, int variants, const parallel::Communicator& world) {
  const study::Study study = study::parse_study(
      fmt::format(
          "[neuron]\ncell = 32e-9\noutput = {{ interval = 1e-9, snapshots = 2 }}\n[neuron.sweep]\n"
          "\"pulse.current_density\" = [1e11, 2e11, 3e11, 4e11]\n"
          "[synapse]\nlength = 600e-9\nwidth = 60e-9\ncell = 30e-9\nnotches = {{ diameter = 30e-9, count = 3 }}\n"
          "pulse = {{ duration = 1e-9, relaxation = 0.0 }}\noutput = {{ interval = 1e-9, snapshots = 2 }}\n"
          "[synapse.sweep]\n\"material.dmi\" = {{ from = 1e-3, to = 2e-3, count = {} }}\n"
          "\"pulse.current_density\" = {{ from = 1e11, to = 1e12, count = 10 }}\n"
          "[network]\ndatasets = [\"one\"]\nlevel_source = \"after_pulse\"\n",
          variants),
      "study.toml");
  store::create(path, layout::results_schema(study, {{.pixels = 4, .classes = 2, .width = 2}}, 1));
  Results results(store::ResultsFile::open_for_writing(path, world), study, layout::results_table());
  for (const device::Kind* kind : device::kinds()) {
    const std::size_t cases = results.plan(*kind).cases.size();
    std::vector<double> conductance(cases);
    for (std::size_t k = 0; k < cases; ++k) {
      conductance[k] = 1e-4 + 1e-6 * static_cast<double>(k % 10);
    }
    results.of(*kind)[case_table::final_conductance].write(conductance);
    results.of(*kind)[case_table::final_wall_count].write(std::vector<double>(cases, 1.0));
    results.of(*kind)[case_table::status].write(
        std::vector<std::int8_t>(cases, static_cast<std::int8_t>(store::CaseStatus::done)));
  }
  return results;
}

double seconds_of_characterization(int variants) {
  const store::samples::TemporaryFolder folder;
  const parallel::Communicator world(MPI_COMM_WORLD);
  Results results = finished_devices(folder.file("results.h5"), variants, world);
  const std::clock_t start = std::clock();  // processor time, which other work on the machine does not change
  const auto curves = characterization::derive_variants(results, world);
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  EXPECT_EQ(curves.levels.size(), static_cast<std::size_t>(variants));
  EXPECT_GE(curves.levels.back().size(), 2U);
  results.file().close();
  return seconds;
}

TEST(Characterization, TakesTimeInProportionToTheNumberOfVariants) {
  const double few = seconds_of_characterization(500);
  const double many = seconds_of_characterization(4000);
  // Reading all statuses once for every variant would take 64 times as long.
  EXPECT_LT(many, 20.0 * few);
}

/// A measurement, run with --gtest_also_run_disabled_tests.
TEST(Characterization, DISABLED_TimesOfUpToTenThousandVariants) {
  for (const int variants : {1250, 2500, 5000, 10000}) {
    fmt::print("{:6} variants of 10 cases: {:.3f} s\n", variants, seconds_of_characterization(variants));
  }
}

}  // namespace
}  // namespace spinsweep::results
