// Text of a PDF in reading order: lines of neighbouring columns woven into each other.

#include <catch2/catch.hpp>
#include <string>

#include "indexer/extract.h"
#include "indexer/woven_signs.h"

using namespace pia;

namespace {

// Fiction in the layout of 様式3: the labels of ③ to ⑥ stand above the values that they ask for, a
// wide gap has torn a company's name, and the answers of choices stand between.
const std::string kText =
    "特定個人情報保護評価書（重点項目評価書）\n\n評価書番号\n\n評価書名\n\n7\n\n"
    "健康づくりに関する事務 重点項目評価書\n\n個人のプライバシー等の権利\n\n"
    "あおば町は、権利利益の保護に取り組むことを宣言する。\n\n利益の保護の宣言\n\n特記事項\nなし\n評"
    "価実施機関名\nあおば町長\n公表日\n"
    "令和5年6月1日\n\n"
    "\fⅠ\n\n基本情報\n\n１．特定個人情報ファイルを取り扱う事務\n①事務の名称\n\n"
    "健康づくりに関する事務\n\n②事務の内容\n\n申請を受け付け、要件を審査する。\n\n"
    "３．特定個人情報ファイル名\n健康づくりファイル\n６．評価実施機関における担当部署\n①部署\n\n"
    "健康課\n\n②所属長の役職名\n\n健康課長\n\n"
    "\fⅡ\n\n特定個人情報ファイルの概要\n\n１．特定個人情報ファイル名\n健康づくりファイル\n"
    "２．基本情報\n⑤保有開始日\n\n平成28年1月1日\n\n⑥事務担当部署\n\n健康課\n\n"
    "４．特定個人情報ファイルの取扱いの委託\n委託の有無\n\n※\n\n[\n\n＜選択肢＞\n\n委託する\n\n"
    "] 1） 委託する 2） 委託しない\n\n委託事項1\n\n窓口受付業務\n\n①委託内容\n\n"
    "窓口での受付及び書類の点検\n\n②委託先における取扱者数 "
    "[\n\n株式会社\n\n③委託先名\n④再委託の有無\n\n"
    "※ [\n\n再\n委\n託 ⑤再委託の許諾方法\n⑥再委託事項\n\n10人未満\n\n野ばら計算センター\n\n"
    "再委託しない\n\n]\n\n＜選択肢＞\n1） 10人未満 2） 10人以上50人未満\n"
    "3） 50人以上100人未満 4） 100人以上500人未満\n5） 500人以上1,000人未満 6） "
    "1,000人以上\n\n東支店\n\n"
    "＜選択肢＞\n] 1） 再委託する 2） 再委託しない\n\n"
    "５．特定個人情報の提供・移転（委託に伴うものを除く。）\n提供・移転の有無\n\n"
    "[ ○ ] 提供を行っている （ 1 ） 件\n\n提供先1\n\nみどり県知事\n\n①法令上の根拠\n\n"
    "番号法第19条第8号\n\n②提供先における用途\n\n医療の給付に関する事務\n\n③提供する情報\n\n"
    "住民票関係情報\n\n⑦時期・頻度\n\n月に一度\n\n";

Assessment read(const std::string& text) {
  const auto source = read_text_source(text, "a.txt");
  REQUIRE(source);
  REQUIRE(source->layout == SourceLayout::Boxes);
  const auto assessment = extract(*source);
  REQUIRE(assessment);
  return *assessment;
}

}  // namespace

TEST_CASE("woven lines: the pieces of a torn name come together, answers between them stay out") {
  const Assessment a = read(kText);
  REQUIRE(a.files.size() == 1);
  REQUIRE(a.files[0].contracts.rows.size() == 1);
  const Contract& contract = a.files[0].contracts.rows[0];
  CHECK(contract.title.value_or("") == "窓口受付業務");
  CHECK(contract.description.value_or("") == "窓口での受付及び書類の点検");
  REQUIRE(contract.contractors.size() == 1);
  CHECK(contract.contractors[0].name == "株式会社野ばら計算センター");
  CHECK(contract.contractors[0].branch.value_or("") == "東支店");
  CHECK_FALSE(contract.subcontract.approval);
  CHECK_FALSE(contract.subcontract.scope);
}

TEST_CASE("woven lines: half a company's name is no contractor") {
  std::string text = kText;
  // The other half stands where nothing tells whose it is.
  const std::string half = "野ばら計算センター\n\n";
  text.erase(text.find(half), half.size());
  const std::string branch = "東支店\n\n";
  text.erase(text.find(branch), branch.size());
  const Assessment a = read(text);
  REQUIRE(a.files[0].contracts.rows.size() == 1);
  CHECK(a.files[0].contracts.rows[0].contractors.empty());
  CHECK_FALSE(a.warnings.empty());
}

