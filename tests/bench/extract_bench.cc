// Throughput of extraction alone: bytes of text → lines, rows, assessment; no files in the timed
// part, no JSON. Processor time of the thread, best of nine rounds, per file and in all.
//
//   extract_bench FILE...

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "indexer/extract.h"

namespace {
double seconds_of_thread() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}
}  // namespace

int main(int argc, char** argv) {
  double all_bytes = 0, all_seconds = 0;
  for (int i = 1; i < argc; ++i) {
    std::ifstream in(argv[i], std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    double best = 1e9;
    bool good = true;
    for (int round = 0; round < 9; ++round) {
      const double begin = seconds_of_thread();
      const auto source = pia::read_text_source(bytes, argv[i]);
      good = source && pia::extract(*source);
      best = std::min(best, seconds_of_thread() - begin);
    }
    fmt::print("{:>9} bytes {:>8.2f} ms {:>7.1f} MB/s {} {}\n", bytes.size(), best * 1e3,
               static_cast<double>(bytes.size()) / best / 1e6, good ? "" : "(rejected)", argv[i]);
    all_bytes += static_cast<double>(bytes.size());
    all_seconds += best;
  }
  if (all_seconds > 0) fmt::print("all: {:.1f} MB/s\n", all_bytes / all_seconds / 1e6);
  return 0;
}
