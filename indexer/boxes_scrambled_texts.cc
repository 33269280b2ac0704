// The texts of a page in pieces that no row has of itself: versions of one text find each other,
// and what the form says tells whose they are.

#include <algorithm>

#include "indexer/boxes_assign.h"
#include "indexer/boxes_column_runs.h"
#include "indexer/boxes_in_pieces.h"
#include "indexer/boxes_scrambled.h"

namespace pia::boxes {
namespace {

using View = std::u32string_view;

constexpr double kSurely = 0.55;

// Boxes that are one cell, or one box that is two.
struct Unit {
  std::vector<int> cells;
  std::u32string key;
  PairSet pairs;
  bool filler = false;  // （新規）, －
  bool both = false;    // before and after in one line
};

struct Pair {
  int before = -1, after = -1;  // units; `before` alone: one box that is both
  bool turned_known = true;     // which of the two is the before
};

// Shares out the texts that are left.
class Settler : InPieces {
 public:
  Settler(PageRows& table, Present& present) : InPieces(table), present_(present) {}

  void run() {
    std::vector<PageRow*> open;
    for (PageRow& row : t_.rows) {
      if (!row.whole) open.push_back(&row);
    }
    if (open.size() == 1 && give_all(*open.front())) return;
    collect_units();
    pair_units(open.size());
    give(open);
  }

 private:
  // One row alone has all that is left, if that reads as two versions of one text.
  bool give_all(PageRow& row) const {
    const std::vector<int>& texts = t_.loose;
    if (texts.empty() || !t_.tail.empty()) return false;
    if (texts.size() == 1) {
      if (!two_in_one(texts[0])) return false;
      row.split = texts;
      row.unsure = false;
      return true;
    }
    const auto gap =
        std::adjacent_find(texts.begin(), texts.end(), [](int a, int b) { return b != a + 1; });
    auto cut = gap == texts.end() ? gap : gap + 1;
    if (cut == texts.end()) {
      std::vector<RunBox> run;
      run.reserve(texts.size());
      for (const int c : texts) run.push_back({&cell(c), &k(c)});
      const FormItem* item = item_of(row);
      const std::vector<RunRow> shared = share_runs(run, std::span(&item, 1));
      const bool sure = !shared.empty() && shared[0].sure;
      cut = sure ? texts.begin() + shared[0].before.to : best_cut(texts);
    } else if (std::adjacent_find(cut, texts.end(), [](int a, int b) { return b != a + 1; }) !=
               texts.end()) {
      return false;
    }
    const std::vector<int> first(texts.begin(), cut), second(cut, texts.end());
    if (first.empty() || second.empty()) return false;
    const std::u32string a = joined(first), b = joined(second);
    const bool below = row.item >= 0 && row.date < row.item && row.item < texts.front();
    int later = 0;
    if (says_new(a) != says_new(b)) {
      later = says_new(a) ? 1 : -1;
    } else if (PairSet(a).likeness(PairSet(b)) >= kVersions || a.find(b) != a.npos ||
               b.find(a) != b.npos) {
      later = later_of(first, second);
      if (later == 0 && below) later = 1;
    }
    if (later == 0) return false;
    row.before = later > 0 ? first : second;
    row.after = later > 0 ? second : first;
    row.split.clear();
    row.unsure = false;
    return true;
  }

  // Where a run of boxes is most like two versions of one text; its end if that is not clear.
  std::vector<int>::const_iterator best_cut(const std::vector<int>& texts) const {
    constexpr double kMargin = 0.15;
    double best = 0, next = 0;
    auto found = texts.end();
    for (auto cut = texts.begin() + 1; cut != texts.end(); ++cut) {
      const double alike =
          versions(PairSet(joined({texts.begin(), cut})), PairSet(joined({cut, texts.end()})));
      if (alike > best) {
        next = best, best = alike, found = cut;
      } else {
        next = std::max(next, alike);
      }
    }
    return best < kVersions || best - next < kMargin ? texts.end() : found;
  }

  // 1 if the form tells that b is the later version, -1 if a is, 0 if it does not. Of two that it
  // has, the longer is the later: its rest was not taken out.
  int later_of(const std::vector<int>& a, const std::vector<int>& b) const {
    constexpr double kNow = 0.97, kMargin = 0.03;
    constexpr std::size_t kMore = 12;
    const auto share = [&](const std::vector<int>& cells) {
      std::vector<View> parts;
      parts.reserve(cells.size());
      for (const int c : cells) parts.emplace_back(k(c));
      return present_.share(parts);
    };
    const double of_a = share(a), of_b = share(b);
    if (std::max(of_a, of_b) < kNow) return 0;
    if (std::abs(of_a - of_b) > kMargin) return of_b > of_a ? 1 : -1;
    if (std::min(of_a, of_b) < kNow) return 0;
    const std::size_t size_a = joined(a).size(), size_b = joined(b).size();
    if (size_b > size_a + kMore) return 1;
    return size_a > size_b + kMore ? -1 : 0;
  }

