// A box becomes one stream of folded characters with '\n' between its lines, so that a label that
// is broken over lines, or stands one character a line, is matched like any other. The stream is
// cut from the left: at each place where something of the form may begin, the longest word of the
// form that fits is taken; what is left between is text.

#include "indexer/boxes_fragments.h"

#include <algorithm>
#include <cstdlib>

#include "indexer/boxes_text.h"

namespace pia::boxes {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// One for all boxes of a page, so that its memory is allocated once.
struct Stream {
  std::u32string chars;
  std::vector<int> piece;            // of each character
  std::vector<std::uint32_t> begin;  // its byte offset in the piece
  std::vector<std::uint32_t> end;
  Chars line;  // of one piece
};

void fill(Stream& out, const Box& box) {
  out.chars.clear();
  out.piece.clear();
  out.begin.clear();
  out.end.clear();
  for (std::size_t p = 0; p < box.pieces.size(); ++p) {
    decode(box.pieces[p].text, out.line);
    const std::vector<std::uint32_t>& offset = out.line.offset;
    out.chars.append(out.line.folded);
    out.begin.insert(out.begin.end(), offset.begin(), offset.end() - 1);
    out.end.insert(out.end.end(), offset.begin() + 1, offset.end());
    out.chars.push_back('\n');
    out.begin.push_back(offset.back());
    out.end.push_back(offset.back());
    out.piece.resize(out.chars.size(), static_cast<int>(p));
  }
}

bool gap(char32_t c) { return c == ' ' || c == '\n'; }

class Cutter {
 public:
  // REQUIRES: `stream` is filled from `box`.
  Cutter(const Box& box, int index, const Lexicon& lexicon, const Stream& stream)
      : box_(box), index_(index), lexicon_(lexicon), s_(stream), n_(stream.chars.size()) {}

  void run(std::vector<Fragment>& out) {
    out_ = &out;
    first_ = out.size();
    has_list_ = find_list();
    std::size_t i = 0;
    while ((i = skip_gaps(i)) < n_) i = next(i);
  }

 private:
  char32_t at(std::size_t i) const { return i < n_ ? s_.chars[i] : U'\n'; }
  std::size_t skip_gaps(std::size_t i) const {
    while (i < n_ && gap(s_.chars[i])) ++i;
    return i;
  }
  std::size_t skip_spaces(std::size_t i) const {
    while (i < n_ && s_.chars[i] == ' ') ++i;
    return i;
  }
  bool line_start(std::size_t i) const {
    while (i > 0 && s_.chars[i - 1] == ' ') --i;
    return i == 0 || s_.chars[i - 1] == '\n';
  }

  // End of `word` when it stands at i, white space and line ends inside it left out.
  std::size_t match(std::size_t i, const std::u32string& word) const {
    std::size_t k = 0;
    for (; i < n_ && k < word.size(); ++i) {
      if (s_.chars[i] == word[k]) {
        ++k;
      } else if (!gap(s_.chars[i]) || k == 0) {
        return kNone;
      }
    }
    return k == word.size() ? i : kNone;
  }

  struct LabelMatch {
    std::size_t end = kNone;
    int word = -1;
    std::string number;
    int repeat = 0;
    bool range = false;
    std::size_t length = 0;                      // of the label without its number
    std::size_t hole = kNone, hole_end = kNone;  // an answer that stands in the middle of the label
  };

  // A label with its answer between its lines (評価対象の事務の対象人 / [ 30万人以上 ] /
  // 数は何人か) or behind its first line (対象となる本人の 給付の受給者 / 範囲), as pdftotext
  // writes cells side by side.
  struct Around {
    std::size_t end = kNone, hole = kNone, hole_end = kNone;
  };

  Around match_around(std::size_t i, const std::u32string& word) const {
    Around found;
    std::size_t k = 0;
    for (; i < n_ && k < word.size(); ++i) {
      if (s_.chars[i] == word[k]) {
        ++k;
        continue;
      }
      if (gap(s_.chars[i])) continue;
      const bool behind_gap = i > 0 && gap(s_.chars[i - 1]);
      if (found.hole != kNone || k < 3 || !behind_gap) break;
      std::size_t end = i;
      while (end < n_ && s_.chars[end] != '\n') ++end;
      found.hole = i;
      found.hole_end = end;
      i = end;
    }
    if (k < word.size() || found.hole == kNone) return {};
    found.end = i;
    return found;
  }

