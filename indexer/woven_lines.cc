#include "indexer/woven_lines.h"

#include <algorithm>

#include "indexer/utf8.h"

namespace pia {

std::string_view trim_label_spaces(std::string_view text) {
  std::size_t begin = text.size(), end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    if (is_label_space(next_char(text, at))) continue;
    begin = std::min(begin, from);
    end = at;
  }
  return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

WovenLines::WovenLines(const std::vector<SourceLine>& lines) : lines_(lines) {
  entries_.reserve(lines.size());
  for (const SourceLine& line : lines)
    entries_.push_back({trim_label_spaces(line.text), false, {}});
}

const Label& WovenLines::label(std::size_t line) {
  Entry& entry = entries_[line];
  if (!entry.read) {
    entry.label = read_label(entry.text);
    entry.read = true;
  }
  return entry.label;
}

}  // namespace pia
