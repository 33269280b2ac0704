#include "query/answers.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "query/answers_fixture.h"
#include "query/answers_json.h"

using namespace pia;

TEST_CASE("counts are ranked by number, then by value, and cut") {
  const std::map<std::string, std::uint32_t> counts = {{"b", 2}, {"a", 2}, {"c", 5}, {"d", 0}};
  const auto all = ranked(counts);
  REQUIRE(all.size() == 3);
  CHECK(all[0].value == "c");
  CHECK(all[1].value == "a");
  CHECK(ranked(counts, 1).size() == 1);
}

TEST_CASE("a value is found by its text or, failing that, by its folded text") {
  const AnswersIndex index;
  CHECK(docs_with_text(*index, Table::Assessments, Field::Municipality, "川口市").count() == 2);
  CHECK(docs_with_text(*index, Table::Assessments, Field::Municipality, "川 口 市").count() == 2);
  CHECK(docs_with_text(*index, Table::Assessments, Field::Municipality, "川").empty());
}

TEST_CASE("answers as JSON keep their members, places and links") {
  const AnswersIndex index;
  const auto page = contractor_page(*index, "みどり電算株式会社");
  REQUIRE(page);
  const auto json = to_json(*page);
  CHECK(json["name"] == "みどり電算株式会社");
  REQUIRE(json["contracts"].size() == 2);
  CHECK(json["contracts"][0]["where"]["lines"].is_array());
  CHECK(json["contracts"][0]["assessment"]["url"].get<std::string>().rfind("/assessments/", 0) ==
        0);
  const auto list = list_contractors(*index, {});
  REQUIRE(list);
  CHECK(to_json(*list)["rows"][0]["url"].get<std::string>().rfind("/contractors/%E3%81%BF", 0) ==
        0);
  const auto incidents = list_incidents(*index, {});
  REQUIRE(incidents);
  CHECK(to_json(*incidents)["entries"][1]["response"][0]["date"] == "2024-05-02");
  const auto both = align(*index, "kawaguchi-1-2023", "kawaguchi-1-2025");
  REQUIRE(both);
  CHECK(to_json(*both)["items"][0]["diff"][0][0].is_string());
}
