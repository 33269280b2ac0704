#include "indexer/index_writer.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <thread>

#include "indexer/generations.h"
#include "indexer/segment_files.h"
#include "support/test_index.h"

using namespace pia;
namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

// A source file on disk and the assessment that reading it would give.
struct Source {
  std::string id, path, format, text;
};

Json record(const Source& source) {
  return {{"id", source.id},
          {"series", source.id},
          {"sources",
           {{{"path", source.path},
             {"format", source.format},
             {"sha256", "sha-" + source.text},
             {"url", nullptr}}}},
          {"title", source.text},
          {"passages", {{{"item", "Ⅰ"}, {"text", source.text}, {"where", {{"lines", {1, 1}}}}}}}};
}

// A folder of sources, indexed as pia-index does: what is unchanged is not added.
class Folder {
 public:
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  fs::path db() const { return folder_.path() / "db"; }

  void write(const std::string& name, const std::string& id, const std::string& text) {
    std::ofstream(path(name)) << text;
    sources_[path(name)] = {id, path(name), fs::path(name).extension().string().substr(1), text};
  }
  void remove(const std::string& name) {
    fs::remove(path(name));
    sources_.erase(path(name));
  }
  void rename(const std::string& from, const std::string& to) {
    fs::rename(path(from), path(to));
    Source source = sources_[path(from)];
    source.path = path(to);
    sources_.erase(path(from));
    sources_[path(to)] = source;
  }

  WriterSummary run(bool prune = false, WriterOptions options = {.jobs = 1}) {
    auto writer = IndexWriter::open(db(), options);
    if (!writer) FAIL(writer.error().reason);
    for (const auto& [name, source] : sources_) {
      if (!writer->unchanged({source.path}, "sha-" + source.text)) {
        REQUIRE(writer->add(record(source)));
      }
    }
    if (prune) writer->prune({folder_.path().string()});
    while (!writer->stale().empty()) {
      for (const auto& path : writer->stale()) {
        if (sources_.contains(path)) REQUIRE(writer->add(record(sources_[path])));
        writer->lost(path);
      }
    }
    auto summary = writer->publish();
    if (!summary) FAIL(summary.error().reason);
    return *summary;
  }

  // id -> sources and title of every living assessment, read from the files of the index.
  std::map<std::string, std::string> contents() const {
    std::map<std::string, std::string> out;
    const auto generation = current_generation(db()).value();
    const auto sources = read_blobs(generation_dir(db(), generation.number) / "sources").value();
    std::size_t at = 0;
    for (const auto& segment : generation.segments) {
      const auto records = read_blobs(db() / segment.name / "assessments" / "records").value();
      for (std::uint32_t i = 0; i < segment.assessments; ++i, ++at) {
        const auto cut = sources[at].find('\n');
        if (cut == std::string::npos) continue;
        std::string paths;
        for (const auto& source : Json::parse(sources[at].substr(cut + 1))) {
          paths += fs::path(source["path"].get<std::string>()).filename().string() + " ";
        }
        const Json json = Json::parse(records[i * 2] + "[]" + records[i * 2 + 1]);
        out[sources[at].substr(0, cut)] = paths + "= " + json["title"].get<std::string>();
      }
    }
    return out;
  }

 private:
  TestFolder folder_;
  std::map<std::string, Source> sources_;
};

// Every file of a directory with its bytes.
std::map<std::string, std::string> bytes_of(const fs::path& dir) {
  std::map<std::string, std::string> out;
  for (const auto& entry : fs::recursive_directory_iterator(dir)) {
    if (entry.is_regular_file()) out[entry.path().string()] = read_file(entry.path()).value();
  }
  return out;
}

using Contents = std::map<std::string, std::string>;

}  // namespace

TEST_CASE("indexing the same files again changes no byte of the index") {
  Folder folder;
  folder.write("a.text", "a", "甲");
  folder.write("b.text", "b", "乙");
  const auto first = folder.run();
  CHECK(first.added == 2);
  CHECK(first.published);
  const auto before = bytes_of(folder.db());
  const auto second = folder.run();
  CHECK(second.added == 0);
  CHECK(second.replaced == 0);
  CHECK(second.unchanged == 2);
  CHECK_FALSE(second.published);
  CHECK(bytes_of(folder.db()) == before);
}

