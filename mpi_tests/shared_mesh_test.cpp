#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/error.hpp"
#include "base/philox.hpp"
#include "micromagnetics/llgs_system.hpp"
#include "micromagnetics/time_integration.hpp"
#include "micromagnetics/whole_field.hpp"

namespace spinsweep::micromagnetics {
namespace {

/// Every entry of a random field in [-1, 1], zero in the ghosts and outside of the mask.
std::vector<double> random_field(const Mesh& mesh, const Mask& mask, std::uint32_t seed) {
  const FieldLayout layout(mesh);
  std::vector<double> field(layout.size(), 0.0);
  std::uint32_t cell = 0;
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i, ++cell) {
      const auto numbers = philox_4x32_10({cell, 0, 0, 0}, seed);
      for (std::size_t component = 0; component < 3 && mask[cell] != 0; ++component) {
        field[component * layout.component_size() + layout.index(i, j)] = 2.0 * numbers[component] / 0x1p32 - 1.0;
      }
    }
  }
  return field;
}

/// A mesh of odd shape with two holes, on one rank and shared by all.
class SharedMesh : public testing::Test {
 protected:
  SharedMesh() {
    for (const int cell : {0, 3 * 77 + 20, 4 * 77 + 20, 18 * 77 + 76}) {
      mask_[static_cast<std::size_t>(cell)] = 0;
    }
    EXPECT_TRUE(normalize(FieldLayout(mesh_), m_));
    EXPECT_TRUE(normalize(FieldLayout(mesh_), other_));
  }

  [[nodiscard]] std::vector<double> own(const std::vector<double>& whole) const {
    return own_rows(mesh_, decomposition_, whole);
  }
  [[nodiscard]] std::vector<double> whole(const std::vector<double>& own) const {
    return gather_on_all(mesh_, decomposition_, own);
  }
  [[nodiscard]] std::vector<double> zeros() const { return std::vector<double>(shared_.layout().size(), 0.0); }

  Material material_{.field_like_ratio = 0.3};
  Mesh mesh_{77, 19, 3e-9, 3e-9, 2e-9};
  Mask mask_ = Mask(mesh_.cells(), 1);
  std::vector<double> m_ = random_field(mesh_, mask_, 1);
  std::vector<double> other_ = random_field(mesh_, mask_, 2);
  parallel::Communicator world_{MPI_COMM_WORLD};
  RowDecomposition decomposition_{mesh_.ny, world_};
  std::shared_ptr<DemagField> demag_ = std::make_shared<DemagField>(mesh_, 1.1e6);
  std::shared_ptr<DemagField> shared_demag_ = std::make_shared<DemagField>(mesh_, 1.1e6, decomposition_);
  LlgsSystem alone_{material_, mesh_, mask_, demag_};
  LlgsSystem shared_{material_, mesh_, mask_, shared_demag_};
};

TEST_F(SharedMesh, StripesCoverEveryRowOnce) {
  int next = 0;
  for (int rank = 0; rank < decomposition_.ranks(); ++rank) {
    EXPECT_EQ(decomposition_.of(rank).begin, next);
    EXPECT_GT(decomposition_.of(rank).count(), 0);
    next = decomposition_.of(rank).end;
  }
  EXPECT_EQ(next, mesh_.ny);
}

TEST_F(SharedMesh, FieldsTakenApartAndPutTogetherAreTheSame) {
  EXPECT_EQ(whole(own(m_)), m_);
  const auto on_first = gather_on_first(mesh_, decomposition_, own(m_));
  EXPECT_EQ(on_first, world_.rank() == 0 ? m_ : std::vector<double>{});
}

TEST_F(SharedMesh, DemagnetizingFieldIsThatOfOneRankToTheBit) {
  std::vector<double> expected(m_.size());
  alone_.demagnetizing_field(m_, expected);
  auto field = zeros();
  shared_.demagnetizing_field(own(m_), field);
  EXPECT_EQ(whole(field), expected);
}

TEST_F(SharedMesh, UpdateOfSomeColumnsIsThatOfOneRankToTheBit) {
  std::vector<double> field(m_.size());
  alone_.demagnetizing_field(m_, field);
  for (const Columns columns : {Columns{24, 56}, Columns{0, 32}, Columns{45, 77}}) {
    std::vector<double> expected(m_.size(), 0.0);
    alone_.update_demagnetizing_field(columns, m_, other_, field, expected);
    auto updated = zeros();
    shared_.update_demagnetizing_field(columns, own(m_), own(other_), own(field), updated);
    EXPECT_EQ(whole(updated), expected);
  }
}

