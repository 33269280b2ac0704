// Blocks of two systems that stand torn beside their headings.

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "indexer/boxes_contest.h"
#include "indexer/boxes_kinship.h"
#include "indexer/boxes_support.h"
#include "indexer/extract.h"

using namespace pia;
using pia::boxes::source_of;

namespace {

const std::string kCover =
    "特定個人情報保護評価書（重点項目評価書）\n\n あおば市は、みどり給付に関する事務\n\n\n";

// Names and functions of both systems first, then a block with an empty その他 and one with others.
std::string page(const std::string& first, const std::string& second,
                 const std::string& inside = "みどり中継サーバー") {
  return kCover +
         "Ⅰ　基本情報\n\n システム1\n\n ①システムの名称 みどり中継サーバー\n\n"
         " ②システムの機能\n\n" +
         first +
         "\n\n システム2\n\n ①システムの名称 あおば申請受付システム\n\n ②システムの機能\n\n" +
         second +
         "\n\n[ ] その他 （ )\n\n ③他のシステムとの接続\n\n[ ○ ] 情報提供ネットワークシステム [\n\n"
         "[ ○ ] 宛名システム等 [\n\n ③他のシステムとの接続\n\n[ ] 情報提供ネットワークシステム "
         "[\n\n"
         "[ ] 宛名システム等 [\n\n[ ○ ] その他 （ " +
         inside +
         " )\n\n] 税務システム\n\n"
         "] 庁内連携システム\n\n] 既存住民基本台帳システム\n\n";
}

}  // namespace

TEST_CASE("Torn blocks of ticks go to the systems whose functions name them") {
  const Assessment a = extract_boxes(source_of(
      page("みどり中継サーバーは、情報提供ネットワークシステムへ照会し、宛名番号を渡す機能",
           "申請を受け、みどり中継サーバーへ渡す機能")));
  REQUIRE(a.systems.size() == 2);
  CHECK(a.systems[0].connections == Texts{"情報提供ネットワークシステム", "宛名システム等"});
  CHECK(a.systems[1].connections == Texts{"その他（みどり中継サーバー）"});
}

TEST_CASE("The change history proves whose a block of ticks is") {
  const std::string history =
      "\n\n（別添２）変更箇所\n\n変更日\n\n項目\n\n変更前の記載\n\n変更後の記載\n\n提出時期\n\n"
      "提出時期に係る説明\n\n令和5年3月27日\n\nⅠ基本情報 システム２ ③他のシステムとの接続\n\n"
      "（新規）\n\n[○]その他（みどり中継サーバー）\n\n事前\n";
  const Assessment a =
      extract_boxes(source_of(page("番号を中継する機能", "申請を受ける機能") + history));
  REQUIRE(a.systems.size() == 2);
  CHECK(a.systems[1].connections == Texts{"その他（みどり中継サーバー）"});
}

TEST_CASE("A torn block of ticks that nothing explains is left out with a warning") {
  const Assessment a =
      extract_boxes(source_of(page("番号を中継する機能", "申請を受ける機能", "こだま収納端末")));
  REQUIRE(a.systems.size() == 2);
  CHECK(a.systems[0].connections.empty());
  CHECK(a.systems[1].connections.empty());
  CHECK(!a.warnings.empty());
}

TEST_CASE("A name and its functions in one box are two cells") {
  const Assessment a =
      extract_boxes(source_of(
          kCover + "Ⅰ　基本情報\n\n システム1\n\n①システムの名称\n\n②システムの機能\n\n"
                   "みどり給付システム\n1．給付の額を計算する機能\n2．通知書を印刷する機能\n\n"
                   "③他のシステムとの接続\n"));
  REQUIRE(a.systems.size() == 1);
  CHECK(a.systems[0].name == "みどり給付システム");
  CHECK(a.systems[0].functions == "1．給付の額を計算する機能\n2．通知書を印刷する機能");
}

TEST_CASE("Functions speak of their own system, not of a partner") {
  using pia::boxes::kinship;
  CHECK(kinship("みどり中継サーバーを利用する職員を認証する。", "みどり中継サーバー") >= 3);
  CHECK(kinship("申請をみどり中継サーバーへ渡す機能", "みどり中継サーバー") == 0);
  CHECK(kinship("申請を受ける機能", "みどり中継サーバー") == 0);
}

