// Words are compared by their characters without spaces, width and dashes, walking both texts at
// once, so that a match gives its place in the original.

#include "indexer/values.h"

#include <algorithm>

#include "indexer/cell_text.h"
#include "indexer/utf8.h"

namespace pia {
namespace {

// One form for what typists mix; 0 for what does not count.
char32_t folded(char32_t c) {
  if (is_label_space(c)) return 0;
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
  switch (c) {
    case U'－':
    case U'‐':
    case U'‑':
    case U'–':
    case U'—':
    case U'―':
    case U'−':
    case U'ｰ':
    case U'-':
      return U'ー';
    case U'･':
      return U'・';
    case U'，':
    case U',':
    case U'､':
    case U'、':
      return 0;
    case U'。':
    case U'｡':
      return 0;
    case U'〜':
    case U'～':
      return U'~';
    default:
      return c;
  }
}

bool is_opening(char32_t c) { return c == U'(' || c == U'（'; }
bool is_closing(char32_t c) { return c == U')' || c == U'）'; }

// The end of a match of `words` at `at`, npos if it does not stand there.
std::size_t match_at(std::string_view text, std::size_t at, std::string_view words) {
  std::size_t w = 0;
  while (w < words.size()) {
    const char32_t want = folded(next_char(words, w));
    if (want == 0) continue;
    char32_t have = 0;
    while (have == 0) {
      if (at >= text.size()) return std::string_view::npos;
      have = folded(next_char(text, at));
    }
    if (have != want) return std::string_view::npos;
  }
  return at;
}

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    std::size_t next = at;
    if (!is_label_space(next_char(text, next))) return at;
    at = next;
  }
  return at;
}

bool begins_item(std::string_view line) {
  if (line.empty()) return true;
  std::size_t at = 0;
  const char32_t c = next_char(line, at);
  if (c == 0x3000 || c == U' ') return true;  // an indent begins a paragraph
  if ((c >= U'①' && c <= U'⑳') || (c >= 0x2474 && c <= 0x249B)) return true;
  switch (c) {
    case U'・':
    case U'･':
    case U'●':
    case U'○':
    case U'◆':
    case U'◇':
    case U'■':
    case U'□':
    case U'※':
    case U'【':
    case U'＜':
    case U'<':
    case U'〈':
    case U'《':
    case U'［':
    case U'[':
    case U'―':
    case U'◎':
    case U'★':
    case U'▼':
    case U'〔':
    case U'《' + 0x100000:
      return true;
    default:
      break;
  }
  // "(1)", "（１）", "1.", "１　"
  std::size_t digits = is_opening(c) ? at : 0;
  std::size_t here = digits;
  int count = 0;
  while (here < line.size()) {
    std::size_t next = here;
    char32_t d = next_char(line, next);
    if (d >= 0xFF10 && d <= 0xFF19) d -= 0xFEE0;
    if (d < U'0' || d > U'9') break;
    here = next;
    ++count;
  }
  if (count == 0 || count > 2 || here >= line.size()) return false;
  const char32_t after = next_char(line, here);
  return after == U'.' || after == U'．' || is_closing(after) || after == 0x3000 || after == U' ';
}

bool ends_sentence(char32_t c) {
  return c == U'。' || c == U'」' || c == U'】' || c == U'＞' || c == U'>' || c == U'：' ||
         c == U':' || c == U'』';
}

// The words of an option before its own brackets: その他識別情報 of その他識別情報（内部番号）.
std::string_view stem_of(std::string_view option) {
  for (std::size_t at = 0; at < option.size();) {
    const std::size_t here = at;
    if (is_opening(next_char(option, at)) && here > 0) return option.substr(0, here);
  }
  return option;
}

// Text in brackets at `at` (after spaces), nested ones included; moves `at` behind it.
std::optional<std::string_view> read_bracket(std::string_view text, std::size_t& at) {
  std::size_t here = skip_space(text, at);
  if (here >= text.size() || !is_opening(next_char(text, here))) return std::nullopt;
  const std::size_t begin = here;
  int depth = 1;
  while (here < text.size()) {
    const std::size_t before = here;
    const char32_t c = next_char(text, here);
    if (is_opening(c)) ++depth;
    if (is_closing(c) && --depth == 0) {
      at = here;
      return text.substr(begin, before - begin);
    }
  }
  at = text.size();  // never closed: all of the rest
  return text.substr(begin);
}

std::string without_list_number(std::string_view text) {  // "2）十分である" → 十分である
  std::size_t at = skip_space(text, 0);
  std::size_t here = at;
  int digits = 0;
  while (here < text.size()) {
    std::size_t next = here;
    char32_t c = next_char(text, next);
    if (c >= 0xFF10 && c <= 0xFF19) c -= 0xFEE0;
    if (c < U'0' || c > U'9') break;
    here = next;
    ++digits;
  }
  if (digits == 0 || digits > 2 || here >= text.size()) return trim(text);
  if (!is_closing(next_char(text, here))) return trim(text);
  return trim(text.substr(here));
}