  // Paragraphs that count on are one cell.
  void collect_units() {
    for (const int c : t_.loose) {
      units_.push_back({{c}, k(c), PairSet(k(c)), says_new(k(c)), two_in_one(c)});
    }
    for (std::size_t u = 1; u < units_.size();) {
      if (join_cost(units_[u - 1], units_[u]) > 0.2) {
        ++u;
        continue;
      }
      join(units_[u - 1], units_[u]);
      units_.erase(units_.begin() + static_cast<std::ptrdiff_t>(u));
    }
  }

  static void join(Unit& first, const Unit& second) {
    first.cells.insert(first.cells.end(), second.cells.begin(), second.cells.end());
    first.key += second.key;
    first.pairs = PairSet(first.key);
  }

  double join_cost(const Unit& a, const Unit& b) const {
    if (a.filler || b.filler || a.both || b.both || b.cells.front() != a.cells.back() + 1) return 1;
    if (counts_on(a, b)) return 0.1;
    if (is_choice(a.key) || is_choice(b.key) || a.key.size() < 24 ||
        (a.pairs.likeness(b.pairs) > 0.6 && !both_now(a, b)))
      return 1;
    for (const int c : a.cells) {  // a heading stands in a cell once
      if (key(cell(c).lines.front()) == key(cell(b.cells.front()).lines.front())) return 1;
    }
    return starts_with_mark(cell(b.cells.front()).lines.front()) ? 0.4 : 0.8;
  }

  // １ … | ２ …
  bool counts_on(const Unit& a, const Unit& b) const {
    const char32_t before = k(a.cells.back())[0], here = k(b.cells.front())[0];
    const auto number = [](char32_t c) {
      return is_digit(c) ? static_cast<int>(c - '0') : circled_number(c);
    };
    return is_digit(before) == is_digit(here) && number(before) > 0 &&
           number(here) == number(before) + 1;
  }

  // Versions of one text find each other; a filler goes with the text behind it.
  void pair_units(std::size_t rows) {
    const std::size_t n = units_.size();
    alike_.assign(n, std::vector<double>(n, 0));
    used_.assign(n, 0);
    for (std::size_t u = 0; u < n; ++u) {
      for (std::size_t v = u + 1; v < n; ++v) {
        if (units_[u].both || units_[v].both || units_[u].filler || units_[v].filler) continue;
        double share = versions(units_[u].pairs, units_[v].pairs);
        if (is_choice(units_[u].key) != is_choice(units_[v].key)) share = 0;
        if (is_choice(units_[u].key) && is_choice(units_[v].key)) share = std::max(share, 0.6);
        alike_[u][v] = alike_[v][u] = share;
      }
    }
    for (std::size_t u = 0; u < n; ++u) {
      if (!units_[u].both) continue;
      pairs_.push_back({static_cast<int>(u), -1, true});
      used_[u] = 1;
    }
    pair_versions(kSurely);
    pair_fillers();
    pair_versions(kVersions);
    join_pairs(rows);
    join_rest(rows);
  }

  void pair_versions(double least) {
    constexpr double kMargin = 0.1;
    const std::size_t n = units_.size();
    while (true) {
      std::size_t a = 0, b = 0;
      double best = least;
      for (std::size_t u = 0; u < n; ++u) {
        for (std::size_t v = u + 1; v < n; ++v) {
          if (!used_[u] && !used_[v] && alike_[u][v] > best) best = alike_[u][v], a = u, b = v;
        }
      }
      if (b == 0) return;
      if (both_now(units_[a], units_[b])) {
        alike_[a][b] = alike_[b][a] = 0;
        continue;
      }
      used_[a] = used_[b] = 1;
      bool clear = true;  // neither is as much like a third
      for (std::size_t w = 0; w < n; ++w) {
        if (w == a || w == b || used_[w]) continue;
        clear = clear && alike_[a][w] < best - kMargin && alike_[b][w] < best - kMargin;
      }
      if (clear) {
        pairs_.push_back(turn(static_cast<int>(a), static_cast<int>(b)));
      } else {
        used_[a] = used_[b] = kContested;
      }
    }
  }

  // Two paragraphs that the form has both, and not nearly the same, are no versions of one.
  bool both_now(const Unit& a, const Unit& b) const {
    constexpr double kNow = 0.97, kSame = 0.85;
    return present_.share(a.key) > kNow && present_.share(b.key) > kNow &&
           versions(a.pairs, b.pairs) < kSame;
  }

