#include "query/incidents.h"

#include <catch2/catch.hpp>

#include "query/answers_fixture.h"

using namespace pia;

TEST_CASE("incidents come case by case, newest first, undated last") {
  const AnswersIndex index;
  const auto list = list_incidents(*index, {});
  REQUIRE(list);
  REQUIRE(list->entries.size() == 3);
  CHECK(list->entries[0].occurred_on == "2025-01-10");
  CHECK(list->entries[1].occurred_on == "2024-05");
  CHECK(list->entries[1].title == "事案１");
  CHECK(list->entries[1].cause == "確認不足");
  CHECK(list->entries[1].attachment);
  REQUIRE(list->entries[1].response.size() == 1);
  CHECK(list->entries[1].response[0].first == "2024-05-02");
  CHECK(list->entries[2].occurred_on.empty());
  CHECK_FALSE(list->entries[2].attachment);
  CHECK(list->entries[2].assessment.municipality == "甲府市");
}

TEST_CASE("the two questions of the forms are counted apart") {
  const AnswersIndex index;
  const auto list = list_incidents(*index, {});
  REQUIRE(list);
  REQUIRE(list->questions.size() == 2);
  const auto& one = list->questions[0];
  const auto& three = list->questions[1];
  CHECK(one.years == 1);
  CHECK(one.scope == "特定個人情報");
  CHECK(one.yes == 1);
  CHECK(one.no == 0);
  CHECK(three.years == 3);
  CHECK(three.scope == "個人情報");
  CHECK(three.yes == 1);
  CHECK(three.no == 1);
  CHECK(three.unknown == 1);
}

TEST_CASE("incidents are narrowed to a prefecture or to one of the questions") {
  const AnswersIndex index;
  IncidentFilter yamanashi, three;
  yamanashi.prefecture = "山梨県";
  three.years = 3;
  const auto there = list_incidents(*index, yamanashi);
  REQUIRE(there);
  REQUIRE(there->entries.size() == 1);
  CHECK(there->entries[0].assessment.municipality == "甲府市");
  CHECK(there->prefectures.size() == 2);  // what can be chosen stays
  const auto asked = list_incidents(*index, three);
  REQUIRE(asked);
  CHECK(asked->entries.size() == 2);
}
