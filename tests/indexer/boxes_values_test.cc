// What is no value of an item though it stands where one would: dates, remnants, neighbours.

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "indexer/boxes_support.h"
#include "indexer/extract.h"
#include "indexer/organisations.h"

using namespace pia;
using pia::boxes::source_of;

namespace {

Assessment priority(const std::string& text) {
  return extract_boxes(source_of(
      "特定個人情報保護評価書（重点項目評価書）\n\n\n"
      "Ⅱ　特定個人情報ファイルの概要\n\n１．特定個人情報ファイル名\n\nみどりファイル\n\n" +
      text));
}

const char* const kContracts =
    "４．特定個人情報ファイルの取扱いの委託\n\n委託事項1\n\n入力業務\n\n";

}  // namespace

TEST_CASE("未定 is what a contractor's cell says; it does not take the next company") {
  const Assessment a = priority(std::string(kContracts) +
                                "③委託先名\n\n未定\n\n株式会社こもれび\n\n"
                                "④再委託の有無　※\n\n");
  REQUIRE(a.files.size() == 1);
  for (const Contract& row : a.files[0].contracts.rows) CHECK(row.contractors.empty());
}

TEST_CASE("A date behind a company is a cell of its own") {
  const Assessment a =
      priority(std::string(kContracts) +
               "③\n\n委託先名\n\n株式会社こもれび\n\n2020/10/6\n\n④再委託の有無　※\n");
  REQUIRE(a.files.size() == 1);
  REQUIRE(a.files[0].contracts.rows.size() == 1);
  const Contract& row = a.files[0].contracts.rows[0];
  REQUIRE(row.contractors.size() == 1);
  CHECK(row.contractors[0].printed == "株式会社こもれび");
}

TEST_CASE("The last character of a broken answer is no value") {
  const Assessment a = priority(std::string(kContracts) +
                                "③委託先名\n\n株式会社こもれび\n\n⑤再委託の許諾方法\n\n"
                                "⑥再委託事項\n\n満\n");
  REQUIRE(a.files.size() == 1);
  REQUIRE(a.files[0].contracts.rows.size() == 1);
  CHECK_FALSE(a.files[0].contracts.rows[0].subcontract.scope);
}

TEST_CASE("A telephone number is no way of dealing with questions") {
  const Assessment a = extract_boxes(source_of(
      "特定個人情報保護評価書（重点項目評価書）\n\n\n"
      "Ⅳ　開示請求、問合せ\n\n２．特定個人情報ファイルの取扱いに関する問合せ\n\n①連絡先\n\n"
      "②対応方法\n\nみどり市みどり部みどり課\n〒000-0000　みどり市中央1丁目\n"
      "電話番号：00-0000-0000\n"));
  CHECK_FALSE(a.contact.how);
  REQUIRE(a.contact.to);
  CHECK(a.contact.to->find("00-0000-0000") != std::string::npos);
}

TEST_CASE("Notes of the change table and halves of names are no companies") {
  Assessment a;
  Revision note;
  note.item = "Ⅱ　４．委託事項1　③委託先名";
  note.before = "形式的な変更であり、事前の提出・公表が義務付けられない。\n株式会社こもれび";
  note.after = "株式会社ゆうぐも";
  Revision torn = note;
  torn.before = "株式会社あさつゆ　そよかぜデータ";
  torn.after = "株式会社";
  a.revisions = {note, torn};
  find_organisations(a);
  std::vector<std::string> names;
  for (const Organisation& o : a.organisations) names.push_back(o.name);
  std::sort(names.begin(), names.end());
  CHECK(names == std::vector<std::string>{"株式会社こもれび", "株式会社ゆうぐも"});
}
