// Labels are compared by key: what is left of a text when everything that editions, typists and
// PDF printers change is taken off. "④　再委託の有無　※" → number "④", key "再委託の有無".

#include "indexer/form.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cctype>
#include <map>
#include <unordered_map>

#include "indexer/utf8.h"

namespace pia {
namespace {

constexpr std::array<std::string_view, 4> kRepeating = {"システム", "委託事項", "提供先", "移転先"};

bool is_dash(char32_t c) {
  return c == U'ー' || c == U'－' || c == U'-' || c == U'‐' || c == U'‑' || c == U'–' ||
         c == U'—' || c == U'―' || c == U'−' || c == U'ｰ';
}

// 0 drops the character.
char32_t key_char(char32_t c) {
  if (c >= 0x3041 && c < 0xFEFF && c != U'ー' && c != U'・') return c;  // kana and kanji
  if (is_label_space(c)) return 0;
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;  // full-width ASCII
  if (is_dash(c)) return U'ー';
  switch (c) {
    case U'※':
    case U'*':
    case U'、':
    case U',':
    case U'，':
    case U'・':
    case U'･':
    case U'。':
    case U'.':
    case U'｡':
    case U'､':
    case U'?':
      return 0;
    case U'〔':
    case U'［':
      return U'[';
    case U'～':
    case U'〜':
      return U'~';
    default:
      return c;
  }
}

std::string key_of(std::string_view text) {
  std::string key;
  key.reserve(text.size());
  bool ties = false;
  std::size_t run = 0;  // what stays as it is, nearly everything, is copied in runs
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t printed = next_char(text, at);
    const char32_t c = key_char(printed);
    ties = ties || c == U'ひ' || c == U'紐';
    const bool whole = c < 0x80 || (at - begin == 3 && c < 0x10000);  // not cut off at the end
    if (c == printed && c != 0 && whole) continue;
    key.append(text, run, begin - run);
    if (c != 0) append_char(key, c);
    run = at;
  }
  key.append(text, run);
  if (!ties) return key;
  // 紐付け is written in four ways, even within one edition.
  for (std::string_view way : {"ひも付け", "ひもづけ", "紐づけ"}) {
    for (std::size_t at = find_word(key, way); at != std::string::npos; at = find_word(key, way))
      key.replace(at, way.size(), "紐付け");
  }
  return key;
}

bool starts_with_any(std::string_view text, std::string_view a, std::string_view b) {
  return text.starts_with(a) || text.starts_with(b);
}

// Digits of either width at `at`; 0 if none. Moves `at` behind them.
int read_digits(std::string_view text, std::size_t& at) {
  int value = 0;
  while (at < text.size()) {
    std::size_t next = at;
    const char32_t c = next_char(text, next);
    const char32_t d = c >= 0xFF10 && c <= 0xFF19 ? c - 0xFEE0 : c;
    if (d < U'0' || d > U'9' || value > 9999) break;
    value = value * 10 + static_cast<int>(d - U'0');
    at = next;
  }
  return value;
}

void skip_spaces(std::string_view text, std::size_t& at) {
  while (at < text.size()) {
    std::size_t next = at;
    if (!is_label_space(next_char(text, next))) return;
    at = next;
  }
}

std::string roman(int value) {
  std::string text;
  append_char(text, U'Ⅰ' + static_cast<char32_t>(value - 1));
  return text;
}

// Ⅱ or its imitation in letters ("II", "ＩＩ", "IV") before a word; 0 if none.
int read_roman(std::string_view text, std::size_t& at) {
  std::size_t next = at;
  const char32_t first = next_char(text, next);
  if (first >= U'Ⅰ' && first <= U'Ⅹ') {
    at = next;
    return static_cast<int>(first - U'Ⅰ') + 1;
  }
  std::string letters;
  next = at;
  while (next < text.size() && letters.size() < 5) {
    std::size_t after = next;
    char32_t c = next_char(text, after);
    if (c >= 0xFF21 && c <= 0xFF3A) c -= 0xFEE0;
    if (c != U'I' && c != U'V' && c != U'X') break;
    letters += static_cast<char>(c);
    next = after;
  }
  static constexpr std::array<std::string_view, 7> kRomans = {"I", "II", "III", "IV",
                                                              "V", "VI", "VII"};
  for (std::size_t i = 0; i < kRomans.size(); ++i) {
    if (letters != kRomans[i]) continue;
    if (next < text.size() && static_cast<unsigned char>(text[next]) < 0x80 &&
        (std::isalnum(static_cast<unsigned char>(text[next])) != 0)) {
      return 0;  // "ICT"
    }
    at = next;
    return static_cast<int>(i) + 1;
  }
  return 0;
}

// "（別添１）" or "別添1" → 別添1.
std::string read_attachment(std::string_view text, std::size_t& at) {
  std::size_t here = at;
  bool open = false;
  for (std::string_view bracket : {"（", "("}) {
    if (text.substr(here).starts_with(bracket)) {
      here += bracket.size();
      open = true;
      break;
    }
  }
  skip_spaces(text, here);
  if (!text.substr(here).starts_with("別添")) return {};
  here += std::string_view("別添").size();
  skip_spaces(text, here);
  const int number = read_digits(text, here);
  if (number == 0) return {};
  skip_spaces(text, here);
  if (open && !starts_with_any(text.substr(here), "）", ")")) return {};
  if (open) next_char(text, here);
  at = here;
  return "別添" + std::to_string(number);
}

// "リスク１：", "リスク2 ", "リスク:" → リスク1, リスク2, リスク. Not "リスクに対する…".
std::string read_risk(std::string_view text, std::size_t& at) {
  constexpr std::string_view kRisk = "リスク";
  if (!text.substr(at).starts_with(kRisk)) return {};
  std::size_t here = at + kRisk.size();
  skip_spaces(text, here);
  const int number = read_digits(text, here);
  skip_spaces(text, here);
  const bool colon = starts_with_any(text.substr(here), "：", ":");
  if (number == 0 && !colon) return {};
  if (number > 0 && here == text.size()) return {};  // "リスク1" alone names no risk
  if (colon) next_char(text, here);
  at = here;
  return number == 0 ? std::string(kRisk) : std::string(kRisk) + std::to_string(number);
}

// "4. ", "４．", "10　": a number that something separates from the words behind it.
std::string read_section_number(std::string_view text, std::size_t& at) {
  std::size_t here = at;
  const int number = read_digits(text, here);
  if (number == 0 || number > 20 || here >= text.size()) return {};
  std::size_t next = here;
  const char32_t separator = next_char(text, next);
  const bool separated = separator == U'.' || separator == U'．' || separator == U'、' ||
                         separator == U'､' || is_label_space(separator);
  // "6特定個人情報の…": history rows drop the dot; a counter (5情報, 3年, 1件) is no number.
  if (!separated) return {};
  at = next;
  return std::to_string(number);
}

// Whether a number of any of the kinds below can begin so: most lines are told apart by this.
bool may_begin_number(char32_t c) {
  if (c < 0x80) return (c >= U'0' && c <= U'9') || c == U'(' || c == U'I' || c == U'V' || c == U'X';
  return (c >= U'①' && c <= U'⑳') || (c >= U'Ⅰ' && c <= U'Ⅹ') || (c >= U'０' && c <= U'９') ||
         c == U'（' || c == U'別' || c == U'リ' || c == U'Ｉ' || c == U'Ｖ' || c == U'Ｘ';
}

std::string read_number(std::string_view text, std::size_t& at) {
  std::size_t next = at;
  const char32_t c = next_char(text, next);
  if (!may_begin_number(c)) return {};
  if (c >= U'①' && c <= U'⑳') {
    std::string number(text.substr(at, next - at));
    at = next;
    return number;
  }
  if (std::string number = read_attachment(text, at); !number.empty()) return number;
  if (std::string number = read_risk(text, at); !number.empty()) return number;
  if (std::string number = read_section_number(text, at); !number.empty()) return number;
  if (const int value = read_roman(text, at); value > 0) return roman(value);
  return {};
}

// 委託事項2, 委託事項6～10: takes the number off a repeating heading.
void read_repeat(Label& label) {
  if (label.key.empty() || label.key.back() < '0' || label.key.back() > '9') return;
  for (std::string_view name : kRepeating) {
    if (!label.key.starts_with(name)) continue;
    std::size_t at = name.size();
    const int first = read_digits(label.key, at);
    if (first == 0) continue;
    const std::string_view rest = std::string_view(label.key).substr(at);
    if (rest.empty()) {
      label.repeat = first;
    } else if (rest.starts_with("~") || rest.starts_with("ー") || rest.starts_with("から")) {
      std::size_t end = rest.starts_with("~") ? 1 : rest.starts_with("ー") ? 3 : 6;
      if (read_digits(rest, end) == 0 || end != rest.size()) continue;
      label.repeat = first;
      label.range = true;
    } else {
      continue;
    }
    label.key.resize(name.size());
    return;
  }
}

bool is_circled(std::string_view number) {
  std::size_t at = 0;
  if (number.empty()) return false;
  const char32_t c = next_char(number, at);
  return c >= U'①' && c <= U'⑳';
}

std::string plain_number(const char* number) {  // "１" → "1"; "別添1", "①", "Ⅱ" stay
  std::size_t at = 0;
  const int value = read_digits(number, at);
  return value > 0 ? std::to_string(value) : std::string(number);
}

}  // namespace

