// Plain markup is read without a parser, and must say what the parser says.

#include "indexer/cell_markup.h"

#include <array>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <string_view>

#include "indexer/cell_text.h"

using namespace pia;

TEST_CASE("Paragraphs, lists and inputs are plain; what a parser would mend is not") {
  struct Row {
    const char* html;
    const char* text;  // nullptr: left to the parser
  };
  for (const Row& row : std::initializer_list<Row>{
           {"<p>[<input type=\"checkbox\" checked/>] 紙</p><p>[ <input type=\"radio\">］ 他</p>",
            "[○] 紙\n[ [ ] 他"},
           {"<div style=\"margin: 0;\"> <ul><li>一<li></ul></div>", nullptr},
           {"<ul><li>一</li> <li>二<br>三</li></ul>", "一\n二\n三"},
           {"<選択肢>1) 十分<br/>2) 不足", "<選択肢>1) 十分\n2) 不足"},
           {"<p>一</p></p>", nullptr},
           {"<p>一&amp;二</p>", nullptr},
           {"<P>一</P>", nullptr},
           {"<p>\u0085</p>", nullptr},
           {"<table><tr><td>一</td></tr></table>", nullptr}}) {
    CAPTURE(row.html);
    const auto text = plain_markup_text(row.html);
    CHECK(text.has_value() == (row.text != nullptr));
    if (row.text != nullptr) CHECK(html_cell_text(row.html) == row.text);
  }
}

TEST_CASE("Whatever tags come together, plain reading and the parser agree") {
  constexpr std::array<std::string_view, 40> kPieces = {"<p>",
                                                        "</p>",
                                                        "<p>",
                                                        "</p>",
                                                        "<div>",
                                                        "</div>",
                                                        "<ul>",
                                                        "</ul>",
                                                        "<ol>",
                                                        "</ol>",
                                                        "<li>",
                                                        "</li>",
                                                        "<br>",
                                                        "<br/>",
                                                        "<br />",
                                                        "</br>",
                                                        "<p style=\"a: b>c\">",
                                                        "<div style=\"a\" >",
                                                        "<input type=\"checkbox\">",
                                                        "<input checked=\"\" type=\"radio\"/>",
                                                        "<input type=\"text\" checked>",
                                                        "<input checked>",
                                                        "<input type checked>",
                                                        "<p/>",
                                                        "<LI>",
                                                        "<span>",
                                                        "[",
                                                        "]",
                                                        "［",
                                                        "］",
                                                        "あ",
                                                        "い",
                                                        " ",
                                                        "　",
                                                        "\n",
                                                        "<選択肢>",
                                                        "<Public Hub(PMH)>",
                                                        "<",
                                                        "&lt;",
                                                        "\uFFFE"};
  std::mt19937 random(20240601);
  int plain = 0;
  for (int round = 0; round < 60'000; ++round) {
    std::string html;
    for (std::size_t n = random() % 14; n > 0; --n) {
      // A block and its end, more often than chance would bring them together.
      const std::string_view piece = kPieces[random() % kPieces.size()];
      const bool nested = random() % 3 == 0;
      if (nested) html = "<div>" + html + "</div>";
      html += piece;
    }
    if (!has_html(html)) continue;
    plain += plain_markup_text(html).has_value();
    CAPTURE(html);
    REQUIRE(html_cell_text(html) == html_cell_text(html + "<b></b>"));  // <b>: never plain
  }
  CHECK(plain > 1000);
}