  void pair_fillers() {
    const std::size_t n = units_.size();
    for (std::size_t u = 0; u + 1 < n; ++u) {
      if (used_[u] || !units_[u].filler || used_[u + 1] || units_[u + 1].filler) continue;
      if (!behind(static_cast<int>(u), static_cast<int>(u + 1))) continue;
      used_[u] = used_[u + 1] = 1;
      pairs_.push_back({static_cast<int>(u), static_cast<int>(u + 1), true});
    }
    std::vector<std::size_t> fillers, texts;
    for (std::size_t u = 0; u < n; ++u) {
      if (!used_[u]) (units_[u].filler ? fillers : texts).push_back(u);
    }
    if (fillers.size() != 1) return;
    const auto longest = std::max_element(texts.begin(), texts.end(), [&](auto a, auto b) {
      return units_[a].key.size() < units_[b].key.size();
    });
    // What is left of the others goes on from a cell.
    if (longest == texts.end() || units_[*longest].key.size() < 40) return;
    for (const std::size_t u : texts) {
      if (u != *longest && (u == 0 || join_cost(units_[u - 1], units_[u]) > 0.95)) return;
    }
    used_[fillers[0]] = used_[*longest] = 1;
    pairs_.push_back({static_cast<int>(fillers[0]), static_cast<int>(*longest), true});
  }

  // More pairs than rows: paragraphs of one before and one after that follow one another in both.
  void join_pairs(std::size_t rows) {
    while (pairs_.size() > rows) {
      std::size_t first = 0, second = 0;
      double low = 0.95;
      for (std::size_t p = 0; p < pairs_.size(); ++p) {
        for (std::size_t q = 0; q < pairs_.size(); ++q) {
          if (p == q || pairs_[p].after < 0 || pairs_[q].after < 0) continue;
          Pair next = pairs_[q];
          if (!behind(pairs_[p].before, next.before)) std::swap(next.before, next.after);
          if (!behind(pairs_[p].before, next.before) || !behind(pairs_[p].after, next.after))
            continue;
          const double cost = starts_with_mark(head(next.before)) ? 0.4 : 0.8;
          if (cost < low) low = cost, first = p, second = q;
        }
      }
      if (first == second) return;
      Pair& p = pairs_[first];
      Pair next = pairs_[second];
      if (!behind(p.before, next.before)) std::swap(next.before, next.after);
      join(units_[at(p.before)], units_[at(next.before)]);
      join(units_[at(p.after)], units_[at(next.after)]);
      pairs_.erase(pairs_.begin() + static_cast<std::ptrdiff_t>(second));
    }
  }

  std::string_view head(int u) const { return cell(units_[at(u)].cells.front()).lines.front(); }

  // Every row has its pair: what is left goes on from the cell before it.
  void join_rest(std::size_t rows) {
    if (pairs_.size() != rows) return;
    for (std::size_t u = 1; u < units_.size(); ++u) {
      if (used_[u]) continue;
      for (Pair& pair : pairs_) {
        for (const int cell : {pair.before, pair.after}) {
          if (cell < 0 || !behind(cell, static_cast<int>(u)) ||
              join_cost(units_[at(cell)], units_[u]) > 0.95)
            continue;
          join(units_[at(cell)], units_[u]);
          used_[u] = 1;
          break;
        }
        if (used_[u]) break;
      }
    }
  }

  Pair turn(int u, int v) const {
    if (is_choice(units_[at(u)].key)) return {u, v, behind(u, v)};
    const double before = present_.share(units_[at(u)].key),
                 after = present_.share(units_[at(v)].key);
    constexpr double kMargin = 0.03;
    if (before > after + kMargin) return {v, u, true};
    if (after > before + kMargin) return {u, v, true};
    return {u, v, behind(u, v)};
  }

  bool behind(int u, int v) const {
    return units_[at(v)].cells.front() == units_[at(u)].cells.back() + 1;
  }

  double fit_cost(const FormItem* item, const Unit& unit) const {
    if (item == nullptr || unit.filler || unit.both) return 0;
    const Fit fit = fits(item, unit.key);
    double cost = fit == Fit::No ? 3 : fit == Fit::Yes ? -1 : 0;
    if (item->answer != Answer::Choice && unit.key.size() < 60)  // shapes are of short answers
      cost += 0.3 * std::clamp(shape_cost(*item, unit.key), -2.0, 2.0);
    return cost;
  }

