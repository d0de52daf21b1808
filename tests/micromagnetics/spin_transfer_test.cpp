#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "base/constants.hpp"
#include "micromagnetics/straight_track.hpp"
#include "micromagnetics/thermal_stepper.hpp"
#include "micromagnetics/time_integration.hpp"

namespace spinsweep::micromagnetics {
namespace {

constexpr double current_density = 1e12;  // A/m^2

/// Only the spin-transfer torque acts.
Material ferromagnet(double nonadiabaticity) {
  return {.spin_hall_angle = 0.0, .spin_transfer = {.polarization = 0.5, .nonadiabaticity = nonadiabaticity}};
}

/// Of the electrons at that current density, m/s.
double drift(const Material& material) {
  const double beta = material.spin_transfer.nonadiabaticity;
  return -constants::bohr_magneton * material.spin_transfer.polarization * current_density /
         (constants::elementary_charge * material.saturation_magnetization * (1.0 + beta * beta));
}

/// Of a wall that has taken its steady shape, m/s.
double velocity(const Material& material, double current) {
  const Mesh mesh{300, 3, 1e-9, 1e-9, 2e-9};
  return tests::StraightTrack(material, mesh).velocity(current, 1e-7, 0.3e-9, 1e-9);
}

TEST(SpinTransferTorque, CarriesAWallWithTheElectronsWhereTheNonadiabaticityIsTheDamping) {
  // The equation then is that of a frame that moves with them.
  const Material material = ferromagnet(0.6);
  const double measured = velocity(material, current_density);
  RecordProperty("over_drift", std::to_string(measured / drift(material)));
  EXPECT_NEAR(measured / drift(material), 1.0, 0.01);
  EXPECT_NEAR(velocity(material, -current_density), -measured, 1e-3 * std::abs(measured));
}

TEST(SpinTransferTorque, MovesAWallAtItsRatioToTheDampingBelowTheWalkerLimit) {
  // v = beta u/alpha: A. Thiaville, Y. Nakatani, J. Miltat and Y. Suzuki, Europhys. Lett. 69, 990 (2005).
  for (const double beta : {0.2, 0.9}) {
    const Material material = ferromagnet(beta);
    EXPECT_NEAR(velocity(material, current_density), beta / material.damping * drift(material),
                0.02 * std::abs(drift(material)))
        << beta;
  }
}

TEST(SpinTransferTorque, ThatIsAdiabaticTurnsAWallButDoesNotKeepMovingIt) {
  const Material material = ferromagnet(0.0);
  EXPECT_NEAR(velocity(material, current_density), 0.0, 1e-3 * std::abs(drift(material)));
}

/// A magnetisation without any symmetry on a square film whose field is only that of the torques.
class LocalTorque : public testing::Test {
 protected:
  Mesh mesh{12, 12, 3e-9, 3e-9, 2e-9};
  FieldLayout layout{mesh};
  Material material{.exchange_stiffness = 1e-30,
                    .anisotropy = 0.0,
                    .dmi = 0.0,
                    .field_like_ratio = 0.3,
                    .spin_transfer = {.polarization = 0.5, .nonadiabaticity = 0.2}};

  std::vector<double> wavy() const {
    std::vector<double> m(layout.size(), 0.0);
    for (int j = 0; j < mesh.ny; ++j) {
      for (int i = 0; i < mesh.nx; ++i) {
        put(m, i, j, {std::sin(0.4 * i), std::cos(0.3 * j + 0.1 * i), 0.5 + 0.1 * i - 0.03 * j * i});
      }
    }
    return m;
  }

  void put(std::vector<double>& m, int i, int j, Vector3 direction) const {
    const double length = std::sqrt(dot(direction, direction));
    m[layout.index(i, j)] = direction.x / length;
    m[layout.index(i, j) + layout.component_size()] = direction.y / length;
    m[layout.index(i, j) + 2 * layout.component_size()] = direction.z / length;
  }

  Vector3 at(const std::vector<double>& field, int i, int j) const {
    const std::size_t k = layout.index(i, j);
    return {field[k], field[k + layout.component_size()], field[k + 2 * layout.component_size()]};
  }

