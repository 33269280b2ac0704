// A page of the table is read in two steps. Dates and items give the rows: the n-th date belongs to
// the n-th item. The other cells, in the order of the text, are shared out by dynamic programming
// over (cell, row, column): a row takes before, after, timing and note in this order; blanks,
// cells of several boxes and one box with two cells cost something, likeness of before and after
// and the wording of notes count for it. Where timings stand in a run, the cells before it are
// columns: all befores, then all afters.

#include "indexer/boxes_page_table.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "dicts/japanese_date.h"
#include "indexer/boxes_column_runs.h"
#include "indexer/boxes_moved.h"
#include "indexer/boxes_revision_words.h"
#include "indexer/boxes_shape.h"
#include "indexer/boxes_text.h"
#include "indexer/revision_fit.h"

namespace pia::boxes {
namespace {

using View = std::u32string_view;

bool has(View k, View word) { return k.find(word) != View::npos; }

class PageTable {
 public:
  PageTable(std::vector<Cell> cells, const std::set<std::u32string>& notes, bool continued)
      : cells_(std::move(cells)), notes_(notes), continued_(continued) {
    for (Cell& cell : cells_) keys_.push_back(std::move(cell.key));
  }

  void run() {
    mend_items();
    find_rows();
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (cells_[i].kind == CellKind::Timing || cells_[i].kind == CellKind::Text)
        stream_.push_back(static_cast<int>(i));
    }
    if (!all_runs()) {
      move_home(stream_, rows_, cells_, keys_, notes_);
      take_note_runs();
    }
    cut_tail();
    if (!rows_.empty() && !columns()) {
      share_out();
      mend_late();
      for (PageRow& row : rows_) part_again(row);
    }
  }

  PageRows take() {
    return {std::move(rows_), std::move(tail_), {}, std::move(cells_), std::move(keys_)};
  }

 private:
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }

