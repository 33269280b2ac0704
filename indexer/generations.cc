#include "indexer/generations.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "indexer/schema.h"
#include "indexer/segment_files.h"

namespace pia {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

Error io_error(const fs::path& path, std::string_view what) {
  return Error{ErrorCode::IndexIo, fmt::format("{}: {}", what, std::strerror(errno)),
               path.string()};
}

// The number in "gen-12" or "seg-12"; nullopt for anything else.
std::optional<std::uint64_t> number_of(std::string_view name, std::string_view prefix) {
  if (!name.starts_with(prefix)) return std::nullopt;
  name.remove_prefix(prefix.size());
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error != std::errc() || end != name.data() + name.size()) return std::nullopt;
  return number;
}

std::set<std::uint64_t> numbers_in(const fs::path& dir, std::string_view prefix) {
  std::set<std::uint64_t> out;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(dir, error)) {
    if (const auto number = number_of(entry.path().filename().string(), prefix))
      out.insert(*number);
  }
  return out;
}

Result<Generation> parse_generation(const fs::path& path) {
  auto text = read_file(path);
  if (!text) return text.error();
  const Json json = Json::parse(*text, nullptr, false);
  const auto damaged = [&] {
    return Error{ErrorCode::IndexDamaged, "not a generation of an index", path.string()};
  };
  if (!json.is_object() || !json.contains("schema")) return damaged();
  if (json["schema"] != schema::kVersion) {
    return Error{ErrorCode::IndexVersion,
                 fmt::format("the index has format version {}, this program writes and reads "
                             "version {}; index the sources again into a new directory",
                             json["schema"].dump(), schema::kVersion),
                 path.string()};
  }
  try {
    Generation out;
    out.number = json.at("number").get<std::uint64_t>();
    out.extraction = json.at("extraction").get<int>();
    for (const auto& segment : json.at("segments")) {
      out.segments.push_back({segment.at("name").get<std::string>(),
                              segment.at("assessments").get<std::uint32_t>(),
                              segment.at("dead").get<std::vector<std::uint32_t>>()});
    }
    return out;
  } catch (const Json::exception&) {
    return damaged();
  }
}

std::string generation_json(const Generation& generation) {
  Json json;
  json["schema"] = schema::kVersion;
  json["extraction"] = generation.extraction;
  json["number"] = generation.number;
  json["segments"] = Json::array();
  for (const auto& segment : generation.segments) {
    json["segments"].push_back(
        {{"name", segment.name}, {"assessments", segment.assessments}, {"dead", segment.dead}});
  }
  return json.dump() + "\n";
}

Status sync_all(const fs::path& dir) {
  const int fd = ::open(dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return io_error(dir, "cannot open");
  const bool failed = ::syncfs(fd) != 0;
  ::close(fd);
  if (failed) return io_error(dir, "cannot write to disk");
  return Done{};
}

// Whether no reader holds the generation.
bool unheld(const fs::path& generation) {
  const int fd = ::open((generation / "generation.json").c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return true;
  const bool free = ::flock(fd, LOCK_EX | LOCK_NB) == 0;
  ::close(fd);
  return free;
}

}  // namespace

Result<IndexLock> IndexLock::acquire(const fs::path& dir) {
  std::error_code error;
  fs::create_directories(dir, error);
  if (error) {
    return Error{ErrorCode::IndexIo, "cannot create the directory: " + error.message(),
                 dir.string()};
  }
  const int fd = ::open((dir / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0) return io_error(dir / "lock", "cannot open");
  if (::flock(fd, LOCK_EX | LOCK_NB) == 0) return IndexLock(fd);
  const bool busy = errno == EWOULDBLOCK;
  const Error failed = io_error(dir / "lock", "cannot lock");
  ::close(fd);
  if (!busy) return failed;
  return Error{ErrorCode::IndexBusy, "another program is writing to this index; wait until it ends",
               dir.string()};
}

IndexLock::IndexLock(IndexLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
IndexLock& IndexLock::operator=(IndexLock&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}
IndexLock::~IndexLock() {
  if (fd_ >= 0) ::close(fd_);
}

fs::path generation_dir(const fs::path& dir, std::uint64_t number) {
  return dir / fmt::format("gen-{}", number);
}

Result<Generation> current_generation(const fs::path& dir) {
  if (!fs::exists(dir / "current")) return Generation{};
  auto text = read_file(dir / "current");
  if (!text) return text.error();
  while (!text->empty() && text->back() == '\n') text->pop_back();
  if (!number_of(*text, "gen-")) {
    return Error{ErrorCode::IndexDamaged, "does not name a generation", (dir / "current").string()};
  }
  return parse_generation(dir / *text / "generation.json");
}

std::string next_segment(const fs::path& dir) {
  const auto used = numbers_in(dir, "seg-");
  return fmt::format("seg-{}", used.empty() ? 1 : *used.rbegin() + 1);
}

Status publish(const fs::path& dir, const Generation& generation) {
  const fs::path target = generation_dir(dir, generation.number);
  if (auto done = write_file(target / "generation.json", generation_json(generation)); !done) {
    return done;
  }
  if (auto done = write_file(dir / "current.new", target.filename().string() + "\n"); !done) {
    return done;
  }
  if (auto done = sync_all(dir); !done) return done;
  std::error_code error;
  fs::rename(dir / "current.new", dir / "current", error);
  if (error) {
    return Error{ErrorCode::IndexIo, "cannot publish: " + error.message(),
                 (dir / "current").string()};
  }
  return sync_all(dir);
}

void remove_unused(const fs::path& dir) {
  std::error_code ignored;
  const auto current = current_generation(dir);
  if (!current) return;  // unreadable: touch nothing
  const auto numbers = numbers_in(dir, "gen-");
  std::set<std::uint64_t> kept;
  if (current->number) kept.insert(current->number);
  const auto before = numbers.lower_bound(current->number);
  if (before != numbers.begin()) kept.insert(*std::prev(before));
  std::set<std::string> segments;
  for (const auto number : numbers) {
    const fs::path path = generation_dir(dir, number);
    if (!kept.contains(number) && unheld(path)) {
      fs::remove_all(path, ignored);
      continue;
    }
    if (const auto generation = parse_generation(path / "generation.json")) {
      for (const auto& segment : generation->segments) segments.insert(segment.name);
    }
  }
  for (const auto number : numbers_in(dir, "seg-")) {
    const std::string name = fmt::format("seg-{}", number);
    if (!segments.contains(name)) fs::remove_all(dir / name, ignored);
  }
  fs::remove(dir / "current.new", ignored);
}

}  // namespace pia
