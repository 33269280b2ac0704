// Dates come as 2024, 2024-4, 2024/4/1, 2024年4月1日, R6, R6.4, 令和6年4月, 令和6年度 (April to
// March); ranges as A..B, A.., ..B, A〜B, >=A, >A, <=B, <B. Everything is first made half-width.

#include "query/value_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "dicts/japanese_date.h"
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

bool take(std::string_view& text, std::string_view head) {
  if (!text.starts_with(head)) return false;
  text.remove_prefix(head.size());
  return true;
}

// The first and last day, month or year that a written date or fiscal year means.
struct Span {
  PartialDate first, last;
};

// Years that publication dates can have; keeps what describe() prints readable again.
bool is_sane(const PartialDate& date) { return date.year >= 1800 && date.year <= 2999; }

std::optional<Span> parse_span(std::string_view text) {
  std::string unzoned(text);  // R6 stands for its year: dicts wants 年 after a bare era
  if (const auto date = parse_date(unzoned); date && is_sane(*date)) return Span{*date, *date};
  if (const auto date = parse_date(unzoned + "年"); date && is_sane(*date))
    return Span{*date, *date};
  const auto year = parse_fiscal_year(text);
  if (!year || !is_sane(year->first)) return std::nullopt;
  return Span{{year->first.year, year->first.month, 0}, {year->last.year, year->last.month, 0}};
}

PartialDate after(const PartialDate& date) {
  if (date.month == 0) return {date.year + 1, 0, 0};
  if (date.day == 0)
    return date.month == 12 ? PartialDate{date.year + 1, 1, 0}
                            : PartialDate{date.year, date.month + 1, 0};
  if (date.iso() != PartialDate{date.year, date.month, 0}.last_day())
    return {date.year, date.month, date.day + 1};
  PartialDate next = after({date.year, date.month, 0});
  next.day = 1;
  return next;
}

PartialDate before(const PartialDate& date) {
  if (date.month == 0) return {date.year - 1, 0, 0};
  if (date.day > 1) return {date.year, date.month, date.day - 1};
  const PartialDate month = date.month == 1 ? PartialDate{date.year - 1, 12, 0}
                                            : PartialDate{date.year, date.month - 1, 0};
  if (date.day == 0) return month;
  return *parse_iso(month.last_day());
}

Error bad_date(std::string_view text) {
  return malformed(fmt::format(
      "「{}」は日付として読めません (例: 2024、2024-04-01、令和6年4月、R6、2024..2025、>=2024-04)",
      text));
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

Result<DateEnds> compared_date(Comparison comparison, std::string_view text) {
  const auto span = parse_span(text);
  if (!span) return bad_date(text);
  PartialDate end = comparison.lower ? span->first : span->last;
  if (comparison.exclusive) end = comparison.lower ? after(span->last) : before(span->first);
  if (!is_sane(end)) return bad_date(text);
  return comparison.lower ? DateEnds{end.iso(), ""} : DateEnds{"", end.iso()};
}

}  // namespace

Result<DateEnds> parse_date_range(std::string_view written) {
  const std::string text = narrowed(written);
  std::string_view rest = text;
  if (const auto comparison = take_comparison(rest)) return compared_date(*comparison, rest);
  const auto ends = sides(text);
  if (!ends) {
    const auto span = parse_span(text);
    if (!span) return bad_date(written);
    return DateEnds{span->first.iso(), span->last.iso()};
  }
  if (ends->first.empty() && ends->second.empty()) return bad_date(written);
  DateEnds range;
  if (!ends->first.empty()) {
    const auto from = parse_span(ends->first);
    if (!from) return bad_date(ends->first);
    range.from = from->first.iso();
  }
  if (!ends->second.empty()) {
    const auto to = parse_span(ends->second);
    if (!to) return bad_date(ends->second);
    range.to = to->last.iso();
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
std::optional<DateEnds> count_range(const std::string& text) {
  std::string_view rest = text;
  if (const auto comparison = take_comparison(rest)) {
    const auto value = whole_count(rest);
    if (!value) return std::nullopt;
    const auto number = std::stoull(*value);
    if (comparison->lower)
      return DateEnds{std::to_string(number + (comparison->exclusive ? 1 : 0)), ""};
    if (comparison->exclusive && number == 0) return std::nullopt;
    return DateEnds{"", std::to_string(number - (comparison->exclusive ? 1 : 0))};
  }
  if (const auto ends = sides(text)) {
    DateEnds range;
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
  if (const auto value = whole_count(text)) return DateEnds{*value, *value};
  return std::nullopt;
}

Query range_leaf(DateEnds ends) {
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
  if (!from.empty() && from == to)
    return count.lower <= lower && (!count.upper || lower < *count.upper);
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
