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
