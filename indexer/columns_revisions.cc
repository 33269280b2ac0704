// The heads tell how many columns there are and roughly where; where each begins is where most of
// its lines begin. A line gives each column a piece; a date (and 事後 or 事前 beside it) is one
// row; which row the lines between two dates belong to is decided for all rows together: each
// cell's lines stand around the middle of their row (or hang from its top), and an item begins with
// a chapter.

#include "indexer/columns_revisions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include "dicts/japanese_date.h"
#include "indexer/form.h"
#include "indexer/utf8.h"
#include "indexer/values.h"

namespace pia::columns {
namespace {

enum Head : std::size_t { kDate, kItem, kBefore, kAfter, kTiming, kNote, kHeads };

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

bool main_heads(const Line& line) { return has_word(line, "変更前") && has_word(line, "変更後"); }

struct HeadCell {
  bool present = false;
  int begin = 0, end = 0;
  std::string text;
  Place place;
};

using Heads = std::array<HeadCell, kHeads>;
using Starts = std::array<int, kHeads>;

constexpr int kNowhere = std::numeric_limits<int>::max();  // a column that the table lacks

Place place_at(const Line& line) {
  Place place;
  place.first_line = place.last_line = line.number;
  return place;
}

bool only_heads(const Line& line) {
  return !line.words.empty() && std::all_of(line.words.begin(), line.words.end(), part_of_heads);
}

// Lines [from, to) around `at` that hold heads and nothing else.
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

// Where each column begins on one page.
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

// In halves of a full-width character.
int display_width(std::string_view text) {
  int width = 0;
  for (std::size_t at = 0; at < text.size();) width += next_char(text, at) < 0x2000 ? 1 : 2;
  return width;
}

struct TableLine {
  std::size_t line = 0;  // index into lines
  std::array<std::string, kHeads> cells;
};

bool date_piece(std::string_view text) {
  if (text.size() > 40) return false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_char(text, at);
    const bool digit = (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９');
    if (!digit && !is_label_space(c) &&
        std::u32string_view(U"年月日元令和平成昭大正RHSＲＨ./．／-－").find(c) ==
            std::u32string_view::npos)
      return false;
  }
  return true;
}

bool begins_item(std::string_view text) {
  std::size_t at = 0;
  if (text.empty()) return false;
  const char32_t c = next_char(text, at);
  if (c >= U'Ⅰ' && c <= U'Ⅹ') return true;
  for (const std::string_view word :
       {"表紙", "（別添", "(別添", "別添", "（別紙", "評価書", "全体", "全項目", "I", "V"}) {
    if (text.starts_with(word)) return true;
  }
  return false;
}

// A row's own lines: those of its date.
struct Anchor {
  std::size_t first = 0, last = 0;  // indices of table lines
};

class Table {
 public:
  Table(const std::vector<Line>& lines, std::size_t begin) : lines_(lines), at_(begin) {}

  std::vector<SourceRow> read(std::size_t& end) {
    const std::size_t head_begin = at_;
    while (!main_heads(lines_[at_])) ++at_;
    std::size_t first = 0;
    head_lines(lines_, at_, first, at_);
    heads_ = read_heads(lines_, head_begin, at_);
    emit_heads();
    const std::vector<std::size_t> body = body_lines();
    measure(body);
    for (const std::size_t i : body) read_line(i);
    end = at_;
    find_anchors();
    part();
    return std::move(rows_);
  }

 private:
  void emit_heads() {
    SourceRow row;
    for (std::size_t k = 0; k < kHeads; ++k) {
      SourceCell cell;
      cell.column = static_cast<int>(k);
      cell.text = heads_[k].text;
      cell.place = heads_[k].place;
      row.cells.push_back(std::move(cell));
    }
    rows_.push_back(std::move(row));
  }

