// The state of the index is loaded as entries: every assessment with its files and the place of
// its documents. Calls change entries and hand new documents to the shard pool.

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "indexer/index_writer_data.h"
#include "indexer/schema.h"
#include "indexer/segment_files.h"

namespace pia {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

std::string normal(std::string_view path) { return fs::path(path).lexically_normal().string(); }

const char* code_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::Usage:
      return "usage";
    case ErrorCode::MalformedQuery:
      return "malformed-query";
    case ErrorCode::NotFound:
      return "not-found";
    case ErrorCode::SourceMissing:
      return "source-missing";
    case ErrorCode::SourceEmpty:
      return "source-empty";
    case ErrorCode::SourceNotText:
      return "source-not-text";
    case ErrorCode::SourceNotForm:
      return "source-not-form";
    case ErrorCode::SourceDamaged:
      return "source-damaged";
    case ErrorCode::SourceTooBig:
      return "source-too-big";
    case ErrorCode::SourceUnsupported:
      return "source-unsupported";
    case ErrorCode::IndexMissing:
      return "index-missing";
    case ErrorCode::IndexVersion:
      return "index-version";
    case ErrorCode::IndexDamaged:
      return "index-damaged";
    case ErrorCode::IndexBusy:
      return "index-busy";
    case ErrorCode::IndexIo:
      return "index-io";
    case ErrorCode::Dictionary:
      return "dictionary";
    case ErrorCode::Internal:
      return "internal";
  }
  return "internal";
}

}  // namespace

// --- loading

Status IndexWriter::Impl::load() {
  auto current = current_generation(dir);
  if (!current) return current.error();
  before = std::move(*current);
  remove_unused(dir);
  const std::string next = next_segment(dir);
  first_number = static_cast<std::uint32_t>(std::stoul(next.substr(next.find('-') + 1)));
  if (before.number == 0) return Done{};
  if (before.extraction != schema::kExtraction) options.read_again = true;

  const fs::path home = generation_dir(dir, before.number);
  auto sources = read_blobs(home / "sources");
  if (!sources) return sources.error();
  std::size_t at = 0;
  for (const auto& ref : before.segments) {
    const auto index = static_cast<std::uint32_t>(segments.size());
    segments.push_back({ref.name, ref.assessments, true});
    for (std::uint32_t ordinal = 0; ordinal < ref.assessments; ++ordinal, ++at) {
      if (at >= sources->size()) {
        return Error{ErrorCode::IndexDamaged, "fewer sources than assessments", home.string()};
      }
      const std::string& blob = (*sources)[at];
      const std::size_t cut = blob.find('\n');
      if (cut == std::string::npos) continue;  // dead
      IndexedAssessment entry;
      entry.id = blob.substr(0, cut);
      entry.sources = parse_sources(std::string_view(blob).substr(cut + 1));
      if (entry.sources.empty()) continue;
      entry.record_sha = entry.sources.front().sha256;
      entry.segment = index;
      entry.ordinal = ordinal;
      for (const auto& source : entry.sources) contents[source.sha256] = entries.size();
      ids[entry.id] = entries.size();
      entries.push_back(std::move(entry));
    }
  }
  auto report = read_file(home / "report.json");
  if (!report) return report.error();
  const Json parsed = Json::parse(*report, nullptr, false);
  if (parsed.is_object() && parsed.contains("rejected")) {
    for (const auto& error : parsed["rejected"]) {
      if (error.contains("path")) rejected[error["path"].get<std::string>()] = error;
    }
  }
  rejected_before = rejected;
  return Done{};
}

// --- entries

ShardPool& IndexWriter::Impl::shards() {
  if (!pool) {
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    first_shard = static_cast<std::uint32_t>(segments.size());
    pool = std::make_unique<ShardPool>(tokenizer, dir, first_number,
                                       options.jobs > 0 ? options.jobs : std::max(cores, 1),
                                       options.shard);
  }
  return *pool;
}

// Hands the record to the pool and points the entry to where it will be.
void IndexWriter::Impl::place(IndexedAssessment& entry, Json record) {
  const ShardPlace at = shards().add(std::move(record));
  entry.segment = first_shard + at.shard;
  entry.ordinal = at.ordinal;
  changed = true;
}

IndexedAssessment* IndexWriter::Impl::by_content(const std::string& sha256) {
  const auto found = contents.find(sha256);
  if (found == contents.end()) return nullptr;
  IndexedAssessment& entry = entries[found->second];
  const bool holds = std::ranges::any_of(
      entry.sources, [&](const SourceRecord& source) { return source.sha256 == sha256; });
  return holds ? &entry : nullptr;
}

void IndexWriter::Impl::count_replaced(IndexedAssessment& entry) {
  changed = true;
  if (entry.fresh || entry.counted) return;
  entry.counted = true;
  ++summary.replaced;
}

bool IndexWriter::Impl::path_is_gone(const std::string& path) const {
  if (path == "-" || seen.contains(path)) return false;
  std::error_code ignored;
  const std::size_t inner = path.find("!/");
  if (inner == std::string::npos) return !fs::exists(path, ignored);
  const std::string archive = path.substr(0, inner);
  if (!fs::exists(archive, ignored)) return true;
  const auto first = seen.lower_bound(archive + "!/");  // the archive was opened in this run
  return first != seen.end() && first->first.starts_with(archive + "!/");
}

// Whether the content is no longer at its path.
bool IndexWriter::Impl::is_gone(const SourceRecord& source) const {
  const auto now = seen.find(source.path);
  if (now == seen.end()) return path_is_gone(source.path);
  return !now->second.empty() && now->second != source.sha256;
}

