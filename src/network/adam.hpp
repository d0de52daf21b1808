#pragma once

#include <cmath>
#include <span>

#include "network/mlp.hpp"

namespace spinsweep::network {

/// Adam (D. P. Kingma and J. Ba, ICLR 2015, algorithm 1, with its default moments) for a slice of a network's
/// parameters.
class Adam {
 public:
  explicit Adam(std::size_t parameters) : mean_(parameters, 0.0F), square_(parameters, 0.0F) {}

  /// Continues after `steps` steps with these moments.
  void resume(int steps, std::span<const float> mean, std::span<const float> square) {
    steps_ = steps;
    mean_.assign(mean.begin(), mean.end());
    square_.assign(square.begin(), square.end());
  }

  [[nodiscard]] std::span<const float> mean() const { return mean_; }
  [[nodiscard]] std::span<const float> square() const { return square_; }

  /// Begins the next step, with this learning rate.
  void begin_step(double learning_rate) {
    ++steps_;
    const double root = std::sqrt(1.0 - std::pow(0.999, steps_));
    rate_ = static_cast<float>(learning_rate * root / (1.0 - std::pow(0.9, steps_)));
    epsilon_ = static_cast<float>(1e-8 * root);
  }

  /// Moves the parameters [begin, begin + gradient.size()) of the slice. scale * gradient: of the mean loss.
  void move(std::size_t begin, std::span<const float> gradient, float scale, std::span<float> parameters) {
    float* mean = mean_.data() + begin;
    float* square = square_.data() + begin;
    float* parameter = parameters.data();
    const float* derivative = gradient.data();
    const float rate = rate_;
    const float epsilon = epsilon_;
#pragma omp simd
    for (std::size_t k = 0; k < gradient.size(); ++k) {
      const float g = scale * derivative[k];
      mean[k] = 0.9F * mean[k] + 0.1F * g;
      square[k] = 0.999F * square[k] + 0.001F * g * g;
      parameter[k] -= rate * mean[k] / (std::sqrt(square[k]) + epsilon);
    }
  }

 private:
  int steps_ = 0;
  float rate_ = 0.0F;
  float epsilon_ = 0.0F;
  AlignedVector<float> mean_;
  AlignedVector<float> square_;
};

}  // namespace spinsweep::network