  // Page by page: the same column may begin elsewhere, and the heads may be printed again.
  std::vector<std::size_t> body_lines() {
    std::vector<std::size_t> body;
    while (at_ < lines_.size()) {
      std::size_t page_end = at_;
      while (page_end < lines_.size() && lines_[page_end].page == lines_[at_].page) ++page_end;
      Heads heads = heads_;
      std::size_t from = at_;
      for (std::size_t i = at_; i < page_end; ++i) {
        if (!main_heads(lines_[i])) continue;
        std::size_t head_begin = 0, head_end = 0;
        head_lines(lines_, i, head_begin, head_end);
        heads = read_heads(lines_, head_begin, head_end);
        from = head_end;
        break;
      }
      const Starts& start = starts_[lines_[at_].page] =
          column_starts(lines_, from, page_end, heads);
      for (std::size_t i = from; i < page_end; ++i) {
        if (lines_[i].words.empty()) continue;
        // Words in the column of dates that are no date: the table has ended.
        const Word& first = lines_[i].words.front();
        if (first.begin + 6 < start[kItem] && !date_piece(first.text)) {
          at_ = i;
          return body;
        }
        body.push_back(i);
      }
      at_ = page_end;
    }
    return body;
  }

  // What it costs that the words [from, to) of a line are its piece of column c, behind a piece of
  // column `before` (kHeads: none). A word behind a wide gap stands near where its column begins.
  // One behind a single space may stand anywhere; but then the cell before it is full.
  double piece_cost(const std::vector<Word>& words, std::size_t from, std::size_t to,
                    std::size_t before, std::size_t c, const Starts& start) const {
    double cost = 0;
    const Word& first = words[from];
    const int off = first.begin - start[c];
    if (first.apart) {
      cost += off < 0 ? 1.0 * -off : (c == kTiming ? 0.3 : 0.7) * off;
    } else {
      cost += off < 0 ? 0.1 * -off : 0.4 * off;
      if (before != previous(c, start)) cost += 5;
    }
    const std::size_t next = following(c, start);
    int width = 0;
    for (std::size_t w = from; w < to; ++w) {
      const Word& word = words[w];
      const bool timing = word.text == "事前" || word.text == "事後";
      if (c == kDate && !date_piece(word.text)) cost += 40;
      if (c == kTiming && (!timing || w > from)) cost += 8;
      if (c != kTiming && timing) cost += 4;
      if (w > from) {
        cost += word.apart ? 1.2 : 0.1;
        if (next < kHeads && word.begin >= start[next])
          cost += (word.apart ? 2.0 : 0.7) * (word.begin - start[next] + 1);
      }
      width += (w > from) + display_width(word.text);
    }
    if (widest_[c] > 0) {
      if (width > widest_[c]) cost += 0.8 * (width - widest_[c]);
      const bool full = to < words.size() && !words[to].apart;
      if (full && width < widest_[c] && c != kTiming) cost += 0.15 * (widest_[c] - width);
    }
    return cost;
  }

  static std::size_t following(std::size_t c, const Starts& start) {
    ++c;
    while (c < kHeads && start[c] == kNowhere) ++c;
    return c;
  }

  static std::size_t previous(std::size_t c, const Starts& start) {
    while (c > 0) {
      --c;
      if (start[c] != kNowhere) return c;
    }
    return kHeads;
  }

  // The column of each word of the line: the cheapest way to cut it into pieces.
  std::vector<std::size_t> columns_of(const std::vector<Word>& words, const Starts& start) const {
    constexpr double kNo = 1e9;
    constexpr std::size_t kMostWords = 60;  // of a line that is looked at closely
    if (words.size() > kMostWords) return std::vector<std::size_t>(words.size(), kItem);
    struct Step {
      double cost = kNo;
      std::size_t from = 0, column = kHeads;  // of the piece, and the column of the one before
    };
    // best[w][c]: words [0, w) are placed, the last of them in column c.
    std::vector<std::array<Step, kHeads + 1>> best(words.size() + 1);
    best[0][kHeads].cost = 0;
    for (std::size_t to = 1; to <= words.size(); ++to) {
      for (std::size_t c = 0; c < kHeads; ++c) {
        if (start[c] == kNowhere) continue;
        for (std::size_t from = 0; from < to; ++from) {
          for (std::size_t b = 0; b <= kHeads; ++b) {
            if (best[from][b].cost >= kNo || (b != kHeads && b >= c)) continue;
            const double cost = best[from][b].cost + piece_cost(words, from, to, b, c, start);
            if (cost < best[to][c].cost) best[to][c] = {cost, from, b};
          }
        }
      }
    }
    std::size_t c = 0;
    for (std::size_t k = 1; k < kHeads; ++k) {
      if (best.back()[k].cost < best.back()[c].cost) c = k;
    }
    std::vector<std::size_t> columns(words.size());
    for (std::size_t to = words.size(); to > 0;) {
      const Step step = best[to][c];
      std::fill(columns.begin() + static_cast<std::ptrdiff_t>(step.from),
                columns.begin() + static_cast<std::ptrdiff_t>(to), c);
      to = step.from;
      c = step.column;
    }
    return columns;
  }