TEST_F(SharedMesh, DerivativeIsThatOfOneRankToTheBit) {
  for (LlgsSystem* system : {&alone_, &shared_}) {
    system->set_current_density(0.5e12);
    system->set_applied_field({1e4, -2e4, 3e4});
  }
  std::vector<double> expected(m_.size());
  alone_.derivative(m_, expected);
  auto derivative = zeros();
  shared_.derivative(own(m_), derivative);
  EXPECT_EQ(whole(derivative), expected);
}

TEST_F(SharedMesh, UnderACurrentThatVariesTheMotionIsThatOfOneRankToTheBitColdAndWarm) {
  auto current =
      std::make_shared<CurrentMap>(CurrentMap{std::vector<double>(mesh_.cells()), std::vector<double>(mesh_.cells())});
  for (std::size_t k = 0; k < mesh_.cells(); ++k) {
    current->x[k] = 1.0 + 0.3 * std::sin(0.1 * static_cast<double>(k));
    current->y[k] = 0.2 * std::cos(0.7 * static_cast<double>(k));
  }
  for (const double temperature : {0.0, 300.0}) {
    Material material = material_;
    material.temperature = temperature;
    material.spin_transfer = {.polarization = 0.6, .nonadiabaticity = 0.2};
    const auto moved = [&](const std::shared_ptr<DemagField>& demag) {
      LlgsSystem system(Film{material, mesh_, mask_, nullptr, current}, demag);
      TimeIntegration integration(system, 1e-5, 7);
      integration.set_magnetization(own_rows(mesh_, demag->decomposition(), m_));
      integration.set_current_density(0.5e12);
      integration.advance(2e-12);
      return gather_on_all(mesh_, demag->decomposition(), integration.magnetization());
    };
    EXPECT_EQ(moved(shared_demag_), moved(demag_)) << temperature;
  }
}

TEST_F(SharedMesh, EnergiesAndMeanAreThoseOfOneRankToTheBit) {
  for (LlgsSystem* system : {&alone_, &shared_}) {
    system->set_applied_field({1e4, -2e4, 3e4});
  }
  EXPECT_EQ(shared_.energies(own(m_)), alone_.energies(m_));
  const Vector3 expected = alone_.mean_magnetization(m_);
  const Vector3 mean = shared_.mean_magnetization(own(m_));
  EXPECT_EQ(mean.x, expected.x);
  EXPECT_EQ(mean.y, expected.y);
  EXPECT_EQ(mean.z, expected.z);
}

TEST_F(SharedMesh, GhostRowsHoldTheNeighboursBorderInThoseColumnsOnly) {
  constexpr Columns columns{10, 43};
  const FieldLayout layout(mesh_);
  const FieldLayout& own_layout = shared_.layout();
  auto field = own(m_);
  shared_.ghost_rows().exchange(field.data(), columns);
  for (const auto& [ghost, j] :
       {std::pair{-1, decomposition_.own().begin - 1}, {own_layout.ny(), decomposition_.own().end}}) {
    for (std::size_t component = 0; component < 3; ++component) {
      for (int i = -1; i <= mesh_.nx; ++i) {
        const bool fetched = i >= columns.begin && i < columns.end;
        EXPECT_EQ(field[component * own_layout.component_size() + own_layout.index(i, ghost)],
                  fetched ? m_[component * layout.component_size() + layout.index(i, j)] : 0.0);
      }
    }
  }
}

TEST_F(SharedMesh, RanksAgreeOnTheLargestNumberAndOnWhatIsTrueForAll) {
  const int last = decomposition_.ranks() - 1;
  EXPECT_EQ(decomposition_.largest(-1.0 - decomposition_.rank()), -1.0);
  EXPECT_TRUE(decomposition_.all(true));
  EXPECT_FALSE(decomposition_.all(decomposition_.rank() != last));
  std::vector<double> entries = {1.0 * decomposition_.rank(), -1.0 * decomposition_.rank()};
  decomposition_.largest_of_each(entries);
  EXPECT_EQ(entries, (std::vector<double>{1.0 * last, 0.0}));
}

TEST_F(SharedMesh, SumsAddUpInTheOrderOfTheRows) {
  const auto add = [&](std::array<double, 1>& sums) {
    for (int j = decomposition_.own().begin; j < decomposition_.own().end; ++j) {
      sums[0] += std::pow(3.1, 9 - j);
    }
  };
  double expected = 0.0;
  for (int j = 0; j < mesh_.ny; ++j) {
    expected += std::pow(3.1, 9 - j);
  }
  EXPECT_EQ(decomposition_.sum_in_order<1>(add)[0], expected);
}

TEST_F(SharedMesh, MoreRanksThanRowsAreRefused) {
  if (world_.size() == 1) {
    GTEST_SKIP() << "needs two ranks";
  }
  EXPECT_THROW(RowDecomposition(world_.size() - 1, world_), InputError);
}

}  // namespace
}  // namespace spinsweep::micromagnetics
