// 提供 and 移転: pages that run upwards, counts, tables behind an item.

#include <catch2/catch.hpp>
#include <string>

#include "indexer/boxes_support.h"
#include "indexer/extract.h"

using namespace pia;
using pia::boxes::source_of;

namespace {

Assessment extract_file(const std::string& pages) {
  return extract_boxes(source_of(
      "特定個人情報保護評価書（全項目評価書）\n\n\n"
      "Ⅱ　特定個人情報ファイルの概要\n\n １．特定個人情報ファイル名\n\nみどりファイル\n\n\n" +
      pages));
}

const std::string kUpwards =
    " ⑦時期・頻度 台帳更新の都度\n\n ②移転先における用途 みどり給付の事務\n\n"
    " ③移転する情報 住民票関係情報\n\n 移転先1 福祉課\n\n ①法令上の根拠 番号法第9条第1項\n\n"
    " ⑦時期・頻度 照会を受けたとき\n\n ②提供先における用途 あおば年金の事務\n\n"
    " ③提供する情報 年金関係情報\n\n ①法令上の根拠 番号法第19条第8号\n\n"
    "[ ] 移転を行っている （ ） 件\n\n ５．特定個人情報の提供・移転\n\n 提供・移転の有無\n"
    "[ ○ ] 提供を行っている （ 2 ） 件\n\n 提供先1 あおば共済組合\n\n\n";

}  // namespace

TEST_CASE("A page that runs upwards gives each 時期・頻度 to its own group") {
  const Assessment a = extract_file(kUpwards);
  REQUIRE(a.files.size() == 1);
  const InfoFile& f = a.files[0];
  REQUIRE(f.provisions.rows.size() == 1);
  REQUIRE(f.transfers.rows.size() == 1);
  CHECK(f.provisions.rows[0].timing == "照会を受けたとき");
  CHECK(f.transfers.rows[0].timing == "台帳更新の都度");
}

TEST_CASE("A blank count beside its box stays blank") {
  const Assessment a = extract_file(kUpwards);
  REQUIRE(a.files.size() == 1);
  CHECK(a.files[0].provisions.count == 2);
  CHECK(!a.files[0].transfers.count);
}

TEST_CASE("A table behind an item does not go on in the item's cell") {
  const Assessment a = extract_file(
      " ５．特定個人情報の提供・移転\n\n 提供先1 あおば共済組合\n\n"
      " ②提供先における用途 みどり給付の事務（別紙Ⅱ－５－１参照）\n\n\n"
      "（別紙Ⅱ－５－１）提供先の一覧\n\nこだま保険法による給付の支給に関する事務\n\n"
      "No. 提供先 根拠\n\n\nあおば保険法による給付の決定に関する事務\n\n\n");
  REQUIRE(a.files.size() == 1);
  REQUIRE(a.files[0].provisions.rows.size() == 1);
  CHECK(a.files[0].provisions.rows[0].purpose == "みどり給付の事務（別紙Ⅱ－５－１参照）");
  const auto kept = [&](const char* text) {
    for (const Passage& passage : a.passages) {
      if (passage.text.find(text) != std::string::npos) return true;
    }
    return false;
  };
  CHECK(kept("こだま保険法"));
  CHECK(kept("あおば保険法"));
}

TEST_CASE("The box 行っていない read as blank proves nothing where nothing is filled in") {
  const Assessment a = extract_file(
      " ５．特定個人情報の提供・移転\n\n 提供・移転の有無\n\n[ ] 提供を行っている （ ） 件\n\n"
      "[ ] 移転を行っている （ ） 件\n\n[ ] 行っていない\n\n 提供先1\n\n ①法令上の根拠\n");
  REQUIRE(a.files.size() == 1);
  CHECK(!a.files[0].no_provision_or_transfer);
  CHECK(!a.warnings.empty());
}

TEST_CASE("Period and way of hearing are two cells, and so are review and date") {
  const Assessment a = extract_boxes(source_of(
      "特定個人情報保護評価書（全項目評価書）\n\n\nⅥ　評価実施手続\n\n"
      " ③結果\n審査の観点に照らし妥当と認める。\n\n ①方法\n\n－\n ③期間を短縮する特段の理由\n\n"
      " ２．国民・住民等からの意見の聴取\n\n ②実施日・期間 令和６年１２月６日～令和７年１月６日\n\n"
      "あおば市意見公募手続要綱に基づき、評価書の案を窓口とウェブサイトで公表し、広く意見を求めた。"
      "\n\n"
      " ①実施日\n\n ②方法\n\n ④主な意見の内容\n\n ⑤評価書への反映\n\n令和７年２月６日（木）\n\n"
      "あおば市個人情報保護審査会に諮問\n\n ３．第三者点検\n\n意見なし\n\n－\n"));
  CHECK(a.procedure.comment_period == "令和６年１２月６日～令和７年１月６日");
  REQUIRE(a.procedure.review_date);
  CHECK(*a.procedure.review_date == "令和７年２月６日（木）");
  CHECK(a.procedure.review_how == "あおば市個人情報保護審査会に諮問");
}

TEST_CASE("A text of the next item does not fill the empty 移転先1 that the form prints") {
  const Assessment a = extract_file(
      " ④移転する情報の対象となる本人\nの数\n\n ⑤移転する情報の対象となる本人\nの範囲\n\n"
      " ⑥移転方法\n\n ⑦時期・頻度\n\n６．特定個人情報の保管・消去\n\n[\n\n[\n\n"
      "みどり台帳の写しは職員の証がなければ開けられない部屋に収めている。\n\n"
      "毎年四月に、鍵の数と持ち主を所属長が台帳と照らし合わせている。\n\n 保管場所　※\n\n"
      "７．備考\n\n－\n\n");
  REQUIRE(a.files.size() == 1);
  CHECK(a.files[0].transfers.rows.empty());
}

TEST_CASE("A text below 備考 is not 消去方法, whose own stands above its label") {
  const Assessment a = extract_file(
      "６．特定個人情報の保管・消去\n\n②保管期間\n\nその妥当性\n\n"
      "みどり条例により五年の間は残すため。\n\n年限を過ぎた記録は職員が立ち会って溶かす。\n\n"
      "③消去方法\n\n７．備考\n\n・あおば端末は、新しい端末に替えた後で廃止する。\n\n");
  REQUIRE(a.files.size() == 1);
  CHECK(a.files[0].erasure == "年限を過ぎた記録は職員が立ち会って溶かす。");
}
