#include "indexer/boxes_revisions.h"

#include <catch2/catch.hpp>

#include "indexer/boxes_attachment.h"
#include "indexer/boxes_revisions_support.h"

using namespace pia;
using namespace pia::boxes;

TEST_CASE("Cells in a row") {
  CHECK(rows_of("変更日\n\n項目\n\n変更前の記載\n\n変更後の記載\n\n提出\n時期\n\n令和5年3月\n27日\n"
                "\nⅠ　基本情報\n①部署\n\nみどり課\n\nあおば課\n\n"
                "事後 課名の変更のため\n") ==
        Rows{"2023-03-27|Ⅰ　基本情報\n①部署|みどり課|あおば課|事後|課名の変更のため"});
}

TEST_CASE("Runs of columns") {
  CHECK(rows_of("令和5年3月27日\n\n令和6年3月26日\n\nⅠ　部署\n\nⅡ　委託先名\n\nみどり課\n\n株式会社"
                "こもれび\n\nあおば課\n\n株式会社ゆうぐも\n\n"
                "事後\n\n事前\n\n課名の変更であり、重要な変更には該当しない\n\n委託先の変更であり、"
                "重要な変更には該当しない\n") ==
        Rows{"2023-03-27|Ⅰ　部署|みどり課|あおば課|事後|課名の変更であり、重要な変更には該当しない",
             "2024-03-26|Ⅱ　委託先名|株式会社こもれび|株式会社ゆうぐも|事前|"
             "委託先の変更であり、重要な変更には該当しない"});
}

TEST_CASE("Runs of columns whose cells are of several boxes") {
  // Cells open with the same heading in both columns and have no heading twice.
  CHECK(
      rows_of("令和5年3月27日\n\n令和5年3月27日\n\nⅡ　①保管場所\n\nⅡ　③消去方法\n\n"
              "＜市役所における措置＞\n入口に錠を掛けた部屋に置く。\n\n"
              "＜センターにおける措置＞\n・昼夜を問わず見張りを置く。\n\n"
              "＜市役所における措置＞\n年に一度まとめて溶かす。\n\n"
              "＜センターにおける措置＞\n・装置を替えるときに砕く。\n\n"
              "＜市役所における措置＞\n入口に錠を掛けた部屋に置く。\n\n"
              "＜センターにおける措置＞\n・昼夜を問わず見張りを置く。\n\n"
              "＜窓口における措置＞\n・係員が席を離れるときは箱に入れる。\n\n"
              "＜市役所における措置＞\n年に一度まとめて溶かす。\n\n"
              "＜センターにおける措置＞\n・装置を替えるときに砕く。\n\n"
              "＜窓口における措置＞\n・その日のうちに消す。\n\n事前\n\n事前\n") ==
      Rows{"2023-03-27|Ⅱ　①保管場所|＜市役所における措置＞\n入口に錠を掛けた部屋に置く。\n"
           "＜センターにおける措置＞\n・昼夜を問わず見張りを置く。|＜市役所における措置＞\n"
           "入口に錠を掛けた部屋に置く。\n＜センターにおける措置＞\n・昼夜を問わず見張りを置く。\n"
           "＜窓口における措置＞\n・係員が席を離れるときは箱に入れる。|事前|",
           "2023-03-27|Ⅱ　③消去方法|＜市役所における措置＞\n年に一度まとめて溶かす。\n"
           "＜センターにおける措置＞\n・装置を替えるときに砕く。|＜市役所における措置＞\n"
           "年に一度まとめて溶かす。\n＜センターにおける措置＞\n・装置を替えるときに砕く。\n"
           "＜窓口における措置＞\n・その日のうちに消す。|事前|"});
}

TEST_CASE("Runs of columns with befores that are alike, and notes in any wording") {
  CHECK(rows_of("令和5年3月27日\n\n令和5年3月27日\n\nⅢ　リスク１～４\n\nⅢ　リスク５\n\n"
                "十分である\n\n十分である\n\n特に力を入れている\n\n特に力を入れている\n\n"
                "事後\n\n事後\n\n規程を定めた。\n\n帳簿を備えた。\n") ==
        Rows{"2023-03-27|Ⅲ　リスク１～４|十分である|特に力を入れている|事後|規程を定めた。",
             "2023-03-27|Ⅲ　リスク５|十分である|特に力を入れている|事後|帳簿を備えた。"});
}

