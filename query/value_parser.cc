// Dates come as 2024, 2024-4, 2024/4/1, 2024年4月1日, R6, R6.4, 令和6年4月, 令和6年度 (April to March);
// ranges as A..B, A.., ..B, A〜B, >=A, >A, <=B, <B. Everything is first made half-width.

#include "query/value_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "query/query_parser.h"
#include "query/unicode.h"

namespace pia {
namespace {

Error malformed(std::string reason) {
  return {ErrorCode::MalformedQuery, std::move(reason), "", 0, 0};
}

std::string narrowed(std::string_view text) {
  const auto decoded = decode_utf8(text);
  std::u32string out;
  for (const char32_t c : decoded.value_or(U"")) {
    if (!is_blank(c)) out.push_back(narrow(c));
  }
  return encode_utf8(out);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes a run of digits from the front; nullopt if there is none or it is absurdly long.
std::optional<int> take_number(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() && is_digit(text[length])) ++length;
  if (length == 0 || length > 4) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, length)) value = value * 10 + (c - '0');
  text.remove_prefix(length);
  return value;
}

bool take(std::string_view& text, std::string_view head) {
  if (!text.starts_with(head)) return false;
  text.remove_prefix(head.size());
  return true;
}

struct Era {
  std::string_view written;
  int before;  // the year before its first
};
constexpr std::array<Era, 10> kEras = {{{"令和", 2018}, {"平成", 1988}, {"昭和", 1925}, {"大正", 1911},
                                        {"明治", 1867}, {"R", 2018}, {"H", 1988}, {"S", 1925},
                                        {"T", 1911}, {"M", 1867}}};

struct Date {
  int year = 0, month = 0, day = 0;  // 0: not written
};

int days_in(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

bool is_valid(const Date& date) {
  if (date.year < 1800 || date.year > 2999) return false;
  if (date.month == 0) return date.day == 0;
  if (date.month > 12) return false;
  return date.day <= days_in(date.year, date.month);
}

std::string iso(const Date& date) {
  if (date.month == 0) return fmt::format("{:04}", date.year);
  if (date.day == 0) return fmt::format("{:04}-{:02}", date.year, date.month);
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::optional<int> take_year(std::string_view& text) {
  for (const Era& era : kEras) {
    std::string_view rest = text;
    std::string lower(1, static_cast<char>(era.written[0] | 0x20));
    const bool letter = era.written.size() == 1;
    if (!take(rest, era.written) && !(letter && take(rest, lower))) continue;
    const auto year = take(rest, "元") ? std::optional<int>(1) : take_number(rest);
    if (!year || *year == 0 || *year > 99) return std::nullopt;
    text = rest;
    return era.before + *year;
  }
  return take_number(text);
}

bool take_separator(std::string_view& text, std::string_view unit) {
  return take(text, unit) || take(text, "-") || take(text, "/") || take(text, ".");
}

// One date and, if 年度 stands after the year, whether the fiscal year is meant.
std::optional<std::pair<Date, bool>> parse_date(std::string_view text) {
  Date date;
  const auto year = take_year(text);
  if (!year) return std::nullopt;
  date.year = *year;
  if (take(text, "年度")) {
    if (!text.empty() || !is_valid(date)) return std::nullopt;
    return std::pair(date, true);
  }
  if (take_separator(text, "年") && !text.empty()) {
    const auto month = take_number(text);
    if (!month || *month == 0) return std::nullopt;
    date.month = *month;
    if (take_separator(text, "月") && !text.empty()) {
      const auto day = take_number(text);
      if (!day || *day == 0) return std::nullopt;
      date.day = *day;
      take(text, "日");
    }
  }
  if (!text.empty() || !is_valid(date)) return std::nullopt;
  return std::pair(date, false);
}

Date after(Date date) {
  if (date.day != 0 && ++date.day > days_in(date.year, date.month)) {
    date.day = 1;
    ++date.month;
  } else if (date.day == 0 && date.month != 0) {
    ++date.month;
  } else if (date.month == 0) {
    ++date.year;
  }
  if (date.month > 12) {
    date.month = 1;
    ++date.year;
  }
  return date;
}

Date before(Date date) {
  if (date.day > 1) {
    --date.day;
    return date;
  }
  if (date.month == 0) {
    --date.year;
    return date;
  }
  if (--date.month == 0) {
    date.month = 12;
    --date.year;
  }
  if (date.day != 0) date.day = days_in(date.year, date.month);
  return date;
}

std::string first_of(const std::pair<Date, bool>& date) {
  return date.second ? iso({date.first.year, 4, 0}) : iso(date.first);
}
std::string last_of(const std::pair<Date, bool>& date) {
  return date.second ? iso({date.first.year + 1, 3, 0}) : iso(date.first);
}
Date first_date(const std::pair<Date, bool>& date) {
  return date.second ? Date{date.first.year, 4, 0} : date.first;
}
Date last_date(const std::pair<Date, bool>& date) {
  return date.second ? Date{date.first.year + 1, 3, 0} : date.first;
}

Error bad_date(std::string_view text) {
  return malformed(fmt::format(
      "「{}」は日付として読めません (例: 2024、2024-04-01、令和6年4月、R6、2024..2025、>=2024-04)", text));
}

struct Comparison {
  bool lower = false, exclusive = false;
};

std::optional<Comparison> take_comparison(std::string_view& text) {
  if (take(text, ">=") || take(text, "=>") || take(text, "≧") || take(text, "≥"))
    return Comparison{true, false};
  if (take(text, "<=") || take(text, "=<") || take(text, "≦") || take(text, "≤"))
    return Comparison{false, false};
  if (take(text, ">")) return Comparison{true, true};
  if (take(text, "<")) return Comparison{false, true};
  return std::nullopt;
}

// The two sides of A..B in any of its writings; nullopt if the text is no range.
std::optional<std::pair<std::string, std::string>> sides(std::string_view text) {
  for (const std::string_view mark : {"...", "..", "…", "‥", "〜", "~"}) {
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos) continue;
    return std::pair(std::string(text.substr(0, at)), std::string(text.substr(at + mark.size())));
  }
  return std::nullopt;
}

Result<DateRange> compared_date(Comparison comparison, std::string_view text) {
  const auto date = parse_date(text);
  if (!date) return bad_date(text);
  Date end = comparison.lower ? first_date(*date) : last_date(*date);
  if (comparison.exclusive) end = comparison.lower ? after(last_date(*date)) : before(first_date(*date));
  if (!is_valid(end)) return bad_date(text);
  return comparison.lower ? DateRange{iso(end), ""} : DateRange{"", iso(end)};
}

}  // namespace

