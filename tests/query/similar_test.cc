#include "query/similar.h"

#include <catch2/catch.hpp>

#include "query/answers_fixture.h"

using namespace pia;

TEST_CASE("near-same passages of other bodies are found with what differs") {
  const AnswersIndex index;
  const auto found = similar(*index, "otsu-3-2025", 1, 10);
  REQUIRE(found);
  CHECK(found->item == "Ⅱ-6 保管場所");
  REQUIRE_FALSE(found->rows.empty());
  const auto& nearest = found->rows[0];
  CHECK(nearest.assessment.id == "kawaguchi-1-2025");  // the older publication is not searched
  CHECK(nearest.similarity > 0.6);
  CHECK(nearest.similarity < 1.0);
  CHECK_FALSE(nearest.diff.empty());
  CHECK(found->of == 3);
}

TEST_CASE("what others wrote too is common, what nobody else wrote is rare") {
  const AnswersIndex index;
  const auto common = similar(*index, "otsu-3-2025", 1, 10);
  const auto rare = similar(*index, "union-1-2025", 0, 10);
  REQUIRE(common);
  REQUIRE(rare);
  CHECK(rare->rarity == Approx(1.0));
  CHECK(common->rarity < 0.7);
  CHECK(common->same == 1);
  CHECK(rare->same == 0);

  const auto by_passage = rarity(*index, "kawaguchi-1-2025");
  REQUIRE(by_passage);
  REQUIRE(by_passage->size() == 3);
  // Its second passage holds the common sentence and one of its own.
  CHECK((*by_passage)[1] > common->rarity);
  CHECK((*by_passage)[1] < 1.0);
}

TEST_CASE("the body's own name and numbers do not make a sentence rare") {
  const auto a = Wording::sentences("川口市は職員10人が確認を行っている.", "川口市");
  const auto b = Wording::sentences("大津市は職員25人が確認を行っている.", "大津市");
  REQUIRE(a.size() == 1);
  REQUIRE(b.size() == 1);
  CHECK(a[0].hash == b[0].hash);
  CHECK(Wording::sentences("はい.", "").empty());
}

TEST_CASE("an unknown assessment or passage is not found") {
  const AnswersIndex index;
  for (const auto& result :
       {similar(*index, "nobody", 0, 5), similar(*index, "otsu-3-2025", 99, 5)}) {
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::NotFound);
  }
}
