#include "indexer/reader_pool.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "indexer/manifest.h"
#include "support/tiny_files.h"

using namespace pia;
namespace fs = std::filesystem;

namespace {

// A sanitizer takes a crash itself and ends the worker with its own report.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

// A folder of its own, removed at the end.
class Folder {
 public:
  Folder()
      : path_(fs::temp_directory_path() /
              ("pia-pool-" + std::to_string(getpid()) + "-" + std::to_string(++count_))) {
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  std::string add(const std::string& name, const std::string& bytes) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << bytes;
    return (path_ / name).string();
  }
  std::string path() const { return path_.string(); }

 private:
  static inline int count_ = 0;
  fs::path path_;
};

ReaderPool pool_of(PoolOptions options = {}) {
  options.program = PIA_TEST_READER_PROGRAM;
  if (options.jobs == 0) options.jobs = 2;
  auto pool = ReaderPool::create(options);
  REQUIRE(pool);
  return std::move(*pool);
}

std::string form(const std::string& number) {
  return "特定個人情報保護評価書（重点項目評価書）\n評価書番号\t評価書名\n" + number +
         "\t児童手当に関する事務　重点項目評価書\n評価実施機関名\n埼玉県川口市長\n"
         "公表日\n令和7年4月1日\nⅠ　基本情報\n１．特定個人情報ファイルを取り扱う事務\n①事務の名称\t"
         "児童手当に関する事務\n②事務の内容\t支給する。\n"
         "③対象人数\t[ 1,000人未満 "
         "]\n６．評価実施機関における担当部署\n①部署\tこども課\n②所属長の役職名\t課長\n";
}

// Names below the folder, "name" or "name: reason", in the order of the answers.
std::vector<std::string> outcomes(ReaderPool& pool, const Folder& folder,
                                  const std::vector<std::string>& paths) {
  const auto name = [&](const std::string& path) {
    return path.starts_with(folder.path()) ? path.substr(folder.path().size() + 1) : path;
  };
  std::vector<std::string> out;
  const InputList list = pool.expand(paths);
  for (const Error& error : list.rejected) out.push_back(name(error.file) + ": " + error.reason);
  pool.read(list.inputs, [&](const Input& input, Result<Assessment> result) {
    std::string line = name(input.path);
    for (const std::string& path : input.also) line += "=" + name(path);
    out.push_back(result ? line + " " + result->number.value_or("?")
                         : line + ": " + result.error().reason);
    return true;
  });
  return out;
}

}  // namespace

TEST_CASE("folders are read through, sorted; the same content is read once") {
  Folder folder;
  folder.add("b/2.txt", form("2")), folder.add("a.txt", form("1")), folder.add("c.txt", form("1"));
  folder.add(".hidden", "x"), folder.add("~$lock.xlsx", "x"), folder.add("b/Thumbs.db", "x");
  ReaderPool pool = pool_of();
  CHECK(outcomes(pool, folder, {folder.path()}) ==
        std::vector<std::string>{"a.txt=c.txt 1", "b/2.txt 2"});
}

TEST_CASE("every path of a content is a source of its assessment") {
  Folder folder;
  const auto one = folder.add("1.txt", form("1")), two = folder.add("2.txt", form("1"));
  ReaderPool pool = pool_of();
  pool.read(pool.expand({one, two, one}).inputs, [&](const Input&, Result<Assessment> result) {
    REQUIRE(result);
    REQUIRE(result->sources.size() == 2);
    CHECK(result->sources[0].path == one);
    CHECK(result->sources[1].path == two);
    CHECK(result->sources[1].sha256 == result->sources[0].sha256);
    return true;
  });
}

TEST_CASE("archives are read through, nested ones are refused") {
  Folder folder;
  const std::string inner = test::zip({{"x.txt", form("9")}});
  folder.add("all.zip", test::zip({{"1.txt", form("1")},
                                   {"sub/", ""},
                                   {"sub/2.txt", form("2")},
                                   {"inner.zip", inner},
                                   {"__MACOSX/._1.txt", "x"}}));
  ReaderPool pool = pool_of();
  CHECK(outcomes(pool, folder, {folder.path()}) ==
        std::vector<std::string>{
            "all.zip!/inner.zip: an archive inside an archive; unpack it and name its files",
            "all.zip!/1.txt 1", "all.zip!/sub/2.txt 2"});
}