TEST_CASE("a renamed file updates its assessment's path") {
  Folder folder;
  folder.write("a.text", "a", "甲");
  folder.run();
  folder.rename("a.text", "z.text");
  const auto summary = folder.run();
  CHECK(summary.added == 0);
  CHECK(summary.replaced == 1);
  CHECK(folder.contents() == Contents{{"a", "z.text = 甲"}});
}

TEST_CASE("a second copy of a content is a second path of one assessment") {
  Folder folder;
  folder.write("a.text", "a", "甲");
  folder.write("copy.text", "a", "甲");
  const auto summary = folder.run();
  CHECK(summary.total == 1);
  CHECK(folder.contents() == Contents{{"a", "a.text copy.text = 甲"}});
}

TEST_CASE("a changed file replaces its assessment") {
  Folder folder;
  folder.write("a.text", "a", "甲");
  folder.write("b.text", "b", "乙");
  folder.run();
  folder.write("a.text", "a", "丙");
  const auto summary = folder.run();
  CHECK(summary.replaced == 1);
  CHECK(summary.total == 2);
  CHECK(folder.contents() == Contents{{"a", "a.text = 丙"}, {"b", "b.text = 乙"}});
}

TEST_CASE("fields come from the best file of an assessment, in whatever order they come") {
  Folder folder;
  SECTION("the best is read first or last within one run") {
    folder.write("1.text", "a", "文");
    folder.write("2.xlsx", "a", "表");
    folder.write("3.pdf", "a", "紙");
    folder.run();
  }
  SECTION("the best comes in a later run") {
    folder.write("1.text", "a", "文");
    folder.run();
    folder.write("3.pdf", "a", "紙");
    folder.run();
    folder.write("2.xlsx", "a", "表");
    CHECK(folder.run().replaced == 1);
  }
  SECTION("the best was there already") {
    folder.write("2.xlsx", "a", "表");
    folder.run();
    folder.write("3.pdf", "a", "紙");
    folder.write("1.text", "a", "文");
    CHECK(folder.run().joined == 2);
  }
  CHECK(folder.contents() == Contents{{"a", "2.xlsx 3.pdf 1.text = 表"}});
}

TEST_CASE("when the best file goes, the fields come from the next") {
  Folder folder;
  folder.write("2.xlsx", "a", "表");
  folder.write("3.pdf", "a", "紙");
  folder.run();
  folder.remove("2.xlsx");
  CHECK(folder.run().published == false);  // without --prune nothing goes
  folder.run(true);
  CHECK(folder.contents() == Contents{{"a", "3.pdf = 紙"}});
}

TEST_CASE("prune removes what lay under the paths and is gone, and nothing else") {
  Folder folder;
  folder.write("a.text", "a", "甲");
  folder.write("b.text", "b", "乙");
  folder.run();
  folder.remove("a.text");
  CHECK(folder.run(false).total == 2);
  const auto summary = folder.run(true);
  CHECK(summary.removed == 1);
  CHECK(folder.contents() == Contents{{"b", "b.text = 乙"}});

  // A run over another folder does not touch these.
  auto writer = IndexWriter::open(folder.db(), {.jobs = 1});
  folder.remove("b.text");
  writer->prune({folder.path("elsewhere")});
  CHECK(writer->publish()->total == 1);
}

TEST_CASE("many updates keep few segments, and what is dead is thrown out in the end") {
  Folder folder;
  std::map<std::string, std::string> expected;
  for (int i = 0; i < 40; ++i) {
    const std::string name = "f" + std::to_string(i);
    folder.write(name + ".text", name, "語" + std::to_string(i));
    expected[name] = name + ".text = 語" + std::to_string(i);
    if (i % 3 == 0) folder.run();
  }
  folder.run();
  CHECK(current_generation(folder.db())->segments.size() <= 7);
  CHECK(folder.contents() == expected);
  for (int i = 0; i < 30; ++i) {
    folder.remove("f" + std::to_string(i) + ".text");
    expected.erase("f" + std::to_string(i));
  }
  folder.run(true);
  CHECK(folder.contents() == expected);
  const auto generation = current_generation(folder.db());
  std::size_t documents = 0;
  for (const auto& segment : generation->segments) documents += segment.assessments;
  CHECK(documents <= 10 + 15);  // a few dead ones are not worth writing a segment anew
}

