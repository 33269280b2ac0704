// Boxes of 提供先 that come row by row, with the labels of the next row between them.

#include <catch2/catch.hpp>
#include <string>

#include "indexer/boxes_support.h"
#include "indexer/extract.h"

using namespace pia;
using pia::boxes::source_of;

namespace {

std::string tick_boxes(int from, int to, int ticked) {
  static const char* const kWords[] = {"情報提供ネットワークシステム",
                                       "専用線",
                                       "電子メール",
                                       "電子記録媒体（フラッシュメモリを除く。）",
                                       "フラッシュメモリ",
                                       "紙",
                                       "その他"};
  std::string out;
  for (int i = from; i < to; ++i)
    out += std::string(i == ticked ? "[○]　" : "[ 　 ]　") + kWords[i] + "\n\n";
  return out;
}

const char* const kLabels =
    "①法令上の根拠\n\n②提供先における用途\n\n③提供する情報\n\n④提供する情報の対象となる本人の数\n"
    "\n";

Assessment extract(const std::string& text) {
  return extract_boxes(source_of(
      "特定個人情報保護評価書（重点項目評価書）\n\n\n"
      "Ⅱ　特定個人情報ファイルの概要\n\n１．特定個人情報ファイル名\n\nみどりファイル\n\n\n"
      "５．特定個人情報の提供・移転（委託に伴うものを除く。）\n\n" +
      text));
}

}  // namespace

TEST_CASE("Boxes in rounds go to their rows though labels of the next row stand between") {
  const Assessment a =
      extract("提供先1\n\nみどり大臣\n\n" + std::string(kLabels) + tick_boxes(0, 3, -1) +
              "⑥提供方法\n\n" + tick_boxes(3, 4, -1) + "⑦時期・頻度\n\n提供先2\n\n" + kLabels +
              tick_boxes(4, 7, 5) + "照会の都度\n\nあおば大臣\n\n" + tick_boxes(0, 3, 1) +
              "⑥提供方法\n\n⑦時期・頻度\n\n" + tick_boxes(3, 7, -1));
  REQUIRE(a.files.size() == 1);
  const auto& rows = a.files[0].provisions.rows;
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].means == Texts{"紙"});
  CHECK(rows[1].means == Texts{"専用線"});
}

TEST_CASE("The boxes of the last row may go on overleaf") {
  const Assessment a =
      extract("提供先1\n\nみどり大臣\n\n" + std::string(kLabels) + tick_boxes(0, 4, 1) +
              "⑥提供方法\n\n⑦時期・頻度\n\n提供先2\n\n" + kLabels + tick_boxes(4, 7, -1) +
              "あおば大臣\n\n" + tick_boxes(0, 4, -1) + "⑥提供方法\n\n\n⑥提供方法\n\n" +
              tick_boxes(4, 7, 4) + "⑦時期・頻度\n\n提供先3\n\n" + kLabels + "そよかぜ大臣\n\n" +
              tick_boxes(0, 4, 2) + "⑥提供方法\n\n" + tick_boxes(4, 7, -1));
  REQUIRE(a.files.size() == 1);
  const auto& rows = a.files[0].provisions.rows;
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].means == Texts{"専用線"});
  CHECK(rows[1].means == Texts{"フラッシュメモリ"});
  CHECK(rows[2].means == Texts{"電子メール"});
}
