#include "server/search_model.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace {

pia::Json model(const pia::SearchRequest& request, const pia::SearchResult& result) {
  return pia::search_model(request, result, {});
}

}  // namespace

TEST_CASE("a chosen value is taken back by its own link") {
  pia::SearchRequest request;
  request.offset = 20;
  const auto chosen = pia::toggled(request, "kind", "全項目", false);
  CHECK(chosen.filters.at("kind") == std::vector<std::string>{"全項目"});
  CHECK(chosen.offset == 0);
  CHECK_FALSE(pia::toggled(chosen, "kind", "全項目", false).filters.contains("kind"));
  const auto excluded = pia::toggled(chosen, "kind", "全項目", true);
  CHECK(excluded.filters.at("kind") == std::vector<std::string>{"-全項目"});
}

TEST_CASE("a word is dropped from a query as a whole word") {
  struct Row {
    const char* text;
    const char* word;
    const char* expected;
  };
  const Row rows[] = {{"a b c", "b", "a c"},         {"a", "a", ""},  {"ab b", "b", "ab"},
                      {"\"a b\" c", "a b", "c"},     {"a", "x", "a"}, {"「あ」 い", "あ", "い"},
                      {"全角　あい", "あい", "全角"}};
  for (const Row& row : rows) {
    CAPTURE(row.text, row.word);
    CHECK(pia::without_word(row.text, row.word) == row.expected);
  }
}

TEST_CASE("municipalities stand under their prefecture") {
  pia::SearchResult result;
  result.total = 3;
  result.facets = {
      {"prefecture", {{"甲県", 2, false, false, ""}, {"乙県", 1, false, false, ""}}, 2},
      {"municipality", {{"丙市", 1, false, false, "乙県"}, {"丁市", 2, false, false, "甲県"}}, 2}};
  const auto facets = model({}, result)["facets"];
  REQUIRE(facets.size() == 1);
  std::string order;
  for (const auto& value : facets[0]["values"])
    order += value["value"].get<std::string>() + (value["child"].get<bool>() ? "+ " : " ");
  CHECK(order == "甲県 丁市+ 乙県 丙市+ ");
}

TEST_CASE("chosen values are shown however many there are") {
  pia::SearchResult result;
  pia::Facet facet{"contractor", {}, 40};
  for (int i = 0; i < 40; ++i)
    facet.values.push_back(
        {"社" + std::to_string(i), 40u - static_cast<unsigned>(i), i == 35, false, ""});
  result.facets = {facet};
  pia::SearchRequest request;
  request.filters["contractor"] = {"社35"};
  const auto shown = model(request, result)["facets"][0];
  bool found = false;
  for (const auto& value : shown["values"]) found = found || value["value"] == "社35";
  CHECK(found);
  CHECK(shown["search"]["distinct"] == 40);
}

TEST_CASE("pages lead from the first to the last with a gap") {
  pia::SearchRequest request;
  request.offset = 100;
  pia::SearchResult result;
  result.total = 400;
  std::string labels;
  const auto pages = model(request, result)["pages"];
  for (const auto& page : pages)
    labels += page["label"].get<std::string>() + (page.value("current", false) ? "* " : " ");
  CHECK(labels == "前へ 1 … 4 5 6* 7 8 … 20 次へ ");
}

TEST_CASE("an empty answer says which word had no hit and offers to drop it") {
  pia::SearchRequest request;
  request.text = "住民票 ほげほげ";
  pia::SearchResult result;
  result.without_hits = {"ほげ", "げほげ"};  // pieces of one word
  const auto out = model(request, result);
  CHECK(out["empty"] == true);
  CHECK(out["without"][0]["word"] == "ほげほげ");
  CHECK(out["without"].size() == 1);
  CHECK(out["without"][0]["url"] == "/search?q=%E4%BD%8F%E6%B0%91%E7%A5%A8");
}

TEST_CASE("a hit leads to the page of the published document") {
  pia::Hit hit;
  hit.id = "x";
  hit.source_url = "https://example.jp/a.pdf";
  hit.passages = {{0, "Ⅰ", R"({"page":7})", false, "a"}};
  pia::SearchResult result;
  result.total = 1;
  result.hits = {hit};
  CHECK(model({}, result)["assessments"][0]["passages"][0]["place_url"] ==
        "https://example.jp/a.pdf#page=7");
  result.hits[0].source_url = "javascript:alert(1)";
  CHECK(model({}, result)["assessments"][0]["passages"][0]["place_url"] == "");
  CHECK(model({}, result)["assessments"][0]["source_url"] == "");
}
