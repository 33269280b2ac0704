// What the document's own form says now. The after of the latest change of an item stands in the
// form, the before does not any more: that tells them apart where the order of the text does not.

#ifndef PIA_INDEXER_BOXES_PRESENT_H_
#define PIA_INDEXER_BOXES_PRESENT_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "indexer/boxes_pages.h"

namespace pia::boxes {

class Present {
 public:
  // `form`: the pages before the change table; they must outlive this.
  explicit Present(std::span<const Page> form) : form_(form) {}

  // Share of a text that the form has, by its runs of six characters; 0 for a short text. `k` is a
  // key. The form is read when it is first asked for.
  double share(std::u32string_view k);

 private:
  void read();

  std::span<const Page> form_;
  std::vector<std::uint64_t> seen_;  // a bit for each hash of a run
};

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_PRESENT_H_
