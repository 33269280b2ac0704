#include "indexer/boxes_column_runs.h"

#include <algorithm>

#include "indexer/boxes_revision_words.h"
#include "indexer/boxes_shape.h"
#include "indexer/boxes_text.h"

namespace pia::boxes {
namespace {

constexpr double kNever = 1e9;
constexpr int kMostBoxes = 10;  // of one cell
constexpr int kMostBlanks = 3;  // of a column
constexpr int kMostRun = 48;    // of a page
constexpr double kBeam = 2.5;   // beginnings that cost this much more than another are given up
constexpr double kBlankBefore = 1.0, kBlankAfter = 1.4;
constexpr double kMargin = 0.25;  // between a sharing and the next best one

class Sharing {
 public:
  Sharing(std::span<const RunBox> run, std::span<const FormItem* const> items)
      : run_(run),
        items_(items),
        n_(static_cast<int>(items.size())),
        m_(static_cast<int>(run.size())),
        most_(std::clamp(m_ - 2 * n_ + 1 + kMostBlanks, 1, kMostBoxes)) {
    std::vector<PairSet> pairs;
    std::vector<std::u32string> heads;
    for (const RunBox& box : run_) {
      pairs.emplace_back(*box.key);
      sizes_.push_back(sizes_.back() + static_cast<double>(pairs.back().size()));
      heads.push_back(key(box.cell->lines.front()));
      new_.push_back(says_new(*box.key));
    }
    find_joins(heads);
    const std::size_t wide = run_.size() + 1;
    shared_.assign(wide * wide, 0);
    for (std::size_t b = 0; b < run_.size(); ++b) {
      for (std::size_t a = 0; a < run_.size(); ++a) {
        const double both = a > b ? static_cast<double>(pairs[b].common(pairs[a])) : 0;
        shared_[(b + 1) * wide + a + 1] =
            shared_[b * wide + a + 1] + shared_[(b + 1) * wide + a] - shared_[b * wide + a] + both;
      }
    }
    fits_.assign(items_.size() * run_.size() * kMostBoxes, kNever);
  }

  // One box a cell; nothing if that does not read well.
  std::vector<RunRow> one_each() {
    std::vector<RunRow> out;
    if (m_ != 2 * n_) return out;
    constexpr double kRow = 0.3, kMean = -0.3;
    double total = 0;
    for (int row = 0; row < n_; ++row) {
      const RunCell before{row, row + 1}, after{n_ + row, n_ + row + 1};
      const double here = cost(row, before, after);
      if (here > kRow) return {};
      total += here;
      out.push_back({before, after, true});
    }
    return total > kMean * n_ ? std::vector<RunRow>{} : out;
  }

  std::vector<RunRow> run() {
    std::vector<double> total(static_cast<std::size_t>(m_) + 1, kNever);
    int best = -1;
    const int first = std::max(0, std::min(n_, m_ / 2) - kMostBlanks);
    const int last = std::min(m_ - 1, m_ - n_ + kMostBlanks);
    for (int p = first; p <= last; ++p) {
      fill(p);
      total[static_cast<std::size_t>(p)] = forward_[index(n_, p, m_ - p)];
      if (best < 0 || total[static_cast<std::size_t>(p)] < total[static_cast<std::size_t>(best)])
        best = p;
    }
    if (best < 0 || total[static_cast<std::size_t>(best)] >= kNever) return {};
    const double low = total[static_cast<std::size_t>(best)];
    fill(best);
    std::vector<RunRow> out = trace(best);
    for (int p = 0; p < m_; ++p) {
      if (total[static_cast<std::size_t>(p)] >= low + kMargin) continue;
      fill(p);
      doubt(p, low + kMargin, out);
    }
    return out;
  }

 private:
  // ＜…における措置＞, 【ケース１】, or a line in brackets: a paragraph of its own.
  static bool heading(std::u32string_view line) {
    return !line.empty() && (line[0] == U'＜' || line[0] == U'【' ||
                             (line[0] == '(' && line.back() == ')' && line.size() > 4));
  }