std::string_view kind_name(Kind kind) {
  switch (kind) {
    case Kind::Basic:
      return "基礎項目";
    case Kind::Priority:
      return "重点項目";
    case Kind::Full:
      return "全項目";
  }
  return {};
}

std::string_view form_name(Kind kind) {
  switch (kind) {
    case Kind::Basic:
      return "様式2";
    case Kind::Priority:
      return "様式3";
    case Kind::Full:
      return "様式4";
  }
  return {};
}

Label read_label(std::string_view text) {
  Label label;
  std::size_t at = 0;
  skip_spaces(text, at);
  if (at == text.size()) return label;
  label.number = read_number(text, at);
  label.key = key_of(text.substr(at));
  read_repeat(label);
  return label;
}

std::vector<std::string_view> options_of(const FormItem& item) {
  std::vector<std::string_view> options;
  std::string_view rest = item.options;
  while (!rest.empty()) {
    const std::size_t bar = rest.find('|');
    options.push_back(rest.substr(0, bar));
    rest = bar == std::string_view::npos ? std::string_view() : rest.substr(bar + 1);
  }
  return options;
}

struct Form::Index {
  std::map<std::string, std::vector<int>, std::less<>> by_key;
  std::size_t longest = 0;
  std::vector<std::string> numbers;  // normalised, by node
};

