// Throughput of extraction alone: bytes of text → lines, rows, assessment; no files in the timed
// part, no JSON. Best of five rounds, per file and in all, on one core.
//
//   extract_bench FILE...

#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "indexer/extract.h"

int main(int argc, char** argv) {
  using Clock = std::chrono::steady_clock;
  double all_bytes = 0, all_seconds = 0;
  for (int i = 1; i < argc; ++i) {
    std::ifstream in(argv[i], std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    double best = 1e9;
    bool good = true;
    for (int round = 0; round < 5; ++round) {
      const auto begin = Clock::now();
      const auto source = pia::read_text_source(bytes, argv[i]);
      good = source && pia::extract(*source);
      best = std::min(best, std::chrono::duration<double>(Clock::now() - begin).count());
    }
    fmt::print("{:>9} bytes {:>8.2f} ms {:>7.1f} MB/s {} {}\n", bytes.size(), best * 1e3,
               static_cast<double>(bytes.size()) / best / 1e6, good ? "" : "(rejected)", argv[i]);
    all_bytes += static_cast<double>(bytes.size());
    all_seconds += best;
  }
  if (all_seconds > 0) fmt::print("all: {:.1f} MB/s\n", all_bytes / all_seconds / 1e6);
  return 0;
}
