// The API and the pages through Site, with a backend of made-up values: what stands in responses.

#include "server/site.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "server/assessment_model.h"
#include "server/assets.h"
#include "server/context.h"
#include "server/request_params.h"
#include "tests/server/fake_backend.h"

namespace {

using pia::FakeBackend;
using pia::Response;

pia::Request request(const std::string& target, const std::string& method = "GET") {
  pia::Request out;
  out.method = method;
  out.target = target;
  out.origin = "http://127.0.0.1:8080";
  const std::size_t question = std::min(target.find('?'), target.size());
  out.path = *pia::decode_path(target.substr(0, question));
  out.params = *pia::parse_params(target.substr(std::min(question + 1, target.size())));
  return out;
}

std::string header(const Response& response, const std::string& name) {
  return pia::param(response.headers, name);
}

std::string body(const Response& response) {
  if (!response.stream) return response.body;
  std::string all;
  CHECK(response.stream([&](std::string_view piece) { return all.append(piece), true; }));
  return all;
}

std::shared_ptr<FakeBackend> backend_with(int hits) {
  auto backend = std::make_shared<FakeBackend>();
  for (int i = 0; i < hits; ++i) {
    pia::Hit hit;
    hit.id = "111111-" + std::to_string(i);
    hit.title = "<b>評価書</b> & " + std::to_string(i);
    hit.municipality = "=架空市";
    hit.prefecture = "架空県";
    hit.code = "111111";
    hit.published_on = "2025-02-27";
    hit.passages = {
        {7, "Ⅱ-4 <委託>", R"({"lines":[3,4]})", false, "これは <mark>委託</mark> の文"}};
    backend->hits.push_back(hit);
  }
  return backend;
}

}  // namespace

TEST_CASE("a search page shows hits with everything escaped but the marks") {
  pia::Site site(backend_with(1), {});
  const Response response = site.answer(request("/search?q=%3Cscript%3E%22"));
  CHECK(response.status == 200);
  CHECK(response.body.find("<script>\"") == std::string::npos);
  CHECK(response.body.find("value=\"&lt;script&gt;&quot;\"") != std::string::npos);
  CHECK(response.body.find("&lt;b&gt;評価書&lt;/b&gt; &amp; 0") != std::string::npos);
  CHECK(response.body.find("<mark>委託</mark>") != std::string::npos);
  CHECK(response.body.find("Ⅱ-4 &lt;委託&gt;") != std::string::npos);
  CHECK(response.body.find("3–4行") != std::string::npos);
  CHECK(response.body.find("/assessments/111111-0?q=%3Cscript%3E%22#p7") != std::string::npos);
}

TEST_CASE("every response forbids inline scripts, styles and other hosts") {
  pia::Site site(backend_with(1), {});
  for (const char* target :
       {"/", "/search", "/help", "/nothing", "/api/v1/search", "/api/v1/nothing"}) {
    CAPTURE(target);
    const Response response = site.answer(request(target));
    const std::string policy = header(response, "Content-Security-Policy");
    CHECK(policy.find("default-src 'none'") == 0);
    CHECK(policy.find("unsafe") == std::string::npos);
    CHECK(header(response, "X-Content-Type-Options") == "nosniff");
    CHECK(response.body.find(" style=") == std::string::npos);
    CHECK(response.body.find("<style") == std::string::npos);
    CHECK(response.body.find(" onclick=") == std::string::npos);
    CHECK(response.body.find("src=\"http") == std::string::npos);
  }
}

TEST_CASE("errors are problems for programs and pages for people") {
  pia::Site site(backend_with(1), {});
  const Response api = site.answer(request("/api/v1/search?q=("));
  CHECK(api.status == 400);
  CHECK(api.content_type == "application/problem+json");
  CHECK(nlohmann::json::parse(api.body)["column"] == 3);
  const Response page = site.answer(request("/search?q=("));
  CHECK(page.status == 400);
  CHECK(page.content_type.find("text/html") == 0);
  CHECK(page.body.find("閉じかっこがありません") != std::string::npos);
  CHECK(site.answer(request("/assessments/nothing")).status == 404);
  CHECK(site.answer(request("/api/v1/assessments/nothing")).status == 404);
  CHECK(site.answer(request("/nothing/at/all")).status == 404);
  CHECK(site.answer(request("/api/v1/search?limit=1000")).status == 400);
}