  // Where an item's first line was joined to its date, the rest of it is a box of its own: it goes
  // on with the chapter's name (Ⅱ 特定個人情報ファ / イルの概要 …) or, behind the name, with a
  // section.
  void mend_items() {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (cells_[i].kind != CellKind::Item) continue;
      const bool chapter = unfinished(keys_[i]), label = named_item(keys_[i]) == nullptr;
      for (std::size_t k = i + 1; k < cells_.size(); ++k) {
        if (cells_[k].kind == CellKind::Date || cells_[k].kind == CellKind::Item) break;
        if (cells_[k].kind != CellKind::Text) continue;
        const bool below = k == i + 1 && names_part(keys_[i], keys_[k]);
        if (!chapter && !label && !below) break;
        if (!(chapter && goes_on(keys_[i], keys_[k])) &&
            !(label && label_goes_on(keys_[i], keys_[k])) && !below)
          continue;
        cells_[i].lines.insert(cells_[i].lines.end(), cells_[k].lines.begin(),
                               cells_[k].lines.end());
        cells_[i].text = join_lines(cells_[i].lines);
        cells_[i].last_line = std::max(cells_[i].last_line, cells_[k].last_line);
        keys_[i] += keys_[k];
        cells_.erase(cells_.begin() + static_cast<std::ptrdiff_t>(k));
        keys_.erase(keys_.begin() + static_cast<std::ptrdiff_t>(k));
        break;
      }
    }
  }

  static bool unfinished(View item) {
    if (item.empty() || item[0] < 0x2160 || item[0] > 0x2169) return false;
    const auto names = chapter_names();
    return std::none_of(names.begin(), names.end(), [&](View c) {
      const std::size_t at = item.find(c);
      return at != View::npos && at + c.size() < item.size();
    });
  }

  static bool goes_on(const std::u32string& item, const std::u32string& next) {
    const std::u32string both = item + next;
    for (const View chapter : chapter_names()) {
      const std::size_t at = both.find(chapter);
      if (at == View::npos || at > item.size() || at > 2) continue;
      if (at + chapter.size() > item.size()) return true;
      return at + chapter.size() == item.size() && is_digit(next[0]) && next.size() > 1 &&
             (next[1] == '.' || is_digit(next[1]));
    }
    return false;
  }

  // Items by order; where there are more of them than dates, the item nearest behind a date wins.
  void find_rows() {
    std::vector<int> dates, items;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (cells_[i].kind == CellKind::Date) dates.push_back(static_cast<int>(i));
      if (cells_[i].kind == CellKind::Item) items.push_back(static_cast<int>(i));
    }
    if (items.size() > dates.size() && !dates.empty()) demote(items, items.size() - dates.size());
    // Every row has one timing; an item may not be known for one.
    const auto timings =
        static_cast<std::size_t>(std::count_if(cells_.begin(), cells_.end(), [](const Cell& cell) {
          return cell.kind == CellKind::Timing;
        }));
    const std::size_t rows = std::max(items.size(), timings);
    if (dates.size() > rows && rows > 0) demote_dates(dates, rows);
    for (std::size_t k = 0; k < dates.size(); ++k) {
      PageRow row;
      row.date = dates[k];
      if (items.size() == dates.size()) row.item = items[k];
      rows_.push_back(row);
    }
    if (items.size() < dates.size()) give_items(items);
    if (items.size() == dates.size()) mend_pairs(items);
  }

  // Where every item but one stands right behind a date, the one belongs to the date that is left:
  // not in the order of the text.
  void mend_pairs(const std::vector<int>& items) {
    PageRow* left = nullptr;
    std::vector<int> own;
    for (PageRow& row : rows_) {
      const int next = row.date + 1;
      if (at(next) < cells_.size() && cells_[at(next)].kind == CellKind::Item) {
        own.push_back(next);
        continue;
      }
      // Two dates in a row are columns, or the first has its item elsewhere: that is order's.
      if (left != nullptr || (at(next) < cells_.size() && cells_[at(next)].kind == CellKind::Date))
        return;
      left = &row;
    }
    if (left == nullptr) return;
    for (PageRow& row : rows_) {
      if (&row != left) row.item = row.date + 1;
    }
    for (const int item : items) {
      if (std::find(own.begin(), own.end(), item) == own.end()) left->item = item;
    }
  }

  // Texts that merely begin like an item (別添１参照, Ⅱ－５－１…) are cells.
  void demote(std::vector<int>& items, std::size_t count) {
    std::vector<std::pair<double, int>> order;
    for (const int i : items) {
      const View k = keys_[at(i)];
      const bool after_date = i > 0 && cells_[at(i - 1)].kind == CellKind::Date;
      const bool roman = k[0] >= 0x2160 && k[0] <= 0x2169;
      order.emplace_back((after_date ? 2.0 : 0.0) + (roman ? 1.0 : 0.0) + (has(k, U"(") ? 0.3 : 0),
                         i);
    }
    std::sort(order.begin(), order.end());
    for (std::size_t n = 0; n < count; ++n) {
      cells_[at(order[n].second)].kind = CellKind::Text;
      std::erase(items, order[n].second);
    }
  }

  // Dates that are values (①実施日: 平成26年4月1日 → 令和2年1月16日). Which dates begin a row is
  // chosen at once for the page: `count` of them that look most like it, going up if they can.
  void demote_dates(std::vector<int>& dates, std::size_t count) {
    std::vector<double> score;
    std::vector<std::string> day;
    for (const int i : dates) {
      score.push_back(row_score(dates, i));
      const auto parsed = parse_date(to_utf8(keys_[at(i)]));
      day.push_back(parsed ? parsed->iso() : std::string());
    }
    constexpr double kBackwards = 1.0;
    const std::size_t m = dates.size();
    // best[n][k]: n + 1 rows, the last of them begun by date k.
    std::vector<std::vector<double>> best(count, std::vector<double>(m, -1e9));
    std::vector<std::vector<std::size_t>> from(count, std::vector<std::size_t>(m, 0));
    for (std::size_t n = 0; n < count; ++n) {
      for (std::size_t k = n; k < m; ++k) {
        if (n == 0) best[n][k] = score[k];
        for (std::size_t before = 0; n > 0 && before < k; ++before) {
          const double total =
              best[n - 1][before] + score[k] - (day[k] < day[before] ? kBackwards : 0);
          if (total > best[n][k]) best[n][k] = total, from[n][k] = before;
        }
      }
    }
    std::vector<int> kept;
    auto k = static_cast<std::size_t>(
        std::max_element(best[count - 1].begin(), best[count - 1].end()) - best[count - 1].begin());
    for (std::size_t n = count; n-- > 0; k = from[n][k]) kept.insert(kept.begin(), dates[k]);
    for (const int i : dates) {
      if (std::find(kept.begin(), kept.end(), i) == kept.end()) cells_[at(i)].kind = CellKind::Text;
    }
    dates = kept;
  }

  // How much a date looks like the first cell of a row, and not like a value.
  double row_score(const std::vector<int>& dates, int i) const {
    const auto kind = [&](int k) {
      return k >= 0 && at(k) < cells_.size() ? cells_[at(k)].kind : CellKind::Text;
    };
    double score = 0;
    if (kind(i + 1) == CellKind::Item) score += 3;
    for (const int other : dates) {  // rows of one day share their date; values rarely do
      if (other != i && keys_[at(other)] == keys_[at(i)]) {
        score += 1.5;
        break;
      }
    }
    if (kind(i - 1) == CellKind::Item && asks_date(keys_[at(i - 1)])) score -= 2;
    if (kind(i + 1) == CellKind::Timing) score -= 0.5;
    if (kind(i - 1) == CellKind::Date && kind(i + 1) != CellKind::Date) score -= 0.5;
    return score;
  }

  static bool asks_date(View item) {
    return has(item, U"実施日") || has(item, U"開始日") || has(item, U"公表日") ||
           has(item, U"時点") || has(item, U"期日") || has(item, U"提出日") || has(item, U"期間");
  }

  // Fewer items than dates: each item goes to the date that stands nearest before it.
  void give_items(const std::vector<int>& items) {
    for (const int item : items) {
      PageRow* best = nullptr;
      for (PageRow& row : rows_) {
        if (row.item >= 0) continue;
        if (best == nullptr || row.date < item) best = &row;
      }
      if (best != nullptr) best->item = item;
    }
  }

  // The column of notes may come as a run above or below all other cells. Where every row has one,
  // they go to the rows in order; else whose they are is not told.
  void take_note_runs() {
    if (rows_.size() < 2) return;
    const auto is_note = [&](int i) { return !timing(i) && known_note(i); };
    std::size_t above = 0, below = 0;
    while (above < stream_.size() && is_note(stream_[above]) && stream_[above] < rows_[0].date)
      ++above;
    while (above + below < stream_.size() && is_note(stream_[stream_.size() - 1 - below])) ++below;
    if (below < 2) below = 0;
    std::vector<int> run(stream_.begin(), stream_.begin() + static_cast<std::ptrdiff_t>(above));
    run.insert(run.end(), stream_.end() - static_cast<std::ptrdiff_t>(below), stream_.end());
    stream_.erase(stream_.end() - static_cast<std::ptrdiff_t>(below), stream_.end());
    stream_.erase(stream_.begin(), stream_.begin() + static_cast<std::ptrdiff_t>(above));
    if (run.size() != rows_.size()) return;
    for (std::size_t i = 0; i < run.size(); ++i) rows_[i].note = {run[i]};
  }

  // What stands above the first date or item goes on from the page before.
  void cut_tail() {
    int first = static_cast<int>(cells_.size());
    for (const PageRow& row : rows_) {
      first = std::min(first, row.date);
      if (row.item >= 0) first = std::min(first, row.item);
    }
    if (rows_.empty()) {
      tail_ = stream_;
      stream_.clear();
      return;
    }
    std::vector<int> above;
    for (const int i : stream_) {
      if (i < first) above.push_back(i);
    }
    above_ = above.size();
  }

  bool timing(int i) const { return cells_[at(i)].kind == CellKind::Timing; }

  bool known_note(int i) const { return notes_.count(keys_[at(i)]) != 0; }

  double as_note(int i) const {
    const Cell& cell = cells_[at(i)];
    double cost = known_note(i) ? -1.2 : 0.8 - 1.6 * note_likeness(keys_[at(i)]);
    if (is_choice(keys_[at(i)])) cost += 2;
    if (cell.same_box && i > 0 && timing(i - 1)) cost -= 2;
    return cost;
  }

  double as_value(int i) const {
    const Cell& cell = cells_[at(i)];
    double cost = known_note(i) ? 1.6 : 0.5 * note_likeness(keys_[at(i)]);
    if (cell.lines.size() <= 2 && echo(keys_[at(i)], 6) > 0)
      cost += 1.1;  // two cells in one, see split_cost
    if (cell.same_box && i > 0 && timing(i - 1)) cost += 2.5;
    return cost;
  }

  // Of an item that is answered by a choice or a date: what its cells may be.
  double fit_cost(const FormItem* item, int cell) const {
    switch (fits(item, keys_[at(cell)])) {
      case Fit::No:
        return 1.5;
      case Fit::Yes:
        return -0.4;
      case Fit::Unknown:
        break;
    }
    return 0;
  }

  // Dates, items and timings each in a run: so are the other columns.
  bool all_runs() const {
    if (rows_.size() < 2 || above_ > 0) return false;
    int changes = 0;
    for (std::size_t i = 1; i < cells_.size(); ++i) {
      changes += cells_[i].kind != cells_[i - 1].kind &&
                 (cells_[i].kind != CellKind::Text || cells_[i - 1].kind != CellKind::Text);
    }
    // dates | items | texts | timings | notes
    return changes <= 4 && cells_[0].kind == CellKind::Date &&
           cells_[rows_.size()].kind == CellKind::Item;
  }

  bool column_runs() {
    const std::size_t n = rows_.size();
    std::size_t texts = 0;
    while (texts < stream_.size() && !timing(stream_[texts])) ++texts;
    std::size_t end = texts;
    while (end < stream_.size() && timing(stream_[end])) ++end;
    if (end - texts != n) return false;
    std::vector<RunBox> run;
    for (std::size_t i = 0; i < texts; ++i)
      run.push_back({&cells_[at(stream_[i])], &keys_[at(stream_[i])]});
    std::vector<const FormItem*> items;
    for (const PageRow& row : rows_)
      items.push_back(row.item < 0 ? nullptr : named_item(keys_[at(row.item)]));
    const std::vector<RunRow> shared = share_runs(run, items);
    if (shared.size() != n) return false;
    for (std::size_t k = 0; k < n; ++k) {
      PageRow& row = rows_[k];
      row.timing = stream_[texts + k];
      row.unsure = !shared[k].sure;
      if (row.unsure) continue;
      for (int i = shared[k].before.from; i < shared[k].before.to; ++i)
        row.before.push_back(stream_[at(i)]);
      for (int i = shared[k].after.from; i < shared[k].after.to; ++i)
        row.after.push_back(stream_[at(i)]);
    }
    if (stream_.size() - end == n) {
      for (std::size_t k = 0; k < n; ++k) rows_[k].note = {stream_[end + k]};
      turn_columns(rows_, keys_);
    }
    return true;
  }

  // n timings in a run with 2n cells before it: columns.
  bool columns() {
    if (all_runs() && column_runs()) return true;
    std::size_t i = 0, row = 0;
    const std::vector<PageRow> saved = rows_;
    while (i < stream_.size() && row < rows_.size()) {
      std::size_t texts = i;
      while (texts < stream_.size() && !timing(stream_[texts])) ++texts;
      std::size_t end = texts;
      while (end < stream_.size() && timing(stream_[end])) ++end;
      const std::size_t n = end - texts;
      if (n < 2 || texts - i != 2 * n || row + n > rows_.size()) return rows_ = saved, false;
      const bool by_column = columns_cost(i, n, true) <= columns_cost(i, n, false);
      for (std::size_t k = 0; k < n; ++k) {
        rows_[row + k].before = {stream_[by_column ? i + k : i + 2 * k]};
        rows_[row + k].after = {stream_[by_column ? i + n + k : i + 2 * k + 1]};
        rows_[row + k].timing = stream_[texts + k];
      }
      i = end;
      std::vector<int> notes;
      while (i < stream_.size() && !timing(stream_[i]) && notes.size() < n &&
             as_note(stream_[i]) < 0.3)
        notes.push_back(stream_[i++]);
      if (notes.size() == n) {
        for (std::size_t k = 0; k < n; ++k) rows_[row + k].note = {notes[k]};
      }
      row += n;
    }
    if (row == rows_.size()) return true;
    rows_ = saved;
    return false;
  }

  double columns_cost(std::size_t first, std::size_t n, bool by_column) const {
    double cost = 0;
    for (std::size_t k = 0; k < n; ++k) {
      const int b = stream_[by_column ? first + k : first + 2 * k];
      const int a = stream_[by_column ? first + n + k : first + 2 * k + 1];
      cost -= likeness(keys_[at(a)], keys_[at(b)]) + (says_new(keys_[at(b)]) ? 0.5 : 0) -
              (says_new(keys_[at(a)]) ? 0.3 : 0);
    }
    return cost;
  }

  // ---- rows by dynamic programming

  enum Step : std::uint8_t {
    None,
    NextRow,
    TakeBefore,
    TakeAfter,
    TakeSplit,
    TakeSplitTwo,
    TakeTiming,
    TakeNote,
    SkipBefore,
    SkipAfter,
    SkipTiming,
    TakeRest
  };
  struct State {
    double cost = 1e9;
    Step step = None;
    int from = -1;
  };

  // Stages of a row: before (none, some, done), after (some, done), timing done, note; and the same
  // again for a row whose after, or before and after, are still out: tall cells come behind timing
  // and note.
  enum Stage : int {
    Start,
    InBefore,
    BeforeDone,
    InAfter,
    AfterDone,
    TimingDone,
    InNote,
    AfterOut,
    TimingOut,
    NoteOut,
    LateAfter,
    BothOut,
    BothTimingOut,
    BothNoteOut,
    LateBefore,
    StageCount
  };

  void share_out() {
    const int n = static_cast<int>(stream_.size()), r = static_cast<int>(rows_.size());
    const auto index = [&](int i, int row, int stage) {
      return (i * r + row) * StageCount + stage;
    };
    std::vector<State> dp(static_cast<std::size_t>((n + 1) * r * StageCount));
    dp[0].cost = 0;
    struct Costs {
      double value, note, more, pair, split, split_two;
    };
    std::vector<Costs> costs;
    for (int i = 0; i < n; ++i) {
      const int cell = stream_[at(i)];
      if (timing(cell)) {
        costs.push_back({});
        continue;
      }
      const bool two = i + 1 < n && !timing(stream_[at(i + 1)]);
      costs.push_back({as_value(cell), as_note(cell), more_cost(i), pair_bonus(i), split_cost(cell),
                       two ? split_two_cost(cell, stream_[at(i + 1)]) : 1e6});
    }
    std::vector<const FormItem*> named;
    for (const PageRow& row : rows_)
      named.push_back(row.item < 0 ? nullptr : named_item(keys_[at(row.item)]));
    // Cells above the first row may be the rest of the last row of the page before.
    for (std::size_t t = 0; t < above_; ++t) {
      const double rest = timing(stream_[t]) ? 0.2 : starts_lower(stream_[t]) ? 0.0 : 0.5;
      const double total =
          dp[at(index(static_cast<int>(t), 0, 0))].cost + rest + (continued_ ? 0 : 4);
      dp[at(index(static_cast<int>(t) + 1, 0, 0))] = {total, TakeRest,
                                                      index(static_cast<int>(t), 0, 0)};
    }
    const auto go = [&](int from, int to, double cost, Step step) {
      const double total = dp[at(from)].cost + cost;
      if (total < dp[at(to)].cost - 1e-12) dp[at(to)] = {total, step, from};
    };
    for (int i = 0; i <= n; ++i) {
      for (int row = 0; row < r; ++row) {
        std::optional<double> as_value_of_row;  // the same for all stages, and dear
        for (int stage = 0; stage < StageCount; ++stage) {
          const int here = index(i, row, stage);
          if (dp[at(here)].cost > 1e8) continue;
          const auto move = [&](int to, double cost, Step step) {
            go(here, index(i, row, to), cost, step);
          };
          if (stage <= InBefore) move(BeforeDone, stage == Start ? 1.0 : 0.0, SkipBefore);
          if (stage == InAfter) move(AfterDone, 0, SkipAfter);
          if (stage == BeforeDone) move(AfterOut, 0.6, SkipAfter);
          if (stage == AfterDone) move(TimingDone, 1.2, SkipTiming);
          if (stage == AfterOut) move(TimingOut, 1.2, SkipTiming);
          if (stage == Start) move(BothOut, 0.8, SkipBefore);
          if (row + 1 < r) {
            const double blank = stage == TimingOut || stage == NoteOut ? 0.7 : 0.0;
            const bool done = stage == TimingDone || stage == InNote ||
                              (stage >= TimingOut && stage <= LateAfter);
            if (done) go(here, index(i, row + 1, Start), blank, NextRow);
          }
          if (i == n) continue;
          const int cell = stream_[at(i)];
          const auto take = [&](int to, double cost, Step step) {
            go(here, index(i + 1, row, to), cost, step);
          };
          if (timing(cell)) {
            if (stage == AfterDone) take(TimingDone, 0, TakeTiming);
            if (stage == AfterOut) take(TimingOut, 0, TakeTiming);
            if (stage == BothOut) take(BothTimingOut, 0, TakeTiming);
            continue;
          }
          const double order = rows_[at(row)].item > cell ? 0.5 : 0;  // above its own item
          const Costs& c = costs[at(i)];
          if (!as_value_of_row) as_value_of_row = c.value + fit_cost(named[at(row)], cell);
          const double value = *as_value_of_row;
          if (stage == Start) take(InBefore, value + order, TakeBefore);
          if (stage == InBefore) take(InBefore, value + c.more, TakeBefore);
          if (stage == BeforeDone) take(InAfter, value + order - c.pair, TakeAfter);
          if (stage == InAfter) take(InAfter, value + c.more, TakeAfter);
          if (stage == Start) take(AfterDone, c.split, TakeSplit);
          if (stage == Start && i + 1 < n && !timing(stream_[at(i + 1)])) {
            go(here, index(i + 2, row, AfterDone), c.split_two, TakeSplitTwo);
          }
          if (stage == TimingDone) take(InNote, c.note, TakeNote);
          if (stage == InNote) take(InNote, c.note + 1.2, TakeNote);
          if (stage == TimingOut) take(NoteOut, c.note, TakeNote);
          if (stage == TimingOut || stage == NoteOut) take(LateAfter, value + 0.3, TakeAfter);
          if (stage == LateAfter) take(LateAfter, value + c.more, TakeAfter);
          if (stage == BothTimingOut) take(BothNoteOut, c.note, TakeNote);
          if (stage == BothTimingOut || stage == BothNoteOut)
            take(LateBefore, value + 0.3, TakeBefore);
          if (stage == BothTimingOut || stage == BothNoteOut)
            take(LateAfter, c.split + 0.3, TakeSplit);
          if (stage == LateBefore) take(LateBefore, value + c.more, TakeBefore);
          if (stage == LateBefore) take(LateAfter, value + 0.3 - c.pair, TakeAfter);
        }
      }
    }
    int best = -1;
    for (const int stage : {TimingDone, InNote, TimingOut, NoteOut, LateAfter}) {
      const int end = index(n, r - 1, stage);
      if (stage == TimingOut || stage == NoteOut) dp[at(end)].cost += 0.7;  // after is blank
      if (dp[at(end)].cost < 1e8 && (best < 0 || dp[at(end)].cost < dp[at(best)].cost)) best = end;
    }
    if (best < 0) return;  // more timings than rows: the cells stay unassigned
    for (int state = best; dp[at(state)].from >= 0; state = dp[at(state)].from) {
      const int from = dp[at(state)].from;
      const int i = from / (r * StageCount), row = from / StageCount % r;
      if (dp[at(state)].step == TakeRest) {
        tail_.insert(tail_.begin(), stream_[at(i)]);
      } else {
        take(rows_[at(row)], dp[at(state)].step, i);
      }
    }
  }

  // A low cell comes before a tall one of its row: a filler behind the timing is the before.
  void mend_late() {
    for (PageRow& row : rows_) {
      if (row.after.size() != 1 || row.before.empty() || row.timing < 0 ||
          row.after.front() < row.timing)
        continue;
      if (row.before.front() > row.timing || !says_new(keys_[at(row.after.front())])) continue;
      std::swap(row.before, row.after);
    }
  }

  // Before and after of several boxes, one behind the other: where the after begins is told by how
  // alike they are, not box by box.
  void part_again(PageRow& row) {
    if (row.before.empty() || row.after.empty() || row.before.size() + row.after.size() < 3) return;
    std::vector<int> cells = row.before;
    cells.insert(cells.end(), row.after.begin(), row.after.end());
    for (std::size_t i = 1; i < cells.size(); ++i) {
      if (cells[i] != cells[i - 1] + 1) return;
    }
    std::vector<RunBox> run;
    for (const int i : cells) run.push_back({&cells_[at(i)], &keys_[at(i)]});
    const FormItem* item = row.item < 0 ? nullptr : named_item(keys_[at(row.item)]);
    const std::vector<RunRow> shared = share_runs(run, std::span(&item, 1));
    if (shared.empty()) return;
    const auto cut = cells.begin() + shared[0].before.to;
    row.before.assign(cells.begin(), cut);
    row.after.assign(cut, cells.end());
    row.unsure = !shared[0].sure;
    if (row.unsure) row.before.clear(), row.after.clear();
  }

  // Begins like the middle of a sentence.
  bool starts_lower(int cell) const {
    return !starts_with_mark(cells_[at(cell)].lines.front()) && keys_[at(cell)].size() > 8;
  }

  void take(PageRow& row, Step step, int i) const {
    if (i >= static_cast<int>(stream_.size())) return;
    const int cell = stream_[at(i)];
    switch (step) {
      case TakeBefore:
        row.before.insert(row.before.begin(), cell);
        return;
      case TakeAfter:
        row.after.insert(row.after.begin(), cell);
        return;
      case TakeNote:
        row.note.insert(row.note.begin(), cell);
        return;
      case TakeSplit:
        row.split = {cell};
        return;
      case TakeSplitTwo:
        row.split = {cell, stream_[at(i + 1)]};
        return;
      case TakeTiming:
        row.timing = cell;
        return;
      case None:
      case NextRow:
      case SkipBefore:
      case SkipAfter:
      case SkipTiming:
      case TakeRest:
        return;
    }
  }

  // A further box of the same cell: cheap for what opens with a mark.
  double more_cost(int i) const {
    const Cell& cell = cells_[at(stream_[at(i)])];
    return starts_with_mark(cell.lines.front()) ? 0.9 : 1.3;
  }

  double pair_bonus(int i) const {
    if (i == 0 || timing(stream_[at(i - 1)])) return 0;
    const View before = keys_[at(stream_[at(i - 1)])], after = keys_[at(stream_[at(i)])];
    return 0.8 * likeness(before, after) + (says_new(before) ? 0.6 : 0);
  }

  // One box with before and after: "発生なし 発生あり", or 右記を追加 in the line above.
  double split_cost(int cell) const {
    const Cell& c = cells_[at(cell)];
    if (c.lines.size() == 1) {
      if (echo(keys_[at(cell)]) > 0) return 0.8;
      const std::string_view text = trim(c.lines.front());
      const std::size_t space = text.find(' ');
      if (space == std::string_view::npos) return 50;
      return text.find(' ', space + 1) == std::string_view::npos ? 0.9 : 1.8;
    }
    if (versions_in_one(c.lines) > 0) return 0.6;
    return says_new(key(c.lines.front())) ? 0.3 : echo(keys_[at(cell)]) > 0 ? 1.0 : 3.0;
  }

  // The same over two boxes, when a line runs on from one column into the next.
  double split_two_cost(int first, int second) const {
    if (cells_[at(first)].lines.size() > 2) return 50;
    return echo(keys_[at(first)] + keys_[at(second)]) > 0 ? 0.9 : 50;
  }

  std::vector<Cell> cells_;
  const std::set<std::u32string>& notes_;
  bool continued_;         // there are rows on the pages before
  std::size_t above_ = 0;  // cells of the stream above the first date or item
  std::vector<std::u32string> keys_;
  std::vector<PageRow> rows_;
  std::vector<int> stream_, tail_;
};

}  // namespace

PageRows rows_of_page(std::vector<Cell> cells, const std::set<std::u32string>& notes,
                      bool continued) {
  PageTable table(std::move(cells), notes, continued);
  table.run();
  return table.take();
}

}  // namespace pia::boxes
