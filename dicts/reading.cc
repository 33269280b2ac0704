// All writing meets in one romaji. Kana become romaji by table; romaji of any system become Kunrei
// by replacing (shi -> si, ja -> zya); then long vowels shorten and doubled n is one.

#include "dicts/reading.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "dicts/company_name.h"
#include "dicts/municipalities.h"
#include "dicts/normalizer.h"
#include "dicts/utf8.h"

namespace pia {
namespace {

constexpr char32_t kToHiragana = 0x60;

std::unordered_map<std::u32string, std::string> kana_table() {
  std::unordered_map<std::u32string, std::string> table;
  const auto row = [&](std::u32string_view kana, std::string_view consonant) {
    for (std::size_t i = 0; i < kana.size(); ++i) {
      table[std::u32string(1, kana[i])] = std::string(consonant) + "aiueo"[i];
    }
  };
  row(U"あいうえお", "");
  row(U"かきくけこ", "k");
  row(U"さしすせそ", "s");
  row(U"たちつてと", "t");
  row(U"なにぬねの", "n");
  row(U"はひふへほ", "h");
  row(U"まみむめも", "m");
  row(U"らりるれろ", "r");
  row(U"がぎぐげご", "g");
  row(U"ざじずぜぞ", "z");
  row(U"だぢづでど", "d");
  row(U"ばびぶべぼ", "b");
  row(U"ぱぴぷぺぽ", "p");
  row(U"ぁぃぅぇぉ", "");
  const std::pair<const char32_t*, const char*> singles[] = {
      {U"や", "ya"}, {U"ゆ", "yu"}, {U"よ", "yo"}, {U"わ", "wa"}, {U"ゐ", "i"},
      {U"ゑ", "e"},  {U"を", "o"},  {U"ん", "n"},  {U"ゔ", "bu"}, {U"ぢ", "zi"},
      {U"づ", "zu"}, {U"ゃ", "ya"}, {U"ゅ", "yu"}, {U"ょ", "yo"}, {U"ゎ", "wa"}};
  for (const auto& [kana, romaji] : singles) table[kana] = romaji;
  // き + ゃ = kya; also ちぇ, じぇ, しぇ
  for (char32_t base : std::u32string_view(U"きしちにひみりぎじぢびぴ")) {
    const std::string stem = table[std::u32string(1, base)].substr(0, 1);
    const std::pair<char32_t, const char*> small[] = {
        {U'ゃ', "ya"}, {U'ゅ', "yu"}, {U'ょ', "yo"}, {U'ぇ', "ye"}};
    for (const auto& [y, romaji] : small) table[{base, y}] = stem + romaji;
  }
  const std::pair<const char32_t*, const char*> foreign[] = {
      {U"ふぁ", "hua"}, {U"ふぃ", "hui"}, {U"ふぇ", "hue"}, {U"ふぉ", "huo"}, {U"てぃ", "ti"},
      {U"でぃ", "di"},  {U"とぅ", "tu"},  {U"どぅ", "du"},  {U"でゅ", "dyu"}, {U"うぃ", "wi"},
      {U"うぇ", "we"},  {U"うぉ", "wo"},  {U"ゔぁ", "ba"},  {U"ゔぃ", "bi"},  {U"ゔぇ", "be"},
      {U"ゔぉ", "bo"},  {U"くぁ", "kua"}, {U"つぁ", "tua"}, {U"つぇ", "tue"}, {U"つぉ", "tuo"}};
  for (const auto& [kana, romaji] : foreign) table[kana] = romaji;
  return table;
}

std::string kana_to_romaji(std::u32string_view text) {
  static const auto table = kana_table();
  std::string out;
  bool doubled = false;  // after っ
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == U'っ') {
      doubled = true;
      ++at;
      continue;
    }
    std::string syllable;
    for (std::size_t size = 2; size >= 1 && syllable.empty(); --size) {
      const auto found = table.find(std::u32string(text.substr(at, size)));
      if (found == table.end()) continue;
      syllable = found->second;
      at += std::min(size, text.size() - at);
    }
    if (syllable.empty()) utf8::append(syllable, text[at++]);
    if (doubled && !syllable.empty() &&
        std::string_view("aiueon").find(syllable[0]) == std::string_view::npos) {
      out += syllable[0];
    }
    doubled = false;
    out += syllable;
  }
  return out;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

// Hepburn and what people type -> Kunrei. Order matters.
void to_kunrei(std::string& text) {
  static constexpr std::pair<std::string_view, std::string_view> kRules[] = {
      {"ā", "a"},     {"ī", "i"},   {"ū", "u"},    {"ē", "e"},    {"ō", "o"},     {"â", "a"},
      {"î", "i"},     {"û", "u"},   {"ê", "e"},    {"ô", "o"},    {"tch", "tty"}, {"cch", "tty"},
      {"ssh", "ssy"}, {"sh", "sy"}, {"ch", "ty"},  {"tsu", "tu"}, {"dzu", "zu"},  {"du", "zu"},
      {"jy", "zy"},   {"j", "zy"},  {"fu", "hu"},  {"fa", "hua"}, {"fi", "hui"},  {"fe", "hue"},
      {"fo", "huo"},  {"v", "b"},   {"syi", "si"}, {"tyi", "ti"}, {"zyi", "zi"},  {"mb", "nb"},
      {"mp", "np"},   {"mm", "nm"}, {"n'", "n"},   {"l", "r"}};
  for (const auto& [from, to] : kRules) replace_all(text, from, to);
}

bool is_vowel(char c) { return std::string_view("aiueo").find(c) != std::string_view::npos; }

void shorten(std::string& text) {
  replace_all(text, "ー", "");
  replace_all(text, "-", "");
  std::string out;
  for (char c : text) {
    const char last = out.empty() ? '\0' : out.back();
    if (last == c && (is_vowel(c) || c == 'n')) continue;
    if (c == 'u' && last == 'o') continue;
    out += c;
  }
  text = std::move(out);
}

std::string spell(char letter) {
  static constexpr std::string_view kNames[] = {
      "えー",   "びー",   "しー", "でぃー", "いー",       "えふ",     "じー", "えいち", "あい",
      "じぇい", "けー",   "える", "えむ",   "えぬ",       "おー",     "ぴー", "きゅー", "あーる",
      "えす",   "てぃー", "ゆー", "ぶい",   "だぶりゅー", "えっくす", "わい", "ぜっと"};
  return std::string(kNames[letter - 'a']);
}

constexpr std::size_t kLongestInitials = 4;  // longer ones are words: japan

std::string read_token(const Token& token) {
  if (!token.reading.empty()) return to_hiragana(token.reading);
  const bool spelled = token.text.size() <= kLongestInitials;
  std::string out;
  for (std::size_t at = 0; at < token.text.size();) {
    const char32_t c = utf8::next(token.text, at);
    if (utf8::is_katakana(c) || utf8::is_hiragana(c)) utf8::append(out, c);
    if (c >= 'a' && c <= 'z')
      out += spelled ? spell(static_cast<char>(c)) : std::string(1, static_cast<char>(c));
    if (utf8::is_digit(c)) utf8::append(out, c);
  }
  return to_hiragana(out);
}

}  // namespace

