// What a reader is told about items that could not be read: the item's path, what is not certain
// and where it stands. People read these sentences on the pages.

#ifndef PIA_INDEXER_BOXES_WARNINGS_H_
#define PIA_INDEXER_BOXES_WARNINGS_H_

#include <string>
#include <utility>
#include <vector>

#include "indexer/boxes_read.h"

namespace pia::boxes {

// "Ⅱ-4 委託事項1 ③委託先名". `label` is the fragment that prints the item's number, -1 if it is not
// on the page.
std::string printed_path(const Reading& reading, const Form& form, int node, int instance,
                         int label);

// The same for the item that a tick box of the page belongs to.
std::string path_of_box(const Reading& reading, const Lexicon& lexicon, int fragment);

std::string several_values_fit(const std::string& path, const Place& place);

// Tick boxes that cannot be read: one sentence an item, not one a box.
class UncertainBoxes {
 public:
  void add(const std::string& path, const std::string& box, const Place& place);
  void forget(const std::string& path, const std::string& box);  // something else has told it
  std::vector<std::string> take();  // the sentences, in the order in which the items came

 private:
  struct Item {
    std::string path;
    std::vector<std::string> boxes;
    Place first, last;
  };
  std::vector<Item> items_;
};

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_WARNINGS_H_
