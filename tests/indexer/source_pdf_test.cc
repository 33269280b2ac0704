#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "indexer/ocr.h"
#include "indexer/pdf_text.h"
#include "indexer/source_reader.h"
#include "support/rows_text.h"
#include "support/tiny_files.h"

using namespace pia;
using test::pdf;
using test::PdfPage;
using Rows = std::vector<std::string>;

namespace {

Rows rows_of(const std::string& bytes) {
  auto source = read_source(bytes, "a.pdf");
  if (!source) return {"error: " + source.error().reason};
  return test::rows_text(*source);
}

// A label cell, 100 wide, and a value cell, 300 wide, of that height.
PdfPage& pair_at(PdfPage& page, double y, double height) {
  return page.box(50, y, 100, height).box(150, y, 300, height);
}

}  // namespace

TEST_CASE("poppler-data is installed") { CHECK(check_poppler_data().has_value()); }

TEST_CASE("label and value in ruled cells are a row, with its page as place") {
  PdfPage one, two;
  one.text(60, 40, "表紙");
  pair_at(two, 50, 20).text(52, 64, "①事務の名称").text(152, 64, "児童手当に関する事務");
  const auto source = read_source(pdf({one, two}), "a.pdf");
  REQUIRE(source);
  CHECK(test::rows_text(*source) == Rows{"表紙", "①事務の名称 | 児童手当に関する事務"});
  CHECK(source->format == SourceFormat::Pdf);
  CHECK(source->rows[1].cells[1].place.page == 2);
  CHECK(source->rows[1].cells[0].column < source->rows[1].cells[1].column);
}

TEST_CASE("however the rules are drawn, the cells are the same") {
  const Rows expected{"部署 | こども課"};
  const auto words = [](PdfPage& page) -> PdfPage& {
    return page.text(52, 64, "部署").text(152, 64, "こども課");
  };
  SECTION("thin filled rectangles, each side of each cell by itself") {
    PdfPage page;
    for (const double x : {50.0, 150.0}) {
      page.thin(x, 50, x + 100, 50)
          .thin(x, 70, x + 100, 70)
          .thin(x, 50, x, 70)
          .thin(x + 100, 50, x + 100, 70);
    }
    CHECK(rows_of(pdf({words(page)})) == expected);
  }
  SECTION("in a form XObject with a matrix") {
    PdfPage page;
    CHECK(rows_of(pdf({words(pair_at(page, 50, 20))}, true)) == expected);
  }
  SECTION("on a page that is shown turned") {
    // The drawing is turned back by a quarter, as landscape pages are made.
    PdfPage page;
    page.raw("q 0 1 -1 0 800 100 cm");
    words(pair_at(page, 50, 20)).raw("Q");
    page.rotate = 90;
    CHECK(rows_of(pdf({page})) == expected);
  }
  SECTION("dashes") {
    PdfPage page;
    for (double x = 50; x < 450; x += 5) page.line(x, 50, x + 3, 50).line(x, 70, x + 3, 70);
    page.line(50, 50, 50, 70).line(150, 50, 150, 70).line(450, 50, 450, 70);
    CHECK(rows_of(pdf({words(page)})) == expected);
  }
  SECTION("a white rule parts nothing") {
    PdfPage page;
    page.box(50, 50, 400, 20)
        .raw("q 1 1 1 RG")
        .line(150, 50, 150, 70)
        .raw("Q")
        .text(52, 64, "部署");
    CHECK(rows_of(pdf({page})) == Rows{"部署"});
  }
}

TEST_CASE("a cell that spans rows is an empty cell in the rows below") {
  PdfPage page;
  page.box(50, 50, 30, 40)
      .box(80, 50, 100, 20)
      .box(180, 50, 200, 20)
      .box(80, 70, 100, 20)
      .box(180, 70, 200, 20);
  page.text(60, 66, "再").text(60, 76, "委").text(60, 86, "託");
  page.text(82, 64, "④有無").text(182, 64, "する").text(82, 84, "⑤方法").text(182, 84, "書面");
  CHECK(rows_of(pdf({page})) == Rows{"再委託 | ④有無 | する", " | ⑤方法 | 書面"});
}