  // Pairs to rows by kind of answer and by standing right behind the item.
  void give(const std::vector<PageRow*>& open) {
    constexpr double kHalf = 0.5;
    Problem problem;
    for (const PageRow* open_row : open) {
      const PageRow& row = *open_row;
      const FormItem* item = item_of(row);
      std::vector<double> costs;
      for (const Pair& pair : pairs_) {
        double cost = -1 + fit_cost(item, units_[at(pair.before)]);
        if (pair.after >= 0) cost += fit_cost(item, units_[at(pair.after)]);
        for (const int u : {pair.before, pair.after}) {
          if (u < 0 || row.item < 0) continue;
          const double said = present_.share_at(k(row.item), units_[at(u)].key);
          cost -= said < kHalf ? 0 : 1.5 * said;  // little of it stands anywhere
          if (units_[at(u)].cells.front() == behind_items(row.item)) cost -= 0.1;
        }
        costs.push_back(cost);
      }
      problem.cost.push_back(std::move(costs));
    }
    problem.left_over.assign(pairs_.size(), 1.0);
    for (std::size_t p = 0; p < pairs_.size(); ++p) problem.same.push_back(static_cast<int>(p));
    const Solution solution = solve(problem);
    constexpr double kSure = 0.3;
    // Being the last that is left is no evidence if more are left over.
    const bool even = open.size() == pairs_.size() &&
                      std::all_of(used_.begin(), used_.end(), [](char used) { return used == 1; });
    const double evident = even ? 0 : -1.3;
    for (std::size_t s = 0; s < open.size(); ++s) {
      PageRow& row = *open[s];
      if (solution.value[s] < 0 || solution.margin[s] < kSure) continue;
      if (problem.cost[s][at(solution.value[s])] > evident) continue;
      const Pair& pair = pairs_[at(solution.value[s])];
      if (!pair.turned_known || !takes_rest(row, pair.after)) continue;
      row.unsure = false;
      if (pair.after < 0) {
        row.split = units_[at(pair.before)].cells;
      } else {
        row.before = units_[at(pair.before)].cells;
        row.after = units_[at(pair.after)].cells;
      }
    }
    give_alone(open);
  }

  // Whether the text behind an after, if it is no one's, is known to go on with it or not to.
  bool takes_rest(const PageRow& row, int after) {
    constexpr double kSaid = 0.6;
    if (after < 0) return true;
    for (std::size_t u = at(after) + 1; u < units_.size() && used_[u] != 1; ++u) {
      Unit& unit = units_[at(after)];
      if (join_cost(unit, units_[u]) > 0.95) return true;
      if (row.item < 0 || present_.share_at(k(row.item), units_[u].key) < kSaid) return false;
      join(unit, units_[u]);
      used_[u] = 1;
    }
    return true;
  }

  // An after without before: what the form says now at one row's item and at no other's.
  void give_alone(const std::vector<PageRow*>& open) {
    constexpr double kSaid = 0.6, kElsewhere = 0.3;
    for (std::size_t u = 0; u < units_.size(); ++u) {
      if (used_[u] || units_[u].filler || units_[u].both) continue;
      const bool part = (u > 0 && join_cost(units_[u - 1], units_[u]) < 1) ||
                        (u + 1 < units_.size() && join_cost(units_[u], units_[u + 1]) < 1);
      if (part) continue;  // maybe of a larger cell
      PageRow* found = nullptr;
      bool clear = true;
      for (PageRow* row : open) {
        const double share = row->item < 0 ? 0 : present_.share_at(k(row->item), units_[u].key);
        if (share > kSaid && found == nullptr) {
          found = row;
        } else if (share > kElsewhere) {
          clear = false;
        }
      }
      if (found == nullptr || !clear || !found->unsure) continue;
      used_[u] = 1;
      found->after = units_[u].cells;
      found->unsure = false;
    }
  }

  // Of items in a run, the n-th has the n-th cell behind them.
  int behind_items(int item) const {
    int first = item, last = item;
    while (first > 0 && cell(first - 1).kind == CellKind::Item) --first;
    while (at(last + 1) < t_.cells.size() && cell(last + 1).kind == CellKind::Item) ++last;
    for (int n = item - first, c = last + 1; at(c) < t_.cells.size() && is_text(c); ++c) {
      if (std::none_of(units_.begin(), units_.end(),
                       [&](const Unit& unit) { return unit.cells.front() == c; }))
        continue;
      if (n-- == 0) return c;
    }
    return -1;
  }

  Present& present_;
  std::vector<Unit> units_;
  std::vector<Pair> pairs_;
  std::vector<std::vector<double>> alike_;  // of units
  static constexpr char kContested = 2;     // as much like one as like another
  std::vector<char> used_;                  // units that have a pair
};

}  // namespace

void settle_scrambled(PageRows& table, Present& present) { Settler(table, present).run(); }

}  // namespace pia::boxes
