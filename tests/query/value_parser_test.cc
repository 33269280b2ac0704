#include "query/value_parser.h"

#include <catch2/catch.hpp>

#include "query/query_parser.h"

namespace pia {
namespace {

std::string dates(std::string_view text) {
  const auto range = parse_date_range(text);
  return range ? range->from + ".." + range->to : "error: " + range.error().reason;
}

TEST_CASE("dates are read western and Japanese, with the precision written") {
  struct Row {
    const char* written;
    const char* range;
  };
  const Row rows[] = {
      {"2024", "2024..2024"},
      {"2024-4", "2024-04..2024-04"},
      {"2024/04/01", "2024-04-01..2024-04-01"},
      {"２０２４年４月１日", "2024-04-01..2024-04-01"},
      {"R6", "2024..2024"},
      {"r6.4", "2024-04..2024-04"},
      {"令和元年", "2019..2019"},
      {"平成３１年４月３０日", "2019-04-30..2019-04-30"},
      {"令和6年度", "2024-04..2025-03"},
      {"2024..", "2024.."},
      {"..R6", "..2024"},
      {"2024〜2025", "2024..2025"},
      {"令和5年～令和6年3月", "2023..2024-03"},
      {">2024", "2025.."},
      {">2024-12", "2025-01.."},
      {">2024-02-29", "2024-03-01.."},
      {"<2024-03-01", "..2024-02-29"},
      {"<令和6年度", "..2024-03"},
      {"<=2024", "..2024"},
      {"≧2024", "2024.."},
  };
  for (const Row& row : rows) {
    CAPTURE(row.written);
    CHECK(dates(row.written) == row.range);
  }
  for (const char* bad :
       {"", "令和", "2024-00", "2024-02-30", "R0", "12345", "2024-04-01-01", "2024年度末"}) {
    CAPTURE(bad);
    CHECK_THAT(dates(bad), Catch::StartsWith("error"));
  }
}

TEST_CASE("a date is within a range as precisely as both are written") {
  CHECK(date_within("2024-04-01", "2024", "2024"));
  CHECK(date_within("2024-12", "2024", "2024-12-15"));
  CHECK_FALSE(date_within("2025-01-01", "", "2024"));
  CHECK_FALSE(date_within("2023-12-31", "2024", ""));
  CHECK_FALSE(date_within("", "", "2024"));
}

TEST_CASE("classes of the form are numbers") {
  const auto check = [](const char* text, std::uint64_t lower, std::uint64_t upper) {
    CAPTURE(text);
    const auto count = parse_count_class(text);
    REQUIRE(count);
    CHECK(count->lower == lower);
    CHECK(count->upper.value_or(0) == upper);
  };
  check("10人以上50人未満", 10, 50);
  check("１，０００人未満", 0, 1000);
  check("1,000人以上1万人未満", 1000, 10000);
  check("30万人以上", 300000, 0);
  CHECK_FALSE(parse_count_class("約10人"));
  CHECK_FALSE(parse_count_class(""));
}

TEST_CASE("a class answers a number inside it, and a range that holds all of it") {
  const CountClass middle{100, 500}, open{1000, std::nullopt};
  CHECK(count_within(middle, "100", "100"));
  CHECK_FALSE(count_within(middle, "500", "500"));
  CHECK(count_within(middle, "100", ""));
  CHECK_FALSE(count_within(middle, "101", ""));
  CHECK(count_within(middle, "", "499"));
  CHECK_FALSE(count_within(middle, "", "498"));
  CHECK(count_within(open, "500", ""));
  CHECK_FALSE(count_within(open, "", "5000"));
}

}  // namespace
}  // namespace pia
