#include "status/accuracy_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <optional>
#include <span>

#include "base/words.hpp"
#include "network/deployments.hpp"
#include "network/evaluation.hpp"
#include "status/chance_warnings.hpp"
#include "study/network_devices.hpp"
#include "study/parameter.hpp"
#include "training/network_table.hpp"

namespace spinsweep::status {

namespace {

namespace network_table = training::network_table;

/// A variable of /network with its shape.
template <class Number>
class Array {
 public:
  Array(const results::Results& results, const results::Variable<Number>& variable)
      : values_(results[variable].read()), shape_(results[variable].shape()) {}

  [[nodiscard]] Number at(const store::Extent& index) const { return row(index).front(); }

  /// What is at an index along the first dimensions.
  [[nodiscard]] std::span<const Number> row(const store::Extent& index) const {
    std::size_t place = 0;
    std::size_t length = 1;
    for (std::size_t k = 0; k < shape_.size(); ++k) {
      place = place * shape_[k] + (k < index.size() ? index[k] : 0);
      length *= k < index.size() ? 1 : shape_[k];
    }
    return std::span(values_).subspan(place, length);
  }
  [[nodiscard]] std::uint64_t size(std::size_t axis) const { return shape_[axis]; }

 private:
  std::vector<Number> values_;
  store::Extent shape_;
};

/// Mean and standard deviation of what is known.
class Statistics {
 public:
  void add(double value) {
    if (!std::isnan(value)) {
      ++count_;
      sum_ += value;
      squares_ += value * value;
    }
  }
  [[nodiscard]] double mean() const { return sum_ / count_; }

  /// In per cent: "97.51", or "97.51±0.12" of several.
  [[nodiscard]] std::string text() const {
    if (count_ == 0) {
      return "-";
    }
    const double deviation = count_ > 1 ? std::sqrt(std::max(0.0, (squares_ - sum_ * mean()) / (count_ - 1))) : 0.0;
    return count_ > 1 ? fmt::format("{:.2f}±{:.2f}", 100.0 * mean(), 100.0 * deviation)
                      : fmt::format("{:.2f}", 100.0 * mean());
  }

 private:
  int count_ = 0;
  double sum_ = 0.0;
  double squares_ = 0.0;
};

std::string variant_name(const study::DevicePlan& plan, const study::Variant& variant) {
  std::string name;
  const auto& p = plan.cases[variant.cases.front()];
  for (const auto& axis : plan.axes) {
    if (tells_variants_apart(plan, axis) && axis.path != "initial_wall.position") {
      const study::Parameter& parameter = *study::find_parameter(*p.kind, axis.path);
      name += fmt::format("{}{} {}", name.empty() ? "" : ", ",
                          axis.path == "notches.count" ? "notches" : axis.path.substr(axis.path.rfind('.') + 1),
                          study::value_text(parameter, parameter.get(p)));
    }
  }
  return name.empty() ? "the only synapse" : name;
}

/// Of the synapse variants, shorter than study::weight_variant_names() if they are simulated.
std::vector<std::string> variant_names(const study::Study& study) {
  if (has_measured_weights(study)) {
    return weight_variant_names(study);
  }
  std::vector<std::string> names;
  for (const study::Variant& variant : variants(study.weights())) {
    names.push_back(variant_name(study.weights(), variant));
  }
  return names;
}

/// "5-6, 6": how many different weights each layer has over all data sets, neurons and seeds; empty if none of a
/// deployment's weights are on levels.
std::string levels_used(const Array<std::int32_t>& used, std::uint64_t variant, std::uint64_t deployment) {
  std::string text;
  bool on_levels = false;
  for (std::uint64_t layer = 0; layer < used.size(5); ++layer) {
    std::int32_t fewest = std::numeric_limits<std::int32_t>::max();
    std::int32_t most = 0;
    for (std::uint64_t n = 0; n < used.size(1); ++n) {
      for (std::uint64_t d = 0; d < used.size(2); ++d) {
        for (std::uint64_t s = 0; s < used.size(3); ++s) {
          const std::int32_t count = used.at({variant, n, d, s, deployment, layer});
          fewest = std::min(fewest, count);
          most = std::max(most, count);
        }
      }
    }
    text += layer > 0 ? ", " : "";
    text += fewest == most ? fmt::format("{}", most) : fmt::format("{}-{}", fewest, most);
    on_levels = on_levels || most > 0;
  }
  return on_levels ? text : "";
}

/// A cell of a table, right-aligned; "±" is one column wide but two bytes long.
std::string cell(const std::string& text, std::size_t width) {
  const auto columns = text.size() - (text.find("±") != std::string::npos ? 1 : 0);
  return std::string(columns < width ? width - columns : 1, ' ') + text;
}

struct Row {
  std::string name;
  std::vector<Statistics> accuracies;  ///< [data set]
  std::string levels = {};
  bool is_deployment = false;  ///< not a detail of one
};

/// The accuracies of a study, over which a table is made for each synapse variant.
class Accuracies {
 public:
  explicit Accuracies(const results::Results& results)
      : settings_(results.study().network),
        accuracy_(results, network_table::test_accuracy),
        requantized_(results, network_table::requantized_accuracy),
        used_(results, network_table::levels_used) {
    if (settings_.device_samples > 0) {
      samples_.emplace(results, network_table::device_sample_accuracy);
    }
    if (network_table::aging_count(results.study()) > 0) {
      retained_.emplace(results, network_table::retained_accuracy);
      retention_ = retention::retention_table::section.of(results.study());
    }
    if (!controls_of(settings_.deployments).empty()) {
      control_.emplace(results, training::baseline_table::control_accuracy);
    }
  }

