#include "indexer/boxes_moved.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>

#include "dicts/japanese_date.h"
#include "indexer/boxes_text.h"

namespace pia::boxes {
namespace {

using View = std::u32string_view;

std::size_t at(int i) { return static_cast<std::size_t>(i); }

template <typename Do>
void each_pair(View k, Do pair) {
  for (std::size_t i = 1; i < k.size(); ++i) pair(std::uint64_t{k[i - 1]} << 32 | k[i]);
}

// How well each note suits each row: the pairs of characters that it has in common with the item,
// of which those count little that many items have.
std::vector<std::vector<double>> note_fits(const std::vector<PageRow>& rows,
                                           const std::vector<std::u32string>& keys) {
  std::unordered_map<std::uint64_t, std::uint64_t> of;  // the rows whose items have a pair
  for (std::size_t r = 0; r < rows.size(); ++r) {
    each_pair(keys[at(rows[r].item)],
              [&](std::uint64_t pair) { of[pair] |= std::uint64_t{1} << r; });
  }
  std::vector<std::vector<double>> out(rows.size(), std::vector<double>(rows.size(), 0));
  for (std::size_t n = 0; n < rows.size(); ++n) {
    each_pair(keys[at(rows[n].note.front())], [&](std::uint64_t pair) {
      const auto found = of.find(pair);
      if (found == of.end()) return;
      double known = 0;
      for (std::size_t r = 0; r < rows.size(); ++r)
        known += static_cast<double>(found->second >> r & 1U);
      for (std::size_t r = 0; r < rows.size(); ++r) {
        if ((found->second >> r & 1U) != 0) out[n][r] += 1 / known;
      }
    });
  }
  return out;
}

// By how many rows the notes are to go down; 0 if they stay, or if that is not clear.
std::size_t note_turn(const std::vector<PageRow>& rows, const std::vector<std::u32string>& keys) {
  constexpr double kMore = 2.5, kTimes = 1.75, kMargin = 1;
  const std::size_t n = rows.size();
  const auto fits = note_fits(rows, keys);
  std::vector<double> sums(n, 0);
  for (std::size_t turn = 0; turn < n; ++turn) {
    for (std::size_t r = 0; r < n; ++r) sums[turn] += fits[r][(r + turn) % n];
  }
  const auto best =
      static_cast<std::size_t>(std::max_element(sums.begin(), sums.end()) - sums.begin());
  if (sums[best] < kTimes * sums[0] + kMore) return 0;
  for (std::size_t turn = 0; turn < n; ++turn) {
    if (turn != best && sums[turn] > sums[best] - kMargin) return 0;
  }
  return best;
}

// Where an item stands in the form, chapter by chapter; the attachments stand behind theirs.
int chapter(View item) {
  if (item.starts_with(U"(別添")) return item.size() > 3 && item[3] == '1' ? 15 : 25;
  if (item[0] >= 0x2160 && item[0] <= 0x2169) return 10 * static_cast<int>(item[0] - 0x2160 + 1);
  std::size_t end = 0;
  while (end < item.size() && (item[end] == 'I' || item[end] == 'V')) ++end;
  const View numeral = item.substr(0, end);
  int number = 0;
  for (const View name : {U"I", U"II", U"III", U"IV", U"V", U"VI"}) {
    ++number;
    if (numeral == name) return 10 * number;
  }
  return 0;
}

struct Day {
  int cell;
  std::string iso;
};

// A table goes up by date and, within one, by chapter: how often it does not.
int breaks(const std::vector<PageRow>& rows, const std::vector<Day>& days,
           const std::vector<std::u32string>& keys) {
  int count = 0;
  for (std::size_t r = 1; r < rows.size(); ++r) {
    if (days[r].iso != days[r - 1].iso) {
      count += days[r].iso < days[r - 1].iso;
    } else {
      count += chapter(keys[at(rows[r].item)]) < chapter(keys[at(rows[r - 1].item)]);
    }
  }
  return count;
}

void turn_dates(std::vector<PageRow>& rows, const std::vector<std::u32string>& keys) {
  std::vector<Day> days;
  for (const PageRow& row : rows) {
    const auto date = parse_date(to_utf8(keys[at(row.date)]));
    if (!date) return;
    days.push_back({row.date, date->iso()});
  }
  const auto later = [](const Day& a, const Day& b) { return a.iso > b.iso; };
  const auto descent = std::adjacent_find(days.begin(), days.end(), later);
  if (descent == days.end()) return;
  std::vector<Day> turned(descent + 1, days.end());
  turned.insert(turned.end(), days.begin(), descent + 1);
  const bool up = std::adjacent_find(turned.begin(), turned.end(), later) == turned.end();
  const bool clear = up && breaks(rows, turned, keys) + 2 <= breaks(rows, days, keys);
  for (std::size_t r = 0; r < rows.size(); ++r) rows[r].date = clear ? turned[r].cell : -1;
}

}  // namespace

void turn_columns(std::vector<PageRow>& rows, const std::vector<std::u32string>& keys) {
  constexpr std::size_t kBits = 64;
  if (rows.size() < 3 || rows.size() > kBits) return;
  bool same = true;
  for (const PageRow& row : rows) {
    if (row.item < 0 || row.note.size() != 1 || keys[at(row.item)].empty()) return;
    same = same && keys[at(row.note.front())] == keys[at(rows.front().note.front())];
  }
  if (same) return;
  const std::size_t turn = note_turn(rows, keys);
  if (turn == 0) return;
  std::vector<int> notes;
  notes.reserve(rows.size());
  for (const PageRow& row : rows) notes.push_back(row.note.front());
  for (std::size_t r = 0; r < rows.size(); ++r) rows[(r + turn) % rows.size()].note = {notes[r]};
  turn_dates(rows, keys);
}

void move_home(std::vector<int>& stream, const std::vector<PageRow>& rows,
               const std::vector<Cell>& cells, const std::vector<std::u32string>& keys,
               const std::set<std::u32string>& notes) {
  const auto is_note = [&](int i) {
    return cells[at(i)].kind == CellKind::Text &&
           (cells[at(i)].same_box || notes.count(keys[at(i)]) != 0);
  };
  int orphan = -1, orphan_end = -1, orphan_row = -1, needy_end = -1;
  bool orphan_texts = false, needy_texts = false;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (rows[r].item != rows[r].date + 1) return;
    const int end = r + 1 < rows.size() ? rows[r + 1].date : static_cast<int>(cells.size());
    int i = rows[r].item + 1;
    const bool texts = i < end && cells[at(i)].kind == CellKind::Text;
    while (i < end && cells[at(i)].kind == CellKind::Text) ++i;
    if (i == end) {  // no timing
      if (needy_end >= 0) return;
      needy_end = end;
      needy_texts = texts;
      continue;
    }
    for (++i; i < end && is_note(i);) ++i;
    if (i == end) continue;
    if (orphan >= 0) return;
    orphan = i;
    orphan_row = static_cast<int>(r);
    orphan_texts = cells[at(i)].kind == CellKind::Text;
    while (i < end && cells[at(i)].kind == CellKind::Text) ++i;
    if (i == end) return;  // texts below their row's timing: a tall cell
    for (++i; i < end && is_note(i);) ++i;
    if (i != end) return;
    orphan_end = end;
  }
  if (orphan < 0 || needy_end < 0 || orphan_texts == needy_texts) return;
  // Two rows' heads and then the cells of both: as they stand.
  if (needy_end == rows[at(orphan_row)].date) return;
  const auto place = [&](int cell) {
    return std::lower_bound(stream.begin(), stream.end(), cell);  // still in order
  };
  const auto from = place(orphan), to = place(orphan_end), home = place(needy_end);
  if (home >= to) {
    std::rotate(from, to, home);
  } else {
    std::rotate(home, from, to);
  }
}

}  // namespace pia::boxes
