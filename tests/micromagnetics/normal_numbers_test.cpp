#include "micromagnetics/normal_numbers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "base/philox.hpp"
#include "micromagnetics/sample.hpp"

namespace spinsweep::micromagnetics {
namespace {

using tests::four_errors;
using tests::Sample;

struct Row {
  std::vector<double> first;
  std::vector<double> second;
};

Row row_at(const NoisePlace& place, std::size_t cells = 2000) {
  std::vector<float> first(padded_normal_numbers(cells));
  std::vector<float> second(first.size());
  fill_normal_numbers(place, first, second);
  return {{first.begin(), first.end()}, {second.begin(), second.end()}};
}

TEST(NormalNumbers, HaveTheMomentsOfTheNormalDistribution) {
  Sample mean, square, fourth, sixth;
  for (std::uint64_t update = 0; update < 500; ++update) {
    const Row row = row_at({7, update, 3});
    for (const auto* numbers : {&row.first, &row.second}) {
      for (const double x : *numbers) {
        mean.add(x);
        square.add(x * x);
        fourth.add(std::pow(x, 4));
        sixth.add(std::pow(x, 6));
      }
    }
  }
  EXPECT_NEAR(mean.mean(), 0.0, four_errors * mean.error());
  EXPECT_NEAR(square.mean(), 1.0, four_errors * square.error());
  EXPECT_NEAR(fourth.mean(), 3.0, four_errors * fourth.error());
  EXPECT_NEAR(sixth.mean(), 15.0, four_errors * sixth.error());
}

TEST(NormalNumbers, HaveTheDistributionFunctionOfTheNormalDistribution) {
  std::vector<double> numbers;
  for (std::uint32_t row = 0; row < 100; ++row) {
    const Row one = row_at({1, 0, row});
    numbers.insert(numbers.end(), one.first.begin(), one.first.end());
  }
  std::sort(numbers.begin(), numbers.end());
  const auto count = static_cast<double>(numbers.size());
  double distance = 0.0;
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    const double expected = 0.5 * std::erfc(-numbers[k] / std::numbers::sqrt2);
    distance = std::max(distance, std::abs((static_cast<double>(k) + 0.5) / count - expected));
  }
  EXPECT_LT(distance, 1.63 / std::sqrt(count)) << "one per cent level of the Kolmogorov-Smirnov test";
}

TEST(NormalNumbers, OfCellsRowsUpdatesAndSeedsAreUncorrelated) {
  Sample components, cells, rows, updates, seeds;
  for (std::uint64_t update = 0; update < 200; ++update) {
    const Row row = row_at({7, update, 3});
    const Row next_row = row_at({7, update, 4});
    const Row next_update = row_at({7, update + 1, 3});
    const Row next_seed = row_at({8, update, 3});
    for (std::size_t cell = 0; cell + 16 < row.first.size(); ++cell) {
      const double x = row.first[cell];
      components.add(x * row.second[cell]);
      cells.add(x * (row.first[cell + 1] + row.first[cell + 16]));
      rows.add(x * next_row.first[cell]);
      updates.add(x * next_update.first[cell]);
      seeds.add(x * next_seed.first[cell]);
    }
  }
  for (const Sample& correlation : {components, cells, rows, updates, seeds}) {
    EXPECT_NEAR(correlation.mean(), 0.0, four_errors * correlation.error());
  }
}

TEST(NormalNumbers, AreThoseOfBoxAndMullerFromPhilox) {
  const NoisePlace place{0x123456789abcdef, (std::uint64_t{5} << 32U) + 17, 11};
  const Row row = row_at(place, 100);
  for (std::size_t cell = 0; cell < row.first.size(); ++cell) {
    const auto counter = static_cast<std::uint32_t>(cell / 32 * 16 + cell % 16);
    const auto words = philox_4x32_10({counter, 11, 17, 5}, place.seed);
    const std::size_t pair = cell % 32 < 16 ? 0 : 2;
    const double radius = std::sqrt(-2.0 * std::log((words[pair] + 0.5) * 0x1p-32));
    const double angle = 2.0 * std::numbers::pi * words[pair + 1] * 0x1p-32;
    EXPECT_NEAR(row.first[cell], radius * std::cos(angle), 2e-6);
    EXPECT_NEAR(row.second[cell], radius * std::sin(angle), 2e-6);
  }
}

TEST(NormalNumbers, OfACellDoNotDependOnTheLengthOfTheRow) {
  const Row longer = row_at({3, 2, 1}, 100);
  const Row shorter = row_at({3, 2, 1}, 40);
  EXPECT_TRUE(std::equal(shorter.first.begin(), shorter.first.end(), longer.first.begin()));
  EXPECT_TRUE(std::equal(shorter.second.begin(), shorter.second.end(), longer.second.begin()));
}

TEST(NormalNumbers, DifferBeyondTheTwoToTheThirtySecondUpdate) {
  const std::uint64_t far = std::uint64_t{1} << 32U;
  EXPECT_NE(row_at({1, 0, 0}).first, row_at({1, far, 0}).first);
  EXPECT_NE(row_at({1, 0, 0}).first, row_at({far + 1, 0, 0}).first);
}

}  // namespace
}  // namespace spinsweep::micromagnetics
