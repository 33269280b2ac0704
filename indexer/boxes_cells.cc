// Boxes of the change table as cells. One box may hold several: a date above its item, a timing
// with its note behind it (事後 人事異動による変更), before, after and timing of a low row in one
// line (発生なし 発生あり 事後), or a timing with the date of the next column glued on.

#include <algorithm>
#include <array>
#include <utility>

#include "dicts/japanese_date.h"
#include "indexer/boxes_revisions.h"
#include "indexer/boxes_shape.h"
#include "indexer/boxes_text.h"

namespace pia::boxes {
namespace {

using View = std::u32string_view;

constexpr std::array<View, 10> kHeads{U"提出時期に係る説明",
                                      U"提出時期に関する説明",
                                      U"変更前の記載",
                                      U"変更後の記載",
                                      U"提出時期",
                                      U"変更日",
                                      U"項目",
                                      U"変更前",
                                      U"変更後",
                                      U"変更箇所"};

// Nothing but column heads and the table's own heading.
bool only_heads(View k) {
  if (k.empty()) return false;
  while (!k.empty()) {
    if (k.starts_with(U"(別添") || k.starts_with(U"(別紙")) {
      const std::size_t close = k.find(U')');
      if (close == View::npos || close > 6) return false;
      k.remove_prefix(close + 1);
      continue;
    }
    const auto head =
        std::find_if(kHeads.begin(), kHeads.end(), [&](View h) { return k.starts_with(h); });
    if (head == kHeads.end()) return false;
    k.remove_prefix(head->size());
  }
  return true;
}

bool starts_head(View k) {  // 提出 of 提出 / 時期 over two lines
  return k.size() >= 2 &&   // not 項, not 変
         std::any_of(kHeads.begin(), kHeads.end(), [&](View h) { return h.starts_with(k); });
}

bool is_timing(View k) { return k == U"事前" || k == U"事後"; }

bool is_row_date(View k) {
  if (!looks_like_date(k) || k.size() > 14) return false;
  return parse_date(to_utf8(k)).has_value();
}

bool is_roman(char32_t c) { return c >= 0x2160 && c <= 0x2169; }

constexpr std::array<View, 10> kChapters{
    U"特定個人情報ファイルの概要", U"基本情報",      U"関連情報",         U"リスク対策",
    U"開示請求、問合せ",           U"評価実施手続",  U"しきい値判断項目", U"しきい値判断結果",
    U"その他のリスク対策",         U"ファイルの概要"};

// Ⅱ特定個人情報ファ: a numeral and a chapter's name, as far as the line reaches.
bool begins_chapter(View k) {
  std::size_t i = 0;
  while (i < k.size() && (is_roman(k[i]) || k[i] == U'I' || k[i] == U'V')) ++i;
  if (i == 0 || k.size() < i + 2) return false;
  const View rest = k.substr(i);
  return std::any_of(kChapters.begin(), kChapters.end(),
                     [&](View name) { return rest.starts_with(name) || name.starts_with(rest); });
}

class BoxCutter {
 public:
  BoxCutter(const Box& box, std::vector<Cell>& out) : box_(box), out_(out) {
    for (const Piece& piece : box.pieces) keys_.push_back(piece.key);
  }

  void run() {
    std::size_t i = 0;
    while (i < keys_.size()) i = next(i);
  }

 private:
  // Lines of column heads at i; 提出 / 時 / 期 may stand over several. Of two that fit, the longer:
  // 提出時期 / に係る説明.
  std::size_t head_lines(std::size_t i) const {
    // （別添２）特定個人情報ファイル記録 / 項目: the item's last line.
    if (keys_[i] == U"項目" && open_text_ && out_.back().kind == CellKind::Item) return 0;
    std::size_t found = only_heads(keys_[i]) ? 1 : 0;
    if (!starts_head(keys_[i])) return found;
    std::u32string k(keys_[i]);
    for (std::size_t n = 2; n <= 4 && i + n <= keys_.size() && starts_head(k); ++n) {
      k += keys_[i + n - 1];
      if (only_heads(k)) found = n;
    }
    return found;
  }

  // "… 中間サーバー 事後 人事異動による変更": the timing between two cells of one line.
  static std::size_t inner_timing(std::string_view text) {
    for (const std::string_view word : {" 事後 ", " 事前 "}) {
      const std::size_t at = text.find(word);
      if (at != std::string_view::npos && !trim(text.substr(0, at)).empty()) return at + 1;
    }
    return std::string_view::npos;
  }

