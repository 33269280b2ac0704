// A number is read as sections of 万, 億, 兆; within a section 千, 百 and 十 multiply the digits
// before them: 1億2千万 = 1 * 10^8 + (2 * 1000) * 10^4.

#include "dicts/numbers.h"

#include <fmt/format.h>

#include <algorithm>

#include "dicts/utf8.h"

namespace pia {
namespace {

constexpr std::uint64_t kLimit = 10'000'000'000'000'000ULL;

char32_t plain(char32_t c) {
  if (c >= U'０' && c <= U'９') return c - U'０' + U'0';
  if (c == U'，') return U',';
  return c == U'．' ? U'.' : c;
}

int digit_of(char32_t c) {
  if (utf8::is_digit(c)) return static_cast<int>(c - U'0');
  constexpr std::u32string_view kKanji = U"〇一二三四五六七八九";
  if (c == U'○' || c == U'零') return 0;
  const std::size_t at = kKanji.find(c);
  return at == std::u32string_view::npos ? -1 : static_cast<int>(at);
}

std::uint64_t small_unit(char32_t c) {
  return c == U'十' ? 10 : c == U'百' ? 100 : c == U'千' ? 1000 : 0;
}

std::uint64_t large_unit(char32_t c) {
  if (c == U'万') return 10'000;
  if (c == U'億') return 100'000'000;
  return c == U'兆' ? 1'000'000'000'000ULL : 0;
}

struct Reading {
  std::size_t size = 0;  // characters
  std::uint64_t value = 0;
  bool certain = false;  // Arabic digits, a unit with a digit before it, or two kanji digits
};

// A comma belongs to a number only before three digits and no fourth.
bool is_group(std::u32string_view text, std::size_t comma) {
  for (std::size_t i = 1; i <= 3; ++i) {
    if (comma + i >= text.size() || !utf8::is_digit(plain(text[comma + i]))) return false;
  }
  return comma + 4 >= text.size() || !utf8::is_digit(plain(text[comma + 4]));
}

class Reader {
 public:
  explicit Reader(std::u32string_view text) : text_(text) {}

  Reading read(std::size_t from) {
    std::size_t at = from;
    while (at < text_.size() && take(at)) ++at;
    Reading reading;
    reading.size = at - from;
    reading.value = total_ + section_ + digits_;
    reading.certain = arabic_ || units_ > 0 || count_ > 1;
    return too_big_ ? Reading{reading.size, 0, false} : reading;
  }

 private:
  // One character; false if it is no part of the number.
  bool take(std::size_t at) {
    const char32_t c = plain(text_[at]);
    if (const int digit = digit_of(c); digit >= 0) return take_digit(c, digit);
    if (c == ',') return arabic_ && open_ && is_group(text_, at);
    if (const std::uint64_t unit = small_unit(c)) {
      section_ += (open_ ? digits_ : 1) * unit;
      return close();
    }
    const std::uint64_t unit = large_unit(c);
    if (unit == 0 || (section_ == 0 && !open_)) return false;
    total_ += (section_ + digits_) * unit;
    section_ = 0;
    return close();
  }

  bool take_digit(char32_t c, int digit) {
    if (open_ && utf8::is_digit(c) != last_arabic_) return false;  // 2二
    last_arabic_ = utf8::is_digit(c);
    arabic_ |= last_arabic_;
    too_big_ |= digits_ > kLimit / 10;
    digits_ = too_big_ ? 0 : digits_ * 10 + static_cast<std::uint64_t>(digit);
    open_ = true;
    ++count_;
    return true;
  }

  bool close() {
    too_big_ |= section_ >= kLimit || total_ >= kLimit;
    digits_ = 0;
    open_ = false;
    ++units_;
    return true;
  }

