#include "query/index_reader.h"

#include <mutex>

#include "query/snapshot_data.h"

namespace pia {
namespace fs = std::filesystem;

struct IndexReader::Impl {
  fs::path dir;
  mutable std::mutex mutex;  // guards snapshot and name
  std::mutex loading;        // one reopen() at a time
  std::shared_ptr<const Snapshot> snapshot;
  std::string name;
};

IndexReader::IndexReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
IndexReader::IndexReader(IndexReader&&) noexcept = default;
IndexReader& IndexReader::operator=(IndexReader&&) noexcept = default;
IndexReader::~IndexReader() = default;

Result<IndexReader> IndexReader::open(const fs::path& dir) {
  auto impl = std::make_unique<Impl>();
  impl->dir = dir;
  IndexReader out(std::move(impl));
  auto opened = out.reopen();
  if (!opened) return opened.error();
  return out;
}

std::shared_ptr<const Snapshot> IndexReader::snapshot() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->snapshot;
}

Result<bool> IndexReader::reopen() {
  const std::lock_guard loading(impl_->loading);
  Error last;
  for (int attempt = 0; attempt < 3; ++attempt) {  // a writer may publish and clean up meanwhile
    auto name = SnapshotLoader::current(impl_->dir);
    if (!name) return name.error();
    if (*name == impl_->name) return false;
    auto loaded = SnapshotLoader::load(impl_->dir, *name);
    if (loaded) {
      const std::lock_guard lock(impl_->mutex);
      impl_->snapshot = std::move(*loaded);
      impl_->name = *name;
      return true;
    }
    last = loaded.error();
    if (last.code != ErrorCode::IndexDamaged) break;
  }
  return last;
}

}  // namespace pia
