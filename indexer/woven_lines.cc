#include "indexer/woven_lines.h"

#include "indexer/utf8.h"

namespace pia {

std::string_view trim_label_spaces(std::string_view text) {
  while (!text.empty()) {
    std::size_t at = 0;
    if (!is_label_space(next_char(text, at))) break;
    text.remove_prefix(at);
  }
  while (!text.empty()) {
    std::size_t last = text.size() - 1;  // where the last character begins
    while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
    std::size_t at = last;
    if (!is_label_space(next_char(text, at))) break;
    text.remove_suffix(text.size() - last);
  }
  return text;
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
