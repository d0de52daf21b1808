#include "sweep/network_stage.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/error.hpp"
#include "network/evaluation.hpp"
#include "network/misread.hpp"
#include "network/model_file.hpp"
#include "network/quantizer.hpp"
#include "network/trainer.hpp"
#include "parallel/agree.hpp"
#include "store/case_status.hpp"
#include "sweep/parameter.hpp"
#include "sweep/results_schema.hpp"

namespace spinsweep::sweep {

namespace {

using network::Mlp;
using store::CaseStatus;
using store::Extent;

/// (variant, neuron, data set, seed)
using Run = std::array<std::uint64_t, 4>;

/// (neuron, data set, seed)
using BaselineIndex = std::array<std::uint64_t, 3>;

const std::string baseline_group = "/network/baseline/";

/// Writes what one run of one scheme yields. Only the first rank writes.
class RunWriter {
 public:
  RunWriter(store::ResultsFile& file, const Run& run, int bins, bool writes)
      : file_(file), run_(run), bins_(bins), writes_(writes) {}

  void write(Scheme scheme, const Mlp<float>& model, const network::Evaluation& evaluation,
             const std::vector<double>& loss, const std::vector<double>& ranges) {
    if (!writes_) {
      return;
    }
    const auto s = static_cast<std::uint64_t>(scheme);
    const auto classes = static_cast<std::uint64_t>(std::lround(std::sqrt(evaluation.confusion.size())));
    put<double>("test_accuracy", {s}, {1}, std::vector{evaluation.accuracy});
    put<std::int64_t>("confusion", {s, 0, 0}, {1, classes, classes}, evaluation.confusion);
    if (!loss.empty()) {
      put<double>("loss", {s, 0}, {1, loss.size()}, loss);
    }
    for (int layer = 0; layer < model.layers(); ++layer) {
      const auto l = static_cast<std::uint64_t>(layer);
      const double range = ranges[l];
      put<std::int64_t>("weight_histogram", {s, l, 0}, {1, 1, static_cast<std::uint64_t>(bins_)},
                        network::histogram(model.weights(layer), -range, range, bins_));
      put<double>("histogram_range", {l}, {1}, std::vector{range});
    }
  }

  void write_levels_used(int layer, std::int32_t used) {
    if (writes_) {
      put<std::int32_t>("levels_used", {static_cast<std::uint64_t>(layer)}, {1}, std::vector{used});
    }
  }

  void finish(double snapped_accuracy) {
    if (writes_) {
      put<double>("snapped_accuracy", {}, {}, std::vector{snapped_accuracy});
      file_.commit_case("/network/status", {run_.begin(), run_.end()}, CaseStatus::done);
    }
  }

 private:
  template <class T>
  void put(const std::string& variable, Extent start, Extent count, const std::vector<T>& values) {
    start.insert(start.begin(), run_.begin(), run_.end());
    count.insert(count.begin(), run_.size(), 1);
    file_.write<T>("/network/" + variable, start, count, values);
  }

  store::ResultsFile& file_;
  Run run_;
  int bins_;
  bool writes_;
};

struct Baseline {
  Mlp<float> model;
  std::vector<double> loss;
  network::Evaluation evaluation;
};

class NetworkStage {
 public:
  NetworkStage(const Study& study, store::ResultsFile& file, const parallel::Communicator& communicator)
      : settings_(study.network), seed_(study.seed), file_(file), communicator_(communicator) {}

  /// The FP32 network of a (neuron, data set, seed): the one the file has, or else a newly trained one, which the file
  /// has from then on.
  Baseline baseline(const network::DataSet& data, const std::vector<double>& activation, const BaselineIndex& index) {
    if (const auto stored = load_baseline(index)) {
      return {*stored, read_loss(index), network::evaluate(*stored, data.test, data.classes, communicator_)};
    }
    Baseline trained = train_baseline(data, activation, index[2]);
    if (communicator_.rank() == 0) {
      store_misread(first_misread(trained.model, data.test, misread_count), data.test, index);
      store_baseline(trained, index);
      spdlog::info("network {} neuron {} seed {}: FP32 accuracy {:.2f} %", data.name, index[0],
                   seed_ + static_cast<std::int64_t>(index[2]), 100.0 * trained.evaluation.accuracy);
    }
    return trained;
  }

