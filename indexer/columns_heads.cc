// The heads tell how many columns there are and roughly where; where each begins is where most of
// its lines begin.

#include "indexer/columns_heads.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

#include "indexer/values.h"

namespace pia::columns {
namespace {

constexpr std::string_view kTimingHead = "提出時期", kNoteHead = "提出時期に係る説明";

bool begins(const Word& word, std::string_view head) { return word.text.starts_with(head); }

bool has_word(const Line& line, std::string_view head) {
  return std::any_of(line.words.begin(), line.words.end(),
                     [&](const Word& word) { return begins(word, head); });
}

// "提出時", "期", "る説明": what narrow columns leave of the last heads on a line.
bool part_of_heads(const Word& word) {
  for (const std::string_view head : {std::string_view("変更日"), std::string_view("変更年月日"),
                                      std::string_view("項目"), std::string_view("変更前の記載"),
                                      std::string_view("変更後の記載"), kTimingHead, kNoteHead}) {
    if (head.find(word.text) != std::string_view::npos) return true;
  }
  return false;
}

std::optional<Head> head_of(const Word& word) {
  if (begins(word, "変更日") || begins(word, "変更年月日")) return kDate;
  if (begins(word, "項目")) return kItem;
  if (begins(word, "変更前")) return kBefore;
  if (begins(word, "変更後")) return kAfter;
  return std::nullopt;
}

void extend(HeadCell& cell, const Word& word, const Line& line) {
  cell.begin = cell.present ? std::min(cell.begin, word.begin) : word.begin;
  cell.end = cell.present ? std::max(cell.end, word.end) : word.end;
  if (cell.present) cell.text += '\n';
  cell.text += word.text;
  cell.place = join(cell.place, place_at(line));
  cell.present = true;
}

}  // namespace

bool main_heads(const Line& line) { return has_word(line, "変更前") && has_word(line, "変更後"); }

Place place_at(const Line& line) {
  Place place;
  place.first_line = place.last_line = line.number;
  return place;
}

bool only_heads(const Line& line) {
  return !line.words.empty() && std::all_of(line.words.begin(), line.words.end(), part_of_heads);
}

void head_lines(const std::vector<Line>& lines, std::size_t at, std::size_t& from,
                std::size_t& to) {
  from = at;
  to = at + 1;
  while (from > 0 && at - from < 2 && lines[from - 1].page == lines[at].page &&
         only_heads(lines[from - 1]))
    --from;
  while (to < lines.size() && to - at < 4 && lines[to].page == lines[at].page &&
         only_heads(lines[to]))
    ++to;
}

Heads read_heads(const std::vector<Line>& lines, std::size_t from, std::size_t to) {
  Heads heads;
  for (std::size_t i = from; i < to; ++i) {
    for (const Word& word : lines[i].words) {
      if (const auto head = head_of(word)) extend(heads[*head], word, lines[i]);
    }
  }
  // The last two begin alike; what is left of them on further lines goes to the nearer one.
  for (std::size_t i = from; i < to; ++i) {
    for (const Word& word : lines[i].words) {
      if (head_of(word) || (heads[kAfter].present && word.begin < heads[kAfter].end)) continue;
      if (!heads[kTiming].present) {
        extend(heads[kTiming], word, lines[i]);
      } else if (word.begin >= heads[kTiming].end && !heads[kNote].present) {
        extend(heads[kNote], word, lines[i]);
      } else {
        const bool note = heads[kNote].present && word.end > heads[kNote].begin;
        extend(heads[note ? kNote : kTiming], word, lines[i]);
      }
    }
  }
  return heads;
}

Starts column_starts(const std::vector<Line>& lines, std::size_t from, std::size_t to,
                     const Heads& heads) {
  Starts start{};
  int left = -1;  // the middle of the head before
  for (std::size_t k = 0; k < kHeads; ++k) {
    start[k] = kNowhere;
    if (!heads[k].present) continue;
    // Votes: a word behind a wide gap knows its column, one behind a space may have been pushed.
    std::map<int, int> votes;
    for (std::size_t i = from; i < to; ++i) {
      for (const Word& word : lines[i].words) {
        if (word.begin > left && word.begin <= heads[k].begin + 1)
          votes[word.begin] += word.apart ? 2 : 1;
      }
    }
    int best = heads[k].begin, most = 0;
    for (const auto& [at, own] : votes) {
      int count = 0;
      for (auto near = votes.find(at); near != votes.end() && near->first <= at + 2; ++near)
        count += near->second;
      if (count >= most) {  // the rightmost of equals: further left may be the column before
        most = count;
        best = at;
      }
    }
    start[k] = k == 0 ? 0 : std::min(best, heads[k].begin);
    left = (heads[k].begin + heads[k].end) / 2;
  }
  return start;
}

}  // namespace pia::columns
