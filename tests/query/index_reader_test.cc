#include "query/index_reader.h"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "dicts/normalizer.h"
#include "support/test_index.h"

using namespace pia;

namespace {

std::shared_ptr<const Snapshot> open(const TestIndex& index) {
  auto reader = IndexReader::open(index.dir());
  if (!reader) FAIL(reader.error().reason);
  return reader->snapshot();
}

// Ids of a set of assessments, sorted.
std::vector<std::string> ids(const Snapshot& index, const DocSet& docs) {
  std::vector<std::string> out;
  const Column& column = *index.column(Table::Assessments, Field::Id);
  docs.for_each([&](DocId doc) { out.emplace_back(column.value(column.values_of(doc)[0]).text); });
  std::ranges::sort(out);
  return out;
}

using Ids = std::vector<std::string>;

const char* const kTown = R"({"id":"town-2024", "series":"town", "title":"児童手当に関する事務",
  "kind":"全項目", "number":"12", "published_on":"2024-04-01",
  "body":{"printed":"架空市長","municipality":"架空市","prefecture":"想像県","code":"990001"},
  "process":{"name":"児童手当の支給","category":"児童手当"},
  "incidents":{"occurred":true},
  "files":[{"name":"児童手当ファイル","contracts":{"used":true,"count":2,"rows":[
    {"no":1,"title":"窓口業務","staff":"10人以上50人未満","subcontract":{"used":false},
     "contractors":[{"printed":"㈱仮設計算　北支社","name":"株式会社仮設計算","branch":"北支社"}]},
    {"no":2,"title":"システム保守","staff":"10人未満","subcontract":{"used":true},
     "contractors":[{"printed":"空想電気株式会社","name":"空想電気株式会社","branch":null},
                    {"printed":"株式会社仮設計算","name":"株式会社仮設計算","branch":null}]}]}}],
  "organisations":[{"name":"旧名産業株式会社","printed":"旧名産業株式会社","role":"former contractor"}],
  "revisions":[{"date":"2023-03-27","item":"Ⅱ-4","before":"旧名産業株式会社","after":"空想電気株式会社","timing":"事後"}],
  "passages":[{"item":"Ⅱ-6 ②保管場所","text":"静脈認\n証で入室する部屋","where":{"lines":[3,4]}},
              {"item":"変更箇所 1 変更前","text":"旧名産業株式会社","where":{"lines":[9,9]}}]})";
const char* const kTownBefore = R"({"id":"town-2023", "series":"town", "published_on":"2023-04",
  "body":{"municipality":"架空市","prefecture":"想像県"},
  "passages":[{"item":"Ⅱ-6 ②保管場所","text":"鍵で施錠する部屋"}]})";
const char* const kVillage = R"({"id":"village", "kind":"基礎項目",
  "body":{"municipality":"幻村","prefecture":"想像県"},
  "passages":[{"item":"Ⅰ-1","text":"入室"},{"item":"Ⅰ-2","text":"する部屋"}]})";

}  // namespace

TEST_CASE("the newest publication of a series is searched unless all are asked for") {
  const TestIndex files({kTown, kTownBefore, kVillage});
  const auto index = open(files);
  CHECK(index->size(Table::Assessments) == 3);
  CHECK(ids(*index, index->scope(Table::Assessments, Versions::Latest)) ==
        Ids{"town-2024", "village"});
  CHECK(index->scope(Table::Assessments, Versions::All).count() == 3);
  const DocId town = *index->find("town-2023");
  CHECK_FALSE(index->latest(town));
  CHECK(index->version_count(town) == 2);
  CHECK(index->versions(town) == std::vector<DocId>{*index->find("town-2024"), town});
}

TEST_CASE("columns give posting lists, values and counts, and rows inherit their assessment's") {
  const TestIndex files({kTown, kVillage});
  const auto index = open(files);
  const Column& prefecture = *index->column(Table::Assessments, Field::Prefecture);
  const auto all = index->scope(Table::Assessments, Versions::Latest);
  REQUIRE(prefecture.distinct() == 1);
  CHECK(prefecture.count(all) == std::vector<std::uint32_t>{2});

  const Column& contractor = *index->column(Table::Assessments, Field::Contractor);
  CHECK(contractor.containing(fold_literal_text("仮設")).size() == 1);
  CHECK(contractor.value(*contractor.find("株式会社仮設計算")).reading != "");
  CHECK(index->column(Table::Contracts, Field::Timing) == nullptr);

  const Column& inherited = *index->column(Table::Contracts, Field::Municipality);
  const DocSet rows = inherited.docs_with(*inherited.find("架空市"));
  CHECK(rows.count() == 2);
  CHECK(index->to_assessments(Table::Contracts, rows).count() == 1);
  CHECK(inherited.count(rows)[*inherited.find("架空市")] == 2);
}

TEST_CASE("fields of a 委託事項 hold within one row") {
  const TestIndex files({kTown});
  const auto index = open(files);
  const auto with = [&](Field field, const char* value) {
    const Column& column = *index->column(Table::Contracts, field);
    return column.docs_with(*column.find(value));
  };
  const DocSet computing = with(Field::Contractor, "株式会社仮設計算");
  const DocSet electric = with(Field::Contractor, "空想電気株式会社");
  CHECK(computing.count() == 2);
  CHECK((electric & with(Field::Subcontract, schema::kSubcontracts)).count() == 1);
  CHECK((electric & with(Field::Subcontract, schema::kSubcontractsNot)).empty());
  CHECK((electric & with(Field::Staff, "10人以上50人未満")).empty());
}

