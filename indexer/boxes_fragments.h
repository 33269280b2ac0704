// A page of boxes as fragments: labels of the form, answers from its lists, the lists themselves,
// the pieces of torn brackets and ticks, and free text. Nothing is decided here about what belongs
// together; every character of a box that is not white space is in one fragment.

#ifndef PIA_INDEXER_BOXES_FRAGMENTS_H_
#define PIA_INDEXER_BOXES_FRAGMENTS_H_

#include <string>
#include <string_view>
#include <vector>

#include "indexer/boxes_lexicon.h"
#include "indexer/boxes_pages.h"

namespace pia::boxes {

enum class What {
  Label,   // `nodes`: what it may label
  Range,   // empty continuation heading 委託事項6～10, システム2～5
  Open,    // [
  Close,   // ]
  Tick,    // ○
  Box,     // label of a tick box; `word` in Lexicon::boxes
  List,    // ＜選択肢＞ or one of its entries: never an answer
  Choice,  // a word of a choice list standing alone; `word` in Lexicon::choices
  Text,
};

struct TextLine {
  std::string_view text;  // into the Source
  int line = 0;           // index into Source::lines
};

struct Fragment {
  What what = What::Text;
  int box = 0;                        // index into Page::boxes
  int first_line = 0, last_line = 0;  // indices into Source::lines
  int column = 0;                     // of drawn pages
  std::string text;                   // as printed, lines joined
  std::u32string key;                 // of the text (boxes_text.h)
  std::string tail;                   // Label: the marks behind it (※)
  std::vector<TextLine> lines;        // Text: what it is made of
  std::vector<int> nodes;             // Label: candidates, best numbering first
  std::string number;  // Label: "③", "4", "Ⅱ", "リスク1", "別添2"; "" if none
  int repeat = 0;      // Label: 3 of 委託事項3
  int word = -1;
  bool line_start = false;  // first fragment of its line
  bool box_start = false;   // first fragment of its box
};

std::vector<Fragment> cut_fragments(const Page& page, const Lexicon& lexicon);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_FRAGMENTS_H_