TEST_CASE("lines that the cell's width broke are joined, those that the writer ended are not") {
  PdfPage page;
  page.box(50, 50, 104, 60)
      .text(52, 64, "一二三四五六七八九十")
      .text(52, 76, "あいう。")
      .text(52, 88, "・次の項");
  CHECK(rows_of(pdf({page})) == Rows{"一二三四五六七八九十あいう。⏎・次の項"});
}

TEST_CASE("what is printed twice at one spot counts once, letter-spacing is closed") {
  PdfPage page;
  page.text(50, 50, "評価書名")
      .text(50.3, 50, "評価書名")
      .text(50, 90, "公")
      .text(75, 90, "表")
      .text(100, 90, "日");
  page.text(50, 130, "いい天気");
  CHECK(rows_of(pdf({page})) == Rows{"評価書名", "公表日", "いい天気"});
}

TEST_CASE("vertical writing is read from top to bottom") {
  PdfPage page;
  page.box(50, 50, 30, 60).box(80, 50, 200, 60).vertical(65, 60, "再委託").text(82, 80, "値");
  CHECK(rows_of(pdf({page})) == Rows{"再委託 | 値"});
}

TEST_CASE("a choice comes before the list of choices that stands beside it") {
  PdfPage page;
  pair_at(page, 50, 50)
      .text(52, 78, "取扱者数")
      .text(152, 78, "[")
      .text(170, 78, "10人未満")
      .text(240, 78, "]");
  page.text(260, 64, "＜選択肢＞").text(260, 76, "1） 10人未満").text(260, 88, "2） 10人以上");
  CHECK(rows_of(pdf({page})) == Rows{"取扱者数 | [10人未満]⏎＜選択肢＞⏎1） 10人未満⏎2） 10人以上"});
}

TEST_CASE("ticks keep their lines; a label that its own narrow cell broke is whole") {
  PdfPage page;
  pair_at(page, 50, 50).text(52, 64, "方法");
  page.text(152, 64, "[")
      .text(160, 64, "○")
      .text(172, 64, "] 連絡先（番号等")
      .text(300, 64, "[")
      .text(320, 64, "] 紙");
  page.text(172, 74, "）").text(152, 88, "[").text(172, 88, "] 専用線");
  CHECK(rows_of(pdf({page})) == Rows{"方法 | [○] 連絡先（番号等） [ ] 紙⏎[ ] 専用線"});
}

TEST_CASE("a cell that a page break cut is whole again, on its first page") {
  PdfPage one, two;
  one.box(50, 700, 100, 20).box(150, 700, 300, 20).text(52, 714, "前").text(152, 714, "の行");
  one.line(50, 720, 50, 780)
      .line(150, 720, 150, 780)
      .line(450, 720, 450, 780)
      .text(52, 734, "措置")
      .text(152, 734, "始め。");
  two.line(50, 20, 50, 60)
      .line(150, 20, 150, 60)
      .line(450, 20, 450, 60)
      .line(50, 60, 450, 60)
      .text(152, 34, "終わり。");
  pair_at(two, 60, 20).text(52, 74, "次").text(152, 74, "の行");
  const auto source = read_source(pdf({one, two}), "a.pdf");
  REQUIRE(source);
  CHECK(test::rows_text(*source) == Rows{"前 | の行", "措置 | 始め。⏎終わり。", "次 | の行"});
  CHECK(source->rows[1].cells[1].place.page == 1);
}

TEST_CASE("the head of a long table is read once, a row that goes on below it is whole") {
  const auto table = [](PdfPage& page, double y, const Rows& texts) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const double x = 50 + 100 * static_cast<double>(i);
      page.box(x, y, 100, 20).text(x + 2, y + 14, texts[i]);
    }
  };
  PdfPage one, two;
  table(one, 50, {"変更日", "項目", "変更前", "変更後"});
  table(one, 70, {"令和6年1月", "保管", "旧", "新しい一"});
  table(two, 50, {"変更日", "項目", "変更前", "変更後"});
  table(two, 70, {"", "", "", "と二"});
  table(two, 90, {"令和7年1月", "消去", "無", "有"});
  CHECK(rows_of(pdf({one, two})) == Rows{"変更日 | 項目 | 変更前 | 変更後",
                                         "令和6年1月 | 保管 | 旧 | 新しい一⏎と二",
                                         "令和7年1月 | 消去 | 無 | 有"});
}

