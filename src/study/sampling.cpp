#include "study/sampling.hpp"

#include <boost/random/sobol.hpp>

namespace spinsweep::study {

namespace {

std::vector<std::vector<double>> sobol_points(std::size_t count, std::size_t axes) {
  boost::random::sobol engine(axes);
  std::vector<std::vector<double>> points(count, std::vector<double>(axes));
  for (auto& point : points) {
    for (double& coordinate : point) {
      coordinate = static_cast<double>(engine()) * 0x1p-64;
      // The engine's 64 bits can round up to 1 exactly.
      coordinate = coordinate < 1.0 ? coordinate : 1.0 - 0x1p-53;
    }
  }
  return points;
}

std::vector<std::vector<double>> saltelli_points(std::size_t count, std::size_t axes) {
  const auto pairs = sobol_points(count, 2 * axes);
  const auto middle = static_cast<std::ptrdiff_t>(axes);
  std::vector<std::vector<double>> a;
  std::vector<std::vector<double>> b;
  for (const auto& pair : pairs) {
    a.emplace_back(pair.begin(), pair.begin() + middle);
    b.emplace_back(pair.begin() + middle, pair.end());
  }
  auto points = a;
  points.insert(points.end(), b.begin(), b.end());
  for (std::size_t axis = 0; axis < axes; ++axis) {
    for (std::size_t k = 0; k < count; ++k) {
      points.push_back(a[k]);
      points.back()[axis] = b[k][axis];
    }
  }
  return points;
}

}  // namespace

const std::vector<std::string>& sampling_methods() {
  static const std::vector<std::string> methods = {"sobol", "saltelli"};
  return methods;
}

std::vector<std::vector<double>> sample_unit_cube(const Sampling& sampling, std::size_t axes) {
  return sampling.method == "saltelli" ? saltelli_points(sampling.count, axes) : sobol_points(sampling.count, axes);
}

}  // namespace spinsweep::study
