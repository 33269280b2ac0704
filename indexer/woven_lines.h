// The lines of a text in reading order with their labels, each read once for all who ask: whether
// labels are torn, what stands in the sections, whose the contractors are.

#ifndef PIA_INDEXER_WOVEN_LINES_H_
#define PIA_INDEXER_WOVEN_LINES_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "indexer/form.h"
#include "indexer/source.h"

namespace pia {

// REQUIRES: the source's lines outlive it, and stay as they are.
class WovenLines {
 public:
  explicit WovenLines(const std::vector<SourceLine>& lines);

  std::size_t size() const { return lines_.size(); }
  const std::vector<SourceLine>& source() const { return lines_; }

  // The line without the white space (form feeds too) around it: a view into the source.
  std::string_view text(std::size_t line) const { return entries_[line].text; }

  // The label that text(line) is read as; read when it is first asked for, valid as long as this.
  const Label& label(std::size_t line);

 private:
  struct Entry {
    std::string_view text;
    bool read = false;
    Label label;
  };
  const std::vector<SourceLine>& lines_;
  std::vector<Entry> entries_;
};

// `text` without white space of any kind at its ends.
std::string_view trim_label_spaces(std::string_view text);

}  // namespace pia

#endif  // PIA_INDEXER_WOVEN_LINES_H_
