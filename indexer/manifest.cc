#include "indexer/manifest.h"

#include <fmt/format.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "dicts/japanese_date.h"
#include "dicts/municipalities.h"
#include "dicts/normalizer.h"

namespace pia {
namespace {

namespace fs = std::filesystem;

struct Record {
  int line = 0;
  std::vector<std::string> fields;
};

Error wrong(std::string reason, int line) {
  return {ErrorCode::Usage, "manifest: " + std::move(reason), {}, line, 0};
}

// UTF-8, or CP932 if it is not; nullopt if it is neither.
std::optional<std::string> to_utf8(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const icu::StringPiece piece(bytes.data(), static_cast<int32_t>(bytes.size()));
  if (icu::UnicodeString::fromUTF8(piece).indexOf(char16_t{0xFFFD}) < 0) return std::string(bytes);
  const icu::UnicodeString decoded(bytes.data(), static_cast<int32_t>(bytes.size()),
                                   "ibm-943_P15A-2003");
  for (const char16_t none : {char16_t{0xFFFD}, char16_t{0x1A}, char16_t{0xF8F0}, char16_t{0xF8F1},
                              char16_t{0xF8F2}, char16_t{0xF8F3}}) {
    if (decoded.indexOf(none) >= 0) return std::nullopt;  // what undefined bytes become
  }
  std::string text;
  decoded.toUTF8String(text);
  return text;
}

// RFC 4180: fields in quotes may hold commas, line ends and doubled quotes.
Result<std::vector<Record>> records_of(std::string_view csv) {
  std::vector<Record> records;
  Record record{1, {}};
  std::string field;
  int line = 1;
  bool quoted = false, was_quoted = false;
  const auto end_field = [&] {
    record.fields.push_back(std::move(field)), field.clear(), was_quoted = false;
  };
  const auto end_record = [&] {
    end_field();
    if (record.fields.size() > 1 || !record.fields[0].empty()) records.push_back(std::move(record));
    record = {line + 1, {}};
  };
  for (std::size_t i = 0; i < csv.size(); ++i) {
    const char c = csv[i];
    if (quoted) {
      if (c == '"' && i + 1 < csv.size() && csv[i + 1] == '"')
        field += csv[++i];
      else if (c == '"')
        quoted = false;
      else
        field += c;
    } else if (c == '"' && field.empty() && !was_quoted) {
      quoted = was_quoted = true;
    } else if (c == ',') {
      end_field();
    } else if (c == '\n' || (c == '\r' && (i + 1 == csv.size() || csv[i + 1] != '\n'))) {
      end_record();
    } else if (c != '\r') {
      field += c;
    }
    if (c == '\n') ++line;
  }
  if (quoted) return wrong("a quote is not closed", record.line);
  if (!field.empty() || !record.fields.empty()) end_record();
  return records;
}

using Member = std::string ManifestEntry::*;

struct Heading {
  Member member;
  std::array<std::string_view, 5> names;  // as nfkc() writes them, lower case
};
const std::array<Heading, 5> kHeadings = {{
    {&ManifestEntry::path, {"path", "file", "パス", "ファイル", "ファイル名"}},
    {&ManifestEntry::url, {"url", "アドレス", "掲載url", "出典", "リンク"}},
    {&ManifestEntry::municipality,
     {"municipality", "自治体", "自治体名", "市区町村", "評価実施機関名"}},
    {&ManifestEntry::published_on, {"published_on", "published", "公表日", "公表年月日", "掲載日"}},
    {&ManifestEntry::note, {"note", "備考", "メモ", "注記", "摘要"}},
}};

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  return first == std::string_view::npos
             ? std::string()
             : std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

Member member_named(std::string_view heading) {
  const std::string name = fold_text(trimmed(heading));
  for (const Heading& known : kHeadings) {
    for (std::string_view other : known.names) {
      if (!other.empty() && fold_text(other) == name) return known.member;
    }
  }
  return nullptr;
}

std::string normal(const fs::path& path) { return path.lexically_normal().string(); }

void add_warning(Assessment& assessment, std::string text) {
  assessment.warnings.push_back("目録: " + std::move(text));
}

// Whether two dates can be the same day, as precisely as both are written.
bool agree(const PartialDate& a, const PartialDate& b) {
  return a.year == b.year && (!a.month || !b.month || a.month == b.month) &&
         (!a.day || !b.day || a.day == b.day);
}

void apply_date(const ManifestEntry& entry, Assessment& assessment) {
  if (entry.published_on.empty()) return;
  auto date = parse_iso(entry.published_on);
  if (!date) date = parse_date(entry.published_on);
  if (!date)
    return add_warning(assessment, "公表日「" + entry.published_on + "」を日付として読めません");
  if (!assessment.published_on) {
    assessment.published_on = date->iso();
    return;
  }
  const auto printed = parse_iso(*assessment.published_on);
  if (printed && !agree(*printed, *date)) {
    add_warning(assessment, "公表日が" + date->iso() + "とありますが、評価書の記載は" +
                                *assessment.published_on + "です");
  }
}

void apply_municipality(const ManifestEntry& entry, Assessment& assessment) {
  if (entry.municipality.empty()) return;
  const IdentifiedBody body = identify_body(entry.municipality);
  Body& own = assessment.body;
  if (!own.printed && !own.municipality && !own.prefecture) {
    own.municipality = body.municipality ? body.municipality : Text(entry.municipality);
    own.prefecture = body.prefecture, own.code = body.code;
    return;
  }
  const bool same = own.municipality == body.municipality ||
                    (own.municipality && *own.municipality == entry.municipality);
  if (!same) {
    add_warning(assessment, "自治体が" + entry.municipality + "とありますが、評価書の記載は" +
                                own.printed.value_or(own.municipality.value_or("")) + "です");
    return;
  }
  // The same town: the manifest may tell which prefecture's.
  if (!own.code && body.code) own.prefecture = body.prefecture, own.code = body.code;
}

}  // namespace

Result<Manifest> Manifest::parse(std::string_view csv, std::string_view folder) {
  const auto text = to_utf8(csv);
  if (!text)
    return Error{
        ErrorCode::SourceNotText, "manifest: neither UTF-8 nor Shift_JIS (CP932)", {}, 0, 0};
  auto records = records_of(*text);
  if (!records) return records.error();
  if (records->empty()) return wrong("it is empty", 1);
  std::vector<Member> columns;
  for (const std::string& heading : records->front().fields)
    columns.push_back(member_named(heading));
  if (std::ranges::find(columns, &ManifestEntry::path) == columns.end()) {
    return wrong("its first line must name the columns: path,url,municipality,published_on,note",
                 records->front().line);
  }
  Manifest manifest;
  for (std::size_t i = 1; i < records->size(); ++i) {
    const Record& record = (*records)[i];
    if (record.fields.size() != columns.size()) {
      return wrong(
          fmt::format("{} fields where the heading has {}", record.fields.size(), columns.size()),
          record.line);
    }
    ManifestEntry entry;
    entry.line = record.line;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (columns[c]) entry.*columns[c] = trimmed(record.fields[c]);
    }
    if (entry.path.empty()) return wrong("a line without a path", record.line);
    manifest.entries_.push_back(std::move(entry));
  }
  // A full path is surer than one beside the manifest, and that surer than a file's name alone.
  for (const int strength : {0, 1, 2}) {
    for (std::size_t i = 0; i < manifest.entries_.size(); ++i) {
      const fs::path path(manifest.entries_[i].path);
      const fs::path key = strength == 0   ? path
                           : strength == 1 ? fs::path(folder) / path
                                           : path.filename();
      manifest.by_path_.try_emplace(strength == 2 ? "*/" + key.string() : normal(key), i);
    }
  }
  return manifest;
}