IndexWriter::IndexWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
IndexWriter::IndexWriter(IndexWriter&&) noexcept = default;
IndexWriter& IndexWriter::operator=(IndexWriter&&) noexcept = default;
IndexWriter::~IndexWriter() = default;

Result<IndexWriter> IndexWriter::open(const fs::path& dir, const WriterOptions& options) {
  auto current = current_generation(dir);  // before the lock, which creates the directory
  if (!current) return current.error();
  auto lock = IndexLock::acquire(dir);
  if (!lock) return lock.error();
  auto tokenizer = Tokenizer::open();
  if (!tokenizer) return tokenizer.error();
  auto impl = std::make_unique<Impl>(dir, options, std::move(*lock), std::move(*tokenizer));
  if (auto done = impl->load(); !done) return done.error();
  return IndexWriter(std::move(impl));
}

bool IndexWriter::unchanged(const std::vector<std::string>& paths, const std::string& sha256,
                            const std::string& url) {
  Impl& impl = *impl_;
  for (const auto& path : paths) impl.seen[path] = sha256;
  if (impl.options.read_again) return false;
  IndexedAssessment* entry = impl.by_content(sha256);
  if (!entry) return false;
  for (const auto& path : paths) impl.rejected.erase(path);
  const SourceRecord known = *std::ranges::find(entry->sources, sha256, &SourceRecord::sha256);
  if (!url.empty() && known.url != url) return false;

  const auto old = entry->sources;
  std::erase_if(entry->sources, [&](const SourceRecord& source) {
    return std::ranges::find(paths, source.path) != paths.end() ||
           (source.sha256 == sha256 && impl.is_gone(source));
  });
  for (const auto& path : paths) entry->sources.push_back({path, known.format, sha256, known.url});
  sort_sources(entry->sources);
  if (entry->sources == old) {
    ++impl.summary.unchanged;
  } else {
    impl.count_replaced(*entry);
  }
  return true;
}

Status IndexWriter::add(Json record) {
  Impl& impl = *impl_;
  const std::string id = record.value("id", std::string());
  auto found = parse_sources(record.value("sources", Json::array()));
  if (id.empty() || found.empty()) {
    return Error{ErrorCode::Internal, "an assessment without id or source",
                 found.empty() ? "" : found.front().path};
  }
  for (const auto& source : found) {
    impl.seen[source.path] = source.sha256;
    impl.rejected.erase(source.path);
  }
  const auto [at, fresh] = impl.ids.try_emplace(id, impl.entries.size());
  if (fresh) {
    impl.entries.emplace_back();
    impl.entries.back().id = id;
    impl.entries.back().fresh = true;
    ++impl.summary.added;
  }
  IndexedAssessment& entry = impl.entries[at->second];
  for (const auto& source : found) impl.contents[source.sha256] = at->second;

  const std::string sha = found.front().sha256;
  std::erase_if(entry.sources, [&](const SourceRecord& old) {
    return std::ranges::any_of(found, [&](const SourceRecord& s) { return s.path == old.path; }) ||
           (old.sha256 == sha && impl.is_gone(old));
  });
  entry.sources.insert(entry.sources.end(), found.begin(), found.end());
  sort_sources(entry.sources);
  if (entry.sources.front().sha256 == sha) {
    if (!fresh && entry.fresh) ++impl.summary.joined;
    entry.record_sha = sha;
    impl.place(entry, std::move(record));
    impl.count_replaced(entry);
  } else {
    ++impl.summary.joined;
    impl.changed = true;
  }
  return Done{};
}

void IndexWriter::reject(const Error& error) {
  Impl& impl = *impl_;
  ++impl.summary.rejected;
  impl.seen[error.file] = "";
  Json json = {{"path", error.file}, {"code", code_name(error.code)}, {"reason", error.reason}};
  if (error.line) json["line"] = error.line;
  impl.rejected[error.file] = std::move(json);
}

void IndexWriter::prune(const std::vector<std::string>& paths) {
  Impl& impl = *impl_;
  std::vector<std::string> roots;
  for (const auto& path : paths) roots.push_back(normal(path));
  const auto under = [&](const std::string& path) {
    const std::string name = normal(path);
    return std::ranges::any_of(roots, [&](std::string root) {
      if (root == "." && !name.starts_with("/") && !name.starts_with("..")) return true;
      while (root.size() > 1 && root.back() == '/') root.pop_back();
      return name == root || name.starts_with(root + "/") || name.starts_with(root + "!/") ||
             (root == "/" && name.starts_with("/"));
    });
  };
  for (auto& entry : impl.entries) {
    if (entry.sources.empty()) continue;
    const auto removed = std::erase_if(entry.sources, [&](const SourceRecord& source) {
      return under(source.path) && impl.is_gone(source);
    });
    if (!removed) continue;
    impl.changed = true;
    if (!entry.sources.empty()) {
      impl.count_replaced(entry);
    } else {
      ++impl.summary.removed;
    }
  }
  std::erase_if(impl.rejected, [&](const auto& item) {
    return under(item.first) && impl.path_is_gone(item.first);
  });
}

std::vector<std::string> IndexWriter::stale() const {
  std::vector<std::string> out;
  for (const auto& entry : impl_->entries) {
    if (!entry.sources.empty() && entry.sources.front().sha256 != entry.record_sha) {
      out.push_back(entry.sources.front().path);
    }
  }
  return out;
}

void IndexWriter::lost(const std::string& path) {
  Impl& impl = *impl_;
  for (auto& entry : impl.entries) {
    if (entry.sources.empty() || entry.sources.front().sha256 == entry.record_sha) continue;
    if (!std::erase_if(entry.sources, [&](const SourceRecord& s) { return s.path == path; }))
      continue;
    impl.changed = true;
    if (entry.sources.empty()) ++impl.summary.removed;
  }
}

}  // namespace pia