  [[nodiscard]] bool has_controls() const { return control_.has_value(); }
  [[nodiscard]] bool has_spread() const {
    return accuracy_.size(1) * accuracy_.size(3) > 1 || settings_.device_samples > 1;
  }

  /// FP32 and its controls, then each other deployment with its details.
  [[nodiscard]] std::vector<Row> rows(std::uint64_t v) const {
    std::vector<Row> rows;
    const auto controls = control_names(settings_.deployments);
    for (std::uint64_t k = 0; k < settings_.deployments.size(); ++k) {
      const network::Deployment& deployment = settings_.deployments[k];
      rows.push_back({deployment.name, statistics(accuracy_, v, k), levels_used(used_, v, k), true});
      if (method_of(deployment).is_requantized()) {
        rows.push_back({"  requantized", statistics(requantized_, v, k)});
      }
      if (samples_ && !deployment.mapping.empty()) {
        rows.push_back({"  " + counted(settings_.device_samples, "device sample"), statistics(*samples_, v, k)});
      }
      for (std::uint64_t t = 0; retained_ && !deployment.mapping.empty() && t < retention_.temperatures.size(); ++t) {
        const auto last = std::ranges::max_element(retention_.times);
        const auto place = static_cast<std::uint64_t>(last - retention_.times.begin());
        rows.push_back({fmt::format("  after {} at {} K", retention::retention_table::time_text(*last),
                                    retention_.temperatures[t]),
                        statistics(*retained_, v, k, {t, place})});
      }
      for (std::uint64_t c = 0; k == 0 && c < controls.size(); ++c) {
        rows.push_back({"  control of " + controls[c], statistics(*control_, std::nullopt, c)});
      }
    }
    return rows;
  }

 private:
  /// Of each data set, over neurons, seeds and device samples. variant: none of controls; element: the deployment or
  /// control; further: index along the dimensions that follow.
  [[nodiscard]] std::vector<Statistics> statistics(const Array<double>& array, std::optional<std::uint64_t> variant,
                                                   std::uint64_t element, const store::Extent& further = {}) const {
    std::vector<Statistics> sums(accuracy_.size(2));
    for (std::uint64_t d = 0; d < accuracy_.size(2); ++d) {
      for (std::uint64_t n = 0; n < accuracy_.size(1); ++n) {
        for (std::uint64_t s = 0; s < accuracy_.size(3); ++s) {
          store::Extent index = {n, d, s, element};
          if (variant) {
            index.insert(index.begin(), *variant);
          }
          index.insert(index.end(), further.begin(), further.end());
          for (const double value : array.row(index)) {
            sums[d].add(value);
          }
        }
      }
    }
    return sums;
  }

