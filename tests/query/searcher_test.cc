#include "query/searcher.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "query/result_format.h"
#include "support/test_index.h"

namespace pia {
namespace {

const char* const kHarbor =
    R"({"id":"harbor", "title":"住民基本台帳に関する事務", "kind":"全項目", "published_on":"2025-04-01",
  "body":{"printed":"想像県港市長","municipality":"港市","prefecture":"想像県","code":"990011"},
  "process":{"name":"住民基本台帳に関する事務","category":"住民基本台帳"}, "incidents":{"occurred":true},
  "files":[{"name":"住民ファイル","contracts":{"rows":[
    {"no":1,"title":"窓口業務委託","staff":"10人以上50人未満","subcontract":{"used":false},
     "contractors":[{"printed":"アルファ　株式会社　北支店","name":"アルファ株式会社","branch":"北支店"}],"where":{"lines":[10,20]}},
    {"no":2,"title":"システム保守","description":"サーバーの保守","staff":"100人以上500人未満","subcontract":{"used":true},
     "contractors":[{"printed":"株式会社ベータ","name":"株式会社ベータ"}],"where":{"lines":[30,40]}}]}}],
  "revisions":[{"date":"2024-03-26","item":"Ⅱ-4 委託事項2 ③委託先名","before":"ガンマ株式会社","after":"株式会社ベータ","where":{"lines":[80,80]}},
               {"date":"2024-03-26","item":"Ⅲ-7 重大事故","before":"発生なし","after":"発生あり","where":{"lines":[81,81]}}],
  "organisations":[{"name":"ガンマ株式会社","printed":"ガンマ株式会社","role":"former contractor"}],
  "passages":[
    {"item":"表紙 評価実施機関名","text":"想像県港市長","where":{"lines":[1,1]}},
    {"item":"Ⅱ-4 委託事項1 ③委託先名","text":"アルファ　株式会社　北支店","where":{"lines":[12,12]}},
    {"item":"Ⅱ-6 ①保管場所","text":"静脈認\n証で入室するサーバー室に保管する。鍵は施錠管理する。<b>注意</b>","where":{"lines":[50,51]}},
    {"item":"Ⅲ-7 重大事故","text":"個人番号カードの申請書を紛失した。令和６年４月８日に発覚した。","where":{"lines":[60,61]}},
    {"item":"Ⅱ-4 委託事項1 ④再委託の有無","text":"再委託しない","where":{"lines":[15,15]}},
    {"item":"変更箇所 2","text":"Ⅲ-7 重大事故 発生なし 発生あり","where":{"lines":[81,81]}},
    {"item":"変更箇所 1","text":"ガンマ株式会社 株式会社ベータ","where":{"lines":[80,80]}}]})";
const char* const kHill =
    R"({"id":"hill", "title":"児童手当の支給に関する事務", "kind":"重点項目", "published_on":"2024-05",
  "body":{"printed":"夢県丘町長","municipality":"丘町","prefecture":"夢県","code":"990021"},
  "process":{"name":"児童手当の支給","category":"児童手当"}, "incidents":{"occurred":false},
  "files":[{"name":"児童ファイル","contracts":{"rows":[
    {"no":1,"title":"データ入力業務","staff":"10人未満","subcontract":{"used":true},
     "contractors":[{"printed":"アルファ株式会社","name":"アルファ株式会社"}],"where":{"lines":[5,9]}}]}}],
  "passages":[{"item":"Ⅱ-6 ①保管場所","text":"東京都内のデータセンターで保管する。","where":{"lines":[20,20]}},
              {"item":"Ⅰ-1 ②事務の内容","text":"京都の国民健康保険団体と連携する。","where":{"lines":[3,3]}}]})";
const char* const kLake =
    R"({"id":"lake", "title":"介護保険に関する事務", "kind":"基礎項目", "published_on":"2023-10-01",
  "body":{"printed":"夢県湖市長","municipality":"湖市","prefecture":"夢県","code":"990022"},
  "process":{"name":"介護保険","category":"介護保険"}, "staff":{"count":"500人以上"},
  "organisations":[{"name":"アルファ株式会社","printed":"アルファ株式会社","role":"contractor by history"}],
  "passages":[{"item":"Ⅰ-1 ①事務の名称","text":"介護保険に関する東京都との事務","where":{"lines":[2,2]}}]})";