TEST_CASE("what cannot be read is named with its reason and the rest goes on") {
  Folder folder;
  folder.add("1.txt", form("1")), folder.add("2.pdf", ""), folder.add("3.txt", "ただの手紙"),
      folder.add("4.txt", form("4"));
  ReaderPool pool = pool_of();
  const auto lines = outcomes(pool, folder, {folder.path(), folder.path() + "/none.pdf"});
  REQUIRE(lines.size() == 5);
  CHECK(lines[0] == "none.pdf: no such file or folder");
  CHECK(lines[1] == "1.txt 1");
  CHECK(lines[2] == "2.pdf: the file is empty");
  CHECK_THAT(lines[3], Catch::StartsWith("3.txt: no privacy impact assessment"));
  CHECK(lines[4] == "4.txt 4");
}

TEST_CASE("answers come in the order of the inputs, and a callback may stop") {
  Folder folder;
  std::vector<std::string> expected;
  for (int i = 100; i < 140; ++i)
    folder.add(std::to_string(i) + ".txt", form(std::to_string(i))),
        expected.push_back(std::to_string(i) + ".txt " + std::to_string(i));
  PoolOptions options;
  options.jobs = 3;
  ReaderPool pool = pool_of(options);
  CHECK(outcomes(pool, folder, {folder.path()}) == expected);
  int seen = 0;
  pool.read(pool.expand({folder.path()}).inputs,
            [&](const Input&, const Result<Assessment>&) { return ++seen < 5; });
  CHECK(seen == 5);
  CHECK(outcomes(pool, folder, {folder.path()}).size() == 40);  // and the pool still works
}

TEST_CASE("a worker that crashes, hangs or talks nonsense loses its file, not the run") {
  Folder folder;
  const auto file = folder.add("1.txt", form("1"));
  struct Row {
    const char* fault;
    const char* reason;
  };
  for (const Row& row : {Row{"crash", kSanitized ? "reading it" : "signal 11"},
                         Row{"hang", "longer than 1 seconds"}, Row{"babble", "reading it"}}) {
    CAPTURE(row.fault);
    PoolOptions options;
    options.seconds_per_file = 1, options.jobs = 1;
    setenv("PIA_TEST_READER", row.fault, 1);
    ReaderPool pool = pool_of(options);
    const InputList list = pool.expand({file});
    unsetenv("PIA_TEST_READER");
    REQUIRE(list.rejected.size() == 1);
    CHECK_THAT(list.rejected[0].reason, Catch::Contains(row.reason));
    CHECK(pool.lost_workers() == 1);
    CHECK(outcomes(pool, folder, {file}) ==
          std::vector<std::string>{"1.txt 1"});  // with a new worker
  }
}

TEST_CASE("a worker's memory is bounded") {
  if (kSanitized) {
    WARN("skipped: a sanitizer's shadow memory does not fit into any bound");
    return;
  }
  Folder folder;
  const auto file = folder.add("1.txt", form("1") + std::string(40'000'000, ' '));
  PoolOptions options;
  options.memory_bytes = 160u << 20;
  ReaderPool pool = pool_of(options);
  const auto lines = outcomes(pool, folder, {file});
  REQUIRE(lines.size() == 1);
  CHECK_THAT(lines[0], Catch::Contains("memory"));
}

TEST_CASE("the manifest tells where a file came from, and makes its identity whole") {
  Folder folder;
  std::string nameless = form("7");
  nameless.replace(nameless.find("埼玉県川口市長"), std::string("埼玉県川口市長").size(), "");
  folder.add("docs/7.txt", nameless);
  const auto csv =
      folder.add("docs/list.csv", "path,url,municipality\n7.txt,https://e.jp/7,埼玉県川口市\n");
  const auto manifest = Manifest::load(csv);
  REQUIRE(manifest);
  PoolOptions options;
  options.manifest = &*manifest;
  ReaderPool pool = pool_of(options);
  const InputList list = pool.expand({folder.path()});
  REQUIRE(list.inputs.size() == 1);  // the manifest itself is no document
  pool.read(list.inputs, [&](const Input&, Result<Assessment> result) {
    REQUIRE(result);
    CHECK(result->sources[0].url == "https://e.jp/7");
    CHECK(result->body.code == "112038");
    CHECK(result->series == "112038-7-3");
    return true;
  });
}
