// The oracle is a linear scan: a document holds a string if one of its passages, folded, contains
// the folded string.

#include "query/literal.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "dicts/normalizer.h"
#include "dicts/utf8.h"
#include "query/index_reader.h"
#include "support/test_index.h"

using namespace pia;

namespace {

struct Corpus {
  std::vector<std::vector<std::string>> passages;  // of each document, as printed
  std::vector<std::vector<std::string>> folded;
};

std::vector<std::string> paragraphs(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    // Ten lines a passage: long enough for strings across line ends.
    std::size_t end = at;
    for (int lines = 0; lines < 10 && end < text.size(); ++lines) {
      end = std::min(text.find('\n', end), text.size() - 1) + 1;
    }
    out.push_back(text.substr(at, end - at));
    at = end;
  }
  return out;
}

// The lines of every text in sample-data, and of the folder of real documents if it is there.
Corpus read_corpus() {
  namespace fs = std::filesystem;
  Corpus corpus;
  std::set<fs::path> files;
  for (const char* dir : {PIA_SOURCE_DIR "/sample-data", PIA_SHARED_DIR "/seeds"}) {
    if (!fs::exists(dir)) {
      WARN("skipped: " << dir << " is not there");
      continue;
    }
    for (const auto& entry : fs::directory_iterator(dir)) {
      if (entry.path().extension() == ".txt") files.insert(entry.path());
    }
  }
  for (const auto& path : files) {
    std::ifstream in(path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    if (utf8::encode(utf8::decode(text)) != text) continue;  // another encoding than UTF-8
    corpus.passages.push_back(paragraphs(text));
  }
  for (const auto& passages : corpus.passages) {
    auto& folded = corpus.folded.emplace_back();
    for (const auto& passage : passages) folded.push_back(fold_literal_text(passage));
  }
  return corpus;
}

std::vector<std::string> records(const Corpus& corpus) {
  std::vector<std::string> out;
  for (std::size_t d = 0; d < corpus.passages.size(); ++d) {
    nlohmann::ordered_json record;
    record["id"] = "d" + std::to_string(d);
    for (const auto& text : corpus.passages[d]) {
      record["passages"].push_back({{"item", "Ⅰ"}, {"text", text}});
    }
    out.push_back(record.dump());
  }
  return out;
}

std::set<DocId> scan(const Corpus& corpus, std::string_view folded) {
  std::set<DocId> out;
  for (DocId d = 0; d < corpus.folded.size(); ++d) {
    for (const auto& passage : corpus.folded[d]) {
      if (passage.find(folded) != std::string::npos) {
        out.insert(d);
        break;
      }
    }
  }
  return out;
}

std::set<DocId> to_set(const DocSet& docs) {
  std::set<DocId> out;
  docs.for_each([&](DocId doc) { out.insert(doc); });
  return out;
}

// One to thirty characters from anywhere in a document, as printed: in mid-word, across line ends.
std::string random_piece(const Corpus& corpus, std::mt19937& random) {
  const auto below = [&](std::size_t n) { return random() % n; };
  const auto& document = corpus.passages[below(corpus.passages.size())];
  const auto text = utf8::decode(document[below(document.size())]);
  const std::size_t size = 1 + below(30);
  if (text.empty()) return {};
  return utf8::encode(text.substr(below(text.size()), size));
}

// The same string as somebody else might write it: other widths, old and variant kanji, radicals,
// dashes and long marks, spaces and line ends inside.
std::string rewritten(const std::string& piece, std::mt19937& random) {
  static const std::map<char32_t, std::u32string> kWritings = {
      {U'国', U"国國"}, {U'号', U"号號"}, {U'学', U"学學"},    {U'関', U"関關"},
      {U'証', U"証證"}, {U'応', U"応應"}, {U'高', U"高髙⾼"},  {U'一', U"一⼀"},
      {U'人', U"人⼈"}, {U'見', U"見⾒"}, {U'ー', U"ー－-―−"}, {U'・', U"・･"}};
  std::u32string out;
  for (char32_t c : utf8::decode(piece)) {
    if (const auto found = kWritings.find(c); found != kWritings.end()) {
      c = found->second[random() % found->second.size()];
    }
    const bool ascii = c > 0x20 && c < 0x7F;
    out += ascii && random() % 2 ? static_cast<char32_t>(c + 0xFEE0) : c;
    if (random() % 5 == 0) out += U"\n 　"[random() % 3];
  }
  return utf8::encode(out);
}

void compare_with_scan(int strings) {
  const Corpus corpus = read_corpus();
  REQUIRE(corpus.passages.size() > 5);
  TestIndex files;
  files.add(records(corpus), {.jobs = 1, .shard = 7});  // several shards, merged
  auto reader = IndexReader::open(files.dir());
  REQUIRE(reader);
  const auto snapshot = reader->snapshot();
  const LiteralIndex& literal = snapshot->literal(Table::Assessments);
  // Documents are numbered by id, not by order.
  std::map<DocId, DocId> number;
  for (DocId d = 0; d < corpus.passages.size(); ++d)
    number[*snapshot->find("d" + std::to_string(d))] = d;

  std::mt19937 random(20251120);
  std::size_t wrong = 0, empty = 0;
  for (int i = 0; i < strings; ++i) {
    const std::string piece = random_piece(corpus, random);
    const std::string folded = fold_literal_text(i % 2 ? rewritten(piece, random) : piece);
    if (folded.empty()) {
      ++empty;
      continue;
    }
    std::set<DocId> found;
    for (const DocId doc : to_set(literal.find(folded))) found.insert(number[doc]);
    const auto expected = scan(corpus, folded);
    if (found == expected && !found.empty() && literal.estimate(folded) >= found.size()) continue;
    if (++wrong < 5) {
      CAPTURE(piece, folded);
      CHECK(found == expected);
      CHECK_FALSE(found.empty());
    }
  }
  CHECK(wrong == 0);
  CHECK(empty < static_cast<std::size_t>(strings) / 4);
}

std::shared_ptr<const Snapshot> open(const TestIndex& index) {
  auto reader = IndexReader::open(index.dir());
  if (!reader) FAIL(reader.error().reason);
  return reader->snapshot();
}

}  // namespace