TEST_CASE("Runs of columns that could be cut in two ways: the texts are not told") {
  const Source source = source_of(
      "令和5年3月27日\n\n令和5年3月27日\n\nⅠ　事務の概要\n\nⅠ　備考\n\n"
      "みどりの受付を行う。\n\nあおの点検を行う。\n\nきいろの通知を行う。\n\n事後\n\n事後\n");
  const RevisionTable table = read_table(split_pages(source), source);
  REQUIRE(table.rows.size() == 2);
  CHECK_FALSE(table.rows[0].after.has_value());
  CHECK_FALSE(table.rows[1].before.has_value());
  CHECK(table.warnings.size() == 2);
}

TEST_CASE("Rows in one line that ends with the timing") {
  CHECK(rows_of("令和5年3月27日 （別添１）事務の内容 図　省略 図　省略 事前\n\n"
                "（別添２）記録項目 表　省略 表　省略 事後令和5年4月3日\n\n令和5年4月10日\n\n"
                "Ⅰ　部署\n\nみどり課\n\nあおば課\n\n事後\n") ==
        Rows{"2023-03-27|（別添１）事務の内容|図　省略|図　省略|事前|",
             "2023-04-03|（別添２）記録項目|表　省略|表　省略|事後|",
             "2023-04-10|Ⅰ　部署|みどり課|あおば課|事後|"});
}

TEST_CASE("Where cells are out of order, the text that the form has now is the after") {
  const Source source = source_of(
      "Ⅲ　その他の措置の内容\n\n入口に錠を掛け、鍵は係長が持つ。帳簿は毎週点検する。\n\n\n\n"
      "令和5年3月27日\n\n入口に錠を掛け、鍵は係長が持つ。帳簿は毎週点検する。\n\n事前\n\n"
      "Ⅲ　その他の措置の内容\n\n入口に錠を掛け、鍵は係員が持つ。帳簿は毎月点検する。\n");
  const std::vector<Page> pages = split_pages(source);
  const RevisionTable table =
      read_table(std::span(pages).subspan(1), source, std::span(pages).first(1));
  REQUIRE(table.rows.size() == 1);
  CHECK(table.rows[0].before == "入口に錠を掛け、鍵は係員が持つ。帳簿は毎月点検する。");
  CHECK(table.rows[0].after == "入口に錠を掛け、鍵は係長が持つ。帳簿は毎週点検する。");
}

TEST_CASE(
    "A page in pieces: texts go by kind, as versions of each other, by what the form says now") {
  const Source source = source_of(
      "Ⅲ　手順の内容\n\n・操作の記録を残し、毎週点検する。写しは倉庫に置く。\n\n\n\n"
      "Ⅰ基本情報（１．事務　③対象人数）\n\nⅢリスク対策（７．保管・消去　手順の内容）\n\n"
      "・操作の記録を残し、毎週点検する。写しは倉庫に置く。\n\n1万人以上10万人未満\n\n"
      "10万人以上30万人未満\n\n・操作の記録を残し、毎月点検する。写しは倉庫に置く。\n\n"
      "事前\n\n事前\n\n令和5年3月27日\n\n令和5年3月27日\n");
  const std::vector<Page> pages = split_pages(source);
  const RevisionTable table =
      read_table(std::span(pages).subspan(1), source, std::span(pages).first(1));
  REQUIRE(table.rows.size() == 2);
  CHECK(table.scrambled.size() == 1);
  CHECK(table.rows[0].before == "1万人以上10万人未満");
  CHECK(table.rows[0].after == "10万人以上30万人未満");
  CHECK(table.rows[1].before == "・操作の記録を残し、毎月点検する。写しは倉庫に置く。");
  CHECK(table.rows[1].after == "・操作の記録を残し、毎週点検する。写しは倉庫に置く。");
  CHECK(table.rows[1].timing == "事前");
}

TEST_CASE("A page in pieces: texts that could be either row's are not told") {
  const Source source = source_of(
      "Ⅰ基本情報（１．事務　備考）\n\nⅢリスク対策（７．保管・消去　備考）\n\n事前\n\n事前\n\n"
      "令和5年3月27日\n\n・写しは倉庫に置き、鍵は係長が持つ。\n\n"
      "・写しは倉庫に置き、鍵は係員が持つ。\n\n令和5年3月27日\n\n・朝の受付を九時に始める。\n\n"
      "・朝の受付を八時に始める。\n");
  const RevisionTable table = read_table(split_pages(source), source);
  REQUIRE(table.rows.size() == 2);
  for (const Revision& row : table.rows) {
    CHECK_FALSE(row.before.has_value());
    CHECK_FALSE(row.after.has_value());
  }
  CHECK(table.warnings.size() == 2);
}

