#include <catch2/catch.hpp>

#include "indexer/source_reader.h"
#include "indexer/xlsx_number.h"
#include "support/rows_text.h"
#include "support/tiny_files.h"

using namespace pia;
using Rows = std::vector<std::string>;

namespace {

// Cell formats: 0 none, 1 a box all around, 2 left, 3 right, 4 above and below, 5 a Japanese date.
const char kStyles[] =
    "<numFmts><numFmt numFmtId=\"200\" "
    "formatCode='[$-411]ggge\"年\"m\"月\"d\"日\";@'/></numFmts><borders><border/>"
    "<border><left style=\"thin\"/><right style=\"thin\"/><top style=\"thin\"/><bottom "
    "style=\"thin\"/></border>"
    "<border><left style=\"thin\"/><top style=\"thin\"/><bottom style=\"thin\"/></border>"
    "<border><right style=\"thin\"/><top style=\"thin\"/><bottom style=\"thin\"/></border>"
    "<border><top style=\"thin\"/><bottom style=\"thin\"/></border></borders>"
    "<cellXfs><xf/><xf borderId=\"1\"/><xf borderId=\"2\"/><xf borderId=\"3\"/><xf borderId=\"4\"/>"
    "<xf borderId=\"1\" numFmtId=\"200\"/></cellXfs>";

std::string text(const std::string& at, const std::string& value, int style = 1) {
  return "<c r=\"" + at + "\" s=\"" + std::to_string(style) + "\" t=\"inlineStr\"><is><t>" + value +
         "</t></is></c>";
}
std::string row(int number, const std::string& cells) {
  return "<row r=\"" + std::to_string(number) + "\">" + cells + "</row>";
}
std::string sheet(const std::string& rows, const std::string& after = {}) {
  return "<sheetData>" + rows + "</sheetData>" + after;
}

Result<Source> read(const std::string& content, const std::vector<std::string>& strings = {}) {
  return read_source(test::xlsx({{"Ⅰ", content}}, kStyles, strings), "a.xlsx");
}
Rows rows_of(const std::string& content, const std::vector<std::string>& strings = {}) {
  auto source = read(content, strings);
  return source ? test::rows_text(*source) : Rows{"error: " + source.error().reason};
}

}  // namespace

TEST_CASE("cells of a workbook are rows, with sheet and cell as place") {
  const auto source = read(sheet(row(3, text("B3", "①部署") + text("D3", "こども課"))));
  REQUIRE(source);
  CHECK(test::rows_text(*source) == Rows{"①部署 | こども課"});
  CHECK(source->rows[0].cells[1].place.sheet == "Ⅰ");
  CHECK(source->rows[0].cells[1].place.cell == "D3");
}

TEST_CASE("shared strings may be rich text; the reading above kanji is no text") {
  CHECK(rows_of(sheet(row(1, "<c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>")),
                {"<r><t>特定</t></r><r><t>個人情報</t></r>",
                 "<t>氏名</t><rPh sb=\"0\" eb=\"2\"><t>シメイ</t></rPh>"}) ==
        Rows{"特定個人情報 | 氏名"});
}

TEST_CASE("a merged range is one cell and counts once") {
  CHECK(rows_of(sheet(row(1, text("A1", "再") + text("B1", "④")) +
                          row(2, text("A2", "隠れた") + text("B2", "⑤")),
                      "<mergeCells><mergeCell ref=\"A1:A2\"/></mergeCells>")) ==
        Rows{"再 | ④", " | ⑤"});
}

TEST_CASE("a merged range may be named by any two opposite corners") {
  CHECK(rows_of(sheet(row(1, text("A1", "再") + text("C1", "④")) + row(2, text("C2", "⑤")),
                      "<mergeCells><mergeCell ref=\"B2:A1\"/></mergeCells>")) ==
        Rows{"再 | ④", " | ⑤"});
}

TEST_CASE("what one border encloses is one cell, ticks in cells of their own included") {
  CHECK(rows_of(sheet(row(1, text("A1", "方法") + text("B1", "[", 2) + text("C1", "○", 4) +
                                 text("D1", "] 紙", 4) + text("E1", "[", 4) + text("F1", "", 4) +
                                 text("G1", "] 専用線", 3)))) == Rows{"方法 | [○] 紙 [ ] 専用線"});
}