TEST_CASE("2,000 random strings of all sources are found exactly where a scan finds them") {
  compare_with_scan(2000);
}

TEST_CASE("20,000 random strings of all sources are found exactly where a scan finds them",
          "[.slow]") {
  compare_with_scan(20000);
}

TEST_CASE("strings that are nowhere are not found, though all their pairs are somewhere") {
  const TestIndex files(
      {R"({"id":"a","passages":[{"item":"Ⅰ","text":"住民基本"},{"item":"Ⅱ","text":"本人確認"},
                             {"item":"Ⅲ","text":"基本人"}]})"});
  const auto index = open(files);
  const LiteralIndex& literal = index->literal(Table::Assessments);
  CHECK(literal.find("住民基本").count() == 1);
  CHECK(literal.find("住民基本人確").count() == 0);
  CHECK(literal.estimate("住民基本人確") == 1);
  CHECK(literal.find("基本人").count() == 1);
  CHECK(literal.find("本人確認住").count() == 0);
  CHECK(literal.find("𠮷").count() == 0);
}

TEST_CASE("a phrase never crosses two items") {
  const TestIndex files(
      {R"({"id":"a","passages":[{"item":"Ⅰ-1","text":"入室"},{"item":"Ⅰ-2","text":"管理"}]})"});
  const auto index = open(files);
  CHECK(index->literal(Table::Assessments).find("入室管理").empty());
  CHECK(index->literal(Table::Assessments).find("室管").empty());
  CHECK(index->literal(Table::Assessments).find("管理").count() == 1);
}

TEST_CASE("one character and the empty string are answered too") {
  const TestIndex files(
      {R"({"id":"a","passages":[{"item":"Ⅰ","text":"甲"}]})",
       R"({"id":"b","passages":[{"item":"Ⅰ","text":"乙"},{"item":"Ⅱ","text":""}]})",
       R"({"id":"c"})"});
  const auto index = open(files);
  const LiteralIndex& literal = index->literal(Table::Assessments);
  CHECK(literal.find("甲").count() == 1);
  CHECK(literal.find("丙").count() == 0);
  CHECK(literal.find("").count() == 3);
}

TEST_CASE("the scope narrows to body, history, items, documents and beginnings of words") {
  const TestIndex files(
      {R"({"id":"a","passages":[{"item":"Ⅱ-6 保管場所","text":"西日本電算の倉庫"},
                                {"item":"変更箇所 1 変更前","text":"日本電算、倉庫"}]})",
       R"({"id":"b","passages":[{"item":"Ⅲ-7 バックアップ","text":"倉庫に置く"}]})"});
  const auto index = open(files);
  const LiteralIndex& literal = index->literal(Table::Assessments);
  const DocId a = *index->find("a"), b = *index->find("b");
  using Part = LiteralScope::Part;
  CHECK(literal.find("倉庫").count() == 2);
  CHECK(to_set(literal.find("倉庫", {.part = Part::History})) == std::set{a});
  CHECK(to_set(literal.find("日本電", {.part = Part::Body, .word_begin = true})).empty());
  CHECK(to_set(literal.find("日本電", {.word_begin = true})) == std::set{a});
  const auto items = literal.items_containing(fold_literal_text("バックアップ"));
  CHECK(to_set(literal.find("倉庫", {.items = &items})) == std::set{b});
  DocSet only_a(index->size(Table::Assessments));
  only_a.add(a);
  CHECK(to_set(literal.find("倉庫", {.within = &only_a})) == std::set{a});
}

TEST_CASE("matches tell unit and bytes, and units can be read back") {
  const TestIndex files({R"({"id":"a","passages":[{"item":"Ⅰ-1","text":"無関係"},
    {"item":"Ⅰ-2","text":"認証と生体認証"},{"item":"変更箇所","text":"認証"}]})"});
  const auto index = open(files);
  const LiteralIndex& literal = index->literal(Table::Assessments);
  const auto found = literal.matches(0, "認証");
  REQUIRE(found.size() == 3);
  CHECK(found[0].unit == 1);
  CHECK(found[1].begin == std::string("認証と生体").size());
  CHECK(literal.unit_count(0) == 3);
  for (const auto& match : found) {
    const Unit unit = literal.unit(0, match.unit);
    CHECK(unit.text.substr(match.begin, match.end - match.begin) == "認証");
    CHECK(unit.history == (match.unit == 2));
  }
  CHECK(literal.item(literal.unit(0, 1).item) == "Ⅰ-2");
  CHECK(literal.matches(0, "認証", {}, 1).size() == 1);
}
