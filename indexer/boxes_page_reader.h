// One page while its values are sought: what boxes_read.cc (values that stand by their label),
// boxes_match.cc (one assignment for the rest), boxes_stretch.cc (columns, line by line) and
// boxes_cost.cc (how well a text suits a label) share.

#ifndef PIA_INDEXER_BOXES_PAGE_READER_H_
#define PIA_INDEXER_BOXES_PAGE_READER_H_

#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "indexer/boxes_assign.h"
#include "indexer/boxes_named_risk.h"
#include "indexer/boxes_read.h"

namespace pia::boxes {

struct Value {
  int fragment = -1;
  std::u32string key;
  bool torn = false;  // has half a bracket: most likely belongs to a tick box
  NamedRisk risk = NamedRisk::None;
};

// A line of a text that has no label yet.
constexpr std::size_t kLongKey = 300;  // no label's value is told apart further behind

struct Line {
  int fragment = -1, index = 0;
  std::u32string key;      // of the line and the lines that it is wrapped into, as far as kLongKey
  std::u32string own;      // of the line alone
  std::u32string box;      // of its whole box, if it is the first line there
  bool wrapped = false;    // fills its cell: goes on in the next line
  bool paragraph = false;  // first line of a box that stands right behind a box of text
  bool torn = false;
  bool date = false, count = false, company = false;  // what the key looks like
  bool dash = false, mark = false;                    // and what is printed
  bool complete = false;                              // － or なし: says all there is to say
  NamedRisk risk = NamedRisk::None;                   // of its box, if it is the first line there
  double skip = 0;
};

// What a slot costs whichever value it takes, worked out once for all of them.
struct SlotCost {
  double name = 0, sentence = 0;  // of its instance, for a short text and for a long one
  double closed = 0;

  double instance(const std::u32string& key) const { return key.size() > 24 ? sentence : name; }
};

class PageReader {
 public:
  PageReader(Reading& reading, const Lexicon& lexicon, const Evidence& evidence, int previous)
      : r_(reading),
        f_(reading.fragments),
        lexicon_(lexicon),
        form_(*lexicon.form),
        evidence_(evidence),
        previous_(previous) {}

  void run();

 private:
  // The first and last fragment that is a label, box or answer of the form.
  std::pair<int, int> form_span() const;
  void find_loose_ends();
  // Distance is counted in fragments that say something: brackets and lists do not.
  void number_content();
  void collect_slots();
  void collect_values();
  // The last character of an answer of a list, broken off: 10人以上50人未 / 満.
  bool ends_an_answer(const std::u32string& k) const;
  // Between a lone （ and a lone ）: what is written behind a tick box.
  bool in_brackets(std::size_t i) const;
  // The next fragment behind i that is no bracket; -1 if there is none.
  int behind(std::size_t i) const;
  bool fits(const Slot& slot, const Value& value) const;
  Part whole(int fragment) const;
  void bind(Slot& slot, const Value& value, Certainty certainty);
  void bind_same_line();
  // What the change history tells to stand at one label, if it stands on the page once.
  void bind_known();
  bool is_paragraph(std::size_t i) const;  // other long texts stand right before or behind it
  // 未定 right behind ③委託先名, though it is a word of a choice list elsewhere.
  void bind_undecided();
  // A text with its label right before it and another label right behind it.
  void bind_isolated();
  // The next fragment in a direction that says something; -1 at the page's end.
  int neighbour(int i, int step) const;
  double distance(const Slot& slot, int value) const;  // a fragment
  double pair_cost(const Slot& slot, const Value& value, const SlotCost& of_slot) const;
  SlotCost cost_of(const Slot& slot) const;
  // An instance that has answers already has others, too, its name first of all; one without any is
  // likely to be blank.
  double instance_cost(const Slot& slot, bool sentence) const;
  // 再委託しない: no consent and no subcontracted work. 発生なし: nothing to tell of an incident.
  bool none_expected(const Slot& slot) const;
  bool says_none(std::string_view pointer, int instance) const;
  // 委託しない, 提供・移転しない, 接続しない（入手） are ticked: what stands below stays blank.
  double closed_cost(const Slot& slot) const;
  bool has_choice_beside(const Slot& slot) const;
  bool ticked(std::size_t box) const;
  bool closes(const std::string& box, int node) const;
  double left_over(const Value& value) const;
  void find_active();
  void assign(bool choices);
  // Where a slot stands in the form: groups by the number at their heading.
  std::tuple<int, int, int> form_order(const Slot& slot) const;
  // Share of neighbouring labels that stand in the form's order.
  double orderliness() const;

  // ---- texts, line by line

  // A value column may come as one box with the cells of several labels. Slots in the form's order
  // and lines in the text's order are aligned: a slot takes a stretch of lines, and beginning a new
  // cell inside a box costs more than going on.
  void align_lines();
  std::vector<Line> free_lines() const;
  void classify(Line& line) const;
  // Whether the page stays in the chapter of the page before.
  bool goes_on() const;
  // `shape`: how badly the line suits the slot's item, of line_shapes().
  double start_cost(const Slot& slot, const Line& line, const SlotCost& of_slot,
                    double shape) const;
  static std::vector<double> line_shapes(const FormItem& item, const std::vector<Line>& lines);
  int repeat_of(const Slot& slot) const;
  // 提供先 and 移転先 are bodies themselves.
  static bool names_bodies(const FormItem& item);
  // Names, dates and titles fill one line, or the lines that it is wrapped into.
  bool one_line(const FormItem& item) const;
  double join_cost(const Slot& slot, const Line& before, const Line& line) const;
  static bool inside(const std::vector<Line>& lines, std::size_t k);
  static double cut_cost(const std::vector<Line>& lines, std::size_t k);
  // The slot of each line, -1 for none, by dynamic programming from the end. Three tables of best
  // costs from slot i and line k on: line k - 1 went to slot i (open), was left out (out), or
  // neither (closed). To take a box in part costs extra. Of equal paths the first leaves slots
  // blank as late as it can, the second as early.
  std::pair<std::vector<int>, std::vector<int>> stretches(const std::vector<std::size_t>& slots,
                                                          const std::vector<Line>& lines) const;
  void take_stretch(Slot& slot, int index, const std::vector<Line>& lines,
                    const std::vector<int>& early, const std::vector<int>& late);
  // Taken once all its lines are; a fragment of which a part is taken is no longer free either.
  void mark_used(int fragment);
  // Labels in a run, then their values in a run: on a page that keeps the form's order, pairs of
  // the order-preserving alignment count as near, however far apart they stand.
  void prefer_order(std::vector<std::size_t> slots, const std::vector<std::size_t>& values,
                    Problem& result) const;
  void adopt_paragraphs();
  // A box with a date and the cell below it: the rest belongs to the next label, or to none.
  void part_dates();

  Reading& r_;
  const std::vector<Fragment>& f_;
  const Lexicon& lexicon_;
  const Form& form_;
  const Evidence& evidence_;
  int previous_;  // last node of the page before, -1 on the first page
  std::vector<int> content_;
  std::vector<char> active_;
  std::vector<Value> values_;
};

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_PAGE_READER_H_
