#include "indexer/boxes_present.h"

#include <algorithm>
#include <string>

#include "indexer/boxes_text.h"

namespace pia::boxes {
namespace {

constexpr std::size_t kRun = 6;
constexpr std::size_t kBits = std::size_t{1} << 21;

template <typename Do>
void each_run(std::u32string_view k, Do run) {
  constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15ULL;
  std::uint64_t drop = 1;
  for (std::size_t i = 0; i < kRun; ++i) drop *= kBase;
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < k.size(); ++i) {
    hash = hash * kBase + k[i];
    if (i >= kRun) hash -= drop * k[i - kRun];
    if (i + 1 >= kRun) run((hash ^ (hash >> 29)) % kBits);
  }
}

}  // namespace

double Present::share(std::u32string_view k) {
  if (k.size() < 2 * kRun) return 0;
  if (seen_.empty()) read();
  std::size_t all = 0, known = 0;
  each_run(k, [&](std::size_t bit) {
    ++all;
    known += (seen_[bit / 64] >> (bit % 64)) & 1U;
  });
  return static_cast<double>(known) / static_cast<double>(all);
}

void Present::read() {
  seen_.assign(kBits / 64, 0);
  for (const Page& page : form_) {
    for (const Box& box : page.boxes) {
      std::u32string all;
      for (const Piece& piece : box.pieces) all += key(piece.text);
      each_run(all, [&](std::size_t bit) { seen_[bit / 64] |= std::uint64_t{1} << (bit % 64); });
    }
  }
}

}  // namespace pia::boxes
