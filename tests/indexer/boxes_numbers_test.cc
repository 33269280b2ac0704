// Numbers of items and headings that stand apart from the words they number.

#include <catch2/catch.hpp>
#include <string>

#include "indexer/boxes_support.h"
#include "indexer/extract.h"

using namespace pia;
using pia::boxes::source_of;

namespace {

const char* const kHead =
    "特定個人情報保護評価書（重点項目評価書）\n\n\n"
    "Ⅰ　基本情報\n\n４．個人番号の利用\n\n法令上の根拠\n\n番号法第9条第1項　別表の7の項\n\n\n"
    "Ⅱ　特定個人情報ファイルの概要\n\n１．特定個人情報ファイル名\n\nみどりファイル\n\n";

}  // namespace

TEST_CASE("The number of 委託事項 may stand in the cell of its name, behind the first label") {
  std::string text = std::string(kHead) + "４．特定個人情報ファイルの取扱いの委託\n\n";
  const char* const names[] = {"株式会社こもれび", "株式会社ゆうぐも", "株式会社あさつゆ"};
  for (int no = 1; no <= 3; ++no) {
    text += "委託事項\n\n①委託内容\n\n" + std::to_string(no) +
            " 入力業務\n\n申請書の入力\n\n③委託先名\n\n" + names[no - 1] + "\n\n";
    if (no == 2) text += "\n";  // the page ends
  }
  const Assessment a = extract_boxes(source_of(text));
  REQUIRE(a.files.size() == 1);
  REQUIRE(a.files[0].contracts.rows.size() == 3);
  for (int i = 0; i < 3; ++i) {
    const Contract& row = a.files[0].contracts.rows[static_cast<std::size_t>(i)];
    CHECK(row.no == i + 1);
    CHECK(row.title == "入力業務");
    REQUIRE(row.contractors.size() == 1);
    CHECK(row.contractors[0].printed == names[i]);
  }
}

TEST_CASE("Labels whose numbers have cells of their own are told by their neighbours") {
  const Assessment a = extract_boxes(source_of(
      std::string(kHead) +
      "\n５．特定個人情報の提供・移転（委託に伴うものを除く。）\n\n"
      "移転先1\n\nみどり部みどり課\n\n①\n\n②\n\n③\n\n"
      "法令上の根拠\n\n番号法第9条第2項に基づく条例\n\n"
      "移転先における用途\n\nみどり給付に関する事務\n\n移転する情報\n\nみどり給付関係情報\n"));
  REQUIRE(a.process.legal_basis.size() == 1);
  CHECK(a.process.legal_basis[0] == "番号法第9条第1項　別表の7の項");
  REQUIRE(a.files.size() == 1);
  REQUIRE(a.files[0].transfers.rows.size() == 1);
  const Provision& row = a.files[0].transfers.rows[0];
  CHECK(row.legal_basis == "番号法第9条第2項に基づく条例");
  CHECK(row.purpose == "みどり給付に関する事務");
  CHECK(row.data == "みどり給付関係情報");
}

TEST_CASE(
    "A page with the end of one 委託事項 and the next one's beginning is parted at the fall") {
  const Assessment a = extract_boxes(
      source_of("特定個人情報保護評価書（全項目評価書）\n\n\nⅡ　特定個人情報ファイルの概要\n\n"
                "１．特定個人情報ファイル名\n\nみどりファイル\n\n"
                "４．特定個人情報ファイルの取扱いの委託\n\n委託事項1\n\n窓口業務\n\n①委託内容\n\n"
                "窓口での受付を行う。\n\n\n"
                // The boxes of its ways of giving begin above their label.
                "②取扱いを委託する特定個人情報ファイルの範囲\n\n③委託先における取扱者数\n\n"
                "[ ○\n\n] 専用線\n\n[ ○\n\n] 電子メール\n\n"
                "④委託先への特定個人情報ファイルの提供方法\n\n[\n\n] 紙\n\n"
                "⑤委託先名の確認方法\n\n⑥委託先名\n\n再委託\n\n⑦再委託の有無 ※\n\n"
                "⑧再委託の許諾方法\n\n⑨再委託事項\n\n委託事項2～5\n\n委託事項\n\n①委託内容\n\n"
                "公表している。\n\nこもれび情報サービス株式会社 東支社\n\n[\n\n再委託する\n\n]\n\n"
                "＜選択肢＞\n\n1） 再委託する\n\n2） 再委託しない\n\n2\n\n印刷業務\n\n"
                "②取扱いを委託する特定個人情報ファイルの範囲\n\n\n"
                "⑥委託先名\n\n株式会社ゆうぐも印刷\n\n⑦再委託の有無 ※\n\n[ 再委託しない ]\n\n"));
  REQUIRE(a.files.size() == 1);
  const auto& rows = a.files[0].contracts.rows;
  REQUIRE(rows.size() == 2);
  REQUIRE(rows[0].contractors.size() == 1);
  CHECK(rows[0].contractors[0].printed == "こもれび情報サービス株式会社 東支社");
  CHECK(rows[0].subcontract.used == true);
  REQUIRE(rows[1].contractors.size() == 1);
  CHECK(rows[1].contractors[0].printed == "株式会社ゆうぐも印刷");
  CHECK(rows[1].subcontract.used == false);
}
