// The state of the index is loaded as entries: every assessment with its files and the place of
// its documents. Calls change entries and hand new documents to the shard pool; publish() merges
// small segments, writes the files of the next generation and switches to it. Which documents are
// dead is not kept anywhere: it is what no living entry points to.

#include "indexer/index_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>
#include <unordered_map>

#include "indexer/generations.h"
#include "indexer/schema.h"
#include "indexer/segment_files.h"
#include "indexer/segment_writer.h"
#include "indexer/shard_pool.h"

namespace pia {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

// A segment is written anew from its records when more than a quarter of it is dead.
constexpr std::uint32_t kDeadShare = 4;
constexpr std::uint32_t kDeadFew = 16;

struct SourceRecord {
  std::string path, format, sha256;
  Json url;  // string or null
  friend bool operator==(const SourceRecord&, const SourceRecord&) = default;
};

struct Entry {
  std::string id;
  std::vector<SourceRecord> sources;  // best first; empty: the assessment is gone
  std::string record_sha;             // of the file that its documents were made from
  std::uint32_t segment = 0;          // index into Impl::segments
  std::uint32_t ordinal = 0;
  bool fresh = false;                 // not in the index when the run began
  bool counted = false;               // as replaced
};

struct Segment {
  std::string name;
  std::uint32_t assessments = 0;
  bool kept = true;
};

int rank_of(std::string_view format) {
  constexpr std::array kBestFirst = {"xlsx", "pdf", "html", "text"};
  const auto at = std::ranges::find(kBestFirst, format);
  return static_cast<int>(at - kBestFirst.begin());
}

void sort_sources(std::vector<SourceRecord>& sources) {
  std::ranges::sort(sources, [](const SourceRecord& a, const SourceRecord& b) {
    return std::pair(rank_of(a.format), std::string_view(a.path)) <
           std::pair(rank_of(b.format), std::string_view(b.path));
  });
}

std::string normal(std::string_view path) {
  return fs::path(path).lexically_normal().string();
}

std::vector<SourceRecord> parse_sources(const Json& list) {
  std::vector<SourceRecord> out;
  if (!list.is_array()) return out;
  for (const auto& source : list) {
    if (!source.is_object()) continue;
    const auto text = [&](const char* key) {
      const auto found = source.find(key);
      return found != source.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    const auto url = source.find("url");
    out.push_back({text("path"), text("format"), text("sha256"),
                   url != source.end() && url->is_string() ? *url : Json()});
  }
  return out;
}

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string sources_json(const std::vector<SourceRecord>& sources) {
  Json list = Json::array();
  for (const auto& source : sources) {
    list.push_back({{"path", source.path},
                    {"format", source.format},
                    {"sha256", source.sha256},
                    {"url", source.url}});
  }
  return dump(list);
}

const char* code_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::Usage: return "usage";
    case ErrorCode::MalformedQuery: return "malformed-query";
    case ErrorCode::NotFound: return "not-found";
    case ErrorCode::SourceMissing: return "source-missing";
    case ErrorCode::SourceEmpty: return "source-empty";
    case ErrorCode::SourceNotText: return "source-not-text";
    case ErrorCode::SourceNotForm: return "source-not-form";
    case ErrorCode::SourceDamaged: return "source-damaged";
    case ErrorCode::SourceTooBig: return "source-too-big";
    case ErrorCode::SourceUnsupported: return "source-unsupported";
    case ErrorCode::IndexMissing: return "index-missing";
    case ErrorCode::IndexVersion: return "index-version";
    case ErrorCode::IndexDamaged: return "index-damaged";
    case ErrorCode::IndexBusy: return "index-busy";
    case ErrorCode::IndexIo: return "index-io";
    case ErrorCode::Dictionary: return "dictionary";
    case ErrorCode::Internal: return "internal";
  }
  return "internal";
}

}  // namespace

struct IndexWriter::Impl {
  Impl(fs::path d, const WriterOptions& o, IndexLock l, Tokenizer t)
      : dir(std::move(d)), options(o), lock(std::move(l)), tokenizer(std::move(t)) {}
  ~Impl() {
    pool.reset();
    remove_unused(dir);
  }

