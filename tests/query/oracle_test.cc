// The index against the oracle: the same hits and the same facet counts for made-up questions.

#include "support/oracle.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

#include "query/result_format.h"
#include "query/searcher.h"
#include "support/test_index.h"

namespace pia {
namespace {

using Json = nlohmann::ordered_json;

// Small vocabularies, so that made-up questions hit often.
class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  std::string record(int number) {
    const int series = number % 24;  // some assessments have two publications
    Json json = {
        {"id", "a" + std::to_string(number)},
        {"series", "s" + std::to_string(series)},
        {"title", pick(kSubjects) + "に関する事務"},
        {"kind", pick(kKinds)},
        {"published_on", std::to_string(2021 + number / 24) + pick(kDays)},
        {"body", {{"municipality", pick(kCities)}, {"prefecture", pick(kPrefectures)}}},
        {"process", {{"name", pick(kSubjects) + "の支給"}, {"category", pick(kSubjects)}}}};
    if (chance(70)) json["incidents"] = {{"occurred", chance(40)}};
    const bool basic = json["kind"] == "基礎項目";
    if (basic) json["staff"] = {{"count", pick(kStaff)}};
    json["passages"] = Json::array();
    for (int i = 0; i < 5; ++i) {
      json["passages"].push_back(
          {{"item", pick(kItems)}, {"text", sentence()}, {"where", {{"lines", {i + 1, i + 1}}}}});
    }
    Json rows = Json::array();
    for (int i = 0, n = basic ? 0 : static_cast<int>(random_() % 4); i < n; ++i)
      rows.push_back(contract(i + 1));
    json["files"] = {{{"name", "台帳ファイル"}, {"contracts", {{"rows", rows}}}}};
    for (int i = 0, n = static_cast<int>(random_() % 3); i < n; ++i) {
      json["revisions"].push_back({{"date", "2023-04-01"},
                                   {"item", pick(kItems)},
                                   {"before", sentence()},
                                   {"after", sentence()}});
    }
    return json.dump();
  }

  std::string query() {
    std::string text = part();
    for (int i = 0, n = static_cast<int>(random_() % 3); i < n; ++i)
      text += (chance(25) ? " OR " : " ") + part();
    return text;
  }

  SearchRequest request() {
    SearchRequest request;
    request.text = chance(85) ? query() : "";
    request.unlimited = true;
    request.view = chance(60) ? View::Assessments : chance(50) ? View::Contracts : View::Revisions;
    request.versions = chance(70) ? Versions::Latest : Versions::All;
    if (chance(30)) request.filters["contractor"] = values(kCompanies);
    if (chance(20)) request.filters["subcontract"] = {chance(50) ? "再委託する" : "-再委託する"};
    if (chance(20)) request.filters["staff"] = values(kStaff);
    if (chance(20)) request.filters["prefecture"] = values(kPrefectures);
    if (chance(10)) request.filters["kind"] = values(kKinds);
    return request;
  }

 private:
  using List = std::vector<std::string>;
  inline static const List kSubjects = {"児童手当", "介護保険", "住民基本台帳", "予防接種"};
  inline static const List kKinds = {"基礎項目", "重点項目", "全項目"};
  inline static const List kCities = {"青海市", "緑丘町", "白浜村", "東都市"};
  inline static const List kPrefectures = {"青県", "赤県"};
  inline static const List kDays = {"-04-01", "-07-31", "-12"};
  inline static const List kStaff = {"10人未満", "10人以上50人未満", "100人以上500人未満"};
  inline static const List kCompanies = {"株式会社架空電算", "空想電気株式会社",
                                         "まぼろし計算センター株式会社"};
  inline static const List kItems = {"Ⅱ-6 ①保管場所", "Ⅲ-7 ⑤物理的対策", "変更箇所 3 変更後",
                                     "Ⅰ-2 システム1"};
  inline static const List kWords = {
      "サーバ室",         "静脈認証", "入退室管理", "書類を廃棄する", "データセンター",
      "個人情報の漏えい", "東都",     "都市",       "クラウド",       "令和6年4月8日"};

