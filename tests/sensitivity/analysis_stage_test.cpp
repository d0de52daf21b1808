#include "sensitivity/analysis_stage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "layout/results_schema.hpp"
#include "programming/programming_table.hpp"
#include "results/governed_rows.hpp"
#include "results/results.hpp"
#include "simulation/case_table.hpp"
#include "store/create.hpp"
#include "store/temporary_folder.hpp"
#include "study/read_study.hpp"
#include "training/network_table.hpp"

namespace spinsweep::sensitivity {
namespace {

using store::CaseStatus;

const std::string track =
    "[neuron]\ncell = 32e-9\noutput = { snapshots = 2 }\n"
    "[neuron.sweep]\n\"pulse.current_density\" = [1e11, 2e11, 3e11, 4e11]\n"
    "[synapse]\nlength = 600e-9\nwidth = 60e-9\ncell = 30e-9\nnotches = { diameter = 30e-9, count = 3 }\n"
    "pulse = { duration = 4e-9, relaxation = 1e-9 }\noutput = { interval = 1e-9, snapshots = 2 }\n[synapse.sweep]\n";
const std::string network = "[network]\ndatasets = [\"one\"]\nseeds = 2\n";

class AnalysisStage : public testing::Test {
 protected:
  /// A new file of the study, open for writing.
  results::Results make_file(const study::Study& study) {
    const std::vector<network::DataSetShape> shapes(study.network.datasets.size(),
                                                    {.pixels = 4, .classes = 2, .width = 2});
    const std::string path = folder_.file("results.h5");
    store::create(path,
                  layout::results_schema(study, study.has_network ? shapes : std::vector<network::DataSetShape>{}, 1));
    return {store::ResultsFile::open_for_writing(path, world_), study, layout::results_table()};
  }

  /// Sets every test accuracy of a synapse variant and seed.
  static void set_accuracies(
      results::Results& results,
      const std::function<double(const device::DeviceParameters&, std::uint64_t seed)>& accuracy) {
    auto cells = results[training::network_table::test_accuracy];
    const auto list = variants(results.study().weights());
    std::vector<double> values(cells.read().size());
    for (std::size_t k = 0; k < values.size(); ++k) {
      const store::Extent place = results::index_of(k, cells.shape());
      values[k] = accuracy(results.study().weights().cases[list[place[0]].cases.front()], place[3]);
    }
    cells.write(values);
  }

  /// Of the first data set and deployment: one number for each parameter.
  static std::vector<double> first_outcome(const results::Results& results, const std::string& name) {
    const store::ResultsFile& file = results.file();
    const auto shape = file.shape("/analysis/" + name);
    store::Extent count(shape.size(), 1);
    count[0] = shape[0];
    return file.read<double>("/analysis/" + name, store::Extent(shape.size(), 0), count);
  }

  /// The place of a property of the synapse, by its name in /analysis.
  static std::uint64_t number_of(const store::ResultsFile& file, const std::string& quantity) {
    const std::uint64_t count = file.shape("/analysis/device_quantity_name").front();
    for (std::uint64_t q = 0; q < count; ++q) {
      if (file.read_text("/analysis/device_quantity_name", q) == quantity) {
        return q;
      }
    }
    throw std::out_of_range(quantity);
  }

