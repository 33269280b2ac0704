// Dates as Japanese documents write them, with the precision that was written: 令和6年4月 has no
// day. Eras (明治, 大正, 昭和, 平成, 令和 and their letters M T S H R) and western years; digits of
// any width, kanji numerals (二十七, 二〇二四), 元年; 年月日, or . / - between numbers. White space
// and line breaks inside are allowed, since the sources break lines anywhere.

#ifndef PIA_DICTS_JAPANESE_DATE_H_
#define PIA_DICTS_JAPANESE_DATE_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pia {

// month and day are 0 when they were not written; a day has always a month.
struct PartialDate {
  int year = 0, month = 0, day = 0;

  auto operator<=>(const PartialDate&) const = default;
  std::string iso() const;        // 2024, 2024-04 or 2024-04-01
  std::string first_day() const;  // 2024-04 -> 2024-04-01
  std::string last_day() const;   // 2024-04 -> 2024-04-30
};

struct FoundDate {
  std::uint32_t offset = 0, length = 0;  // bytes in the text given
  PartialDate date;
  bool fiscal_year = false;  // 令和6年度: date.year is the year in which it begins
};

// The whole text is one date, white space and brackets around it aside; nullopt if it is anything
// else, if there is no such day (2月30日), or if it is a fiscal year. A bare number (2024) is a
// year.
std::optional<PartialDate> parse_date(std::string_view text);

// 2024-04, 2024-04-01, 2024: what iso() writes, and nothing else.
std::optional<PartialDate> parse_iso(std::string_view text);

// Every date in running text, in order and without overlap. Bare numbers are no dates here, and
// 1.2.3 is none: without an era or 年 the year must have four digits, and a month must follow.
std::vector<FoundDate> find_dates(std::string_view text);

struct DateRange {
  PartialDate first, last;  // days
};
// 令和6年度 -> 2024-04-01 to 2025-03-31; nullopt if the text is no fiscal year.
std::optional<DateRange> parse_fiscal_year(std::string_view text);

// The ways in which this date may be written, folded (normalizer.h), this one excluded from none:
// 令和7年2月6日, 2025年2月6日, r7.2.6, 2025/2/6, 2025-02-06, 2025.2.6; 元年 for a first year.
std::vector<std::string> date_variants(const PartialDate& date);

// "令和7年2月6日"; the era of the day itself. Years before 1868 are western.
std::string in_japanese(const PartialDate& date);

}  // namespace pia

#endif  // PIA_DICTS_JAPANESE_DATE_H_