  static bool ends_word(char32_t c) {
    return gap(c) || c == '[' || c == ']' || c == '(' || c == ')' || c == U'＜' || c == U'【' ||
           c == U'※' || c == ':' || c == '*' || c == U'○';
  }

  // ＜選択肢＞ in any of its bracket forms.
  std::size_t match_list_mark(std::size_t i) const {
    static const std::u32string kWord = U"選択肢";
    if (at(i) != U'＜' && at(i) != '<') return kNone;
    const std::size_t end = match(skip_spaces(i + 1), kWord);
    if (end == kNone) return kNone;
    const std::size_t close = skip_spaces(end);
    return at(close) == U'＞' || at(close) == '>' ? close + 1 : end;
  }

  int match_word(std::size_t i, const WordIndex& index, const std::vector<OptionWord>& words,
                 bool whole, std::size_t* end) const {
    for (const int id : index.starting_with(at(i))) {
      const std::size_t e = match(i, words[static_cast<std::size_t>(id)].key);
      if (e == kNone) continue;
      if (whole && !ends_word(at(e)) && !(is_digit(at(e)) && list_number(e) != kNone)) continue;
      *end = e;
      return id;
    }
    return -1;
  }

  // Behind "1）", "2)": where the entry's words begin; kNone if no such number stands at i.
  std::size_t list_number(std::size_t i) const {
    std::size_t k = i;
    while (k < i + 2 && is_digit(at(k))) ++k;
    if (k == i || at(k) != ')') return kNone;
    return skip_gaps(k + 1);
  }

  std::size_t match_list_entry(std::size_t i) const {
    const std::size_t word = list_number(i);
    if (word == kNone) return kNone;
    std::size_t end = kNone;
    if (match_word(word, lexicon_.choice_index, lexicon_.choices, false, &end) >= 0) return end;
    if (!has_list_) return kNone;
    end = word;  // an entry of another edition: up to the next number or the line's end
    while (
        end < n_ && at(end) != '\n' && at(end) != ']' && at(end) != '[' &&
        !(end > word && is_digit(at(end)) && !is_digit(at(end - 1)) && list_number(end) != kNone)) {
      ++end;
    }
    return end;
  }

  bool find_list() const {
    for (std::size_t i = 0; i < n_; ++i) {
      if (match_list_mark(i) != kNone) return true;
    }
    return false;
  }

