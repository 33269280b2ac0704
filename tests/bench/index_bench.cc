// The index at size: building, opening, small updates, literal strings, facets.
//   PIA_BENCH_N=20000 build/release/bin/index_bench
// N (default 2,000) assessments are made by tests/bench/corpus.h; with PIA_BENCH_DB=DIR the index
// is kept there and used again. Times are wall clock, one thread; p50 and p99 in milliseconds.

#include <benchmark/benchmark.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "bench/corpus.h"
#include "dicts/normalizer.h"
#include "dicts/utf8.h"
#include "indexer/index_writer.h"
#include "query/index_reader.h"

namespace {

using namespace pia;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

std::uint32_t corpus_size() {
  const char* n = std::getenv("PIA_BENCH_N");
  return n ? static_cast<std::uint32_t>(std::strtoul(n, nullptr, 10)) : 2000;
}

[[noreturn]] void stop(const Error& error) {
  std::fprintf(stderr, "index_bench: %s: %s\n", error.file.c_str(), error.reason.c_str());
  std::exit(1);
}

template <typename T>
T must(Result<T> result) {
  if (!result) stop(result.error());
  return std::move(*result);
}

const bench::Corpus& corpus() {
  static const bench::Corpus kCorpus(PIA_SOURCE_DIR "/sample-data");
  return kCorpus;
}

struct Folder {
  fs::path path = fs::temp_directory_path() / ("pia-bench-" + std::to_string(getpid()));
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
};

fs::path index_dir() {
  static const Folder kFolder;
  const char* kept = std::getenv("PIA_BENCH_DB");
  return kept ? fs::path(kept) : kFolder.path;
}

std::size_t build(const fs::path& dir, std::uint32_t n) {
  auto writer = must(IndexWriter::open(dir, {}));
  std::size_t bytes = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    auto record = corpus().assessment(i);
    bytes += bench::Corpus::text_bytes(record);
    must(writer.add(std::move(record)));
  }
  must(writer.publish());
  return bytes;
}

std::size_t size_of(const fs::path& dir) {
  std::size_t out = 0;
  for (const auto& entry : fs::recursive_directory_iterator(dir)) {
    if (entry.is_regular_file()) out += entry.file_size();
  }
  return out;
}

const Snapshot& snapshot() {
  static const auto kSnapshot = [] {
    if (!fs::exists(index_dir() / "current")) build(index_dir(), corpus_size());
    return must(IndexReader::open(index_dir())).snapshot();
  }();
  return *kSnapshot;
}

void report(benchmark::State& state, std::vector<double>& ms) {
  if (ms.empty()) return;
  std::ranges::sort(ms);
  state.counters["p50_ms"] = ms[ms.size() / 2];
  state.counters["p99_ms"] = ms[ms.size() * 99 / 100];
  state.counters["max_ms"] = ms.back();
}

// Runs `work(i)` for i = 0, 1, 2 ... and reports percentiles.
template <typename Work>
void measure(benchmark::State& state, Work&& work) {
  std::vector<double> ms;
  std::size_t i = 0;
  for (auto _ : state) {
    const auto begin = Clock::now();
    work(i++);
    ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
  }
  report(state, ms);
}

void build_index(benchmark::State& state) {
  std::size_t bytes = 0;
  for (auto _ : state) {
    fs::remove_all(index_dir());
    bytes = build(index_dir(), corpus_size());
  }
  state.counters["text_MB"] = static_cast<double>(bytes) / 1e6;
  state.counters["index_MB"] = static_cast<double>(size_of(index_dir())) / 1e6;
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) *
                          static_cast<std::int64_t>(state.iterations()));
}

void open_index(benchmark::State& state) {
  snapshot();
  measure(state,
          [](std::size_t) { benchmark::DoNotOptimize(must(IndexReader::open(index_dir()))); });
}

// Strings of 2 to 20 characters cut anywhere out of the texts. `rare`: with few candidates.
std::vector<std::string> strings(bool rare, std::size_t count) {
  const LiteralIndex& literal = snapshot().literal(Table::Assessments);
  std::mt19937 random(7);
  std::vector<std::string> out;
  for (int tries = 0; out.size() < count && tries < 1'000'000; ++tries) {
    const auto doc = static_cast<DocId>(random() % snapshot().size(Table::Assessments));
    if (literal.unit_count(doc) == 0) continue;
    const auto text = utf8::decode(
        literal.unit(doc, static_cast<std::uint32_t>(random() % literal.unit_count(doc))).text);
    const std::size_t size = 2 + random() % 19;
    if (text.size() < size) continue;
    auto piece = utf8::encode(text.substr(random() % (text.size() - size + 1), size));
    const bool is_rare = literal.estimate(piece) * 100 < snapshot().size(Table::Assessments);
    if (is_rare == rare) out.push_back(std::move(piece));
  }
  return out;
}