  void put_on_device(const Baseline& baseline, const network::DataSet& data, const std::vector<double>& conductances,
                     const Run& run) {
    RunWriter writer(file_, run, settings_.histogram_bins, communicator_.rank() == 0);
    std::vector<double> ranges;
    for (int layer = 0; layer < baseline.model.layers(); ++layer) {
      const auto weights = baseline.model.weights(layer);
      const auto [low, high] = std::minmax_element(weights.begin(), weights.end());
      ranges.push_back(std::max(std::abs(*low), std::abs(*high)));
    }
    writer.write(Scheme::fp32, baseline.model, baseline.evaluation, baseline.loss, ranges);

    Mlp<float> model = baseline.model;
    std::vector<std::vector<float>> levels;
    for (int layer = 0; layer < model.layers(); ++layer) {
      levels.push_back(network::weight_levels(conductances, model.weights(layer), settings_.mapping));
      writer.write_levels_used(layer, network::snap(model.weights(layer), levels.back()));
    }
    const auto evaluate = [&] { return network::evaluate(model, data.test, data.classes, communicator_); };
    writer.write(Scheme::quantized, model, evaluate(), {}, ranges);

    const auto loss = network::train(model, data.train,
                                     {.epochs = settings_.fine_tune_epochs,
                                      .batch_size = settings_.batch_size,
                                      .learning_rate = settings_.fine_tune_learning_rate,
                                      .seed = static_cast<std::uint64_t>(seed_) + run[3] + 1'000'000},
                                     communicator_);
    writer.write(Scheme::fine_tuned, model, evaluate(), loss, ranges);
    for (int layer = 0; layer < model.layers(); ++layer) {
      network::snap(model.weights(layer), levels[static_cast<std::size_t>(layer)]);
    }
    writer.finish(evaluate().accuracy);
  }

 private:
  Baseline train_baseline(const network::DataSet& data, const std::vector<double>& activation,
                          std::uint64_t seed_index) {
    Baseline baseline{make_network(settings_, data.shape(), activation), {}, {}};
    const auto seed = static_cast<std::uint64_t>(seed_) + seed_index;
    baseline.model.initialize(seed);
    baseline.loss = network::train(baseline.model, data.train,
                                   {.epochs = settings_.epochs,
                                    .batch_size = settings_.batch_size,
                                    .learning_rate = settings_.learning_rate,
                                    .seed = seed},
                                   communicator_);
    baseline.evaluation = network::evaluate(baseline.model, data.test, data.classes, communicator_);
    return baseline;
  }

  /// Nothing if it has not been trained. Every rank decides alike: it is the first rank's view that counts.
  std::optional<Mlp<float>> load_baseline(const BaselineIndex& index) {
    std::string bytes;
    parallel::agree_on(communicator_, [&] {
      if (communicator_.rank() == 0) {
        const Extent start(index.begin(), index.end());
        const auto status = file_.read<std::int8_t>(baseline_group + "status", start, {1, 1, 1}).front();
        if (static_cast<CaseStatus>(status) == CaseStatus::done) {
          const auto size = file_.read<std::int64_t>(baseline_group + "model_size", start, {1, 1, 1}).front();
          const auto model = file_.read<std::uint8_t>(baseline_group + "model", {index[0], index[1], index[2], 0},
                                                      {1, 1, 1, static_cast<std::uint64_t>(size)});
          bytes.assign(model.begin(), model.end());
        }
      }
    });
    auto size = static_cast<int>(bytes.size());
    MPI_Bcast(&size, 1, MPI_INT, 0, communicator_.get());
    bytes.resize(static_cast<std::size_t>(size));
    MPI_Bcast(bytes.data(), size, MPI_CHAR, 0, communicator_.get());
    return bytes.empty() ? std::nullopt : std::optional(network::load_model(bytes));
  }

  std::vector<double> read_loss(const BaselineIndex& index) const {
    return file_.read<double>(baseline_group + "loss", {index[0], index[1], index[2], 0},
                              {1, 1, 1, static_cast<std::uint64_t>(settings_.epochs)});
  }

  void store_misread(const std::vector<network::Misread>& list, const network::ImageSet& images,
                     const BaselineIndex& index) {
    const auto pixels = static_cast<std::uint64_t>(images.pixels());
    for (std::uint64_t k = 0; k < list.size(); ++k) {
      const auto put = [&](const std::string& name, std::int32_t value) {
        file_.write<std::int32_t>(baseline_group + name, {index[0], index[1], index[2], k}, {1, 1, 1, 1},
                                  std::span(&value, 1));
      };
      put("misread_index", list[k].image);
      put("misread_label", list[k].label);
      put("misread_prediction", list[k].prediction);
      const auto image = std::span(images.images).subspan(static_cast<std::size_t>(list[k].image) * pixels, pixels);
      std::vector<std::uint8_t> bytes;
      std::transform(image.begin(), image.end(), std::back_inserter(bytes),
                     [](float ink) { return static_cast<std::uint8_t>(std::lround(255.0F * ink)); });
      file_.write<std::uint8_t>(baseline_group + "misread_image", {index[0], index[1], index[2], k, 0},
                                {1, 1, 1, 1, pixels}, bytes);
    }
  }

  void store_baseline(const Baseline& baseline, const BaselineIndex& index) {
    const Extent start(index.begin(), index.end());
    const Extent from = {index[0], index[1], index[2], 0};
    const std::string bytes = network::save_model(baseline.model);
    const std::vector<std::uint8_t> model(bytes.begin(), bytes.end());
    const auto size = static_cast<std::int64_t>(bytes.size());
    file_.write<std::uint8_t>(baseline_group + "model", from, {1, 1, 1, bytes.size()}, model);
    file_.write<std::int64_t>(baseline_group + "model_size", start, {1, 1, 1}, std::span(&size, 1));
    file_.write<double>(baseline_group + "loss", from, {1, 1, 1, baseline.loss.size()}, baseline.loss);
    file_.write<double>(baseline_group + "test_accuracy", start, {1, 1, 1},
                        std::span(&baseline.evaluation.accuracy, 1));
    file_.commit_case(baseline_group + "status", start, CaseStatus::done);
  }

