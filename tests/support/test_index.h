// TestIndex makes an index of inline assessments in a temporary folder of its own:
//
//   TestIndex index({R"({"id":"a", "passages":[{"item":"Ⅰ-1", "text":"…"}]})"});
//   auto reader = IndexReader::open(index.dir());
//
// Each is the JSON of the interface document with only the members that matter; id, series and
// sources are filled in if they are missing.

#ifndef PIA_TESTS_SUPPORT_TEST_INDEX_H_
#define PIA_TESTS_SUPPORT_TEST_INDEX_H_

#include <filesystem>
#include <string>
#include <vector>

#include "indexer/index_writer.h"

namespace pia {

// A folder that goes away with its owner.
class TestFolder {
 public:
  TestFolder();
  TestFolder(const TestFolder&) = delete;
  ~TestFolder();
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

class TestIndex {
 public:
  TestIndex() = default;  // no index yet
  // Fails the test if anything goes wrong.
  explicit TestIndex(const std::vector<std::string>& records);

  // Adds or replaces, in one run of the writer.
  WriterSummary add(const std::vector<std::string>& records, WriterOptions options = {.jobs = 1});

  std::filesystem::path dir() const { return folder_.path() / "index"; }

 private:
  TestFolder folder_;
};

}  // namespace pia

#endif  // PIA_TESTS_SUPPORT_TEST_INDEX_H_
