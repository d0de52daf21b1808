#include "export/device_case.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "device/simulation.hpp"
#include "device/track_geometry.hpp"
#include "layout/results_schema.hpp"
#include "retention/losses.hpp"
#include "retention/retention_table.hpp"
#include "simulation/case_table.hpp"
#include "store/case_status.hpp"

namespace spinsweep::exports {

DeviceCase::DeviceCase(const std::string& results_file, const std::string& device, std::uint64_t index)
    : results_(results::Results::open_for_reading(results_file, layout::results_table())),
      device_(device),
      index_(index) {
  const auto& plans = results_.study().devices;
  const auto found = std::ranges::find_if(plans, [&](const auto& plan) { return plan.base.kind->name == device; });
  if (found == plans.end()) {
    throw InputError(fmt::format("{}: the study has no {}", results_file, device));
  }
  const study::DevicePlan& plan = *found;
  if (index >= plan.cases.size()) {
    throw InputError(fmt::format("{}: there is no case {} of the {}, expected 0 to {}", results_file, index, device,
                                 plan.cases.size() - 1));
  }
  if (results_.of(*plan.base.kind).statuses(simulation::case_table::status)[index] != store::CaseStatus::done) {
    throw InputError(
        fmt::format("{}: case {} of the {} is not done; see spinsweep status", results_file, index, device));
  }
  parameters_ = plan.cases[index];
  mesh_ = device::make_mesh(parameters_);
  const auto schedule = device::make_schedule(parameters_);
  sample_times_ = schedule.sample_times;
  snapshot_times_ = schedule.snapshot_times;
  description_ = study::case_name(plan, index);
}

std::string DeviceCase::name() const {
  return fmt::format("{}_case{:04}", device_, index_);
}

std::vector<float> DeviceCase::snapshot(std::uint64_t snapshot) const {
  return results_.of(*parameters_.kind)[simulation::case_table::snapshot]
      .at(index_, snapshot)
      .read({static_cast<std::uint64_t>(mesh_.ny), static_cast<std::uint64_t>(mesh_.nx), 3});
}

std::size_t DeviceCase::variant() const {
  const auto list = variants(results_.plan(*parameters_.kind));
  const auto has_case = [this](const study::Variant& each) {
    return std::ranges::find(each.cases, index_) != each.cases.end();
  };
  return static_cast<std::size_t>(std::ranges::find_if(list, has_case) - list.begin());
}

std::vector<SaddlePoint> DeviceCase::saddle_points() const {
  namespace table = retention::retention_table;
  const auto refuse = [this](const std::string& reason) {
    throw InputError(fmt::format("there are no saddle points of case {} of the {}: {}", index_, device_, reason));
  };
  if (!table::exists(results_.study()) || parameters_.kind->derives != device::Derived::levels) {
    refuse("the study has no [retention] of it");
  }
  const store::CaseStatus status = results_.statuses(table::status).at(variant());
  if (status == store::CaseStatus::failed) {
    refuse(fmt::format("its [retention] failed: {}",
                       results_.file().read_text(results_[table::message].path(), variant())));
  }
  if (status != store::CaseStatus::done) {
    refuse("its [retention] is not done");
  }
  const std::uint64_t row = variant();
  const store::Extent shape = {static_cast<std::uint64_t>(mesh_.ny), static_cast<std::uint64_t>(mesh_.nx), 3};
  std::vector<SaddlePoint> points;
  const auto paths = static_cast<std::uint64_t>(results_[table::wells].at(row).value()) - 1;
  for (std::uint64_t path = 0; path < paths; ++path) {
    points.push_back({fmt::format("saddle{:02}", path), results_[table::saddle_position].at(row, path).value(),
                      results_[table::saddle_magnetization].at(row, path).read(shape)});
  }
  for (const auto& [end, name] : {std::pair<std::uint64_t, const char*>(0, "loss_left"), {1, "loss_right"}}) {
    const auto kind = static_cast<retention::LossPath>(results_[table::loss_path].at(row, end).value());
    if (kind == retention::LossPath::found) {
      points.push_back({name, results_[table::loss_saddle_position].at(row, end).value(),
                        results_[table::loss_saddle_magnetization].at(row, end).read(shape)});
    }
  }
  return points;
}

store::Extent DeviceCase::snapshot_shape() const {
  return results_.of(*parameters_.kind)[simulation::case_table::snapshot].shape();
}

std::vector<double> DeviceCase::trace(const results::Variable<double>& variable) const {
  return results_.of(*parameters_.kind)[variable].at(index_).first(sample_times_.size());
}

void DeviceCase::require_recorded(device::Record record) const {
  if (device::record_of(parameters_) < record) {
    throw InputError(fmt::format("{}: no {} are recorded of the {}; the sweep needs thermal.record = \"{}\"",
                                 results_.file().path().string(), record == device::Record::full ? "maps" : "traces",
                                 device_, record == device::Record::full ? "full" : "traces"));
  }
}

characterization::TrainJumps DeviceCase::jumps() const {
  const study::DevicePlan& plan = results_.study().weights();
  const auto list = variants(plan);
  for (std::size_t v = 0; parameters_.kind == plan.base.kind && v < list.size(); ++v) {
    if (std::ranges::find(list[v].cases, index_) != list[v].cases.end()) {
      return characterization::jumps_of(results_, v);
    }
  }
  return {};
}

}  // namespace spinsweep::exports
