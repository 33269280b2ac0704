#include "dicts/categories.h"

#include <algorithm>

#include "dicts/data.h"
#include "dicts/normalizer.h"

namespace pia {
namespace {

struct Pattern {
  std::string category;
  std::vector<std::string> pieces;  // folded; any text between them
  std::size_t size = 0;             // bytes of all pieces: how specific it is
};

Pattern make_pattern(std::string_view category, std::string_view written) {
  Pattern pattern{std::string(category), {}, 0};
  for (std::size_t from = 0; from <= written.size();) {
    const std::size_t to = std::min(written.find('*', from), written.size());
    pattern.pieces.push_back(fold_literal_text(written.substr(from, to - from)));
    pattern.size += pattern.pieces.back().size();
    from = to + 1;
  }
  return pattern;
}

const std::vector<Pattern>& patterns() {
  static const std::vector<Pattern> list = [] {
    std::vector<Pattern> made;
    for (const data::Row& row : data::rows("categories"))
      made.push_back(make_pattern(row.at(0), row.at(1)));
    return made;
  }();
  return list;
}

// Where the pattern begins in the text; npos if it is not there.
std::size_t find_pattern(const Pattern& pattern, std::string_view text) {
  std::size_t begin = std::string_view::npos;
  std::size_t at = 0;
  for (const std::string& piece : pattern.pieces) {
    const std::size_t found = text.find(piece, at);
    if (found == std::string_view::npos) return found;
    if (begin == std::string_view::npos) begin = found;
    at = found + piece.size();
  }
  return begin;
}

}  // namespace

std::optional<std::string> category_of(std::string_view name) {
  const std::string text = fold_literal_text(name);
  const Pattern* best = nullptr;
  std::size_t best_at = 0;
  for (const Pattern& pattern : patterns()) {
    const std::size_t at = find_pattern(pattern, text);
    if (at == std::string::npos) continue;
    if (best && (pattern.size < best->size || (pattern.size == best->size && at >= best_at)))
      continue;
    best = &pattern;
    best_at = at;
  }
  if (!best) return std::nullopt;
  return best->category;
}

std::optional<std::string> category_of_first(const std::vector<std::string_view>& names) {
  for (std::string_view name : names) {
    if (auto category = category_of(name)) return category;
  }
  return std::nullopt;
}

std::vector<std::string> all_categories() {
  std::vector<std::string> names;
  for (const Pattern& pattern : patterns()) {
    if (std::find(names.begin(), names.end(), pattern.category) == names.end())
      names.push_back(pattern.category);
  }
  return names;
}

}  // namespace pia
