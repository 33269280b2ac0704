// From the JSON of an assessment to the documents of the three tables: units of folded text, word
// terms, field values, numbers, cards. No database and no files, so that tests look at the terms.

#ifndef PIA_INDEXER_DOCUMENT_BUILDER_H_
#define PIA_INDEXER_DOCUMENT_BUILDER_H_

#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dicts/tokenizer.h"
#include "indexer/schema.h"

namespace pia {

struct BuiltUnit {
  std::string item;    // path as printed
  std::string folded;  // fold_literal() of the text
  bool history = false;
};

struct BuiltDocument {
  std::vector<BuiltUnit> units;
  std::map<std::string, std::uint32_t> terms;                 // schema::word_term -> wdf
  std::vector<std::pair<schema::Field, std::string>> values;  // NFKC, white space collapsed
  std::int32_t date = 0, row = 0;
  std::uint32_t words = 0;  // in Body
  std::string card;         // JSON
};

struct BuiltAssessment {
  std::string id, series;
  BuiltDocument assessment;
  std::vector<BuiltDocument> contracts, revisions;
  std::string record_before, record_after;  // the JSON around the value of "sources"
  std::string passages;                     // as schema.h describes them
};

// Cuts texts into words; keeps a cache of texts, because the same paragraph stands two to four
// times in an assessment and every assessment is the same form. Not thread safe: one a thread;
// the tokenizer may be shared and must outlive it.
class DocumentBuilder {
 public:
  explicit DocumentBuilder(const Tokenizer& tokenizer);
  ~DocumentBuilder();
  DocumentBuilder(DocumentBuilder&&) noexcept;

  // REQUIRES: `record` is an assessment of the interface document.
  BuiltAssessment build(const nlohmann::ordered_json& record);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Whether a passage under this item path belongs to the change history.
bool is_history_item(std::string_view item);

// "2025-07-31" -> 20250731, "2024-04" -> 20240400, "" -> 0.
std::int32_t date_number(std::string_view iso);

// A field's value as it is stored and shown: NFKC, runs of white space one space, trimmed.
std::string field_text(std::string_view printed);

}  // namespace pia

#endif  // PIA_INDEXER_DOCUMENT_BUILDER_H_
