#include "indexer/revision_fit.h"

#include <catch2/catch.hpp>

#include "indexer/form.h"

using namespace pia;

TEST_CASE("An item of the change table is known by the label that it ends with") {
  const FormItem* people = named_item(U"Ⅰ基本情報(1.特定個人情報ファイルを取り扱う事務③対象人数)");
  REQUIRE(people != nullptr);
  CHECK(people->answer == Answer::Choice);
  CHECK(named_item(U"Ⅴ評価実施手続3.第三者点検①実施日②方法について") == nullptr);
}

TEST_CASE("A choice answers its own item and no other, a paragraph answers no choice") {
  const FormItem* people = named_item(U"③対象人数");
  const FormItem* name = named_item(U"①事務の名称");
  REQUIRE(name != nullptr);
  CHECK(fits(people, U"1万人以上10万人未満") == Fit::Yes);
  CHECK(fits(name, U"1万人以上10万人未満") == Fit::No);
  CHECK(fits(people, U"みどり給付に関する事務では、申請を受け付け、要件を審査し、決定する。") ==
        Fit::No);
  CHECK(fits(name, U"みどり給付に関する事務") == Fit::Unknown);
  CHECK(fits(people, U"(新規)") == Fit::Unknown);
  CHECK(fits(nullptr, U"1万人以上10万人未満") == Fit::Unknown);
}

TEST_CASE(
    "A date answers 実施日, so does a period told at length; a sentence without one does not") {
  const FormItem* day = named_item(U"Ⅴ評価実施手続1.基礎項目評価①実施日");
  REQUIRE(day != nullptr);
  CHECK(fits(day, U"令和5年3月27日") == Fit::Yes);
  CHECK(fits(day, U"令和5年3月1日(水)から令和5年3月31日(金)までの31日間") != Fit::No);
  CHECK(fits(day, U"個人情報保護審議会に諮問し、委員の意見を聴いた上で点検を受けた。") == Fit::No);
}