Result<DateRange> parse_date_range(std::string_view written) {
  const std::string text = narrowed(written);
  std::string_view rest = text;
  if (const auto comparison = take_comparison(rest)) return compared_date(*comparison, rest);
  const auto ends = sides(text);
  if (!ends) {
    const auto date = parse_date(text);
    if (!date) return bad_date(written);
    return DateRange{first_of(*date), last_of(*date)};
  }
  if (ends->first.empty() && ends->second.empty()) return bad_date(written);
  DateRange range;
  if (!ends->first.empty()) {
    const auto from = parse_date(ends->first);
    if (!from) return bad_date(ends->first);
    range.from = first_of(*from);
  }
  if (!ends->second.empty()) {
    const auto to = parse_date(ends->second);
    if (!to) return bad_date(ends->second);
    range.to = last_of(*to);
  }
  const std::size_t common = std::min(range.from.size(), range.to.size());
  if (range.from.compare(0, common, range.to, 0, common) > 0)
    return malformed(fmt::format("「{}」は始まりが終わりより後です", written));
  return range;
}

bool date_within(std::string_view date, std::string_view from, std::string_view to) {
  if (date.empty()) return false;
  const auto compared = [date](std::string_view end) {
    const std::size_t common = std::min(date.size(), end.size());
    return date.substr(0, common).compare(end.substr(0, common));
  };
  return (from.empty() || compared(from) >= 0) && (to.empty() || compared(to) <= 0);
}

