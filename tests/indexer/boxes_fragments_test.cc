#include "indexer/boxes_fragments.h"

#include <catch2/catch.hpp>

#include "indexer/boxes_shape.h"
#include "indexer/boxes_support.h"

using namespace pia;
using namespace pia::boxes;

namespace {

// One letter a fragment: L label, R range, [ ] ○, B box, l list, C choice, T text; texts behind it.
std::string describe(std::string_view text, Kind kind = Kind::Priority) {
  const Source source = source_of(text);
  std::string out;
  for (const Page& page : split_pages(source)) {
    for (const Fragment& f : cut_fragments(page, Lexicon::of(kind))) {
      switch (f.what) {
        case What::Label:
          out += "L<" + f.text + ">";
          break;
        case What::Range:
          out += "R";
          break;
        case What::Open:
          out += "[";
          break;
        case What::Close:
          out += "]";
          break;
        case What::Tick:
          out += "o";
          break;
        case What::Box:
          out += "B<" + f.text + ">";
          break;
        case What::List:
          out += "l";
          break;
        case What::Choice:
          out += "C<" + f.text + ">";
          break;
        case What::Text:
          out += "T<" + f.text + ">";
          break;
      }
    }
  }
  return out;
}

}  // namespace

TEST_CASE("A line is cut into label, bracket, answer and list") {
  struct Row {
    const char* text;
    const char* fragments;
  };
  const Row rows[] = {
      {" ③対象人数 [ 10万人以上30万人未満 1) 1,000人未満", "L<③対象人数>[C<10万人以上30万人未満>l"},
      {"3) 1万人以上10万人未満]", "l]"},
      {" ①部署 福祉部みどり課", "L<①部署>T<福祉部みどり課>"},
      {"[ ○ ] 紙 [ ] 専用線", "[o]B<紙>[]B<専用線>"},
      {"] 庁内連携システム] 専用線", "]B<庁内連携システム>]B<専用線>"},
      {"再\n委\n託", "L<再委託>"},
      {" 委託契約書中の特定個人情報\nファイルの取扱いに関する規定",
       "L<委託契約書中の特定個人情報ファイルの取扱いに関する規定>"},
      {" 委託事項6～10", "R"},
      {"再委託する", "C<再委託する>"},
      {"再委託する場合は、書面で届け出る。", "T<再委託する場合は、書面で届け出る。>"},
      {"その内容を確かめ、実施日を記録する。", "T<その内容を確かめ、実施日を記録する。>"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(describe(row.text) == row.fragments);
  }
}

TEST_CASE("An answer in the middle of its label is cut out of it") {
  CHECK(describe("評価対象の事務の対象人\n[ 30万人以上 ]\n数は何人か", Kind::Basic) ==
        "L<評価対象の事務の対象人数は何人か>[C<30万人以上>]");
}

TEST_CASE("Running heads and page numbers are no text, wherever the writer ordered them") {
  std::string text = "特定個人情報保護評価書\n\n評価書名\n\n1\n";
  for (int page = 2; page < 6; ++page) {
    text += "\fあ\n\n特定個人情報保護評価書\n\n" + std::to_string(page) + "\n\nい\n\n7\n\nう\n";
  }
  const Source source = source_of(text);
  const std::vector<Page> pages = split_pages(source);
  REQUIRE(pages.size() == 5);
  CHECK(pages[0].boxes.size() == 2);  // the cover's heading is no running head
  CHECK(pages[2].boxes.size() == 4);  // あ い 7 う
  REQUIRE(pages[2].numbers.size() == 1);
  CHECK(pages[2].numbers[0].pieces[0].text == "3");
  CHECK(pages[2].heads.size() == 1);
}

TEST_CASE("Numbers of items in a column of their own are no values") {
  for (const char32_t* k : {U"①②③", U"4.", U"Ⅱ", U"IV", U"②3."}) CHECK(is_furniture(k));
  for (const char32_t* k : {U"4", U"①紙", U"4件", U"II類", U"R7.2.27"})
    CHECK_FALSE(is_furniture(k));
}

TEST_CASE("Pages end at two blank lines or at form feeds, and their numbers are no text") {
  const Source blank = source_of("一\n\n二\n\n\n三\n");
  CHECK(split_pages(blank).size() == 2);
  const Source feed = source_of("一\n\n\n二\n\f三\n");
  CHECK(split_pages(feed).size() == 2);
  const Source numbered = source_of("甲\n\n1\n\f乙\n\n2\n\f丙\n\n3\n\f");
  for (const Page& page : split_pages(numbered)) {
    CHECK(page.boxes.size() == 1);
    CHECK(page.numbers.size() == 1);
  }
}

TEST_CASE("A text without page breaks is cut into pages of a bounded size") {
  const bool blanks = GENERATE(true, false);
  std::string text;
  for (int i = 0; i < 3000; ++i) text += blanks && i % 20 == 0 ? "\n給付\n" : "給付に関する事務\n";
  const Source source = source_of(text);
  std::size_t lines = 0;
  int next = 0;
  for (const Page& page : split_pages(source)) {
    CHECK(page.first_line == next);
    next = page.last_line + 1;
    std::size_t own = 0;
    for (const Box& box : page.boxes) own += box.pieces.size();
    CHECK(own <= 700);
    if (blanks && page.first_line > 0) CHECK(page.boxes.front().pieces.front().text == "給付");
    lines += own;
  }
  CHECK(lines == 3000);
}

TEST_CASE("A page that is drawn with spaces is cut into boxes by column") {
  const Source source = source_of(
      "①事務の名称        みどり給付に関する事務\n"
      "②事務の内容        申請を受け付け、\n"
      "              台帳に記録する。\n"
      "③対象人数         [ 30万人以上    ]      ＜選択肢＞\n");
  const std::vector<Page> pages = split_pages(source);
  REQUIRE(pages.size() == 1);
  CHECK(pages[0].drawn);
  bool joined = false;
  for (const Box& box : pages[0].boxes) {
    for (std::size_t i = 1; i < box.pieces.size(); ++i) {
      joined = joined || (box.pieces[i].text == "台帳に記録する。" &&
                          box.pieces[i - 1].text == "申請を受け付け、");
    }
  }
  CHECK(joined);
}
