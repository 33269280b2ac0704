#include "server/request_params.h"

#include <catch2/catch.hpp>

namespace {

std::string describe(const pia::Result<pia::Params>& params) {
  if (!params) return "error: " + params.error().reason;
  std::string out;
  for (const auto& [name, value] : *params) out += "[" + name + "=" + value + "]";
  return out;
}

pia::Params parsed(const std::string& query) {
  auto params = pia::parse_params(query);
  REQUIRE(params);
  return *params;
}

}  // namespace

TEST_CASE("pairs are decoded in their order") {
  struct Row {
    const char* query;
    const char* expected;
  };
  const Row rows[] = {
      {"", ""},
      {"q=a", "[q=a]"},
      {"q=%E5%A7%94%E8%A8%97", "[q=委託]"},
      {"q=a+b%2Bc", "[q=a b+c]"},
      {"a=1&&b=2&", "[a=1][b=2]"},
      {"a&b=", "[a=][b=]"},
      {"a=b=c", "[a=b=c]"},
      {"kind=%E5%85%A8&kind=-%E5%85%A8", "[kind=全][kind=-全]"},
      {"q=%", "error: URL の % の後に 16 進数が 2 桁ありません"},
      {"q=%E5%A7", "error: URL に UTF-8 でない文字または制御文字があります"},
      {"q=%zz", "error: URL の % の後に 16 進数が 2 桁ありません"},
      {"q=%00", "error: URL に UTF-8 でない文字または制御文字があります"},
      {"q=%ED%A0%80", "error: URL に UTF-8 でない文字または制御文字があります"},  // a surrogate
  };
  for (const Row& row : rows) {
    CAPTURE(row.query);
    CHECK(describe(pia::parse_params(row.query)) == row.expected);
  }
}

TEST_CASE("more than 500 pairs are refused") {
  std::string query;
  for (int i = 0; i < 501; ++i) query += "a=1&";
  CHECK_FALSE(pia::parse_params(query));
}

TEST_CASE("what is encoded decodes to itself") {
  const pia::Params params = {{"q", "委託先:\"アデ コ\" & = + % # ?"}, {"q", ""}, {"名", "\t\n"}};
  CHECK(parsed(pia::encode_params(params)) == params);
}

TEST_CASE("a search is read from its parameters") {
  const auto request =
      pia::search_request(parsed("q=x&view=contracts&versions=all&kind=a&kind=-b&from=2024&to=R6&"
                                 "sort=published&offset=20&limit=5&facets=kind,year&raw=1"),
                          pia::Strictness::Api);
  REQUIRE(request);
  CHECK(request->text == "x");
  CHECK(request->view == pia::View::Contracts);
  CHECK(request->versions == pia::Versions::All);
  CHECK(request->filters.at("kind") == std::vector<std::string>{"a", "-b"});
  CHECK(request->from == "2024");
  CHECK(request->to == "R6");
  CHECK(request->sort == pia::Sort::Published);
  CHECK(request->offset == 20);
  CHECK(request->limit == 5);
  CHECK(request->facets == std::vector<std::string>{"kind", "year"});
  CHECK(request->raw);
}

TEST_CASE("the state of a search survives its address") {
  const char* queries[] = {"", "q=a", "q=a&view=revisions&versions=all",
                           "q=%E3%81%82&kind=a&kind=-b&system=s&sort=rarity&offset=40",
                           "from=2024&to=2025&raw=1"};
  for (const char* query : queries) {
    CAPTURE(query);
    const auto request = pia::search_request(parsed(query), pia::Strictness::Page);
    REQUIRE(request);
    const auto again = pia::search_request(pia::search_params(*request), pia::Strictness::Page);
    REQUIRE(again);
    CHECK(pia::search_params(*again) == pia::search_params(*request));
    CHECK(again->text == request->text);
    CHECK(again->filters == request->filters);
    CHECK(again->offset == request->offset);
  }
}

TEST_CASE("the API names the parameter that is wrong") {
  struct Row {
    const char* query;
    const char* part;
  };
  const Row rows[] = {{"munincipality=x", "munincipality"}, {"view=list", "view=list"},
                      {"sort=best", "sort=best"},           {"versions=new", "versions=new"},
                      {"limit=101", "limit=101"},           {"limit=-1", "limit=-1"},
                      {"offset=1x", "offset=1x"},           {"facets=colour", "colour"},
                      {"limit=99999999999", "limit="}};
  for (const Row& row : rows) {
    CAPTURE(row.query);
    const auto request = pia::search_request(parsed(row.query), pia::Strictness::Api);
    REQUIRE_FALSE(request);
    CHECK(request.error().code == pia::ErrorCode::Usage);
    CHECK(request.error().reason.find(row.part) != std::string::npos);
  }
}

TEST_CASE("a page forgives unknown parameters and numbers out of range") {
  const auto request =
      pia::search_request(parsed("q=a&utm_source=mail&limit=1000&offset=x"), pia::Strictness::Page);
  REQUIRE(request);
  CHECK(request->limit == 20);
  CHECK(request->offset == 0);
}

TEST_CASE("formats are known by name") {
  CHECK(*pia::format_param({}) == pia::Format::AsJson);
  CHECK(*pia::format_param({{"format", "csv"}}) == pia::Format::Csv);
  CHECK(*pia::format_param({{"format", "xlsx"}}) == pia::Format::Xlsx);
  CHECK_FALSE(pia::format_param({{"format", "xls"}}));
}