namespace {

// 1,000 · 10万 · 100万 · 1億, with or without 人 or 件 after it.
std::optional<std::uint64_t> take_count(std::string_view& text) {
  std::uint64_t value = 0;
  std::size_t digits = 0;
  std::string_view rest = text;
  while (!rest.empty() && (is_digit(rest[0]) || (digits > 0 && rest[0] == ','))) {
    if (is_digit(rest[0])) {
      value = value * 10 + static_cast<std::uint64_t>(rest[0] - '0');
      if (++digits > 12) return std::nullopt;
    }
    rest.remove_prefix(1);
  }
  if (digits == 0) return std::nullopt;
  if (take(rest, "千")) value *= 1000;
  if (take(rest, "万")) value *= 10000;
  if (take(rest, "億")) value *= 100000000;
  if (!take(rest, "人")) take(rest, "件");
  text = rest;
  return value;
}

std::optional<std::string> whole_count(std::string_view text) {
  const auto value = take_count(text);
  if (!value || !text.empty()) return std::nullopt;
  return std::to_string(*value);
}

// A Range of counts, or nullopt if the text is words of a class (10人以上50人未満).
std::optional<DateRange> count_range(const std::string& text) {
  std::string_view rest = text;
  if (const auto comparison = take_comparison(rest)) {
    const auto value = whole_count(rest);
    if (!value) return std::nullopt;
    const auto number = std::stoull(*value);
    if (comparison->lower) return DateRange{std::to_string(number + (comparison->exclusive ? 1 : 0)), ""};
    if (comparison->exclusive && number == 0) return std::nullopt;
    return DateRange{"", std::to_string(number - (comparison->exclusive ? 1 : 0))};
  }
  if (const auto ends = sides(text)) {
    DateRange range;
    if (!ends->first.empty()) {
      const auto from = whole_count(ends->first);
      if (!from) return std::nullopt;
      range.from = *from;
    }
    if (!ends->second.empty()) {
      const auto to = whole_count(ends->second);
      if (!to) return std::nullopt;
      range.to = *to;
    }
    if (range.from.empty() && range.to.empty()) return std::nullopt;
    return range;
  }
  if (const auto value = whole_count(text)) return DateRange{*value, *value};
  return std::nullopt;
}

Query range_leaf(DateRange ends) {
  Query query;
  query.type = Query::Type::Range;
  query.from = std::move(ends.from);
  query.to = std::move(ends.to);
  return query;
}

Error bad_choice(QueryField field, std::string_view text) {
  std::string names;
  for (const std::string_view choice : choices(field)) {
    names += names.empty() ? "" : "・";
    names += choice;
  }
  return malformed(fmt::format("「{}」は「{}:」の値ではありません ({} のどれか)", text,
                               field_info(field).japanese, names));
}

}  // namespace

std::optional<CountClass> parse_count_class(std::string_view written) {
  const std::string text = narrowed(written);
  std::string_view rest = text;
  const auto first = take_count(rest);
  if (!first) return std::nullopt;
  if (take(rest, "未満")) return rest.empty() ? std::optional(CountClass{0, first}) : std::nullopt;
  if (!take(rest, "以上")) return std::nullopt;
  if (rest.empty()) return CountClass{*first, std::nullopt};
  const auto second = take_count(rest);
  if (!second || !take(rest, "未満") || !rest.empty()) return std::nullopt;
  return CountClass{*first, second};
}

bool count_within(const CountClass& count, std::string_view from, std::string_view to) {
  const std::uint64_t lower = from.empty() ? 0 : std::stoull(std::string(from));
  if (!from.empty() && from == to) return count.lower <= lower && (!count.upper || lower < *count.upper);
  if (count.lower < lower) return false;
  if (to.empty()) return true;
  return count.upper && *count.upper <= std::stoull(std::string(to)) + 1;
}

Result<Query> field_leaf(QueryField field, Query leaf) {
  const FieldInfo& info = field_info(field);
  if (leaf.type == Query::Type::Present || info.kind == ValueKind::Text) return leaf;
  if (leaf.type == Query::Type::Prefix && info.kind != ValueKind::Count) {
    return malformed(fmt::format("「{}:」には「*」を使えません", info.japanese));
  }
  if (info.kind == ValueKind::Choice) {
    const auto choice = choice_named(field, leaf.text);
    if (!choice) return bad_choice(field, leaf.text);
    return word(std::string(*choice));
  }
  if (info.kind == ValueKind::Date) {
    auto ends = parse_date_range(leaf.text);
    if (!ends) return ends.error();
    return range_leaf(std::move(*ends));
  }
  if (leaf.type == Query::Type::Word) {
    if (auto ends = count_range(narrowed(leaf.text))) return range_leaf(std::move(*ends));
  }
  return leaf;
}

}  // namespace pia