void literal_search(benchmark::State& state) {
  const auto pieces = strings(state.range(0) != 0, 200);
  if (pieces.empty()) return state.SkipWithError("no such strings");
  std::size_t hits = 0;
  measure(state, [&](std::size_t i) {
    hits += snapshot().literal(Table::Assessments).find(pieces[i % pieces.size()]).count();
  });
  state.counters["hits"] =
      benchmark::Counter(static_cast<double>(hits), benchmark::Counter::kAvgIterations);
}

// Every pair is somewhere in most documents, the whole nowhere: the worst case, all is verified.
void literal_absent(benchmark::State& state) {
  auto pieces = strings(false, 200);
  for (auto& piece : pieces) {
    auto text = utf8::decode(piece);
    std::ranges::reverse(text);
    piece = utf8::encode(text);
  }
  measure(state, [&](std::size_t i) {
    benchmark::DoNotOptimize(
        snapshot().literal(Table::Assessments).find(pieces[i % pieces.size()]));
  });
}

void count_facets(const DocSet& docs) {
  for (const Field field : {Field::Municipality, Field::Prefecture, Field::Category,
                            Field::Contractor, Field::Kind, Field::Year}) {
    benchmark::DoNotOptimize(snapshot().column(Table::Assessments, field)->count(docs));
  }
}

void word_with_six_facets(benchmark::State& state) {
  const char* const kWords[] = {"委託", "情報", "端末", "保管", "サーバ", "住民", "確認", "記録"};
  measure(state, [&](std::size_t i) {
    auto docs = must(snapshot().docs_with_word(Table::Assessments, kWords[i % std::size(kWords)]));
    docs &= snapshot().scope(Table::Assessments, Versions::Latest);
    count_facets(docs);
  });
}

void everything_with_six_facets(benchmark::State& state) {
  measure(state, [&](std::size_t) {
    count_facets(snapshot().scope(Table::Assessments, Versions::Latest));
  });
}

void contractor_with_six_facets(benchmark::State& state) {
  const Column& column = *snapshot().column(Table::Assessments, Field::Contractor);
  measure(state, [&](std::size_t i) {
    auto docs = column.docs_with(static_cast<ValueId>(i % column.distinct()));
    docs &= snapshot().scope(Table::Assessments, Versions::Latest);
    count_facets(docs);
  });
}

void rank_three_words(benchmark::State& state) {
  std::vector<float> scores(snapshot().size(Table::Assessments));
  measure(state, [&](std::size_t) {
    std::ranges::fill(scores, 0.0F);
    for (const char* word : {"委託", "端末", "廃棄"}) {
      must(snapshot().add_scores(Table::Assessments, Zone::Body, word, 1, nullptr, scores));
    }
    benchmark::DoNotOptimize(scores.data());
  });
}

void small_update(benchmark::State& state) {
  snapshot();
  const Folder other{index_dir().string() + "-update"};
  fs::copy(index_dir(), other.path, fs::copy_options::recursive);
  measure(state, [&](std::size_t i) {
    auto writer = must(IndexWriter::open(other.path, {.jobs = 1}));
    must(writer.add(corpus().assessment(1'000'000 + static_cast<std::uint32_t>(i))));
    must(writer.publish());
  });
}

BENCHMARK(build_index)->Iterations(1)->Unit(benchmark::kSecond)->UseRealTime();
BENCHMARK(open_index)->Iterations(5)->Unit(benchmark::kMillisecond);
BENCHMARK(literal_search)
    ->Arg(0)
    ->Arg(1)
    ->ArgName("rare")
    ->Iterations(200)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(literal_absent)->Iterations(200)->Unit(benchmark::kMillisecond);
BENCHMARK(word_with_six_facets)->Iterations(80)->Unit(benchmark::kMillisecond);
BENCHMARK(everything_with_six_facets)->Iterations(20)->Unit(benchmark::kMillisecond);
BENCHMARK(contractor_with_six_facets)->Iterations(200)->Unit(benchmark::kMillisecond);
BENCHMARK(rank_three_words)->Iterations(50)->Unit(benchmark::kMillisecond);
BENCHMARK(small_update)->Iterations(5)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