  const network::NetworkSettings& settings_;
  Array<double> accuracy_;
  Array<double> requantized_;
  Array<std::int32_t> used_;
  std::optional<Array<double>> samples_;
  std::optional<Array<double>> retained_;
  retention::retention_table::Settings retention_;
  std::optional<Array<double>> control_;
};

std::string text_of(const std::vector<Row>& rows, const std::vector<std::string>& data_sets) {
  std::size_t name_width = 0;
  for (const Row& row : rows) {
    name_width = std::max(name_width, row.name.size());
  }
  std::string text = fmt::format("  {:<{}}", "", name_width);
  std::vector<std::size_t> widths;
  for (const std::string& data_set : data_sets) {
    constexpr std::size_t narrowest = 13;
    widths.push_back(std::max(narrowest, data_set.size() + 2));
    text += cell(data_set, widths.back());
  }
  text += "  levels by layer\n";
  for (const Row& row : rows) {
    text += fmt::format("  {:<{}}", row.name, name_width);
    for (std::size_t d = 0; d < data_sets.size(); ++d) {
      text += cell(row.accuracies[d].text(), widths[d]);
    }
    text += (row.levels.empty() ? "" : "  ") + row.levels + "\n";
  }
  return text;
}

/// Of its most accurate deployment, mean over the data sets; FP32, which is the same on all devices, only if there is
/// no other. Minus infinity if none is known.
double best_accuracy(const std::vector<Row>& rows) {
  double best = -std::numeric_limits<double>::infinity();
  const auto deployments = std::ranges::count_if(rows, &Row::is_deployment);
  for (std::size_t k = deployments > 1 ? 1 : 0; k < rows.size(); ++k) {
    double sum = 0.0;
    for (const Statistics& accuracy : rows[k].accuracies) {
      sum += accuracy.mean();
    }
    if (rows[k].is_deployment && !std::isnan(sum)) {
      best = std::max(best, sum / static_cast<double>(rows[k].accuracies.size()));
    }
  }
  return best;
}

/// All variants, or the best and the worst of more than one looks at, best first.
std::vector<std::size_t> listed_variants(const std::vector<std::vector<Row>>& rows) {
  constexpr std::size_t most = 12;
  constexpr std::size_t of_each_end = 3;
  std::vector<std::size_t> variants(rows.size());
  std::iota(variants.begin(), variants.end(), std::size_t{0});
  if (variants.size() > most) {
    std::ranges::stable_sort(variants, std::greater<>(), [&](std::size_t v) { return best_accuracy(rows[v]); });
    variants.erase(variants.begin() + of_each_end, variants.end() - of_each_end);
  }
  return variants;
}

}  // namespace

std::string accuracy_table(const results::Results& results) {
  const study::Study& study = results.study();
  const auto& settings = study.network;
  const Accuracies accuracies(results);
  const auto levels = results[characterization::variant_table::levels].read();
  const auto classes = results[network_table::class_count].read();
  const auto test_images = results[network_table::test_image_count].read();
  const std::vector<std::string> names = variant_names(study);
  std::string text;
  ChanceWarnings warnings;
  std::vector<std::vector<Row>> rows_of_variants;
  for (std::uint64_t v = 0; v < names.size(); ++v) {
    const auto& rows = rows_of_variants.emplace_back(accuracies.rows(v));
    for (const Row& row : rows) {
      for (std::size_t d = 0; row.is_deployment && d < settings.datasets.size(); ++d) {
        if (network::is_chance_level(row.accuracies[d].mean(), static_cast<int>(classes[d]),
                                     static_cast<int>(test_images[d]))) {
          warnings.add(row.name, settings.datasets[d], names[v]);
        }
      }
    }
  }
  const auto listed = listed_variants(rows_of_variants);
  if (listed.size() < names.size()) {
    text += fmt::format(
        "the {0} best and the {0} worst of {1} synapses, by their most accurate deployment;\n"
        "the report has all of them\n",
        listed.size() / 2, names.size());
  }
  for (const std::size_t v : listed) {
    text += fmt::format("{}; {}\n{}", names[v], counted(levels[v], "level"),
                        text_of(rows_of_variants[v], settings.datasets));
  }
  text += warnings.text(names.size());
  text +=
      fmt::format("accuracy on the test set in %{}\n",
                  accuracies.has_spread() ? fmt::format(",\nmean and standard deviation over neurons{} seeds",
                                                        settings.device_samples > 0 ? ", device samples and" : " and")
                                          : "");
  if (std::ranges::any_of(settings.deployments, [](const auto& each) { return method_of(each).is_requantized(); })) {
    text += "requantized: the fine-tuned network with every weight on its nearest level again\n";
  }
  if (accuracies.has_controls()) {
    text += "control: FP32 trained further with free weights, for as long and with the same\nlearning rates\n";
  }
  return text;
}

}  // namespace spinsweep::status