// The option that `text` is, spaces and numbers aside; npos if none.
std::size_t option_of(std::string_view text, const std::vector<std::string_view>& options) {
  for (std::size_t i = 0; i < options.size(); ++i) {
    const std::size_t end = match_at(text, 0, options[i]);
    if (end != std::string_view::npos && skip_space(text, end) == text.size()) return i;
  }
  return std::string_view::npos;
}

struct Bracket {
  std::size_t begin = 0, end = 0;  // of the content
};

// All [ … ] of a text; an unclosed one ends at the text's end.
std::vector<Bracket> brackets_of(std::string_view text) {
  std::vector<Bracket> found;
  std::size_t open = std::string_view::npos;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = at;
    const char32_t c = next_char(text, at);
    if (c == U'[' || c == U'［') open = at;
    if ((c == U']' || c == U'］') && open != std::string_view::npos) {
      found.push_back({open, here});
      open = std::string_view::npos;
    }
  }
  if (open != std::string_view::npos) found.push_back({open, text.size()});
  return found;
}

bool is_box(std::string_view content) {
  const std::string inner = trim(content);
  return inner.empty() || inner == "○";
}

struct Seen {
  std::size_t option = 0, at = 0, end = 0;
};

// Which options stand in a text, each place once (the longest option that begins there).
std::vector<Seen> options_in(std::string_view text, const std::vector<std::string_view>& options) {
  std::vector<Seen> seen;
  for (std::size_t at = 0; at < text.size();) {
    Seen best;
    for (std::size_t i = 0; i < options.size(); ++i) {
      const std::size_t end = match_at(text, at, options[i]);
      if (end != std::string_view::npos && end > best.end) best = {i, at, end};
    }
    if (best.end > 0) {
      seen.push_back(best);
      at = best.end;
    } else {
      next_char(text, at);
    }
  }
  return seen;
}

// "3）権限のない者によって…": the option with the number right before it.
std::string_view with_list_number(std::string_view text, const Seen& seen) {
  std::size_t begin = seen.at;
  for (std::string_view close : {"）", ")"}) {
    if (!text.substr(0, begin).ends_with(close)) continue;
    std::size_t digits = begin - close.size();
    while (digits > 0 && text[digits - 1] >= '0' && text[digits - 1] <= '9') --digits;
    while (digits >= 3 && text.substr(digits - 3, 2) == "\xEF\xBC" &&
           static_cast<unsigned char>(text[digits - 1]) >= 0x90 &&
           static_cast<unsigned char>(text[digits - 1]) <= 0x99) {
      digits -= 3;  // full-width
    }
    if (digits < begin - close.size()) begin = digits;
    break;
  }
  return text.substr(begin, seen.end - begin);
}

Choice chosen(std::string_view printed, std::string reason, bool uncertain = false,
              std::string_view bracket = {}) {
  return {trim(printed), trim(bracket.empty() ? printed : bracket), std::move(reason), uncertain};
}

}  // namespace

std::string trim(std::string_view text) {
  std::size_t begin = skip_space(text, 0);
  std::size_t end = text.size();
  while (end > begin) {
    std::size_t last = end - 1;
    while (last > begin && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
    std::size_t at = last;
    if (!is_label_space(next_char(text, at))) break;
    end = last;
  }
  return std::string(text.substr(begin, end - begin));
}

bool is_blank(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = folded(next_char(text, at));
    if (c != 0 && c != U'ー' && c != U'一' && c != U'─') return false;
  }
  return true;
}

std::string join_lines(std::string_view text) {
  if (text.find('\n') == std::string_view::npos) return trim(text);
  std::vector<std::string_view> lines;
  int widest = 0;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    widest = std::max(widest, display_width(lines.back()));
    begin = end + 1;
  }
  std::string joined;
  bool gap = false;
  for (std::string_view line : lines) {
    while (line.ends_with(' ') || line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) {
      gap = true;  // an empty line parts paragraphs
      continue;
    }
    if (joined.empty()) {
      joined = line;
      continue;
    }
    const std::size_t last_break = joined.rfind('\n');
    const std::string_view previous =
        std::string_view(joined).substr(last_break == std::string::npos ? 0 : last_break + 1);
    std::size_t at = 0;
    const char32_t first = next_char(line, at);
    const char32_t last = last_char(joined);
    // Width modulo the widest line: `previous` may already hold several lines of a paragraph.
    const int rest = widest > 0 ? display_width(previous) % widest : 0;
    const bool full = widest >= 16 && (rest == 0 || rest >= widest * 4 / 5);
    const bool comma = last == U'、' || last == U'，' || last == U'・';
    if (gap || begins_item(line) || (!full && !comma) || ends_sentence(last)) {
      joined += '\n';
    } else if (!is_japanese(first) && !is_japanese(last)) {
      joined += ' ';
    }
    joined += line;
    gap = false;
  }
  return trim(joined);
}

