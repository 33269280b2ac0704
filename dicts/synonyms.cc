#include "dicts/synonyms.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "dicts/data.h"
#include "dicts/normalizer.h"
#include "dicts/utf8.h"

namespace pia {
namespace {

struct Thesaurus {
  std::unordered_map<std::string, std::vector<std::string>>
      also;  // literal folding -> folded words
  std::unordered_set<std::string>
      alone;                // short words of one-way rows: never within a run of kanji
  std::size_t longest = 0;  // characters of a key

  Thesaurus() {
    for (const data::Row& row : data::rows("synonyms")) {
      const bool both_ways = row.at(0) == "=";
      for (std::size_t i = 1; i < row.size(); ++i) {
        if (i > 1 && !both_ways) break;
        if (!both_ways && utf8::length(row[i]) <= 2) alone.insert(fold_literal_text(row[i]));
        for (std::size_t k = 1; k < row.size(); ++k) add(row[i], row[k]);
      }
    }
  }

  void add(std::string_view word, std::string_view other) {
    const std::string key = fold_literal_text(word);
    const std::string text = fold_text(other);
    if (fold_literal_text(text) == key) return;
    std::vector<std::string>& list = also[key];
    if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
    longest = std::max(longest, utf8::length(key));
  }

  const std::vector<std::string>* find(const std::string& key) const {
    const auto found = also.find(key);
    return found == also.end() ? nullptr : &found->second;
  }
};

const Thesaurus& thesaurus() {
  static const Thesaurus instance;
  return instance;
}

enum class Run { Latin, Katakana, Other };

Run run_of(char32_t c) {
  if (utf8::is_letter(c) || utf8::is_digit(c)) return Run::Latin;
  return utf8::is_katakana(c) ? Run::Katakana : Run::Other;
}

// No Latin or katakana run is cut between characters `at`-1 and `at`.
bool may_cut(const std::u32string& text, std::size_t at) {
  if (at == 0 || at >= text.size()) return true;
  const Run before = run_of(text[at - 1]);
  return before == Run::Other || before != run_of(text[at]);
}

// 会社 is not in 株式会社, 国 not in 国民.
bool stands_alone(const std::u32string& text, std::size_t from, std::size_t to) {
  const bool before = from > 0 && utf8::is_kanji(text[from - 1]);
  const bool after = to < text.size() && utf8::is_kanji(text[to]);
  return !before && !after;
}

}  // namespace

std::vector<std::string> synonyms_of(std::string_view word) {
  const auto* list = thesaurus().find(fold_literal_text(word));
  return list ? *list : std::vector<std::string>{};
}

std::vector<SynonymMatch> find_synonyms(std::string_view text) {
  const std::u32string chars = utf8::decode(text);
  std::vector<std::uint32_t> bytes;
  for (std::size_t at = 0; at < text.size(); utf8::next(text, at))
    bytes.push_back(static_cast<std::uint32_t>(at));
  bytes.push_back(static_cast<std::uint32_t>(text.size()));
  std::vector<SynonymMatch> matches;
  for (std::size_t at = 0; at < chars.size();) {
    std::size_t step = 1;
    const std::size_t most = std::min(thesaurus().longest, chars.size() - at);
    for (std::size_t size = most; size >= 1 && may_cut(chars, at); --size) {
      if (!may_cut(chars, at + size) || utf8::is_space(chars[at]) ||
          utf8::is_space(chars[at + size - 1]))
        continue;
      const std::string_view piece = text.substr(bytes[at], bytes[at + size] - bytes[at]);
      const std::string key = fold_literal_text(piece);
      const auto* list = thesaurus().find(key);
      if (!list || (thesaurus().alone.contains(key) && !stands_alone(chars, at, at + size)))
        continue;
      matches.push_back({bytes[at], static_cast<std::uint32_t>(piece.size()), *list});
      step = size;
      break;
    }
    at += step;
  }
  return matches;
}

}  // namespace pia
