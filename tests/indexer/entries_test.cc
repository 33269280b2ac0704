#include "indexer/entries.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "indexer/extract.h"

using namespace pia;

namespace {

// Rows of a workbook: '|' parts cells, "@Ⅱ" begins the sheet of that name. An empty piece is a
// cell without text, so that columns stay where they are.
Source workbook(const std::vector<std::string>& lines) {
  Source source;
  source.format = SourceFormat::Xlsx;
  std::string sheet;
  int number = 0;
  for (const std::string& line : lines) {
    if (line.starts_with('@')) {
      sheet = line.substr(1), number = 0;
      continue;
    }
    SourceRow row;
    int column = 0;
    for (std::size_t from = 0; from <= line.size(); ++column) {
      const std::size_t end = std::min(line.find('|', from), line.size());
      SourceCell cell;
      cell.text = line.substr(from, end - from), cell.column = column;
      cell.place.sheet = sheet;
      cell.place.cell = std::string(1, static_cast<char>('A' + column)) + std::to_string(number);
      row.cells.push_back(std::move(cell));
      from = end + 1;
    }
    ++number;
    source.rows.push_back(std::move(row));
  }
  return source;
}

std::vector<std::string> with_cover(std::string kind, std::vector<std::string> rest) {
  std::vector<std::string> lines = {"@表紙",
                                    "特定個人情報保護評価書（" + kind + "評価書）",
                                    "評価書番号|評価書名",
                                    "12|つつじ手当支給事務",
                                    "評価実施機関名",
                                    "川口市長",
                                    "公表日",
                                    "令和7年2月6日"};
  lines.insert(lines.end(), rest.begin(), rest.end());
  return lines;
}

Assessment extracted(const std::string& kind, std::vector<std::string> rest) {
  const auto assessment = extract(workbook(with_cover(kind, std::move(rest))));
  REQUIRE(assessment);
  return *assessment;
}

}  // namespace

TEST_CASE("a label's number may have a cell of its own") {
  const Assessment a = extracted(
      "重点項目", {"@Ⅰ", "Ⅰ|基本情報", "１|特定個人情報ファイルを取り扱う事務",
                   "①|事務の名称|つつじ手当支給事務", "③|対象人数|[ 30万人以上 ]", "@Ⅱ",
                   "Ⅱ　特定個人情報ファイルの概要", "１．特定個人情報ファイル名",
                   "つつじ手当ファイル", "４|特定個人情報ファイルの取扱いの委託",
                   "委託の有無　※|[ 委託する ]", "委託事項|2|封入業務", "①|委託内容|封入と発送",
                   "②|委託先における取扱者数|[ 10人未満 ]", "③|委託先名|もえぎ印刷株式会社"});
  CHECK(a.process.name == "つつじ手当支給事務");
  CHECK(a.process.people == "30万人以上");
  REQUIRE(a.files.size() == 1);
  REQUIRE(a.files[0].contracts.rows.size() == 1);
  const auto& row = a.files[0].contracts.rows[0];
  CHECK(row.no == 2);
  CHECK(row.title == "封入業務");
  CHECK(row.description == "封入と発送");
  REQUIRE(row.contractors.size() == 1);
  CHECK(row.contractors[0].name == "もえぎ印刷株式会社");
}

TEST_CASE("text across the sheet, or on a sheet without labels, goes on with no value") {
  const Assessment a = extracted(
      "重点項目",
      {"@Ⅳ", "Ⅳ　開示請求、問合せ", "１．特定個人情報の開示・訂正・利用停止請求",
       "①請求先|つつじ課", "②請求方法|窓口で受け付ける。", "|郵送も受け付ける。",
       "※この欄は記載要領を読むこと。", "２．特定個人情報ファイルの取扱いに関する問合せ",
       "①連絡先|こども課", "②対応方法|記録を残す。", "@記載要領", "|委託先名は正式に書く。"});
  CHECK(a.disclosure_request.how == "窓口で受け付ける。\n郵送も受け付ける。");
  CHECK(a.contact.how == "記録を残す。");
  bool kept = false;  // but every character stays in a passage
  for (const Passage& passage : a.passages)
    kept = kept || (passage.item == "記載要領" && passage.text == "委託先名は正式に書く。");
  CHECK(kept);
}

TEST_CASE("the name of the next sheet is no value") {
  Source source = workbook(with_cover(
      "重点項目",
      {"@", "Ⅳ　開示請求、問合せ", "１．特定個人情報の開示・訂正・利用停止請求", "①請求先|つつじ課",
       "②請求方法|窓口で受け付ける。", "２．特定個人情報ファイルの取扱いに関する問合せ",
       "①連絡先|こども課", "②対応方法|", "Ⅴ", "Ⅴ　評価実施手続", "１．基礎項目評価",
       "①実施日|令和6年4月1日"}));
  for (SourceRow& row : source.rows) {  // a page made of the workbook
    for (SourceCell& cell : row.cells) cell.place = {}, cell.place.first_line = 1;
  }
  source.format = SourceFormat::Html;
  const auto a = extract(source);
  REQUIRE(a);
  CHECK_FALSE(a->contact.how);
  CHECK(a->procedure.threshold_date == "令和6年4月1日");
}

TEST_CASE("the result of Ⅲ of 様式2 may stand right below its heading") {
  const std::vector<std::string> rows = {"@Ⅰ",
                                         "Ⅰ　関連情報",
                                         "１．特定個人情報ファイルを取り扱う事務",
                                         "①事務の名称|つつじ手当支給事務",
                                         "②事務の概要|つつじの手入れ",
                                         "③システムの名称|手当システム",
                                         "@Ⅲ",
                                         "Ⅲ　しきい値判断結果",
                                         "基礎項目評価の実施が義務付けられる"};
  CHECK(extracted("基礎項目", rows).procedure.threshold_result ==
        "基礎項目評価の実施が義務付けられる");
}

TEST_CASE("the attachment about incidents may come before the table of changes") {
  const Assessment a = extracted(
      "重点項目", {"@Ⅰ", "Ⅰ　基本情報", "１．特定個人情報ファイルを取り扱う事務",
                   "①事務の名称|つつじ手当支給事務", "②事務の内容|つつじの手入れ", "@別紙",
                   "別紙（個人情報に関する重大事故について）", "（事故１）", "１　概要",
                   "令和6年5月1日、申請書を誤って送付した。", "２　原因", "照合が不十分であった。",
                   "３　再発防止策", "二人で照合する。", "@変更箇所",
                   "変更日|項目|変更前の記載|変更後の記載|提出時期|提出時期に係る説明",
                   "令和6年4月1日|公表日|令和5年4月1日|令和6年4月1日|事後|－"});
  REQUIRE(a.incidents.attachments.size() == 1);
  REQUIRE(a.incidents.attachments[0].cases.size() == 1);
  CHECK(a.incidents.attachments[0].cases[0].prevention == "二人で照合する。");
  REQUIRE(a.revisions.size() == 1);
  CHECK(a.revisions[0].item == "公表日");
}
