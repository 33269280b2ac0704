#include "query/batch.h"

#include <catch2/catch.hpp>

#include "query/answers_fixture.h"

using namespace pia;

TEST_CASE("each name is looked up in every role, in any spelling") {
  const AnswersIndex index;
  struct Row {
    const char* input;
    std::uint32_t present, former, by_history, mentioned;
  };
  const Row rows[] = {
      {"みどり電算株式会社", 2, 0, 0, 1},
      {"㈱みどり電算", 0, 0, 0, 0},  // the form stands before: another company
      {"みどり電算", 2, 0, 0, 1},    // without a form: any
      {"はやぶさ計算（株）", 0, 1, 0, 0},
      {"しらかば情報株式会社", 0, 0, 1, 0},
      {"どこにもない株式会社", 0, 0, 0, 0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.input);
    const auto found = look_up(*index, {row.input});
    REQUIRE(found);
    REQUIRE(found->size() == 1);
    const auto& answer = found->front();
    CHECK(answer.present == row.present);
    CHECK(answer.former == row.former);
    CHECK(answer.by_history == row.by_history);
    CHECK(answer.mentioned == row.mentioned);
    CHECK(answer.hits.size() == row.present + row.former + row.by_history + row.mentioned);
  }
}

TEST_CASE("a pasted column is read as names") {
  CHECK(batch_names("\xEF\xBB\xBF甲株式会社\r\n\n  \n\"乙㈱\"\t備考\n丙") ==
        std::vector<std::string>{"甲株式会社", "乙㈱", "丙"});
  CHECK(batch_names("").empty());
}

TEST_CASE("the table has a line a hit, and one for a name without any") {
  const AnswersIndex index;
  const auto found = look_up(*index, {"みどり電算株式会社", "どこにもない株式会社"});
  REQUIRE(found);
  const auto table = batch_table(*found);
  REQUIRE(table.size() == 4);
  for (const auto& row : table) CHECK(row.size() == batch_headings().size());
  CHECK(table.back()[2] == "該当なし");
}

TEST_CASE("too many names are refused with the limit") {
  const AnswersIndex index;
  const auto found = look_up(*index, std::vector<std::string>(kMaxBatchNames + 1, "甲"));
  REQUIRE_FALSE(found);
  CHECK(found.error().code == ErrorCode::Usage);
  CHECK(found.error().reason.find("2000") != std::string::npos);
}