  Status load();
  ShardPool& shards();
  void place(Entry& entry, Json record);
  Entry* by_content(const std::string& sha256);
  void count_replaced(Entry& entry);
  bool is_gone(const SourceRecord& source) const;
  bool path_is_gone(const std::string& path) const;
  Status rewrite_wasteful_segments();
  Status collect_shards();
  Status merge_small_segments();
  Status merge(const std::vector<std::uint32_t>& which);
  std::vector<std::vector<const Entry*>> living() const;
  Status write_generation();

  fs::path dir;
  WriterOptions options;
  IndexLock lock;
  Tokenizer tokenizer;
  Generation before;
  std::vector<Segment> segments;
  std::uint32_t first_shard = 0;  // index into segments of the pool's first shard
  std::uint32_t first_number = 0; // of a new segment's name
  std::vector<Entry> entries;
  std::unordered_map<std::string, std::size_t> ids, contents;
  std::map<std::string, std::string> seen;     // path -> sha256 of what it holds; "" if rejected
  std::map<std::string, Json> rejected, rejected_before;
  std::unique_ptr<ShardPool> pool;
  bool changed = false;
  WriterSummary summary;
};

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
      Entry entry;
      entry.id = blob.substr(0, cut);
      entry.sources = parse_sources(Json::parse(blob.substr(cut + 1), nullptr, false));
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
void IndexWriter::Impl::place(Entry& entry, Json record) {
  const ShardPlace at = shards().add(std::move(record));
  entry.segment = first_shard + at.shard;
  entry.ordinal = at.ordinal;
  changed = true;
}

Entry* IndexWriter::Impl::by_content(const std::string& sha256) {
  const auto found = contents.find(sha256);
  if (found == contents.end()) return nullptr;
  Entry& entry = entries[found->second];
  const bool holds = std::ranges::any_of(
      entry.sources, [&](const SourceRecord& source) { return source.sha256 == sha256; });
  return holds ? &entry : nullptr;
}

void IndexWriter::Impl::count_replaced(Entry& entry) {
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
  Entry* entry = impl.by_content(sha256);
  if (!entry) return false;
  for (const auto& path : paths) impl.rejected.erase(path);
  const SourceRecord known = *std::ranges::find(entry->sources, sha256, &SourceRecord::sha256);
  if (!url.empty() && known.url != Json(url)) return false;

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
  Entry& entry = impl.entries[at->second];
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
    if (!std::erase_if(entry.sources, [&](const SourceRecord& s) { return s.path == path; })) continue;
    impl.changed = true;
    if (entry.sources.empty()) ++impl.summary.removed;
  }
}

// --- publishing

// For each segment, who lives at each ordinal.
std::vector<std::vector<const Entry*>> IndexWriter::Impl::living() const {
  std::vector<std::vector<const Entry*>> out(segments.size());
  for (std::size_t s = 0; s < segments.size(); ++s) out[s].resize(segments[s].assessments);
  for (const auto& entry : entries) {
    if (entry.sources.empty() || entry.segment >= segments.size()) continue;
    out[entry.segment][entry.ordinal] = &entry;
  }
  return out;
}

Status IndexWriter::Impl::rewrite_wasteful_segments() {
  const auto alive = living();
  for (std::size_t s = 0; s < before.segments.size(); ++s) {
    const auto dead = static_cast<std::uint32_t>(std::ranges::count(alive[s], nullptr));
    const bool all = dead == segments[s].assessments;
    if (!all && (dead < kDeadFew || dead * kDeadShare <= segments[s].assessments)) continue;
    segments[s].kept = false;
    changed = true;
    if (all) continue;
    auto records = read_blobs(dir / segments[s].name / "assessments" / "records");
    if (!records) return records.error();
    for (std::uint32_t ordinal = 0; ordinal < alive[s].size(); ++ordinal) {
      if (!alive[s][ordinal]) continue;
      Json record = Json::parse((*records)[ordinal * 2] + "[]" + (*records)[ordinal * 2 + 1]);
      place(entries[ids.at(alive[s][ordinal]->id)], std::move(record));
    }
  }
  return Done{};
}

