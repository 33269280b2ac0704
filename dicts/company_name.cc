// Steps: clean the text; take brackets aside; find the legal form. Behind a form at the end of the
// name everything is branch (A株式会社 + 東京支店). Before a name (株式会社A東京支店) the branch
// must be recognised: by white space, else from the right by the words of dicts/data/regions.tsv:
//
//   [region ...] [business ...] type     首都圏 | 営業 | 第一部

#include "dicts/company_name.h"

#include <algorithm>
#include <cassert>
#include <unordered_map>

#include "dicts/company_internal.h"
#include "dicts/data.h"
#include "dicts/normalizer.h"
#include "dicts/utf8.h"

namespace pia {
namespace company {
namespace {

using Words = std::vector<std::u32string>;

// Longest first, so that the first that fits is the most specific.
void sort_longest_first(Words& list) {
  std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

struct Lists {
  Words forms, institutions, types, units, regions, business;
  std::vector<std::pair<std::u32string, std::u32string>> shorts;

  Lists() {
    for (const data::Row& row : data::rows("company_forms")) {
      const std::u32string written = utf8::decode(row.at(0));
      if (row.at(2) == "form") forms.push_back(written);
      if (row.at(2) == "short") shorts.emplace_back(written, utf8::decode(row.at(1)));
      if (row.at(2) == "institution") institutions.push_back(written);
    }
    for (const data::Row& row : data::rows("regions")) {
      Words& list = row.at(1) == "type"     ? types
                    : row.at(1) == "unit"   ? units
                    : row.at(1) == "region" ? regions
                                            : business;
      list.push_back(utf8::decode(row.at(0)));
    }
    add_places();
    for (Words* list : {&forms, &institutions, &types, &units, &regions, &business})
      sort_longest_first(*list);
  }

  // 埼玉県, 埼玉, 川口市, 川口; one character left over is no place (津市 -> 津).
  void add_places() {
    for (const data::Row& row : data::rows("municipalities")) {
      const std::u32string name = utf8::decode(row.at(4));
      if (row.at(1) == "ward") continue;
      regions.push_back(name);
      if (name.size() > 2) regions.push_back(name.substr(0, name.size() - 1));
    }
  }
};

const Lists& lists() {
  static const Lists instance;
  return instance;
}

const std::u32string* suffix_among(const Words& list, std::u32string_view text) {
  for (const std::u32string& word : list) {
    if (text.ends_with(word)) return &word;
  }
  return nullptr;
}

void replace_all(std::u32string& text, std::u32string_view from, std::u32string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::u32string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

bool is_circled(char32_t c) {
  return (c >= 0x2460 && c <= 0x24FF) || (c >= 0x2776 && c <= 0x2793) ||
         (c >= 0x3251 && c <= 0x32BF);
}

bool is_bullet(char32_t c) {
  constexpr std::u32string_view kBullets = U"・･○●◯〇■□◆◇※▪•‣-‐－―ー*＊、，,。.:：;；/／　 \t\r\n";
  return is_circled(c) || kBullets.find(c) != std::u32string_view::npos;
}

// "1." "(2)" "3)" at the beginning; its length, 0 if there is none.
std::size_t number_mark(std::u32string_view text) {
  std::size_t at = 0;
  const bool open = at < text.size() && (text[at] == '(' || text[at] == U'（');
  if (open) ++at;
  const std::size_t digits = at;
  while (at < text.size() && (utf8::is_digit(text[at]) || (text[at] >= U'０' && text[at] <= U'９')))
    ++at;
  if (at == digits || at - digits > 2 || at == text.size()) return 0;
  constexpr std::u32string_view kClosing = U".)）．、";
  if (kClosing.find(text[at]) == std::u32string_view::npos) return 0;
  return open && text[at] != ')' && text[at] != U'）' ? 0 : at + 1;
}

std::u32string without_numbering(std::u32string text) {
  for (;;) {
    if (text.empty()) return text;
    if (is_bullet(text.front())) {
      text.erase(0, 1);
    } else if (const std::size_t size = number_mark(text)) {
      text.erase(0, size);
    } else {
      return text;
    }
  }
}

// 代表企業：, 委託先:, 受託者 :, 委託先名 and white space
void drop_label(std::u32string& text) {
  static constexpr std::u32string_view kLabels[] = {
      U"代表企業", U"代表者",   U"代表構成員", U"代表構成企業", U"代表",
      U"構成員",   U"構成企業", U"委託先",     U"委託先名",     U"再委託先",
      U"受託者",   U"受託業者", U"委託業者",   U"事業者名",     U"事業者",
      U"会社名",   U"業者名",   U"契約先",     U"契約相手方",   U"名称"};
  for (const char32_t mark : {U':', U' '}) {
    const std::size_t at = text.find(mark);
    if (at == std::u32string::npos) continue;
    const std::u32string head = without_spaces(text.substr(0, at));
    if (std::find(std::begin(kLabels), std::end(kLabels), head) != std::end(kLabels))
      text.erase(0, at + 1);
  }
}

// ー after katakana (white space aside), - elsewhere.
void mend_dashes(std::u32string& text) {
  char32_t before = 0;
  for (char32_t& c : text) {
    if (utf8::is_dash(c)) c = utf8::is_katakana(before) || utf8::is_hiragana(before) ? U'ー' : U'-';
    if (c != ' ') before = c;
  }
}

std::u32string single_spaces(std::u32string_view text) {
  std::u32string out;
  for (char32_t c : text) {
    if (!utf8::is_space(c)) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

void tighten_brackets(std::u32string& text) {
  replace_all(text, U"( ", U"(");
  replace_all(text, U" )", U")");
}

}  // namespace

std::u32string without_spaces(std::u32string_view text) {
  std::u32string out;
  for (char32_t c : text) {
    if (!utf8::is_space(c)) out += c;
  }
  return out;
}

std::vector<std::u32string> words(std::u32string_view text) {
  std::vector<std::u32string> out(1);
  for (char32_t c : text) {
    if (!utf8::is_space(c)) {
      out.back() += c;
    } else if (!out.back().empty()) {
      out.emplace_back();
    }
  }
  if (out.back().empty()) out.pop_back();
  return out;
}

std::u32string clean(std::string_view printed) {
  std::u32string text = without_numbering(utf8::decode(mend_radicals(printed)));
  text = single_spaces(utf8::decode(nfkc(utf8::encode(text))));
  tighten_brackets(text);
  for (const auto& [written, form] : lists().shorts) replace_all(text, written, form);
  mend_dashes(text);
  drop_label(text);
  return single_spaces(without_numbering(text));
}

Form find_form(std::u32string_view text, std::size_t from) {
  Form best;
  for (const std::u32string& form : lists().forms) {
    const std::size_t at = text.find(form, from);
    if (at == std::u32string_view::npos) continue;
    if (!best.found() || at < best.at || (at == best.at && form.size() > best.size))
      best = {at, form.size()};
  }
  return best;
}

bool ends_like_institution(std::u32string_view text) {
  const std::u32string* word = suffix_among(lists().institutions, text);
  return word && text.size() > word->size() - (*word == U"デジタル庁" ? 1 : 0);
}

bool ends_like_branch(std::u32string_view text) {
  return suffix_among(lists().types, text) || suffix_among(lists().units, text);
}

namespace {

// Where the branch at the end of `text` may begin, from the right: behind each word of it that was
// recognised. Empty if the text does not end in a type of branch.
std::vector<std::size_t> branch_cuts(std::u32string_view text) {
  const std::u32string* type = suffix_among(lists().types, text);
  if (!type) return {};
  std::vector<std::size_t> cuts = {text.size() - type->size()};
  const auto step = [&](const Words& list) {
    const std::size_t at = cuts.back();
    const std::u32string* word = at == 0 ? nullptr : suffix_among(list, text.substr(0, at));
    if (word) cuts.push_back(at - word->size());
    return word != nullptr;
  };
  while (step(lists().business) || step(lists().types)) {
  }
  while (step(lists().regions) || step(lists().types)) {
  }
  return cuts;
}

// text.size() if there is no branch.
std::size_t branch_start(std::u32string_view text) {
  const std::vector<std::size_t> cuts = branch_cuts(text);
  return cuts.empty() ? text.size() : cuts.back();
}

bool is_kanji_run(std::u32string_view text) {
  return std::all_of(text.begin(), text.end(), [](char32_t c) { return utf8::is_kanji(c); });
}

// An unknown place before 支店 and the like: where the script changes, else two kanji.
std::size_t guess_place(std::u32string_view text, std::size_t type_at) {
  std::size_t at = type_at;
  while (at > 0 && utf8::is_kanji(text[at - 1]) && type_at - at < 4) --at;
  if (at > 0 && at < type_at && !utf8::is_kanji(text[at - 1])) return at;
  return type_at >= 4 && is_kanji_run(text.substr(type_at - 2, 2)) ? type_at - 2 : type_at;
}

// The branch's beginning with a name left before it: a company may be called as a town is.
std::size_t cut_branch(std::u32string_view text) {
  std::vector<std::size_t> cuts = branch_cuts(text);
  if (!cuts.empty() && cuts.back() == 0) cuts.pop_back();
  if (cuts.empty()) return text.size();
  static constexpr std::u32string_view kNeedPlace[] = {U"支社", U"支店",   U"営業所", U"支部",
                                                       U"支所", U"出張所", U"支局"};
  const bool bare = std::find(std::begin(kNeedPlace), std::end(kNeedPlace),
                              text.substr(cuts.back())) != std::end(kNeedPlace);
  const std::size_t at = bare ? guess_place(text, cuts.back()) : cuts.back();
  return at == 0 ? text.size() : at;
}

struct Split {
  std::u32string name, branch;
};

// A name of several words, its legal form (if any) at the beginning.
Split split_by_words(const std::vector<std::u32string>& parts, std::size_t first_name) {
  Split split;
  std::size_t cut = parts.size();
  for (std::size_t i = first_name + 1; i < parts.size(); ++i) {
    if (!ends_like_branch(parts[i]) || ends_like_institution(parts[i])) continue;
    // 東京 支店: the place belongs to the branch.
    const bool bare = branch_start(parts[i]) == 0;
    const Words& places = lists().regions;
    const bool place = bare && i > first_name + 1 &&
                       std::find(places.begin(), places.end(), parts[i - 1]) != places.end();
    cut = place ? i - 1 : i;
    break;
  }
  for (std::size_t i = 0; i < parts.size(); ++i) (i < cut ? split.name : split.branch) += parts[i];
  return split;
}

Split split_prefix_form(std::u32string_view text, std::size_t form_size) {
  const std::vector<std::u32string> parts = words(text);
  Split split = split_by_words(parts, parts.front().size() == form_size ? 1 : 0);
  const std::u32string body = split.name.substr(std::min(form_size, split.name.size()));
  const std::size_t cut = cut_branch(body);
  split.branch = body.substr(cut) + split.branch;
  split.name = split.name.substr(0, form_size) + body.substr(0, cut);
  return split;
}

bool is_trimmed(char32_t c) {
  constexpr std::u32string_view kMarks = U"、,。.:;/・-~「」『』[]【】<>()";
  return c == ' ' || kMarks.find(c) != std::u32string_view::npos;
}

std::u32string trimmed(std::u32string text) {
  while (!text.empty() && is_trimmed(text.back()) && text.back() != ')') text.pop_back();
  while (!text.empty() && is_trimmed(text.front()) && text.front() != '(') text.erase(0, 1);
  return text;
}

// A cooperative's form may stand in the middle of its name: 農業協同組合中央会.
bool may_go_on(std::u32string_view form) {
  return form.ends_with(U"組合") || form.ends_with(U"法人");
}

Split split_suffix_form(std::u32string_view text, const Form& form) {
  Split split{without_spaces(text.substr(0, form.end())),
              trimmed(without_spaces(text.substr(form.end())))};
  if (find_form(split.branch).found()) split.branch.clear();  // another company
  if (!split.branch.empty() && may_go_on(text.substr(form.at, form.size)) &&
      !ends_like_branch(split.branch)) {
    split.name += split.branch;
    split.branch.clear();
  }
  return split;
}

Split split_without_form(std::u32string_view text) {
  Split split = split_by_words(words(text), 0);
  if (!split.branch.empty() || ends_like_institution(split.name)) return split;
  const std::size_t cut = cut_branch(split.name);
  split.branch = split.name.substr(cut);
  split.name.resize(cut);
  return split;
}

Split split_plain(std::u32string_view text) {
  if (words(text).empty()) return {};
  // A form may itself be cut by spaces (株式 会社): look without them when there is none.
  std::u32string joined;
  Form form = find_form(text);
  if (!form.found() && find_form(without_spaces(text)).found()) {
    joined = without_spaces(text);
    text = joined;
    form = find_form(text);
  }
  if (!form.found()) return split_without_form(text);
  return form.at == 0 ? split_prefix_form(text, form.size) : split_suffix_form(text, form);
}

// Text outside of brackets, and what the brackets held.
struct Brackets {
  std::u32string outside;
  std::vector<std::u32string> inside;
};

Brackets take_brackets(std::u32string_view text) {
  Brackets result;
  int depth = 0;
  for (char32_t c : text) {
    if (c == '(') {
      if (depth++ == 0) result.inside.emplace_back();
    } else if (c == ')') {
      depth = std::max(0, depth - 1);
    } else {
      (depth > 0 ? result.inside.back() : result.outside) += c;
    }
  }
  result.outside = single_spaces(result.outside);
  return result;
}

// "A 他", "A ほか2社", "A等": only behind a complete name or white space, since names end so as
// well.
void drop_others(std::u32string& text) {
  static constexpr std::u32string_view kWords[] = {U"ほか", U"他", U"外",   U"等",
                                                   U"など", U"様", U"御中", U"殿"};
  std::u32string head = text;
  static constexpr std::u32string_view kCounters[] = {U"社", U"者", U"名", U"件", U"団体"};
  for (std::u32string_view counter : kCounters) {
    std::u32string rest = head;
    if (!rest.ends_with(counter)) continue;
    rest.resize(rest.size() - counter.size());
    const std::size_t before = rest.size();
    while (!rest.empty() && utf8::is_digit(rest.back())) rest.pop_back();
    if (rest.size() < before) head = rest;
  }
  for (std::u32string_view word : kWords) {
    if (!head.ends_with(word)) continue;
    const std::u32string rest = head.substr(0, head.size() - word.size());
    if (rest.size() < 2) continue;
    const bool apart = rest.back() == ' ' || find_form(rest).found() || ends_like_institution(rest);
    if (apart) text = single_spaces(rest);
    return;
  }
}

}  // namespace

bool is_branch(std::u32string_view text) {
  return !text.empty() && !find_form(text).found() && suffix_among(lists().types, text) &&
         branch_start(text) == 0;
}

bool is_complete(std::u32string_view text) {
  const std::u32string joined = without_spaces(text);
  const Form form = find_form(joined);
  if (!form.found()) return ends_like_institution(joined);
  const std::u32string rest = form.at == 0 ? joined.substr(form.size) : joined.substr(0, form.at);
  return !rest.empty() && !is_branch(rest) && !find_form(rest).found();
}

}  // namespace company

Company parse_company(std::string_view printed) {
  using namespace company;
  std::u32string text = clean(printed);
  drop_others(text);
  Brackets brackets = take_brackets(text);
  const bool nation = brackets.outside == U"国" || brackets.outside == U"政府";
  if ((nation || brackets.outside.empty()) && !brackets.inside.empty()) {
    brackets.outside = brackets.inside.front();
    brackets.inside.clear();
  }
  Split split = split_plain(brackets.outside);
  for (const std::u32string& inside : brackets.inside) {
    if (split.branch.empty() && ends_like_branch(inside) && !find_form(inside).found()) {
      split.branch = without_spaces(inside);
    }
  }
  split.name = trimmed(split.name);
  if (split.name.empty()) split.name = without_spaces(utf8::decode(nfkc(printed)));
  return {utf8::encode(split.name), utf8::encode(trimmed(split.branch))};
}

bool looks_like_company(std::string_view text) {
  const std::u32string joined = company::without_spaces(company::clean(text));
  if (joined.size() < 3 || joined.size() > 60) return false;
  constexpr std::u32string_view kSentence = U"。をはがにへでもるたい";
  std::size_t marks = 0;
  for (char32_t c : joined) marks += kSentence.find(c) != std::u32string_view::npos;
  return marks * 6 < joined.size() && company::is_complete(joined);
}

}  // namespace pia
