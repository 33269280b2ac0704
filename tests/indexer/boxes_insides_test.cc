#include "indexer/boxes_insides.h"

#include <catch2/catch.hpp>
#include <string>

#include "indexer/boxes_support.h"
#include "indexer/extract.h"

using namespace pia;
using namespace pia::boxes;

namespace {

Assessment extract_file(const std::string& page) {
  return extract_boxes(source_of(
      "特定個人情報保護評価書（重点項目評価書）\n\n あおば市は、みどり給付\n\n\n"
      "Ⅱ　特定個人情報ファイルの概要\n\n １．特定個人情報ファイル名\n\nみどりファイル\n\n" +
      page));
}

}  // namespace

TEST_CASE("A list of bodies tells of which kind they are") {
  struct Row {
    const char* text;
    Bodies bodies;
  };
  const Row rows[] = {{"市民課、財政局市民税課", Bodies::Own},
                      {"総務大臣若しくは日本年金機構又は共済組合等、デジタル庁", Bodies::State},
                      {"他の市町村及び都道府県", Bodies::Local},
                      {"医療機関・事業者", Bodies::Private},
                      {"市民課、デジタル庁", Bodies::Unknown},
                      {"みどり申請機能", Bodies::Unknown}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(bodies_in(row.text) == row.bodies);
  }
  CHECK(may_stand_in("デジタル庁", "その他"));
  CHECK(!may_stand_in("デジタル庁", "民間事業者"));
}

TEST_CASE("Texts of brackets that stand torn off go to the box that means such bodies") {
  const Assessment a = extract_file(
      " ３．特定個人情報の入手・使用\n\n "
      "①入手元　※\n\n[\n\n各地の市町村（\n\n総務大臣、デジタル庁\n\n"
      "] 本人又は本人の代理人\n\n[ ] 民間事業者 （\n\n] 地方公共団体・地方独立行政法人\n\n）\n\n"
      "] 行政機関・独立行政法人等\n");
  REQUIRE(a.files.size() == 1);
  CHECK(a.files[0].sources == Texts{"地方公共団体・地方独立行政法人（各地の市町村）",
                                    "行政機関・独立行政法人等（総務大臣、デジタル庁）"});
}

TEST_CASE("A middle box between two torn ones may have the first one's opening") {
  const Assessment a = extract_file(
      " ２．基本情報\n\n ④記録される項目\n\n 主な記録項目　※\n\n] 個人番号 ] "
      "その他識別情報（内部番号）"
      "\n\n[ ○ ] 個人番号対応符号 ○\n\n[ ○ ] 年金関係情報\n");
  REQUIRE(a.files.size() == 1);
  CHECK(a.files[0].items == Texts{"年金関係情報"});
}

TEST_CASE("その妥当性 tells which torn boxes of 主な記録項目 are ticked, also on the next page") {
  const std::string boxes =
      " ２．基本情報\n\n ④記録される項目\n\n[ ○ [ ○\n\n[ ○\n\n 主な記録項目　※\n\n"
      "] 個人番号 ] その他識別情報（内部番号）\n\n[\n\n] 国税関係情報 ] 地方税関係情報 ] "
      "健康・医療関係情報\n";
  const std::string reasons =
      "\n\n【識別情報】\n・個人番号、その他識別情報（内部番号）\n対象者を正確に特定するために保有す"
      "る。\n"
      "【業務関係情報】\n・地方税関係情報\n所得の額を確認するために保有する。\n\n その妥当性\n\n "
      "⑤保有開始日 平成27年10月\n";
  const Assessment told = extract_file(boxes + reasons);
  REQUIRE(told.files.size() == 1);
  CHECK(told.files[0].items == Texts{"個人番号", "その他識別情報（内部番号）", "地方税関係情報"});
  const Assessment silent = extract_file(boxes);
  REQUIRE(silent.files.size() == 1);
  CHECK(silent.files[0].items.empty());
  REQUIRE(silent.warnings.size() == 1);  // one sentence for all of them
}

TEST_CASE("What follows a closed bracket in its box is another cell") {
  const Assessment a = extract_file(
      " ３．特定個人情報の入手・使用\n\n ②入手方法\n\n"
      "[ ○ ] その他 （こだま端末を使用\n）あおば市情報公開条例により確認できる。\n");
  REQUIRE(a.files.size() == 1);
  CHECK(a.files[0].means == Texts{"その他（こだま端末を使用）"});
}

TEST_CASE("The place of a ticked box has the text of its brackets, in rows as well") {
  const Assessment a = extract_file(
      " ３．特定個人情報の入手・使用\n\n ①入手元　※\n\n[ ○ ] その他\n\n（\n\nこだま端末\n\n）\n");
  REQUIRE(a.files.size() == 1);
  CHECK(a.files[0].sources == Texts{"その他（こだま端末）"});
  const Place place = a.places.at("/files/0/sources/0");
  bool covers = false;  // line 20 is that of こだま端末
  for (int line = 1; line < 40; ++line) {
    if (line >= place.first_line && line <= place.last_line) covers = covers || line == 20;
    for (const auto& [first, last] : place.more) covers = covers || (first <= 20 && 20 <= last);
  }
  CHECK(covers);
}
