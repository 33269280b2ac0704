#include "indexer/manifest.h"

#include <catch2/catch.hpp>

using namespace pia;

namespace {
std::string describe(const Result<Manifest>& manifest) {
  if (!manifest) return manifest.error().reason + " @" + std::to_string(manifest.error().line);
  std::string out;
  for (const ManifestEntry& e : manifest->entries())
    out += e.path + "," + e.url + "," + e.municipality + "," + e.published_on + "," + e.note + ";";
  return out;
}
}  // namespace

TEST_CASE("a manifest is read as RFC 4180 has it, headed in English or Japanese") {
  struct Row {
    const char* csv;
    const char* expected;
  };
  const Row rows[] = {
      {"path,url\na.pdf,https://e.jp/a\n", "a.pdf,https://e.jp/a,,,;"},
      {"\xEF\xBB\xBFパス,URL,自治体,公表日,備考\r\na.pdf,u,架空市,2025-04-01,再掲\r\n",
       "a.pdf,u,架空市,2025-04-01,再掲;"},
      {"url,path\nu,\"a, \"\"b\"\".pdf\"\n", "a, \"b\".pdf,u,,,;"},
      {"path,note\na.pdf,\"一行\n二行\"", "a.pdf,,,,一行\n二行;"},
      {"path,なにか,note\na.pdf,x,y\n\n", "a.pdf,,,,y;"},  // unknown columns and blank lines
      {"\x83\x70\x83\x58,\x8E\xA9\x8E\xA1\x91\xCC\na.pdf,\x90\xEC\x8C\xFB\x8E\x73\n",
       "a.pdf,,川口市,,;"},  // CP932
      {"", "manifest: it is empty @1"},
      {"url\nx\n",
       "manifest: its first line must name the columns: path,url,municipality,published_on,note "
       "@1"},
      {"path,url\na.pdf\n", "manifest: 1 fields where the heading has 2 @2"},
      {"path\n\"a.pdf\n", "manifest: a quote is not closed @2"},
      {"path,url\n,u\n", "manifest: a line without a path @2"},
      {"path\n\xFF\xFF\xFE\n", "manifest: neither UTF-8 nor Shift_JIS (CP932) @0"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.csv);
    CHECK(describe(Manifest::parse(row.csv, "")) == row.expected);
  }
}

TEST_CASE("a path is found as given, beside the manifest, or by its name") {
  const auto manifest =
      Manifest::parse("path,url\nsub/a.pdf,1\nb.pdf,2\nc.zip!/d.pdf,3\n", "lists");
  REQUIRE(manifest);
  const auto url = [&](const char* path) {
    const ManifestEntry* entry = manifest->find(path);
    return entry ? entry->url : std::string("none");
  };
  CHECK(url("sub/a.pdf") == "1");
  CHECK(url("./sub/../sub/a.pdf") == "1");
  CHECK(url("lists/sub/a.pdf") == "1");
  CHECK(url("elsewhere/b.pdf") == "2");
  CHECK(url("c.zip!/d.pdf") == "3");
  CHECK(url("e.pdf") == "none");
}

TEST_CASE("a manifest fills what is missing and never overrides what is printed") {
  const ManifestEntry entry{"a.pdf",         "https://e.jp", "埼玉県川口市",
                            "令和7年4月1日", "旧サイト",     2};
  Assessment blank;
  blank.sources.push_back({"a.pdf", "pdf", "0", {}});
  apply(entry, blank);
  CHECK(blank.sources[0].url == "https://e.jp");
  CHECK(blank.published_on == "2025-04-01");
  CHECK(blank.body.municipality == "川口市");
  CHECK(blank.body.prefecture == "埼玉県");
  CHECK(blank.warnings == std::vector<std::string>{"目録: 旧サイト"});

  Assessment printed;
  printed.published_on = "2024-10";
  printed.body = {"神奈川県川崎市長", "川崎市", "神奈川県", "141305"};
  apply(entry, printed);
  CHECK(printed.published_on == "2024-10");
  CHECK(printed.body.municipality == "川崎市");
  CHECK(printed.warnings.size() == 3);

  Assessment month;  // the document prints less precisely: no contradiction
  month.published_on = "2025-04";
  apply({"a.pdf", "", "", "2025-04-01", "", 2}, month);
  CHECK(month.warnings.empty());
}
