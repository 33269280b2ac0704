#include "indexer/boxes_assign.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace pia::boxes {
namespace {

using Matrix = std::vector<std::vector<double>>;

// Hungarian method with potentials: rows are values, columns are slots and, for each value, one
// place to be left over. Returns the column of each row.
std::vector<int> hungarian(const Matrix& a, double* total) {
  const std::size_t n = a.size(), m = n == 0 ? 0 : a[0].size();
  std::vector<double> u(n + 1), v(m + 1);
  std::vector<std::size_t> row_of(m + 1), way(m + 1);
  std::vector<double> lowest(m + 1);
  std::vector<char> used(m + 1);
  for (std::size_t i = 1; i <= n; ++i) {
    row_of[0] = i;
    std::size_t j0 = 0;
    lowest.assign(m + 1, std::numeric_limits<double>::max());
    used.assign(m + 1, 0);
    do {
      used[j0] = 1;
      const std::size_t i0 = row_of[j0];
      double delta = std::numeric_limits<double>::max();
      std::size_t j1 = 0;
      for (std::size_t j = 1; j <= m; ++j) {
        if (used[j]) continue;
        const double current = a[i0 - 1][j - 1] - u[i0] - v[j];
        if (current < lowest[j]) lowest[j] = current, way[j] = j0;
        if (lowest[j] < delta) delta = lowest[j], j1 = j;
      }
      for (std::size_t j = 0; j <= m; ++j) {
        if (used[j]) {
          u[row_of[j]] += delta;
          v[j] -= delta;
        } else {
          lowest[j] -= delta;
        }
      }
      j0 = j1;
    } while (row_of[j0] != 0);
    while (j0 != 0) {
      const std::size_t j1 = way[j0];
      row_of[j0] = row_of[j1];
      j0 = j1;
    }
  }
  std::vector<int> column(n, -1);
  *total = 0;
  for (std::size_t j = 1; j <= m; ++j) {
    if (row_of[j] == 0) continue;
    column[row_of[j] - 1] = static_cast<int>(j - 1);
    *total += a[row_of[j] - 1][j - 1];
  }
  return column;
}

Matrix matrix_of(const Problem& p) {
  const std::size_t slots = p.cost.size(), values = p.left_over.size();
  Matrix a(values, std::vector<double>(slots + values, kNever));
  for (std::size_t v = 0; v < values; ++v) {
    for (std::size_t s = 0; s < slots; ++s) a[v][s] = p.cost[s][v];
    a[v][slots + v] = p.left_over[v];
  }
  return a;
}

// One alignment by dynamic programming; `late` says how ties are broken.
std::vector<int> align_once(const Problem& p, double blank, bool late) {
  const std::size_t m = p.cost.size(), n = p.left_over.size();
  Matrix best(m + 1, std::vector<double>(n + 1, 0));
  for (std::size_t i = m + 1; i-- > 0;) {
    for (std::size_t k = n + 1; k-- > 0;) {
      if (i == m && k == n) continue;
      double low = kNever * 10;
      if (i < m) low = std::min(low, best[i + 1][k] + blank);
      if (k < n) low = std::min(low, best[i][k + 1] + p.left_over[k]);
      if (i < m && k < n) low = std::min(low, best[i + 1][k + 1] + p.cost[i][k]);
      best[i][k] = low;
    }
  }
  std::vector<int> value(m, -1);
  for (std::size_t i = 0, k = 0; i < m && k < n;) {
    const auto is = [&](double cost) { return std::abs(best[i][k] - cost) < 1e-9; };
    const bool pair = is(best[i + 1][k + 1] + p.cost[i][k]);
    const bool skip_slot = is(best[i + 1][k] + blank);
    const bool skip_value = is(best[i][k + 1] + p.left_over[k]);
    if (late ? skip_slot : !pair && skip_slot) {
      ++i;
    } else if (pair) {
      value[i++] = static_cast<int>(k++);
    } else if (skip_value) {
      ++k;
    } else {
      ++i;
    }
  }
  return value;
}

}  // namespace

std::vector<int> align(const Problem& problem, double blank_slot) {
  std::vector<int> early = align_once(problem, blank_slot, false);
  const std::vector<int> late = align_once(problem, blank_slot, true);
  for (std::size_t i = 0; i < early.size(); ++i) {
    if (early[i] != late[i]) early[i] = -1;
    if (early[i] >= 0 && problem.cost[i][static_cast<std::size_t>(early[i])] >= kNever / 2)
      early[i] = -1;
  }
  return early;
}

Solution solve(const Problem& problem, bool doubts) {
  const std::size_t slots = problem.cost.size(), values = problem.left_over.size();
  Solution out;
  out.value.assign(slots, -1);
  out.margin.assign(slots, kNever);
  if (slots == 0 || values == 0) return out;
  const Matrix a = matrix_of(problem);
  const std::vector<int> column = hungarian(a, &out.cost);
  for (std::size_t v = 0; v < values; ++v) {
    if (column[v] >= 0 && static_cast<std::size_t>(column[v]) < slots) {
      out.value[static_cast<std::size_t>(column[v])] = static_cast<int>(v);
    }
  }
  if (!doubts) return out;
  for (std::size_t s = 0; s < slots; ++s) {
    if (out.value[s] < 0) continue;
    Matrix b = a;
    for (std::size_t v = 0; v < values; ++v) {
      if (problem.same[v] == problem.same[static_cast<std::size_t>(out.value[s])]) b[v][s] = kNever;
    }
    double other = 0;
    hungarian(b, &other);
    out.margin[s] = other - out.cost;
  }
  return out;
}

}  // namespace pia::boxes
