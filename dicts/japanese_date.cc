// The text is first made into plain characters, each with its place in the original: NFKC digits
// and letters, white space left out (but remembered, so that "4 1" is not 41), ㍻ as 平成. Then one
// scan tries at every place, longest form first:
//
//   era number 年 [number 月 [number 日]]         令和6年4月1日, R6年4月, 令和元年
//   era number sep number [sep number]           R6.4.1, 平成27・10・1 (sep: . / -)
//   number 年 [number 月 [number 日]]             2024年4月
//   four digits sep number [sep number]          2024/4/1

#include "dicts/japanese_date.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dicts/utf8.h"

namespace pia {
namespace {

struct Era {
  std::u32string_view name;
  char32_t letter;
  PartialDate begins;  // first day
  int years;           // last year that documents may write, generously
};

// 令和 has no end; 平成31年 is often written on beyond its last day.
constexpr std::array<Era, 5> kEras = {{{U"令和", U'R', {2019, 5, 1}, 99},
                                       {U"平成", U'H', {1989, 1, 8}, 40},
                                       {U"昭和", U'S', {1926, 12, 25}, 64},
                                       {U"大正", U'T', {1912, 7, 30}, 15},
                                       {U"明治", U'M', {1868, 1, 25}, 45}}};

struct Plain {
  char32_t c = 0;
  std::uint32_t from = 0, to = 0;  // bytes in the original
  bool gap = false;                // white space stood before it
};

char32_t plain_char(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;  // full width
  if (c == 0x2F49) return U'月';
  if (c == 0x2F47) return U'日';
  if (utf8::is_dash(c)) return '-';
  return c;
}

// The square era characters ㍻ ㍼ ㍽ ㍾ ㋿ as their names.
std::u32string_view square_era(char32_t c) {
  if (c == 0x32FF) return U"令和";
  if (c >= 0x337B && c <= 0x337E) return kEras[1 + (c - 0x337B)].name;
  return {};
}

std::vector<Plain> plain(std::string_view text) {
  std::vector<Plain> out;
  out.reserve(text.size() / 2);
  bool gap = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto from = static_cast<std::uint32_t>(at);
    const char32_t c = utf8::next(text, at);
    const auto to = static_cast<std::uint32_t>(at);
    if (utf8::is_space(c)) {
      gap = true;
      continue;
    }
    const std::u32string_view era = square_era(c);
    if (era.empty()) {
      out.push_back({plain_char(c), from, to, gap});
    } else {
      for (char32_t part : era) out.push_back({part, from, to, gap});
    }
    gap = false;
  }
  return out;
}

int kanji_digit(char32_t c) {
  constexpr std::u32string_view kDigits = U"〇一二三四五六七八九";
  if (c == U'零' || c == U'○') return 0;
  const std::size_t at = kDigits.find(c);
  return at == std::u32string_view::npos ? -1 : static_cast<int>(at);
}

bool leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && leap(year) ? 29 : kDays[month - 1];
}