TEST_CASE("a download holds every hit, page after page") {
  auto backend = backend_with(1203);
  pia::Site site(backend, {});
  const Response response = site.answer(request("/api/v1/search?q=a&format=csv"));
  CHECK(response.status == 200);
  CHECK(header(response, "Content-Disposition").find("pia-assessments.csv") != std::string::npos);
  const std::string csv = body(response);
  CHECK(csv.substr(0, 3) == "\xEF\xBB\xBF");
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 1204);
  CHECK(csv.find("'=架空市") != std::string::npos);
  CHECK(csv.find("1202") != std::string::npos);
  CHECK(backend->asked.size() == 3);  // 500 + 500 + 203
}

TEST_CASE("a download stops at an explicit limit") {
  pia::Site site(backend_with(50), {});
  const std::string csv = body(site.answer(request("/api/v1/search?format=csv&limit=7")));
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 8);
}

TEST_CASE("a workbook is a zip file and leaves nothing behind") {
  pia::Site site(backend_with(3), {});
  const std::string xlsx = body(site.answer(request("/api/v1/search?format=xlsx")));
  CHECK(xlsx.substr(0, 2) == "PK");
  CHECK(xlsx.size() > 3000);
}

TEST_CASE("an unchanged page is not sent again") {
  pia::Site site(backend_with(1), {});
  pia::Request again = request("/search?q=a");
  const std::string etag = header(site.answer(again), "ETag");
  REQUIRE_FALSE(etag.empty());
  again.if_none_match = etag;
  CHECK(site.answer(again).status == 304);
  again.target = "/search?q=b";
  CHECK(site.answer(again).status == 200);
}

TEST_CASE("static files have their hash in their name and are kept for ever") {
  pia::Site site(backend_with(0), {});
  const Response css = site.answer(request(pia::asset_url("app.css")));
  CHECK(css.status == 200);
  CHECK(css.content_type.find("text/css") == 0);
  CHECK(header(css, "Cache-Control").find("immutable") != std::string::npos);
  CHECK(site.answer(request("/static/app.css")).status == 404);
  CHECK(site.answer(request("/static/app.000000000000.css")).status == 404);
  CHECK(site.answer(request("/static/layout.mustache")).status == 404);
}

TEST_CASE("an assessment page shows the document with marks that know each other") {
  auto backend = backend_with(0);
  backend->records["x"] =
      R"({"id":"x","title":"T","kind":"全項目","published_on":"2025-04-01","body":{"printed":"架空市長","municipality":"架空市","prefecture":"架空県","code":"111111"},
    "passages":[{"item":"Ⅰ-1 ①事務の名称","text":"<事務> の説明","where":{"page":2}},{"item":"Ⅱ-4 ①委託","text":"委託する","where":{"page":3}},{"item":"Ⅱ-4 ②方法","text":"委託先は","where":{"page":3}}],
    "sources":[{"path":"/a/b.pdf","format":"pdf","url":"https://example.jp/b.pdf"}],"places":{"/published_on":{"page":1}},"warnings":[]})";
  pia::Site site(backend, {});
  const Response response = site.answer(request("/assessments/x?q=%E5%A7%94%E8%A8%97"));
  CHECK(response.status == 200);
  CHECK(response.body.find("&lt;事務&gt; の説明") != std::string::npos);
  CHECK(response.body.find("<mark>委託</mark>する") != std::string::npos);
  CHECK(response.body.find("href=\"#p2\">次の一致") != std::string::npos);
  CHECK(response.body.find("https://example.jp/b.pdf#page=3") != std::string::npos);
  CHECK(response.body.find("/compare?a=old&amp;b=x") != std::string::npos);
}

TEST_CASE("labels that a passage repeats are not shown twice") {
  struct Row {
    const char* item;
    const char* text;
    const char* shown;
  };
  const Row rows[] = {
      {"Ⅱ-1 特定個人情報ファイル名", "１．特定個人情報ファイル名 ※\n児童手当ファイル",
       "児童手当ファイル"},
      {"Ⅰ-1 ①事務の名称", "①事務の名称\n児童手当", "児童手当"},
      {"Ⅰ-2 システム1 ①システムの名称", "①システムの名称\n台帳", "台帳"},
      {"Ⅴ 評価実施手続", "V評価実施手続", ""},
      {"Ⅴ-2 国民・住民等からの意見の聴取", "2.国民・住民等からの意見の聴取【任意】", ""},
      {"Ⅳ-2 ①連絡先", "①連絡先総務部", "総務部"},
      {"Ⅱ-2 ⑤保有開始日", "平成26年", "平成26年"},
      {"Ⅱ-3 ③使用目的", "手当の支給", "手当の支給"},
      {"", "本文", "本文"}};
  for (const Row& row : rows) {
    CAPTURE(row.item);
    CHECK(pia::shown_text(row.item, row.text) == row.shown);
  }
}

