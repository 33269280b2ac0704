#include <catch2/catch.hpp>

#include "indexer/source_reader.h"
#include "support/rows_text.h"

using namespace pia;
using Rows = std::vector<std::string>;

namespace {
Rows rows_of(const std::string& body) {
  auto source =
      read_source("<!DOCTYPE html><html><head><title>題</title><style>p{}</style></head><body>" +
                      body + "</body></html>",
                  "a.html");
  return source ? test::rows_text(*source) : Rows{"error: " + source.error().reason};
}
}  // namespace

TEST_CASE("tables are rows, other blocks are rows of one cell") {
  struct Row {
    const char* html;
    Rows rows;
  };
  const Row rows[] = {
      {"<h1>評価書</h1><p>一行<br>二行</p><ul><li>甲<li>乙</ul>",
       {"評価書", "一行⏎二行", "甲", "乙"}},
      {"<table><tr><th>①部署</th><td>こども課</td></tr></table>", {"①部署 | こども課"}},
      {"<dl><dt>公表日<dd>令和7年4月1日<dt>番号<dd>4</dl>", {"公表日 | 令和7年4月1日", "番号 | 4"}},
      {"<dl><dt>④使用の主体<dd><dl><dt>使用部署<dd>市民課<dt>使用者数<dd>[ 10人未満 "
       "]</dl><dt>⑤使用方法"
       "<dd>照合</dl>",
       {"④使用の主体 | 使用部署 | 市民課", " | 使用者数 | [ 10人未満 ]", "⑤使用方法 | 照合"}},
      {"<dl><div><dt>番号<dd>4</div><div><dt>公表日<dd>令和7年</div></dl>",
       {"番号 | 4", "公表日 | 令和7年"}},
      {"<table><tr><td rowspan=2>再委託<td>④<td>する<tr><td>⑤<td>書面</table>",
       {"再委託 | ④ | する", " | ⑤ | 書面"}},
      // A small table inside a value is the value's text; a page's frame is walked through.
      {"<table><tr><td>方法<td><table><tr><td>[<input type=checkbox checked>]紙<td>[<input "
       "type=checkbox>]専用線</table></table>",
       {"方法 | [○]紙 [ ]専用線"}},
      {"<table><tr><td><table><tr><td>甲<td>乙</table></table>", {"甲 | 乙"}},
      {"<table><tr><td>対象人数<td>[ 10万人以上 ] <選択肢> 1) 1万人未満</table>",
       {"対象人数 | [ 10万人以上 ] <選択肢> 1) 1万人未満"}},
      {"<nav>目次</nav><div hidden>裏</div><script>x</script>表<footer>市役所</footer>", {"表"}},
      {"<div>前<p>中</p>後</div>", {"前", "中", "後"}},
      {"<table><tr><td>片方", {"片方"}},  // nothing is closed
  };
  for (const Row& row : rows) {
    CAPTURE(row.html);
    CHECK(rows_of(row.html) == row.rows);
  }
}

TEST_CASE("places in HTML are the lines of the file") {
  const auto source = read_source(
      "<html>\n<body>\n<table>\n<tr><td>①</td>\n<td>値の\n続き</td></tr></table></body></html>",
      "a.html");
  REQUIRE(source);
  REQUIRE(source->rows.size() == 1);
  const Place& value = source->rows[0].cells[1].place;
  CHECK(value.first_line == 5);
  CHECK(value.last_line == 6);
  CHECK(source->lines.size() == 6);
}

TEST_CASE("a page without text, or nested without end, is no crash") {
  CHECK(rows_of("<p> </p>") == Rows{"error: the page shows no text"});
  std::string deep;
  for (int i = 0; i < 3000; ++i) deep += "<div>";
  CHECK(rows_of(deep + "底").size() == 1);
}
