// A page adds to what the pages before have begun: the file of chapter Ⅱ (a new one at each
// １．特定個人情報ファイル名), the file of chapter Ⅲ, the last 委託事項, 提供先 and システム, which
// go on over a page's end without their heading.

#include "indexer/boxes_build.h"

#include "indexer/boxes_build_impl.h"
#include "indexer/boxes_shape.h"
#include "indexer/boxes_text.h"

namespace pia::boxes {

using namespace std::string_view_literals;

Place place_of(const Source& source, int first, int last) {
  Place place = source.lines[static_cast<std::size_t>(first)].place;
  for (int i = first + 1; i <= last; ++i) {
    extend(place, source.lines[static_cast<std::size_t>(i)].place);
  }
  return place;
}
InfoFile& Builder::Impl::current_file() {
  if (file < 0) {
    if (a.files.empty()) a.files.emplace_back();
    file = 0;
  }
  return a.files[static_cast<std::size_t>(file)];
}

Place Builder::Impl::place(const Slot& slot) const {
  Place out;
  if (slot.fragment == prefixed && !appending) out = begun_place;
  for (const Part& part : slot.values) {
    const auto [first, last] = lines_of(*reading, part);
    extend(out, place_of(source, first, last));
  }
  return out;
}

void Builder::Impl::note(const std::string& pointer, const Slot& slot) {
  a.places[pointer] = place(slot);
  a.reasons[pointer] = slot.certainty == Certainty::Beside ? "stands beside its label"
                       : slot.certainty == Certainty::Known
                           ? "the change history tells this value for the item"
                           : "cheapest assignment of the page's values to its labels";
}

void Builder::Impl::set(Text& field, const std::string& pointer, const Slot& slot,
                        const std::string& text) {
  if (text.empty()) return;
  if (field.has_value()) {
    if (key(*field) == key(text)) return;
    // A cell that goes on behind a page's end is long on both sides; a second short value is not.
    if (form.node(slot.node).item->answer != Answer::Prose || (field->size() < 60 && !appending))
      return;
    *field += (appending && !starts_with_mark(text) ? "" : "\n") + text;
    extend(a.places[pointer], place(slot));
    return;
  }
  field = text;
  note(pointer, slot);
}

void Builder::Impl::doubt(const Slot& slot) {
  const Fragment& label = reading->fragments[static_cast<std::size_t>(slot.fragment)];
  a.warnings.push_back(several_values_fit(
      printed_path(*reading, form, slot.node, slot.instance, slot.fragment), place(label)));
}

void Builder::Impl::number_instances() {
  number_of_instance.erase(-1);
  std::map<int, int> next;
  for (std::size_t i = 0; i < reading->resolved.instances.size(); ++i) {
    const Instance& instance = reading->resolved.instances[i];
    if (instance.repeat > 0) continue;
    const std::string_view pointer = form.node(instance.node).item->pointer;
    const int last = pointer.starts_with(kContracts)    ? contract
                     : pointer.starts_with(kProvisions) ? provision
                     : pointer.starts_with(kTransfers)  ? transfer
                                                        : system;
    const auto [at, fresh] = next.try_emplace(instance.node, std::max(last, 1));
    number_of_instance[static_cast<int>(i)] = fresh ? at->second : ++at->second;
  }
}

void Builder::Impl::add(const Reading& r) {
  if (r.resolved.contents) return;
  reading = &r;
  go_on();
  begin_files();
  number_instances();
  for (const Slot& slot : r.slots) add_slot(slot);
  explain_torn();  // those of the page before
  add_ticks();
  warn_of_boxes();
  add_counts();
  remember_ends();
  reading = nullptr;  // the caller's, until add() returns
}

void Builder::Impl::go_on() {
  if (!reading->lead.empty() && !open_items.empty()) {
    const std::u32string k =
        reading->fragments[static_cast<std::size_t>(reading->lead.front())].key;
    const OpenItem* open = &open_items.front();
    for (OpenItem& item : open_items) {
      item.cost += shape_cost(*form.node(item.node).item, k);
      if (item.cost < open->cost) open = &item;
    }
    Slot rest;
    rest.fragment = reading->lead.front();
    rest.node = open->node;
    rest.certainty = Certainty::Assigned;
    for (const int i : reading->lead) {
      rest.values.push_back(
          {i, 0, static_cast<int>(reading->fragments[static_cast<std::size_t>(i)].lines.size())});
    }
    number_of_instance[-1] = open->number;
    appending = true;
    add_slot(rest);
    appending = false;
  }
  prefixed = -1;
  const Slot* first = end_slot(true);
  if (!begun.empty() && first != nullptr)
    prefixed = first->fragment;
  else
    begun.clear();
}

int Builder::Impl::number_of(const Slot& slot) const {
  if (slot.instance < 0) return 0;
  const int printed = reading->resolved.instances[static_cast<std::size_t>(slot.instance)].repeat;
  const auto at = number_of_instance.find(slot.instance);
  return printed > 0 ? printed : at == number_of_instance.end() ? 0 : at->second;
}

const Slot* Builder::Impl::end_slot(bool first) const {
  const Slot* best = nullptr;
  for (const Slot& slot : reading->slots) {
    if (best == nullptr || (first ? slot.node < best->node : slot.node >= best->node)) best = &slot;
  }
  if (best == nullptr || form.node(best->node).item->answer != Answer::Prose) return nullptr;
  const std::string_view pointer = form.node(best->node).item->pointer;
  for (const std::string_view name :
       {"/name"sv, "/title"sv, "/head"sv, "/number"sv, "/department"sv}) {
    if (pointer.ends_with(name)) return nullptr;  // stands in one line, does not go on
  }
  return best;
}

void Builder::Impl::remember_ends() {
  if (!reading->slots.empty()) open_items.clear();
  std::vector<const Slot*> order;
  for (const Slot& slot : reading->slots) order.push_back(&slot);
  std::stable_sort(order.begin(), order.end(),
                   [](const Slot* x, const Slot* y) { return x->node > y->node; });
  for (const Slot* slot : order) {  // from the last one up to the first that has its value
    if (form.node(slot->node).item->answer != Answer::Prose) break;
    open_items.push_back({slot->node, number_of(*slot), slot->values.empty() ? 0.0 : 0.3});
    if (!slot->values.empty()) break;
  }
  begun.clear();
  begun_place = {};
  for (const int i : reading->trail) {
    const Fragment& f = reading->fragments[static_cast<std::size_t>(i)];
    begun += (begun.empty() ? "" : "\n") + f.text;
    extend(begun_place, place(f));
  }
}

void Builder::Impl::begin_files() {
  for (const Slot& slot : reading->slots) {
    const FormItem& item = *form.node(slot.node).item;
    if (std::string_view(item.pointer) != "/files/*/name") {
      if (std::string_view(item.label) == "特定個人情報ファイル名") begin_risks(slot);
      continue;
    }
    if (chapter_number(slot.node) != "Ⅱ") continue;
    ++file;
    contract = provision = transfer = 0;
    if (static_cast<std::size_t>(file) >= a.files.size()) a.files.emplace_back();
  }
}

void Builder::Impl::begin_risks(const Slot& slot) {
  const std::string text = text_of(*reading, slot);
  if (chapter_number(slot.node) != "Ⅲ") return;
  risk_of_node.clear();
  measures.clear();
  risk_file = text.empty() ? Text{} : Text{text};
}

std::string Builder::Impl::chapter_number(int node) const {
  const int chapter = form.chapter_of(node);
  return chapter < 0 ? "" : form.node(chapter).number;
}

bool Builder::Impl::empty(const Contract& c) {
  return !c.title && !c.description && !c.staff && c.contractors.empty() && !c.subcontract.used &&
         c.means.empty();
}

bool Builder::Impl::empty(const Provision& p) {
  return !p.name && !p.legal_basis && !p.purpose && !p.data && !p.people && !p.timing &&
         p.means.empty();
}

void Builder::Impl::rename_places() {
  std::map<std::string, Place> places;
  std::map<std::string, std::string> reasons;
  for (auto& [pointer, value] : a.places) {
    const std::string name = with_index(pointer);
    if (name.empty()) continue;
    places[name] = value;
    if (const auto r = a.reasons.find(pointer); r != a.reasons.end()) reasons[name] = r->second;
  }
  a.places = std::move(places);
  a.reasons = std::move(reasons);
}

std::string Builder::Impl::with_index(const std::string& pointer) const {
  const std::size_t mark = pointer.find('#');
  if (mark == std::string::npos) return pointer;
  if (pointer.find("/rows/") != std::string::npos) return {};  // rows have their own where
  const int number = std::stoi(pointer.substr(mark + 1));
  for (std::size_t i = 0; i < a.systems.size(); ++i) {
    if (a.systems[i].no == number) {
      return pointer.substr(0, mark) + std::to_string(i) + pointer.substr(pointer.find('/', mark));
    }
  }
  return {};
}

// The form prints an empty 移転先1 in every assessment; a time or a scope alone does not fill it,
// it is some other item's.
void Builder::Impl::drop_lonely(std::vector<Provision>& rows, const std::string& path) {
  std::erase_if(rows, [&](const Provision& p) {
    if (p.name || p.legal_basis || p.purpose || p.data || p.people || !p.means.empty() ||
        (!p.timing && !p.people_scope))
      return false;
    a.warnings.push_back(path + std::to_string(p.no) +
                         ": 他に記入のない欄の記載は、どの項目のものか判別できません（" +
                         std::to_string(p.where.first_line) + "行目）");
    return true;
  });
}

// A number that stands alone on the page may be anything: fewer than the rows or far more it cannot
// be. Rows may be on pages that are missing.
void Builder::Impl::compare_count(InfoFile& f) {
  const std::size_t rows = f.contracts.rows.size();
  if (!f.contracts.count || rows == 0) return;
  const auto count = static_cast<std::size_t>(std::max(*f.contracts.count, 0));
  if (count == rows) return;
  constexpr std::size_t kMost = 200;  // rows that a form has been seen with: some dozens
  a.warnings.push_back("Ⅱ-4 委託の有無: " + std::to_string(count) +
                       "件とありますが、本文にある委託事項は" + std::to_string(rows) + "件です");
  if (count > rows && count <= kMost) return;
  f.contracts.count.reset();
  a.places.erase("/files/" + std::to_string(&f - a.files.data()) + "/contracts/count");
}

void Builder::Impl::finish() {
  explain_torn();
  warn_of_boxes();
  for (auto& [i, boxes] : uncertain_rows) {
    const auto n = static_cast<std::size_t>(i);
    if (n < a.files.size() && a.files[n].no_provision_or_transfer == true) continue;
    for (std::string& warning : boxes.take()) a.warnings.push_back(std::move(warning));
  }
  tidy(a.systems);
  mend_links();
  for (InfoFile& f : a.files) {
    drop_lonely(f.provisions.rows, "Ⅱ-5 提供先");
    drop_lonely(f.transfers.rows, "Ⅱ-5 移転先");
    tidy(f.contracts.rows);
    tidy(f.provisions.rows);
    tidy(f.transfers.rows);
    compare_count(f);
    if (says_no_alone(f)) {
      f.no_provision_or_transfer.reset();
      a.warnings.push_back(
          "Ⅱ-5 提供・移転の有無: "
          "「行っていない」に印がありませんが、提供先も移転先も記入がありません");
    }
    if (f.provisions.rows.size() + f.transfers.rows.size() > 0 && !f.no_provision_or_transfer) {
      f.no_provision_or_transfer = false;
    }
  }
  std::erase_if(a.incidents.rows,
                [](const IncidentRow& r) { return !r.occurred && !r.summary && !r.prevention; });
  for (const IncidentRow& r : a.incidents.rows) {
    if (r.occurred) a.incidents.occurred = a.incidents.occurred.value_or(false) || *r.occurred;
  }
  if (a.incidents.occurred && form.kind() != Kind::Basic &&
      a.places.count("/incidents/occurred") == 0) {
    a.places["/incidents/occurred"] = a.incidents.rows.front().where;
  }
  rename_places();
  // A system's number is that of its frame, which is proved by what stands in it.
  for (std::size_t i = 0; i < a.systems.size(); ++i) {
    const std::string base = "/systems/" + std::to_string(i);
    for (const char* field : {"/name", "/functions", "/connections/0"}) {
      const auto at = a.places.find(base + field);
      if (at != a.places.end()) a.places.try_emplace(base + "/no", at->second);
    }
  }
}

Builder::Builder(const Source& source, const Lexicon& lexicon, Assessment& out)
    : impl_(std::make_unique<Impl>(source, lexicon, out)) {}
Builder::~Builder() = default;
void Builder::add(const Reading& reading) { impl_->add(reading); }
void Builder::finish() { impl_->finish(); }

}  // namespace pia::boxes