  // What it costs that a box goes on with the cell of the box before.
  double step(const std::vector<std::u32string>& heads, std::size_t i) const {
    const bool before = heading(heads[i - 1]), here = heading(heads[i]);
    if (before && !here) return 0.9;  // its last paragraph would have no heading
    if (before) return 0.2;
    return here || starts_with_mark(run_[i].cell->lines.front()) ? 0.4 : 0.8;
  }

  // Costs of all cells that a box can begin; a heading stands in a cell once.
  void find_joins(const std::vector<std::u32string>& heads) {
    joins_.assign(run_.size() * kMostBoxes, 0);
    for (std::size_t i = 0; i < run_.size(); ++i) {
      double cost = 0;
      for (std::size_t k = i + 1; k < std::min(run_.size(), i + kMostBoxes); ++k) {
        cost += step(heads, k);
        for (std::size_t j = i; j < k; ++j) cost += heads[j] == heads[k] ? 1.0 : 0;
        joins_[i * kMostBoxes + (k - i)] = cost;
      }
    }
  }

  // Share of the pairs of both that they have in common: half a text is less like the whole than
  // the whole is.
  double alike(RunCell b, RunCell a) const {
    const double all = share(b, a);
    if (b.from == b.to || a.from == a.to || (b.to - b.from == 1 && a.to - a.from == 1)) return all;
    // Cells of several boxes open with the same one.
    return 0.5 * all + 0.5 * share({b.from, b.from + 1}, {a.from, a.from + 1});
  }

  double share(RunCell b, RunCell a) const {
    const double before = sizes_[at(b.to)] - sizes_[at(b.from)];
    const double after = sizes_[at(a.to)] - sizes_[at(a.from)];
    const auto sum = [&](int i, int k) { return shared_[at(i) * (run_.size() + 1) + at(k)]; };
    double shared = sum(b.to, a.to) - sum(b.from, a.to) - sum(b.to, a.from) + sum(b.from, a.from);
    const double low = std::min(before, after), all = (before + after) / 2;
    if (low < 1) return 0;
    shared = std::min(shared, low);
    return 0.5 * shared / low + 0.5 * shared / all;
  }

  double join_cost(RunCell c) const {
    return c.from == c.to ? 0 : joins_[at(c.from) * kMostBoxes + at(c.to - c.from - 1)];
  }

  double fit_cost(int row, RunCell c) {
    const FormItem* item = items_[at(row)];
    if (item == nullptr || c.from == c.to) return 0;
    double& known =
        fits_[(at(row) * run_.size() + at(c.from)) * kMostBoxes + at(c.to - c.from - 1)];
    if (known < kNever) return known;
    std::u32string all;
    for (int i = c.from; i < c.to && all.size() < 60; ++i) all += *run_[at(i)].key;
    const Fit fit = fits(item, all);
    known = fit == Fit::No ? 1.5 : fit == Fit::Yes ? -0.4 : 0;
    const bool one_box = item->answer == Answer::Choice || item->answer == Answer::Date;
    if (one_box && c.to - c.from > 1) known += 1.5;
    if (item->answer != Answer::Choice && c.to - c.from == 1 && all.size() < 40 && !says_new(all))
      known += 0.2 * std::clamp(shape_cost(*item, all), -2.0, 4.0);
    return known;
  }

  double cost(int row, RunCell b, RunCell a) {
    double cost = join_cost(b) + join_cost(a) + fit_cost(row, b) + fit_cost(row, a) - alike(b, a);
    if (b.from == b.to) cost += kBlankBefore;
    if (a.from == a.to) cost += kBlankAfter;
    if (b.to - b.from == 1 && new_[at(b.from)]) cost -= 0.6;
    if (a.to - a.from == 1 && new_[at(a.from)]) cost += 0.3;
    return cost;
  }

  static std::size_t at(int i) { return static_cast<std::size_t>(i); }
  std::size_t index(int row, int b, int a) const {
    return (at(row) * at(m_ + 1) + at(b)) * at(m_ + 1) + at(a);
  }

