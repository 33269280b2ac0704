// Boxes whose ○ were torn off: what the rest of the document says of them.

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "indexer/boxes_support.h"
#include "indexer/boxes_told.h"
#include "indexer/extract.h"

using namespace pia;
using namespace pia::boxes;

namespace {

const std::string kCover =
    "特定個人情報保護評価書（重点項目評価書）\n\n あおば市は、みどり給付に関する事務\n\n\n"
    "Ⅰ　基本情報\n\n ５．情報提供ネットワークシステムによる情報連携\n\n ①実施の有無\n\n"
    "[ 実施する\n\n]\n\n＜選択肢＞\n1) 実施する\n2) 実施しない\n3) 未定\n\n\n"
    "Ⅱ　特定個人情報ファイルの概要\n\n １．特定個人情報ファイル名\n\nみどりファイル\n\n";

// Loose ○, then the torn boxes of both items, then the text of ⑤.
std::string page(const std::string& loose, const std::string& use) {
  return " ３．特定個人情報の入手・使用\n\n ①入手元　※\n\n ②入手方法\n\n" + loose +
         "] 本人又は本人の代理人\n\n] 情報提供ネットワークシステム\n\n] 庁内連携システム] "
         "専用線\n\n"
         "○ ] 紙 [ ] フラッシュメモリ] 電子記録媒体（フラッシュメモリを除く。）\n\n"
         "] その他\n\n ⑤使用方法\n\n" +
         use + "\n\n";
}

std::string history(const std::string& item, const std::string& after) {
  return "\n\n（別添２）変更箇所\n\n変更日\n\n項目\n\n変更前の記載\n\n変更後の記載\n\n提出時期\n\n"
         "提出時期に係る説明\n\n令和5年3月27日\n\n" +
         item + "\n\n（新規）\n\n" + after + "\n\n事前\n";
}

}  // namespace

TEST_CASE("As many ○ are left as items that the document speaks of elsewhere") {
  const Assessment a = extract_boxes(
      source_of(kCover + page("[ ○\n\n[ ○\n\n[\n\n", "窓口で受け付けた申請書の内容を登録する。")));
  REQUIRE(a.files.size() == 1);
  CHECK(a.files[0].sources == Texts{"本人又は本人の代理人"});
  CHECK(a.files[0].means == Texts{"紙", "情報提供ネットワークシステム"});
}

TEST_CASE("More ○ than the document speaks of prove nothing") {
  const Assessment a = extract_boxes(source_of(
      kCover + page("[ ○\n\n[ ○\n\n[ ○\n\n[\n\n", "窓口で受け付けた申請書の内容を登録する。")));
  REQUIRE(a.files.size() == 1);
  CHECK(a.files[0].sources.empty());
  CHECK(a.files[0].means == Texts{"紙"});
  CHECK(std::any_of(a.warnings.begin(), a.warnings.end(), [](const std::string& w) {
    return w.starts_with("Ⅱ-3 ②入手方法: 印の有無を判別できない箱があります");
  }));
}

TEST_CASE("The change table tells a torn その他 by the text of its brackets") {
  const std::string torn =
      page("[ ○\n\n[ ○\n\n○ こだま申請端末 ）\n\n", "窓口で受け付けた申請書の内容を登録する。");
  const Assessment a = extract_boxes(
      source_of(kCover + torn +
                history("Ⅱ 特定個人情報ファイルの概要（３．特定個人情報の入手・使用 ②入手方法）",
                        "[○]その他（こだま申請端末）")));
  REQUIRE(a.files.size() == 1);
  CHECK(a.files[0].sources == Texts{"本人又は本人の代理人"});
  CHECK(a.files[0].means ==
        Texts{"紙", "情報提供ネットワークシステム", "その他（こだま申請端末）"});
  CHECK(!a.places.at("/files/0/means/2").more.empty());  // the box and its text
}

TEST_CASE("Boxes as the change table prints them") {
  const Lexicon& lexicon = Lexicon::of(Kind::Priority);
  const auto boxes = told_boxes(U"[]宛名システム等[○]その他(中間端末)[〇]紙[○]でない", lexicon);
  REQUIRE(boxes.size() == 3);
  CHECK(!boxes[0].ticked);
  CHECK(boxes[1].ticked);
  CHECK(boxes[1].inside == U"中間端末");
  CHECK(boxes[2].label == U"紙");
}
