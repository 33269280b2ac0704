#include "query/compare.h"

#include <catch2/catch.hpp>

#include "query/answers_fixture.h"

using namespace pia;

TEST_CASE("an item is the same whatever number its edition gives it") {
  CHECK(item_label("Ⅱ-4 委託事項1 ③委託先名") == "委託先名");
  CHECK(item_label("") == "");
  CHECK(item_key("Ⅱ-4 委託事項1 ③委託先名") == item_key("Ⅱ-4 委託事項1 ⑥委託先名"));
  CHECK(item_key("Ⅱ-4 委託事項1 ③委託先名") != item_key("Ⅱ-4 委託事項2 ③委託先名"));
  CHECK(item_key("Ⅲ-2 リスク1 その他の措置の内容") != item_key("Ⅲ-2 リスク2 その他の措置の内容"));
}

TEST_CASE("one item side by side, with the commonest answer and what differs from it") {
  const AnswersIndex index;
  CompareRequest request;
  request.process = "住民基本台帳";
  request.items = {"保管場所"};
  const auto table = compare(*index, request);
  REQUIRE(table);
  CHECK(table->total == 3);
  REQUIRE(table->rows.size() == 3);  // by code: 川口市 112038, 甲府市 192015, 大津市 252018
  CHECK(table->rows[0].assessment.municipality == "川口市");
  const auto& kawaguchi = table->rows[0].cells[0];
  const auto& kofu = table->rows[1].cells[0];
  const auto& otsu = table->rows[2].cells[0];
  CHECK(kofu.missing);
  CHECK_FALSE(otsu.missing);
  CHECK(otsu.text == "入退室を管理している部屋に設置したサーバ内に保管する。");
  CHECK(kawaguchi.where_json.find("31") != std::string::npos);
  CHECK_FALSE(kawaguchi.commonest);  // two rows, two answers: none is common
  CHECK(table->all_items.size() == 4);
}

TEST_CASE("a comparison of chosen assessments marks the common answer") {
  const AnswersIndex index;
  CompareRequest request;
  request.ids = {"kawaguchi-1-2025", "kawaguchi-1-2023", "otsu-3-2025"};
  request.items = {"保管場所", "Ⅲ-7 リスク1 その他の措置の内容"};
  const auto table = compare(*index, request);
  REQUIRE(table);
  REQUIRE(table->rows.size() == 3);
  std::uint32_t common = 0;
  for (const auto& row : table->rows) {
    const auto& cell = row.cells[0];
    if (cell.commonest) ++common;
    if (row.assessment.id == "kawaguchi-1-2025") {
      CHECK_FALSE(cell.commonest);
      REQUIRE_FALSE(cell.diff.empty());
      CHECK(cell.diff.back().op == '+');
    }
  }
  CHECK(common == 2);
}

TEST_CASE("municipalities narrow a comparison by code or name") {
  const AnswersIndex index;
  CompareRequest request;
  request.process = "住民基本台帳";
  request.items = {"保管場所"};
  request.municipalities = {"252018", "川口市"};
  const auto table = compare(*index, request);
  REQUIRE(table);
  CHECK(table->rows.size() == 2);
}

TEST_CASE("two versions are aligned item by item") {
  const AnswersIndex index;
  const auto both = align(*index, "kawaguchi-1-2023", "kawaguchi-1-2025");
  REQUIRE(both);
  CHECK(both->equal == 0);
  CHECK(both->changed == 2);
  CHECK(both->only_a == 0);
  CHECK(both->only_b == 1);
  REQUIRE(both->items.size() == 3);
  // Renumbered, and with another contractor.
  CHECK(both->items[0].item_a == "Ⅱ-4 委託事項1 ⑥委託先名");
  CHECK(both->items[0].item_b == "Ⅱ-4 委託事項1 ③委託先名");
  CHECK_FALSE(both->items[0].diff.empty());
  CHECK(both->items[2].item_a.empty());
  const auto unknown = align(*index, "kawaguchi-1-2023", "nobody");
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().code == ErrorCode::NotFound);
}
