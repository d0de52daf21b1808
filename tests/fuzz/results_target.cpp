#include <fmt/format.h>
#include <hdf5.h>

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "export/export_case.hpp"
#include "fuzz/files.hpp"
#include "fuzz/mutate_bytes.hpp"
#include "fuzz/mutate_text.hpp"
#include "fuzz/rewrite_hdf5.hpp"
#include "fuzz/target.hpp"
#include "layout/results_schema.hpp"
#include "reuse/merge.hpp"
#include "simulation/finished_cases.hpp"
#include "status/status_report.hpp"
#include "sweep/run_study.hpp"

namespace spinsweep::fuzz {

namespace {

constexpr std::uint64_t seed = 5;

/// Devices of a few cells and two tiny networks: everything a results file can hold, made in a second.
constexpr const char* study_text = R"([study]
name = "tiny"
[neuron]
cell = 32e-9
initial_wall = { relax = false }
mtj.window = { from = 32e-9, to = 160e-9 }
pulse = { duration = 50e-12 }
output = { interval = 25e-12, snapshots = 2 }
[neuron.sweep]
"pulse.current_density" = [0.1e12, 8e12]
[synapse]
cell = 50e-9
notches = { diameter = 50e-9 }
initial_wall = { relax = false }
pulse = { duration = 50e-12, relaxation = 0.0 }
output = { interval = 25e-12, snapshots = 2 }
[synapse.sweep]
"notches.count" = [0, 1]
[network]
datasets = ["bright", "dark"]
activation_order = 1
level_source = "relaxed_at_notches"
hidden = [3]
epochs = 1
fine_tune_epochs = 1
qat_epochs = 1
device_samples = 1
)";

/// Results files as status, export, run, run --reuse and merge read them.
class ResultsTarget : public Target {
 public:
  explicit ResultsTarget(const std::filesystem::path& folder)
      : sweep_file_(folder / "tiny.toml"), original_(folder / "original.h5") {
    if (!std::filesystem::exists(original_)) {
      write_data_sets(folder);
      write_bytes(sweep_file_, fmt::format("{}data_folder = '{}'\n", study_text, folder.string()));
      const auto unfinished = folder / "unfinished.h5";
      std::filesystem::remove(unfinished);
      run(unfinished);
      std::filesystem::rename(unfinished, original_);
    }
    bytes_ = read_bytes(original_);
    metadata_ = metadata_of(original_);
  }

  void write_input(std::uint64_t number, const std::filesystem::path& folder) const override {
    Random random(seed, number);
    const auto file = folder / "results.h5";
    if (random.one_in(2)) {
      write_bytes(file, mutate_bytes(bytes_, random, metadata_));
    } else {
      write_bytes(file, bytes_);
      rewrite_results(file, random);
    }
  }

  void read(const std::filesystem::path& folder) const override {
    const auto file = folder / "results.h5";
    std::vector<std::string> refusals;
    const auto attempt = [&](const auto& work) {
      try {
        work();
      } catch (const Error& error) {
        refusals.emplace_back(error.what());
      }
    };
    attempt([&] {
      const auto report = status::read_status_report(file);
      (void)status::to_text(report);
      (void)status::to_json(report);
    });
    for (const auto format : {exports::Format::ovf, exports::Format::vtk, exports::Format::csv}) {
      for (const char* device : {"synapse", "neuron"}) {
        attempt([&] {
          (void)exports::export_case({.results_file = file,
                                      .device = device,
                                      .index = 1,
                                      .format = format,
                                      .snapshot = std::nullopt,
                                      .folder = folder / "exported",
                                      .force = true});
        });
      }
    }
    attempt([&] { (void)simulation::FinishedCases(file.string(), layout::results_table()); });
    attempt([&] { (void)reuse::merge({original_, file}, folder / "first.h5"); });
    attempt([&] { (void)reuse::merge({file, original_}, folder / "second.h5"); });
    // Last, for it changes the file.
    attempt([&] { run(file); });
    const auto bad = std::find_if(refusals.begin(), refusals.end(),
                                  [](const auto& refusal) { return refusal.find('\n') != std::string::npos; });
    if (!refusals.empty()) {
      throw Error(bad != refusals.end() ? *bad : refusals.front());
    }
  }

 private:
  void run(const std::filesystem::path& file) const {
    const parallel::Communicator self(MPI_COMM_SELF);
    sweep::RunRequest request;
    request.sweep_file = sweep_file_;
    request.results_file = file;
    (void)sweep::run_study(request, self);
  }

  std::filesystem::path sweep_file_;
  std::filesystem::path original_;
  std::string bytes_;
  std::vector<ByteRange> metadata_;
};

}  // namespace

std::unique_ptr<Target> make_results_target(const std::filesystem::path& folder) {
  return std::make_unique<ResultsTarget>(folder);
}

}  // namespace spinsweep::fuzz
