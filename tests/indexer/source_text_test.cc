#include <catch2/catch.hpp>
#include <string>

#include "indexer/cell_text.h"
#include "indexer/extract.h"

using namespace pia;

namespace {

const std::string kRows =
    "評価書番号\t評価書名\n7\t住民基本台帳に関する事務\n①事務の名称\t住民基本台帳に関する事務\n"
    "③対象人数\t[10万人以上30万人未満]\n4. 個人番号の利用 ※\t\n法令上の根拠\t番号法第9条\n";

std::string utf16(const std::string& utf8, bool big, bool bom) {
  std::string out = !bom ? "" : big ? "\xFE\xFF" : "\xFF\xFE";
  for (std::size_t i = 0; i < utf8.size();) {
    unsigned c = static_cast<unsigned char>(utf8[i]);
    const int more = c < 0x80 ? 0 : c < 0xE0 ? 1 : 2;
    c = more == 0 ? c : more == 1 ? c & 0x1F : c & 0x0F;
    for (int k = 1; k <= more; ++k)
      c = c << 6 | (static_cast<unsigned char>(utf8[i + static_cast<std::size_t>(k)]) & 0x3F);
    i += static_cast<std::size_t>(more) + 1;
    const char high = static_cast<char>(c >> 8), low = static_cast<char>(c & 0xFF);
    out += big ? high : low;
    out += big ? low : high;
  }
  return out;
}

}  // namespace

TEST_CASE("a text file is read in every encoding that circulates, and refused when it is none") {
  // 評価書番号<TAB>評価書名<LF>… in CP932, written out: the compiler knows no Shift_JIS.
  const std::string cp932 =
      "\x95\x5D\x89\xBF\x8F\x91\x94\xD4\x8D\x86\t\x95\x5D\x89\xBF\x8F\x91\x96\xBC\n"
      "\x8E\x96\x96\xB1\x82\xCC\x96\xBC\x8F\xCC\t\x8F\x5A\x96\xAF\x8A\xEE\x96\x7B\x91\xE4\x92\xA0"
      "\x82\xC9\x8A\xD6\x82\xB7\x82\xE9\x8E\x96\x96\xB1\n"
      "\x8C\xF6\x95\x5C\x93\xFA\t\x97\xDF\x98\x61\x82\x55\x94\x4E\x82\x52\x8C\x8E\x82\x50\x93\xFA"
      "\x87\x8A\n";
  struct Row {
    const char* name;
    std::string bytes;
  };
  for (const Row& row : {Row{"UTF-8", kRows}, Row{"UTF-8 with BOM", "\xEF\xBB\xBF" + kRows},
                         Row{"UTF-16LE with BOM", utf16(kRows, false, true)},
                         Row{"UTF-16BE with BOM", utf16(kRows, true, true)},
                         Row{"UTF-16LE", utf16(kRows, false, false)}, Row{"CP932", cp932}}) {
    CAPTURE(row.name);
    const auto source = read_text_source(row.bytes, "a.txt");
    REQUIRE(source);
    CHECK(source->lines[0].text == "評価書番号\t評価書名");
  }
  CHECK(read_text_source(cp932, "a.txt")->lines[2].text == "公表日\t令和６年３月１日㈱");
  CHECK(read_text_source("", "a.txt").error().code == ErrorCode::SourceEmpty);
  CHECK(read_text_source(" \n\t\n", "a.txt").error().code == ErrorCode::SourceEmpty);
  CHECK(read_text_source("\n\u3000\n", "a.txt").error().code == ErrorCode::SourceEmpty);
  CHECK(read_text_source(std::string("\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01\x02", 13), "a.txt")
            .error()
            .code == ErrorCode::SourceNotText);
  const auto damaged = read_text_source("評価書\xE3\x81名称\x80\xFE", "dir/b.txt");
  REQUIRE_FALSE(damaged);
  CHECK(damaged.error().file == "dir/b.txt");
  CHECK(damaged.error().reason.find("UTF-8") != std::string::npos);
}