TEST_CASE("a lone cell far away leaves the form's cells whole") {
  CHECK(rows_of(sheet(row(1, text("A1", "方法") + text("B1", "[", 2) + text("C1", "○", 4) +
                                 text("D1", "] 紙", 3)) +
                      row(199'000, text("ALA199000", "控え")))) == Rows{"方法 | [○] 紙", "控え"});
}

TEST_CASE("ticks that no border encloses are joined") {
  CHECK(rows_of(sheet(row(1, text("A1", "４．委託", 0) + text("C1", "[", 0) + text("D1", "〇", 0) +
                                 text("E1", "] 委託しない", 0)))) ==
        Rows{"４．委託 | [○] 委託しない"});
}

TEST_CASE("numbers are read as the workbook shows them") {
  CHECK(rows_of(sheet(row(1, text("A1", "公表日") + "<c r=\"B1\" s=\"5\"><v>45869</v></c>"))) ==
        Rows{"公表日 | 令和7年7月31日"});
  struct Row {
    double value;
    const char* format;
    const char* shown;
  };
  const Row rows[] = {
      {46, "General", "46"},
      {0.5, "General", "0.5"},
      {45869, "yyyy/m/d", "2025/7/31"},
      {45869, "yyyy\"年\"mm\"月\"dd\"日\"", "2025年07月31日"},
      {45869, "[$-411]ge.m.d;@", "R7.7.31"},
      {43585, "[$-411]ggge\"年\"m\"月\"d\"日\"", "平成31年4月30日"},  // the last day of an era
      {43586, "[$-411]ggge\"年\"m\"月\"d\"日\"", "令和1年5月1日"},
      {60, "yyyy/m/d", "1900/2/28"},  // Excel's 29 February 1900 never was
      {12345, "#,##0\"人\"", "12,345人"},
      {3, "0\"件\"", "3件"},
      {-1, "yyyy/m/d", "-1"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.format, row.value);
    CHECK(format_number(row.value, row.format, false) == row.shown);
  }
  CHECK(format_number(44407, "yyyy/m/d", true) == "2025/7/31");
}

TEST_CASE("hidden sheets, rows and columns are no part of the document") {
  CHECK(rows_of(sheet(row(1, text("A1", "見える")) + "<row r=\"2\" hidden=\"1\">" +
                      text("A2", "隠れた") + "</row>")) == Rows{"見える"});
  CHECK(rows_of("<cols><col min=\"2\" max=\"3\" hidden=\"1\"/></cols>" +
                sheet(row(1, text("A1", "見える") + text("B1", "隠れた", 0)))) == Rows{"見える"});
}

TEST_CASE("a workbook that cannot be read is rejected with its true reason") {
  const auto reason = [](const std::string& bytes, const ReadOptions& options = {}) {
    const auto source = read_source(bytes, "a.xlsx", options);
    return source ? std::string("read") : source.error().reason;
  };
  using Catch::Contains;
  const std::string good =
      test::xlsx({{"1", sheet(row(1, text("A1", "値") + text("B1", "値")))}}, kStyles);
  CHECK(reason(good) == "read");
  std::string altered = good;
  altered[altered.find("値")] ^= 1;
  CHECK_THAT(reason(altered), Contains("damaged"));
  CHECK_THAT(reason(good.substr(0, good.size() - 30)), Contains("cut off"));
  CHECK_THAT(reason(test::xlsx({{"1", "<!DOCTYPE x [<!ENTITY a \"b\">]>" + sheet("")}})),
             Contains("entities"));
  CHECK_THAT(reason(test::xlsx({{"1", "<sheetData>"}})), Contains("well-formed"));
  CHECK_THAT(reason(test::xlsx({{"1", sheet("")}})), Contains("blank"));
  CHECK_THAT(reason(good, {false, {.cells = 1}}), Contains("more than 1 filled cells"));
  CHECK_THAT(reason(good, {false, {.unpacked_bytes = 100}}), Contains("unpacks to more"));
  CHECK_THAT(
      reason(test::zip({{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", "<w/>"}})),
      Contains("save it as .xlsx"));
  CHECK_THAT(reason(test::zip({{"mimetype", "application/vnd.oasis.opendocument.text"},
                               {"content.xml", "<o/>"}})),
             Contains("OpenDocument"));
  CHECK_THAT(reason("MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n"),
             Contains("web archive"));
  CHECK_THAT(reason(std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) + std::string(600, '\0')),
             Contains("save it as .xlsx"));
}
