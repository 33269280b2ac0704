// What the document's own form says now. The after of the latest change of an item stands in the
// form, the before does not any more: that tells them apart where the order of the text does not.

#ifndef PIA_INDEXER_BOXES_PRESENT_H_
#define PIA_INDEXER_BOXES_PRESENT_H_

#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <vector>

#include "indexer/assessment.h"
#include "indexer/boxes_pages.h"

namespace pia {
struct FormItem;
}

namespace pia::boxes {

class Present {
 public:
  // `form`: the pages before the change table; `passages`: the same as read, none if it has not
  // been read yet. Both must outlive this.
  explicit Present(std::span<const Page> form, std::span<const Passage> passages = {})
      : form_(form), passages_(passages) {}

  // Share of a text that the form has, by its runs of six characters; 0 for a short text. `k` is a
  // key. The form is read when it is first asked for.
  double share(std::u32string_view k);

  // The same of the boxes of one cell together, without what runs over their borders: the form may
  // have them apart.
  double share(const std::vector<std::u32string_view>& parts);

  // The same of what the form says at the item that a row names; 0 if that is not known.
  double share_at(std::u32string_view item, std::u32string_view k);

 private:
  using Runs = std::vector<std::uint64_t>;  // a bit for each hash of a run
  static double share_of(const Runs& runs, std::u32string_view k);
  static void add(Runs& runs, std::u32string_view k);
  void read();
  void read_at(const FormItem* item);

  struct Said {  // at an item of one section
    std::u32string section;
    Runs runs;
  };

  std::span<const Page> form_;
  std::span<const Passage> passages_;
  Runs seen_;
  std::vector<const FormItem*> items_;  // of the passages
  std::map<const FormItem*, std::vector<Said>> said_;
};

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_PRESENT_H_