TEST_CASE("what both pages draw of a cut cell counts once") {
  // The whole text is drawn on both pages, ten points to the line; each clips what is beyond it.
  const auto cell = [](PdfPage& page, double y) {
    page.text(52, y, "措置")
        .text(152, y - 10, "一。")
        .text(152, y, "二の行。")
        .text(152, y + 10, "三。");
  };
  PdfPage one, two;
  one.line(50, 740, 450, 740)
      .line(50, 740, 50, 765)
      .line(150, 740, 150, 765)
      .line(450, 740, 450, 765);
  cell(one, 765);
  two.line(50, 20, 50, 40).line(150, 20, 150, 40).line(450, 20, 450, 40).line(50, 40, 450, 40);
  cell(two, 22);
  one.text(298, 795, "1"), two.text(298, 795, "2");
  CHECK(rows_of(pdf({one, two})) == Rows{"措置 | 一。⏎二の行。⏎三。"});
}

TEST_CASE("two equal changes that meet at a page break are two rows") {
  const auto row = [](PdfPage& page, double y, const Rows& texts, bool closed) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const double x = 50 + 100 * static_cast<double>(i);
      page.line(x, y, x + 100, y)
          .line(x, y, x, y + 20)
          .line(x + 100, y, x + 100, y + 20)
          .text(x + 2, y + 14, texts[i]);
      if (closed) page.line(x, y + 20, x + 100, y + 20);
    }
  };
  const Rows head{"変更日", "項目", "変更前", "変更後"},
      change{"令和6年1月1日", "③事務の名称", "なし", "あり"};
  PdfPage one, two;
  row(one, 50, head, true), row(one, 70, change, false);
  row(two, 50, head, true), row(two, 70, change, true);
  const std::string line = "令和6年1月1日 | ③事務の名称 | なし | あり";
  // Unclosed, both halves could be one row that is drawn on both pages; closed, they cannot.
  CHECK(rows_of(pdf({one, two})).front() == "変更日 | 項目 | 変更前 | 変更後");
  PdfPage closed;
  row(closed, 50, head, true), row(closed, 70, change, true);
  CHECK(rows_of(pdf({closed, two})) == Rows{"変更日 | 項目 | 変更前 | 変更後", line, line});
  const Rows other{"令和6年1月1日", "⑤保管場所", "旧", "新"};
  PdfPage three;
  row(three, 50, head, true), row(three, 70, other, true);
  CHECK(rows_of(pdf({one, three})) ==
        Rows{"変更日 | 項目 | 変更前 | 変更後", line, "令和6年1月1日 | ⑤保管場所 | 旧 | 新"});
}

TEST_CASE("text that is too long for its cell and clipped is not the next cell's") {
  PdfPage page;
  page.box(50, 50, 100, 20)
      .box(50, 70, 100, 20)
      .raw("q 50 730 100 20 re W n")
      .text(52, 64, "一行目。")
      .text(52, 78, "隠れた。")
      .raw("Q");
  page.text(100, 84, "次");
  CHECK(rows_of(pdf({page})) == Rows{"一行目。⏎隠れた。", "次"});
}

TEST_CASE("running heads are no text of the tables, also where a cut cell is open to them") {
  std::vector<PdfPage> pages(4);
  for (std::size_t i = 0; i < pages.size(); ++i) {
    pages[i].text(400, 40, i < 3 ? "Ⅱ" : "Ⅲ");  // the sheet's name
    pages[i].text(52, 84, "①").line(50, 70, 450, 70).line(50, 70, 50, 90).line(450, 70, 450, 90);
    pages[i].line(150, 70, 150, 90).text(152, 84, "値" + std::to_string(i));
    if (i != 2) pages[i].line(50, 90, 450, 90);
  }
  // The cell on page 3 goes on on page 4, and is drawn without a rule at the page's top.
  pages[3] = PdfPage();
  pages[3].text(400, 40, "Ⅲ").text(152, 84, "続き");
  pages[3].line(50, 70, 50, 90).line(150, 70, 150, 90).line(450, 70, 450, 90);
  pages[3].line(50, 90, 450, 90);
  const Rows rows = rows_of(pdf(pages));
  for (const std::string& row : rows) {
    CHECK(row.find("Ⅱ") == std::string::npos);
    CHECK(row.find("Ⅲ") == std::string::npos);
  }
}