TEST_CASE("the index does not depend on threads or shards") {
  Folder one, many;
  for (Folder* folder : {&one, &many}) {
    for (int i = 0; i < 30; ++i) {
      const std::string name = "f" + std::to_string(i);
      folder->write(name + ".text", name, "語" + std::to_string(i));
    }
  }
  one.run();
  many.run(false, {.jobs = 3, .shard = 4});
  CHECK(one.contents() == many.contents());
  CHECK(current_generation(many.db())->segments.size() == 1);
}

TEST_CASE("two writers: the second is told that the index is busy") {
  Folder folder;
  const auto first = IndexWriter::open(folder.db(), {.jobs = 1});
  REQUIRE(first);
  const auto second = IndexWriter::open(folder.db(), {.jobs = 1});
  REQUIRE_FALSE(second);
  CHECK(second.error().code == ErrorCode::IndexBusy);
  CHECK(second.error().reason.find("another program") != std::string::npos);
}

TEST_CASE("an index of another version is left alone, and both versions are named") {
  Folder folder;
  folder.write("a.text", "a", "甲");
  folder.run();
  std::ofstream(folder.db() / "gen-1" / "generation.json") << R"({"schema":77,"number":1})";
  const auto before = bytes_of(folder.db());
  const auto writer = IndexWriter::open(folder.db(), {.jobs = 1});
  REQUIRE_FALSE(writer);
  CHECK(writer.error().code == ErrorCode::IndexVersion);
  CHECK(writer.error().reason.find("77") != std::string::npos);
  CHECK(bytes_of(folder.db()) == before);
}

TEST_CASE("a writer that is killed leaves the index as it was, and the next one cleans up") {
  Folder folder;
  folder.write("a.text", "a", "甲");
  folder.run();
  const pid_t child = fork();
  if (child == 0) {
    auto writer = IndexWriter::open(folder.db(), {.jobs = 2, .shard = 2});
    for (int i = 0; i < 10; ++i) {
      const std::string name = "k" + std::to_string(i);
      (void)writer->add(record({name, folder.path(name), "text", "語" + name}));
    }
    std::this_thread::sleep_for(
        std::chrono::milliseconds(300));  // until segments are being written
    kill(getpid(), SIGKILL);
  }
  int status = 0;
  waitpid(child, &status, 0);
  REQUIRE(WIFSIGNALED(status));
  CHECK(std::distance(fs::directory_iterator(folder.db()), {}) > 4);  // current, lock, gen-1, seg-1
  CHECK(folder.contents() == Contents{{"a", "a.text = 甲"}});
  folder.write("b.text", "b", "乙");
  folder.run();
  CHECK(folder.contents() == Contents{{"a", "a.text = 甲"}, {"b", "b.text = 乙"}});
  CHECK(std::distance(fs::directory_iterator(folder.db()), {}) == 6);  // + gen-2, seg-2
}

TEST_CASE("an index may be moved and copied") {
  Folder folder;
  folder.write("a.text", "a", "甲");
  folder.run();
  const TestFolder other;
  fs::copy(folder.db(), other.path() / "copy", fs::copy_options::recursive);
  auto writer = IndexWriter::open(other.path() / "copy", {.jobs = 1});
  REQUIRE(writer);
  CHECK(writer->unchanged({folder.path("a.text")}, "sha-甲"));
}

TEST_CASE("rejected sources are kept in the report until they can be read or are gone") {
  Folder folder;
  folder.write("a.text", "a", "甲");
  const auto report = [&] {
    const auto number = current_generation(folder.db())->number;
    return Json::parse(*read_file(generation_dir(folder.db(), number) / "report.json"))["rejected"];
  };
  {
    auto writer = IndexWriter::open(folder.db(), {.jobs = 1});
    writer->reject({ErrorCode::SourceEmpty, "the file is empty", folder.path("x.pdf")});
    const auto summary = writer->publish();
    CHECK(summary->rejected == 1);
    CHECK(summary->published);
  }
  CHECK(report().size() == 1);
  CHECK(report()[0]["reason"] == "the file is empty");
  folder.run(true);  // x.pdf is not on disk
  CHECK(report().empty());
}
