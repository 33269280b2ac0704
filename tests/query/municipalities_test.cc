#include "query/municipalities.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "query/answers_fixture.h"
#include "query/overview.h"

using namespace pia;

TEST_CASE("all prefectures are listed with the municipalities that have an assessment") {
  const AnswersIndex index;
  const auto list = list_municipalities(*index);
  REQUIRE(list);
  REQUIRE(list->prefectures.size() == 47);
  std::uint32_t all = 0;
  for (const auto& prefecture : list->prefectures) {
    CHECK(prefecture.municipalities == prefecture.with.size() + prefecture.without.size());
    all += prefecture.municipalities;
  }
  CHECK(all == 1741);  // 1,718 municipalities and 23 special wards
  const auto saitama = std::find_if(list->prefectures.begin(), list->prefectures.end(),
                                    [](const auto& p) { return p.name == "埼玉県"; });
  REQUIRE(saitama != list->prefectures.end());
  REQUIRE(saitama->with.size() == 1);
  CHECK(saitama->with[0].name == "川口市");
  CHECK(saitama->with[0].assessments == 1);  // the newest publication counts
  CHECK(saitama->with[0].contractors == 2);
  CHECK(saitama->with[0].incidents == 1);
  CHECK(saitama->with[0].latest == "2025-04-01");
  REQUIRE(list->others.size() == 1);
  CHECK(list->others[0].name == "山梨県後期高齢者医療広域連合");
}

TEST_CASE("a municipality's page has its assessments, older ones, contractors and changes") {
  const AnswersIndex index;
  for (const char* asked : {"112038", "川口市"}) {
    CAPTURE(asked);
    const auto page = municipality_page(*index, asked);
    REQUIRE(page);
    CHECK(page->summary.name == "川口市");
    CHECK(page->summary.prefecture == "埼玉県");
    REQUIRE(page->assessments.size() == 1);
    CHECK(page->assessments[0].published_on == "2025-04-01");
    REQUIRE(page->older.size() == 1);
    CHECK(page->contractors.size() == 2);
    REQUIRE(page->former_contractors.size() == 1);
    CHECK(page->former_contractors[0].value == "はやぶさ計算株式会社");
    CHECK(page->incidents.size() == 2);
    REQUIRE(page->changes.size() == 2);
    CHECK(page->changes[0].date == "2024-04-01");
    CHECK(page->changes_by_year.size() == 2);
  }
}

TEST_CASE("a body that is no municipality has a page by its name") {
  const AnswersIndex index;
  const auto page = municipality_page(*index, "山梨県後期高齢者医療広域連合");
  REQUIRE(page);
  CHECK(page->assessments.size() == 1);
  const auto nobody = municipality_page(*index, "999999");
  REQUIRE_FALSE(nobody);
  CHECK(nobody.error().code == ErrorCode::NotFound);
}

TEST_CASE("the overview counts newest publications and says what can name a contractor") {
  const AnswersIndex index;
  const auto all = overview(*index);
  REQUIRE(all);
  CHECK(all->assessments == 4);
  CHECK(all->versions == 5);
  CHECK(all->bodies == 4);
  CHECK(all->contracts == 3);
  CHECK(all->revisions == 2);
  CHECK(all->passages == 8);
  CHECK(all->can_name_contractor == 3);
  REQUIRE_FALSE(all->kinds.empty());
  CHECK(all->kinds[0].value == "全項目");
  CHECK(all->kinds[0].count == 2);
  REQUIRE_FALSE(all->contractors.empty());
  CHECK(all->contractors[0].value == "みどり電算株式会社");
  CHECK(all->coverage.size() == 47);
}