  bool chance(unsigned percent) { return random_() % 100 < percent; }
  const std::string& pick(const List& list) { return list[random_() % list.size()]; }
  List values(const List& list) {
    List out = {(chance(20) ? "-" : "") + pick(list)};
    if (chance(30)) out.push_back(pick(list));
    return out;
  }
  std::string sentence() { return pick(kWords) + "により、" + pick(kWords) + "を行う。"; }

  Json contract(int no) {
    Json row = {{"no", no},
                {"title", pick(kSubjects) + "システム保守"},
                {"description", sentence()},
                {"staff", pick(kStaff)},
                {"contractors", Json::array()}};
    if (chance(80)) row["subcontract"] = {{"used", chance(50)}};
    for (int i = 0, n = static_cast<int>(random_() % 3); i < n; ++i) {
      const std::string name = pick(kCompanies);
      row["contractors"].push_back(
          {{"printed", name + (chance(30) ? " 北支店" : "")}, {"name", name}});
    }
    return row;
  }

  std::string part() {
    switch (random_() % 18) {
      case 0:
        return "委託先:" + pick({"架空", "空想電気", "まぼろし計算", "北支店"});
      case 1:
        return chance(50) ? "再委託:する" : "再委託:しない";
      case 2:
        return "取扱者数:" + pick({">=100", "10人未満", "30"});
      case 3:
        return "委託事項:" + pick(kSubjects);
      case 4:
        return "-" + part();
      case 5:
        return "(" + part() + " OR " + part() + ")";
      case 6:
        return "(" + part() + " " + part() + ")";
      case 7:
        return "都道府県:" + pick(kPrefectures);
      case 8:
        return chance(50) ? "重大事故:あり" : "種類:重点項目";
      case 9:
        return "公表日:" + pick({"2021", "2022..", "..2021-07"});
      case 10:
        return "項目:" + pick({"保管場所", "対策", "システム"});
      case 11:
        return "\"" + pick({"静脈認証", "により、", "書類", "を行う。", "セン"}) + "\"";
      case 12:
        return "変更:" + pick(kWords);
      case 13:
        return "委託先:(" + pick({"架空", "空想"}) + " OR まぼろし)";
      case 14:
        return "分野:" + pick(kSubjects);
      default:
        return pick(kWords);
    }
  }

  std::mt19937 random_;
};

OracleHits hits_of(const SearchResult& result) {
  OracleHits out;
  for (const Hit& hit : result.hits) {
    out.push_back(hit.id);
    if (result.view == View::Contracts) out.back() += "#" + std::to_string(hit.contract_no);
    if (result.view == View::Revisions) out.back() += "#" + std::to_string(hit.revision_no);
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace

TEST_CASE("the index answers made-up questions as a linear scan does, hits and facet counts") {
  const unsigned seed = 20251120;
  Maker maker(seed);
  std::vector<std::string> records;
  for (int i = 0; i < 36; ++i) records.push_back(maker.record(i));
  const TestIndex files(records);
  const auto searcher = Searcher::open(files.dir());
  REQUIRE(searcher);
  const Oracle oracle(searcher->tokenizer(), records);

  std::size_t found = 0;
  for (int i = 0; i < 600; ++i) {
    SearchRequest request = maker.request();
    request.facets = {"prefecture", "contractor", "subcontract", "staff", "kind"};
    request.facet_limit = 1000;
    const auto result = searcher->search(request);
    std::string filters;
    for (const auto& [name, values] : request.filters) {
      for (const std::string& value : values) filters += name + "=" + value + " ";
    }
    CAPTURE(i, request.text, filters, name_of(request.view));
    REQUIRE(result);
    REQUIRE(hits_of(*result) == oracle.search(request));
    REQUIRE(result->total == result->hits.size());
    found += result->total > 0 ? 1 : 0;
    for (const Facet& facet : result->facets) {
      CAPTURE(facet.name);
      std::map<std::string, std::uint32_t> counted;
      for (const FacetValue& value : facet.values) {
        if (value.count > 0) counted[value.value] = value.count;
      }
      REQUIRE(counted == oracle.facet(request, facet.name));
    }
  }
  CHECK(found > 200);
}

}  // namespace pia
