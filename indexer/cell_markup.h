// Cells whose markup is so plain that no parser is needed to know what it says.

#ifndef PIA_INDEXER_CELL_MARKUP_H_
#define PIA_INDEXER_CELL_MARKUP_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pia {

// Whether the '<' at `lt` opens or closes a known element. Else it is text, as in <選択肢>.
bool opens_element(std::string_view text, std::size_t lt);

// A cell's text as it comes together: white space is collapsed, blocks stand in lines of their own,
// inputs become ticks.
class CellText {
 public:
  explicit CellText(std::size_t size) { out_.reserve(size); }

  void add_text(std::string_view text);  // one run of text between two tags
  void add_space();
  void break_line();
  void add_input(std::string_view type, bool checked);
  const std::string& text() const { return out_; }

 private:
  void append_collapsed(std::string_view text);

  std::string out_;
  bool after_box_ = false;
};

// The text of a cell of paragraphs, divisions, lists, line breaks and inputs whose tags are well
// formed, properly nested and without character references: there the order of the tags alone
// tells what an HTML parser would make of them. Nothing for any other cell.
std::optional<std::string> plain_markup_text(std::string_view html);

}  // namespace pia

#endif  // PIA_INDEXER_CELL_MARKUP_H_