  template <typename Step>  // step(before, after, next b, next a) of every cell of a row
  void each(int p, int b, int a, Step step) const {
    for (int u = 0; u <= most_ && b + u <= p; ++u) {
      for (int v = u == 0 ? 1 : 0; v <= most_ && p + a + v <= m_; ++v)
        step(RunCell{b, b + u}, RunCell{p + a, p + a + v}, b + u, a + v);
    }
  }

  // Costs of the first rows with the first boxes of both columns, and of the rest.
  void fill(int p) {
    const std::size_t size = at(n_ + 1) * at(m_ + 1) * at(m_ + 1);
    forward_.assign(size, kNever);
    from_.assign(size, {});
    forward_[index(0, 0, 0)] = 0;
    for (int row = 0; row < n_; ++row) {
      double low = kNever;
      for (int b = 0; b <= p; ++b) {
        for (int a = 0; p + a <= m_; ++a) low = std::min(low, forward_[index(row, b, a)]);
      }
      for (int b = std::max(0, row - kMostBlanks); b <= p; ++b) {
        for (int a = std::max(0, row - kMostBlanks); p + a <= m_; ++a) {
          double& here = forward_[index(row, b, a)];
          if (here > low + kBeam) here = kNever;
          if (here >= kNever) continue;
          each(p, b, a, [&](RunCell before, RunCell after, int to_b, int to_a) {
            const std::size_t to = index(row + 1, to_b, to_a);
            const int left = n_ - row - 1 - kMostBlanks;
            if (p - to_b < left || m_ - p - to_a < left) return;
            const double total = here + cost(row, before, after);
            if (total < forward_[to]) forward_[to] = total, from_[to] = {b, a};
          });
        }
      }
    }
  }

  std::vector<RunRow> trace(int p) const {
    std::vector<RunRow> out(at(n_));
    int b = p, a = m_ - p;
    for (int row = n_; row-- > 0;) {
      const RunCell from = from_[index(row + 1, b, a)];
      out[at(row)] = {{from.from, b}, {p + from.to, p + a}, true};
      b = from.from, a = from.to;
    }
    return out;
  }

  // Rows that have other cells in a sharing that costs less than `limit`.
  void doubt(int p, double limit, std::vector<RunRow>& rows) {
    std::vector<double> rest(forward_.size(), kNever);
    rest[index(n_, p, m_ - p)] = 0;
    for (int row = n_; row-- > 0;) {
      for (int b = 0; b <= p; ++b) {
        for (int a = 0; p + a <= m_; ++a) {
          const double here = forward_[index(row, b, a)];
          if (here >= kNever) continue;
          double& low = rest[index(row, b, a)];
          each(p, b, a, [&](RunCell before, RunCell after, int to_b, int to_a) {
            const double behind = rest[index(row + 1, to_b, to_a)];
            if (behind >= kNever) return;
            const double total = cost(row, before, after) + behind;
            low = std::min(low, total);
            RunRow& known = rows[at(row)];
            const auto same = [](RunCell x, RunCell y) {
              return x == y || (x.from == x.to && y.from == y.to);
            };
            if (here + total < limit && !(same(known.before, before) && same(known.after, after)))
              known.sure = false;
          });
        }
      }
    }
  }

  std::span<const RunBox> run_;
  std::span<const FormItem* const> items_;
  int n_, m_;
  int most_;                      // boxes of one cell
  std::vector<double> sizes_{0};  // pairs of the first boxes
  std::vector<double> joins_;
  std::vector<char> new_;       // boxes that say （新規）
  std::vector<double> shared_;  // pairs in common of the first boxes with the first
  std::vector<double> fits_, forward_;
  std::vector<RunCell> from_;  // boxes of before and after behind
};

}  // namespace

std::vector<RunRow> share_runs(std::span<const RunBox> run,
                               std::span<const FormItem* const> items) {
  if (run.size() < items.size() || run.size() > kMostRun || items.size() > 24) return {};
  Sharing sharing(run, items);
  std::vector<RunRow> rows = sharing.one_each();
  return rows.empty() ? sharing.run() : rows;
}

}  // namespace pia::boxes
