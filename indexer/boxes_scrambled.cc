#include "indexer/boxes_scrambled.h"

#include <algorithm>

#include "indexer/boxes_column_runs.h"
#include "indexer/boxes_in_pieces.h"

namespace pia::boxes {
namespace {

// Finds the rows that stand in one piece and opens the others.
class Opener : InPieces {
 public:
  Opener(PageRows& table, const std::set<std::u32string>& notes) : InPieces(table), notes_(notes) {}

  bool run(bool awaited) {
    if (!out_of_order() && (awaited || !one_below())) return false;
    find_blocks();
    std::vector<PageRow*> open;
    for (PageRow& row : t_.rows) {
      if (!row.whole) open.push_back(&row);
    }
    if (open.empty()) return false;
    const auto timings = std::count_if(t_.cells.begin(), t_.cells.end(),
                                       [](const Cell& c) { return c.kind == CellKind::Timing; });
    // Where every row has its timing, nothing goes on from the page before.
    if (at(static_cast<int>(timings)) >= t_.rows.size()) t_.tail.clear();
    for (std::size_t i = 0; i < t_.cells.size(); ++i) {
      const int c = static_cast<int>(i);
      if (!taken_[i] && is_text(c) && !is_note(c) &&
          std::find(t_.tail.begin(), t_.tail.end(), c) == t_.tail.end())
        t_.loose.push_back(c);
    }
    for (PageRow* row : open) {
      row->before.clear();
      row->after.clear();
      row->split.clear();
      row->note.clear();
      row->timing = -1;
      row->unsure = true;
    }
    give_timings(open);
    give_notes();
    return true;
  }

 private:
  bool is_note(int i) const { return notes_.count(k(i)) != 0; }

  // Rows are not "date, item, texts, timing", one below the other, nor columns.
  bool out_of_order() const {
    const std::size_t n = t_.rows.size();
    if (n < 2) return false;
    std::size_t turned = 0;
    for (std::size_t r = 0; r < n; ++r) {
      const PageRow& row = t_.rows[r];
      if (row.item < 0) continue;
      turned += row.item < row.date;
      // Another row stands between its date and its item.
      turned += r + 1 < n && row.item > t_.rows[r + 1].item && t_.rows[r + 1].item >= 0;
    }
    if (turned == 0) return false;
    // Items in one run below the dates: columns.
    bool run = t_.rows[0].date < t_.rows[0].item;
    for (std::size_t r = 1; r < n; ++r) run = run && t_.rows[r].item == t_.rows[r - 1].item + 1;
    return !run;
  }

  // The one row of a page has its item below its timing and all else.
  bool one_below() const {
    if (t_.rows.size() != 1 || t_.cells.empty()) return false;
    return at(t_.rows[0].item + 1) == t_.cells.size() &&
           std::any_of(t_.cells.begin(), t_.cells.end(),
                       [](const Cell& c) { return c.kind == CellKind::Timing; });
  }

  // An item with its before, after and timing right behind it.
  void find_blocks() {
    taken_.assign(t_.cells.size(), 0);
    for (PageRow& row : t_.rows) {
      if (row.item < 0) continue;
      std::vector<int> texts;
      int i = row.item + 1;
      for (; at(i) < t_.cells.size() && is_text(i) && !is_note(i); ++i) texts.push_back(i);
      if (texts.empty() || at(i) >= t_.cells.size() || cell(i).kind != CellKind::Timing) continue;
      const bool run = row.item > 0 && cell(row.item - 1).kind == CellKind::Item;
      if (run && texts.size() > 2) continue;  // some are the other item's
      if (!fill_block(row, texts) && !stands_whole(row, texts)) continue;
      row.timing = i;
      row.note.clear();
      for (++i; at(i) < t_.cells.size() && is_text(i) && cell(i).same_box; ++i)
        row.note.push_back(i);
      for (const int c : row.note) taken_[at(c)] = 1;
      for (const int c : texts) taken_[at(c)] = 1;
      taken_[at(row.timing)] = 1;
      row.whole = true;
    }
  }

  // Its date right before it as well: as it was read.
  static bool stands_whole(const PageRow& row, const std::vector<int>& texts) {
    if (row.date + 1 != row.item) return false;
    std::vector<int> cells = row.before;
    cells.insert(cells.end(), row.after.begin(), row.after.end());
    cells.insert(cells.end(), row.split.begin(), row.split.end());
    return cells == texts;
  }

  bool fill_block(PageRow& row, const std::vector<int>& texts) const {
    if (texts.size() == 1) {
      const bool line = cell(texts[0] + 1).same_line;  // its timing stands in its line
      const bool both = two_in_one(texts[0]);
      // A space in the line may part before and after.
      const bool one = cell(texts[0]).lines.front().find(' ') == std::string_view::npos;
      if (!both && !(line && one)) return false;
      row.before.clear();
      row.after.clear();
      row.split.clear();
      (both ? row.split : row.after) = texts;
      return true;
    }
    if (texts.size() == 2 && row.date + 1 == row.item && cell(texts[1] + 1).same_line) {
      row.before = {texts[0]};  // all behind one another, the after in line with the timing
      row.after = {texts[1]};
      row.split.clear();
      return true;
    }
    std::vector<RunBox> run;
    run.reserve(texts.size());
    for (const int c : texts) run.push_back({&cell(c), &k(c)});
    const FormItem* item = item_of(row);
    const std::vector<RunRow> shared = share_runs(run, std::span(&item, 1));
    if (shared.empty() || !shared[0].sure) return false;
    const auto cut = texts.begin() + shared[0].before.to;
    const std::vector<int> before(texts.begin(), cut), after(cut, texts.end());
    if (before.empty() || after.empty()) return false;
    const std::u32string b = joined(before), a = joined(after);
    const bool fit = fits(item, b) == Fit::Yes || fits(item, a) == Fit::Yes;
    if (!says_new(b) && !says_new(a) && !fit && versions(PairSet(b), PairSet(a)) < kVersions)
      return false;
    row.before = before;
    row.after = after;
    row.split.clear();
    return true;
  }

  // The timings that are left are all the same, or not told.
  void give_timings(const std::vector<PageRow*>& open) const {
    std::vector<int> left;
    for (std::size_t i = 0; i < t_.cells.size(); ++i) {
      if (t_.cells[i].kind == CellKind::Timing && !taken_[i]) left.push_back(static_cast<int>(i));
    }
    if (left.size() != open.size()) return;
    for (const int i : left) {
      if (k(i) != k(left.front())) return;
    }
    for (std::size_t s = 0; s < open.size(); ++s) open[s]->timing = left[s];
  }

  // So are the notes, of the rows in one piece too that have none.
  void give_notes() const {
    std::vector<PageRow*> without;
    for (PageRow& row : t_.rows) {
      if (row.note.empty()) without.push_back(&row);
    }
    std::vector<int> left;
    for (std::size_t i = 0; i < t_.cells.size(); ++i) {
      const int c = static_cast<int>(i);
      if (is_text(c) && is_note(c) && !taken_[i]) left.push_back(c);
    }
    if (left.size() != without.size()) return;
    for (const int i : left) {
      if (k(i) != k(left.front())) return;
    }
    for (std::size_t s = 0; s < left.size(); ++s) without[s]->note = {left[s]};
  }

  const std::set<std::u32string>& notes_;
  std::vector<char> taken_;  // cells of rows in one piece
};

}  // namespace

bool open_scrambled(PageRows& table, const std::set<std::u32string>& notes, bool awaited) {
  return Opener(table, notes).run(awaited);
}

}  // namespace pia::boxes
