#include "dicts/japanese_date.h"

#include <algorithm>
#include <catch2/catch.hpp>

namespace {

std::string parsed(std::string_view text) {
  const auto date = pia::parse_date(text);
  return date ? date->iso() : "-";
}

}  // namespace

TEST_CASE("a date keeps the precision that was written") {
  struct Row {
    const char* text;
    const char* iso;
  };
  const Row rows[] = {
      {"令和6年4月1日", "2024-04-01"},
      {"令和元年", "2019"},
      {"令和元年5月1日", "2019-05-01"},
      {"R6.4.1", "2024-04-01"},
      {"Ｒ６", "2024"},
      {"Ｒ６．４．１", "2024-04-01"},
      {"r7.2.6", "2025-02-06"},
      {"平成27年10月", "2015-10"},
      {"H27.10.1", "2015-10-01"},
      {"平成31年4月30日", "2019-04-30"},
      {"昭和六十三年一月二日", "1988-01-02"},
      {"S63.1.7", "1988-01-07"},
      {"2024/4/1", "2024-04-01"},
      {"2024-04-01", "2024-04-01"},
      {"2024年4月", "2024-04"},
      {"２０２４年４月１日", "2024-04-01"},
      {"2024", "2024"},
      {"2024年", "2024"},
      {"二〇二四年四月一日", "2024-04-01"},
      {"平成二十七年十月", "2015-10"},
      {"令和 ６ 年 ４ 月 １ 日", "2024-04-01"},
      {"令和6\n年4月\n1日", "2024-04-01"},
      {" 令和6年4月1日。", "2024-04-01"},
      {"（令和6年4月1日）", "2024-04-01"},
      {"㋿6年4月1日", "2024-04-01"},
      {"㍻27年", "2015"},
      {"2024.4", "2024-04"},
      {"令和6年2月29日", "2024-02-29"},
      {"平成29.5.30", "2017-05-30"},
      {"R元.5.1", "2019-05-01"},
      {"大正15年12月24日", "1926-12-24"},
      {"令和6年2月30日", "-"},
      {"令和6年13月", "-"},
      {"令和6年度", "-"},
      {"令和", "-"},
      {"第6号", "-"},
      {"", "-"},
      {"6年4月1日", "-"},
      {"1234", "-"},
      {"12345", "-"},
      {"令和0年", "-"},
      {"R6.4.1 から", "-"},
      {"2024-04-", "-"},
      {"昭和99年", "-"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(parsed(row.text) == row.iso);
  }
}

TEST_CASE("dates are found in running text with their places") {
  const std::string text =
      "令和4年度に開始し、令和 6年\n4月1日から H27.10.1 まで。電話 "
      "0120-12-3456、番号12024/4/1、様式2024。"
      "条例第1.2.3号、2023/1/5。R3を除く。";
  std::string found;
  for (const pia::FoundDate& date : pia::find_dates(text)) {
    found += text.substr(date.offset, date.length) + "=" + date.date.iso() +
             (date.fiscal_year ? "度" : "") + "|";
  }
  CHECK(found ==
        "令和4年度=2022度|令和 6年\n4月1日=2024-04-01|H27.10.1=2015-10-01|2023/1/5=2023-01-05|");
}

TEST_CASE("a partial date spans its first and last day") {
  CHECK(pia::PartialDate{2024, 2, 0}.last_day() == "2024-02-29");
  CHECK(pia::PartialDate{2023, 2, 0}.last_day() == "2023-02-28");
  CHECK(pia::PartialDate{2024, 0, 0}.first_day() == "2024-01-01");
  CHECK(pia::PartialDate{2024, 0, 0}.last_day() == "2024-12-31");
  CHECK(pia::PartialDate{2024, 4, 9}.first_day() == "2024-04-09");
}

TEST_CASE("a fiscal year runs from April to March") {
  const auto range = pia::parse_fiscal_year("令和６年度");
  REQUIRE(range);
  CHECK(range->first.iso() == "2024-04-01");
  CHECK(range->last.iso() == "2025-03-31");
  CHECK(pia::parse_fiscal_year("2024年度")->first.iso() == "2024-04-01");
  CHECK_FALSE(pia::parse_fiscal_year("令和6年"));
}

TEST_CASE("every variant of a date reads as that date") {
  for (const pia::PartialDate& date :
       {pia::PartialDate{2025, 2, 6}, pia::PartialDate{2019, 5, 1}, pia::PartialDate{2019, 4, 30},
        pia::PartialDate{2024, 12, 0}, pia::PartialDate{1988, 0, 0},
        pia::PartialDate{2019, 0, 0}}) {
    for (const std::string& variant : pia::date_variants(date)) {
      CAPTURE(variant, date.iso());
      CHECK(parsed(variant) == date.iso());
    }
  }
  const auto variants = pia::date_variants({2025, 2, 6});
  for (const char* wanted :
       {"令和7年2月6日", "2025年2月6日", "r7.2.6", "r7.02.06", "2025/2/6", "2025-02-06"}) {
    CAPTURE(wanted);
    CHECK(std::find(variants.begin(), variants.end(), wanted) != variants.end());
  }
}

TEST_CASE("the era changes on its day") {
  CHECK(pia::in_japanese({2019, 4, 30}) == "平成31年4月30日");
  CHECK(pia::in_japanese({2019, 5, 1}) == "令和元年5月1日");
  CHECK(pia::in_japanese({2019, 0, 0}) == "令和元年");
  CHECK(pia::in_japanese({1989, 1, 7}) == "昭和64年1月7日");
}

TEST_CASE("parse_iso takes nothing but ISO") {
  CHECK(pia::parse_iso("2024-04")->iso() == "2024-04");
  CHECK_FALSE(pia::parse_iso("2024/04"));
  CHECK_FALSE(pia::parse_iso("令和6年"));
  CHECK_FALSE(pia::parse_iso("2024-4"));
}
