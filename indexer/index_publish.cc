// publish(): merges small segments, writes the files of the next generation and switches to it.
// Which documents are dead is not kept anywhere: it is what no living entry points to.

#include <fmt/format.h>

#include <algorithm>

#include "indexer/index_writer_data.h"
#include "indexer/schema.h"
#include "indexer/segment_files.h"
#include "indexer/segment_writer.h"

namespace pia {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

// A segment is written anew from its records when more than a quarter of it is dead.
constexpr std::uint32_t kDeadShare = 4;
constexpr std::uint32_t kDeadFew = 16;

}  // namespace

// For each segment, who lives at each ordinal.
std::vector<std::vector<const IndexedAssessment*>> IndexWriter::Impl::living() const {
  std::vector<std::vector<const IndexedAssessment*>> out(segments.size());
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
    std::string before_sources;
    auto done = for_each_blob(
        dir / segments[s].name / "assessments" / "records",
        [&](std::size_t i, std::string_view half) -> Status {
          if (i % 2 == 0) {
            before_sources = half;
          } else if (const auto* entry = alive[s][i / 2]) {
            Json record = Json::parse(before_sources + "[]" + std::string(half), nullptr, false);
            if (record.is_discarded()) {
              return Error{ErrorCode::IndexDamaged, "the record of " + entry->id + " is broken",
                           (dir / segments[s].name).string()};
            }
            place(entries[ids.at(entry->id)], std::move(record));
          }
          return Done{};
        });
    if (!done) return done;
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
      const IndexedAssessment* entry = alive[s][ordinal];
      sources.add(entry ? entry->id + "\n" + sources_json(entry->sources) : std::string());
      if (!entry) ref.dead.push_back(ordinal);
    }
    next.segments.push_back(std::move(ref));
  }
  if (auto done = sources.close(); !done) return done;
  Json report;
  report["rejected"] = Json::array();
  for (const auto& [path, reason] : rejected) report["rejected"].push_back(reason);
  if (auto done = write_file(home / "report.json",
                             report.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
      !done)
    return done;
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
