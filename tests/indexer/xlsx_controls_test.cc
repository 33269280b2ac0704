#include "indexer/xlsx_controls.h"

#include <catch2/catch.hpp>

#include "indexer/source_reader.h"
#include "support/rows_text.h"
#include "support/tiny_files.h"

using namespace pia;
using Rows = std::vector<std::string>;

namespace {

std::string shape(int id, const std::string& anchor, const std::string& facts,
                  const std::string& caption = {}) {
  return "<v:shape id=\"_x0000_s" + std::to_string(id) + "\"><v:textbox><div>" + caption +
         "<br></div></v:textbox><x:ClientData ObjectType=\"Checkbox\"><x:Anchor>" + anchor +
         "</x:Anchor>" + facts + "</x:ClientData></v:shape>";
}
std::string drawing(const std::string& shapes) {
  return "<xml xmlns:v=\"v\" xmlns:x=\"x\"><v:shapetype id=\"_x0000_t201\"/>" + shapes + "</xml>";
}
std::string text(const std::string& at, const std::string& value) {
  return "<c r=\"" + at + "\" t=\"inlineStr\"><is><t>" + value + "</t></is></c>";
}

Rows rows_of(const std::string& sheet, const std::string& vml, const std::string& property = {}) {
  const std::string relation =
      "<Relationships><Relationship Id=\"d\" Target=\"../drawings/a.vml\"/>"
      "<Relationship Id=\"p\" Target=\"../ctrlProps/ctrlProp1.xml\"/></Relationships>";
  const auto source = read_source(
      test::zip(
          {{"[Content_Types].xml", "<Types/>"},
           {"xl/workbook.xml",
            "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Ⅱ\" r:id=\"s\"/></sheets></workbook>"},
           {"xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"s\" Target=\"worksheets/sheet1.xml\"/>"
            "</Relationships>"},
           {"xl/worksheets/sheet1.xml", "<worksheet xmlns:r=\"r\"><sheetData>" + sheet +
                                            "</sheetData><legacyDrawing r:id=\"d\"/>"
                                            "<controls><control shapeId=\"1025\" "
                                            "r:id=\"p\"/></controls></worksheet>"},
           {"xl/worksheets/_rels/sheet1.xml.rels", relation},
           {"xl/drawings/a.vml", vml},
           {"xl/ctrlProps/ctrlProp1.xml", property}}),
      "a.xlsx");
  return source ? test::rows_text(*source) : Rows{"error: " + source.error().reason};
}

}  // namespace

TEST_CASE("a check box that lies on a sheet ticks the cell it lies on") {
  const std::string cells = "<row r=\"2\">" + text("B2", "②入手方法") + "</row><row r=\"3\">" +
                            text("D3", "紙") + text("F3", "専用線") + "</row>";
  const std::string two =
      drawing(shape(1025, "2, 4, 2, 2, 3, 0, 2, 20", "<x:Checked>1</x:Checked>") +
              shape(1026, "4, 4, 2, 2, 5, 0, 2, 20", ""));
  CHECK(rows_of(cells, two) == Rows{"②入手方法", "[○] | 紙 | [ ] | 専用線"});
  SECTION("a property part has the later state") {
    CHECK(rows_of(cells, two, "<formControlPr objectType=\"CheckBox\"/>") ==
          Rows{"②入手方法", "[ ] | 紙 | [ ] | 専用線"});
  }
  SECTION("a linked cell repeats it and is no text of the form") {
    const std::string linked =
        "<row r=\"3\">" + text("D3", "紙") + "<c r=\"Z3\" t=\"b\"><v>1</v></c></row>";
    CHECK(rows_of(linked, drawing(shape(1026, "2, 4, 2, 2, 3, 0, 2, 20",
                                        "<x:FmlaLink>$Z$3</x:FmlaLink>"))) == Rows{"[○] | 紙"});
  }
  SECTION("in a hidden row it does not show") {
    CHECK(rows_of("<row r=\"2\">" + text("B2", "②入手方法") + "</row><row r=\"3\" hidden=\"1\"/>",
                  two) == Rows{"②入手方法"});
  }
}

TEST_CASE("a check box has its words, stands before a text, or fills its brackets") {
  const std::string ticked = "<x:Checked>1</x:Checked>";
  CHECK(rows_of("<row r=\"1\">" + text("A1", "監査") + "</row>",
                drawing(shape(1, "2, 0, 0, 2, 4, 0, 0, 20", ticked, "外部監査"))) ==
        Rows{"監査 | [○] 外部監査"});
  CHECK(rows_of("<row r=\"1\">" + text("A1", "外部監査") + "</row>",
                drawing(shape(1, "0, 0, 0, 2, 1, 0, 0, 20", ticked))) == Rows{"[○] 外部監査"});
  CHECK(rows_of("<row r=\"1\">" + text("A1", "[　] 外部監査") + "</row>",
                drawing(shape(1, "0, 0, 0, 2, 1, 0, 0, 20", ticked))) == Rows{"[○] 外部監査"});
  const std::string bracketed =
      "<row r=\"1\">" + text("A1", "[") + text("C1", "] 外部監査") + "</row>";
  CHECK(rows_of(bracketed, drawing(shape(1, "1, 0, 0, 2, 2, 0, 0, 20", ticked))) ==
        Rows{"[○] 外部監査"});
  CHECK(rows_of(bracketed, drawing(shape(1, "1, 0, 0, 2, 2, 0, 0, 20", ""))) ==
        Rows{"[ ] 外部監査"});
}

TEST_CASE("of several check boxes on one text nobody can tell which is which") {
  const std::string shapes = shape(1, "0, 0, 0, 2, 1, 0, 0, 20", "<x:Checked>1</x:Checked>") +
                             shape(2, "0, 40, 0, 2, 1, 0, 0, 20", "");
  std::map<std::pair<int, int>, SheetCell> cells;
  cells[{1, 1}] = {1, 1, 1, 3, "紙　専用線"};
  CHECK(put_controls(read_vml_controls(drawing(shapes)), {}, cells) == 2);
  CHECK(cells[{1, 1}].text == "紙　専用線");
}

TEST_CASE("what is no drawing has no controls") {
  CHECK(read_vml_controls("<xml><v:shape").empty());
  CHECK(read_vml_controls("").empty());
}
