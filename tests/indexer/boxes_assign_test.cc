#include "indexer/boxes_assign.h"

#include <catch2/catch.hpp>

using namespace pia::boxes;

TEST_CASE("The cheapest whole wins over the cheapest pair") {
  const Problem problem{{{0, 1}, {0.5, 9}}, {20, 20}, {0, 1}};
  const Solution solution = solve(problem);
  CHECK(solution.value == std::vector<int>{1, 0});
  CHECK(solution.cost == Approx(1.5));
}

TEST_CASE("A value that fits nowhere is left over") {
  const Problem problem{{{kNever, 1}}, {3, 20}, {0, 1}};
  CHECK(solve(problem).value == std::vector<int>{1});
}

TEST_CASE("Two wholes of the same cost that say different things leave no margin") {
  const Problem different{{{1, 1}, {1, 1}}, {20, 20}, {0, 1}};
  CHECK(solve(different).margin[0] == Approx(0));
  const Problem equal{{{1, 1}, {1, 1}}, {20, 20}, {0, 0}};
  CHECK(solve(equal).margin[0] > 10);
}

TEST_CASE("The order-preserving alignment never crosses") {
  // Three labels, then their three values; by distance alone the last label is nearest to the
  // first.
  const Problem run{{{1, 1, 1}, {1, 1, 1}, {0, 1, 1}}, {9, 9, 9}, {0, 1, 2}};
  CHECK(align(run, 0.6) == std::vector<int>{0, 1, 2});
}

TEST_CASE("Where a blank may be here or there the alignment does not say") {
  const Problem one{{{1}, {1}}, {9}, {0}};
  CHECK(align(one, 0.6) == std::vector<int>{-1, -1});
}