Status IndexWriter::Impl::collect_shards() {
  if (!pool) return Done{};
  auto finished = pool->finish();
  pool.reset();
  if (!finished) return finished.error();
  for (const auto& shard : *finished) segments.push_back({shard.name, shard.assessments, true});
  first_number += static_cast<std::uint32_t>(finished->size());
  return Done{};
}

// Joins some segments into a new one at the end, with all their documents, dead ones too.
Status IndexWriter::Impl::merge(const std::vector<std::uint32_t>& which) {
  const std::string name = fmt::format("seg-{}", first_number++);
  std::vector<fs::path> from;
  std::map<std::uint32_t, std::uint32_t> bases;
  std::uint32_t total = 0;
  for (const std::uint32_t s : which) {
    from.push_back(dir / segments[s].name);
    bases[s] = total;
    total += segments[s].assessments;
    segments[s].kept = false;
  }
  if (auto done = merge_segments(from, dir / name); !done) return done;
  const auto target = static_cast<std::uint32_t>(segments.size());
  segments.push_back({name, total, true});
  for (auto& entry : entries) {
    const auto base = bases.find(entry.segment);
    if (base == bases.end()) continue;
    entry.segment = target;
    entry.ordinal += base->second;
  }
  return Done{};
}

Status IndexWriter::Impl::merge_small_segments() {
  std::vector<std::uint32_t> fresh, all;
  for (std::uint32_t s = 0; s < segments.size(); ++s) {
    if (!segments[s].kept) continue;
    if (s >= before.segments.size()) fresh.push_back(s);
    all.push_back(s);
  }
  if (all.size() - fresh.size() + !fresh.empty() > options.max_segments) {
    // Everything but a segment that is larger than all others together.
    const auto largest = *std::ranges::max_element(
        all, {}, [&](std::uint32_t s) { return segments[s].assessments; });
    std::uint32_t rest = 0;
    for (const std::uint32_t s : all) rest += s == largest ? 0 : segments[s].assessments;
    if (segments[largest].assessments > rest) std::erase(all, largest);
    return merge(all);
  }
  if (fresh.size() > 1) return merge(fresh);
  return Done{};
}

Status IndexWriter::Impl::write_generation() {
  Generation next;
  next.number = before.number + 1;
  next.extraction = schema::kExtraction;
  const fs::path home = generation_dir(dir, next.number);
  std::error_code error;
  fs::create_directories(home, error);
  if (error) return Error{ErrorCode::IndexIo, "cannot create: " + error.message(), home.string()};

  BlobWriter sources(home / "sources");
  const auto alive = living();
  for (std::size_t s = 0; s < segments.size(); ++s) {
    if (!segments[s].kept) continue;
    SegmentRef ref{segments[s].name, segments[s].assessments, {}};
    for (std::uint32_t ordinal = 0; ordinal < alive[s].size(); ++ordinal) {
      const Entry* entry = alive[s][ordinal];
      sources.add(entry ? entry->id + "\n" + sources_json(entry->sources) : std::string());
      if (!entry) ref.dead.push_back(ordinal);
    }
    next.segments.push_back(std::move(ref));
  }
  if (auto done = sources.close(); !done) return done;
  Json report;
  report["rejected"] = Json::array();
  for (const auto& [path, reason] : rejected) report["rejected"].push_back(reason);
  if (auto done = write_file(home / "report.json", dump(report) + "\n"); !done) return done;
  if (auto done = pia::publish(dir, next); !done) return done;
  summary.published = true;
  return Done{};
}

Result<WriterSummary> IndexWriter::publish() {
  Impl& impl = *impl_;
  for (const auto& entry : impl.entries) impl.summary.total += !entry.sources.empty();
  if (!impl.changed && impl.rejected == impl.rejected_before && impl.before.number) {
    return impl.summary;
  }
  if (auto done = impl.rewrite_wasteful_segments(); !done) return done.error();
  if (auto done = impl.collect_shards(); !done) return done.error();
  if (auto done = impl.merge_small_segments(); !done) return done.error();
  if (auto done = impl.write_generation(); !done) return done.error();
  return impl.summary;
}

}  // namespace pia
