// Any bytes: dates found lie inside the text, in order, exist in the calendar, and each way of
// writing one is read as the same date.

#include <cstdint>

#include "dicts/japanese_date.h"
#include "fuzz/require.h"

namespace {

void check_date(const pia::PartialDate& date) {
  PIA_REQUIRE(pia::parse_iso(date.iso()) == date);
  PIA_REQUIRE(pia::parse_iso(date.first_day()) && pia::parse_iso(date.last_day()));
  PIA_REQUIRE(date.first_day() <= date.last_day());
  for (const std::string& variant : pia::date_variants(date))
    PIA_REQUIRE(pia::parse_date(variant) == date);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::size_t end = 0;
  for (const pia::FoundDate& found : pia::find_dates(text)) {
    PIA_REQUIRE(found.offset >= end && found.length > 0);
    end = found.offset + found.length;
    PIA_REQUIRE(end <= size);
    check_date(found.date);
  }
  if (const auto date = pia::parse_date(text)) check_date(*date);
  if (const auto range = pia::parse_fiscal_year(text)) PIA_REQUIRE(range->first < range->last);
  return 0;
}