TEST_CASE("words are found by zone, with their counts") {
  const TestIndex files({kTown, kVillage});
  const auto index = open(files);
  CHECK(index->postings(Table::Assessments, Zone::Body, "部屋")->size() == 2);
  CHECK(index->postings(Table::Assessments, Zone::Body, "産業")->empty());
  CHECK(index->postings(Table::Assessments, Zone::History, "産業")->size() == 1);
  CHECK(index->docs_with_word(Table::Assessments, "産業")->count() == 1);
  CHECK(index->docs_with_word(Table::Revisions, "産業")->count() == 1);
  std::vector<float> scores(index->size(Table::Assessments));
  REQUIRE(index->add_scores(Table::Assessments, Zone::Title, "手当", 1.0, nullptr, scores));
  CHECK(scores[*index->find("town-2024")] > 0);
  CHECK(scores[*index->find("village")] == 0);
  CHECK_FALSE(index->vocabulary().empty());
}

TEST_CASE("records come back as they were given, with their sources") {
  const TestIndex files({kTown});
  const auto index = open(files);
  const DocId town = *index->find("town-2024");
  auto record = nlohmann::ordered_json::parse(*index->record(town));
  auto given = nlohmann::ordered_json::parse(kTown);
  CHECK(record["sources"][0]["path"] == "test/town-2024.txt");
  record.erase("sources");
  record.erase("schema");
  CHECK(record == given);
  CHECK(nlohmann::json::parse(*index->card(Table::Contracts, 1))["title"] == "システム保守");
  CHECK(nlohmann::json::parse(*index->card(Table::Assessments, town))["incident"] == true);
  const auto passage = index->passage(town, 0);
  CHECK(passage->item == "Ⅱ-6 ②保管場所");
  CHECK(passage->where_json == R"({"lines":[3,4]})");
  CHECK(index->passage(town, 2).error().code == ErrorCode::NotFound);
}

TEST_CASE("published_between takes what lies in the range for certain") {
  const TestIndex files({kTown, kTownBefore, kVillage});
  const auto index = open(files);
  struct Row {
    std::int32_t from, to;
    Ids expected;
  };
  const Row rows[] = {{20240000, 20240000, {"town-2024"}},
                      {20230400, 20230400, {"town-2023"}},
                      {20230415, 0, {"town-2024"}},  // 2023-04 may be before the 15th
                      {0, 20239999, {"town-2023"}},
                      {0, 0, {"town-2023", "town-2024"}}};
  for (const auto& row : rows) {
    CAPTURE(row.from, row.to);
    CHECK(ids(*index, index->published_between(Table::Assessments, row.from, row.to)) ==
          row.expected);
  }
}

TEST_CASE("a reader keeps its snapshot and sees the next one after reopen()") {
  TestIndex files({kTown});
  auto reader = IndexReader::open(files.dir());
  const auto old = reader->snapshot();
  for (int i = 0; i < 4; ++i) {
    files.add({R"({"id":"new)" + std::to_string(i) +
               R"(","passages":[{"item":"Ⅰ","text":"新しい語"}]})"});
  }
  CHECK(old->size(Table::Assessments) == 1);
  CHECK(old->postings(Table::Assessments, Zone::Body, "部屋")->size() == 1);
  CHECK(*reader->reopen());
  CHECK_FALSE(*reader->reopen());
  CHECK(reader->snapshot()->scope(Table::Assessments, Versions::All).count() == 5);
}

TEST_CASE("any number of threads may read one snapshot while generations come and go") {
  TestIndex files({kTown, kTownBefore, kVillage});
  auto reader = IndexReader::open(files.dir());
  std::atomic<bool> stop = false;
  std::atomic<int> wrong = 0, rounds = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      while (!stop) {
        const auto index = reader->snapshot();
        const auto postings = index->postings(Table::Assessments, Zone::Body, "部屋");
        wrong += !postings || postings->size() != 3;
        wrong += index->literal(Table::Assessments).find("する部屋").count() != 3;
        const auto town = index->find("town-2024");
        wrong += !town || !index->record(*town) || !index->card(Table::Contracts, 0);
        wrong += !reader->reopen().has_value();
        ++rounds;
      }
    });
  }
  for (int i = 0; i < 5; ++i) {
    files.add(
        {R"({"id":"more)" + std::to_string(i) + R"(","passages":[{"item":"Ⅰ","text":"別"}]})"});
  }
  while (rounds < 100) std::this_thread::yield();
  stop = true;
  for (auto& thread : threads) thread.join();
  CHECK(wrong == 0);
  CHECK(reader->snapshot()->generation() == 6);
}

TEST_CASE("an index that cannot be opened says why") {
  const TestFolder empty;
  CHECK(IndexReader::open(empty.path()).error().code == ErrorCode::IndexMissing);

  const TestIndex files({kVillage});
  const auto generation = files.dir() / "gen-1" / "generation.json";
  SECTION("another version") {
    std::ofstream(generation) << R"({"schema":99,"number":1})";
    const auto error = IndexReader::open(files.dir()).error();
    CHECK(error.code == ErrorCode::IndexVersion);
    CHECK(error.reason.find("99") != std::string::npos);
    CHECK(error.reason.find(std::to_string(schema::kVersion)) != std::string::npos);
  }
  SECTION("a cut file") {
    std::filesystem::resize_file(files.dir() / "seg-1" / "assessments" / "text", 3);
    CHECK(IndexReader::open(files.dir()).error().code == ErrorCode::IndexDamaged);
  }
}