TEST_CASE("A page in pieces: an after alone goes to the item at which the form says it") {
  const Source source = source_of(
      "Ⅰ基本情報（１．事務　備考）\n\nⅢリスク対策（７．保管・消去　その妥当性）\n\n"
      "写しは倉庫に置き、鍵は係長が持ち、帳簿に記す。\n\n事前\n\n事前\n\n"
      "令和5年3月27日\n\n令和5年3月27日\n");
  Passage passage;
  passage.item = "Ⅲ-7 その妥当性";
  passage.text = "その妥当性 写しは倉庫に置き、鍵は係長が持ち、帳簿に記す。";
  Present now({}, std::span(&passage, 1));
  const std::vector<Page> pages = split_pages(source);
  RevisionTable table = read_revisions(pages, source, now);
  settle_revisions(table, source, now, table.rows);
  REQUIRE(table.rows.size() == 2);
  CHECK_FALSE(table.rows[0].after.has_value());
  CHECK_FALSE(table.rows[1].before.has_value());
  CHECK(table.rows[1].after == "写しは倉庫に置き、鍵は係長が持ち、帳簿に記す。");
}

TEST_CASE("Items whose last words stand apart or look like a column's head") {
  CHECK(rows_of(
            "令和5年3月27日\n\n（別添２）特定個人情報ファイル記録\n項目\n\n表　省略\n\n表　省略\n\n"
            "事後\n\n令和5年3月27日\n\nⅢ　リスク対策　②過去3年以内に、評価実施機関において、個人情"
            "報に関する重大事故が発生したか\n\nその内容\n\n－\n\n"
            "・鍵を失くした。\n\n事後\n\n令和5年3月27日\n\n表紙（評価書名）\nみどりの事務\n\nあおば"
            "の事務\n\n"
            "事後\n") ==
        Rows{"2023-03-27|（別添２）特定個人情報ファイル記録項目|表　省略|表　省略|事後|",
             "2023-03-27|"
             "Ⅲ　リスク対策　②過去3年以内に、評価実施機関において、個人情報に関する重大事故が発生し"
             "たかその内容|－|・鍵を失くした。|事後|",
             "2023-03-27|表紙（評価書名）|みどりの事務|あおばの事務|事後|"});
}

TEST_CASE("A box that holds before and after, and a line that begins again behind a space") {
  CHECK(
      rows_of(
          "令和5年3月27日\n\nⅡ　移転先１\n\n別表の左の欄に掲げる者（別紙１を参照）\n"
          "このたびあたらしい別表の左の欄に掲げる者（別紙１を\n参照）\n\n事後\n\n令和5年3月27日\n\n"
          "Ⅵ　②実施日・期間\n\n令和4年9月2日～令和4年10月1日 令和4年12月6日～令和5年1月6日 "
          "事後\n") == Rows{"2023-03-27|Ⅱ　移転先１|別表の左の欄に掲げる者（別紙１を参照）|"
                            "このたびあたらしい別表の左の欄に掲げる者（別紙１を参照）|事後|",
                            "2023-03-27|Ⅵ　②実施日・期間|令和4年9月2日～令和4年10月1日|"
                            "令和4年12月6日～令和5年1月6日|事後|"});
}

TEST_CASE("A page in pieces: paragraphs that the form has both are no versions of each other") {
  const std::string first =
      "朝のうちに窓口を開けるときのおそれ 鍵は係長が持ち、開けた時刻を帳簿に書き残す。";
  const std::string second =
      "夜になって窓口を閉めるときのおそれ 鍵は係員が持ち、閉めた時刻を帳簿に書き残す。";
  const Source source =
      source_of(first + "\n\n" + second +
                "\n\n\n\nⅠ　基本情報（６．担当部署　①部署）\n\nⅢ　リスク対策（３．使用　その必要性"
                "）\n\n－\n\n" +
                first + "\n\n" + second +
                "\n\nみどり市あおば局みどり部受付課\n\nみどり市あおば局あおば部受付課\n\n"
                "事前\n\n事前\n\n令和5年3月27日\n\n令和5年3月27日\n");
  const std::vector<Page> pages = split_pages(source);
  Passage passage;
  passage.item = "Ⅲ-3 その必要性";
  passage.text = first + "\n" + second;
  const std::span<const Page> all = pages;
  Present now(all.first(1), std::span<const Passage>(&passage, 1));
  RevisionTable table = read_revisions(all.subspan(1), source, now);
  settle_revisions(table, source, now, table.rows);
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[0].before == "みどり市あおば局みどり部受付課");
  CHECK(table.rows[0].after == "みどり市あおば局あおば部受付課");
  CHECK(table.rows[1].before == "－");
  CHECK(table.rows[1].after == first + "\n" + second);
}

