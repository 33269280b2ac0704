// The files of one assessment, best first, as the index keeps them: by generation and not in the
// stored record, because files are renamed and copied while the assessment stays the same.

#ifndef PIA_INDEXER_SOURCE_LIST_H_
#define PIA_INDEXER_SOURCE_LIST_H_

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pia {

struct SourceRecord {
  std::string path, format, sha256;
  std::optional<std::string> url;
  friend bool operator==(const SourceRecord&, const SourceRecord&) = default;
};

// Best first: workbook, PDF, HTML, text; of equals by path.
void sort_sources(std::vector<SourceRecord>& sources);

// The value of "sources" of an assessment; what is no source is left out.
std::vector<SourceRecord> parse_sources(const nlohmann::ordered_json& list);
std::vector<SourceRecord> parse_sources(std::string_view json);
std::string sources_json(const std::vector<SourceRecord>& sources);

}  // namespace pia

#endif  // PIA_INDEXER_SOURCE_LIST_H_
