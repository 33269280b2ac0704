// Text of a PDF in reading order: values above, below and beyond their labels, in their sections.

#include <catch2/catch.hpp>
#include <string>

#include "indexer/extract.h"
#include "indexer/woven_sift.h"

using namespace pia;

namespace {

Assessment read(const std::string& text) {
  const auto source = read_text_source(text, "a.txt");
  REQUIRE(source);
  REQUIRE(source->layout == SourceLayout::Boxes);
  const auto assessment = extract(*source);
  REQUIRE(assessment);
  return *assessment;
}

std::string cover(const std::string& kind, const std::string& remark) {
  return "特定個人情報保護評価書（" + kind + "）\n評価書番号\n\n評価書名\n7\n\nあおば町\n\n" +
         "健康づくりに関する事務\n\n" + kind + "\n\n個人のプライバシー等の権利利益の保護の宣言\n" +
         "あおば町は、健康づくりに関する事務における特定個人情報ファイルの取扱いにあたり、" +
         "個人の権利利益の保護に取り組んでいることを宣言する。\n\n特記事項\n" + remark +
         "評価実施機関名\nあおば町長\n公表日\n令和5年6月1日\n[令和4年4月\n\n1\n\n";
}

}  // namespace

TEST_CASE("woven sections: the cover's title comes together, a chapter's number is no name") {
  const Assessment a = read(
      cover("基礎項目評価書", "") +
      "様式2]\n\n\fI\n\nI\n\n関連情報\n\n1 特定個人情報ファイルを取り扱う事務\n①事務の名称\n\n"
      "②事務の概要\n\n③システムの名称\n\n健康づくりに関する事務\n申請を受け付け、審査する。\n\n"
      "健康システム\n\n2 特定個人情報ファイル名\n健康づくりファイル\n"
      "5 評価実施機関における担当部署\n①部署\n\n健康課\n\n"
      "７．特定個人情報の開示・訂正・利用停止請求\nあおば町総務課\n〒123-4567 "
      "あおば町中央1番地\n請求先\n\n電話012-345-6789\n"
      "８．特定個人情報ファイルの取扱いに関する問合せ\n連絡先\n９．規則第９条第２項の適用\n"
      "適用した理由\n\nあおば町健康課 電話 012-345-9999\n[\n\n] 適用した\n\n2\n\n"
      "\fII\n\nしきい値判断項目\n\n1 対象人数\n評価対象の事務の\n[\n\n1,000人以上1万人未満\n\n]\n"
      "令和5年6月5日\n\nいつ時点の計数か\n2 取扱者数\n特定個人情報ファ\n[\n\n500人未満\n\n]\n"
      "令和2年1月13日\n\nいつ時点の計数か\n3 重大事故\n[\n\n発生なし\n\n]\n\n");
  CHECK(a.number.value_or("") == "7");
  CHECK(a.title.value_or("") == "あおば町　健康づくりに関する事務　基礎項目評価書");
  CHECK_FALSE(a.remarks);
  CHECK(a.body.printed.value_or("") == "あおば町長");
  CHECK(a.process.name.value_or("") == "健康づくりに関する事務");
  CHECK(a.disclosure_request.to.value_or("") ==
        "あおば町総務課\n〒123-4567 あおば町中央1番地\n電話012-345-6789");
  CHECK(a.contact.to.value_or("") == "あおば町健康課 電話 012-345-9999");
  CHECK(a.process.people_as_of.value_or("") == "令和5年6月5日");
  REQUIRE(a.staff);
  CHECK(a.staff->as_of.value_or("") == "令和2年1月13日");
}