TEST_CASE("columns of boxes whose brackets have cells of their own are not parted within a box") {
  PdfPage page;
  page.box(50, 50, 450, 60);
  page.text(52, 64, "[").text(75, 64, "] 紙").text(240, 64, "[").text(275, 64, "] 専用線");
  page.text(52, 80, "[").text(75, 80, "] 電子メール").text(240, 80, "[");
  page.text(275, 80, "] 電子記録媒体（フラッシュメモリ").text(285, 92, "を除く。）");
  CHECK(rows_of(pdf({page})) == Rows{"[ ] 紙 [ ] 専用線⏎[ ] 電子メール [ ] "
                                     "電子記録媒体（フラッシュメモリを除く。）"});
}

TEST_CASE("a line whose first character a blank pushed in stays the first line") {
  PdfPage page;
  page.box(50, 50, 60, 40).text(60, 64, "⑥担当部").text(50, 76, "署");
  CHECK(rows_of(pdf({page})) == Rows{"⑥担当部署"});
}

TEST_CASE("a cut cell whose text is all below the cut has its place there") {
  PdfPage above, below;
  above.line(50, 700, 450, 700).line(50, 700, 50, 760).line(150, 700, 150, 760);
  above.line(450, 700, 450, 760).text(152, 720, "値の前半。");
  below.line(50, 50, 50, 90).line(150, 50, 150, 90).line(450, 50, 450, 90).line(50, 90, 450, 90);
  below.text(52, 70, "有無").text(152, 70, "値の後半。");
  const auto source = read_source(pdf({above, below}), "a.pdf");
  REQUIRE(source);
  REQUIRE(source->rows.size() == 1);
  CHECK(source->rows[0].cells[0].text == "有無");
  CHECK(source->rows[0].cells[0].place.page == 2);
  CHECK(source->rows[0].cells[1].place.page == 1);
}

TEST_CASE("lines of a cut cell that are merely alike are two lines") {
  PdfPage above, below;
  const auto line = [](PdfPage& page, double y, const std::string& what, const std::string& count) {
    page.text(155, y, "[ ○ ] " + what + "を行っている").text(320, y, "（ " + count + " ）件");
  };
  above.line(50, 700, 450, 700).line(50, 700, 50, 760).line(150, 700, 150, 760);
  above.line(450, 700, 450, 760).text(52, 720, "有無");
  line(above, 720, "提供", "3");
  below.line(50, 50, 50, 90).line(150, 50, 150, 90).line(450, 50, 450, 90).line(50, 90, 450, 90);
  line(below, 70, "移転", "1");
  CHECK(rows_of(pdf({above, below})) ==
        Rows{"有無 | [○] 提供を行っている　（ 3 ）件⏎[○] 移転を行っている　（ 1 ）件"});
}

TEST_CASE("a count whose bracket closes behind a gap takes nothing from the line below") {
  PdfPage page;
  page.box(50, 50, 500, 40).text(52, 64, "[ ○ ] 提供を行っている").text(300, 64, "（");
  page.text(315, 64, "2").text(360, 64, "）件").text(52, 78, "[ ○ ] 移転を行っている");
  page.text(300, 78, "（").text(315, 78, "1").text(360, 78, "）件");
  const Rows rows = rows_of(pdf({page}));
  REQUIRE(rows.size() == 1);
  CHECK(rows[0] == "[○] 提供を行っている　（ 2 ）件⏎[○] 移転を行っている　（ 1 ）件");
}

TEST_CASE("a choice whose closing bracket went to the next line is not part of the list") {
  PdfPage page;
  page.box(50, 50, 500, 60).text(52, 76, "[一二三四五六七八九十").text(52, 88, "]");
  page.text(320, 64, "＜選択肢＞").text(320, 76, "1） 一二三四").text(320, 88, "2） 五六七八");
  CHECK(rows_of(pdf({page})) ==
        Rows{"[一二三四五六七八九十⏎]⏎＜選択肢＞⏎1） 一二三四⏎2） 五六七八"});
}

TEST_CASE("page numbers are no text of the document") {
  PdfPage page;
  page.text(50, 50, "本文").text(290, 790, "- 3 -");
  CHECK(rows_of(pdf({page})) == Rows{"本文"});
}

