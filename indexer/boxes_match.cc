// Labels and texts of a page as one assignment problem (boxes_assign.h).

#include <algorithm>
#include <map>

#include "indexer/boxes_page_reader.h"

namespace pia::boxes {
namespace {

constexpr double kMargin = 0.45;  // a whole that is this much dearer is no longer a doubt
}  // namespace

void PageReader::assign(bool choices) {
  std::vector<std::size_t> slots, values;
  for (std::size_t s = 0; s < r_.slots.size(); ++s) {
    const bool choice = form_.node(r_.slots[s].node).item->answer == Answer::Choice;
    if (r_.slots[s].values.empty() && choice == choices) slots.push_back(s);
  }
  for (std::size_t v = 0; v < values_.size(); ++v) {
    const auto i = static_cast<std::size_t>(values_[v].fragment);
    if (!r_.used[i] && (f_[i].what == What::Choice || !choices)) values.push_back(v);
  }
  if (slots.empty() || values.empty()) return;
  find_active();
  Problem problem;
  std::map<std::u32string, int> same;
  for (const std::size_t v : values) {
    problem.left_over.push_back(left_over(values_[v]));
    problem.same.push_back(
        same.try_emplace(values_[v].key, static_cast<int>(same.size())).first->second);
  }
  for (const std::size_t s : slots) {
    std::vector<double> row;
    row.reserve(values.size());
    const SlotCost of_slot = cost_of(r_.slots[s]);
    for (const std::size_t v : values) row.push_back(pair_cost(r_.slots[s], values_[v], of_slot));
    problem.cost.push_back(std::move(row));
  }
  prefer_order(slots, values, problem);
  const Solution solution = solve(problem);
  for (std::size_t s = 0; s < slots.size(); ++s) {
    if (solution.value[s] < 0) continue;
    const std::size_t v = static_cast<std::size_t>(solution.value[s]);
    if (problem.cost[s][v] >= kNever) continue;
    bind(r_.slots[slots[s]], values_[values[v]],
         solution.margin[s] < kMargin ? Certainty::Doubtful : Certainty::Assigned);
  }
}

void PageReader::prefer_order(std::vector<std::size_t> slots,
                              const std::vector<std::size_t>& values, Problem& result) const {
  if (orderliness() < 0.7) return;
  std::vector<std::size_t> rank(slots.size());
  for (std::size_t i = 0; i < rank.size(); ++i) rank[i] = i;
  std::stable_sort(rank.begin(), rank.end(), [&](std::size_t a, std::size_t b) {
    return form_order(r_.slots[slots[a]]) < form_order(r_.slots[slots[b]]);
  });
  Problem flat;
  flat.left_over = result.left_over;
  flat.same = result.same;
  std::vector<std::size_t> sorted;
  for (const std::size_t i : rank) {
    flat.cost.push_back(result.cost[i]);
    sorted.push_back(slots[i]);
  }
  slots = std::move(sorted);
  for (std::size_t s = 0; s < slots.size(); ++s) {
    for (std::size_t v = 0; v < values.size(); ++v) {
      if (flat.cost[s][v] >= kNever) continue;
      flat.cost[s][v] -= 0.85 * distance(r_.slots[slots[s]], values_[values[v]].fragment);
    }
  }
  const std::vector<int> order = align(flat, 0.6);
  for (std::size_t s = 0; s < slots.size(); ++s) {
    if (order[s] < 0) continue;
    const auto v = static_cast<std::size_t>(order[s]);
    const double far = distance(r_.slots[slots[s]], values_[values[v]].fragment);
    if (far > 0.9) result.cost[rank[s]][v] -= far - 0.9;
  }
}

}  // namespace pia::boxes
