// What makes two spellings one company, and what of a name is read aloud.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dicts/company_internal.h"
#include "dicts/company_name.h"
#include "dicts/normalizer.h"
#include "dicts/utf8.h"

namespace pia {
namespace {

// エヌ・ティ・ティ -> ntt: only when dots stand between, so that no word is taken for letters.
constexpr std::pair<std::u32string_view, char32_t> kLetters[] = {
    {U"エー", 'a'},     {U"エイ", 'a'},   {U"ビー", 'b'},       {U"シー", 'c'},
    {U"ディー", 'd'},   {U"デー", 'd'},   {U"イー", 'e'},       {U"エフ", 'f'},
    {U"ジー", 'g'},     {U"エイチ", 'h'}, {U"エッチ", 'h'},     {U"アイ", 'i'},
    {U"ジェイ", 'j'},   {U"ジェー", 'j'}, {U"ケー", 'k'},       {U"ケイ", 'k'},
    {U"エル", 'l'},     {U"エム", 'm'},   {U"エヌ", 'n'},       {U"オー", 'o'},
    {U"ピー", 'p'},     {U"キュー", 'q'}, {U"アール", 'r'},     {U"エス", 's'},
    {U"ティー", 't'},   {U"ティ", 't'},   {U"テー", 't'},       {U"ユー", 'u'},
    {U"ブイ", 'v'},     {U"ヴィ", 'v'},   {U"ダブリュー", 'w'}, {U"ダブリュ", 'w'},
    {U"エックス", 'x'}, {U"ワイ", 'y'},   {U"ゼット", 'z'},     {U"ズィー", 'z'}};

char32_t letter_of(std::u32string_view word) {
  for (const auto& [name, letter] : kLetters) {
    if (word == name) return letter;
  }
  return 0;
}

// The pieces between dots; two or more letters in a row become letters.
std::u32string spell_letters(std::u32string_view text) {
  std::vector<std::u32string> pieces(1);
  for (char32_t c : text) {
    if (c == U'・') {
      pieces.emplace_back();
    } else {
      pieces.back() += c;
    }
  }
  if (pieces.size() == 1) return pieces.front();
  // The first piece may have the legal form before its letter, the last one a word behind.
  std::u32string out;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const company::Form form = company::find_form(pieces[i]);
    const std::size_t head = form.found() && form.at == 0 ? form.size : 0;
    const std::size_t tail = form.found() && form.at > 0 ? form.at : pieces[i].size();
    const char32_t letter = letter_of(std::u32string_view(pieces[i]).substr(head, tail - head));
    if (!letter) {
      out += pieces[i];
      continue;
    }
    out += pieces[i].substr(0, head);
    out += letter;
    out += pieces[i].substr(tail);
  }
  return out;
}

char32_t large_kana(char32_t c) {
  constexpr std::u32string_view kSmall = U"ァィゥェォッャュョヮ";
  constexpr std::u32string_view kLarge = U"アイウエオツヤユヨワ";
  const std::size_t at = kSmall.find(c);
  return at == std::u32string_view::npos ? c : kLarge[at];
}

}  // namespace

std::string company_key(std::string_view name) {
  const std::u32string text = company::without_spaces(utf8::decode(fold_names(fold_text(name))));
  std::u32string out;
  for (char32_t c : spell_letters(text)) {
    if (c != U'・' && c != '.' && c != ',' && c != '\'' && c != '&') out += large_kana(c);
  }
  return utf8::encode(out);
}

std::string company_stem(std::string_view name) {
  std::u32string text = company::without_spaces(company::clean(name));
  const company::Form form = company::find_form(text);
  if (form.found() && form.size < text.size()) text.erase(form.at, form.size);
  return utf8::encode(text);
}

}  // namespace pia
