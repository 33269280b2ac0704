// What many stages of the box layout do with every line: white space, keys, places, dashes.

#include "indexer/boxes_text.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "indexer/boxes_shape.h"
#include "indexer/columns_lines.h"
#include "indexer/source.h"

using namespace pia;

TEST_CASE("White space of every kind goes from both ends and stays inside") {
  struct Row {
    const char* text;
    const char* trimmed;
  };
  for (const Row& row : std::vector<Row>{{"", ""},
                                         {" 　\u00A0\uFEFF\t", ""},
                                         {"　 みどり市　福祉課\u00A0\r", "みどり市　福祉課"},
                                         {"\f第１章\uFEFF　", "第１章"},
                                         {"、だ", "、だ"},       // shares bytes with 　
                                         {"À社 à", "À社 à"}}) {  // ends with a byte of U+00A0
    CAPTURE(row.text);
    CHECK(boxes::trim(row.text) == row.trimmed);
  }
}

TEST_CASE("A key is folded and has no white space; a stray byte counts as a character") {
  CHECK(boxes::key("（１）　サーバー\n一覧 ") == U"(1)サ-バ-一覧");
  CHECK(boxes::key("𠮷野é") == U"𠮷野é");
  CHECK(boxes::key("あ\xE3\x81") == std::u32string(U"あ\u00E3\u0081"));
}

TEST_CASE("A dash is dashes and nothing else") {
  CHECK(boxes::is_dash("　－ \n―"));
  CHECK(boxes::is_dash("一"));
  CHECK_FALSE(boxes::is_dash("－ なし"));
  CHECK_FALSE(boxes::is_dash("　"));
}

TEST_CASE("A place that is extended by lines becomes one range where they touch") {
  const auto lines = [](int first, int last) {
    Place place;
    place.first_line = first;
    place.last_line = last;
    return place;
  };
  Place place;
  extend(place, lines(4, 5));
  extend(place, lines(6, 6));
  extend(place, lines(10, 12));
  extend(place, lines(11, 13));
  CHECK(place.first_line == 4);
  CHECK(place.last_line == 6);
  CHECK(place.more == std::vector<std::pair<int, int>>{{10, 13}});
  CHECK(join(lines(4, 5), place) == place);
}

TEST_CASE("No text that keeps columns is passed over by the cheap look at its gaps") {
  const std::string table = "評価書番号      12        みどり市";
  for (const auto& [line, columns] :
       std::vector<std::pair<std::string, bool>>{{table, true},
                                                 {"\f" + table, true},
                                                 {"　　　　　　　　番号", true},
                                                 {"１０人以上 ５０人未満", false},
                                                 {"  みどり市", false}}) {
    CAPTURE(line);
    std::vector<SourceLine> lines(40);
    for (SourceLine& here : lines) here.text = line;
    CHECK(columns::keeps_columns(columns::read_lines(lines)) == columns);
    CHECK(columns::may_keep_columns(lines) == columns);
  }
}

TEST_CASE("boxes text: blank is what trim leaves nothing of") {
  for (const char* text :
       {"", " ", "\f\r", "　 \t", "\u00A0\uFEFF", "あ", " 1 ", "　※", "\u3001"}) {
    CAPTURE(text);
    CHECK(boxes::is_blank(text) == boxes::trim(text).empty());
  }
}

TEST_CASE("boxes text: one circled number and nothing else") {
  CHECK(boxes::is_circled("③"));
  CHECK(boxes::is_circled(" ⑳　"));
  for (const char* text : {"", "3", "①②", "①委託内容"}) CHECK_FALSE(boxes::is_circled(text));
}

TEST_CASE("Lines of a cell are joined, but a number is not made of two") {
  CHECK(boxes::join_lines(
            {"みどり市総務部情報公開係みどり市", "緑町２-１-１", "０９９－９９９－９９９９"}) ==
        "みどり市総務部情報公開係みどり市緑町２-１-１\n０９９－９９９－９９９９");
  // A full line that ends within a number goes on.
  CHECK(boxes::join_lines({"対象者の数は、令和5年4月1日の時点で12", "3人である。"}) ==
        "対象者の数は、令和5年4月1日の時点で123人である。");
  CHECK(boxes::join_lines({"再委", "託"}) == "再委託");
  CHECK(boxes::join_lines({"Cloud", "Service"}) == "Cloud Service");
  CHECK(boxes::join_lines({"【窓口での申請】", "受け付ける。"}) ==
        "【窓口での申請】\n受け付ける。");
}
