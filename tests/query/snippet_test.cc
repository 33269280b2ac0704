#include "query/snippet.h"

#include <catch2/catch.hpp>

namespace pia {

TEST_CASE("a short text is shown whole, marked across line breaks and widths") {
  CHECK(snippet("静脈認\n証を行う", {{"静脈認証", 1}}, 100) == "<mark>静脈認証</mark>を行う");
  CHECK(snippet("㈱アデコ", {{"株", 1}}, 100) == "<mark>㈱</mark>アデコ");
  CHECK(snippet("Big  Data\nCenter", {{"data", 1}}, 100) == "Big <mark>Data</mark> Center");
}

TEST_CASE("HTML is made harmless, inside marks too") {
  CHECK(snippet("<a&\"'>", {{"<a", 1}}, 100) == "<mark>&lt;a</mark>&amp;&quot;&#39;&gt;");
  CHECK(escape_html("<script>") == "&lt;script&gt;");
}

TEST_CASE("a long text is cut at sentence ends around the densest place") {
  const std::string text =
      "これは一つ目の文です。二つ目の文には認証があります。三つ目には認証と監査があります。四つ目の"
      "文です。";
  CHECK(snippet(text, {{"認証", 1}, {"監査", 0.9}}, 20) ==
        "…三つ目には<mark>認証</mark>と<mark>監査</mark>があります。…");
}

TEST_CASE("one long sentence is cut around the word, behind a comma if there is one") {
  std::string text;
  for (int i = 0; i < 30; ++i) text += "長い前置きが続き、";
  text += "監査を行い、";
  for (int i = 0; i < 30; ++i) text += "さらに続き、";
  const std::string cut = snippet(text, {{"監査", 1}}, 40);
  CHECK_THAT(
      cut, Catch::StartsWith("…") && Catch::EndsWith("…") && Catch::Contains("<mark>監査</mark>"));
  CHECK(cut.size() < 250);
}

TEST_CASE("overlapping needles make one mark") {
  CHECK(marked("住民基本台帳", {{"住民基本", 1}, {"基本台帳", 1}}) == "<mark>住民基本台帳</mark>");
}

}  // namespace pia
