// 別紙 about incidents: its cases, and where it stands.

#include "indexer/boxes_attachment.h"

#include <catch2/catch.hpp>
#include <string>

#include "indexer/boxes_support.h"
#include "indexer/extract.h"

using namespace pia;
using namespace pia::boxes;

namespace {

const std::string kCases =
    "別紙（個人情報に関する重大事故について）\n\n（事故1）\n\n１　概要\n\n令和6年2月24日、"
    "こだま通知を別の住所へ送った。\n\n２　原因\n\n封筒を取り違えた。\n\n３　再発防止策\n\n"
    "二人で照らし合わせる。\n\n（事故2）\n\n１　概要\n\n令和6年11月21日、申請書を紛失した。\n\n"
    "２　原因\n\n棚に戻さなかった。\n\n３　再発防止策\n\n貸出簿に記す。\n";

}  // namespace

TEST_CASE("Cases may be numbered in brackets") {
  const Source source = source_of(kCases);
  const auto attachment = read_attachment(split_pages(source), source);
  REQUIRE(attachment);
  CHECK(attachment->title == "別紙（個人情報に関する重大事故について）");
  REQUIRE(attachment->cases.size() == 2);
  CHECK(attachment->cases[0].cause == "封筒を取り違えた。");
  CHECK(attachment->cases[1].prevention == "貸出簿に記す。");
  CHECK_FALSE(attachment->cases[1].title);
}

TEST_CASE("The 別紙 may stand before the change table") {
  const Assessment a = extract_boxes(source_of(
      "特定個人情報保護評価書（重点項目評価書）\n\n あおば市は、みどり給付\n\n\n"
      "Ⅴ　評価実施手続\n\n１．基礎項目評価\n\n ①実施日 令和6年12月25日\n\n\n" +
      kCases +
      "\n\n（別添２）変更箇所\n\n変更日\n\n項目\n\n変更前の記載\n\n変更後の記載\n\n提出時期\n\n"
      "提出時期に係る説明\n\n令和5年3月27日\n\nⅠ　部署\n\nみどり課\n\nあおば課\n\n事後\n"));
  REQUIRE(a.incidents.attachments.size() == 1);
  CHECK(a.incidents.attachments[0].cases.size() == 2);
  CHECK(a.incidents.rows.empty());
}
