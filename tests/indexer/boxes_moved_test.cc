#include "indexer/boxes_moved.h"

#include <catch2/catch.hpp>

#include "indexer/boxes_revisions_support.h"

using namespace pia;
using namespace pia::boxes;

TEST_CASE("Columns of notes and dates that begin in the middle") {
  const std::string columns =
      "Ⅵ　評価実施手続－３第三者点検－①実施日\n\nⅥ　評価実施手続－３第三者点検－②審議方法\n\n"
      "Ⅱ　ファイルの概要－４委託－⑥委託先名\n\nⅠ　基本情報－７担当部署－②所属長\n\n"
      "令和元年６月３日\n\n書面\n\n株式会社こもれび\n\nみどり課長\n\n"
      "令和２年６月１日\n\n会議\n\n株式会社ゆうぐも\n\nあおば課長\n\n"
      "事後\n\n事後\n\n事後\n\n事後\n\n";
  const std::string turned =
      "委託先名の変更による\n\n担当部署の所属長の交代\n\n第三者点検の実施日の追加\n\n"
      "第三者点検の審議方法の追加\n";
  const Rows rows{
      "2020-06-05|Ⅵ　評価実施手続－３第三者点検－①実施日|令和元年６月３日|令和２年６月１日|事後|"
      "第三者点検の実施日の追加",
      "2020-06-05|Ⅵ　評価実施手続－３第三者点検－②審議方法|書面|会議|事後|"
      "第三者点検の審議方法の追加",
      "2021-04-01|Ⅱ　ファイルの概要－４委託－⑥委託先名|株式会社こもれび|株式会社ゆうぐも|事後|"
      "委託先名の変更による",
      "2021-04-02|Ⅰ　基本情報－７担当部署－②所属長|みどり課長|あおば課長|事後|"
      "担当部署の所属長の交代"};
  CHECK(rows_of("令和2年6月5日\n\n令和2年6月5日\n\n令和3年4月1日\n\n令和3年4月2日\n\n" + columns +
                turned) == rows);
  // One break is no proof that the dates are turned: they are not told.
  const Rows undated = rows_of(
      "令和3年4月1日\n\n令和3年4月2日\n\n令和2年6月5日\n\n令和2年6月6日\n\n" + columns + turned);
  REQUIRE(undated.size() == 4);
  for (const std::string& row : undated) CHECK(row.starts_with("|"));
}

TEST_CASE("The texts of a row whose date and item end the page stand above another row") {
  CHECK(rows_of("令和5年4月3日\n\nⅠ　基本情報\n②部署\n\nみどり課\n\nあおば課\n\n事後 課名の変更\n\n"
                "株式会社こもれび\n\n株式会社ゆうぐも\n\n事前 委託先の変更\n\n"
                "令和5年4月3日\n\nⅠ　基本情報\n③所属長\n\nみどり課長\n\nあおば課長\n\n"
                "事後 課長の交代\n\n令和5年4月3日\n\nⅡ　ファイルの概要\n⑥委託先名\n") ==
        Rows{"2023-04-03|Ⅰ　基本情報\n②部署|みどり課|あおば課|事後|課名の変更",
             "2023-04-03|Ⅰ　基本情報\n③所属長|みどり課長|あおば課長|事後|課長の交代",
             "2023-04-03|Ⅱ　ファイルの概要\n⑥委託先名|株式会社こもれび|株式会社ゆうぐも|事前|"
             "委託先の変更"});
}

TEST_CASE("Two rows' heads and then the cells of both are no displaced texts") {
  CHECK(rows_of("令和5年4月3日\n\nⅠ　基本情報\n②部署\n\n令和5年4月3日\n\nⅠ　基本情報\n③所属長\n\n"
                "みどり課\n\nあおば課\n\n事後\n\nみどり課長\n\nあおば課長\n\n事前\n") ==
        Rows{"2023-04-03|Ⅰ　基本情報\n②部署|みどり課|あおば課|事後|",
             "2023-04-03|Ⅰ　基本情報\n③所属長|みどり課長|あおば課長|事前|"});
}

TEST_CASE("A warning of a row is one line") {
  const Source source = source_of(
      "令和5年4月3日\n\nⅠ　基本情報\n⑤対象人数\n\n1万人以上10万人未満\n\n"
      "みどり市の住民基本台帳に記録されている者のうち、この事務の対象となる世帯の者である。\n\n"
      "事後\n");
  const std::vector<Page> pages = split_pages(source);
  const RevisionTable table = read_table(pages, source);
  REQUIRE(!table.warnings.empty());
  CHECK(table.warnings.front().find('\n') == std::string::npos);
}

TEST_CASE("Rows of a page that stand above their own item") {
  const Source form_source = source_of(
      "＜市役所における措置＞\n入口に錠を掛けた部屋に置く。\n\n"
      "＜クラウドにおける措置＞\n国の基準を満たした事業者の設備に置く。"
      "\n");
  const std::vector<Page> form = split_pages(form_source);
  const auto read = [&](std::string_view text) {
    const Source source = source_of(text);
    const std::vector<Page> pages = split_pages(source);
    return read_table(pages, source, form).rows;
  };
  const std::string shorter = "＜市役所における措置＞\n入口に錠を掛けた部屋に置く。";
  const std::string more = "＜クラウドにおける措置＞\n国の基準を満たした事業者の設備に置く。";
  SECTION("alone, its date and timing in the first line, the after first") {
    const auto rows = read(
        "令和6年11月4日\n\nⅠ　②部署\n\nみどり課\n\nあおば課\n\n"
        "事後 クラウドへの移行に伴う変更\n\n\n\n"
        "令和6年11月5日 事前\n\n" +
        shorter + "\n\n" + more + "\n\nクラウドへの移行に伴う変更\n\n" + shorter +
        "\n\nⅡ　①保管場所\n");
    REQUIRE(rows.size() == 2);
    CHECK(rows[1].date == "2024-11-05");
    CHECK(rows[1].timing == "事前");
    CHECK(rows[1].before == shorter);
    CHECK(rows[1].after.value_or("") == shorter + "\n" + more);
  }
  SECTION("with another row between its date and its item") {
    const auto rows = read("令和6年11月5日 事前\n\n" + shorter + "\n\n" + more +
                           "\n\n令和6年11月6日\n\nⅠ　②部署\n\nみどり課\n\nあおば課 事後\n\n" +
                           shorter + "\n\nⅡ　①保管場所\n");
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].date == "2024-11-05");
    CHECK(rows[0].item == "Ⅱ　①保管場所");
    CHECK(rows[0].before == shorter);
    CHECK(rows[0].after.value_or("") == shorter + "\n" + more);
    CHECK(rows[1].date == "2024-11-06");
    CHECK(rows[1].item == "Ⅰ　②部署");
    CHECK(rows[1].before == "みどり課");
    CHECK(rows[1].after == "あおば課");
  }
  SECTION("in order, but what stands between two like texts is in the form: it is of the after") {
    const auto rows = read("令和6年11月5日\n\nⅡ　①保管場所\n\n" + shorter + "\n\n" + more + "\n\n" +
                           shorter + "\n\n事前\n");
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].before == shorter);
    CHECK(rows[0].after == more + "\n" + shorter);
  }
}
