#include "dicts/numbers.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "dicts/normalizer.h"

TEST_CASE("numbers are read in every way of writing") {
  struct Row {
    const char* text;
    long long value;  // -1: none
  };
  const Row rows[] = {{"100000", 100000},
                      {"100,000", 100000},
                      {"１０万", 100000},
                      {"十万", 100000},
                      {"1億2千万", 120000000},
                      {"二千五百", 2500},
                      {"五百", 500},
                      {"二十七", 27},
                      {"二〇二四", 2024},
                      {"10", 10},
                      {"0", 0},
                      {"千", 1000},
                      {"3百", 300},
                      {"一", 1},
                      {"", -1},
                      {"万", -1},
                      {"10人", -1},
                      {"1,00", -1},
                      {"2二", -1},
                      {"99999999999999999999", -1}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto value = pia::parse_number(row.text);
    CHECK((value ? static_cast<long long>(*value) : -1) == row.value);
  }
}

TEST_CASE("numbers are found in running text") {
  const std::string text = "１０万人以上30万人未満、五百人、一般の三者、1,000件、2.5倍、(1)";
  std::string found;
  for (const pia::FoundNumber& number : pia::find_numbers(text)) {
    found += text.substr(number.offset, number.length) + "=" + std::to_string(number.value) + " ";
  }
  CHECK(found == "１０万=100000 30万=300000 五百=500 1,000=1000 1=1 ");
}

TEST_CASE("every variant of a number reads as that number") {
  for (const std::uint64_t value : {0ULL, 1ULL, 10ULL, 27ULL, 500ULL, 1000ULL, 1001ULL, 10000ULL,
                                    100000ULL, 123456ULL, 120000000ULL, 1000000000000ULL}) {
    for (const std::string& variant : pia::number_variants(value)) {
      CAPTURE(value, variant);
      CHECK(pia::parse_number(variant) == value);
      CHECK(pia::fold_text(variant) == variant);
    }
  }
  const auto variants = pia::number_variants(100000);
  for (const char* wanted : {"100000", "100,000", "10万", "十万"}) {
    CHECK(std::find(variants.begin(), variants.end(), wanted) != variants.end());
  }
}
