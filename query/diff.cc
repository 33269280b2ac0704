#include "query/diff.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>

#include "dicts/normalizer.h"
#include "dicts/utf8.h"

namespace pia {
namespace {

enum class Kind { Space, Digit, Latin, Hiragana, Katakana, Kanji, Symbol };

Kind kind_of(char32_t c) {
  if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == 0x3000) return Kind::Space;
  if ((c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19)) return Kind::Digit;
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xFF21 && c <= 0xFF5A)) {
    return Kind::Latin;
  }
  if (c >= 0x3041 && c <= 0x309F) return Kind::Hiragana;
  if ((c >= 0x30A1 && c <= 0x30FF && c != 0x30FB) || (c >= 0xFF66 && c <= 0xFF9F)) {
    return Kind::Katakana;
  }
  if ((c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || c == 0x3005 ||
      (c >= 0x20000 && c <= 0x3FFFF)) {
    return Kind::Kanji;
  }
  return Kind::Symbol;
}

struct Edit {
  char op;
  std::size_t from, to;
};

// The edit script between two sequences of numbers. `kMaxEdits` bounds time and memory (both grow
// with its square); beyond it the middle counts as replaced.
constexpr std::ptrdiff_t kMaxEdits = 1500;

std::vector<Edit> edit_script(const std::vector<std::uint32_t>& a,
                              const std::vector<std::uint32_t>& b) {
  const auto n = static_cast<std::ptrdiff_t>(a.size());
  const auto m = static_cast<std::ptrdiff_t>(b.size());
  const std::ptrdiff_t limit = std::min(n + m, kMaxEdits);
  const auto offset = static_cast<std::size_t>(limit + 1);
  const auto at = [&](std::ptrdiff_t k) { return static_cast<std::size_t>(k + limit + 1); };
  std::vector<std::ptrdiff_t> furthest(2 * offset + 1, 0);
  std::vector<std::vector<std::ptrdiff_t>> trace;
  std::ptrdiff_t edits = 0;
  bool done = false;
  for (; edits <= limit && !done; ++edits) {
    // What the way back will need: diagonals -edits-1 ... edits+1 as they were before this round.
    trace.emplace_back(furthest.begin() + (limit - edits), furthest.begin() + (limit + edits + 3));
    for (std::ptrdiff_t k = -edits; k <= edits; k += 2) {
      const bool down = k == -edits || (k != edits && furthest[at(k - 1)] < furthest[at(k + 1)]);
      std::ptrdiff_t x = down ? furthest[at(k + 1)] : furthest[at(k - 1)] + 1;
      while (x < n && x - k < m &&
             a[static_cast<std::size_t>(x)] == b[static_cast<std::size_t>(x - k)]) {
        ++x;
      }
      furthest[at(k)] = x;
      if (x >= n && x - k >= m) {
        done = true;
        break;
      }
    }
  }
  std::vector<Edit> script;
  if (!done) {
    for (std::size_t i = 0; i < a.size(); ++i) script.push_back({'-', i, 0});
    for (std::size_t j = 0; j < b.size(); ++j) script.push_back({'+', 0, j});
    return script;
  }
  std::ptrdiff_t x = n;
  std::ptrdiff_t y = m;
  for (std::ptrdiff_t d = edits - 1; d >= 0; --d) {
    const auto& before = trace[static_cast<std::size_t>(d)];  // of diagonals -d-1 ... d+1
    const auto value = [&](std::ptrdiff_t k) {
      return before[static_cast<std::size_t>(k + d + 1)];
    };
    const std::ptrdiff_t k = x - y;
    const bool down = k == -d || (k != d && value(k - 1) < value(k + 1));
    const std::ptrdiff_t previous_k = down ? k + 1 : k - 1;
    const std::ptrdiff_t previous_x = value(previous_k);
    const std::ptrdiff_t previous_y = previous_x - previous_k;
    while (x > previous_x && y > previous_y) {
      --x;
      --y;
      script.push_back({'=', static_cast<std::size_t>(x), static_cast<std::size_t>(y)});
    }
    if (d == 0) break;
    if (down) {
      script.push_back({'+', 0, static_cast<std::size_t>(y - 1)});
    } else {
      script.push_back({'-', static_cast<std::size_t>(x - 1), 0});
    }
    x = previous_x;
    y = previous_y;
  }
  std::reverse(script.begin(), script.end());
  return script;
}

}  // namespace

std::vector<std::string_view> diff_tokens(std::string_view text) {
  std::vector<std::string_view> tokens;
  std::size_t begin = 0;
  Kind last = Kind::Symbol;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const Kind kind = kind_of(utf8::next(text, at));
    if (start > begin && (kind != last || kind == Kind::Symbol)) {
      tokens.push_back(text.substr(begin, start - begin));
      begin = start;
    }
    last = kind;
  }
  if (begin < text.size()) tokens.push_back(text.substr(begin));
  return tokens;
}

std::vector<DiffPiece> diff_texts(std::string_view from, std::string_view to) {
  const auto a = diff_tokens(from);
  const auto b = diff_tokens(to);
  std::map<std::string, std::uint32_t, std::less<>> numbers;
  const auto number = [&](std::string_view token) {
    return numbers.try_emplace(fold_literal_text(token), static_cast<std::uint32_t>(numbers.size()))
        .first->second;
  };
  // Equal ends are cut off first: versions of a long text differ in a few words.
  std::vector<std::uint32_t> na, nb;
  for (const auto token : a) na.push_back(number(token));
  for (const auto token : b) nb.push_back(number(token));
  std::size_t head = 0;
  while (head < na.size() && head < nb.size() && na[head] == nb[head]) ++head;
  std::size_t tail = 0;
  while (tail < na.size() - head && tail < nb.size() - head &&
         na[na.size() - 1 - tail] == nb[nb.size() - 1 - tail]) {
    ++tail;
  }
  const auto middle = [&](const std::vector<std::uint32_t>& v) {
    return std::vector<std::uint32_t>(v.begin() + static_cast<std::ptrdiff_t>(head),
                                      v.end() - static_cast<std::ptrdiff_t>(tail));
  };

  std::vector<DiffPiece> pieces;
  std::string removed, added;
  const auto flush = [&] {
    if (!removed.empty()) pieces.push_back({'-', std::move(removed)});
    if (!added.empty()) pieces.push_back({'+', std::move(added)});
    removed.clear();
    added.clear();
  };
  const auto same = [&](std::string_view text) {
    flush();
    if (pieces.empty() || pieces.back().op != '=') pieces.push_back({'=', {}});
    pieces.back().text.append(text);
  };
  for (std::size_t i = 0; i < head; ++i) same(b[i]);
  for (const Edit& edit : edit_script(middle(na), middle(nb))) {
    switch (edit.op) {
      case '=':
        same(b[head + edit.to]);
        break;
      case '-':
        removed.append(a[head + edit.from]);
        break;
      default:
        added.append(b[head + edit.to]);
        break;
    }
  }
  for (std::size_t i = b.size() - tail; i < b.size(); ++i) same(b[i]);
  flush();
  return pieces;
}

double diff_similarity(const std::vector<DiffPiece>& pieces) {
  std::size_t same = 0;
  std::size_t all = 0;
  for (const auto& piece : pieces) {
    const std::size_t weight = piece.text.size() * (piece.op == '=' ? 2 : 1);
    if (piece.op == '=') same += weight;
    all += weight;
  }
  return all == 0 ? 1.0 : static_cast<double>(same) / static_cast<double>(all);
}

}  // namespace pia
