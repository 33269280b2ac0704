// Short texts as sources of layout 1. Pages are separated by two blank lines, as in the texts that
// circulate; everything in them is fiction.

#ifndef PIA_TESTS_INDEXER_BOXES_SUPPORT_H_
#define PIA_TESTS_INDEXER_BOXES_SUPPORT_H_

#include <string>
#include <string_view>

#include "indexer/source.h"

namespace pia::boxes {

inline Source source_of(std::string_view text) {
  Source source;
  source.layout = SourceLayout::Boxes;
  int number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    SourceLine line;
    line.text = std::string(text.substr(0, end));
    line.place.first_line = line.place.last_line = ++number;
    source.lines.push_back(std::move(line));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return source;
}

}  // namespace pia::boxes

#endif  // PIA_TESTS_INDEXER_BOXES_SUPPORT_H_
