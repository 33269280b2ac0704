// Blocks of tick boxes that stand whole: a column of openings, then the boxes, a ○ between.

#include <catch2/catch.hpp>
#include <string>

#include "indexer/boxes_support.h"
#include "indexer/extract.h"

using namespace pia;
using pia::boxes::source_of;

namespace {

const char* const kBoxes[] = {"情報提供ネットワークシステム",
                              "庁内連携システム",
                              "住民基本台帳ネットワークシステム",
                              "既存住民基本台帳システム",
                              "宛名システム等",
                              "税務システム",
                              "その他"};

std::string block(const std::string& name, int ticked) {
  std::string out = name + "\n\nみどりを受け付ける。\n\n";
  for (int i = 0; i < 7; ++i) out += "[\n\n";
  for (int i = 0; i < 7; ++i)
    out += std::string(i == ticked ? "○\n\n" : "") + "] " + kBoxes[i] + "\n\n";
  return out;
}

std::string labels(int number) {
  return "システム" + std::to_string(number) +
         "\n\n①システムの名称\n\n②システムの機能\n\n③他のシステムとの接続\n\n";
}

Assessment extract(const std::string& text) {
  return extract_boxes(
      source_of("特定個人情報保護評価書（重点項目評価書）\n\n\nⅠ　基本情報\n\n"
                "２．特定個人情報ファイルを取り扱う事務において使用するシステム\n\n" +
                text));
}

}  // namespace

TEST_CASE("Blocks of systems that follow one another, each below its name, are told by it") {
  const Assessment a = extract(labels(1) + labels(2) + labels(3) + block("みどり管理システム", 4) +
                               block("あおば受付システム", 1) + block("そよかぜ基盤", 5));
  REQUIRE(a.systems.size() == 3);
  CHECK(a.systems[0].connections == Texts{"宛名システム等"});
  CHECK(a.systems[1].connections == Texts{"庁内連携システム"});
  CHECK(a.systems[2].connections == Texts{"税務システム"});
}

TEST_CASE("A circle alone before a closing bracket ticks that box, if the column is whole") {
  const Assessment a = extract(labels(1) + block("みどり管理システム", 2));
  REQUIRE(a.systems.size() == 1);
  CHECK(a.systems[0].connections == Texts{"住民基本台帳ネットワークシステム"});
}

TEST_CASE("A column that lacks an opening does not tell which box is ticked") {
  std::string torn = block("みどり管理システム", 2);
  torn.erase(torn.find("[\n\n"), 3);
  const Assessment a = extract(labels(1) + torn);
  REQUIRE(a.systems.size() == 1);
  CHECK(a.systems[0].connections.empty());
}