  // How wide each column's cells get, from pieces with wide gaps on both sides.
  void measure(const std::vector<std::size_t>& body) {
    std::array<std::vector<int>, kHeads> widths;
    std::array<int, kHeads> longest{};  // word that begins where a column does
    for (const std::size_t i : body) {
      const std::vector<Word>& words = lines_[i].words;
      const Starts& start = starts_[lines_[i].page];
      const std::vector<std::size_t> columns = columns_of(words, start);
      for (const Word& word : words) {
        for (std::size_t c = 0; c < kHeads; ++c) {
          if (start[c] != kNowhere && std::abs(word.begin - start[c]) <= 3)
            longest[c] = std::max(longest[c], display_width(word.text));
        }
      }
      for (std::size_t from = 0; from < words.size();) {
        std::size_t to = from;
        int width = 0;
        for (; to < words.size() && columns[to] == columns[from]; ++to)
          width += (to > from) + display_width(words[to].text);
        const bool alone = words[from].apart && (to == words.size() || words[to].apart);
        if (alone) widths[columns[from]].push_back(width);
        from = to;
      }
    }
    for (std::size_t c = 0; c < kHeads; ++c) {
      // The few widest may be two cells that were taken for one.
      if (widths[c].size() < 4) {
        widest_[c] = longest[c];
        continue;
      }
      std::sort(widths[c].begin(), widths[c].end());
      widest_[c] = widths[c][widths[c].size() - 1 - widths[c].size() / 10];
    }
  }

  void read_line(std::size_t i) {
    const std::vector<Word>& words = lines_[i].words;
    const std::vector<std::size_t> columns = columns_of(words, starts_[lines_[i].page]);
    TableLine line;
    line.line = i;
    for (std::size_t w = 0; w < words.size(); ++w) {
      std::string& cell = line.cells[columns[w]];
      if (!cell.empty()) cell += ' ';
      cell += words[w].text;
    }
    table_.push_back(std::move(line));
  }

  // A date of one to three lines.
  void find_anchors() {
    for (std::size_t i = 0; i < table_.size(); ++i) {
      std::string date;
      for (std::size_t n = 0, k = i; k < table_.size() && n < 3; ++k) {
        if (table_[k].cells[kDate].empty()) {
          if (k > i + 4 || n == 0) break;
          continue;
        }
        date += table_[k].cells[kDate];
        ++n;
        const auto parsed = parse_date(date);
        if (!parsed || parsed->day == 0) continue;
        anchors_.push_back({i, k});
        i = k;
        break;
      }
    }
  }

  double middle(const Anchor& anchor) const {
    return (static_cast<double>(table_[anchor.first].line) +
            static_cast<double>(table_[anchor.last].line)) /
           2;
  }

  // Row k has the table lines [begin, end).
  double cost(std::size_t k, std::size_t begin, std::size_t end, bool hanging) const {
    double cost = 0;
    const bool crosses = lines_[table_[begin].line].page != lines_[table_[end - 1].line].page;
    for (const std::size_t c : {kItem, kBefore, kAfter, kNote}) {
      std::size_t first = end, last = end;
      for (std::size_t i = begin; i < end; ++i) {
        const std::string& text = table_[i].cells[c];
        if (text.empty()) continue;
        if (first == end) first = i;
        last = i;
        if (c == kItem && i > first && begins_item(text)) cost += 1.5;
      }
      if (first == end) {
        if (c == kItem) cost += 3;
        continue;
      }
      if (c == kItem && !begins_item(table_[first].cells[c])) cost += 1.5;
      const double top = static_cast<double>(table_[first].line);
      const double bottom = static_cast<double>(table_[last].line);
      if (crosses)
        cost += 0.3;
      else if (hanging)
        cost += std::abs(top - static_cast<double>(table_[anchors_[k].first].line));
      else
        cost += std::abs((top + bottom) / 2 - middle(anchors_[k]));
    }
    return cost;
  }

