#include "retention/losses.hpp"

#include <fmt/format.h>

#include <functional>
#include <optional>
#include <utility>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "device/readout.hpp"
#include "micromagnetics/minimization.hpp"
#include "retention/mirror_image.hpp"

namespace spinsweep::retention {

namespace {

using micromagnetics::LlgsSystem;

/// Minima that lie less below the path to them are none, J.
constexpr double least_barrier = 0.1 * constants::boltzmann_constant * 300.0;

/// Remembers whether it was after_step that threw.
class StepWatch {
 public:
  explicit StepWatch(const std::function<void()>& after_step) : after_step_(after_step) {}

  void operator()() {
    has_thrown_ = true;
    after_step_();
    has_thrown_ = false;
  }
  [[nodiscard]] bool has_thrown() const { return has_thrown_; }

 private:
  const std::function<void()>& after_step_;
  bool has_thrown_ = false;
};

/// The minimum without a wall, as a well beyond the end: to the left of the track or to the right of it. None if the
/// domain that fills the track is not stable.
std::optional<Well> without_wall(LlgsSystem& system, const device::DeviceParameters& p, bool is_left,
                                 const std::function<void()>& after_step) {
  micromagnetics::DescentSettings settings{.tolerance = 1e-6};
  settings.after_step = after_step;
  const double beyond = wall_width(p);
  Well lost{.position = is_left ? -beyond : p.track.length + beyond,
            .m = wall_at(p, is_left ? -p.track.length : 2.0 * p.track.length)};
  const double mz = system.mean_magnetization(lost.m).z;
  const micromagnetics::Minimum minimum = minimize_energy(system, settings, lost.m);
  if (!minimum.converged) {
    throw SimulationError(fmt::format("the track without a wall is not at rest after {} steps", minimum.steps));
  }
  if (has_wall(system, lost.m) || system.mean_magnetization(lost.m).z * mz < 0.0) {
    return std::nullopt;
  }
  lost.energy = minimum.energy;
  lost.conductance = p.kind->conductance(p, device::read_out(system, lost.m));
  return lost;
}

Loss loss_over(LlgsSystem& system, const device::DeviceParameters& p, const Well& well, bool is_left,
               std::size_t most_images, const std::function<void()>& after_step) {
  const std::optional<Well> lost = without_wall(system, p, is_left, after_step);
  Loss loss;
  if (!lost) {
    loss.kind = LossPath::none;
    return loss;
  }
  loss.conductance = lost->conductance;
  loss.path = is_left ? path_between(system, p, *lost, well, most_images, after_step)
                      : path_between(system, p, well, *lost, most_images, after_step);
  loss.barrier = is_left ? loss.path.barrier_back() : loss.path.barrier_forth();
  loss.kind = loss.path.saddle_energy - lost->energy > least_barrier ? LossPath::found : LossPath::none;
  return loss;
}

/// The loss over the right end of a track whose loss over the left end is known and mirrored.
Loss mirrored(LlgsSystem& system, const device::DeviceParameters& p, const Loss& left) {
  Loss right = left;
  if (left.kind == LossPath::found) {
    right.path = mirror_image(system.layout(), left.path);
    right.conductance = p.kind->conductance(p, device::read_out(system, right.path.images.back()));
  }
  return right;
}

}  // namespace

std::array<Loss, 2> find_losses(LlgsSystem& system, const device::DeviceParameters& p, const std::vector<Well>& wells,
                                bool is_symmetric, std::size_t most_images, const std::function<void()>& after_step) {
  StepWatch watch(after_step);
  const auto find = [&](const Well& well, bool is_left) {
    try {
      return loss_over(system, p, well, is_left, most_images, std::ref(watch));
    } catch (const SimulationError& error) {
      if (watch.has_thrown()) {
        throw;
      }
      Loss loss;
      loss.kind = LossPath::failed;
      loss.reason = error.what();
      return loss;
    }
  };
  Loss left = find(wells.front(), true);
  Loss right = is_symmetric ? mirrored(system, p, left) : find(wells.back(), false);
  return {std::move(left), std::move(right)};
}

}  // namespace spinsweep::retention