  Cell& open(CellKind kind, std::size_t line, std::string_view text) {
    Cell cell;
    cell.kind = kind;
    cell.first_line = cell.last_line = box_.pieces[line].line;
    cell.same_box = opened_;
    cell.same_line = opened_ && out_.back().last_line == cell.first_line;
    cell.lines.push_back(trim(text));
    opened_ = true;
    open_text_ = kind == CellKind::Text || kind == CellKind::Item;
    out_.push_back(std::move(cell));
    return out_.back();
  }

  void put(CellKind kind, std::size_t line, std::string_view text) {
    if (trim(text).empty()) return;
    if (open_text_ && kind == CellKind::Text) {
      out_.back().lines.push_back(text);
      out_.back().last_line = box_.pieces[line].line;
      return;
    }
    open(kind, line, text);
  }

  // Bytes of `text` up to the n-th character that is not white space, and over spaces behind it.
  static std::size_t bytes_of(std::string_view text, std::size_t n) {
    const Chars chars = decode(text);
    std::size_t i = 0;
    for (; i < chars.size() && n > 0; ++i) n -= !is_space(chars.folded[i]);
    return chars.offset[i];
  }

  // A date over one, two or three lines that are its own.
  std::size_t date_lines(std::size_t i) const {
    std::u32string k;
    for (std::size_t n = 1; n <= 3 && i + n <= keys_.size(); ++n) {
      if (k.size() + keys_[i + n - 1].size() > 14) return 0;
      k += keys_[i + n - 1];
      if (is_row_date(k) && k.back() != U'月' && k.back() != U'年') return n;
    }
    return 0;
  }

  std::size_t next(std::size_t i) {
    const std::string_view text = box_.pieces[i].text;
    const View k = keys_[i];
    if (const std::size_t n = head_lines(i); n > 0) return open_text_ = false, i + n;
    if (const std::size_t date = leading_date(k);
        date > 0 && !open_text_ && inner_timing(text) != std::string_view::npos) {
      const std::size_t cut = bytes_of(text, date);
      open(CellKind::Date, i, text.substr(0, cut));
      open_text_ = false;
      const std::string_view rest = trim(text.substr(cut));
      const std::size_t space = rest.find(' ');
      open(CellKind::Item, i, rest.substr(0, space));
      open_text_ = false;
      return split_timing(
          i, space == std::string_view::npos ? std::string_view{} : rest.substr(space));
    }
    if (const std::size_t inner = inner_timing(text); inner != std::string_view::npos) {
      return split_timing(i, text);
    }
    if (!open_text_ && take_row(i)) return i + 1;
    if (!opened_ || !open_text_) {
      if (const std::size_t n = date_lines(i); n > 0) return take_date(i, n);
    }
    if (out_.empty() && k.size() > 8 && is_timing(k.substr(k.size() - 2)) &&
        is_row_date(k.substr(0, k.size() - 2)))
      return take_date_and_timing(i);
    if (is_timing(k)) return open(CellKind::Timing, i, text), open_text_ = false, i + 1;
    if (k.starts_with(U"事前") || k.starts_with(U"事後")) return take_leading_timing(i);
    if (k.size() > 2 && is_timing(k.substr(k.size() - 2)) && spaced_end(text))
      return take_trailing_timing(i);
    if (const std::size_t date = leading_date(k); date > 0 && !open_text_)
      return take_date_and_rest(i, date);
    if (const std::size_t dash = dash_and_date(k); dash > 0) {
      const std::size_t cut = bytes_of(text, dash);
      put(CellKind::Text, i, text.substr(0, cut));
      open_text_ = false;
      open(CellKind::Date, i, text.substr(cut));
      open_text_ = false;
      return i + 1;
    }
    if (open_text_ && out_.back().kind == CellKind::Item &&
        names_cover(key(out_.back().lines.back())))
      open_text_ = false;  // the before stands close below it
    // Items of two rows that stand close together come as one box.
    if (open_text_ && out_.back().kind == CellKind::Item && begins_chapter(k)) open_text_ = false;
    put(!open_text_ && looks_like_item(k) ? CellKind::Item : CellKind::Text, i, text);
    return i + 1;
  }

