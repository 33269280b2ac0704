#include "query/result_format.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace pia {

TEST_CASE("every view has as many cells as headings, and CSV begins with a byte order mark") {
  for (const View view : {View::Assessments, View::Contracts, View::Revisions}) {
    SearchResult result;
    result.view = view;
    result.hits.resize(1);
    CHECK(cells(result.hits[0], view).size() == headings(view).size());
    const std::string csv = to_csv(result);
    CHECK(csv.starts_with("\xEF\xBB\xBFID,評価書番号,"));
    CHECK(std::count(csv.begin(), csv.end(), '\n') == 2);
  }
}

TEST_CASE("the JSON has every member of the interface, null where nothing is known") {
  SearchResult result;
  result.text = "あ";
  result.hits.resize(1);
  result.hits[0].passages.push_back({3, "Ⅱ-4", R"({"lines":[1,2]})", true, "<mark>あ</mark>"});
  Facet facet;
  facet.name = "kind";
  facet.values = {{"全項目", 2, true, false, ""}};
  result.facets.push_back(facet);
  const auto json = to_json(result);
  for (const char* key :
       {"query", "total", "total_is_exact", "took_ms", "municipalities", "can_answer", "hits",
        "facets", "notices", "suggestion", "without_hits", "recognised", "expanded"})
    CHECK(json.contains(key));
  CHECK(json["suggestion"].is_null());
  CHECK(json["hits"][0]["incident"].is_null());
  CHECK(json["hits"][0]["passages"][0]["where"]["lines"][1] == 2);
  CHECK(json["facets"]["kind"][0]["count"] == 2);
}

TEST_CASE("passages become plain text for tables") {
  CHECK(plain_text("a &lt;b&gt; <mark>c</mark> &amp;&#39;") == "a <b> c &'");
}

}  // namespace pia