namespace {

int above(const Form& form, int id, Level level) {
  while (id >= 0 && form.node(id).item->level != level) id = form.node(id).parent;
  return id;
}

}  // namespace

Form::Form(Kind kind) : kind_(kind) {
  const auto column = static_cast<std::size_t>(kind);
  const char digit = static_cast<char>('2' + static_cast<int>(kind));
  auto index = std::make_shared<Index>();
  std::array<int, 5> last = {-1, -1, -1, -1, -1};  // newest node of each level
  for (const FormItem& item : form_table()) {
    if (std::string_view(item.forms).find(digit) == std::string_view::npos) continue;
    const int id = static_cast<int>(nodes_.size());
    const auto level = static_cast<std::size_t>(item.level);
    int parent = -1;
    // "…におけるその他のリスク及びそのリスクに対する措置" closes a section, not its last risk.
    if (std::string_view(item.label).ends_with("その他のリスク及びそのリスクに対する措置")) {
      last[static_cast<std::size_t>(Level::Group)] = -1;
    }
    for (std::size_t above = level; above-- > 0;) {
      if (last[above] >= 0) {
        parent = last[above];
        break;
      }
    }
    last[level] = id;
    for (std::size_t below = level + 1; below < last.size(); ++below) last[below] = -1;
    nodes_.push_back({&item, parent, item.numbers[column]});
    index->numbers.push_back(plain_number(item.numbers[column]));
    const auto add = [&](std::string_view words) {
      std::string key = key_of(words);
      index->longest = std::max(index->longest, key.size());
      std::vector<int>& ids = index->by_key[key];
      if (ids.empty() || ids.back() != id) ids.push_back(id);
    };
    add(item.label);
    for (std::string_view rest = item.variants; !rest.empty();) {
      const std::size_t bar = rest.find('|');
      add(rest.substr(0, bar));
      rest = bar == std::string_view::npos ? std::string_view() : rest.substr(bar + 1);
    }
  }
  index_ = std::move(index);
  for (int id = 0; id < static_cast<int>(nodes_.size()); ++id) {
    const int group = above(*this, id, Level::Group);
    const bool repeating = group >= 0 && std::string_view(node(group).item->pointer).find('*') !=
                                             std::string_view::npos;
    headings_.push_back({above(*this, id, Level::Chapter), above(*this, id, Level::Section), group,
                         repeating ? group : -1});
  }
}

const Form& Form::of(Kind kind) {
  static const Form forms[] = {Form(Kind::Basic), Form(Kind::Priority), Form(Kind::Full)};
  return forms[static_cast<std::size_t>(kind)];
}

std::span<const int> Form::find(std::string_view key) const {
  if (key.size() > index_->longest) return {};
  const auto found = index_->by_key.find(key);
  return found == index_->by_key.end() ? std::span<const int>()
                                       : std::span<const int>(found->second);
}

std::span<const int> Form::find_prefix(std::string_view key, std::size_t* length) const {
  // The longest prefix is the greatest key not above the text, or a prefix of what both share.
  std::string_view rest = key.substr(0, index_->longest);
  while (rest.size() >= 6) {
    auto after = index_->by_key.upper_bound(rest);
    if (after == index_->by_key.begin()) break;
    const auto& [label, ids] = *std::prev(after);
    std::size_t common = 0;
    while (common < label.size() && common < rest.size() && label[common] == rest[common]) ++common;
    if (common == label.size()) {
      if (common < 6) break;
      *length = common;
      return ids;
    }
    rest = rest.substr(0, common);
  }
  *length = 0;
  return {};
}