std::string to_hiragana(std::string_view text) {
  std::string out;
  for (char32_t c : utf8::decode(nfkc(text))) {
    utf8::append(out, c >= 0x30A1 && c <= 0x30F6 ? c - kToHiragana : c);
  }
  return out;
}

std::string to_katakana(std::string_view text) {
  std::string out;
  for (char32_t c : utf8::decode(nfkc(text))) {
    utf8::append(out, c >= 0x3041 && c <= 0x3096 ? c + kToHiragana : c);
  }
  return out;
}

std::string reading_of(const Tokenizer& tokenizer, std::string_view name) {
  const auto places = municipalities_by_name(name);
  if (!places.empty()) return std::string(places.front()->kana);
  const std::string stem = fold_text(company_stem(name));
  std::string out;
  for (const Token& token : tokenizer.tokenize(stem)) {
    if (token.word_class != WordClass::Symbol) out += read_token(token);
  }
  return out;
}

std::string reading_key(std::string_view text) {
  std::string key;
  const std::string folded = to_hiragana(fold_text(text));
  key = kana_to_romaji(utf8::decode(folded));
  std::erase_if(key, [](char c) { return c == ' ' || c == '\t' || c == '\n'; });
  to_kunrei(key);
  shorten(key);
  return key;
}

std::string typed_key(std::string_view typed) {
  std::string key = reading_key(typed);
  // A syllable begun: sy and ty may become si and ti, zy zi; hu may become ha ... by f.
  for (std::string_view begun : {"sy", "ty", "zy"}) {
    if (key.ends_with(begun)) key.pop_back();
  }
  if (key.ends_with("f")) key.back() = 'h';
  if (key.ends_with("ts")) key.pop_back();
  if (key.ends_with("dz")) key = key.substr(0, key.size() - 2) + "z";
  if (key.size() >= 2 && key[key.size() - 1] == key[key.size() - 2] && !is_vowel(key.back()))
    return key;
  if (key.ends_with("c")) key.pop_back();
  return key;
}

bool matches_prefix(std::string_view reading, std::string_view typed) {
  return reading_key(reading).starts_with(typed_key(typed));
}

}  // namespace pia
