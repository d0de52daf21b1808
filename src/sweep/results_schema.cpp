#include "sweep/results_schema.hpp"

#include <fmt/chrono.h>

#include <algorithm>
#include <ctime>

#include "device/simulation.hpp"
#include "device/track_geometry.hpp"
#include "network/model_file.hpp"
#include "store/case_status.hpp"
#include "sweep/checkpoint.hpp"
#include "sweep/parameter.hpp"

namespace spinsweep::sweep {

namespace {

using store::Everywhere;
using store::Type;
using store::Variable;

constexpr std::uint64_t message_length = 240;
/// A study may be gone on with on more ranks than it was begun with.
constexpr int fewest_checkpoint_rows = 8;
const double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// A number per element that reads as NaN until it is known.
Variable later(std::string name, std::vector<std::string> dimensions, std::string units, std::string long_name) {
  return {.name = std::move(name),
          .dimensions = std::move(dimensions),
          .units = std::move(units),
          .long_name = std::move(long_name),
          .fill_value = not_a_number,
          .initial = Everywhere{not_a_number}};
}

Variable rows(std::string name, std::vector<std::string> dimensions, std::string units, std::string long_name,
              Type type = Type::float64) {
  return {.name = std::move(name),
          .type = type,
          .dimensions = std::move(dimensions),
          .units = std::move(units),
          .long_name = std::move(long_name)};
}

store::Group device_group(const DevicePlan& plan, device::Kind kind, int cases_at_once) {
  store::Group group{.path = "/" + group_name(kind)};
  std::size_t samples = 0;
  int nx = 0;
  int ny = 0;
  int snapshots = 0;
  std::uint64_t checkpoint_bytes = 0;
  std::vector<double> times;
  for (const auto& p : plan.cases) {
    const auto schedule = device::make_schedule(p.pulse, p.output);
    const auto mesh = device::make_mesh(p.track);
    if (schedule.sample_times.size() > samples) {
      samples = schedule.sample_times.size();
      times = schedule.sample_times;
    }
    checkpoint_bytes = std::max(checkpoint_bytes, largest_checkpoint_bytes(p));
    nx = std::max(nx, mesh.nx);
    ny = std::max(ny, mesh.ny);
    snapshots = std::max(snapshots, p.output.snapshots);
  }
  const auto cases = plan.cases.size();
  group.dimensions = {{"case", cases},
                      {"time", samples},
                      {"component", 3},
                      {"term", micromagnetics::energy_terms.size()},
                      {"snapshot_time", static_cast<std::uint64_t>(snapshots)},
                      {"y", static_cast<std::uint64_t>(ny)},
                      {"x", static_cast<std::uint64_t>(nx)},
                      {"checkpoint_row", static_cast<std::uint64_t>(std::max(cases_at_once, fewest_checkpoint_rows))},
                      {"slot", 2},
                      {"checkpoint_byte", checkpoint_bytes},
                      {"message_length", message_length},
                      {"term_name_length", 16}};
  std::string coordinates;
  for (const auto& axis : plan.axes) {
    const Parameter* parameter = find_parameter(kind, axis.path);
    std::vector<double> values;
    for (const auto& p : plan.cases) {
      values.push_back(parameter->get(p));
    }
    Variable variable = rows(variable_name(axis.path), {"case"}, parameter->unit, parameter->long_name);
    variable.initial = values;
    group.variables.push_back(std::move(variable));
    coordinates += (coordinates.empty() ? "" : " ") + variable_name(axis.path);
  }
  group.variables.push_back(store::status_variable({"case"}));
  Variable time = rows("time", {"time"}, "s", "time from the start of the pulse");
  time.initial = times;
  Variable terms = rows("term_name", {"term", "term_name_length"}, "", "name of the energy term", Type::character);
  terms.initial = std::vector<std::string>(micromagnetics::energy_terms.begin(), micromagnetics::energy_terms.end());
  for (auto& variable : std::vector<Variable>{
           time, terms, rows("message", {"case", "message_length"}, "", "why the case failed", Type::character),
           later("wall_time", {"case"}, "s", "computing time"),
           rows("magnetization", {"case", "time", "component"}, "1", "mean magnetisation (x, y, z)"),
           rows("wall_position", {"case", "time"}, "m", "position of the wall"),
           rows("conductance", {"case", "time"}, "S", "conductance of the device"),
           rows("energy", {"case", "time", "term"}, "J", "energy of each term"),
           later("final_position", {"case"}, "m", "position of the wall at the end"),
           later("final_conductance", {"case"}, "S", "conductance at the end"),
           rows("snapshot", {"case", "snapshot_time", "y", "x", "component"}, "1", "magnetisation (x, y, z)",
                Type::float32),
           rows("checkpoint", {"checkpoint_row", "slot", "checkpoint_byte"}, "1", "cases on their way", Type::uint8)}) {
    group.variables.push_back(std::move(variable));
  }
  for (auto& variable : group.variables) {
    if (variable.name.starts_with("final_") || variable.name == "wall_time") {
      variable.coordinates = coordinates;
    }
  }
  return group;
}

void add_variant_axes(store::Group& group, const DevicePlan& plan, const std::string& dimension) {
  for (const auto& axis : plan.axes) {
    if (axis.path == "pulse.current_density") {
      continue;
    }
    const Parameter* parameter = find_parameter(plan.cases.front().kind, axis.path);
    std::vector<double> values;
    for (const auto& variant : variants(plan)) {
      values.push_back(parameter->get(plan.cases[variant.cases.front()]));
    }
    const std::string prefix = dimension == "variant" ? "" : dimension + "_";
    Variable variable = rows(prefix + variable_name(axis.path), {dimension}, parameter->unit, parameter->long_name);
    variable.initial = values;
    group.variables.push_back(std::move(variable));
  }
}

store::Group variants_group(const Study& study) {
  store::Group group{.path = "/variants"};
  if (!study.synapse.cases.empty()) {
    group.dimensions.push_back({"variant", variants(study.synapse).size()});
    group.dimensions.push_back({"level", largest_level_count(study)});
    add_variant_axes(group, study.synapse, "variant");
    group.variables.push_back(
        later("level_conductance", {"variant", "level"}, "S", "conductance levels of a synapse, ascending"));
    group.variables.push_back(rows("levels", {"variant"}, "1", "number of conductance levels", Type::int32));
  }
  if (!study.neuron.cases.empty()) {
    group.dimensions.push_back({"neuron", variants(study.neuron).size()});
    group.dimensions.push_back({"order", static_cast<std::uint64_t>(study.network.activation_order)});
    add_variant_axes(group, study.neuron, "neuron");
    group.variables.push_back(
        later("activation_coefficient", {"neuron", "order"}, "1", "coefficients of x, x^2, ... of the activation"));
    group.variables.push_back(
        later("activation_residual", {"neuron"}, "1", "root mean square misfit of the activation"));
  }
  return group;
}

store::Group network_group(const Study& study, const std::vector<network::DataSetShape>& data_sets) {
  const auto& settings = study.network;
  const auto layers = settings.hidden.size() + 1;
  const auto most_classes =
      static_cast<std::uint64_t>(std::max_element(data_sets.begin(), data_sets.end(), [](const auto& a, const auto& b) {
                                   return a.classes < b.classes;
                                 })->classes);
  store::Group group{.path = "/network"};
  group.dimensions = {{"variant", variants(study.synapse).size()},
                      {"neuron", variants(study.neuron).size()},
                      {"dataset", settings.datasets.size()},
                      {"seed", static_cast<std::uint64_t>(settings.seeds)},
                      {"scheme", scheme_count},
                      {"layer", layers},
                      {"bin", static_cast<std::uint64_t>(settings.histogram_bins)},
                      {"label", most_classes},
                      {"prediction", most_classes},
                      {"epoch", static_cast<std::uint64_t>(std::max(settings.epochs, settings.fine_tune_epochs))},
                      {"name_length", 32}};
  std::vector<std::int64_t> seeds;
  for (int k = 0; k < settings.seeds; ++k) {
    seeds.push_back(study.seed + k);
  }
  Variable seed = rows("seed", {"seed"}, "1", "seed of the training", Type::int64);
  seed.initial = seeds;
  Variable datasets = rows("dataset_name", {"dataset", "name_length"}, "", "name of the data set", Type::character);
  datasets.initial = settings.datasets;
  Variable schemes =
      rows("scheme_name", {"scheme", "name_length"}, "", "how the network is put on the device", Type::character);
  schemes.initial = std::vector<std::string>{"fp32", "quantized", "fine_tuned"};
  const std::vector<std::string> run = {"variant", "neuron", "dataset", "seed"};
  const auto with = [&](std::vector<std::string> more) {
    std::vector<std::string> all = run;
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  group.variables = {seed,
                     datasets,
                     schemes,
                     store::status_variable(run),
                     later("test_accuracy", with({"scheme"}), "1", "share of the test images classified rightly"),
                     later("snapped_accuracy", run, "1", "accuracy of the fine-tuned network put back on the levels"),
                     later("loss", with({"scheme", "epoch"}), "1", "mean training loss of each epoch"),
                     rows("levels_used", with({"layer"}), "1", "levels that the weights of a layer use", Type::int32),
                     rows("confusion", with({"scheme", "label", "prediction"}), "1", "test images", Type::int64),
                     rows("weight_histogram", with({"scheme", "layer", "bin"}), "1", "weights", Type::int64),
                     rows("histogram_range", with({"layer"}), "1", "bins go from minus this to this")};
  return group;
}

/// The FP32 networks that all variants of the synapse start from.
store::Group baseline_group(const Study& study, const std::vector<network::DataSetShape>& data_sets) {
  const std::vector<double> any_activation(static_cast<std::size_t>(study.network.activation_order));
  std::uint64_t model_bytes = 0;
  for (const auto& data_set : data_sets) {
    model_bytes = std::max<std::uint64_t>(
        model_bytes, network::save_model(make_network(study.network, data_set, any_activation)).size());
  }
  store::Group group{.path = "/network/baseline"};
  group.dimensions = {{"model_byte", model_bytes}};
  const std::vector<std::string> run = {"neuron", "dataset", "seed"};
  group.variables = {store::status_variable(run),
                     later("test_accuracy", run, "1", "share of the test images classified rightly"),
                     later("loss", {"neuron", "dataset", "seed", "epoch"}, "1", "mean training loss of each epoch"),
                     rows("model_size", run, "1", "bytes of the model", Type::int64),
                     rows("model", {"neuron", "dataset", "seed", "model_byte"}, "1",
                          "trained network: a Boost.Serialization object behind its checksum", Type::uint8)};
  return group;
}

}  // namespace

network::Mlp<float> make_network(const network::NetworkSettings& settings, const network::DataSetShape& data_set,
                                 const std::vector<double>& activation) {
  std::vector<int> sizes = {data_set.pixels};
  sizes.insert(sizes.end(), settings.hidden.begin(), settings.hidden.end());
  sizes.push_back(data_set.classes);
  return {sizes, network::Activation(activation)};
}

std::string group_name(device::Kind kind) {
  return kind == device::Kind::neuron ? "neuron" : "synapse";
}

std::size_t largest_level_count(const Study& study) {
  std::size_t most = 2;
  for (const auto& variant : variants(study.synapse)) {
    const auto& p = study.synapse.cases[variant.cases.front()];
    most = std::max({most, variant.cases.size(), static_cast<std::size_t>(p.notches.count) + 2});
  }
  return most;
}

store::Schema results_schema(const Study& study, const std::vector<network::DataSetShape>& data_sets,
                             int cases_at_once) {
  store::Schema schema{.revision = schema_revision, .program_version = SPINSWEEP_VERSION};
  schema.attributes = {{"git_revision", std::string(SPINSWEEP_GIT_REVISION)},
                       {"sweep", study.text},
                       {"created", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)))}};
  for (const auto* plan : {&study.synapse, &study.neuron}) {
    if (!plan->cases.empty()) {
      schema.groups.push_back(device_group(*plan, plan->cases.front().kind, cases_at_once));
    }
  }
  schema.groups.push_back(variants_group(study));
  if (study.has_network) {
    schema.groups.push_back(network_group(study, data_sets));
    schema.groups.push_back(baseline_group(study, data_sets));
  }
  return schema;
}

}  // namespace spinsweep::sweep
