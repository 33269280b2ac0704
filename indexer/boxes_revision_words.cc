#include "indexer/boxes_revision_words.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "indexer/boxes_text.h"

namespace pia::boxes {
namespace {

using View = std::u32string_view;

bool has(View k, View word) { return k.find(word) != View::npos; }

}  // namespace

double note_likeness(View k) {
  if (k.size() > 90 || k.size() < 3) return 0;
  double score = 0;
  for (const View word :
       {U"変更", U"重要", U"提出", U"公表", U"形式", U"軽微", U"字句", U"修正", U"改正", U"更改",
        U"見直し", U"反映", U"追記", U"異動", U"リスクを", U"該当", U"再実施", U"判断結果"}) {
    score += has(k, word) ? 0.35 : 0;
  }
  for (const View word : {U"ため", U"ない", U"ため。", U"ない。", U"変更", U"変更。", U"修正",
                          U"もの", U"もの。", U"した。"}) {
    if (k.ends_with(word)) score += 0.4;
  }
  if (has(k, U"・") || has(k, U"①") || has(k, U"＜")) score -= 0.6;
  return std::min(score, 1.2);
}

bool says_new(View k) {
  for (const View word :
       {U"(新規)", U"新規", U"(追加)", U"追加", U"右記を追加", U"右記を追記", U"未記載", U"なし",
        U"(なし)", U"記載なし", U"(記載なし)", U"(空欄)", U"空欄"}) {
    if (k == word) return true;
  }
  return !k.empty() && k.find_first_not_of(U"-") == View::npos;
}

double likeness(View a, View b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (a.size() < 4) return 0;
  const std::size_t end = std::min<std::size_t>(a.size(), 240);
  const auto pair = [](View t, std::size_t i) {
    return (static_cast<std::uint64_t>(t[i - 1]) << 32) | static_cast<std::uint64_t>(t[i]);
  };
  std::vector<std::uint64_t> pairs;
  for (std::size_t i = 1; i < std::min<std::size_t>(b.size(), 600); ++i)
    pairs.push_back(pair(b, i));
  std::sort(pairs.begin(), pairs.end());
  std::size_t shared = 0;
  for (std::size_t i = 1; i < end; ++i)
    shared += std::binary_search(pairs.begin(), pairs.end(), pair(a, i));
  return static_cast<double>(shared) / static_cast<double>(end - 1);
}

PairSet::PairSet(View k) {
  for (std::size_t i = 1; i < std::min<std::size_t>(k.size(), 400); ++i) {
    const std::uint32_t hash =
        (static_cast<std::uint32_t>(k[i - 1]) * 31U + static_cast<std::uint32_t>(k[i])) *
        0x9E3779B1U;
    const auto bit = static_cast<std::uint16_t>(hash >> 20);
    if (!bits_[bit]) list_.push_back(bit);
    bits_.set(bit);
  }
}

std::size_t PairSet::common(const PairSet& other) const {
  const bool fewer = list_.size() < other.list_.size();
  const std::bitset<4096>& all = fewer ? other.bits_ : bits_;
  std::size_t count = 0;
  for (const std::uint16_t bit : fewer ? list_ : other.list_) count += all[bit];
  return count;
}

double PairSet::likeness(const PairSet& other) const {
  const std::size_t low = std::min(size(), other.size());
  return low < 3 ? 0 : static_cast<double>(common(other)) / static_cast<double>(low);
}

namespace {

// [ ]その他()[○]その他(窓口): the same box, ticked otherwise. 0 if it is not there again.
std::size_t box_again(View k) {
  const std::size_t close = k.find(']');
  if (k.empty() || k[0] != '[' || close > 3 || close + 3 > k.size()) return 0;
  const View label = k.substr(close + 1, 2);
  if (label.find_first_of(U"[(") != View::npos) return 0;
  for (std::size_t i = k.find('[', close); i != View::npos; i = k.find('[', i + 1)) {
    const std::size_t end = k.find(']', i);
    if (end != View::npos && end < i + 4 && k.substr(end + 1).starts_with(label)) return i;
  }
  return 0;
}

}  // namespace

std::size_t echo(View k, std::size_t least) {
  if (const std::size_t box = box_again(k); box > 0 && k.size() <= 120) return box;
  std::size_t best = 0, longest = least - 1;
  for (std::size_t i = 4; i + 4 <= k.size() && i < 200; ++i) {
    std::size_t n = 0;
    while (i + n < k.size() && n < i && k[n] == k[i + n]) ++n;
    if (n > longest) longest = n, best = i;
  }
  return k.size() <= 120 ? best : 0;
}

std::size_t versions_in_one(const std::vector<std::string_view>& lines) {
  constexpr std::size_t kMost = 8;
  if (lines.size() < 2 || lines.size() > kMost || starts_with_mark(lines.front())) return 0;
  std::size_t widest = 0;
  for (const std::string_view line : lines) widest = std::max(widest, length(line));
  for (std::size_t cut = 1; cut < lines.size(); ++cut) {
    // A cell's last line does not fill the column.
    if (length(lines[cut - 1]) + 2 > widest || starts_with_mark(lines[cut])) continue;
    std::u32string before, after;
    for (std::size_t i = 0; i < lines.size(); ++i) (i < cut ? before : after) += key(lines[i]);
    if (before.size() < 8 || after.size() < 8 || before.size() > 2 * after.size() ||
        after.size() > 2 * before.size())
      continue;
    if (likeness(before, after) > 0.7) return cut;
  }
  return 0;
}

}  // namespace pia::boxes