TEST_CASE("A tick box before and after in one line") {
  CHECK(rows_of("令和5年3月27日\n\nⅡ　②入手方法\n\n[　]　その他　（　　） "
                "[○]　その他　（　窓口　） 事前\n") ==
        Rows{"2023-03-27|Ⅱ　②入手方法|[　]　その他　（　　）|[○]　その他　（　窓口　）|事前|"});
}

TEST_CASE("Before, after and timing in one line") {
  CHECK(rows_of("令和5年3月27日\n\nⅢ　重大事故\n\n発生なし 発生あり 事後\n") ==
        Rows{"2023-03-27|Ⅲ　重大事故|発生なし|発生あり|事後|"});
}

TEST_CASE("Dates inside cells are no rows") {
  CHECK(rows_of("令和5年3月27日\n\nⅤ　基礎項目評価　①実施日\n\n平成31年4月1日\n\n令和2年1月16日\n\n"
                "事後\n\n令和5年3月27日\n\nⅠ　部署\n\n"
                "みどり課\n\nあおば課\n\n事後\n") ==
        Rows{"2023-03-27|Ⅴ　基礎項目評価　①実施日|平成31年4月1日|令和2年1月16日|事後|",
             "2023-03-27|Ⅰ　部署|みどり課|あおば課|事後|"});
}

TEST_CASE("As many rows as timings: dates of a cover's change are its values") {
  CHECK(rows_of("令和5年3月27\n日\n\n表紙\n\n令和2年10月1日\n\n令和3年3月31日\n\n事後\n\n"
                "令和5年3月27\n日\n\nⅠ　部署\n\nみどり課\n\nあおば課\n\n事後\n") ==
        Rows{"2023-03-27|表紙|令和2年10月1日|令和3年3月31日|事後|",
             "2023-03-27|Ⅰ　部署|みどり課|あおば課|事後|"});
}

TEST_CASE("Tall cells come behind timing and note") {
  CHECK(rows_of("令和5年3月27日\n\nⅢ　措置の内容\n\n事後\n\n形式的な変更のため\n\n"
                "・記録を残す。\n・毎月点検する。\n\n・記録を残す。\n・毎週点検する。\n\n"
                "令和5年4月3日\n\nⅠ　部署\n\nみどり課\n\nあおば課\n\n事後\n") ==
        Rows{"2023-03-27|Ⅲ　措置の内容|・記録を残す。\n・毎月点検する。|"
             "・記録を残す。\n・毎週点検する。|事後|形式的な変更のため",
             "2023-04-03|Ⅰ　部署|みどり課|あおば課|事後|"});
}

TEST_CASE("A choice at an item that has none: whose cells they are is not told") {
  const Source source = source_of(
      "令和5年3月27日\n\nⅠ　基本情報　①事務の名称\n\n1万人以上10万人未満\n\n"
      "10万人以上30万人未満\n\n事後\n");
  const RevisionTable table = read_table(split_pages(source), source);
  REQUIRE(table.rows.size() == 1);
  CHECK_FALSE(table.rows[0].before);
  CHECK_FALSE(table.rows[0].after);
  CHECK(table.warnings.size() == 1);
}

TEST_CASE("An after that opens with a filler is of two rows") {
  CHECK(rows_of("令和5年3月27日\n\nⅡ　①委託内容\n\n（新規） 封筒の印刷\n\n（新規） "
                "窓口の受付\n\n事後\n") == Rows{"2023-03-27|Ⅱ　①委託内容|||事後|"});
}

TEST_CASE("Column heads over several lines are no cells") {
  CHECK(rows_of("提出\n時\n期\n\n令和5年3月27日\n\nⅠ　部署\n\nみどり課\n\nあおば課\n\n事後\n\n"
                "提出時期\nに係る説明\n形式的な変更のため\n") ==
        Rows{"2023-03-27|Ⅰ　部署|みどり課|あおば課|事後|形式的な変更のため"});
}