TEST_CASE("a scan is read by OCR if asked for, and marked so") {
  if (!check_ocr()) {
    WARN("skipped: tesseract-ocr-jpn is not installed");
    return;
  }
  PdfPage page;
  pair_at(page, 50, 40).text(56, 76, "部署名", 16).text(160, 76, "福祉部国保年金課", 16);
  const std::string drawn = pdf({page});
  auto file = PdfText::open(drawn);
  REQUIRE(file);
  const std::string picture = file->picture(0, 150);  // "P5 width height 255", then a byte a pixel
  int width = 0, height = 0;
  REQUIRE(std::sscanf(picture.c_str(), "P5 %d %d", &width, &height) == 2);
  std::string hex;
  for (std::size_t i = picture.find('\n') + 1; i < picture.size(); ++i) {
    static constexpr char kDigits[] = "0123456789ABCDEF";
    hex += kDigits[static_cast<unsigned char>(picture[i]) >> 4], hex += kDigits[picture[i] & 15];
  }
  PdfPage scanned;
  scanned.raw("q 600 0 0 800 0 0 cm BI /W " + std::to_string(width) + " /H " +
              std::to_string(height) + " /BPC 8 /CS /G /F /AHx ID " + hex + "> EI Q");
  const auto source = read_source(pdf({scanned}), "a.pdf", {true, {}});
  REQUIRE(source);
  REQUIRE(source->rows.size() == 1);
  REQUIRE(source->rows[0].cells.size() == 2);
  CHECK_THAT(source->rows[0].cells[1].text, Catch::Contains("年金"));
  CHECK(source->rows[0].cells[1].place.ocr);
  CHECK(source->rows[0].cells[1].place.page == 1);
}

TEST_CASE("a PDF that cannot be read is rejected with its true reason") {
  PdfPage page;
  const std::string good = pdf({page.text(50, 50, "本文")});
  std::string altered = good;
  altered.replace(altered.find("/Length"), 7, "/Lxngth");
  const ReadOptions three_pages{false, {.pages = 3}};
  const auto reason = [](const std::string& bytes, const ReadOptions& options = {}) {
    const auto source = read_source(bytes, "a.pdf", options);
    return source ? std::string("read") : source.error().reason;
  };
  using Catch::Contains;
  CHECK_THAT(reason(good.substr(0, good.size() - 80)), Contains("cut off or damaged"));
  CHECK_THAT(reason(good.substr(0, 300)), Contains("cut off or damaged"));
  CHECK_THAT(reason(altered), Contains("damaged"));
  CHECK_THAT(reason(pdf({PdfPage(), PdfPage(), PdfPage(), PdfPage()}), three_pages),
             Contains("4 pages; at most 3"));
  CHECK_THAT(reason(pdf({PdfPage()})), Contains("blank"));
  PdfPage picture;
  picture.raw("q 500 0 0 700 40 40 cm BI /W 8 /H 8 /BPC 8 /CS /G /F /AHx ID " +
              std::string(128, '8') + "> EI Q");
  CHECK_THAT(reason(pdf({picture})), Contains("scan") && Contains("--ocr"));
}

TEST_CASE("the files that must be rejected are, each with its true reason") {
  struct Row {
    const char* file;
    const char* reason;
  };
  const Row rows[] = {{"truncated.pdf", "cut off"},
                      {"bomb.pdf", "unpacks to more"},
                      {"password.pdf", "password"},
                      {"picture.pdf", "picture"},
                      {"scan.pdf", "scan"},
                      {"zero.pdf", "empty"},
                      {"bomb.xlsx", "zip bomb"},
                      {"entities.xlsx", "entities"},
                      {"truncated.xlsx", "cut off"},
                      {"legacy.xls", "save it as .xlsx"},
                      {"binary.txt", "no known format"}};
  for (const Row& row : rows) {
    CAPTURE(row.file);
    std::ifstream in(std::string(PIA_SOURCE_DIR "/tests/support/bad/") + row.file,
                     std::ios::binary);
    std::stringstream bytes;
    bytes << in.rdbuf();
    const auto source = read_source(bytes.str(), row.file);
    REQUIRE_FALSE(source);
    CHECK_THAT(source.error().reason, Catch::Contains(row.reason));
    CHECK(source.error().file == row.file);
  }
}