const Searcher& searcher() {
  static const TestIndex files({kHarbor, kHill, kLake});
  static const auto opened = Searcher::open(files.dir());
  REQUIRE(opened);
  return *opened;
}

SearchResult ask(std::string text, View view = View::Assessments) {
  SearchRequest request;
  request.text = std::move(text);
  request.view = view;
  const auto result = searcher().search(request);
  if (!result) FAIL(result.error().reason);
  return *result;
}

// Hits in their order: "harbor hill", rows as "harbor#2".
std::string order(const SearchResult& result) {
  std::string out;
  for (const Hit& hit : result.hits) {
    out += (out.empty() ? "" : " ") + hit.id;
    if (result.view == View::Contracts) out += "#" + std::to_string(hit.contract_no);
    if (result.view == View::Revisions) out += "#" + std::to_string(hit.revision_no);
  }
  return out;
}

std::string sorted(const SearchResult& result) {
  std::vector<std::string> ids;
  for (const Hit& hit : result.hits) ids.push_back(hit.id);
  std::ranges::sort(ids);
  std::string out;
  for (const std::string& id : ids) out += (out.empty() ? "" : " ") + id;
  return out;
}

}  // namespace

TEST_CASE("fields, words and phrases find what they mean") {
  struct Row {
    const char* query;
    const char* ids;
  };
  const Row rows[] = {
      {"", "harbor hill lake"},
      {"委託先:アルファ", "harbor hill"},
      {"委託先:㈱アルファ", "harbor hill"},
      {"委託先:北支店", "harbor"},
      {"委託先:アルファ 再委託:しない", "harbor"},
      {"委託先:アルファ 取扱者数:>=100", ""},  // 100 people work for ベータ, not for アルファ
      {"委託先:ベータ 取扱者数:>=100", "harbor"},
      {"委託先:アルファ -再委託:する", "harbor"},
      {"-委託先:アルファ", "lake"},
      {"委託先:*", "harbor hill"},
      {"委託先:ガンマ", ""},
      {"旧委託先:ガンマ", "harbor"},
      {"ガンマ", "harbor"},
      {"取扱者数:>=500", "lake"},  // 様式2 states it for the whole assessment
      {"重大事故:あり", "harbor"},
      {"都道府県:夢", "hill lake"},
      {"自治体:港市", "harbor"},
      {"種類:-基礎項目", "harbor hill"},
      {"公表日:2024..", "harbor hill"},
      {"公表日:..令和5年", "lake"},
      {"変更:ガンマ", "harbor"},
      {"\"静脈認証\"", "harbor"},
      {"「サーバー室に保管」", "harbor"},
      {"\"ｻｰﾊﾞｰ室\"", "harbor"},
      {"サーバ", "harbor"},
      {"\"サーバー室に保管 鍵\"", ""},
      {"項目:保管場所 データセンター", "hill"},
      {"項目:事務の名称 データセンター", ""},
      {"2024年4月8日", "harbor"},
      {"R6.4.8", "harbor"},
      {"マイナンバーカード", "harbor"},
      {"国保 団体", "hill"},
      {"申請書をなくした", "harbor"},
      {"いつ紛失されたか", "harbor"},
      {"ランサムウェア", ""},
      {"静脈* OR 介護*", "harbor lake"},
      {"脈認*", ""},
      {"夢県", "hill lake"},  // known of the assessment, not in its text
  };
  for (const Row& row : rows) {
    CAPTURE(row.query);
    CHECK(sorted(ask(row.query)) == row.ids);
  }
}

TEST_CASE("a word comes before a mere string of characters: 京都 before 東京都") {
  CHECK(order(ask("京都")) == "hill lake");
}

TEST_CASE("without synonyms only what was typed is found") {
  SearchRequest request;
  request.text = "マイナンバーカード";
  const auto with = searcher().search(request);
  REQUIRE(with);
  REQUIRE(with->expanded.size() == 1);
  CHECK(with->expanded[0].written == "マイナンバーカード");
  CHECK_FALSE(with->expanded[0].also.empty());
  request.raw = true;
  CHECK(searcher().search(request)->total == 0);
  CHECK(ask("\"マイナンバーカード\"").total == 0);
}