  std::u32string_view text_;
  std::uint64_t total_ = 0, section_ = 0, digits_ = 0;
  bool open_ = false;  // digits wait for a unit
  bool arabic_ = false, last_arabic_ = false, too_big_ = false;
  int count_ = 0, units_ = 0;
};

std::string with_commas(std::uint64_t value) {
  std::string out = fmt::format("{}", value);
  for (std::size_t at = out.size(); at > 3; at -= 3) out.insert(at - 3, ",");
  return out;
}

// 12340000 -> 1234万; 120000000 -> 1億2000万
std::string with_units(std::uint64_t value) {
  std::string out;
  for (const auto& [unit, name] :
       {std::pair{1'000'000'000'000ULL, "兆"}, {100'000'000ULL, "億"}, {10'000ULL, "万"}}) {
    if (value / unit > 0) out += fmt::format("{}{}", value / unit, name);
    value %= unit;
  }
  return value > 0 ? out + fmt::format("{}", value) : out;
}

std::string kanji_section(std::uint64_t value) {
  static constexpr const char* kDigits[] = {"",   "一", "二", "三", "四",
                                            "五", "六", "七", "八", "九"};
  std::string out;
  for (const auto& [unit, name] : {std::pair{1000ULL, "千"}, {100ULL, "百"}, {10ULL, "十"}}) {
    const std::uint64_t digit = value / unit;
    if (digit > 0) out += (digit > 1 ? kDigits[digit] : "") + std::string(name);
    value %= unit;
  }
  return out + kDigits[value];
}

std::string in_kanji(std::uint64_t value) {
  std::string out;
  for (const auto& [unit, name] :
       {std::pair{1'000'000'000'000ULL, "兆"}, {100'000'000ULL, "億"}, {10'000ULL, "万"}}) {
    if (value / unit > 0) out += kanji_section(value / unit) + name;
    value %= unit;
  }
  return out + kanji_section(value);
}

}  // namespace

std::optional<std::uint64_t> parse_number(std::string_view text) {
  const std::u32string chars = utf8::decode(text);
  if (chars.empty()) return std::nullopt;
  const Reading reading = Reader(chars).read(0);
  if (reading.size != chars.size() || (reading.value == 0 && !reading.certain)) return std::nullopt;
  return reading.value < kLimit ? std::optional(reading.value) : std::nullopt;
}

std::vector<FoundNumber> find_numbers(std::string_view text) {
  const std::u32string chars = utf8::decode(text);
  std::vector<std::uint32_t> bytes;
  for (std::size_t at = 0; at < text.size(); utf8::next(text, at))
    bytes.push_back(static_cast<std::uint32_t>(at));
  bytes.push_back(static_cast<std::uint32_t>(text.size()));
  std::vector<FoundNumber> found;
  for (std::size_t at = 0; at < chars.size();) {
    const Reading reading = Reader(chars).read(at);
    const std::size_t end = at + std::max<std::size_t>(reading.size, 1);
    const auto is_point = [&](std::size_t i) { return i < chars.size() && plain(chars[i]) == '.'; };
    const bool decimal = (at > 0 && is_point(at - 1)) || (is_point(end) && end + 1 < chars.size() &&
                                                          utf8::is_digit(plain(chars[end + 1])));
    if (reading.certain && !decimal && reading.value < kLimit) {
      found.push_back({bytes[at], bytes[end] - bytes[at], reading.value});
    }
    at = end;
  }
  return found;
}

std::vector<std::string> number_variants(std::uint64_t value) {
  std::vector<std::string> out = {fmt::format("{}", value)};
  const auto add = [&](std::string text) {
    if (!text.empty() && std::find(out.begin(), out.end(), text) == out.end())
      out.push_back(std::move(text));
  };
  add(with_commas(value));
  if (value == 0 || value >= kLimit) return out;
  add(with_units(value));
  if (value % 1000 == 0 && value < 10'000) add(fmt::format("{}千", value / 1000));
  add(in_kanji(value));
  return out;
}

}  // namespace pia
