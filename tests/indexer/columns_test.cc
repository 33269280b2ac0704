// Text of a PDF that keeps its columns with spaces: lines → rows of label and value.

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "indexer/columns_parts.h"
#include "indexer/columns_rows.h"
#include "indexer/extract.h"
#include "indexer/utf8.h"

using namespace pia;

namespace {

// Every document needs enough of the form to be known as one.
const std::string kHead =
    "     特定個人情報保護評価書（基礎項目評価書）\n"
    "\n"
    "評価書番号           評価書名\n"
    "\n"
    "7               あおば町   健康づくりに関する事務\n"
    "               基礎項目評価書\n"
    "個人のプライバシー等の権利利益の保護の宣言\n"
    "あおば町は、権利利益の保護に取り組むことをここに宣言する。\n"
    "特記事項       なし\n"
    "評価実施機関名\n"
    "あおば町長\n"
    "\n"
    "公表日\n"
    "令和5年6月1日\n"
    "\n"
    "     [令和4年4月   様式２]\n"
    "                       1\n"
    "\fⅠ   関連情報\n"
    "１．特定個人情報ファイルを取り扱う事務\n"
    "①事務の名称       健康づくりに関する事務\n"
    "             申請を受け付ける。\n"
    "             要件を審査する。\n"
    "②事務の概要\n"
    "             結果を台帳に記録する。\n"
    "             通知を送る。\n"
    "             健康づくりシステム\n"
    "③システムの名称     中間サーバー\n"
    "             団体内統合宛名システム\n"
    "２．特定個人情報ファイル名\n"
    "健康づくりファイル\n"
    "３．個人番号の利用\n"
    "             番号法第9条第1項\n"
    "法令上の根拠\n"
    "             別表の9の項\n"
    "４．情報提供ネットワークシステムによる情報連携\n"
    "                              ＜選択肢＞\n"
    "                              1) 実施する\n"
    "①実施の有無       [ 実施しない ]\n"
    "                              2) 実施しない\n"
    "                              3) 未定\n"
    "５．評価実施機関における担当部署\n"
    "①部署         健康課\n"
    "②所属長の役職名    健康課長\n"
    "６．他の評価実施機関\n"
    "－\n"
    "                       2\n";

// Words at their columns, one a character, a space at least between them.
std::string line(const std::vector<std::pair<std::size_t, std::string>>& words) {
  std::string text;
  std::size_t column = 0;
  for (const auto& [at, word] : words) {
    do {
      text += ' ';
      ++column;
    } while (column <= at);
    text += word;
    for (std::size_t i = 0; i < word.size();) {
      next_char(word, i);
      ++column;
    }
  }
  return text.substr(1) + "\n";
}

std::string flat(const Text& text) {
  std::string all = text.value_or("");
  std::erase(all, '\n');
  return all;
}

Assessment read(const std::string& text) {
  const auto source = read_text_source(text, "a.txt");
  REQUIRE(source);
  REQUIRE(source->layout == SourceLayout::Cells);
  const auto assessment = extract(*source);
  REQUIRE(assessment);
  return *assessment;
}

std::vector<SourceRow> rows(const std::string& text) {
  const auto source = read_text_source(text, "a.txt");
  REQUIRE(source);
  return source->rows;
}

std::string value_at(const std::vector<SourceRow>& rows, const std::string& label) {
  for (const SourceRow& row : rows) {
    if (row.cells[0].text == label) return row.cells.size() > 1 ? row.cells[1].text : "";
  }
  return "no such label";
}

}  // namespace

TEST_CASE("columns of spaces: a value's lines stand around the middle of its label") {
  const auto found = rows(kHead);
  CHECK(value_at(found, "①事務の名称") == "健康づくりに関する事務");
  CHECK(value_at(found, "②事務の概要") ==
        "申請を受け付ける。\n要件を審査する。\n結果を台帳に記録する。\n通知を送る。");
  CHECK(value_at(found, "③システムの名称") ==
        "健康づくりシステム\n中間サーバー\n団体内統合宛名システム");
  CHECK(value_at(found, "法令上の根拠") == "番号法第9条第1項\n別表の9の項");
  CHECK(value_at(found, "①実施の有無") ==
        "[ 実施しない ]\n＜選択肢＞\n1) 実施する\n2) 実施しない\n3) 未定");
}

TEST_CASE("columns of spaces: the cover's number, title and edition, headings with values below") {
  const Assessment a = read(kHead);
  CHECK(a.number == Text("7"));
  CHECK(a.title == Text("あおば町 健康づくりに関する事務基礎項目評価書"));
  CHECK(a.published_on == Text("2023-06-01"));
  REQUIRE(a.files.size() == 1);
  CHECK(a.files[0].name == Text("健康づくりファイル"));
  CHECK(a.network.used == Text("実施しない"));
}