TEST_CASE("views of rows answer with rows") {
  CHECK(order(ask("委託先:アルファ", View::Contracts)).size() ==
        std::string("harbor#1 hill#1").size());
  CHECK(order(ask("保守", View::Contracts)) == "harbor#2");
  CHECK(order(ask("港市 保守", View::Contracts)) == "harbor#2");
  CHECK(order(ask("-委託先:アルファ", View::Contracts)) == "harbor#2");
  CHECK(order(ask("発生あり", View::Revisions)).find("harbor#2") != std::string::npos);
  CHECK(order(ask("変更:ガンマ", View::Revisions)) == "harbor#1");
}

TEST_CASE("the change history alone is told beside 委託先:, not counted") {
  const auto result = ask("委託先:アルファ");
  CHECK(result.total == 2);
  REQUIRE(result.notices.size() == 1);
  CHECK(result.notices[0] == "このほか、変更履歴からのみ読み取れる評価書 1 件");
  CHECK(result.can_answer == 2);  // 基礎項目評価書 name no contractor
  CHECK(ask("").can_answer == 3);
}

TEST_CASE("passages show the proof, whole words marked and HTML made harmless") {
  const auto field = ask("委託先:アルファ 再委託:しない");
  REQUIRE(field.hits.size() == 1);
  REQUIRE_FALSE(field.hits[0].passages.empty());
  const PassageHit& proof = field.hits[0].passages[0];
  CHECK(proof.item == "委託事項1");
  CHECK_THAT(proof.html, Catch::Contains("<mark>アルファ</mark>"));
  CHECK_THAT(proof.html, Catch::Contains("<mark>再委託しない</mark>"));
  CHECK(proof.where_json == R"({"lines":[10,20]})");

  const auto broken = ask("静脈認証 施錠管理");
  REQUIRE(broken.hits.size() == 1);
  CHECK(broken.hits[0].passages[0].html ==
        "<mark>静脈認証</mark>で入室するサーバー室に保管する。鍵は<mark>施錠管理</"
        "mark>する。&lt;b&gt;注意&lt;/b&gt;");
  CHECK(broken.hits[0].passages[0].item == "Ⅱ-6 ①保管場所");
}

TEST_CASE(
    "a name is marked whole however words are cut, and the next contract's name proves nothing") {
  const TestIndex files(
      {R"({"id":"bay", "title":"介護保険", "kind":"重点項目", "files":[{"name":"介護ファイル",
    "contracts":{"rows":[{"no":1,"title":"印刷業務","contractors":[{"printed":"㈱ほしぞら計算","name":"株式会社ほしぞら計算"}],"where":{"lines":[1,9]}},
                         {"no":2,"title":"配送業務","contractors":[{"printed":"いろは財団","name":"いろは財団"}],"where":{"lines":[10,19]}}]}}],
    "passages":[{"item":"Ⅱ-4 委託事項1 ③委託先名","text":"③委託先名 ㈱ほしぞら計算"},
                {"item":"Ⅱ-4 委託事項2 ③委託先名","text":"③委託先名 いろは財団"}]})"});
  const auto opened = Searcher::open(files.dir());
  REQUIRE(opened);
  for (const char* text : {"委託先:ほしぞら", "ほしぞら"}) {
    CAPTURE(text);
    SearchRequest request;
    request.text = text;
    const auto result = opened->search(request);
    REQUIRE(result);
    REQUIRE(result->hits.size() == 1);
    REQUIRE_FALSE(result->hits[0].passages.empty());
    for (const PassageHit& passage : result->hits[0].passages) {
      CHECK_THAT(passage.html, Catch::Contains("<mark>ほしぞら</mark>"));
    }
  }
}

TEST_CASE("a question about a change is answered by its row in the right direction") {
  const auto result = ask("重大事故 発生なし から 発生あり に変更");
  REQUIRE(result.hits.size() == 1);
  CHECK(result.hits[0].passages[0].history);
  CHECK(result.hits[0].passages[0].where_json == R"({"lines":[81,81]})");
}

TEST_CASE("what free words name is offered as filters and not applied") {
  const auto result = ask("港市 アルファ 再委託");
  CHECK(sorted(result) == "harbor");
  std::vector<std::string> queries;
  for (const Recognised& recognised : result.recognised) queries.push_back(recognised.query);
  CHECK(queries == std::vector<std::string>{"アルファ 再委託 自治体:港市",
                                            "港市 再委託 委託先:アルファ株式会社"});
  const auto sentence = ask("夢県の介護保険の事務");
  REQUIRE(sentence.recognised.size() == 2);
  CHECK(sentence.recognised[0].query == "介護保険の事務 都道府県:夢県");
}

