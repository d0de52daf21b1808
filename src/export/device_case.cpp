#include "export/device_case.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "device/simulation.hpp"
#include "device/track_geometry.hpp"
#include "store/case_status.hpp"
#include "sweep/found_currents.hpp"
#include "sweep/stored_study.hpp"

namespace spinsweep::exports {

DeviceCase::DeviceCase(const std::string& results_file, const std::string& device, std::uint64_t index)
    : file_(store::ResultsFile::open_for_reading(results_file)), device_(device), index_(index) {
  study::Study study = sweep::read_stored_study(file_);
  study::DevicePlan& plan = device == "neuron" ? study.neuron : study.synapse;
  if (plan.cases.empty()) {
    throw InputError(fmt::format("{}: the study has no {}", results_file, device));
  }
  if (index >= plan.cases.size()) {
    throw InputError(fmt::format("{}: there is no case {} of the {}, expected 0 to {}", results_file, index, device,
                                 plan.cases.size() - 1));
  }
  const auto status = file_.read<std::int8_t>("/" + device + "/status", {index}, {1}).front();
  if (!says(status, store::CaseStatus::done)) {
    throw InputError(
        fmt::format("{}: case {} of the {} is not done; see spinsweep status", results_file, index, device));
  }
  sweep::fill_in_found_currents(plan, file_);
  parameters_ = plan.cases[index];
  mesh_ = device::make_mesh(parameters_.track);
  const auto schedule = device::make_schedule(parameters_.pulse, parameters_.output);
  sample_times_ = schedule.sample_times;
  snapshot_times_ = schedule.snapshot_times;
  description_ = study::case_name(plan, index);
}

std::string DeviceCase::name() const {
  return fmt::format("{}_case{:04}", device_, index_);
}

std::vector<float> DeviceCase::snapshot(std::uint64_t snapshot) const {
  return file_.read<float>("/" + device_ + "/snapshot", {index_, snapshot, 0, 0, 0},
                           {1, 1, static_cast<std::uint64_t>(mesh_.ny), static_cast<std::uint64_t>(mesh_.nx), 3});
}

store::Extent DeviceCase::snapshot_shape() const {
  return file_.shape("/" + device_ + "/snapshot");
}

std::vector<double> DeviceCase::trace(const std::string& variable) const {
  const std::string path = "/" + device_ + "/" + variable;
  store::Extent count = file_.shape(path);
  count[0] = 1;
  count[1] = sample_times_.size();
  store::Extent start(count.size(), 0);
  start[0] = index_;
  return file_.read<double>(path, start, count);
}

}  // namespace spinsweep::exports