  double cut_cost(std::size_t at) const {
    if (at == 0 || at >= table_.size()) return 0;
    const bool blank = table_[at].line > table_[at - 1].line + 1;
    return blank ? 0 : 0.4;
  }

  double solve(bool hanging, std::vector<std::size_t>& begins_at) const {
    const std::size_t count = anchors_.size();
    // Gap k lies between the anchors k-1 and k.
    const auto gap_from = [&](std::size_t k) { return k == 0 ? 0 : anchors_[k - 1].last + 1; };
    const auto gap_to = [&](std::size_t k) {
      return k == count ? table_.size() : anchors_[k].first;
    };
    std::vector<std::vector<double>> best(count + 1);
    std::vector<std::vector<std::size_t>> back(count + 1);
    best[0].assign(gap_to(0) + 1, 1e9);
    best[0][0] = 0;
    for (std::size_t k = 0; k < count; ++k) {
      const std::size_t width = gap_to(k + 1) - gap_from(k + 1);
      best[k + 1].assign(width + 1, 1e9);
      back[k + 1].assign(width + 1, 0);
      for (std::size_t q = 0; q <= width; ++q) {
        if (k + 1 == count && q != width) continue;
        for (std::size_t p = 0; p < best[k].size(); ++p) {
          if (best[k][p] >= 1e9) continue;
          const double all = best[k][p] + cost(k, gap_from(k) + p, gap_from(k + 1) + q, hanging) +
                             cut_cost(gap_from(k + 1) + q);
          if (all < best[k + 1][q]) {
            best[k + 1][q] = all;
            back[k + 1][q] = p;
          }
        }
      }
    }
    const double total = best[count].back();
    begins_at.assign(count + 1, 0);
    std::size_t p = best[count].size() - 1;
    begins_at[count] = gap_from(count) + p;
    for (std::size_t k = count; k-- > 0;) {
      p = back[k + 1][p];
      begins_at[k] = gap_from(k) + p;
    }
    return total;
  }

  void part() {
    if (anchors_.empty()) {
      if (!table_.empty()) emit(0, table_.size());
      return;
    }
    std::vector<std::size_t> centred, hanging;
    const bool centre = solve(false, centred) <= solve(true, hanging);
    const std::vector<std::size_t>& begins_at = centre ? centred : hanging;
    for (std::size_t k = 0; k < anchors_.size(); ++k) emit(begins_at[k], begins_at[k + 1]);
  }

  void emit(std::size_t begin, std::size_t end) {
    SourceRow row;
    for (std::size_t k = 0; k < kHeads; ++k) {
      SourceCell cell;
      cell.column = static_cast<int>(k);
      for (std::size_t i = begin; i < end; ++i) {
        const std::string& text = table_[i].cells[k];
        if (text.empty()) continue;
        if (!cell.text.empty()) cell.text += '\n';
        cell.text += text;
        cell.place = join(cell.place, place_at(lines_[table_[i].line]));
      }
      row.cells.push_back(std::move(cell));
    }
    rows_.push_back(std::move(row));
  }

  const std::vector<Line>& lines_;
  std::size_t at_;
  Heads heads_;
  std::map<int, Starts> starts_;      // by page
  std::array<int, kHeads> widest_{};  // 0: not known
  std::vector<TableLine> table_;
  std::vector<Anchor> anchors_;
  std::vector<SourceRow> rows_;
};

}  // namespace

std::size_t find_table(const std::vector<Line>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!main_heads(lines[i]) || !only_heads(lines[i])) continue;
    std::size_t from = 0, to = 0;
    head_lines(lines, i, from, to);
    return from;
  }
  return lines.size();
}

std::vector<SourceRow> read_table(const std::vector<Line>& lines, std::size_t begin,
                                  std::size_t& end) {
  return Table(lines, begin).read(end);
}

}  // namespace pia::columns