TEST_CASE("columns of spaces: a label over several lines, a bracket that closes a line below") {
  const std::string text = kHead +
                           "Ⅱ   しきい値判断項目\n"
                           "１．対象人数\n"
                           "                               ＜選択肢＞\n"
                           "                               1) 1,000人未満（任意実施）\n"
                           "評価対象の事務の対象                     2) 1,000人以上1万人未満\n"
                           "           [ 1万人以上10万人未満       3) 1万人以上10万人未満\n"
                           "人数は何人か                       ] 4) 10万人以上30万人未満\n"
                           "                               5) 30万人以上\n"
                           "         いつ時点の 令和5年4月1日 時点\n"
                           "         計数か\n";
  const Assessment a = read(text);
  CHECK(a.process.people == Text("1万人以上10万人未満"));
  CHECK(a.process.people_as_of == Text("令和5年4月1日 時点"));
}

TEST_CASE("columns of spaces: rows of 変更箇所 by their dates, cells by their columns") {
  const std::string text =
      kHead + "\f変更箇所\n" + line({{60, "提出時"}, {64, "提出時期に係る説"}}) +
      line({{2, "変更日"}, {14, "項目"}, {27, "変更前の記載"}, {43, "変更後の記載"}}) +
      line({{61, "期"}, {70, "明"}}) +  //
      line({{10, "Ⅰ 関連情報"}}) +
      line({{0, "令和5年4月1日"},
            {10, "５．評価実施機関にお"},
            {21, "保健課長"},
            {38, "健康課長"},
            {61, "事後"},
            {64, "組織の改正に"}}) +
      line({{10, "ける担当部署"}, {64, "よる変更"}}) + "\n" +
      line({{10, "Ⅰ 関連情報"}, {38, "健康づくりシステム"}}) +
      // One space only: the cells are full, and what follows has not its usual column.
      line({{0, "令和5年6月1日"},
            {9, "１．事務 ③システム"},
            {20, "健康づくりシステム"},
            {61, "事前"}}) +
      line({{10, "の名称"}, {38, "団体内統合宛名システム"}}) + "                       3\n\f" +
      line({{2, "変更日"},
            {14, "項目"},
            {27, "変更前の記載"},
            {43, "変更後の記載"},
            {60, "提出時期"},
            {66, "説明"}}) +
      line({{10, "Ⅰ 関連情報"}}) +
      line({{0, "令和5年6月1日"},
            {10, "２．ファイル名"},
            {21, "健康ファイル"},
            {38, "健康づくりファイル"},
            {61, "事後"}});
  const Assessment a = read(text);
  REQUIRE(a.revisions.size() == 3);
  CHECK(flat(a.revisions[0].date) == "2023-04-01");
  CHECK(flat(a.revisions[0].item) == "Ⅰ 関連情報５．評価実施機関における担当部署");
  CHECK(flat(a.revisions[0].before) == "保健課長");
  CHECK(flat(a.revisions[0].after) == "健康課長");
  CHECK(flat(a.revisions[0].timing) == "事後");
  CHECK(flat(a.revisions[0].note) == "組織の改正による変更");
  CHECK(flat(a.revisions[1].before) == "健康づくりシステム");
  CHECK(flat(a.revisions[1].after) == "健康づくりシステム団体内統合宛名システム");
  CHECK(flat(a.revisions[1].timing) == "事前");
  CHECK(flat(a.revisions[2].before) == "健康ファイル");
}

TEST_CASE("columns of spaces: long cells of 変更箇所 are parted at the blank between") {
  // Rows around their dates, each of `length` lines; the fewer cuts that are tried among many
  // lines must hold the right one.
  const std::size_t length = GENERATE(5, 151, 701);
  std::vector<columns::TableLine> table;
  for (const char* day : {"令和5年4月1日", "令和5年5月1日", "令和5年6月1日"}) {
    for (std::size_t i = 0; i < length; ++i) {
      columns::TableLine line;
      line.line = table.empty() ? 1 : table.back().line + (i == 0 ? 2 : 1);
      if (i == length / 2) line.cells[columns::kItem] = "Ⅰ 関連情報";
      if (i == length / 2) line.cells[columns::kDate] = day;
      line.cells[columns::kBefore] = "窓口で受け付ける。";
      line.cells[columns::kAfter] = "窓口又は郵送で受け付ける。";
      table.push_back(line);
    }
  }
  CHECK(columns::part_rows(table) == std::vector<std::size_t>{0, length, 2 * length, 3 * length});
  table.resize(2);  // no date
  CHECK(columns::part_rows(table).empty());
}

TEST_CASE("columns of spaces: text box by box has none") {
  const auto source = read_text_source(
      "評価書番号\n評価書名\n7\n健康づくりに関する事務\n①事務の名称\n健康づくりに関する事務\n"
      "③対象人数\n[ 30万人以上 ]\n",
      "a.txt");
  REQUIRE(source);
  CHECK(source->layout == SourceLayout::Boxes);
  CHECK(rows_of_columns(source->lines).empty());
}
