#include "micromagnetics/accelerated_descent.hpp"

#include <utility>

#include "micromagnetics/tangent_fields.hpp"

namespace spinsweep::micromagnetics {

AcceleratedDescent::AcceleratedDescent(const FieldLayout& layout, double step, std::span<const double> m)
    : layout_(layout), step_(step), m_(m.begin(), m.end()), ahead_(m_) {}

void AcceleratedDescent::step_along(std::span<const double> force) {
  move_along(layout_, ahead_, step_, force, ahead_);
  std::swap(m_, ahead_);
  for (std::size_t k = 0; k < m_.size(); ++k) {
    ahead_[k] = m_[k] - ahead_[k];
  }
  const bool has_overshot = inner_product(force, ahead_) < 0.0;
  since_restart_ = has_overshot ? 0.0 : since_restart_ + 1.0;
  move_along(layout_, m_, since_restart_ / (since_restart_ + 3.0), ahead_, ahead_);
}

}  // namespace spinsweep::micromagnetics