std::string without_choice_list(std::string_view text, bool* had_list) {
  const Found mark = find_words(text, "選択肢");
  if (had_list != nullptr) *had_list = mark.at != std::string_view::npos;
  if (mark.at == std::string_view::npos) return std::string(text);
  std::size_t cut = mark.at;
  while (cut > 0) {  // the bracket of ＜選択肢＞ goes too
    std::size_t last = cut - 1;
    while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
    std::size_t at = last;
    const char32_t c = next_char(text, at);
    if (c != U'<' && c != U'＜' && c != U'〈' && !is_label_space(c)) break;
    cut = last;
    if (!is_label_space(c)) break;
  }
  return std::string(text.substr(0, cut));
}

Found find_words(std::string_view text, std::string_view words, std::size_t from) {
  std::size_t w = 0;
  char32_t first = 0;
  while (first == 0 && w < words.size()) first = folded(next_char(words, w));
  for (std::size_t at = from; at < text.size();) {
    const std::size_t here = at;
    if (folded(next_char(text, at)) != first) continue;
    const std::size_t end = match_at(text, here, words);
    if (end != std::string_view::npos) return {here, end - here};
  }
  return {};
}

Choice read_choice(std::string_view text, const std::vector<std::string_view>& options) {
  bool had_list = false;
  const std::string before = without_choice_list(normalise_ticks(text), &had_list);
  // 1. Words in brackets.
  bool blank_bracket = false;
  for (const Bracket& bracket : brackets_of(before)) {
    const std::string_view content =
        std::string_view(before).substr(bracket.begin, bracket.end - bracket.begin);
    if (is_box(content)) {
      blank_bracket = true;
      continue;
    }
    const std::string words = without_list_number(content);
    if (option_of(words, options) != std::string_view::npos)
      return chosen(words, "in the brackets", false, content);
    const std::vector<Seen> inside = options_in(words, options);
    if (inside.size() == 1) {  // among other words that were printed over the brackets
      return chosen(std::string_view(words).substr(inside[0].at, inside[0].end - inside[0].at),
                    "in the brackets", false, with_list_number(words, inside[0]));
    }
    if (inside.empty() && display_width(words) <= 60 &&
        content.find('(') == std::string_view::npos) {
      return chosen(words, "in the brackets, though not in the list", true, content);
    }
  }
  // 2. Boxes before options: the one that is ticked.
  const std::vector<Tick> ticks = read_ticks(before, options);
  std::vector<const Tick*> checked;
  for (const Tick& tick : ticks) {
    if (tick.checked) checked.push_back(&tick);
  }
  if (checked.size() == 1) return chosen(checked[0]->printed, "its box is ticked");
  if (checked.size() > 1) return {std::nullopt, {}, "several boxes of one choice are ticked", true};
  // 3. The only option before the list: its brackets were misread as boxes or got lost.
  const std::vector<Seen> seen = options_in(before, options);
  if (seen.size() == 1) {
    const std::string_view printed =
        std::string_view(before).substr(seen[0].at, seen[0].end - seen[0].at);
    const std::string rest = trim(before.substr(0, seen[0].at)) + trim(before.substr(seen[0].end));
    const bool alone = std::all_of(rest.begin(), rest.end(), [](char c) {
      return c == '[' || c == ']' || c == ' ' || c == '\n' || c == '(' || c == ')' || c == '\xE3';
    });
    if (alone && (had_list || !blank_bracket)) {
      return chosen(printed, blank_bracket
                                 ? "the only option before the list; its brackets came out as boxes"
                                 : "the only option printed");
    }
    // "[ ] 100人以上500人未満] ・ <選択肢>": one bracket was read as a box.
    if (std::string_view(before).substr(skip_space(before, seen[0].end)).starts_with("]")) {
      return chosen(printed, "the option that a closing bracket follows");
    }
    if (had_list && display_width(rest) < 12)
      return chosen(printed, "the only option before the list", true);
  }
  // 4. The list comes first: an option in brackets behind it.
  if (had_list && trim(before).empty()) {
    std::string_view list = text;
    Choice behind{std::nullopt, {}, "nothing chosen", false};
    for (const Bracket& bracket : brackets_of(list)) {
      const std::string_view content = list.substr(bracket.begin, bracket.end - bracket.begin);
      const std::string words = without_list_number(content);
      if (is_box(content) || option_of(words, options) == std::string_view::npos) continue;
      if (behind.value) return {std::nullopt, {}, "several options in brackets", true};
      behind = chosen(words, "in the brackets behind the list", false, content);
    }
    return behind;
  }
  if (blank_bracket && seen.empty()) return {std::nullopt, {}, "the brackets are blank", false};
  if (seen.size() > 1) return {std::nullopt, {}, "several options and no mark", !ticks.empty()};
  return {std::nullopt, {}, "nothing chosen", false};
}

