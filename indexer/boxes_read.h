// A page with its values at its labels.

#ifndef PIA_INDEXER_BOXES_READ_H_
#define PIA_INDEXER_BOXES_READ_H_

#include <functional>
#include <string>
#include <vector>

#include "indexer/boxes_resolve.h"

namespace pia::boxes {

enum class Certainty {
  Blank,     // no value
  Beside,    // in the label's own line or box
  Known,     // the change history says so
  Assigned,  // by the cheapest assignment, with a margin
  Doubtful,  // another value would do as well: leave it out
};

// Lines [from, to) of a text fragment, or a whole fragment of another kind (from = to = 0).
struct Part {
  int fragment = -1;
  int from = 0, to = 0;
};

struct Slot {
  int fragment = -1;  // the label
  int node = -1;
  int instance = -1;
  std::vector<Part> values;  // the value and the paragraphs that go on from it
  Certainty certainty = Certainty::Blank;
};

struct Reading {
  bool drawn = false;  // Page::drawn
  std::vector<Fragment> fragments;
  Resolved resolved;
  std::vector<Slot> slots;  // of every label that takes a value, in text order
  std::vector<char> used;   // of each fragment: taken as (part of) a value
  // Texts above the first label that go on from the page before, and below the last one that begin
  // what the next page labels; only on pages in the form's order.
  std::vector<int> lead, trail;
  std::vector<int> undecided;  // tick boxes of which it cannot be told whose they are
};

// What else the document says: how much a value, as a key, is to be expected at an item (negative:
// expected).
using Evidence = std::function<double(int node, int repeat, const std::u32string& key)>;

Reading read_page(const Page& page, const Lexicon& lexicon, int previous, int open_ticks,
                  const Evidence& evidence);

std::string text_of(const Reading& reading, const Part& part);
std::pair<int, int> lines_of(const Reading& reading,
                             const Part& part);  // first and last, of the Source

// The value's text: its fragments' texts, a line break between boxes. "" if blank or doubtful.
std::string text_of(const Reading& reading, const Slot& slot);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_READ_H_