  // ①, 4., Ⅱ, リスク2:, (別添3) in front of a label.
  std::size_t read_number(std::size_t i, std::string* number) const {
    const char32_t c = at(i);
    if (const int n = circled_number(c); n != 0) {
      *number = to_utf8(std::u32string(1, c));
      return skip_spaces(i + 1);
    }
    if (is_digit(c)) {
      std::size_t k = i;
      while (k < i + 2 && is_digit(at(k))) ++k;
      if (at(k) != '.' && at(k) != U'．' && at(k) != U'、' && at(k) != ' ') return i;
      for (std::size_t d = i; d < k; ++d) number->push_back(static_cast<char>(at(d)));
      return skip_spaces(k + 1);
    }
    if (c >= 0x2160 && c <= 0x2169) {
      *number = to_utf8(std::u32string(1, c));
      std::size_t k = i + 1;
      if (at(k) == '.' || at(k) == U'．') ++k;
      return skip_spaces(k);
    }
    if (c == 'I' || c == 'V') {  // III written with letters
      static const char* const kRoman[] = {"Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "Ⅵ"};
      static const std::u32string kLetters[] = {U"I", U"II", U"III", U"IV", U"V", U"VI"};
      for (int k = 5; k >= 0; --k) {
        const std::size_t e = match(i, kLetters[k]);
        if (e == kNone || (at(e) != ' ' && at(e) != '.' && at(e) < 0x3000)) continue;
        *number = kRoman[k];
        return skip_spaces(at(e) == '.' ? e + 1 : e);
      }
    }
    static const std::u32string kRisk = U"リスク";
    if (const std::size_t e = match(i, kRisk); e != kNone) {
      std::size_t k = skip_spaces(e);
      std::string digits;
      while (is_digit(at(k))) digits.push_back(static_cast<char>(at(k++)));
      k = skip_spaces(k);
      if (at(k) == ':') {
        *number = "リスク" + digits;
        return skip_spaces(k + 1);
      }
      return i;
    }
    static const std::u32string kAttachments[] = {U"別添", U"別紙"};
    for (const std::u32string& word : kAttachments) {
      const std::size_t e = match(c == '(' ? i + 1 : i, word);
      if (e == kNone || !is_digit(at(skip_spaces(e)))) continue;
      std::size_t k = skip_spaces(e);
      *number = "別添" + std::string(1, static_cast<char>(at(k)));
      k = skip_spaces(k + 1);
      return skip_spaces(at(k) == ')' ? k + 1 : k);
    }
    return i;
  }

  LabelMatch match_label(std::size_t i) const {
    LabelMatch best;
    std::string number;
    const std::size_t start = read_number(i, &number);
    try_labels(start, number, best);
    if (best.end == kNone && start != i && !number.starts_with("リスク")) {
      best = {};
      try_labels(i, "", best);
    }
    return best;
  }

  void try_labels(std::size_t start, const std::string& number, LabelMatch& best) const {
    for (const int id : lexicon_.label_index.starting_with(at(start))) {
      const LabelWord& label = lexicon_.labels[static_cast<std::size_t>(id)];
      std::size_t end = match(start, label.key);
      Around around;
      if (end == kNone && label.key.size() >= 5) {
        around = match_around(start, label.key);
        end = around.end;
      }
      if (end == kNone) continue;
      LabelMatch found{end, id, number, 0, false, label.key.size(), around.hole, around.hole_end};
      if (repeats(label)) {
        if (!read_repeat(found)) continue;
      } else if (!ends_word(at(end)) && !(is_digit(at(end)) && list_number(end) != kNone)) {
        continue;
      }
      best = std::move(found);
      return;
    }
  }

  bool repeats(const LabelWord& label) const {
    const FormItem& item = *lexicon_.form->node(label.nodes.front()).item;
    return item.level == Level::Group &&
           std::string_view(item.pointer).find('*') != std::string_view::npos;
  }

  // The number behind 委託事項, or the range of an empty continuation heading.
  bool read_repeat(LabelMatch& found) const {
    std::size_t k = skip_spaces(found.end);
    if (at(k) == '\n') {  // the number has a line, and nothing else is in it
      std::size_t digits = skip_spaces(k + 1);
      const std::size_t number = digits;
      while (is_digit(at(digits))) ++digits;
      if (digits > number && ends_word(at(digits)) && digits - number < 3) k = number;
    }
    if (!is_digit(at(k))) return false;
    while (is_digit(at(k))) found.repeat = found.repeat * 10 + static_cast<int>(at(k++) - '0');
    std::size_t dash = skip_spaces(k);
    if (at(dash) == '~' || at(dash) == '-') {
      std::size_t last = skip_spaces(dash + 1);
      if (is_digit(at(last))) {
        while (is_digit(at(last))) ++last;
        found.range = true;
        k = last;
      }
    }
    found.end = k;
    return ends_word(at(k)) || at(k) >= 0x3000;
  }

  // A label may begin at a line's start, behind something of the form, or, if it shows its number,
  // anywhere behind a space; a short one without its number must have the line for itself.
  bool label_allowed(const LabelMatch& m, std::size_t i) const {
    if (m.end == kNone) return false;
    const bool starts = line_start(i);
    const bool alone = at(skip_spaces(m.end)) == '\n' || at(skip_spaces(m.end)) == U'※' ||
                       at(skip_spaces(m.end)) == '[' ||
                       match_list_mark(skip_spaces(m.end)) != kNone;
    if (m.repeat != 0) return starts || alone;
    const bool numbered = !m.number.empty();
    if (starts) return numbered || m.length >= 4 || alone;
    if (circled_number(at(i)) != 0) return true;
    return (m.length >= 6 || numbered) && out_->size() > first_ && out_->back().what != What::Text;
  }

  Fragment& emit(What what, std::size_t begin, std::size_t end) {
    Fragment f;
    f.what = what;
    f.box = index_;
    const Piece& first = box_.pieces[static_cast<std::size_t>(s_.piece[begin])];
    std::size_t last = end;
    while (last > begin + 1 && gap(s_.chars[last - 1])) --last;
    f.first_line = first.line;
    f.last_line = box_.pieces[static_cast<std::size_t>(s_.piece[last - 1])].line;
    f.column = first.column;
    f.line_start = line_start(begin);
    f.box_start = out_->size() == first_;
    out_->push_back(std::move(f));
    return out_->back();
  }

  std::vector<TextLine> lines_of(std::size_t begin, std::size_t end) const {
    std::vector<TextLine> lines;
    for (std::size_t i = begin; i < end;) {
      const int p = s_.piece[i];
      std::size_t k = i;
      while (k < end && s_.piece[k] == p) ++k;
      const Piece& piece = box_.pieces[static_cast<std::size_t>(p)];
      lines.push_back({piece.text.substr(s_.begin[i], s_.end[k - 1] - s_.begin[i]), piece.line});
      i = k;
    }
    return lines;
  }

  std::string printed(std::size_t begin, std::size_t end) const {
    if (begin >= end) return {};
    if (s_.piece[begin] == s_.piece[end - 1]) {
      const Piece& piece = box_.pieces[static_cast<std::size_t>(s_.piece[begin])];
      return std::string(
          trim(piece.text.substr(s_.begin[begin], s_.end[end - 1] - s_.begin[begin])));
    }
    return printed(lines_of(begin, end));
  }

  static std::string printed(const std::vector<TextLine>& lines) {
    std::vector<std::string_view> texts;
    texts.reserve(lines.size());
    for (const TextLine& line : lines) texts.push_back(line.text);
    return join_lines(texts);
  }

  std::size_t emit_as(What what, std::size_t begin, std::size_t end) {
    emit(what, begin, end).text = printed(begin, end);
    return end;
  }

  std::size_t emit_label(std::size_t i, const LabelMatch& m) {
    label_start_ = i;
    std::size_t end = skip_spaces(m.end);
    while (at(end) == U'※' || at(end) == '*') end = skip_spaces(end + 1);
    Fragment& f = emit(m.range ? What::Range : What::Label, i, std::max(m.end, i + 1));
    f.text = std::string(trim(printed(i, m.end)));
    if (end > m.end) f.tail = std::string(trim(printed(m.end, end)));
    f.number = m.number;
    f.repeat = m.repeat;
    f.nodes = lexicon_.labels[static_cast<std::size_t>(m.word)].nodes;
    if (m.hole != kNone) emit_hole(m);
    return end;
  }

  void emit_hole(const LabelMatch& m) {
    out_->back().text = printed(label_start_, m.hole) + printed(m.hole_end, m.end);
    const std::size_t all = n_;
    n_ = m.hole_end;  // what stands there is cut like a line of its own
    for (std::size_t i = skip_gaps(m.hole); i < n_; i = skip_gaps(i)) i = next(i);
    n_ = all;
  }

  bool open_at(std::size_t i) const {
    if (at(i) != '[') return false;
    const char32_t c = at(i + 1);
    std::size_t end = 0;
    return gap(c) || c == ']' || c == '[' || c == U'○' ||
           (is_digit(c) && list_number(i + 1) != kNone) ||
           match_word(i + 1, lexicon_.choice_index, lexicon_.choices, true, &end) >= 0;
  }

  bool close_at(std::size_t i) const {
    if (at(i) != ']') return false;
    if (line_start(i) || i == 0 || gap(at(i - 1))) return true;
    if (out_->size() == first_) return true;
    const What before = out_->back().what;
    return before != What::Text && before != What::Label;
  }

  bool tick_at(std::size_t i) const {
    if (at(i) != U'○') return false;
    const std::size_t k = skip_spaces(i + 1);
    const char32_t c = at(k);
    if (c == ']' || c == '[' || c == '\n') return true;
    if (out_->size() > first_ && out_->back().what == What::Open) return true;
    return c != U'○' && k > i + 1 && box_.pieces.size() == 1 && at(n_ - 2) == ')';
  }

  // Whether something of the form begins at i, inside a text.
  bool structural(std::size_t i) const {
    if (open_at(i) || match_list_mark(i) != kNone || tick_at(i)) return true;
    if (at(i) == ']' && (line_start(i) || gap(at(i - 1)))) return true;
    std::size_t end = 0;
    if (is_digit(at(i)) && list_number(i) != kNone &&
        match_word(list_number(i), lexicon_.choice_index, lexicon_.choices, false, &end) >= 0) {
      return true;
    }
    if (line_start(i) && whole_line_choice(i)) return true;
    if (line_start(i) && edition_at(i)) return true;
    return label_allowed(match_label(i), i);
  }

  // [令和6年10月 様式4]
  bool edition_at(std::size_t i) const {
    return at(i) == '[' && (at(i + 1) == U'令' || at(i + 1) == U'平');
  }

  bool whole_line_choice(std::size_t i) const {
    std::size_t end = 0;
    if (match_word(i, lexicon_.choice_index, lexicon_.choices, true, &end) < 0) return false;
    const char32_t c = at(skip_spaces(end));
    return c == '\n' || c == '[' || c == ']' || is_digit(c) || c == U'＜' || c == '<';
  }

  std::size_t next(std::size_t i) {
    if (const std::size_t e = match_list_mark(i); e != kNone) return emit_as(What::List, i, e);
    if (open_at(i)) return next_behind_open(i);
    if (close_at(i)) return next_behind_close(i);
    if (tick_at(i)) return emit_as(What::Tick, i, i + 1);
    if (is_digit(at(i))) {
      if (const std::size_t e = match_list_entry(i); e != kNone) return emit_as(What::List, i, e);
    }
    const LabelMatch label = match_label(i);
    std::size_t end = 0;
    const int choice = match_word(i, lexicon_.choice_index, lexicon_.choices, true, &end);
    const bool labelled = label_allowed(label, i);
    const bool in_bracket = out_->size() > first_ && out_->back().what == What::Open;
    if (choice >= 0 && (!labelled || end > label.end || (end == label.end && in_bracket))) {
      Fragment& f = emit(What::Choice, i, end);
      f.word = choice;
      f.text = printed(i, end);
      return end;
    }
    return labelled ? emit_label(i, label) : emit_text(i);
  }

  // [ 5）不正な提供… ]: an answer that is printed with its number.
  std::size_t next_behind_open(std::size_t i) {
    emit_as(What::Open, i, i + 1);
    const std::size_t number = skip_spaces(i + 1),
                      word = is_digit(at(number)) ? list_number(number) : kNone;
    std::size_t end = 0;
    if (word == kNone) return i + 1;
    const int choice = match_word(word, lexicon_.choice_index, lexicon_.choices, true, &end);
    if (choice < 0 || at(skip_gaps(end)) != ']') return i + 1;
    Fragment& f = emit(What::Choice, number, end);
    f.word = choice;
    f.text = printed(number, end);
    return end;
  }

  std::size_t next_behind_close(std::size_t i) {
    emit_as(What::Close, i, i + 1);
    const std::size_t k = skip_spaces(i + 1);
    std::size_t end = 0;
    const int word = match_word(k, lexicon_.box_index, lexicon_.boxes, false, &end);
    if (word < 0) return i + 1;
    Fragment& f = emit(What::Box, k, end);
    f.word = word;
    f.text = printed(k, end);
    return end;
  }

  std::size_t emit_text(std::size_t i) {
    static const std::u32string kTitle = U"特定個人情報保護評価書(";
    const bool title = match(i, kTitle) != kNone;  // of the form, not of the assessment
    std::size_t k = i + 1;
    for (; k < n_; ++k) {
      const char32_t c = at(k);
      const bool edge = gap(at(k - 1));
      if (c == '\n') {
        if (k + 1 >= n_ || title) break;
        continue;
      }
      if (c == ' ') continue;
      if (c == '\x5b' || c == ']' || c == U'○' || c == U'＜' || c == '<' ||
          (is_digit(c) && at(k + 1) == ')')) {
        if (structural(k)) break;
      } else if (edge && structural(k)) {
        break;
      }
    }
    Fragment& f = emit(What::Text, i, k);
    f.lines = lines_of(i, k);
    f.text = printed(f.lines);
    f.key.reserve(k - i);
    for (std::size_t c = i; c < k; ++c) {
      if (!gap(s_.chars[c])) f.key.push_back(s_.chars[c]);
    }
    std::erase_if(f.lines, [](const TextLine& line) { return trim(line.text).empty(); });
    return k;
  }

  const Box& box_;
  int index_;
  const Lexicon& lexicon_;
  const Stream& s_;
  std::size_t n_;
  bool has_list_ = false;
  std::vector<Fragment>* out_ = nullptr;
  std::size_t first_ = 0;
  std::size_t label_start_ = 0;
};

// Of the nodes with this wording keep those whose numbering is of the printed kind, an equal
// number first; a label without number keeps everything but chapters. `apart`: the circled numbers
// of this page have cells of their own, so a label without one may be any item.
void filter_nodes(Fragment& f, const Lexicon& lexicon, bool apart) {
  const Form& form = *lexicon.form;
  std::vector<int> equal, kind;
  const bool circled = is_circled(f.number);
  const std::u32string number = key(f.number);
  const bool digits = !number.empty() && is_digit(number[0]);
  for (const int id : f.nodes) {
    const NodeNumber& table = lexicon.node_numbers[static_cast<std::size_t>(id)];
    const FormItem& item = *form.node(id).item;
    const Level level = item.level;
    if (!number.empty() && number == table.key) equal.push_back(id);
    const bool fits = f.number.empty() ? level != Level::Chapter || length(item.label) >= 4
                      : circled        ? table.circled || table.key.empty()
                      : digits         ? level == Level::Section
                      : f.number.starts_with("リスク") ? level == Level::Group
                                                       : level == Level::Chapter;
    if (fits) kind.push_back(id);
  }
  f.nodes = !equal.empty() ? equal : kind;
  if (f.number.empty()) {  // an unnumbered item, or else one whose number was torn off
    const auto end = std::stable_partition(f.nodes.begin(), f.nodes.end(), [&](int id) {
      const NodeNumber& table = lexicon.node_numbers[static_cast<std::size_t>(id)];
      return table.key.empty() || (apart && table.circled);
    });
    if (end != f.nodes.begin()) f.nodes.erase(end, f.nodes.end());
  }
}

// Two lines or more that are circled numbers and nothing else.
bool numbers_stand_apart(const std::vector<Fragment>& fragments) {
  int lines = 0;
  for (const Fragment& f : fragments) {
    if (f.what != What::Text) continue;
    for (const TextLine& line : f.lines) lines += is_circled(line.text);
  }
  return lines >= 2;
}

std::u32string label_key(const Box& box) {
  std::u32string k;
  for (const Piece& piece : box.pieces) k += piece.key;
  std::size_t i = 0;
  while (i < k.size() && (circled_number(k[i]) != 0 || is_digit(k[i]) || k[i] == '.')) ++i;
  while (!k.empty() && (k.back() == U'※' || k.back() == '*')) k.pop_back();
  return k.substr(std::min(i, k.size()));
}

// On a drawn page the lines of a label may stand apart, its answer between them in the next
// column: a box that goes on with the label of a box above it in its column is joined to it.
std::vector<Box> join_labels(const std::vector<Box>& boxes, const Lexicon& lexicon) {
  std::vector<Box> out;
  for (const Box& box : boxes) {
    bool joined = false;
    const std::u32string rest = label_key(box);
    for (std::size_t k = out.size(); k-- > 0 && !joined && k + 12 > out.size();) {
      Box& above = out[k];
      const int gap = box.first_line() - above.last_line();
      if (gap < 1 || gap > 4 ||
          std::abs(above.pieces.front().column - box.pieces.front().column) > 1)
        continue;
      const std::u32string begun = label_key(above);
      if (begun.size() < 3 || rest.empty() || rest.size() > 40) break;
      for (const int id : lexicon.label_index.starting_with(begun[0])) {
        const std::u32string& word = lexicon.labels[static_cast<std::size_t>(id)].key;
        if (word.size() <= begun.size() || !word.starts_with(begun)) continue;
        if (!(begun + rest).starts_with(word) && !word.starts_with(begun + rest)) continue;
        above.pieces.insert(above.pieces.end(), box.pieces.begin(), box.pieces.end());
        joined = true;
        break;
      }
      break;
    }
    if (!joined) out.push_back(box);
  }
  return out;
}

}  // namespace

std::vector<Fragment> cut_fragments(const Page& page, const Lexicon& lexicon) {
  std::vector<Fragment> out;
  out.reserve(page.boxes.size() * 3);  // moving them is dear
  std::vector<Box> joined;
  if (page.drawn) joined = join_labels(page.boxes, lexicon);
  const std::vector<Box>& boxes = page.drawn ? joined : page.boxes;
  Stream stream;
  for (std::size_t b = 0; b < boxes.size(); ++b) {
    fill(stream, boxes[b]);
    Cutter(boxes[b], static_cast<int>(b), lexicon, stream).run(out);
  }
  const bool apart = numbers_stand_apart(out);
  for (Fragment& f : out) {
    if (f.key.empty()) f.key = key(f.text);
    if (f.what != What::Label) continue;
    filter_nodes(f, lexicon, apart);
    if (!f.nodes.empty()) continue;
    f.what = What::Text;
    const Box& box = boxes[static_cast<std::size_t>(f.box)];
    for (const Piece& piece : box.pieces) {
      if (piece.line >= f.first_line && piece.line <= f.last_line)
        f.lines.push_back({piece.text, piece.line});
    }
  }
  return out;
}

}  // namespace pia::boxes
