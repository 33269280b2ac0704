#include "query/spellings.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "dicts/company_name.h"
#include "dicts/normalizer.h"
#include "dicts/synonyms.h"
#include "query/unicode.h"

namespace pia {
namespace {

constexpr std::size_t kMaxSynonyms = 24;

void add(std::vector<Spelling>& out, std::string_view word, std::string text, bool shown) {
  if (text.empty() || text == word) return;
  if (std::ranges::find(out, text, &Spelling::text) == out.end())
    out.push_back({std::move(text), shown});
}

// サーバー ↔ サーバ: a final long mark of a katakana word of three or more characters.
std::optional<std::string> other_long_mark(std::string_view word) {
  const auto decoded = decode_utf8(word);
  if (!decoded || decoded->size() < 3) return std::nullopt;
  std::u32string text = *decoded;
  std::size_t run = 0;
  while (run < text.size() && is_katakana(text[text.size() - 1 - run])) ++run;
  if (run < 3) return std::nullopt;
  if (text.back() == U'ー') {
    text.pop_back();
  } else {
    text.push_back(U'ー');
  }
  return encode_utf8(text);
}

constexpr std::u32string_view kDigits = U"〇一二三四五六七八九";

std::string with_commas(std::string digits) {
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

// 27 → 二十七, up to 9999; for counts and clauses as forms write them.
std::u32string in_kanji(std::uint64_t number) {
  constexpr std::array<char32_t, 4> kUnits = {U'\0', U'十', U'百', U'千'};
  if (number == 0) return U"〇";
  std::u32string out;
  for (std::size_t place = 4; place-- > 0;) {
    std::uint64_t unit = 1;
    for (std::size_t i = 0; i < place; ++i) unit *= 10;
    const std::uint64_t digit = number / unit % 10;
    if (digit == 0) continue;
    if (digit > 1 || place == 0) out += kDigits[digit];
    if (place > 0) out += kUnits[place];
  }
  return out;
}

// 三, 二十七, 十 → 3, 27, 10; nullopt unless all of the text is such a numeral.
std::optional<std::uint64_t> kanji_number(std::u32string_view text) {
  std::uint64_t total = 0, digit = 0;
  bool any = false;
  for (const char32_t c : text) {
    const std::size_t value = kDigits.find(c);
    const std::uint64_t unit = c == U'十' ? 10 : c == U'百' ? 100 : c == U'千' ? 1000 : 0;
    if (value != std::u32string_view::npos) {
      digit = digit * 10 + value;
    } else if (unit != 0) {
      total += (digit == 0 ? 1 : digit) * unit;
      digit = 0;
    } else {
      return std::nullopt;
    }
    any = true;
    if (total > 9999 || digit > 9999) return std::nullopt;
  }
  return any ? std::optional(total + digit) : std::nullopt;
}

bool is_numeral(char32_t c) {
  return kDigits.find(c) != std::u32string_view::npos || c == U'十' || c == U'百' || c == U'千';
}

// Writings of one number: 1000 · 1,000 · 千; 100000 · 100,000 · 10万.
std::vector<std::string> number_writings(std::uint64_t number) {
  std::vector<std::string> out = {std::to_string(number)};
  if (number >= 1000) out.push_back(with_commas(std::to_string(number)));
  if (number >= 10000 && number % 10000 == 0) {
    out.push_back(std::to_string(number / 10000) + "万");
    if (number >= 10000000) out.push_back(with_commas(std::to_string(number / 10000)) + "万");
  }
  if (number <= 9999) out.push_back(encode_utf8(in_kanji(number)));
  return out;
}

// The number at the front (digits with commas, then 万; or a kanji numeral) and the rest.
struct Counted {
  std::uint64_t number = 0;
  std::u32string rest;
};
std::optional<Counted> leading_number(std::u32string_view text) {
  std::size_t at = 0;
  std::uint64_t number = 0;
  std::size_t digits = 0;
  while (at < text.size() &&
         ((text[at] >= U'0' && text[at] <= U'9') || (digits > 0 && text[at] == U','))) {
    if (text[at] != U',') {
      number = number * 10 + (text[at] - U'0');
      if (++digits > 12) return std::nullopt;
    }
    ++at;
  }
  if (digits > 0) {
    if (at < text.size() && text[at] == U'万') {
      number *= 10000;
      ++at;
    }
    return Counted{number, std::u32string(text.substr(at))};
  }
  while (at < text.size() && is_numeral(text[at])) ++at;
  const auto value = at > 0 ? kanji_number(text.substr(0, at)) : std::nullopt;
  if (!value) return std::nullopt;
  return Counted{*value, std::u32string(text.substr(at))};
}

// Words that begin with a numeral and are no numbers (一覧, 三重県) are not rewritten: only a
// counter may follow.
bool is_counter(std::u32string_view rest) {
  constexpr std::array<std::u32string_view, 22> kCounters = {
      U"人",   U"件", U"年",   U"月",   U"日",   U"時間", U"回", U"名", U"条",   U"項", U"号",
      U"世帯", U"歳", U"か月", U"ヶ月", U"箇所", U"分",   U"秒", U"円", U"万人", U"台", U"枚"};
  return std::ranges::any_of(kCounters, [&](std::u32string_view c) { return rest.starts_with(c); });
}

void add_numbers(std::vector<Spelling>& out, std::string_view word) {
  const auto decoded = decode_utf8(word);
  if (!decoded) return;
  const auto counted = leading_number(*decoded);
  if (!counted) return;
  const bool kanji = is_numeral(decoded->front());
  if (kanji && !is_counter(counted->rest)) return;
  if (!kanji && !counted->rest.empty() && !is_counter(counted->rest)) return;
  const bool bare = counted->rest.empty();
  for (const std::string& number : number_writings(counted->number)) {
    if (bare && is_kanji(decode_utf8(number)->front())) continue;  // 46 is not every 四十六
    add(out, word, number + encode_utf8(counted->rest), false);
  }
}

}  // namespace

std::string without_legal_form(std::string_view folded) {
  std::string stem = company_stem(folded);
  return stem.empty() ? std::string(folded) : stem;
}

std::vector<Spelling> spellings(std::string_view folded) {
  std::vector<Spelling> out;
  // A synonym of the whole, or of a word inside (国保の申請書 -> 国民健康保険の申請書).
  for (const SynonymMatch& match : find_synonyms(folded)) {
    const std::string before(folded.substr(0, match.offset));
    const std::string after(folded.substr(match.offset + match.length));
    for (const std::string& also : match.also) {
      if (out.size() < kMaxSynonyms) add(out, folded, before + also + after, true);
    }
  }
  if (looks_like_company(folded)) add(out, folded, fold_text(without_legal_form(folded)), false);
  if (auto mark = other_long_mark(folded)) add(out, folded, std::move(*mark), false);
  add_numbers(out, folded);
  return out;
}

}  // namespace pia