  store::samples::TemporaryFolder folder_;
  parallel::Communicator world_{MPI_COMM_WORLD};
};

TEST_F(AnalysisStage, FindsTheSobolIndicesOfAnAccuracyThatIsKnownOverASampledSweep) {
  const study::Study study = study::parse_study(track +
                                                    "\"material.damping\" = { from = 0.1, to = 1.1 }\n"
                                                    "\"pulse.current_density\" = [2e11, 1e11]\n"
                                                    "\"material.dmi\" = { from = 1e-3, to = 2e-3 }\n"
                                                    "sample = { method = \"saltelli\", count = 512 }\n" +
                                                    network,
                                                "study.toml");
  auto results = make_file(study);
  auto& file = results.file();
  set_accuracies(results, [](const auto& p, std::uint64_t seed) {
    return 0.3 * (p.material.damping - 0.1) + 0.4 * (p.material.dmi - 1e-3) / 1e-3 + 1e-3 * static_cast<double>(seed);
  });
  run_analysis_stage(results, world_);
  EXPECT_EQ(file.read_text("/analysis/parameter_name", 0), "synapse.material.damping");
  EXPECT_EQ(file.read_text("/analysis/parameter_name", 1), "synapse.material.dmi");
  EXPECT_EQ(file.read_text("/analysis/parameter_units", 1), "J m-2");
  for (const std::string name : {"sobol_first", "sobol_total"}) {
    const auto index = first_outcome(results, name);
    ASSERT_EQ(index.size(), 2U);
    EXPECT_NEAR(index[0], 0.36, 0.02) << name;
    EXPECT_NEAR(index[1], 0.64, 0.02) << name;
    EXPECT_LT(first_outcome(results, name + "_low")[1], index[1]);
    EXPECT_GT(first_outcome(results, name + "_high")[1], index[1]);
  }
  // Bins hide what varies inside them: a hundredth of a uniform parameter's variance with ten bins.
  EXPECT_NEAR(first_outcome(results, "main_effect_variance_fraction")[1], 0.64, 0.03);
}

TEST_F(AnalysisStage, FindsTheMainEffectsOfAGrid) {
  const study::Study study = study::parse_study(
      track + "\"notches.count\" = [2, 3]\n\"material.dmi\" = [1e-3, 2e-3]\n" + network, "study.toml");
  auto results = make_file(study);
  auto& file = results.file();
  set_accuracies(results, [](const auto& p, std::uint64_t /*seed*/) {
    return 0.5 + 0.03 * (p.notches.count - 2) + 0.04 * (p.material.dmi - 1e-3) / 1e-3;
  });
  run_analysis_stage(results, world_);
  EXPECT_THAT(first_outcome(results, "main_effect_variance_fraction"),
              testing::ElementsAre(testing::DoubleNear(0.36, 1e-9), testing::DoubleNear(0.64, 1e-9)));
  EXPECT_FALSE(file.exists("/analysis/sobol_first"));
  store::Extent count(file.shape("/analysis/main_effect_mean").size(), 1);
  count.back() = 3;
  const auto means = file.read<double>("/analysis/main_effect_mean", store::Extent(count.size(), 0), count);
  EXPECT_NEAR(means[0], 0.52, 1e-12);
  EXPECT_NEAR(means[1], 0.55, 1e-12);
  EXPECT_TRUE(std::isnan(means[2]));
}

TEST_F(AnalysisStage, FindsWhatBarriersAndTheAccuracyAfterTheLongestTimeDependOn) {
  const study::Study study =
      study::parse_study(track + "\"notches.count\" = [2, 3]\n\"material.dmi\" = [1e-3, 2e-3]\n" + network +
                             "device_samples = 2\nretention = \"simulated\"\n[[network.deployment]]\nmethod = \"ptq\"\n"
                             "[retention]\ntemperatures = [358, 300]\ntimes = [1, 3600]\n",
                         "study.toml");
  auto results = make_file(study);
  // Variants: notches.count, then material.dmi.
  results[retention::retention_table::smallest_barrier].write(std::vector{1e-19, 2e-19, 1e-19, 2e-19});
  const double never = std::numeric_limits<double>::infinity();
  results[retention::retention_table::retention_time].write(std::vector{1.0, 2.0, 1e3, never, 10.0, 2.0, 1e4, 1e9});
  auto cells = results[training::network_table::retained_accuracy];
  const store::Extent shape = cells.shape();
  std::vector<double> values(cells.read().size());
  for (std::size_t k = 0; k < values.size(); ++k) {
    const store::Extent place = results::index_of(k, shape);
    const bool hardest = place[5] == 0 && place[6] == 1;  // 358 K, 3600 s
    const double sample = place[7] == 0 ? -0.01 : 0.01;
    values[k] = hardest
                    ? 0.5 + 0.03 * static_cast<double>(place[0] / 2) + 0.04 * static_cast<double>(place[0] % 2) + sample
                    : 0.9;
  }
  cells.write(values);
  run_analysis_stage(results, world_);

  EXPECT_THAT(first_outcome(results, "retained_effect_variance_fraction"),
              testing::ElementsAre(testing::DoubleNear(0.36, 1e-9), testing::DoubleNear(0.64, 1e-9)));
  auto& file = results.file();
  ASSERT_EQ(file.read_text("/analysis/device_quantity_name", 3), "smallest_barrier");
  ASSERT_EQ(file.read_text("/analysis/device_quantity_name", 4), "retention_time_log10");
  const auto fraction = [&](std::uint64_t parameter, std::uint64_t quantity) {
    return file.read<double>("/analysis/device_effect_variance_fraction", {parameter, quantity}, {1, 1}).front();
  };
  EXPECT_NEAR(fraction(0, 3), 0.0, 1e-12);
  EXPECT_NEAR(fraction(1, 3), 1.0, 1e-12);
  // Logarithms of 0, 3, 1 and 4: variances of 1/4 and 9/4.
  EXPECT_NEAR(fraction(0, 4), 0.1, 1e-12);
  EXPECT_NEAR(fraction(1, 4), 0.9, 1e-12);
}

TEST_F(AnalysisStage, FindsWhatWritingAndTheAccuracyOnWrittenDevicesDependOnInAGrid) {
  const study::Study study = study::parse_study(
      track + "\"pulse.duration\" = [2e-9, 4e-9]\n\"material.dmi\" = [1e-3, 2e-3]\n" + network +
          "device_samples = 2\nlevel_source = \"programmed\"\ndevice_errors = \"simulated\"\n[[network.deployment]]\n"
          "method = \"ptq\"\n[programming]\n",
      "study.toml");
  auto results = make_file(study);
  // Variants: pulse.duration, then material.dmi.
  results[programming::programming_table::mean_write_error].write(std::vector{0.2, 0.05, 0.2, 0.05});
  results[programming::programming_table::mean_conductance_error].write(std::vector{0.03, 0.03, 0.07, 0.07});
  results[programming::programming_table::mean_write_energy].write(std::vector{0.0, 4e-13, 3e-13, 7e-13});
  auto cells = results[training::network_table::device_sample_accuracy];
  const store::Extent shape = cells.shape();
  std::vector<double> values(cells.read().size());
  for (std::size_t k = 0; k < values.size(); ++k) {
    const store::Extent place = results::index_of(k, shape);
    const double sample = place.back() == 0 ? -0.01 : 0.01;
    values[k] = (place[0] % 2 == 0 ? 0.8 : 0.9) + sample;
  }
  cells.write(values);
  run_analysis_stage(results, world_);

  auto& file = results.file();
  const auto fractions = [&](const std::string& quantity) {
    const std::uint64_t q = number_of(file, quantity);
    std::vector<double> found;
    for (std::uint64_t parameter = 0; parameter < 2; ++parameter) {
      found.push_back(file.read<double>("/analysis/device_effect_variance_fraction", {parameter, q}, {1, 1}).front());
    }
    return found;
  };
  const auto near = [](double value) { return testing::DoubleNear(value, 1e-12); };
  EXPECT_THAT(fractions("mean_write_error"), testing::ElementsAre(near(0.0), near(1.0)));
  EXPECT_THAT(fractions("mean_conductance_error"), testing::ElementsAre(near(1.0), near(0.0)));
  EXPECT_THAT(fractions("mean_write_energy"), testing::ElementsAre(near(0.36), near(0.64)));
  EXPECT_THAT(first_outcome(results, "sample_effect_variance_fraction"), testing::ElementsAre(near(0.0), near(1.0)));
  EXPECT_FALSE(file.exists("/analysis/device_sobol_first"));
}

TEST_F(AnalysisStage, FindsTheSobolIndicesOfWritingAndOfTheAccuracyOnWrittenDevicesInASample) {
  const study::Study study = study::parse_study(
      track +
          "\"material.damping\" = { from = 0.1, to = 1.1 }\n\"material.dmi\" = { from = 1e-3, to = 2e-3 }\n"
          "sample = { method = \"saltelli\", count = 256 }\n" +
          network +
          "device_samples = 2\nlevel_source = \"programmed\"\ndevice_errors = \"simulated\"\n[[network.deployment]]\n"
          "method = \"ptq\"\n[programming]\n",
      "study.toml");
  auto results = make_file(study);
  std::vector<double> missed;
  std::vector<double> energy;
  for (const auto& variant : variants(study.weights())) {
    const auto& p = study.weights().cases[variant.cases.front()];
    const double damping = p.material.damping - 0.1;
    const double dmi = (p.material.dmi - 1e-3) / 1e-3;
    missed.push_back(0.4 * dmi);
    energy.push_back(1e-13 * (damping - 0.5) * (dmi - 0.5));
  }
  results[programming::programming_table::mean_write_error].write(missed);
  results[programming::programming_table::mean_write_energy].write(energy);
  auto cells = results[training::network_table::device_sample_accuracy];
  const store::Extent shape = cells.shape();
  std::vector<double> values(cells.read().size());
  for (std::size_t k = 0; k < values.size(); ++k) {
    values[k] = 0.9 - missed[results::index_of(k, shape)[0]];
  }
  cells.write(values);
  run_analysis_stage(results, world_);

  auto& file = results.file();
  const auto index = [&](const std::string& name, const std::string& quantity, std::uint64_t parameter) {
    return file.read<double>("/analysis/" + name, {parameter, number_of(file, quantity)}, {1, 1}).front();
  };
  for (const std::string name : {"device_sobol_first", "device_sobol_total"}) {
    EXPECT_NEAR(index(name, "mean_write_error", 0), 0.0, 1e-12) << name;
    EXPECT_NEAR(index(name, "mean_write_error", 1), 1.0, 0.05) << name;
  }
  EXPECT_NEAR(index("device_effect_variance_fraction", "mean_write_error", 0), 0.0, 0.05);
  EXPECT_NEAR(index("device_effect_variance_fraction", "mean_write_error", 1), 1.0, 0.05);
  // Nothing of a product of two parameters about their means is due to one alone.
  for (const std::uint64_t parameter : {0U, 1U}) {
    EXPECT_NEAR(index("device_sobol_first", "mean_write_energy", parameter), 0.0, 0.15);
    EXPECT_NEAR(index("device_sobol_total", "mean_write_energy", parameter), 1.0, 0.15);
  }
  for (const std::string name : {"sample_sobol_first", "sample_sobol_total"}) {
    EXPECT_THAT(first_outcome(results, name),
                testing::ElementsAre(testing::DoubleNear(0.0, 1e-12), testing::DoubleNear(1.0, 0.05)))
        << name;
  }
  // Of no variant the error of conductance is known.
  EXPECT_TRUE(std::isnan(index("device_sobol_first", "mean_conductance_error", 1)));
}

TEST_F(AnalysisStage, TakesTheFirstNotchsDepinningCurrentForASynapsesOwn) {
  const study::Study study = study::parse_study(
      track + "\"material.dmi\" = [1e-3, 2e-3]\n\"pulse.current_density\" = [1e11, 2e11]\n", "study.toml");
  auto results = make_file(study);
  auto& file = results.file();
  const std::vector<double> held = {150e-9, 170e-9, 210e-9, 200e-9, 200e-9, 200e-9};
  const std::vector<double> passing = {150e-9, 170e-9, 245e-9, 260e-9, 270e-9, 270e-9};
  const std::vector<const std::vector<double>*> traces = {&held, &passing, &passing, &passing};
  for (std::uint64_t k = 0; k < traces.size(); ++k) {
    file.write<double>("/synapse/wall_position", {k, 0}, {1, 6}, *traces[k]);
    results.of(device::kind_of<device::Synapse>)[simulation::case_table::final_wall_count].at(k).write(1.0);
    results.of(device::kind_of<device::Synapse>)[simulation::case_table::status].at(k).commit(CaseStatus::done);
  }
  run_analysis_stage(results, world_);
  ASSERT_EQ(file.read_text("/analysis/device_quantity_name", 0), "depinning_current");
  const auto means = file.read<double>("/analysis/device_effect_mean", {0, 0, 0}, {1, 1, 2});
  EXPECT_NEAR(means[0], 2e11, 1.0);
  EXPECT_NEAR(means[1], 1e11, 1.0);
  // Simulations of a grid leave nothing to chance.
  EXPECT_TRUE(std::isnan(file.read<double>("/analysis/device_effect_variance_fraction_low").front()));
}

TEST_F(AnalysisStage, FindsWhatTheSynapsesOwnPropertiesDependOnInASample) {
  const study::Study study = study::parse_study(
      track +
          "\"material.damping\" = { from = 0.1, to = 1.1 }\n\"material.dmi\" = { from = 1e-3, to = 2e-3 }\n"
          "sample = { method = \"saltelli\", count = 256 }\n",
      "study.toml");
  auto results = make_file(study);
  auto& file = results.file();
  const auto list = variants(study.weights());
  const std::uint64_t most = file.shape("/variants/level_conductance")[1];
  for (std::uint64_t v = 0; v < list.size(); ++v) {
    const auto& p = study.weights().cases[list[v].cases.front()];
    const double range = 1e-5 * (1.0 + 0.3 * (p.material.damping - 0.1) + 0.4 * (p.material.dmi - 1e-3) / 1e-3);
    const std::vector<double> levels = {1e-4, 1e-4 + 0.3 * range, 1e-4 + range};
    const std::int32_t count = 3;
    ASSERT_GE(most, levels.size());
    file.write<double>("/variants/level_conductance", {v, 0}, {1, 3}, levels);
    file.write<std::int32_t>("/variants/levels", {v}, {1}, std::span(&count, 1));
  }
  run_analysis_stage(results, world_);
  ASSERT_EQ(file.read_text("/analysis/device_quantity_name", 1), "conductance_range");
  EXPECT_EQ(file.read_text("/analysis/device_quantity_units", 1), "S");
  // Over (parameter, quantity); the shares of 0.3 and 0.4 in the variance are 9 : 16.
  const auto of_range = [&](const std::string& name) {
    const auto values = file.read<double>("/analysis/" + name);
    return std::vector{values[1], values[4]};
  };
  for (const std::string name : {"device_sobol_first", "device_sobol_total", "device_effect_variance_fraction"}) {
    EXPECT_THAT(of_range(name), testing::ElementsAre(testing::DoubleNear(0.36, 0.04), testing::DoubleNear(0.64, 0.04)))
        << name;
    EXPECT_LT(of_range(name + "_low")[1], 0.64) << name;
    EXPECT_GT(of_range(name + "_high")[1], 0.64) << name;
  }
  // No wall has passed a notch.
  EXPECT_TRUE(std::isnan(file.read<double>("/analysis/device_sobol_first").front()));
}

TEST_F(AnalysisStage, ReadsFromTheTracesWhenNotchesLetTheWallGoAndLeavesOutWhatIsNotDone) {
  const study::Study study =
      study::parse_study(track + "\"pulse.current_density\" = [1e11, 2e11, 3e11]\n", "study.toml");
  auto results = make_file(study);
  auto& file = results.file();
  // Notches at 200, 400 and 600 nm; the wall comes to one 30 nm before it and has left it 45 nm behind it.
  const std::vector<std::vector<double>> traces = {{150e-9, 170e-9, 210e-9, 240e-9, 240e-9, 200e-9},
                                                   {150e-9, 170e-9, 245e-9, 370e-9, 400e-9, 460e-9},
                                                   {150e-9, 600e-9, 600e-9, 600e-9, 600e-9, 600e-9}};
  for (std::uint64_t k = 0; k < 3; ++k) {
    file.write<double>("/synapse/wall_position", {k, 0}, {1, 6}, traces[k]);
    if (k < 2) {
      results.of(device::kind_of<device::Synapse>)[simulation::case_table::final_wall_count].at(k).write(1.0);
      results.of(device::kind_of<device::Synapse>)[simulation::case_table::status].at(k).commit(CaseStatus::done);
    }
  }
  run_analysis_stage(results, world_);
  const auto near = [](double value) { return testing::DoubleNear(value, 1e-6 * value); };
  const auto unknown = testing::IsNan();
  EXPECT_THAT(file.read<double>("/analysis/notch_position"), testing::ElementsAre(near(2e-7), near(4e-7), near(6e-7)));
  EXPECT_THAT(file.read<double>("/analysis/notch_depinning_current"),
              testing::ElementsAre(near(2e11), unknown, unknown));
  EXPECT_THAT(file.read<double>("/analysis/notch_pinning_current"),
              testing::ElementsAre(near(1e11), near(2e11), unknown));
  const auto arrival = file.read<double>("/analysis/arrival_time");
  EXPECT_NEAR(arrival[0], 1e-9, 1e-15);
  EXPECT_NEAR(arrival[4], 3e-9, 1e-15);
  EXPECT_THAT(file.read<double>("/analysis/depinning_delay"),
              testing::ElementsAre(unknown, unknown, unknown, near(1e-9), unknown, unknown, unknown, unknown, unknown));
  EXPECT_EQ(file.read<std::int8_t>("/analysis/status").front(), static_cast<std::int8_t>(CaseStatus::done));
  results.of(device::kind_of<device::Synapse>)[simulation::case_table::final_wall_count].at(2).write(1.0);
  results.of(device::kind_of<device::Synapse>)[simulation::case_table::status].at(2).commit(CaseStatus::done);
  run_analysis_stage(results, world_);
  EXPECT_THAT(file.read<double>("/analysis/notch_depinning_current"),
              testing::ElementsAre(near(2e11), near(3e11), unknown));
}

TEST_F(AnalysisStage, OfAStudyWithoutSynapsesHasOnlyItsStatus) {
  const study::Study study = study::parse_study("[neuron]\ncell = 32e-9\noutput = { snapshots = 2 }\n", "study.toml");
  auto results = make_file(study);
  auto& file = results.file();
  run_analysis_stage(results, world_);
  EXPECT_EQ(file.read<std::int8_t>("/analysis/status").front(), static_cast<std::int8_t>(CaseStatus::done));
  EXPECT_FALSE(file.exists("/analysis/notch_depinning_current"));
}

}  // namespace
}  // namespace spinsweep::sensitivity