TEST_CASE("A date of figures and its item in one line") {
  CHECK(rows_of("2023/3/27 公表日\n\n令和2年10月1日\n\n令和3年3月31日\n\n事後\n\n"
                "2023/3/27 表紙\n\n7\n\n8\n\n事後\n") ==
        Rows{"2023-03-27|公表日|令和2年10月1日|令和3年3月31日|事後|", "2023-03-27|表紙|7|8|事後|"});
}

TEST_CASE("An item whose first line stands with the date goes on in a box of its own") {
  CHECK(rows_of("令和5年3月27日 I　関連情報　５．評価実\n\nみどり課\n\nあおば課\n\n"
                "施機関における担当部署　\n①部署\n\n事後\n") ==
        Rows{"2023-03-27|I　関連情報　５．評価実施機関における担当部署\n①部署|みどり課|あおば課|"
             "事後|"});
}

TEST_CASE("Items of two rows in one box are two") {
  const Rows rows = rows_of(
      "令和5年3月27日\n\n令和5年4月3日\n\nⅠ　基本情報\n６．担当部署\nII特定個人情報ファ\n"
      "イルの概要\n委託先名\n\nみどり課\n\nあおば課\n\n事後\n\n株式会社こもれび\n\n"
      "株式会社ゆうぐも\n\n事前\n");
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].starts_with("2023-03-27|Ⅰ　基本情報\n６．担当部署|みどり課|あおば課|事後"));
  CHECK(rows[1].starts_with("2023-04-03|II特定個人情報ファイルの概要委託先名|株式会社こもれび|"));
}

TEST_CASE("What a page's end tears and the next page prints again is one row") {
  const Rows rows = rows_of(
      "令和5年3月27日\n\nⅢ　リスク対策　措置の内容\n\n記録を残し、\n毎月点検する。\n\n"
      "出入りの記録を三年の間\n保管する。\n\n事後\n\n\n"
      "令和5年3月27日\n\nⅢ　リスク対策　措\n\n記録を残し、\n\n出入りの記録を三年の間\n\n事後\n\n"
      "毎月点検する。\n\n保管する。\n\n令和5年4月3日\n\nⅠ　部署\n\nみどり課\n\nあおば課\n\n事後\n");
  CHECK(rows == Rows{"2023-03-27|Ⅲ　リスク対策　措置の内容|記録を残し、毎月点検する。|"
                     "出入りの記録を三年の間保管する。|事後|",
                     "2023-04-03|Ⅰ　部署|みどり課|あおば課|事後|"});
}

TEST_CASE("A cell that goes on over a page's end makes no row") {
  const Rows rows = rows_of(
      "令和5年3月27日\n\nⅢ　措置の内容\n\n－\n\n・記録を残し、\n\n事後\n\n\n毎月点検する。\n\n令和5"
      "年3月27日\n\nⅠ　部署\n\nみどり課\n\nあおば課\n\n事後\n");
  REQUIRE(rows.size() == 2);
  CHECK(rows[0] == "2023-03-27|Ⅲ　措置の内容|－|・記録を残し、毎月点検する。|事後|");
}

TEST_CASE("The attachment tells incidents case by case") {
  const Source source = source_of(
      "個人情報に関する重大事故について\n\n事案１ 申請書の紛失\n\n１ 事案の内容\n\n（１） "
      "発生（発覚）時期\n\n令和６年４月８日\n\n（２） 事案の概要\n\n"
      "申請書を紛失した。\n\n（３） 原因\n\n机の上に放置した。\n\n（５） "
      "事故発覚後の対応\n\n令和６年４月８日  所在不明が判明\n令和６年５月１日  公表\n\n２ "
      "再発防止策\n\n"
      "保管庫へ戻す。\n\n事案２ 誤送付\n\n（１）発生日\n令和6年7月1日\n");
  const auto attachment = read_attachment(split_pages(source), source);
  REQUIRE(attachment);
  REQUIRE(attachment->cases.size() == 2);
  const IncidentCase& c = attachment->cases[0];
  CHECK(c.title == "申請書の紛失");
  CHECK(c.occurred_on == "2024-04-08");
  CHECK(c.summary == "申請書を紛失した。");
  CHECK(c.cause == "机の上に放置した。");
  REQUIRE(c.response.size() == 2);
  CHECK(c.response[1].date == "2024-05-01");
  CHECK(c.response[1].what == "公表");
  CHECK(c.prevention == "保管庫へ戻す。");
  CHECK(attachment->cases[1].occurred_on == "2024-07-01");
}