TEST_CASE("the layout is told by looking: tab rows of labels are cells, the rest is boxes") {
  CHECK(read_text_source(kRows, "a.txt")->layout == SourceLayout::Cells);
  std::string boxes = kRows;
  for (char& c : boxes) {
    if (c == '\t') c = ' ';
  }
  CHECK(read_text_source(boxes, "a.txt")->layout == SourceLayout::Boxes);
  CHECK(read_text_source("品名\t数量\nりんご\t3\nみかん\t5\n柿\t2\n", "a.txt")->layout ==
        SourceLayout::Boxes);
}

TEST_CASE("lines keep their numbers whatever ends them") {
  const auto unix_ends = read_text_source("一\n\n三\n四", "a.txt");
  const auto dos_ends = read_text_source("一\r\n\r\n三\r\n四", "a.txt");
  for (const auto* source : {&unix_ends, &dos_ends}) {
    REQUIRE((*source)->lines.size() == 4);
    CHECK((*source)->lines[2].text == "三");
    CHECK((*source)->lines[2].place.first_line == 3);
  }
  CHECK((*read_text_source("一\r二", "a.txt")).lines.size() == 2);
}

TEST_CASE("a cell's HTML becomes what is seen on paper") {
  struct Row {
    const char* html;
    const char* text;
  };
  const Row rows[] = {
      {"<p>[十分である]</p> <p><選択肢> 1) 特に力を入れている</p>",
       "[十分である]\n<選択肢> 1) 特に力を入れている"},
      {"<ul style=\"list-style-type: none\"> ・一つ ・二つ", "・一つ ・二つ"},
      {"[<input checked=\"\" type=\"checkbox\"/>] 庁内連携システム", "[○] 庁内連携システム"},
      {"[<input type=\"checkbox\"/>] 紙", "[ ] 紙"},
      {"<input type=\"checkbox\"/> 紙 <input checked=\"\" type=\"radio\"/> 専用線",
       "[ ] 紙 [○] 専用線"},
      {"<table> <tr> <td>[] 紙</td> <td>[] その他 (</td> <td>)</td> </tr> </table>",
       "[] 紙 [] その他 ( )"},
      {"<クラウド環境における措置> 施錠する", "<クラウド環境における措置> 施錠する"},
      // An element's name at the start of a Japanese heading is no tag.
      {"<A システムにおける措置><p>a</p>", "<A システムにおける措置>\na"},
      {"<Public Cloud を用いた連携における措置>", "<Public Cloud を用いた連携における措置>"},
      {"A &amp; B<br/>C", "A & B\nC"},
      {"5 < 6 > 4", "5 < 6 > 4"},
      {"", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.html);
    CHECK(html_cell_text(row.html) == row.text);
  }
  std::string deep;
  for (int i = 0; i < 20000; ++i) deep += "<div>";
  CHECK(html_cell_text(deep + "奥") == "奥");
}

TEST_CASE("boxes of all notations become one, words in brackets stay") {
  struct Row {
    const char* text;
    const char* normal;
  };
  const Row rows[] = {{"[] 紙", "[ ] 紙"},
                      {"[　] 紙", "[ ] 紙"},
                      {"［○］紙", "[○]紙"},
                      {"[ 〇 ] 紙", "[○] 紙"},
                      {"[レ]紙", "[○]紙"},
                      {"☑紙 ☐専用線", "[○]紙 [ ]専用線"},
                      {"[☑] 紙", "[○] 紙"},
                      {"[ 十分である ]", "[ 十分である ]"},
                      {"[令和6年10月 様式3]", "[令和6年10月 様式3]"},
                      {"[ [ ] 紙", "[ [ ] 紙"},
                      {"[", "["}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(normalise_ticks(row.text) == row.normal);
    CHECK(normalise_ticks(normalise_ticks(row.text)) == row.normal);
  }
}