  // A low row is one line that ends with its timing: its date stands first, or is glued on behind.
  //
  //   令和6年4月1日 （別添１）事務の内容 図　省略 図　省略 事前
  //   （別添１）事務の内容 図　省略 図　省略 事前令和6年4月1日
  bool take_row(std::size_t i) {
    const std::string_view text = trim(box_.pieces[i].text);
    constexpr std::size_t kTiming = 6;  // bytes
    const std::size_t at = std::max(text.rfind(" 事前") + 1, text.rfind(" 事後") + 1);
    if (at == 0 || at + kTiming > text.size()) return false;
    const std::string_view behind = text.substr(at + kTiming);
    std::string_view date = behind, row = trim(text.substr(0, at));
    if (behind.empty()) {
      const std::size_t cut = bytes_of(text, leading_date(keys_[i]));
      date = text.substr(0, cut);
      if (cut >= at) return false;
      row = trim(text.substr(cut, at - cut));
    }
    const std::size_t space = row.find(' ');
    if (space == std::string_view::npos || !is_row_date(key(date)) ||
        !looks_like_item(key(row.substr(0, space))))
      return false;
    for (const auto& [kind, part] :
         {std::pair(CellKind::Date, date), std::pair(CellKind::Item, row.substr(0, space)),
          std::pair(CellKind::Text, row.substr(space)),
          std::pair(CellKind::Timing, text.substr(at, kTiming))}) {
      open(kind, i, part);
    }
    open_text_ = false;
    return true;
  }

  // 表紙（評価書名）
  static bool names_cover(View k) { return k.starts_with(U"表紙(") && k.back() == ')'; }

  // before after 事後 note, all in one line.
  std::size_t split_timing(std::size_t i, std::string_view text) {
    const std::size_t inner = inner_timing(text);
    if (inner == std::string_view::npos) return put(CellKind::Text, i, text), i + 1;
    put(CellKind::Text, i, text.substr(0, inner));
    open_text_ = false;
    open(CellKind::Timing, i, text.substr(inner, 6));
    open_text_ = false;
    put(CellKind::Text, i, text.substr(inner + 6));
    return i + 1;
  }

  std::size_t take_date(std::size_t i, std::size_t n) {
    Cell& cell = open(CellKind::Date, i, box_.pieces[i].text);
    for (std::size_t k = 1; k < n; ++k) {
      cell.lines.push_back(box_.pieces[i + k].text);
      cell.last_line = box_.pieces[i + k].line;
    }
    open_text_ = false;
    return i + n;
  }

  // A page's first cell and, of a row that is torn from the page before or drawn out of order, the
  // timing in its line.
  std::size_t take_date_and_timing(std::size_t i) {
    const std::string_view text = trim(box_.pieces[i].text);
    constexpr std::size_t kTiming = 6;  // bytes
    open(CellKind::Date, i, text.substr(0, text.size() - kTiming));
    open(CellKind::Timing, i, text.substr(text.size() - kTiming));
    open_text_ = false;
    return i + 1;
  }

  std::size_t take_leading_timing(std::size_t i) {
    const std::string_view text = box_.pieces[i].text;
    const std::size_t cut = bytes_of(text, 2);
    const View rest = keys_[i].substr(2);
    const bool separate =
        cut < text.size() && (text[cut] == ' ' || text.substr(cut, 3) == "\u3000");
    if (!separate && !is_row_date(rest)) {  // 事前の… is prose
      put(CellKind::Text, i, text);
      return i + 1;
    }
    open(CellKind::Timing, i, text.substr(0, cut));
    open_text_ = false;
    open(is_row_date(rest) ? CellKind::Date : CellKind::Text, i, text.substr(cut));
    open_text_ = !is_row_date(rest);
    return i + 1;
  }

  static bool spaced_end(std::string_view text) {
    const std::string_view t = trim(text);
    return t.size() > 7 &&
           (t[t.size() - 7] == ' ' || t.substr(0, t.size() - 6).ends_with("\u3000"));
  }

  std::size_t take_trailing_timing(std::size_t i) {
    const std::string_view text = trim(box_.pieces[i].text);
    put(CellKind::Text, i, text.substr(0, text.size() - 6));
    open_text_ = false;
    open(CellKind::Timing, i, text.substr(text.size() - 6));
    open_text_ = false;
    return i + 1;
  }

  // "令和7年2月27日 別紙Ⅱ 表省略 …", "2016/12/17 表紙": the date in front of a row in one line.
  static std::size_t leading_date(View k) {
    for (std::size_t n = std::min<std::size_t>(k.size() - 1, 13); n >= 6 && n < k.size(); --n) {
      if (k[n - 1] == U'月' || k[n - 1] == U'年' || k[n - 1] == '(' || is_digit(k[n])) continue;
      if (is_row_date(k.substr(0, n))) return looks_like_item(k.substr(n)) ? n : 0;
    }
    return 0;
  }

