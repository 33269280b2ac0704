// What a Builder remembers from page to page, and its steps: the pages' run (boxes_build.cc), plain
// items (boxes_build_items.cc), risks and incidents (boxes_build_risks.cc), ticks and counts
// (boxes_build_ticks.cc), torn ticks (boxes_build_torn.cc).

#ifndef PIA_INDEXER_BOXES_BUILD_IMPL_H_
#define PIA_INDEXER_BOXES_BUILD_IMPL_H_

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "indexer/boxes_build.h"
#include "indexer/boxes_fields.h"
#include "indexer/boxes_told.h"
#include "indexer/boxes_warnings.h"

namespace pia::boxes {

// true for `yes`, false for `no`, nothing for any other text.
inline Flag said(std::string_view text, std::string_view yes, std::string_view no) {
  if (text == yes) return true;
  if (text == no) return false;
  return std::nullopt;
}

struct Builder::Impl {
  const Source& source;
  const Lexicon& lexicon;
  const Form& form;
  Assessment& a;
  int file = -1;                                              // of chapter Ⅱ; index into a.files
  Text risk_file;                                             // of chapter Ⅲ
  int contract = 0, provision = 0, transfer = 0, system = 0;  // last number met
  std::map<int, std::size_t> risk_of_node;                    // in the present file of chapter Ⅲ
  const Reading* reading = nullptr;  // of the page that is being added; else null
  std::set<int> undecided;           // files whose box 行っていない cannot be read
  struct Measures {
    std::string text;
    Place place;
  };
  std::map<int, Measures> measures;  // by the node of the judgement that they explain
  const ToldFileBoxes told;
  Impl(const Source& s, const Lexicon& l, Assessment& out)
      : source(s), lexicon(l), form(*l.form), a(out), told(out.revisions, l) {}
  InfoFile& current_file();
  std::string file_pointer() const { return "/files/" + std::to_string(std::max(file, 0)); }

  // ---- places

  Place place(const Slot& slot) const;
  Place place(const Fragment& f) const { return place_of(source, f.first_line, f.last_line); }
  Place place(const TickBox& box) const;
  void note(const std::string& pointer, const Slot& slot);
  void set(Text& field, const std::string& pointer, const Slot& slot, const std::string& text);
  void doubt(const Slot& slot);

  // ---- rows that repeat

  template <typename Row>
  Row& row(std::vector<Row>& rows, int& last, const Slot& slot) {
    const int printed =
        slot.instance < 0
            ? 0
            : reading->resolved.instances[static_cast<std::size_t>(slot.instance)].repeat;
    return row_of(rows, last, printed, slot.instance);
  }

  std::map<int, int> number_of_instance;  // of this page
  template <typename Row>
  Row& row_of(std::vector<Row>& rows, int& last, int printed, int instance) {
    int number = printed;
    if (number == 0) {
      const auto at = number_of_instance.find(instance);
      number = at != number_of_instance.end() ? at->second : std::max(last, 1);
    }
    last = std::max(last, number);
    for (Row& r : rows) {
      if (r.no == number) return r;
    }
    rows.emplace_back();
    rows.back().no = number;
    return rows.back();
  }

  // Instances without their heading go on from the page before.
  void number_instances();

  // ---- a page

  void add(const Reading& r);

  // ---- cells that go on over a page's end

  struct OpenItem {
    int node = -1, number = 0;
    double cost = 0;
  };

  std::vector<OpenItem> open_items;  // the last items of the page before, if they take text
  std::string begun;                 // text at its end that the next label will explain
  Place begun_place;
  bool appending = false;
  int prefixed = -1;  // fragment of the label that `begun` belongs to
  void go_on();
  int number_of(const Slot& slot) const;
  // The slot that stands first or last in the form, if it takes text.
  const Slot* end_slot(bool first) const;
  void remember_ends();
  // A new file begins where chapter Ⅱ names one.
  void begin_files();
  void begin_risks(const Slot& slot);
  std::string chapter_number(int node) const;
  void add_slot(const Slot& slot);
  void add_plain(const Slot& slot, std::string_view pointer, const std::string& text);
  void add_file_name(const Slot& slot, const std::string& text);
  void add_file(const Slot& slot, std::string_view field, const std::string& text);
  void add_contract(const Slot& slot, std::string_view field, const std::string& text);
  // The page has 提供先 or 移転先, which are bodies, too.
  bool names_recipients() const;
  static void add_contractors(Contract& c, const std::string& text);
  void add_provision(const Slot& slot, std::string_view pointer, const std::string& text);
  void add_system(const Slot& slot, std::string_view field, const std::string& text);