Result<Manifest> Manifest::load(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in)
    return Error{ErrorCode::SourceMissing, std::string("manifest: ") + std::strerror(errno), path,
                 0, 0};
  std::ostringstream bytes;
  bytes << in.rdbuf();
  auto manifest = parse(bytes.str(), fs::path(path).parent_path().string());
  if (!manifest) {
    Error error = manifest.error();
    error.file = path;
    return error;
  }
  std::error_code failed;
  manifest->file_ = fs::canonical(path, failed).string();
  return manifest;
}

bool Manifest::is_file(std::string_view path) const {
  std::error_code failed;
  return !file_.empty() && fs::canonical(fs::path(path), failed).string() == file_;
}

const ManifestEntry* Manifest::find(std::string_view path) const {
  const fs::path wanted(path);
  for (const std::string& key : {normal(wanted), "*/" + wanted.filename().string()}) {
    if (const auto it = by_path_.find(key); it != by_path_.end()) return &entries_[it->second];
  }
  return nullptr;
}

void apply(const ManifestEntry& entry, Assessment& assessment) {
  if (!entry.url.empty()) {
    for (SourceFile& source : assessment.sources) {
      if (!source.url) source.url = entry.url;
    }
  }
  apply_date(entry, assessment);
  apply_municipality(entry, assessment);
  if (!entry.note.empty()) add_warning(assessment, entry.note);
}

}  // namespace pia