TEST_CASE("woven sections: a telephone number beyond the next label belongs to its office") {
  const Assessment a =
      read(cover("重点項目評価書", "なし\n") +
           "様式3]\n\n\fⅠ\n\n基本情報\n\n１．特定個人情報ファイルを取り扱う事務\n①事務の名称\n\n"
           "健康づくりに関する事務\n\n３．特定個人情報ファイル名\n健康づくりファイル\n\n"
           "\fⅣ\n\n開示請求、問合せ\n\n２．特定個人情報ファイルの取扱いに関する問合せ\n①連絡先\n\n"
           "あおば町 健康課\n\n②対応方法\n\n受付票に記録を残す。\n\n電話 012-345-9999\n\n"
           "20\n\n\fⅤ\n\n評価実施手続\n\n１．基礎項目評価\n①実施日\n\n令和5年5月1日\n\n");
  CHECK(a.remarks.value_or("") == "なし");
  CHECK(a.contact.to.value_or("") == "あおば町 健康課\n電話 012-345-9999");
  CHECK(a.contact.how.value_or("") == "受付票に記録を残す。");
}

namespace {

std::string contract(const std::string& heading, const std::string& inside) {
  return heading + "\n\n書類の点検\n\n①委託内容\n②委託先における取扱者数\n[\n\n10人未満\n\n]\n\n" +
         inside + "④再委託の有無\n[\n\n再委託しない\n\n]\n\n";
}

}  // namespace

TEST_CASE("woven contractors: the only company of a 委託事項 near its label, with its branch") {
  const Assessment a =
      read(cover("重点項目評価書", "なし\n") +
           "様式3]\n\n\fⅠ\n\n基本情報\n\n１．特定個人情報ファイルを取り扱う事務\n①事務の名称\n\n"
           "健康づくりに関する事務\n\n\fⅡ\n\n特定個人情報ファイルの概要\n\n"
           "１．特定個人情報ファイル名\n健康づくりファイル\n\n"
           "４．特定個人情報ファイルの取扱いの委託\n[\n\n委託する\n\n]\n\n（ 3 ） 件\n\n" +
           contract("委託事項1", "野ばら計算センター株式会社\n③委託先名\n\n北支社\n\n") +
           contract("委託事項2", "すみれ電算株式会社\n\n③委託先名\n\n") +
           contract("委託事項3",
                    "もみじ電算株式会社\n\n③委託先名\n\n書類の運搬\n\n"
                    "さくら運送株式会社\n\n") +
           "５．特定個人情報の提供・移転（委託に伴うものを除く。）\n\n[ ○ ] 行っていない\n\n");
  REQUIRE(a.files.size() == 1);
  const auto& rows = a.files[0].contracts.rows;
  REQUIRE(rows.size() == 3);
  REQUIRE(rows[0].contractors.size() == 1);
  CHECK(rows[0].contractors[0].name == "野ばら計算センター株式会社");
  CHECK(rows[0].contractors[0].branch.value_or("") == "北支社");
  REQUIRE(rows[1].contractors.size() == 1);
  CHECK(rows[1].contractors[0].name == "すみれ電算株式会社");
}

TEST_CASE("woven sift: pieces of labels and misplaced companies are no values") {
  Source source;
  source.lines.resize(1);
  source.lines[0].text = "\fⅡ";
  Assessment a;
  a.files.resize(2);
  for (InfoFile& file : a.files) {
    file.contracts.rows.resize(4);
    for (Contract& row : file.contracts.rows) row.description = "書類の点検";
  }
  a.files[0].contracts.rows[0].disclosure = "の提供方法";
  sift_contracts(source, a);
  CHECK_FALSE(a.files[0].contracts.rows[0].disclosure);
  CHECK(a.files[0].contracts.rows[0].description);  // one misplaced value is an accident
  a.files[1].contracts.rows[0].disclosure = "すみれ電算株式会社";
  a.files[1].contracts.rows[1].subcontract.scope = "委託先への特定個人";
  sift_contracts(source, a);
  CHECK_FALSE(a.files[1].contracts.rows[0].disclosure);
  CHECK_FALSE(a.files[1].contracts.rows[3].description);  // two show that the lines are woven
  CHECK(a.files[0].contracts.rows[3].description);
  CHECK_FALSE(a.warnings.empty());
}
