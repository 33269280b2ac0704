#include "indexer/shard_pool.h"

#include <fmt/format.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "dicts/reading.h"
#include "indexer/document_builder.h"
#include "indexer/segment_writer.h"

namespace pia {
namespace {

constexpr std::uint64_t kOneLane = 16;
constexpr std::size_t kInFlight = 8;  // assessments a thread; each may be a megabyte of JSON

struct Job {
  std::uint32_t shard = 0;
  nlohmann::ordered_json record;
};

// One thread with its queue. The thread opens the segment of a job when it differs from the last.
class Lane {
 public:
  Lane(const Tokenizer& tokenizer, std::function<std::filesystem::path(std::uint32_t)> path_of)
      : builder_(tokenizer),
        reading_([&tokenizer](std::string_view text) { return reading_of(tokenizer, text); }),
        path_of_(std::move(path_of)),
        thread_([this] { run(); }) {}
  ~Lane() { (void)join(); }

  void push(Job job) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return queue_.size() < kInFlight; });
    queue_.push_back(std::move(job));
    changed_.notify_all();
  }

  Status join() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
      changed_.notify_all();
    }
    if (thread_.joinable()) thread_.join();
    return status_;
  }

 private:
  std::optional<Job> pop() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !queue_.empty() || closed_; });
    if (queue_.empty()) return std::nullopt;
    Job job = std::move(queue_.front());
    queue_.pop_front();
    changed_.notify_all();
    return job;
  }

  void run() {
    while (auto job = pop()) {
      if (status_) status_ = write(*job);  // after an error only empty the queue
    }
    if (writer_ && status_) status_ = writer_->finish();
    writer_.reset();
  }

  Status write(const Job& job) {
    if (!writer_ || job.shard != shard_) {
      if (writer_) {
        if (auto done = writer_->finish(); !done) return done;
      }
      auto created = SegmentWriter::create(path_of_(job.shard), reading_);
      if (!created) return created.error();
      writer_.emplace(std::move(*created));
      shard_ = job.shard;
    }
    auto added = writer_->add(builder_.build(job.record));
    if (!added) return added.error();
    return Done{};
  }

  DocumentBuilder builder_;
  ReadingOf reading_;
  std::function<std::filesystem::path(std::uint32_t)> path_of_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> queue_;
  bool closed_ = false;
  Status status_ = Done{};
  std::optional<SegmentWriter> writer_;
  std::uint32_t shard_ = 0;
  std::thread thread_;  // last: starts when everything above is there
};

}  // namespace

struct ShardPool::Impl {
  const Tokenizer& tokenizer;
  std::filesystem::path dir;
  std::uint32_t first_number;
  std::size_t threads;
  std::uint32_t shard_size;
  std::vector<std::unique_ptr<Lane>> lanes;
  std::vector<std::uint32_t> open;  // lane -> its current shard
  std::vector<Shard> shards;
  std::uint64_t added = 0;

  std::string name_of(std::uint32_t shard) const {
    return fmt::format("seg-{}", first_number + shard);
  }
  std::uint32_t new_shard() {
    shards.push_back({name_of(static_cast<std::uint32_t>(shards.size())), 0});
    return static_cast<std::uint32_t>(shards.size() - 1);
  }
};

ShardPool::ShardPool(const Tokenizer& tokenizer, std::filesystem::path dir,
                     std::uint32_t first_number, int threads, std::uint32_t shard_size)
    : impl_(new Impl{tokenizer,
                     std::move(dir),
                     first_number,
                     static_cast<std::size_t>(std::max(threads, 1)),
                     shard_size,
                     {},
                     {},
                     {},
                     0}) {}

ShardPool::~ShardPool() = default;

ShardPlace ShardPool::add(nlohmann::ordered_json record) {
  const std::uint64_t n = impl_->added++;
  const std::size_t lane = n < kOneLane ? 0 : (n - kOneLane) % impl_->threads;
  if (lane == impl_->lanes.size()) {  // each lane is first used in its turn
    impl_->lanes.push_back(std::make_unique<Lane>(
        impl_->tokenizer, [dir = impl_->dir, first = impl_->first_number](std::uint32_t shard) {
          return dir / fmt::format("seg-{}", first + shard);
        }));
    impl_->open.push_back(impl_->new_shard());
  }
  if (impl_->shards[impl_->open[lane]].assessments == impl_->shard_size) {
    impl_->open[lane] = impl_->new_shard();
  }
  const ShardPlace place{impl_->open[lane], impl_->shards[impl_->open[lane]].assessments++};
  impl_->lanes[lane]->push({place.shard, std::move(record)});
  return place;
}

Result<std::vector<ShardPool::Shard>> ShardPool::finish() {
  Status status = Done{};
  for (auto& lane : impl_->lanes) {
    auto joined = lane->join();
    if (!joined && status) status = joined;
  }
  if (!status) return status.error();
  return impl_->shards;
}

}  // namespace pia