int Form::resolve(const Label& label, int current) const {
  return resolve(label, current, find(label.key));
}

int Form::resolve(const Label& label, int current, std::span<const int> candidates) const {
  const auto fits = [&](int id) {
    const FormItem& item = *node(id).item;
    const std::string& number = index_->numbers[static_cast<std::size_t>(id)];
    if (label.repeat > 0) return item.level == Level::Group;
    if (label.number.empty()) return true;
    if (is_circled(label.number)) return is_circled(number);
    if (label.number.starts_with("別添") || label.number.starts_with("\xE2\x85")) {  // Ⅰ…
      return item.level == Level::Chapter;
    }
    if (label.number.starts_with("リスク")) return item.level == Level::Group;
    return item.level == Level::Section;
  };
  // Depth of the deepest heading that `id` and `current` share, -1 if none.
  std::array<int, 6> chain{};
  int chain_size = 0;
  for (int id = current; id >= 0; id = node(id).parent)
    chain[static_cast<std::size_t>(chain_size++)] = id;
  int best = -1;
  std::array<int, 4> best_rank{};
  for (int id : candidates) {
    if (!fits(id)) continue;
    const std::string& number = index_->numbers[static_cast<std::size_t>(id)];
    int near = 9;  // 0: below current itself
    for (int i = 0; i < chain_size; ++i) {
      if (node(id).parent == chain[static_cast<std::size_t>(i)]) {
        near = i;
        break;
      }
    }
    if (near == 9 && node(id).parent < 0) near = 8;
    const bool backward = id <= current;
    const bool other_number = !label.number.empty() && number != label.number;
    const bool unexpected = label.number.empty() && !number.empty();
    const std::array<int, 4> rank = {(backward && other_number) || unexpected ? 1 : 0, near,
                                     backward ? 1 : 0, other_number ? 1 : 0};
    if (best < 0 || rank < best_rank) {
      best = id;
      best_rank = rank;
    }
  }
  return best;
}

bool Form::is_below(int id, int ancestor) const {
  for (; id >= 0; id = node(id).parent) {
    if (id == ancestor) return true;
  }
  return false;
}

int Form::chapter_of(int id) const {
  return id < 0 ? -1 : headings_[static_cast<std::size_t>(id)].chapter;
}
int Form::section_of(int id) const {
  return id < 0 ? -1 : headings_[static_cast<std::size_t>(id)].section;
}
int Form::group_of(int id) const {
  return id < 0 ? -1 : headings_[static_cast<std::size_t>(id)].group;
}

int Form::repeating_group_of(int id) const {
  return id < 0 ? -1 : headings_[static_cast<std::size_t>(id)].repeating;
}

int Form::child(int id, std::string_view label) const {
  for (int i = id + 1; i < static_cast<int>(nodes_.size()) && is_below(i, id); ++i) {
    if (node(i).parent == id && node(i).item->label == label) return i;
  }
  return -1;
}

std::string item_path(const Form& form, int node, const PrintedPath& printed) {
  const auto number_or = [&](const std::string& text, int id) {
    return text.empty() && id >= 0 ? plain_number(form.node(id).number) : text;
  };
  const int chapter = form.chapter_of(node);
  const int section = form.section_of(node);
  const int group = form.group_of(node);
  std::string path = number_or(printed.chapter, chapter);
  path.reserve(120);  // bytes: nearly all are shorter
  if (path.empty() && chapter >= 0) path = form.node(chapter).item->label;
  if (section >= 0) path.append("-").append(number_or(printed.section, section));
  if (group >= 0) {
    const std::string name =
        printed.group.empty() ? plain_number(form.node(group).number) : printed.group;
    path.append(" ").append(name.empty() ? form.node(group).item->label : name.c_str());
  }
  const FormItem& item = *form.node(node).item;
  switch (item.level) {
    case Level::Chapter:
      if (path != item.label) path.append(" ").append(item.label);
      break;
    case Level::Section:
      path.append(" ").append(item.label);
      break;
    case Level::Group:
      break;
    case Level::Item:
      path.append(" ").append(number_or(printed.item, node)).append(item.label);
      break;
    case Level::Detail: {
      const int above_it = form.node(node).parent;
      if (const FormItem& above_item = *form.node(above_it).item; above_item.level == Level::Item)
        path.append(" ").append(number_or(printed.item, above_it)).append(above_item.label);
      path.append(" ").append(item.label);
      break;
    }
  }
  return path;
}

}  // namespace pia