TEST_CASE("facets are counted without their own filter and say what is chosen") {
  SearchRequest request;
  request.filters["prefecture"] = {"夢県"};
  request.filters["kind"] = {"-基礎項目"};
  request.facets = {"prefecture", "kind", "municipality"};
  const auto result = searcher().search(request);
  REQUIRE(result);
  CHECK(result->total == 1);
  const auto text = [&](std::size_t i) {
    std::string out;
    for (const FacetValue& value : result->facets[i].values) {
      out += value.value +
             (value.selected   ? "*"
              : value.excluded ? "-"
                               : "") +
             std::to_string(value.count) + " ";
    }
    return out;
  };
  CHECK(text(0) == "夢県*1 想像県1 ");
  CHECK(text(1) == "基礎項目-1 重点項目1 ");
  REQUIRE(result->facets[2].values.size() == 1);
  CHECK(result->facets[2].values[0].parent == "夢県");
  const auto long_list = searcher().facet(request, "contractor", "あるふぁ", 10);
  REQUIRE(long_list);
  REQUIRE(long_list->values.size() == 1);
  CHECK(long_list->values[0].value == "アルファ株式会社");
}

TEST_CASE("nothing found: what was meant, and what to drop") {
  const auto wrong = ask("静脈認承");
  CHECK(wrong.total == 0);
  CHECK(wrong.without_hits == std::vector<std::string>{"静脈認承"});
  CHECK(ask("児童手宛").suggestion == "児童手当");
  CHECK(ask("港市 児童手宛").suggestion == "港市 児童手当");
  const auto together = ask("静脈認証 介護保険");
  CHECK(together.total == 0);
  REQUIRE_FALSE(together.notices.empty());
  CHECK_THAT(together.notices.back(), Catch::Contains("「介護保険」を外すと 1 件"));
  CHECK(ask("かいごほけん").suggestion == "介護保険");
  CHECK(ask("入退出管理 静脈認証").without_hits == std::vector<std::string>{"入退出管理"});
}

TEST_CASE("mistakes in a request are errors") {
  SearchRequest request;
  request.text = "(a";
  CHECK(searcher().search(request).error().code == ErrorCode::MalformedQuery);
  request.text = "";
  request.filters["colour"] = {"red"};
  CHECK(searcher().search(request).error().code == ErrorCode::Usage);
  request.filters.clear();
  request.facets = {"colour"};
  CHECK(searcher().search(request).error().code == ErrorCode::Usage);
  request.facets.clear();
  request.from = "先月";
  CHECK(searcher().search(request).error().code == ErrorCode::MalformedQuery);
  CHECK(searcher().facet({}, "colour", "", 5).error().code == ErrorCode::NotFound);
  CHECK(Searcher::open("/nonexistent").error().code == ErrorCode::IndexMissing);
}

TEST_CASE("what nobody else wrote comes first when sorted by rarity") {
  const auto record = [](std::string id, std::string city, std::string text) {
    return R"({"id":")" + id + R"(", "kind":"全項目", "body":{"printed":")" + city +
           R"(長","municipality":")" + city + R"("}, "passages":[{"item":"Ⅱ-6","text":")" + text +
           R"("}]})";
  };
  const std::string common = "サーバー室は施錠し、入退室を記録簿で管理している。";
  const TestIndex files(
      {record("a", "甲市", common), record("b", "乙市", common), record("c", "丙市", common),
       record("d", "丁市", "サーバー室は地下倉庫の奥にあり、番犬が見張りを続けている。")});
  const auto opened = Searcher::open(files.dir());
  REQUIRE(opened);
  SearchRequest request;
  request.text = "サーバー室";
  request.sort = Sort::Rarity;
  const auto result = opened->search(request);
  REQUIRE(result);
  REQUIRE(result->total == 4);
  CHECK(result->hits[0].id == "d");
  CHECK(result->hits[0].score > result->hits[1].score);
}

TEST_CASE("pages follow each other without gaps or repeats") {
  SearchRequest request;
  request.limit = 1;
  std::string all;
  for (request.offset = 0; request.offset < 4; ++request.offset)
    all += order(*searcher().search(request)) + ",";
  CHECK(all.size() == std::string("harbor,hill,lake,,").size());
  request.limit = 0;
  CHECK(searcher().search(request)->hits.empty());
  CHECK(searcher().search(request)->total == 3);
}

}  // namespace pia