bool exists(const PartialDate& d) {
  if (d.year < 1800 || d.year > 2199) return false;
  if (d.month == 0) return d.day == 0;
  return d.month >= 1 && d.month <= 12 && d.day >= 0 && d.day <= days_in(d.year, d.month);
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(plain(text)) {}

  std::size_t size() const { return text_.size(); }
  const Plain& operator[](std::size_t i) const { return text_[i]; }

  // A date that begins at `at`, which moves behind it. `bare`: a year without 年, month or day.
  std::optional<FoundDate> date_at(std::size_t& at, bool& bare) const {
    if (at >= size()) return std::nullopt;
    if (at > 0 && utf8::is_digit(text_[at].c) && utf8::is_digit(text_[at - 1].c))
      return std::nullopt;
    std::size_t end = at;
    const Era* era = era_at(end);
    std::size_t digits = 0;
    const std::optional<int> year = era ? era_year_at(end) : number_at(end, 4, &digits);
    if (!year || (era && (*year > era->years || *year < 1))) return std::nullopt;
    if (!era && digits != 4) return std::nullopt;
    FoundDate found;
    found.date.year = era ? era->begins.year + *year - 1 : *year;
    bare = !is(end, U'年') && !separator(end);
    if (!bare && !(is(end, U'年') ? with_units(end, found) : with_separators(end, found, bare))) {
      return std::nullopt;
    }
    if (!exists(found.date)) return std::nullopt;
    found.offset = text_[at].from;
    found.length = text_[end - 1].to - found.offset;
    at = end;
    return found;
  }

  // Digits or kanji numerals; `most` digits at most. White space may stand between a number and its
  // unit, but not inside a number unless a line broke there: "2 7年" is rare, "4 1" is two numbers.
  std::optional<int> number_at(std::size_t& at, std::size_t most,
                               std::size_t* digits = nullptr) const {
    std::size_t end = at;
    int value = 0;
    while (end < size() && utf8::is_digit(text_[end].c) && (end == at || !text_[end].gap)) {
      if (end - at == most) return std::nullopt;
      value = value * 10 + static_cast<int>(text_[end].c - '0');
      ++end;
    }
    if (end == at) return kanji_number_at(at, digits);
    if (digits) *digits = end - at;
    at = end;
    return value;
  }

  bool is(std::size_t at, char32_t c) const { return at < size() && text_[at].c == c; }

 private:
  bool matches(std::size_t at, std::u32string_view word) const {
    for (char32_t c : word) {
      if (!is(at++, c)) return false;
    }
    return true;
  }

  // An era's name, or its letter unless that is the end of a word (GAR6).
  const Era* era_at(std::size_t& at) const {
    for (const Era& era : kEras) {
      if (matches(at, era.name)) return at += era.name.size(), &era;
    }
    if (at >= size() || (at > 0 && utf8::is_letter(text_[at - 1].c))) return nullptr;
    const char32_t c = text_[at].c >= 'a' ? text_[at].c - 32 : text_[at].c;
    for (const Era& era : kEras) {
      const bool number =
          at + 1 < size() && (utf8::is_digit(text_[at + 1].c) || text_[at + 1].c == U'元');
      if (c == era.letter && number) return ++at, &era;
    }
    return nullptr;
  }

  std::optional<int> era_year_at(std::size_t& at) const {
    if (is(at, U'元')) return ++at, 1;
    return number_at(at, 2);
  }

  // 二十七, 十, 二〇二四, 三一
  std::optional<int> kanji_number_at(std::size_t& at, std::size_t* digits) const {
    std::size_t end = at;
    int value = 0;
    int last = 0;
    bool tens = false;
    for (; end < size() && end - at < 4; ++end) {
      if (text_[end].c == U'十' && !tens) {
        value = (end == at ? 1 : last) * 10;
        last = 0;
        tens = true;
      } else if (const int digit = kanji_digit(text_[end].c); digit >= 0) {
        last = tens ? digit : last * 10 + digit;
      } else {
        break;
      }
    }
    if (end == at) return std::nullopt;
    if (digits) *digits = end - at;
    at = end;
    return value + last;
  }

  // Behind a year, at 年: [number 月 [number 日]], or 度.
  bool with_units(std::size_t& at, FoundDate& found) const {
    ++at;
    if (is(at, U'度')) {
      found.fiscal_year = true;
      return ++at, true;
    }
    std::size_t end = at;
    const std::optional<int> month = number_at(end, 2);
    if (!month || !is(end, U'月') || *month < 1 || *month > 12) return true;
    found.date.month = *month;
    at = ++end;
    const std::optional<int> day = number_at(end, 2);
    if (!day || !is(end, U'日')) return true;
    if (*day < 1 || *day > days_in(found.date.year, *month)) return false;
    found.date.day = *day;
    at = end + 1;
    return true;
  }

  bool separator(std::size_t at) const {
    return is(at, '.') || is(at, '/') || is(at, '-') || is(at, U'・') || is(at, U'／') ||
           is(at, U'．');
  }

  // Behind a year, at a separator: number [sep number]. False if what follows is no date.
  bool with_separators(std::size_t& at, FoundDate& found, bool& bare) const {
    std::size_t end = at + 1;
    const std::optional<int> month = number_at(end, 2);
    if (!month) return bare = true;
    if (*month < 1 || *month > 12 ||
        (end < size() && utf8::is_digit(text_[end].c) && !text_[end].gap)) {
      return false;
    }
    found.date.month = *month;
    at = end;
    if (!separator(end)) return true;
    ++end;
    const std::optional<int> day = number_at(end, 2);
    if (!day) return true;
    if (*day < 1 || *day > days_in(found.date.year, *month)) return false;
    found.date.day = *day;
    at = end;
    return true;
  }

  std::vector<Plain> text_;
};

bool is_wrapping(char32_t c) {
  constexpr std::u32string_view kMarks = U"()[]【】〔〕「」<>。、,";
  return kMarks.find(c) != std::u32string_view::npos;
}