  // ---- risks and incidents

  bool is_judgement(int node) const;
  std::string section_path(int node) const;
  void add_risk(const Slot& slot, const std::string& text);
  static std::string item_name(const Fragment& label);
  // Text of measures goes to the judgement it explains: of its own item, or of its group.
  void add_measures(const Slot& slot, const std::string& text);
  void add_incident(const Slot& slot, std::string_view pointer, const std::string& text);
  IncidentRow& incident_row();
  void question(const Slot& slot);

  // ---- ticks and counts

  std::string printed_box(const TickBox& box) const;
  Place* row_place(const TickBox& box);
  Texts* tick_list(const TickBox& box, std::string* pointer);
  void add_ticks();
  // Ⅲ-5 says so where the box of Ⅱ-5 cannot be read.
  void none_provided(const TickBox& box);
  static bool says_no_alone(const InfoFile& f);
  void unsure(const TickBox& box);
  bool is_provided(const TickBox& box) const;
  UncertainBoxes uncertain;  // of this page
  // Of rows of 提供 and 移転, by file: nobody misses them if the file provides nothing.
  std::map<int, UncertainBoxes> uncertain_rows;
  void warn_of_boxes();

  // ○ of ③他のシステムとの接続 that were torn off, by page (boxes_build_links.cc).
  struct LoosePage {
    int loose = 0;
    struct Box {
      std::string path;
      Place place;
    };
    std::map<std::pair<int, std::string>, Box> blank;  // number and label of boxes not ticked
  };
  std::vector<LoosePage> loose_pages;
  UncertainBoxes uncertain_links;
  void note_loose_links(const std::vector<TickBox>& boxes);
  void mend_links();  // connections are mutual: the other side tells

  // Torn boxes of 主な記録項目, 入手元 and 入手方法 (boxes_build_torn.cc). What the rest of the
  // document says of them is gathered from their page and the next one.
  struct TornBox {
    std::string_view field;  // "/items"
    std::u32string label;
    std::string printed;
    int file = 0;
    Place place;
    std::string path;
    bool ticked = false;
    std::string reason;
  };
  struct TornPage {
    std::vector<TornBox> boxes;
    int loose = 0;                    // ○ of the page that belong to no box that could be read,
    bool others = false;              // and may be those of other items
    std::set<std::u32string> listed;  // items that その妥当性 explains one by one
    std::u32string prose;             // of both pages
    std::vector<std::pair<std::string, Place>>
        bracketed;  // texts at half a bracket that no box has
    Place listed_at;
  };
  TornPage torn;
  bool remember_torn(const TickBox& box);
  void count_loose(const std::vector<TickBox>& boxes);
  void gather_evidence();
  void explain_torn();
  bool is_supported(const TornBox& box) const;

  void add_provided(const TickBox& box, const std::string& label);
  // （ 3 ）件 of 委託の有無, 提供 and 移転: the brackets that end with 件 belong to these in the
  // form's order; a number that stands alone goes to the only one that is blank.
  void add_counts();
  bool is_count_beside(std::size_t i) const;
  void assign_counts(const std::vector<std::pair<Count*, std::string>>& slots);

  // ---- the end

  static bool empty(const Contract& c);
  static bool empty(const Provision& p);
  static bool empty(const System& s) { return !s.name && !s.functions && s.connections.empty(); }
  template <typename Row>
  static void tidy(std::vector<Row>& rows) {
    std::erase_if(rows, [](const Row& r) { return empty(r); });
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Row& x, const Row& y) { return x.no < y.no; });
  }

  void compare_count(InfoFile& f);
  void drop_lonely(std::vector<Provision>& rows, const std::string& path);
  // Rows were noted by their number ("#2"); their pointers have indices.
  void rename_places();
  std::string with_index(const std::string& pointer) const;
  void finish();
};

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_BUILD_IMPL_H_
