// Counts （ 3 ）件 of 委託, 提供 and 移転 whose brackets come whole, in halves, or a column at a
// time.

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "indexer/boxes_support.h"
#include "indexer/extract.h"

using namespace pia;
using pia::boxes::source_of;

namespace {

const char* const kFile =
    "特定個人情報保護評価書（重点項目評価書）\n\n\n"
    "Ⅱ　特定個人情報ファイルの概要\n\n１．特定個人情報ファイル名\n\nみどりファイル\n\n";
const char* const kProvided =
    "５．特定個人情報の提供・移転（委託に伴うものを除く。）\n\n提供・移転の有無\n\n[ ○\n\n[ "
    "○\n\n[\n\n"
    "] 提供を行っている\n\n] 移転を行っている\n\n] 行っていない\n\n提供先1\n\nみどり大臣\n\n";

}  // namespace

TEST_CASE("Halves of the brackets of counts are put together in their order") {
  for (const char* brackets :
       {"（ 3\n\n（ 2\n\n）件\n\n）件\n", "（\n\n（\n\n3 ）件\n2 ）件\n",
        "（　3　）件\n\n（　2　）件\n", "（\n\n）\n\n（ 3\n（ 2\n\n）件\n）件\n"}) {
    CAPTURE(brackets);
    const Assessment a = extract_boxes(source_of(std::string(kFile) + kProvided + brackets));
    REQUIRE(a.files.size() == 1);
    CHECK(a.files[0].provisions.count == 3);
    CHECK(a.files[0].transfers.count == 2);
  }
}

TEST_CASE("A blank bracket leaves its count blank, and only its own") {
  const Assessment a =
      extract_boxes(source_of(std::string(kFile) + kProvided + "（\n\n（ 2\n\n）件\n\n）件\n"));
  REQUIRE(a.files.size() == 1);
  CHECK_FALSE(a.files[0].provisions.count);
  CHECK(a.files[0].transfers.count == 2);
}

TEST_CASE("A count in brackets behind a name is no part of the name") {
  const Assessment a = extract_boxes(
      source_of(std::string(kFile) + kProvided + "（　3　）件\n\n（　　）件\n\n①法令上の根拠\n"));
  REQUIRE(a.files.size() == 1);
  CHECK(a.files[0].provisions.count == 3);
  REQUIRE(a.files[0].provisions.rows.size() == 1);
  CHECK(a.files[0].provisions.rows[0].name == "みどり大臣");
}

TEST_CASE("A number that cannot be the count of 委託 beside its rows is left out and named") {
  const auto contracts = [](const std::string& number) {
    return extract_boxes(source_of(
        std::string(kFile) +
        "４．特定個人情報ファイルの取扱いの委託\n\n委託の有無　※\n\n[ 委託する\n\n]\n\n（\n\n" +
        number +
        "\n\n）　件\n\n委託事項1\n\nみどり運用保守業務\n\n①委託内容\n\nシステムの運用と保守\n\n"
        "③委託先名\n\nあおば株式会社\n"));
  };
  const Assessment right = contracts("1"), wrong = contracts("38,512");
  REQUIRE(right.files.size() == 1);
  REQUIRE(wrong.files.size() == 1);
  CHECK(right.files[0].contracts.count == 1);
  CHECK_FALSE(wrong.files[0].contracts.count);
  CHECK(std::any_of(wrong.warnings.begin(), wrong.warnings.end(), [](const std::string& w) {
    return w == "Ⅱ-4 委託の有無: 38512件とありますが、本文にある委託事項は1件です";
  }));
}
