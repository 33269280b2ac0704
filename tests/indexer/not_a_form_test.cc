#include <catch2/catch.hpp>

#include "indexer/extract.h"

using namespace pia;

TEST_CASE("a text about assessments is not one") {
  const char* const texts[] = {
      "買い物メモ\n牛乳\n卵\n",
      // Has the words of the form in its sentences.
      "特定個人情報保護評価書（基礎項目評価書）の書き方について、事務の名称と対象人数の欄を説明しま"
      "す。\n"
      "公表日は、評価書番号と評価書名の後に書きます。特定個人情報ファイル名は事務ごとに決めます。"
      "\n",
      // A table that names assessments.
      "| file | 評価書名 | 公表日 |\n|---|---|---|\n| a.txt | 児童手当 基礎項目評価書 | 2025-04-01 "
      "|\n",
  };
  for (const char* const text : texts) {
    CAPTURE(text);
    const auto source = read_text_source(text, "note.txt");
    REQUIRE(source);
    const auto assessment = extract(*source);
    REQUIRE_FALSE(assessment);
    CHECK(assessment.error().code == ErrorCode::SourceNotForm);
    CHECK(assessment.error().file == "note.txt");
    CHECK(assessment.error().reason.find("no privacy impact assessment") == 0);
  }
}

TEST_CASE("the first pages of a form are enough to know it") {
  const auto source = read_text_source(
      "特定個人情報保護評価書（基礎項目評価書）\n\n評価書番号\t評価書名\n7\t予防接種事務 "
      "基礎項目評価書\n\n"
      "Ⅰ 関連情報\n\n1. 特定個人情報ファイルを取り扱う事務\t\n①事務の名称\t予防接種事務\n"
      "②事務の概要\t予防接種の記録を管理する。\n③システムの名称\t健康管理システム\n2. "
      "特定個人情報ファイル名\t\n接種記録ファイル\n"
      "3. 個人番号の利用\t\n法令上の根拠\t番号法第9条第1項\n"
      "4. 情報提供ネットワークシステムによる情報連携\t\n①実施の有無\t[実施しない]\n",
      "form.txt");
  REQUIRE(source);
  const auto assessment = extract(*source);
  REQUIRE(assessment);
  CHECK(assessment->process.name == "予防接種事務");
}

TEST_CASE("a manifest met in a folder is named as what it is") {
  for (const char* const heads :
       {"path,url,municipality,published_on,note", "ファイル名,自治体,公表日"}) {
    const auto source = read_text_source(std::string(heads) + "\na.pdf,x,y,z,n\n", "list.csv");
    REQUIRE(source);
    const auto assessment = extract(*source);
    REQUIRE_FALSE(assessment);
    CHECK(assessment.error().reason.find("--manifest") != std::string::npos);
  }
}