TEST_CASE("woven lines: values of 提供先 by what their labels ask for") {
  const Assessment a = read(kText);
  REQUIRE(a.files[0].provisions.rows.size() == 1);
  const Provision& row = a.files[0].provisions.rows[0];
  CHECK(row.name.value_or("") == "みどり県知事");
  CHECK(row.legal_basis.value_or("") == "番号法第19条第8号");
  CHECK(row.purpose.value_or("") == "医療の給付に関する事務");
  CHECK(row.data.value_or("") == "住民票関係情報");
  CHECK(row.timing.value_or("") == "月に一度");
}

TEST_CASE("woven lines: rows of 変更箇所 by their dates, items spelled with the form's headings") {
  const std::string table =
      "\f（別添２）変更箇所\n変更日\n\n項目\n\n変更前の記載\n\n変更後の記載\n\n提出時期\n\n"
      "提出時期に係る説明\n\n"
      "Ⅰ 基本情報－６．評\n令和4年4月1日 価実施機関における担 保健課長\n当部署 ②所属長の役職名\n\n"
      "健康課長\n\n事後\n\n組織の改正\n\n"
      // The dates of the cells are no dates of rows.
      "Ⅴ 評価実施手続－１．\n令和5年6月1日 基礎項目評価 ①実 令和2年1月1日\n施日\n\n"
      "令和4年12月1日\n\n事前\n\n"
      "Ⅱ 特定個人情報ファイ\n令和5年6月1日 ルの概要－４．特定個人 野ばら計算センター\n"
      "情報ファイルの取扱いの\n委託 委託事項1 ③委\n託先名\n\n青葉計算センター 事後\n";
  const Assessment a = read(kText + table);
  REQUIRE(a.revisions.size() == 3);
  CHECK(a.revisions[0].date.value_or("") == "2022-04-01");
  CHECK(a.revisions[0].item.value_or("") ==
        "Ⅰ 基本情報－６．評価実施機関における担当部署 ②所属長の役職名");
  CHECK(a.revisions[1].date.value_or("") == "2023-06-01");
  CHECK(a.revisions[1].item.value_or("") == "Ⅴ 評価実施手続－１．基礎項目評価 ①実施日");
  CHECK(a.revisions[1].timing.value_or("") == "事前");
  CHECK(a.revisions[2].item.value_or("") ==
        "Ⅱ 特定個人情報ファイルの概要－４．特定個人情報ファイルの取扱いの委託 委託事項1 ③委託先名");
  for (const Revision& row : a.revisions) {
    CHECK_FALSE(row.before);
    CHECK_FALSE(row.after);
  }
}

TEST_CASE("woven lines are trimmed of white space of every kind, and labelled when asked") {
  const std::vector<SourceLine> source = {{"\f　②所属長 の役職名※ 　", {}},
                                          {" \u00A0\u3000", {}},
                                          {"", {}},
                                          {"4 ", {}},
                                          {"委託事項12", {}}};
  WovenLines lines(source);
  REQUIRE(lines.size() == source.size());
  CHECK(lines.text(0) == "②所属長 の役職名※");
  CHECK(lines.label(0).number == "②");
  CHECK(lines.label(0).key == "所属長の役職名");
  CHECK(lines.text(1).empty());
  CHECK(lines.label(1).key.empty());
  CHECK(lines.text(2).empty());
  CHECK(lines.label(3).key == "4");  // a number that nothing stands behind is no label's
  CHECK(lines.label(4).key == "委託事項");
  CHECK(lines.label(4).repeat == 12);
}

TEST_CASE("Columns are woven where other text stands inside the form's labels") {
  const auto share = [](std::vector<std::string> texts) {
    std::vector<SourceLine> lines;
    for (std::string& text : texts) lines.push_back({std::move(text), {}});
    WovenLines woven(lines);
    return share_of_torn_labels(woven);
  };
  CHECK(share({"②所属長の役職名", "", "課長", ""}) == 0);
  CHECK(share({"特定個人情報ファイルを", "取り扱う事務", "", "あおば課", ""}) == 0);
  CHECK(share({"特定個人情報ファイルを", "あおば課", "取り扱う事務", ""}) == 1);
  CHECK(share({"特定個人情報ファイルを", "あおば課", "特定個人情報ファイルを", "取り扱う事務",
               ""}) == 0.5);
}

TEST_CASE("woven lines: what narrow columns leave of labels and options is no contractor") {
  std::string text = kText;
  const std::string branch = "東支店\n\n";
  text.replace(text.find(branch), branch.size(),
               "10人以上50人未\n\n②取扱いを委託する特定個人情報\n\n範囲\n\n");
  const Assessment a = read(text);
  REQUIRE(a.files[0].contracts.rows.size() == 1);
  const Contract& contract = a.files[0].contracts.rows[0];
  // Blank or right, never more.
  for (const Contractor& contractor : contract.contractors)
    CHECK(contractor.name == "株式会社野ばら計算センター");
  CHECK_FALSE(contract.subcontract.scope);
}