// The one date that the whole text is.
std::optional<FoundDate> whole(std::string_view text) {
  const Scanner scanner(text);
  std::size_t at = 0;
  while (at < scanner.size() && is_wrapping(scanner[at].c)) ++at;
  bool bare = false;
  const std::optional<FoundDate> found = scanner.date_at(at, bare);
  if (!found) return std::nullopt;
  while (at < scanner.size() && is_wrapping(scanner[at].c)) ++at;
  return at == scanner.size() ? found : std::nullopt;
}

const Era* era_of(const PartialDate& date) {
  for (const Era& era : kEras) {
    // A year or month without a day belongs to the era that it ends in: 2019 is 令和元年.
    const PartialDate last = date.day
                                 ? date
                                 : PartialDate{date.year, date.month ? date.month : 12,
                                               days_in(date.year, date.month ? date.month : 12)};
    if (last >= era.begins) return date.year - era.begins.year < era.years ? &era : nullptr;
  }
  return nullptr;
}

std::string with_units(const std::string& year, const PartialDate& d) {
  std::string out = year + "年";
  if (d.month) out += fmt::format("{}月", d.month);
  if (d.day) out += fmt::format("{}日", d.day);
  return out;
}

std::string joined(const std::string& year, const PartialDate& d, char separator, int width) {
  std::string out = year;
  if (d.month) out += fmt::format("{}{:0{}}", separator, d.month, width);
  if (d.day) out += fmt::format("{}{:0{}}", separator, d.day, width);
  return out;
}

}  // namespace

std::string PartialDate::iso() const {
  if (month == 0) return fmt::format("{:04}", year);
  if (day == 0) return fmt::format("{:04}-{:02}", year, month);
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

std::string PartialDate::first_day() const {
  return PartialDate{year, month ? month : 1, day ? day : 1}.iso();
}

std::string PartialDate::last_day() const {
  const int last_month = month ? month : 12;
  return PartialDate{year, last_month, day ? day : days_in(year, last_month)}.iso();
}

std::optional<PartialDate> parse_date(std::string_view text) {
  const std::optional<FoundDate> found = whole(text);
  if (!found || found->fiscal_year) return std::nullopt;
  return found->date;
}

std::optional<PartialDate> parse_iso(std::string_view text) {
  const std::optional<PartialDate> date = parse_date(text);
  return date && date->iso() == text ? date : std::nullopt;
}

std::vector<FoundDate> find_dates(std::string_view text) {
  const Scanner scanner(text);
  std::vector<FoundDate> dates;
  for (std::size_t at = 0; at < scanner.size();) {
    bool bare = false;
    std::size_t end = at;
    const std::optional<FoundDate> found = scanner.date_at(end, bare);
    if (found && !bare) {
      dates.push_back(*found);
      at = end;
    } else {
      ++at;
    }
  }
  return dates;
}

std::optional<DateRange> parse_fiscal_year(std::string_view text) {
  const std::optional<FoundDate> found = whole(text);
  if (!found || !found->fiscal_year) return std::nullopt;
  const int year = found->date.year;
  return DateRange{{year, 4, 1}, {year + 1, 3, 31}};
}

std::string in_japanese(const PartialDate& date) {
  const Era* era = era_of(date);
  if (!era) return with_units(fmt::format("{}", date.year), date);
  const int year = date.year - era->begins.year + 1;
  const std::string number = year == 1 ? "元" : fmt::format("{}", year);
  return with_units(utf8::encode(era->name) + number, date);
}

std::vector<std::string> date_variants(const PartialDate& date) {
  std::vector<std::string> out = {in_japanese(date)};
  const auto add = [&](std::string text) {
    if (std::find(out.begin(), out.end(), text) == out.end()) out.push_back(std::move(text));
  };
  const std::string western = fmt::format("{}", date.year);
  add(with_units(western, date));
  if (const Era* era = era_of(date)) {
    const int year = date.year - era->begins.year + 1;
    const std::string name = utf8::encode(era->name);
    const std::string letter(1, static_cast<char>(era->letter + 32));
    add(with_units(fmt::format("{}{}", name, year), date));
    add(with_units(fmt::format("{}{}", letter, year), date));
    for (const char separator : {'.', '/'}) {
      if (date.month) add(joined(fmt::format("{}{}", letter, year), date, separator, 1));
      if (date.month) add(joined(fmt::format("{}{}", letter, year), date, separator, 2));
    }
    if (!date.month) add(fmt::format("{}{}", letter, year));
  }
  if (!date.month) return out;
  for (const char separator : {'/', '.', '-'}) {
    for (const int width : {1, 2}) add(joined(western, date, separator, width));
  }
  return out;
}

}  // namespace pia