TEST_CASE("A piece of a chain is sure only if every other share has clearly less proof") {
  using namespace pia::boxes;
  const std::vector<ContestChain> told{{{{1, U"○"}, {2, U" "}}, {3, 0}}, {{{1, U" "}}, {0, 0}}};
  const std::vector<Verdict> sure = share_chains(told, 2);
  CHECK(sure[0].owner == 0);
  CHECK(sure[0].sure[0]);
  CHECK(sure[1].owner == 1);
  const std::vector<ContestChain> silent{{{{1, U"○"}}, {0, 0}}, {{{1, U" "}}, {0, 0}}};
  CHECK(!share_chains(silent, 2)[0].sure[0]);
  const std::vector<ContestChain> alike{{{{1, U"○"}}, {0, 0}}, {{{1, U"○"}}, {0, 0}}};
  CHECK(share_chains(alike, 2)[0].sure[0]);
}

TEST_CASE("様式2: a comma inside a system's name parts no systems") {
  const Assessment a =
      extract_boxes(source_of("特定個人情報保護評価書（基礎項目評価書）\n\n\nⅠ　関連情報\n\n"
                              " １．特定個人情報ファイルを取り扱う事務\n\n ③システムの名称\n\n"
                              "みどりの賦課、給付及び認定システム\n宛名システム、中間サーバー\n"));
  REQUIRE(a.systems.size() == 3);
  CHECK(a.systems[0].name == "みどりの賦課、給付及び認定システム");
  CHECK(a.systems[1].name == "宛名システム");
}

TEST_CASE("A warning names the item, its boxes and their lines in one sentence") {
  const Assessment a =
      extract_boxes(source_of(page("番号を中継する機能", "申請を受ける機能", "こだま収納端末")));
  const auto about = [&](std::string_view item) {
    return std::count_if(a.warnings.begin(), a.warnings.end(),
                         [&](const std::string& w) { return w.starts_with(item); });
  };
  CHECK(about("Ⅰ-2 システム ③他のシステムとの接続: 印の有無を判別できない箱があります: ") == 1);
  for (const std::string& warning : a.warnings) {
    CHECK(warning.find("cannot") == std::string::npos);
    CHECK(warning.ends_with("行目）"));
  }
}

TEST_CASE("A row of the change table is about the system whose number it names") {
  // システム stands once more in the label behind the number.
  const std::string history =
      "\n\n（別添２）変更箇所\n\n変更日\n\n項目\n\n変更前の記載\n\n変更後の記載\n\n提出時期\n\n"
      "提出時期に係る説明\n\n令和5年3月27日\n\nⅠ基本情報 システム２ ③他のシステムとの接続\n\n"
      "（新規）\n\n[○]その他（こだま収納端末）[]宛名システム等\n\n事前\n";
  const Assessment a = extract_boxes(
      source_of(page("番号を中継する機能", "申請を受ける機能", "こだま収納端末") + history));
  REQUIRE(a.systems.size() == 2);
  CHECK(a.systems[0].connections == Texts{"情報提供ネットワークシステム", "宛名システム等"});
  CHECK(a.systems[1].connections == Texts{"その他（こだま収納端末）"});
}

TEST_CASE("On a page that runs upwards a row of the form goes with the next one right behind it") {
  const Assessment a = extract_boxes(
      source_of(kCover +
                "[ ] 宛名システム等 [\n\n[ ] その他 （ ）\n\n システム2\n\n ①システムの名称 "
                "あおば申請受付システム\n\n ②システムの機能\n\n申請を受ける機能\n\n"
                "[ ] 住民基本台帳ネットワークシステム [\n\n ③他のシステムとの接続\n\n"
                "[ ] 住民基本台帳ネットワークシステム [\n\n ③他のシステムとの接続\n\n"
                "[ ] 宛名システム等 [ ○\n\n[ ○ ] その他 （ こだま収納端末\n\n システム1\n\n"
                " ①システムの名称 みどり給付システム\n\n ②システムの機能\n\n"
                "こだま収納端末から納付の額を受け取る機能\n\n] 税務システム\n\n] 税務システム\n\n"
                "[ ] 情報提供ネットワークシステム [\n\n[ ] 情報提供ネットワークシステム [\n\n"
                "] 庁内連携システム\n\n] 庁内連携システム\n\n"));
  REQUIRE(a.systems.size() == 2);
  CHECK(a.systems[0].connections == Texts{"その他（こだま収納端末）", "税務システム"});
  CHECK(a.systems[1].connections.empty());
}
