#include "indexer/document_builder.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace pia;
using schema::Field;
using schema::Zone;

namespace {

const Tokenizer& tokenizer() {
  static const Tokenizer kTokenizer = Tokenizer::open().value();
  return kTokenizer;
}

BuiltAssessment build(const char* json) {
  return DocumentBuilder(tokenizer()).build(nlohmann::ordered_json::parse(json));
}

std::uint32_t wdf(const BuiltDocument& document, Zone zone, const char* word) {
  const auto found = document.terms.find(schema::word_term(zone, word));
  return found == document.terms.end() ? 0 : found->second;
}

std::vector<std::string> values(const BuiltDocument& document, Field field) {
  std::vector<std::string> out;
  for (const auto& [f, text] : document.values) {
    if (f == field) out.push_back(text);
  }
  return out;
}

using Strings = std::vector<std::string>;

}  // namespace

TEST_CASE("words of the change history are apart from those of the present form") {
  const auto built = build(R"({"id":"a","passages":[
    {"item":"Ⅱ-4 委託事項1 ①委託内容","text":"窓口の業務。窓口の案内"},
    {"item":"変更箇所 3 変更前","text":"倉庫の業務"}]})");
  CHECK(wdf(built.assessment, Zone::Body, "窓口") == 2);
  CHECK(wdf(built.assessment, Zone::History, "窓口") == 0);
  CHECK(wdf(built.assessment, Zone::Body, "倉庫") == 0);
  CHECK(wdf(built.assessment, Zone::History, "倉庫") == 1);
  CHECK(wdf(built.assessment, Zone::Item, "委託") >= 1);
  REQUIRE(built.assessment.units.size() == 2);
  CHECK_FALSE(built.assessment.units[0].history);
  CHECK(built.assessment.units[1].history);
}

TEST_CASE("particles and auxiliaries are no terms") {
  const auto built = build(R"({"passages":[{"item":"Ⅰ","text":"庁舎の窓口で受け付けた"}]})");
  CHECK(wdf(built.assessment, Zone::Body, "窓口") == 1);
  CHECK(wdf(built.assessment, Zone::Body, "の") == 0);
  CHECK(wdf(built.assessment, Zone::Body, "た") == 0);
}

TEST_CASE("a unit's text is folded for literal search: no white space, no line ends") {
  const auto built = build(R"({"passages":[{"item":"Ⅰ","text":"シス\nテム　連携"}]})");
  CHECK(built.assessment.units.at(0).folded == "システム連携");
}

TEST_CASE("each 委託事項 and each change row is a document with its own values") {
  const auto built = build(R"({"published_on":"2025-07-31","title":"介護保険","files":[
    {"name":"台帳","contracts":{"rows":[
      {"no":1,"title":"封入","staff":"10人未満","contractors":[{"printed":"㈱甲","name":"株式会社甲"}],
       "subcontract":{"used":true}},
      {"no":2,"title":"保守","contractors":[],"subcontract":{"used":null}}]}},
    {"name":"名簿","contracts":{"rows":[{"no":1,"title":"印刷","subcontract":{"used":false}}]}}],
    "revisions":[{"date":"2023-03","item":"Ⅰ-1","before":"旧","after":"新","timing":"事前"}]})");
  REQUIRE(built.contracts.size() == 3);
  CHECK(values(built.contracts[0], Field::Contractor) == Strings{"株式会社甲"});
  CHECK(values(built.contracts[0], Field::Subcontract) == Strings{"再委託する"});
  CHECK(values(built.contracts[1], Field::Subcontract).empty());
  CHECK(values(built.contracts[2], Field::File) == Strings{"名簿"});
  CHECK(built.contracts[2].row == 3);
  CHECK(built.contracts[2].date == 20250731);
  CHECK(wdf(built.contracts[0], Zone::Title, "介護保険") +
            wdf(built.contracts[0], Zone::Title, "介護") >
        0);
  CHECK(values(built.assessment, Field::Subcontract) == Strings{"再委託する", "再委託しない"});
  REQUIRE(built.revisions.size() == 1);
  CHECK(built.revisions[0].date == 20230300);
  CHECK(values(built.revisions[0], Field::Timing) == Strings{"事前"});
}

TEST_CASE("what is null or missing has no value") {
  const auto built = build(R"({"id":"a","kind":null,"incidents":{"occurred":null},"body":null,
    "files":[{"name":null,"contracts":{"rows":[{"no":1,"title":null,"contractors":[]}]}}]})");
  CHECK(values(built.assessment, Field::Kind).empty());
  CHECK(values(built.assessment, Field::Incident).empty());
  CHECK(values(built.assessment, Field::Form).empty());
  CHECK(values(built.contracts.at(0), Field::Contract).empty());
  CHECK(built.assessment.date == 0);
}

TEST_CASE("the record is kept whole around the value of sources") {
  for (const char* text : {R"({"id":"a","sources":[1],"kind":"全項目"})", R"({"sources":[]})",
                           R"({"id":"a","sources":[]})", R"({"sources":[],"kind":null})"}) {
    CAPTURE(text);
    const auto built = build(text);
    auto whole = nlohmann::ordered_json::parse(built.record_before + "[7]" + built.record_after);
    CHECK(whole["sources"][0] == 7);
    auto expected = nlohmann::ordered_json::parse(text);
    expected["sources"] = {7};
    CHECK(whole == expected);
  }
}

TEST_CASE("dates become numbers as precise as they are written") {
  struct Row {
    const char* iso;
    std::int32_t number;
  };
  for (const Row& row :
       {Row{"2025-07-31", 20250731}, Row{"2024-04", 20240400}, Row{"2024", 20240000}, Row{"", 0},
        Row{"令和6年", 0}, Row{"2024-01-02-03", 0}}) {
    CAPTURE(row.iso);
    CHECK(date_number(row.iso) == row.number);
  }
}

TEST_CASE("field values are NFKC with single spaces") {
  CHECK(field_text(" ＡＢＣ　 株式会社\n北 ") == "ABC 株式会社 北");
  CHECK(field_text("　").empty());
}
