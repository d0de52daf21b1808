#include "micromagnetics/fast_step_stages.hpp"

#include "micromagnetics/derivative_pass.hpp"

namespace spinsweep::micromagnetics {

namespace {

/// Row j of the first stage, which needs only the slope: target = start + factor slope.
void first_stage_of_row(const FieldLayout& layout, Columns columns, int j, double factor, const double* start,
                        const double* slope, double* target) {
  const std::size_t size = layout.component_size();
  for (std::size_t offset = 0; offset < 3 * size; offset += size) {
    const std::size_t last = offset + layout.index(columns.end, j);
    for (std::size_t k = offset + layout.index(columns.begin, j); k < last; ++k) {
      target[k] = start[k] + factor * slope[k];
    }
  }
}

/// Row j of an intermediate stage: target = start + factor f(before).
void middle_stage_of_row(const LlgsSystem& system, Columns columns, int j, double factor, const double* start,
                         const double* before, const StageForces& forces, double* target) {
  const auto update = [=](std::size_t k, const Pack<double>& derivative) {
    copy_to(multiply_add(Pack<double>(factor), derivative, load(start + k)), target + k);
  };
  for_each_derivative_of_row(system, forces.torque, before, forces.demagnetization, j, columns,
                             [&update](std::size_t k, std::size_t size, const BasicVector3<Pack<double>>& derivative) {
                               update(k, derivative.x);
                               update(k + size, derivative.y);
                               update(k + 2 * size, derivative.z);
                             });
}

/// Row j of the last stage, which gives the end of the fast step and its contribution to the error estimate.
void last_stage_of_row(const LlgsSystem& system, Columns columns, int j, double duration, const double* before,
                       const StageForces& forces, const FastStepBuffers& buffers) {
  const auto update = [start = buffers.start, slope = buffers.slope, end = buffers.end, duration](
                          std::size_t k, const Pack<double>& derivative) {
    const Pack<double> first = load(slope + k);
    copy_to(multiply_add(Pack<double>(0.25 * duration), first,
                         multiply_add(Pack<double>(0.75 * duration), derivative, load(start + k))),
            end + k);
    copy_to(negative_multiply_add(Pack<double>(3.0), derivative, first), slope + k);
  };
  for_each_derivative_of_row(system, forces.torque, before, forces.demagnetization, j, columns,
                             [&update](std::size_t k, std::size_t size, const BasicVector3<Pack<double>>& derivative) {
                               update(k, derivative.x);
                               update(k + size, derivative.y);
                               update(k + 2 * size, derivative.z);
                             });
}

/// Takes each stage on all of this rank's rows before the next one, which needs the border rows of the neighbouring
/// ranks. These are exchanged while the rows between are evaluated.
template <class TakeRow, class BufferOf>
void take_stages_in_turn(LlgsSystem& system, Columns columns, int stages, TakeRow take_row, BufferOf buffer_of) {
  const int last = system.layout().ny() - 1;
  GhostRows& ghosts = system.ghost_rows();
  for (int stage = 1; stage <= stages; ++stage) {
    take_row(stage, 0);
    if (last > 0) {
      take_row(stage, last);
    }
    if (stage < stages) {
      ghosts.begin(buffer_of(stage), columns);
    }
    for (int j = 1; j < last; ++j) {
      take_row(stage, j);
    }
    if (stage < stages) {
      ghosts.finish();
    }
  }
}

}  // namespace

void take_stages(LlgsSystem& system, Columns columns, const RungeKuttaScheme& scheme, double duration,
                 std::span<const StageForces> forces, const FastStepBuffers& buffers) {
  const auto buffer_of = [&](int stage) { return buffers.stages[static_cast<std::size_t>(stage % 2)]; };
  const auto take_row = [&](int stage, int j) {
    if (stage == scheme.stages) {
      last_stage_of_row(system, columns, j, duration, buffer_of(stage - 1), forces[static_cast<std::size_t>(stage - 2)],
                        buffers);
      return;
    }
    const double factor = scheme.a[static_cast<std::size_t>(stage - 1)] * duration;
    if (stage == 1) {
      first_stage_of_row(system.layout(), columns, j, factor, buffers.start, buffers.slope, buffer_of(stage));
    } else {
      middle_stage_of_row(system, columns, j, factor, buffers.start, buffer_of(stage - 1),
                          forces[static_cast<std::size_t>(stage - 2)], buffer_of(stage));
    }
  };
  const int ny = system.layout().ny();
  if (system.decomposition().shared()) {
    take_stages_in_turn(system, columns, scheme.stages, take_row, buffer_of);
    return;
  }
  // The stages sweep the mesh as a wave front: as soon as a stage has three rows, the next stage takes the middle one
  // of them, while they are in the second-level cache. Two buffers suffice: where a stage writes, the stage two before
  // it has already been read.
  for (int front = 0; front < ny + scheme.stages - 1; ++front) {
    for (int stage = 1; stage <= scheme.stages; ++stage) {
      const int j = front - (stage - 1);
      if (j >= 0 && j < ny) {
        take_row(stage, j);
      }
    }
  }
}

}  // namespace spinsweep::micromagnetics
