#include "indexer/boxes_present.h"

#include <algorithm>
#include <string>

#include "indexer/boxes_text.h"
#include "indexer/revision_fit.h"

namespace pia::boxes {
namespace {

constexpr std::size_t kRun = 6;
constexpr std::size_t kBits = std::size_t{1} << 21;     // of the form
constexpr std::size_t kFewBits = std::size_t{1} << 15;  // of one item

template <typename Do>
void each_run(std::u32string_view k, Do run) {
  constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15ULL;
  std::uint64_t drop = 1;
  for (std::size_t i = 0; i < kRun; ++i) drop *= kBase;
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < k.size(); ++i) {
    hash = hash * kBase + k[i];
    if (i >= kRun) hash -= drop * k[i - kRun];
    if (i + 1 >= kRun) run(static_cast<std::size_t>(hash ^ (hash >> 29)));
  }
}

// Sizes are powers of two: no division, of which a document would have one for every character.
std::size_t bit_of(std::size_t hash, std::size_t words) { return hash & (words * 64 - 1); }

}  // namespace

double Present::share_of(const Runs& runs, std::u32string_view k) {
  std::size_t all = 0, known = 0;
  each_run(k, [&](std::size_t hash) {
    const std::size_t bit = bit_of(hash, runs.size());
    ++all;
    known += (runs[bit / 64] >> (bit % 64)) & 1U;
  });
  return all == 0 ? 0 : static_cast<double>(known) / static_cast<double>(all);
}

void Present::add(Runs& runs, std::u32string_view k) {
  each_run(k, [&](std::size_t hash) {
    const std::size_t bit = bit_of(hash, runs.size());
    runs[bit / 64] |= std::uint64_t{1} << (bit % 64);
  });
}

double Present::share(std::u32string_view k) {
  if (k.size() < 2 * kRun) return 0;
  if (seen_.empty()) read();
  return share_of(seen_, k);
}

double Present::share(const std::vector<std::u32string_view>& parts) {
  double all = 0, known = 0;
  for (const std::u32string_view k : parts) {
    if (k.size() < 2 * kRun) continue;
    all += static_cast<double>(k.size());
    known += static_cast<double>(k.size()) * share(k);
  }
  return all == 0 ? 0 : known / all;
}

void Present::read() {
  seen_.assign(kBits / 64, 0);
  for (const Page& page : form_) {
    for (const Box& box : page.boxes) {
      std::u32string all;
      for (const Piece& piece : box.pieces) all += piece.key;
      add(seen_, all);
    }
  }
}

void Present::read_at(const FormItem* item) {
  if (items_.empty()) {
    for (const Passage& passage : passages_) items_.push_back(named_item(key(passage.item)));
  }
  std::vector<Said>& said = said_[item];
  for (std::size_t i = 0; i < items_.size(); ++i) {
    if (items_[i] != item) continue;
    // "Ⅲ-7 リスク その他の措置の内容" is at Ⅲ-7.
    const std::string& path = passages_[i].item;
    said.push_back({key(std::string_view(path).substr(0, path.find(' '))), Runs(kFewBits / 64, 0)});
    add(said.back().runs, key(passages_[i].text));
  }
}

double Present::share_at(std::u32string_view item, std::u32string_view k) {
  if (k.size() < 2 * kRun) return 0;
  const FormItem* named = named_item(item);
  if (named == nullptr) return 0;
  if (said_.count(named) == 0) read_at(named);
  double best = 0;
  for (const Said& said : said_[named]) {
    // A row names its section as chapter and number: Ⅲリスク対策(7.特定個人情報の保管・消去 …
    const std::u32string& section = said.section;
    const std::size_t dash = section.find('-');
    if (dash != std::u32string::npos && !item.starts_with(section.substr(0, dash))) continue;
    if (dash != std::u32string::npos &&
        item.find(section.substr(dash + 1) + U".") == std::u32string::npos)
      continue;
    best = std::max(best, share_of(said.runs, k));
  }
  return best;
}

}  // namespace pia::boxes
