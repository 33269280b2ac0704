#include "query/suggest.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "query/answers_fixture.h"

using namespace pia;

TEST_CASE("values are suggested by writing, by kana and by romaji") {
  const AnswersIndex index;
  struct Row {
    const char *typed, *value, *query;
  };
  const Row rows[] = {
      {"川口", "川口市", "自治体:\"川口市\""},
      {"かわぐ", "川口市", "自治体:\"川口市\""},
      {"kawag", "川口市", "自治体:\"川口市\""},
      {"jumin", "住民基本台帳", "分野:\"住民基本台帳\""},
      {"みどりで", "みどり電算株式会社", "委託先:\"みどり電算株式会社\""},
      {"電算", "みどり電算株式会社", "委託先:\"みどり電算株式会社\""},  // inside of the name
      {"埼玉県 みどり", "みどり電算株式会社", "埼玉県 委託先:\"みどり電算株式会社\""},
      {"委託先:みど", "みどり電算株式会社", "委託先:\"みどり電算株式会社\""},
      {"保管", "保管場所", "項目:\"保管場所\""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.typed);
    const auto found = suggest(*index, row.typed, 10);
    REQUIRE(found);
    const auto at = std::find_if(found->begin(), found->end(),
                                 [&](const Suggestion& s) { return s.value == row.value; });
    REQUIRE(at != found->end());
    CHECK(at->query == row.query);
    CHECK(at->count > 0);
  }
}

TEST_CASE("nothing is suggested for nothing, and a field keeps to its own values") {
  const AnswersIndex index;
  const auto none = suggest(*index, "川口 ", 10);
  REQUIRE(none);
  CHECK(none->empty());
  const auto field = suggest(*index, "委託先:川口", 10);
  REQUIRE(field);
  CHECK(field->empty());
  const auto limited = suggest(*index, "住", 1);
  REQUIRE(limited);
  CHECK(limited->size() == 1);
}
