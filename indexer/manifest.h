// The manifest: a CSV that says where each file came from.
//
//   path,url,municipality,published_on,note            (or パス,URL,自治体,公表日,備考)
//   12_kokuho.pdf,https://example.jp/12.pdf,架空市,2025-04-01,
//
// Its fields fill what a document lacks and never override what it prints.

#ifndef PIA_INDEXER_MANIFEST_H_
#define PIA_INDEXER_MANIFEST_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "dicts/result.h"
#include "indexer/assessment.h"

namespace pia {

struct ManifestEntry {
  std::string path, url, municipality, published_on, note;
  int line = 0;  // of the CSV, 1-based
};

class Manifest {
 public:
  // Reads UTF-8 (with or without BOM) or CP932, quoted as in RFC 4180. `folder` is that of the
  // CSV: its paths are relative to it, to the current folder, or only a file's name.
  // Errors: SourceNotText (encoding), Usage with the line: no path column,
  // an unclosed quote, a wrong number of fields.
  static Result<Manifest> parse(std::string_view csv, std::string_view folder);

  // The same from a file, which is_file() then knows.
  static Result<Manifest> load(const std::string& path);

  // Whether this path is the manifest itself, which is no document.
  bool is_file(std::string_view path) const;

  // The entry of a path as Input::path shows it; nullptr if there is none.
  const ManifestEntry* find(std::string_view path) const;

  const std::vector<ManifestEntry>& entries() const { return entries_; }

 private:
  std::vector<ManifestEntry> entries_;
  std::map<std::string, std::size_t, std::less<>> by_path_;
  std::string file_;  // canonical; empty if parsed from memory
};

// Fills url, municipality and published_on where the assessment has none; where it prints
// something else the print stays and a warning says so. The note becomes a warning's text too.
void apply(const ManifestEntry& entry, Assessment& assessment);

}  // namespace pia

#endif  // PIA_INDEXER_MANIFEST_H_
