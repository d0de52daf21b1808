#include "status/accuracy_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "network/evaluation.hpp"
#include "network/scheme.hpp"
#include "status/chance_warnings.hpp"
#include "study/parameter.hpp"
#include "training/network_table.hpp"

namespace spinsweep::status {

namespace {

/// A variable of /network with its shape.
template <class Number>
class Array {
 public:
  Array(const results::Results& results, const results::Variable<Number>& variable)
      : values_(results[variable].read()), shape_(results[variable].shape()) {}

  [[nodiscard]] Number at(const store::Extent& index) const {
    std::size_t place = 0;
    for (std::size_t k = 0; k < shape_.size(); ++k) {
      place = place * shape_[k] + index[k];
    }
    return values_[place];
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
    if (axis.path != "pulse.current_density" && axis.path != "initial_wall.position") {
      name += fmt::format("{}{} {:g}", name.empty() ? "" : ", ",
                          axis.path == "notches.count" ? "notches" : axis.path.substr(axis.path.rfind('.') + 1),
                          study::find_parameter(*p.kind, axis.path)->get(p));
    }
  }
  return name.empty() ? "the only synapse" : name;
}

/// "quantized 5-6, 6": of every scheme that puts weights on levels, how many different weights each layer has over all
/// data sets, neurons and seeds.
std::string levels_used(const Array<std::int32_t>& used, const std::vector<std::string>& schemes, std::uint64_t variant,
                        std::uint64_t mapping) {
  std::string text;
  for (std::uint64_t scheme = 0; scheme < schemes.size(); ++scheme) {
    std::string layers;
    bool on_levels = false;
    for (std::uint64_t layer = 0; layer < used.size(6); ++layer) {
      std::int32_t fewest = std::numeric_limits<std::int32_t>::max();
      std::int32_t most = 0;
      for (std::uint64_t n = 0; n < used.size(1); ++n) {
        for (std::uint64_t d = 0; d < used.size(2); ++d) {
          for (std::uint64_t s = 0; s < used.size(3); ++s) {
            const std::int32_t count = used.at({variant, n, d, s, mapping, scheme, layer});
            fewest = std::min(fewest, count);
            most = std::max(most, count);
          }
        }
      }
      const std::string range = fewest == most ? fmt::format("{}", most) : fmt::format("{}-{}", fewest, most);
      layers += (layers.empty() ? "" : ", ") + range;
      on_levels = on_levels || most > 0;
    }
    if (on_levels) {
      text += fmt::format("{}{} {}", text.empty() ? "  levels used by layer: " : "; ", schemes[scheme], layers);
    }
  }
  return text.empty() ? text : text + "\n";
}

/// A cell of a table, right-aligned; "±" is one column wide but two bytes long.
std::string cell(const std::string& text, std::size_t width) {
  const auto columns = text.size() - (text.find("±") != std::string::npos ? 1 : 0);
  return std::string(columns < width ? width - columns : 1, ' ') + text;
}

std::string row(const std::string& name, const std::vector<Statistics>& values, std::size_t width) {
  std::string text = fmt::format("  {:<14}", name);
  for (const Statistics& value : values) {
    text += cell(value.text(), width);
  }
  return text + '\n';
}

}  // namespace

std::string accuracy_table(const results::Results& results) {
  const study::Study& study = results.study();
  const auto& settings = study.network;
  const Array<double> accuracy(results, training::network_table::test_accuracy);
  const Array<double> requantized(results, training::network_table::requantized_accuracy);
  const Array<double> control(results, training::baseline_table::control_accuracy);
  const Array<std::int32_t> used(results, training::network_table::levels_used);
  const auto levels = results[characterization::variant_table::levels].read();
  const auto classes = results[training::network_table::class_count].read();
  const auto test_images = results[training::network_table::test_image_count].read();
  const auto list = variants(study.weights());
  const bool controlled = std::any_of(settings.schemes.begin(), settings.schemes.end(), network::has_control);
  const bool tuned = std::any_of(settings.schemes.begin(), settings.schemes.end(), [](const std::string& scheme) {
    return network::scheme_of_name(scheme).is_requantized();
  });
  std::optional<Array<double>> chips;
  if (settings.chips > 0) {
    chips.emplace(results, training::network_table::chip_accuracy);
  }
  const bool spread = accuracy.size(1) * accuracy.size(3) > 1 || settings.chips > 1;
  const std::size_t width = spread ? 12 : 10;
  const std::size_t requantized_width = std::max<std::size_t>(width, 12);
  std::string heading = fmt::format("  {:<14}", "data set");
  for (const auto& scheme : settings.schemes) {
    heading += cell(scheme, width);
  }
  if (tuned) {
    heading += cell("requantized", requantized_width);
  }
  std::string text;
  ChanceWarnings warnings;
  for (std::uint64_t v = 0; v < list.size(); ++v) {
    for (std::uint64_t m = 0; m < settings.mapping.size(); ++m) {
      text += fmt::format("{}; {} levels, {}\n{}\n", variant_name(study.weights(), list[v]), levels[v],
                          settings.mapping[m], heading);
      for (std::uint64_t d = 0; d < settings.datasets.size(); ++d) {
        std::vector<Statistics> schemes(settings.schemes.size());
        std::vector<Statistics> on_chips(settings.schemes.size());
        Statistics on_levels_again;
        std::vector<Statistics> controls(settings.schemes.size());
        for (std::uint64_t n = 0; n < accuracy.size(1); ++n) {
          for (std::uint64_t s = 0; s < accuracy.size(3); ++s) {
            for (std::uint64_t scheme = 0; scheme < schemes.size(); ++scheme) {
              schemes[scheme].add(accuracy.at({v, n, d, s, m, scheme}));
              controls[scheme].add(control.at({n, d, s, scheme}));
              for (std::uint64_t chip = 0; chips && chip < chips->size(6); ++chip) {
                on_chips[scheme].add(chips->at({v, n, d, s, m, scheme, chip}));
              }
            }
            on_levels_again.add(requantized.at({v, n, d, s, m}));
          }
        }
        text += fmt::format("  {:<14}", settings.datasets[d]);
        for (std::size_t scheme = 0; scheme < schemes.size(); ++scheme) {
          text += cell(schemes[scheme].text(), width);
          if (network::is_chance_level(schemes[scheme].mean(), static_cast<int>(classes[d]),
                                       static_cast<int>(test_images[d]))) {
            warnings.add(settings.mapping[m], settings.schemes[scheme], settings.datasets[d],
                         variant_name(study.weights(), list[v]));
          }
        }
        text += tuned ? cell(on_levels_again.text(), requantized_width) : "";
        text += '\n';
        if (controlled) {
          text += row("  control", controls, width);
        }
        if (chips) {
          text += row(fmt::format("  {} chips", settings.chips), on_chips, width);
        }
      }
      text += levels_used(used, settings.schemes, v, m);
    }
  }
  text += warnings.text(list.size());
  text += fmt::format(
      "accuracy on the test set in %{}\n",
      spread ? fmt::format(",\nmean and standard deviation over neurons{} seeds", chips ? ", chips and" : " and") : "");
  if (tuned) {
    text += "requantized: the fine-tuned network with every weight on its nearest level again\n";
  }
  if (controlled) {
    text += "control: FP32 trained on with free weights instead, for as long and with the\nsame learning rates\n";
  }
  return text;
}

}  // namespace spinsweep::status