  const network::NetworkSettings& settings_;
  std::int64_t seed_;
  store::ResultsFile& file_;
  const parallel::Communicator& communicator_;
};

}  // namespace

void run_network_stage(const Study& study, const VariantCurves& curves, store::ResultsFile& file,
                       const parallel::Communicator& communicator) {
  const auto& settings = study.network;
  auto status = file.read<std::int8_t>("/network/status");
  MPI_Bcast(status.data(), static_cast<int>(status.size()), MPI_INT8_T, 0, communicator.get());
  const std::uint64_t n_neurons = curves.activations.size();
  const std::uint64_t n_datasets = settings.datasets.size();
  const auto n_seeds = static_cast<std::uint64_t>(settings.seeds);
  const auto is_done = [&](const Run& run) {
    const auto index = ((run[0] * n_neurons + run[1]) * n_datasets + run[2]) * n_seeds + run[3];
    return status[index] == static_cast<std::int8_t>(CaseStatus::done);
  };
  NetworkStage stage(study, file, communicator);
  for (std::uint64_t d = 0; d < n_datasets; ++d) {
    network::DataSet data;
    parallel::agree_on(communicator, [&] {
      data = network::read_data_set(std::filesystem::path(settings.data_folder) / settings.datasets[d],
                                    settings.datasets[d]);
    });
    for (std::uint64_t n = 0; n < n_neurons; ++n) {
      if (curves.activations[n].empty()) {
        continue;
      }
      for (std::uint64_t s = 0; s < n_seeds; ++s) {
        std::optional<Baseline> baseline;
        for (std::uint64_t v = 0; v < curves.levels.size(); ++v) {
          const Run run = {v, n, d, s};
          if (is_done(run) || curves.levels[v].size() < 2) {
            continue;
          }
          if (!baseline) {
            baseline = stage.baseline(data, curves.activations[n], {n, d, s});
          }
          stage.put_on_device(*baseline, data, curves.levels[v], run);
        }
      }
    }
  }
  communicator.barrier();
}

std::string accuracy_table(const Study& study, const store::ResultsFile& file) {
  const auto accuracy = file.read<double>("/network/test_accuracy");
  const auto snapped = file.read<double>("/network/snapped_accuracy");
  const auto levels = file.read<std::int32_t>("/variants/levels");
  const auto list = variants(study.synapse);
  const std::uint64_t n_neurons = variants(study.neuron).size();
  const std::uint64_t n_datasets = study.network.datasets.size();
  const auto n_seeds = static_cast<std::uint64_t>(study.network.seeds);
  std::string text = fmt::format("{:<24}{:<14}{:>6}{:>8}{:>10}{:>8}{:>9}\n", "synapse variant", "data set", "levels",
                                 "FP32", "quantised", "tuned", "snapped");
  for (std::uint64_t v = 0; v < list.size(); ++v) {
    std::string name;
    const auto& p = study.synapse.cases[list[v].cases.front()];
    for (const auto& axis : study.synapse.axes) {
      if (axis.path != "pulse.current_density" && axis.path != "wall.position") {
        const std::string prefix =
            axis.path == "notches.count" ? "notches" : axis.path.substr(axis.path.rfind('.') + 1);
        name += fmt::format("{}{} {:g}", name.empty() ? "" : ", ", prefix, find_parameter(p.kind, axis.path)->get(p));
      }
    }
    for (std::uint64_t d = 0; d < n_datasets; ++d) {
      std::array<double, 4> sum{};
      for (std::uint64_t n = 0; n < n_neurons; ++n) {
        for (std::uint64_t s = 0; s < n_seeds; ++s) {
          const std::uint64_t run = ((v * n_neurons + n) * n_datasets + d) * n_seeds + s;
          for (std::uint64_t scheme = 0; scheme < scheme_count; ++scheme) {
            sum[scheme] += accuracy[run * scheme_count + scheme];
          }
          sum[3] += snapped[run];
        }
      }
      const double percent = 100.0 / static_cast<double>(n_neurons * n_seeds);
      text += fmt::format("{:<24}{:<14}{:>6}{:>8.2f}{:>10.2f}{:>8.2f}{:>9.2f}\n", name.substr(0, 23),
                          study.network.datasets[d], levels[v], percent * sum[0], percent * sum[1], percent * sum[2],
                          percent * sum[3]);
    }
  }
  text +=
      "accuracy on the test set in %, mean over neuron variants and seeds; snapped: the\n"
      "fine-tuned network with every weight put back on its nearest level\n";
  return text;
}

}  // namespace spinsweep::sweep
