#include "query/contractors.h"

#include <catch2/catch.hpp>

#include "query/answers_fixture.h"

using namespace pia;

TEST_CASE("contractors are ranked with their assessments, rows, subcontracting and share") {
  const AnswersIndex index;
  const auto list = list_contractors(*index, {});
  REQUIRE(list);
  CHECK(list->contracts == 3);    // of the newest publications
  CHECK(list->assessments == 4);  // the one of 様式2 included
  CHECK(list->can_answer == 3);
  REQUIRE(list->rows.size() == 2);
  CHECK(list->total == 2);
  const auto& first = list->rows[0];
  CHECK(first.name == "みどり電算株式会社");
  CHECK(first.assessments == 2);
  CHECK(first.municipalities == 2);
  CHECK(first.contracts == 2);
  CHECK(first.subcontracted == 1);
  CHECK(first.share == Approx(2.0 / 3));
  CHECK(list->rows[1].name == "あおぞらスタッフ株式会社");
}

TEST_CASE("the list of contractors is narrowed, sorted and paged") {
  const AnswersIndex index;
  struct Row {
    ContractorListRequest request;
    std::vector<std::string> names;
    std::uint32_t total;
  };
  ContractorListRequest by_name, by_reading, shiga, sorted, second, none;
  by_name.name = "スタッフ";
  by_reading.name = "みどりで";
  shiga.prefecture = "滋賀県";
  sorted.sort = ContractorSort::Name;
  second.offset = 1;
  none.category = "介護保険";
  const Row rows[] = {
      {by_name, {"あおぞらスタッフ株式会社"}, 1},
      {by_reading, {"みどり電算株式会社"}, 1},
      {shiga, {"みどり電算株式会社"}, 1},
      {sorted, {"あおぞらスタッフ株式会社", "みどり電算株式会社"}, 2},
      {second, {"あおぞらスタッフ株式会社"}, 2},
      {none, {}, 0},
  };
  for (const Row& row : rows) {
    const auto list = list_contractors(*index, row.request);
    REQUIRE(list);
    std::vector<std::string> names;
    for (const auto& found : list->rows) names.push_back(found.name);
    CHECK(names == row.names);
    CHECK(list->total == row.total);
  }
}

TEST_CASE("a contractor's page tells where it works, since when, and whom it replaced") {
  const AnswersIndex index;
  const auto page = contractor_page(*index, "みどり電算（株）");  // any spelling
  REQUIRE(page);
  CHECK(page->name == "みどり電算株式会社");
  CHECK(page->assessments == 2);
  CHECK(page->municipalities == 2);
  REQUIRE(page->contracts.size() == 2);
  const auto& contract =
      page->contracts[page->contracts[0].assessment.municipality == "川口市" ? 0 : 1];
  CHECK(contract.title == "運用保守");
  CHECK(contract.printed == "みどり電算　株式会社");
  CHECK(contract.subcontract == true);
  CHECK(contract.since == "2024-04-01");
  CHECK(page->printed.size() == 2);
  REQUIRE(page->predecessors.size() == 1);
  CHECK(page->predecessors[0].others == std::vector<std::string>{"はやぶさ計算株式会社"});
  CHECK(page->predecessors[0].date == "2024-04-01");
  CHECK(page->former.empty());
  // Named in the union's assessment, but not as a contractor.
  REQUIRE(page->mentioned.size() == 1);
  CHECK(page->mentioned[0].body_printed == "山梨県後期高齢者医療広域連合");
  // Two cases at one of its bodies.
  CHECK(page->incidents.size() == 2);
  REQUIRE(page->years.size() == 1);
  CHECK(page->years[0].year == "2025");
  CHECK(page->years[0].contracts == 2);
}

TEST_CASE("a replaced contractor's page names its successor; years count old publications too") {
  const AnswersIndex index;
  const auto page = contractor_page(*index, "はやぶさ計算株式会社");
  REQUIRE(page);
  CHECK(page->contracts.empty());
  REQUIRE(page->former.size() == 1);
  CHECK(page->former[0].others == std::vector<std::string>{"みどり電算株式会社"});
  REQUIRE(page->successors_names.size() == 1);
  CHECK(page->successors_names[0].value == "みどり電算株式会社");
  REQUIRE(page->years.size() == 1);
  CHECK(page->years[0].year == "2023");
}

TEST_CASE("a contractor known from the history only is listed apart") {
  const AnswersIndex index;
  const auto page = contractor_page(*index, "しらかば情報株式会社");
  REQUIRE(page);
  CHECK(page->contracts.empty());
  REQUIRE(page->by_history.size() == 1);
  CHECK(page->by_history[0].municipality == "大津市");
}

TEST_CASE("a company that no assessment names has no page") {
  const AnswersIndex index;
  const auto page = contractor_page(*index, "どこにもない株式会社");
  REQUIRE_FALSE(page);
  CHECK(page.error().code == ErrorCode::NotFound);
  CHECK(page.error().reason == "no assessment names the contractor どこにもない株式会社");
}