TEST_CASE("marks in 変更箇所 stand in the table of its rows") {
  auto backend = backend_with(0);
  backend->records["x"] =
      R"({"id":"x","title":"T","revisions":[{"date":"2024-04-01","item":"Ⅱ-4 委託先名","before":"旧社","after":"新社","where":{"page":9}}],
    "passages":[{"item":"変更箇所 1 変更前","text":"旧社","where":{"page":9}},{"item":"変更箇所 1 変更後","text":"新社","where":{"page":9}}]})";
  const Response response =
      pia::Site(backend, {}).answer(request("/assessments/x?q=%E6%96%B0%E7%A4%BE"));
  CHECK(response.body.find("<mark>新社</mark>") != std::string::npos);
  CHECK(response.body.find("id=\"p1\"") != std::string::npos);
  CHECK(response.body.find("href=\"#p1\"") != std::string::npos);
  CHECK(response.body.find("旧社") != std::string::npos);
}

TEST_CASE("sources are served only where the operator allows it") {
  auto backend = backend_with(0);
  backend->records["x"] = R"({"id":"x","sources":[{"path":")" + std::string(PIA_SOURCE_DIR) +
                          R"(/packages.txt","format":"text"}]})";
  CHECK(pia::Site(backend, {}).answer(request("/assessments/x/source")).status == 404);
  pia::Site open(backend, {true, ""});
  const Response response = open.answer(request("/assessments/x/source"));
  CHECK(response.status == 200);
  CHECK(response.content_type.find("text/plain") == 0);
  CHECK(body(response).find("libxapian-dev") != std::string::npos);
}

TEST_CASE("a feed has an entry for each hit, newest first") {
  auto backend = backend_with(2);
  pia::Site site(backend, {});
  const Response response = site.answer(request("/feed.atom?q=a"));
  CHECK(response.content_type.find("application/atom+xml") == 0);
  CHECK(response.body.find("<entry>") != std::string::npos);
  CHECK(response.body.find("<updated>2025-02-27T00:00:00+09:00</updated>") != std::string::npos);
  CHECK(response.body.find("http://127.0.0.1:8080/assessments/111111-0") != std::string::npos);
  CHECK(backend->asked.back().sort == pia::Sort::Published);
}

TEST_CASE("behind a proxy, absolute links begin with its address") {
  pia::Site site(backend_with(1), {false, "https://pia.example.jp"});
  const Response response = site.answer(request("/feed.atom?q=a"));
  CHECK(response.body.find("https://pia.example.jp/assessments/111111-0") != std::string::npos);
  CHECK(response.body.find("127.0.0.1") == std::string::npos);
}

TEST_CASE("a pasted list is looked up name by name") {
  pia::Site site(backend_with(0), {});
  pia::Request post = request("/batch", "POST");
  post.params.emplace_back("names", "架空電算\r\n\r\n 架空設計 \r\n");
  const Response page = site.answer(post);
  CHECK(page.status == 200);
  CHECK(page.body.find("架空電算") != std::string::npos);
  CHECK(page.body.find("2</span> 件中") != std::string::npos);
  const std::string csv = body(site.answer(request("/api/v1/batch?format=csv&names=a%0Ab")));
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 3);
}

TEST_CASE("only the batch page takes a POST") {
  pia::Site site(backend_with(0), {});
  CHECK(site.answer(request("/search", "POST")).status == 405);
}

TEST_CASE("metrics count by route, not by path") {
  pia::Site site(backend_with(1), {});
  site.answer(request("/assessments/one"));
  site.answer(request("/assessments/two"));
  const Response metrics = site.answer(request("/metrics"));
  CHECK(metrics.body.find("pia_requests_total{route=\"/assessments/{id}\",status=\"404\"} 2") !=
        std::string::npos);
  CHECK(metrics.body.find("one") == std::string::npos);
}

TEST_CASE("the description of the API lists every address of it") {
  const pia::Asset* asset = pia::find_asset("openapi.json");
  REQUIRE(asset != nullptr);
  const auto json = nlohmann::json::parse(asset->content);
  CHECK(json["openapi"] == "3.1.0");
  for (const pia::Route& route : pia::routes()) {
    const std::string pattern = route.pattern;
    if (pattern.rfind("/api/", 0) != 0 && pattern != "/feed.atom" && pattern != "/healthz" &&
        pattern != "/metrics")
      continue;
    CAPTURE(pattern);
    CHECK(json["paths"].contains(pattern));
  }
}