std::vector<Tick> read_ticks(std::string_view raw, const std::vector<std::string_view>& options) {
  std::string flat(raw);
  std::replace(flat.begin(), flat.end(), '\n', ' ');
  const std::string text = normalise_ticks(flat);
  std::vector<Tick> ticks;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t empty = text.find("[ ]", at);
    const std::size_t mark = text.find("[○]", at);
    const std::size_t box = std::min(empty, mark);
    if (box == std::string::npos) break;
    const bool checked = box == mark;
    std::size_t here = skip_space(text, box + (checked ? 5 : 3));
    at = here;
    Tick best;
    std::size_t best_end = 0;
    bool unclosed = false;
    for (std::size_t i = 0; i < options.size(); ++i) {
      std::size_t end = match_at(text, here, options[i]);
      bool open = false;
      if (end == std::string_view::npos && options[i].ends_with("）")) {
        // 連絡先（電話番号等 [ ] …）: the closing bracket was printed over the next box
        end = match_at(text, here, options[i].substr(0, options[i].size() - 3));
        open = end != std::string_view::npos;
      }
      if (end == std::string_view::npos) {
        // その他識別情報（…）with other words in its brackets than the table has
        const std::string_view stem = stem_of(options[i]);
        end = stem.size() < options[i].size() ? match_at(text, here, stem) : end;
      }
      if (end != std::string_view::npos && end > best_end) {
        best_end = end;
        best.option = i;
        unclosed = open;
      }
    }
    if (best_end == 0) continue;
    best.checked = checked;
    best.printed = trim(std::string_view(text).substr(here, best_end - here));
    if (unclosed) {
      if (std::string_view(text).substr(best_end).starts_with("。")) best.printed += "。";
      best.printed += "）";
    }
    std::size_t behind = best_end;
    if (const auto remark = read_bracket(text, behind)) {
      // A count belongs to its own field: 提供を行っている（ 2 ）件.
      best.remark = trim(*remark);
      if (best.remark.starts_with("[ ]")) {  // a box that a converter saw inside the brackets
        const std::string inner = trim(std::string_view(best.remark).substr(3));
        const std::vector<Seen> own = options_in(inner, options);
        if (inner.find("[ ]") == std::string::npos && inner.find("[○]") == std::string::npos &&
            (own.empty() || own[0].at > 0)) {
          best.remark = inner;
        }
      }
      const bool counted =
          std::string_view(text).substr(skip_space(text, behind)).starts_with("件");
      if (!is_blank(best.remark) && !counted && best.remark.find("[ ]") == std::string::npos &&
          best.remark.find("[○]") == std::string::npos) {
        best.printed += "（" + best.remark + "）";
      } else if (best.remark.find("[ ]") != std::string::npos ||
                 best.remark.find("[○]") != std::string::npos) {
        best.remark.clear();  // an unclosed bracket ran into the next box
        behind = best_end;
      }
      at = std::max(at, behind);
    }
    ticks.push_back(std::move(best));
  }
  return ticks;
}

std::optional<int> read_count(std::string_view text, std::size_t from) {
  const std::size_t unit = text.find("件", from);
  if (unit == std::string_view::npos) return std::nullopt;
  int value = 0;
  int digits = 0;
  for (std::size_t at = from; at < unit;) {
    char32_t c = next_char(text, at);
    if (c >= 0xFF10 && c <= 0xFF19) c -= 0xFEE0;
    if (c >= U'0' && c <= U'9' && digits < 6) {
      value = value * 10 + static_cast<int>(c - U'0');
      ++digits;
    } else if (!is_label_space(c) && !is_opening(c) && !is_closing(c)) {
      value = digits = 0;  // "1) 委託する": a number of the list
    } else if (is_closing(c) && digits > 0) {
      // "2)": ours only if 件 follows
      const std::size_t next = skip_space(text, at);
      if (next < unit && !is_closing(static_cast<unsigned char>(text[next]))) {
        std::size_t look = next;
        const char32_t following = next_char(text, look);
        if (!is_closing(following)) value = digits = 0;
      }
    }
  }
  return digits > 0 ? std::optional<int>(value) : std::nullopt;
}

}  // namespace pia