  /// dm/dt under a current of the same direction everywhere; null: along x.
  std::vector<double> derivative(const std::vector<double>& m, std::shared_ptr<const CurrentMap> map) const {
    LlgsSystem system(Film{material, mesh, Mask(mesh.cells(), 1), nullptr, std::move(map)},
                      std::make_shared<DemagField>(mesh, 0.0));
    system.set_current_density(current_density);
    std::vector<double> rate(layout.size());
    system.derivative(m, rate);
    return rate;
  }

  std::shared_ptr<const CurrentMap> map(double x, double y) const {
    return std::make_shared<const CurrentMap>(
        CurrentMap{std::vector<double>(mesh.cells(), x), std::vector<double>(mesh.cells(), y)});
  }

  static double largest(const std::vector<double>& field) {
    double most = 0.0;
    for (const double number : field) {
      most = std::max(most, std::abs(number));
    }
    return most;
  }
};

TEST_F(LocalTorque, OfACurrentAlongXIsTheUniformOne) {
  material.spin_transfer = {};
  const auto m = wavy();
  const auto uniform = derivative(m, nullptr);
  const auto local = derivative(m, map(1.0, 0.0));
  for (std::size_t k = 0; k < m.size(); ++k) {
    EXPECT_NEAR(local[k], uniform[k], 1e-14 * largest(uniform));
  }
}

TEST_F(LocalTorque, TurnsWithTheCurrent) {
  // A quarter turn of the film, its magnetisation and the current turns dm/dt.
  const auto m = wavy();
  std::vector<double> turned(layout.size(), 0.0);
  const auto quarter = [](Vector3 v) { return Vector3{-v.y, v.x, v.z}; };
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      put(turned, mesh.ny - 1 - j, i, quarter(at(m, i, j)));
    }
  }
  const auto rate = derivative(m, map(1.0, 0.0));
  const auto turned_rate = derivative(turned, map(0.0, 1.0));
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      const Vector3 difference = at(turned_rate, mesh.ny - 1 - j, i) - quarter(at(rate, i, j));
      EXPECT_LE(std::sqrt(dot(difference, difference)), 1e-13 * largest(rate));
    }
  }
}

TEST_F(LocalTorque, OfSpinTransferIsTheDriftOfTheMagnetizationAtSmallDamping) {
  material.spin_hall_angle = 0.0;
  material.damping = 1e-9;
  material.spin_transfer.nonadiabaticity = 0.0;
  const auto m = wavy();
  const auto rate = derivative(m, nullptr);
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      const Vector3 own = at(m, i, j);
      const Vector3 east = i + 1 < mesh.nx ? at(m, i + 1, j) : own;
      const Vector3 west = i > 0 ? at(m, i - 1, j) : own;
      Vector3 expected = (-drift(material) / (2.0 * mesh.dx)) * (east - west);
      expected = expected - dot(expected, own) * own;
      const Vector3 difference = at(rate, i, j) - expected;
      EXPECT_LE(std::sqrt(dot(difference, difference)), 1e-8 * largest(rate)) << i << ", " << j;
    }
  }
}

TEST(SpinTransferTorque, IsTheSameInTheThermalStepperWithoutNoiseAsTheSquareOfItsStep) {
  constexpr double end = 6e-12;
  const Mesh mesh{60, 6, 2e-9, 2e-9, 2e-9};
  Material material{.spin_transfer = {.polarization = 0.7, .nonadiabaticity = 0.3}};
  tests::StraightTrack cold(material, mesh);
  TimeIntegration reference(cold.system(), 1e-9);
  reference.set_magnetization(cold.wall_at(60e-9));
  reference.set_current_density(3e12);
  reference.advance(end);
  const auto error = [&](double step) {
    material.temperature = 1e-10;  // its noise turns cells by 1e-7
    tests::StraightTrack track(material, mesh);
    track.system().set_current_density(3e12);
    ThermalStepper stepper(track.system(), 1, ThermalSteps{0.2e-12, step});
    std::vector<double> m = track.wall_at(60e-9);
    for (double time = 0.0; time < end;) {
      time = stepper.step(time, end, m);
    }
    double most = 0.0;
    for (std::size_t k = 0; k < m.size(); ++k) {
      most = std::max(most, std::abs(m[k] - reference.magnetization()[k]));
    }
    return most;
  };
  const double coarse = error(0.05e-12);
  const double fine = error(0.025e-12);
  EXPECT_NEAR(coarse / fine, 4.0, 0.5);
  EXPECT_LT(fine, 1e-4);
}

}  // namespace
}  // namespace spinsweep::micromagnetics