  std::size_t take_date_and_rest(std::size_t i, std::size_t n) {
    const std::string_view text = box_.pieces[i].text;
    const std::size_t cut = bytes_of(text, n);
    open(CellKind::Date, i, text.substr(0, cut));
    open_text_ = false;
    const std::string_view rest = trim(text.substr(cut));
    // A whole row in one line has its cells parted by spaces; else the rest is the item's first
    // line.
    const std::u32string k = key(rest);
    const bool row = k.size() > 24 || k.find(U"省略") != View::npos;
    const std::size_t space = row ? rest.find(' ') : std::string_view::npos;
    open(CellKind::Item, i, rest.substr(0, space));
    if (space != std::string_view::npos) {
      open_text_ = false;
      open(CellKind::Text, i, rest.substr(space));
    }
    return i + 1;
  }

  static std::size_t dash_and_date(View k) {
    std::size_t i = 0;
    while (i < k.size() && k[i] == '-') ++i;
    return i > 0 && i < k.size() && is_row_date(k.substr(i)) ? i : 0;
  }

 public:
  static bool looks_like_item(View k) {
    if (k.empty()) return false;
    if (is_roman(k[0])) return k.size() > 1;
    for (const View roman : {U"III", U"II", U"IV", U"VI", U"I", U"V"}) {
      if (k.starts_with(roman) && k.size() > roman.size() && k[roman.size()] > 0x3000) return true;
    }
    if (k.starts_with(U"表紙") || k.starts_with(U"(別添") || k.starts_with(U"(別紙") ||
        k.starts_with(U"別添"))
      return true;
    if (k.starts_with(U"別紙")) return k.find(U"参照") == View::npos && k.size() < 30;
    return k.starts_with(U"評価書名") || k.starts_with(U"全体") || k == U"公表日" ||
           k == U"評価実施機関名" || k == U"評価書番号" || k == U"特記事項";
  }

 private:
  const Box& box_;
  std::vector<Cell>& out_;
  std::vector<View> keys_;  // of the box's pieces
  bool opened_ = false;     // this box has given a cell
  bool open_text_ = false;  // and it goes on
};

// The texts of the cells from their lines; cells without any go.
void join_texts(std::vector<Cell>& cells) {
  for (Cell& cell : cells) {
    cell.text = join_lines(cell.lines);
    cell.key = key(cell.text);
  }
  std::erase_if(cells, [](const Cell& cell) { return cell.text.empty(); });
}

}  // namespace

std::span<const View> chapter_names() { return kChapters; }

bool begins_revisions(const Page& page) {
  bool before = false, after = false, heading = false;
  for (const Box& box : page.boxes) {
    for (const Piece& piece : box.pieces) {
      const View k = piece.key;
      if (k.find(U"変更") == View::npos) continue;
      before = before || k.find(U"変更前の記載") != View::npos;
      after = after || k.find(U"変更後の記載") != View::npos;
      heading = heading || (k.size() < 14 && k.ends_with(U"変更箇所") && k.front() == '(');
    }
  }
  if (before && after) return true;
  return heading && page.boxes.size() < 4;  // the list of contents names it among others
}

bool continues_revisions(const Page& page) {
  bool attachment = false, item = false;
  std::vector<Cell> cells;
  for (const Box& box : page.boxes) {  // most pages of the table show a timing early
    const std::size_t known = cells.size();
    BoxCutter(box, cells).run();
    for (std::size_t i = known; i < cells.size(); ++i) {
      if (cells[i].kind == CellKind::Timing) return true;
    }
  }
  join_texts(cells);
  for (const Cell& cell : cells) {
    item = item || cell.kind == CellKind::Item;
    const std::u32string k = key(cell.lines.front());
    attachment = attachment || k == U"別紙" ||
                 (k.starts_with(U"別紙") && k.find(U"事故") != View::npos) ||
                 k.starts_with(U"事案") || k.starts_with(U"(別紙") || k.starts_with(U"ケ-ス1") ||
                 k.find(U"事故の概要") != View::npos || k.find(U"重大事故について") != View::npos ||
                 k.find(U"事案の内容") != View::npos;
  }
  return !attachment &&
         (item || page.boxes.size() < 12);  // else nothing but the rest of long cells
}

std::vector<Cell> cut_cells(const Page& page) {
  std::vector<Cell> out;
  for (const Box& box : page.boxes) BoxCutter(box, out).run();
  join_texts(out);
  return out;
}

}  // namespace pia::boxes
