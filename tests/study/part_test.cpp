#include "study/part.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace spinsweep::study {
namespace {

TEST(Part, IsReadFromIndexAndCount) {
  const Part part = parse_part("3/16");
  EXPECT_EQ(part.index, 3U);
  EXPECT_EQ(part.count, 16U);
}

TEST(Part, IsRefusedUnlessTheIndexIsBelowTheCount) {
  for (const std::string text : {"", "1", "/", "1/", "/4", "4/4", "0/0", "-1/4", "1/4/2", "1.5/4", "a/b", " 1/4",
                                 "1/4 ", "1/99999999999999999999"}) {
    EXPECT_THROW(static_cast<void>(parse_part(text)), InputError) << text;
  }
}

TEST(Parts, ShareEveryPieceOfWorkOnce) {
  const std::vector<double> costs = {3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0};
  for (const std::size_t count : {1U, 2U, 3U, 8U, 11U}) {
    std::vector<int> owners(costs.size());
    for (std::size_t index = 0; index < count; ++index) {
      const auto chosen = pieces_of({index, count}, costs);
      for (std::size_t k = 0; k < costs.size(); ++k) {
        owners[k] += chosen[k] ? 1 : 0;
      }
    }
    EXPECT_EQ(owners, std::vector<int>(costs.size(), 1)) << count << " parts";
  }
}

TEST(Parts, CostAboutTheSame) {
  std::vector<double> costs;
  costs.reserve(100);
  for (int k = 0; k < 100; ++k) {
    costs.push_back(k % 10 + 1.0);
  }
  std::vector<double> sums;
  for (std::size_t index = 0; index < 4; ++index) {
    const auto chosen = pieces_of({index, 4}, costs);
    double sum = 0.0;
    for (std::size_t k = 0; k < costs.size(); ++k) {
      sum += chosen[k] ? costs[k] : 0.0;
    }
    sums.push_back(sum);
  }
  const auto [least, most] = std::minmax_element(sums.begin(), sums.end());
  EXPECT_LE(*most - *least, 10.0) << "they differ by at most the costliest piece";
}

}  // namespace
}  // namespace spinsweep::study
