// A page adds to what the pages before have begun: the file of chapter Ⅱ (a new one at each
// １．特定個人情報ファイル名), the file of chapter Ⅲ, the last 委託事項, 提供先 and システム, which
// go on over a page's end without their heading.

#include "indexer/boxes_build.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <unordered_map>

#include "dicts/company_name.h"
#include "dicts/japanese_date.h"
#include "indexer/boxes_shape.h"
#include "indexer/boxes_text.h"

namespace pia::boxes {
namespace {

using namespace std::string_view_literals;

template <typename Object>
using Fields = std::unordered_map<std::string_view, Text* (*)(Object&)>;

#define FIELD(object, pointer, member)                    \
  {                                                       \
    pointer, [](object& o) -> Text* { return &o.member; } \
  }

const Fields<Assessment>& assessment_fields() {
  static const Fields<Assessment> kFields{
      FIELD(Assessment, "/number", number),
      FIELD(Assessment, "/title", title),
      FIELD(Assessment, "/remarks", remarks),
      FIELD(Assessment, "/body/printed", body.printed),
      FIELD(Assessment, "/process/name", process.name),
      FIELD(Assessment, "/process/summary", process.summary),
      FIELD(Assessment, "/process/people", process.people),
      FIELD(Assessment, "/process/people_as_of", process.people_as_of),
      FIELD(Assessment, "/network/used", network.used),
      FIELD(Assessment, "/network/legal_basis", network.legal_basis),
      FIELD(Assessment, "/department/name", department.name),
      FIELD(Assessment, "/department/head", department.head),
      FIELD(Assessment, "/disclosure_request/to", disclosure_request.to),
      FIELD(Assessment, "/disclosure_request/how", disclosure_request.how),
      FIELD(Assessment, "/disclosure_request/fee", disclosure_request.fee),
      FIELD(Assessment, "/contact/to", contact.to),
      FIELD(Assessment, "/contact/how", contact.how),
      FIELD(Assessment, "/procedure/threshold/date", procedure.threshold_date),
      FIELD(Assessment, "/procedure/threshold/result", procedure.threshold_result),
      FIELD(Assessment, "/procedure/public_comment/how", procedure.comment_how),
      FIELD(Assessment, "/procedure/public_comment/period", procedure.comment_period),
      FIELD(Assessment, "/procedure/third_party/date", procedure.review_date),
      FIELD(Assessment, "/procedure/third_party/how", procedure.review_how),
      FIELD(Assessment, "/procedure/third_party/result", procedure.review_result),
      FIELD(Assessment, "/audit/self_check", audit.self_check),
      FIELD(Assessment, "/audit/judgement", audit.judgement),
      FIELD(Assessment, "/training", training)};
  return kFields;
}

const Fields<InfoFile>& file_fields() {  // below /files/*
  static const Fields<InfoFile> kFields{FIELD(InfoFile, "/kind", kind),
                                        FIELD(InfoFile, "/people", people),
                                        FIELD(InfoFile, "/scope", scope),
                                        FIELD(InfoFile, "/items_range", items_range),
                                        FIELD(InfoFile, "/held_since", held_since),
                                        FIELD(InfoFile, "/department", department),
                                        FIELD(InfoFile, "/used_by", used_by),
                                        FIELD(InfoFile, "/users", users),
                                        FIELD(InfoFile, "/used_since", used_since),
                                        FIELD(InfoFile, "/storage", storage),
                                        FIELD(InfoFile, "/retention", retention),
                                        FIELD(InfoFile, "/erasure", erasure)};
  return kFields;
}

const Fields<Contract>& contract_fields() {  // below /files/*/contracts/rows/*
  static const Fields<Contract> kFields{
      FIELD(Contract, "/title", title),
      FIELD(Contract, "/description", description),
      FIELD(Contract, "/staff", staff),
      FIELD(Contract, "/extent", extent),
      FIELD(Contract, "/people", people),
      FIELD(Contract, "/people_scope", people_scope),
      FIELD(Contract, "/disclosure", disclosure),
      FIELD(Contract, "/subcontract/approval", subcontract.approval),
      FIELD(Contract, "/subcontract/scope", subcontract.scope)};
  return kFields;
}

const Fields<Provision>& provision_fields() {  // below /files/*/provisions/rows/*
  static const Fields<Provision> kFields{
      FIELD(Provision, "/name", name),       FIELD(Provision, "/legal_basis", legal_basis),
      FIELD(Provision, "/purpose", purpose), FIELD(Provision, "/data", data),
      FIELD(Provision, "/people", people),   FIELD(Provision, "/people_scope", people_scope),
      FIELD(Provision, "/timing", timing)};
  return kFields;
}
#undef FIELD

constexpr std::string_view kFiles = "/files/*", kContracts = "/files/*/contracts/rows/*",
                           kProvisions = "/files/*/provisions/rows/*",
                           kTransfers = "/files/*/transfers/rows/*";

std::string_view below(std::string_view pointer, std::string_view prefix) {
  return pointer.starts_with(prefix) ? pointer.substr(prefix.size()) : std::string_view{};
}

// One entry a line; the marks in front go.
Texts split_lines(std::string_view text) {
  Texts out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = trim(text.substr(0, end));
    for (const std::string_view mark : {"・"sv, "･"sv}) {
      if (line.starts_with(mark)) line = trim(line.substr(mark.size()));
    }
    if (!line.empty()) out.emplace_back(line);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return out;
}

// The entries of a list: a new one at each line that begins with a mark or follows a line that
// does not fill its cell.
Texts entries_of(const Reading& reading, const Slot& slot) {
  std::string text;
  bool full = false, marked = false;
  if (!slot.values.empty()) {
    const Fragment& f = reading.fragments[static_cast<std::size_t>(slot.values.front().fragment)];
    const auto from = static_cast<std::size_t>(slot.values.front().from);
    marked = from < f.lines.size() && starts_with_mark(f.lines[from].text);
  }
  for (const Part& part : slot.values) {
    const Fragment& f = reading.fragments[static_cast<std::size_t>(part.fragment)];
    for (int i = part.from; i < part.to; ++i) {
      const std::string_view line = f.lines[static_cast<std::size_t>(i)].text;
      if (!text.empty() && (starts_with_mark(line) || (!full && !marked))) text.push_back('\n');
      text += trim(line);
      full = display_width(trim(line)) >= 76;
    }
    full = false;
  }
  return split_lines(text);
}

Flag said(std::string_view text, std::string_view yes, std::string_view no) {
  if (text == yes) return true;
  if (text == no) return false;
  return std::nullopt;
}

}  // namespace

Place place_of(const Source& source, int first, int last) {
  Place place = source.lines[static_cast<std::size_t>(first)].place;
  for (int i = first + 1; i <= last; ++i) {
    place = join(place, source.lines[static_cast<std::size_t>(i)].place);
  }
  return place;
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
  const Reading* reading = nullptr;
  std::set<int> undecided;  // files whose box 行っていない cannot be read
  std::map<std::pair<int, int>, Text> measures;

  Impl(const Source& s, const Lexicon& l, Assessment& out)
      : source(s), lexicon(l), form(*l.form), a(out) {}

  InfoFile& current_file() {
    if (file < 0) {
      if (a.files.empty()) a.files.emplace_back();
      file = 0;
    }
    return a.files[static_cast<std::size_t>(file)];
  }
  std::string file_pointer() const { return "/files/" + std::to_string(std::max(file, 0)); }

  // ---- places

  Place place(const Slot& slot) const {
    Place out;
    if (slot.fragment == prefixed && !appending) out = begun_place;
    for (const Part& part : slot.values) {
      const auto [first, last] = lines_of(*reading, part);
      out = join(out, place_of(source, first, last));
    }
    return out;
  }

  Place place(const Fragment& f) const { return place_of(source, f.first_line, f.last_line); }

  void note(const std::string& pointer, const Slot& slot) {
    a.places[pointer] = place(slot);
    a.reasons[pointer] = slot.certainty == Certainty::Beside ? "stands beside its label"
                         : slot.certainty == Certainty::Known
                             ? "the change history tells this value for the item"
                             : "cheapest assignment of the page's values to its labels";
  }

  void set(Text& field, const std::string& pointer, const Slot& slot, const std::string& text) {
    if (text.empty()) return;
    if (field.has_value()) {
      if (key(*field) == key(text)) return;
      // A cell that goes on behind a page's end is long on both sides; a second short value is not.
      if (form.node(slot.node).item->answer != Answer::Prose || (field->size() < 60 && !appending))
        return;
      *field += (appending && !starts_with_mark(text) ? "" : "\n") + text;
      a.places[pointer] = join(a.places[pointer], place(slot));
      return;
    }
    field = text;
    note(pointer, slot);
  }

  void doubt(const Slot& slot) {
    const Fragment& label = reading->fragments[static_cast<std::size_t>(slot.fragment)];
    a.warnings.push_back(label.text + " (line " + std::to_string(place(label).first_line) +
                         "): several values fit equally well; left out");
  }

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
  void number_instances() {
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

  // ---- a page

  void add(const Reading& r) {
    reading = &r;
    if (r.resolved.contents) return;
    go_on();
    begin_files();
    number_instances();
    for (const Slot& slot : r.slots) add_slot(slot);
    add_ticks();
    add_counts();
    remember_ends();
  }

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

  void go_on() {
    if (!reading->lead.empty() && !open_items.empty()) {
      const std::u32string k =
          key(reading->fragments[static_cast<std::size_t>(reading->lead.front())].text);
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

  int number_of(const Slot& slot) const {
    if (slot.instance < 0) return 0;
    const int printed = reading->resolved.instances[static_cast<std::size_t>(slot.instance)].repeat;
    const auto at = number_of_instance.find(slot.instance);
    return printed > 0 ? printed : at == number_of_instance.end() ? 0 : at->second;
  }

  // The slot that stands first or last in the form, if it takes text.
  const Slot* end_slot(bool first) const {
    const Slot* best = nullptr;
    for (const Slot& slot : reading->slots) {
      if (best == nullptr || (first ? slot.node < best->node : slot.node >= best->node))
        best = &slot;
    }
    if (best == nullptr || form.node(best->node).item->answer != Answer::Prose) return nullptr;
    const std::string_view pointer = form.node(best->node).item->pointer;
    for (const std::string_view name :
         {"/name"sv, "/title"sv, "/head"sv, "/number"sv, "/department"sv}) {
      if (pointer.ends_with(name)) return nullptr;  // stands in one line, does not go on
    }
    return best;
  }

  void remember_ends() {
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
      begun_place = join(begun_place, place(f));
    }
  }

  // A new file begins where chapter Ⅱ names one.
  void begin_files() {
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

  void begin_risks(const Slot& slot) {
    const std::string text = text_of(*reading, slot);
    if (chapter_number(slot.node) != "Ⅲ") return;
    risk_of_node.clear();
    measures.clear();
    risk_file = text.empty() ? Text{} : Text{text};
  }

  std::string chapter_number(int node) const {
    const int chapter = form.chapter_of(node);
    return chapter < 0 ? "" : form.node(chapter).number;
  }

  void add_slot(const Slot& slot) {
    const std::string_view pointer = form.node(slot.node).item->pointer;
    if (slot.certainty == Certainty::Doubtful) doubt(slot);
    std::string text = text_of(*reading, slot);
    if (slot.fragment == prefixed && !appending) {
      text = text.empty() ? begun : begun + (starts_with_mark(text) ? "\n" : "") + text;
    }
    if (is_judgement(slot.node)) add_risk(slot, text);
    if (pointer.empty()) return;
    if (pointer == "/files/*/name") return add_file_name(slot, text);
    if (pointer.starts_with(kContracts))
      return add_contract(slot, below(pointer, kContracts), text);
    if (pointer.starts_with(kProvisions) || pointer.starts_with(kTransfers))
      return add_provision(slot, pointer, text);
    if (pointer.starts_with("/systems/*"))
      return add_system(slot, below(pointer, "/systems/*"), text);
    if (pointer.starts_with("/incidents")) return add_incident(slot, pointer, text);
    if (pointer.ends_with("/measures")) return add_measures(slot, text);
    if (text.empty()) return;
    if (pointer.starts_with(kFiles)) return add_file(slot, below(pointer, kFiles), text);
    add_plain(slot, pointer, text);
  }

  void add_plain(const Slot& slot, std::string_view pointer, const std::string& text) {
    if (pointer == "/published_on") {
      if (const auto date = parse_date(text); date && !a.published_on) {
        a.published_on = date->iso();
        note("/published_on", slot);
      }
      return;
    }
    if (pointer == "/process/legal_basis") {
      a.process.legal_basis = entries_of(*reading, slot);
      for (std::size_t i = 0; i < a.process.legal_basis.size(); ++i) {
        note("/process/legal_basis/" + std::to_string(i), slot);
      }
      return;
    }
    if (pointer == "/staff/count" || pointer == "/staff/as_of") {
      if (!a.staff) a.staff.emplace();
      return set(pointer == "/staff/count" ? a.staff->count : a.staff->as_of, std::string(pointer),
                 slot, text);
    }
    if (pointer == "/manual_work/judgement" || pointer == "/manual_work/basis") {
      if (!a.manual_work) a.manual_work.emplace();
      return set(pointer.ends_with("basis") ? a.manual_work->basis : a.manual_work->judgement,
                 std::string(pointer), slot, text);
    }
    if (pointer.starts_with("/top_measure")) {
      if (!a.top_measure) a.top_measure.emplace();
      Text& field = pointer.ends_with("choice")  ? a.top_measure->choice
                    : pointer.ends_with("basis") ? a.top_measure->basis
                                                 : a.top_measure->judgement;
      return set(field, std::string(pointer), slot, text);
    }
    const auto at = assessment_fields().find(pointer);
    if (at != assessment_fields().end()) set(*at->second(a), std::string(pointer), slot, text);
  }

  void add_file_name(const Slot& slot, const std::string& text) {
    const std::string chapter = chapter_number(slot.node);
    if (text.empty()) return;
    if (chapter == "Ⅱ") {
      InfoFile& f = current_file();
      if (a.places.count(file_pointer() + "/name") != 0 && f.name && key(*f.name) == key(text))
        return;
      f.name = text;
      return note(file_pointer() + "/name", slot);
    }
    if (file >= 0) return;
    const Texts names = entries_of(*reading, slot);
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (i >= a.files.size()) a.files.emplace_back();
      a.files[i].name = names[i];
      note("/files/" + std::to_string(i) + "/name", slot);
    }
  }

  void add_file(const Slot& slot, std::string_view field, const std::string& text) {
    InfoFile& f = current_file();
    if (field == "/contracts/used") {
      if (f.contracts.used) return;
      f.contracts.used = said(text, "委託する", "委託しない");
      return note(file_pointer() + "/contracts/used", slot);
    }
    const auto at = file_fields().find(field);
    if (at != file_fields().end())
      set(*at->second(f), file_pointer() + std::string(field), slot, text);
  }

  void add_contract(const Slot& slot, std::string_view field, const std::string& text) {
    Contract& c = row(current_file().contracts.rows, contract, slot);
    if (text.empty()) return;
    c.where = join(c.where, place(slot));
    const std::string pointer =
        file_pointer() + "/contracts/rows/#" + std::to_string(c.no) + std::string(field);
    if (field == "/contractors") {
      // Far from its label only what is certainly a company is taken: nobody is made a contractor.
      if (slot.certainty != Certainty::Assigned || says_no_company(text))
        return add_contractors(c, text);
      const std::u32string k = key(text);
      const bool body = k.ends_with(U"協会") || k.ends_with(U"連合会") || k.ends_with(U"機構") ||
                        k.ends_with(U"事業団");
      if (body ? !names_recipients()
               : pia::looks_like_company(text) || boxes::looks_like_company(k)) {
        return add_contractors(c, text);
      }
      return doubt(slot);
    }
    if (field == "/subcontract/used") {
      if (!c.subcontract.used) c.subcontract.used = said(text, "再委託する", "再委託しない");
      return;
    }
    const auto at = contract_fields().find(field);
    if (at != contract_fields().end()) set(*at->second(c), pointer, slot, text);
  }

  // The page has 提供先 or 移転先, which are bodies, too.
  bool names_recipients() const {
    return std::any_of(reading->slots.begin(), reading->slots.end(), [&](const Slot& slot) {
      const std::string_view pointer = form.node(slot.node).item->pointer;
      return pointer.starts_with(kProvisions) || pointer.starts_with(kTransfers);
    });
  }

  static void add_contractors(Contract& c, const std::string& text) {
    if (!c.contractors.empty() || says_no_company(text)) return;
    for (const std::string& printed : split_companies(text))
      c.contractors.push_back({printed, "", {}});
  }

  void add_provision(const Slot& slot, std::string_view pointer, const std::string& text) {
    const bool transfers = pointer.starts_with(kTransfers);
    Provisions& list = transfers ? current_file().transfers : current_file().provisions;
    Provision& p = row(list.rows, transfers ? transfer : provision, slot);
    if (text.empty()) return;
    p.where = join(p.where, place(slot));
    const std::string_view field = below(pointer, transfers ? kTransfers : kProvisions);
    const auto at = provision_fields().find(field);
    if (at == provision_fields().end()) return;
    set(*at->second(p),
        file_pointer() + (transfers ? "/transfers/rows/#" : "/provisions/rows/#") +
            std::to_string(p.no) + std::string(field),
        slot, text);
  }

  void add_system(const Slot& slot, std::string_view field, const std::string& text) {
    if (form.kind() == Kind::Basic) {
      Texts names;
      for (const std::string& entry : entries_of(*reading, slot)) {
        std::string_view rest = entry;  // 住基システム、宛名システム
        for (std::size_t comma; (comma = rest.find("、")) != std::string_view::npos;
             rest.remove_prefix(comma + 3)) {
          names.emplace_back(trim(rest.substr(0, comma)));
        }
        names.emplace_back(trim(rest));
      }
      for (std::size_t i = 0; i < names.size(); ++i) {
        a.systems.push_back({static_cast<int>(i) + 1, names[i], {}, {}});
        note("/systems/" + std::to_string(i) + "/name", slot);
      }
      return;
    }
    System& s = row(a.systems, system, slot);
    if (field == "/name") set(s.name, "/systems/#" + std::to_string(s.no) + "/name", slot, text);
    if (field == "/functions")
      set(s.functions, "/systems/#" + std::to_string(s.no) + "/functions", slot, text);
  }

  // ---- risks and incidents

  bool is_judgement(int node) const {
    const FormItem& item = *form.node(node).item;
    if (item.answer != Answer::Choice) return false;
    const std::string_view pointer = item.pointer;
    return pointer == "/risks/*/judgement" || pointer == "/training" ||
           pointer == "/audit/self_check" || pointer == "/audit/judgement" ||
           pointer == "/manual_work/judgement" || pointer.starts_with("/top_measure");
  }

  std::string section_path(int node) const {
    std::string path = chapter_number(node);
    if (const int section = form.section_of(node); section >= 0) {
      std::string number;
      for (const char32_t c : key(form.node(section).number))
        number += to_utf8(std::u32string(1, c));
      path += "-" + number;
    }
    if (const int group = form.group_of(node); group >= 0)
      path += " " + std::string(form.node(group).number);
    return path;
  }

  void add_risk(const Slot& slot, const std::string& text) {
    const auto [at, fresh] = risk_of_node.try_emplace(slot.node, a.risks.size());
    if (fresh) {
      a.risks.emplace_back();
      Risk& risk = a.risks.back();
      const Fragment& label = reading->fragments[static_cast<std::size_t>(slot.fragment)];
      const bool of_file =
          std::string_view(form.node(slot.node).item->pointer) == "/risks/*/judgement";
      if (form.kind() != Kind::Basic && of_file) risk.file = risk_file;
      risk.section = section_path(slot.node);
      risk.item = item_name(label);
      risk.where = place(label);
      if (const auto m = measures.find({0, slot.node}); m != measures.end())
        risk.measures = m->second;
    }
    Risk& risk = a.risks[at->second];
    if (risk.judgement || text.empty()) return;
    risk.judgement = text;
    risk.where = join(risk.where, place(slot));
  }

  static std::string item_name(const Fragment& label) {
    if (label.number.empty() || label.text.starts_with(label.number))
      return std::string(trim(label.text));
    const std::u32string k = key(label.text);
    std::size_t i = 0;
    while (i < k.size() && (is_digit(k[i]) || k[i] == '.')) ++i;
    return i == 0 ? std::string(trim(label.text)) : to_utf8(std::u32string_view(k).substr(i));
  }

  // Text of measures goes to the judgement it explains: of its own item, or of its group.
  void add_measures(const Slot& slot, const std::string& text) {
    if (text.empty()) return;
    int target = -1;
    if (form.node(slot.node).item->level == Level::Detail) {
      for (int n = slot.node - 1;
           n >= 0 && target < 0 && form.section_of(n) == form.section_of(slot.node); --n) {
        if (is_judgement(n)) target = n;
      }
    }
    for (int n = slot.node + 1; target < 0 && n < static_cast<int>(form.nodes().size()); ++n) {
      if (form.section_of(n) != form.section_of(slot.node)) break;
      if (is_judgement(n)) target = n;
    }
    if (target < 0) return;
    Text& all = measures[{0, target}];
    all = all ? *all + "\n" + text : text;
    if (const auto at = risk_of_node.find(target); at != risk_of_node.end())
      a.risks[at->second].measures = all;
  }

  void add_incident(const Slot& slot, std::string_view pointer, const std::string& text) {
    if (form.kind() == Kind::Basic) {
      question(slot);
      if (a.incidents.occurred || text.empty()) return;
      a.incidents.occurred = said(text, "発生あり", "発生なし");
      return note("/incidents/occurred", slot);
    }
    IncidentRow& r = incident_row();
    if (pointer.ends_with("/occurred")) {
      question(slot);
      r.where = join(r.where, place(reading->fragments[static_cast<std::size_t>(slot.fragment)]));
      if (!r.occurred) r.occurred = said(text, "発生あり", "発生なし");
    }
    if (text.empty()) return;
    r.where = join(r.where, place(slot));
    if (pointer.ends_with("/summary") && !r.summary) r.summary = text;
    if (pointer.ends_with("/prevention") && !r.prevention) r.prevention = text;
  }

  IncidentRow& incident_row() {
    std::vector<IncidentRow>& rows = a.incidents.rows;
    if (rows.empty() || rows.back().file != risk_file) {
      rows.emplace_back();
      rows.back().file = risk_file;
    }
    return rows.back();
  }

  void question(const Slot& slot) {
    const std::u32string k = key(reading->fragments[static_cast<std::size_t>(slot.fragment)].text);
    if (!a.incidents.question_years) {
      if (k.find(U"過去1年") != std::u32string::npos) a.incidents.question_years = 1;
      if (k.find(U"過去3年") != std::u32string::npos) a.incidents.question_years = 3;
    }
    if (!a.incidents.question_scope && k.find(U"重大事故") != std::u32string::npos) {
      a.incidents.question_scope =
          k.find(U"特定個人情報に関する") != std::u32string::npos ? "特定個人情報" : "個人情報";
    }
  }

  // ---- ticks and counts

  std::string printed_box(const TickBox& box) const {
    const std::string& label = reading->fragments[static_cast<std::size_t>(box.fragment)].text;
    return box.inside.empty() ? label : label + "（" + box.inside + "）";
  }

  Texts* tick_list(const TickBox& box, std::string* pointer) {
    if (box.instance < 0) return nullptr;
    const Instance& instance = reading->resolved.instances[static_cast<std::size_t>(box.instance)];
    const std::string_view node_pointer = form.node(instance.node).item->pointer;
    if (node_pointer.starts_with("/systems")) {
      System& s = row_of(a.systems, system, instance.repeat, box.instance);
      *pointer = "/systems/#" + std::to_string(s.no) + "/connections";
      return &s.connections;
    }
    if (node_pointer.starts_with(kContracts)) {
      return &row_of(current_file().contracts.rows, contract, instance.repeat, box.instance).means;
    }
    if (node_pointer.starts_with(kProvisions)) {
      return &row_of(current_file().provisions.rows, provision, instance.repeat, box.instance)
                  .means;
    }
    if (node_pointer.starts_with(kTransfers)) {
      return &row_of(current_file().transfers.rows, transfer, instance.repeat, box.instance).means;
    }
    if (node_pointer == "/audit/done") return *pointer = "/audit/done", &a.audit.done;
    if (!node_pointer.starts_with(kFiles)) return nullptr;
    InfoFile& f = current_file();
    const std::string_view field = below(node_pointer, kFiles);
    *pointer = file_pointer() + std::string(field);
    return field == "/items"     ? &f.items
           : field == "/sources" ? &f.sources
           : field == "/means"   ? &f.means
                                 : nullptr;
  }

  void add_ticks() {
    for (const TickBox& box : read_ticks(*reading, lexicon)) {
      const std::string& label = lexicon.boxes[static_cast<std::size_t>(box.word)].printed;
      if (label == "行っていない" || label == "提供を行っている" || label == "移転を行っている") {
        add_provided(box, label);
        continue;
      }
      if (label == "委託しない" && form.kind() == Kind::Basic && box.state != State::Unknown) {
        a.contracts_out = box.state == State::No;
        a.places["/contracts_out"] =
            place(reading->fragments[static_cast<std::size_t>(box.fragment)]);
      }
      if (label == "提供・移転しない" && box.state == State::Yes) none_provided(box);
      if (label == "人手を介在させる作業はない" && box.state != State::Unknown) {
        if (!a.manual_work) a.manual_work.emplace();
        a.manual_work->none = box.state == State::Yes;
        a.places["/manual_work/none"] =
            place(reading->fragments[static_cast<std::size_t>(box.fragment)]);
      }
      std::string pointer;
      Texts* list = tick_list(box, &pointer);
      if (list == nullptr) continue;
      if (box.state == State::Unknown) unsure(box);
      const std::string printed = printed_box(box);
      if (box.state != State::Yes || std::find(list->begin(), list->end(), printed) != list->end())
        continue;
      list->push_back(printed);
      if (!pointer.empty()) {
        a.places[pointer + "/" + std::to_string(list->size() - 1)] =
            place(reading->fragments[static_cast<std::size_t>(box.fragment)]);
      }
    }
  }

  // Ⅲ-5 says so where the box of Ⅱ-5 cannot be read.
  void none_provided(const TickBox& box) {
    for (std::size_t i = 0; i < a.files.size(); ++i) {
      InfoFile& f = a.files[i];
      const bool this_file =
          a.files.size() == 1 || (risk_file && f.name && key(*f.name) == key(*risk_file));
      if (!this_file || undecided.count(static_cast<int>(i)) == 0 || f.provisions.count ||
          f.transfers.count)
        continue;
      f.no_provision_or_transfer = true;
      const std::string pointer = "/files/" + std::to_string(i) + "/no_provision_or_transfer";
      a.places[pointer] = place(reading->fragments[static_cast<std::size_t>(box.fragment)]);
      a.reasons[pointer] = "the risk chapter has 提供・移転しない ticked";
    }
  }

  void unsure(const TickBox& box) {
    const Fragment& f = reading->fragments[static_cast<std::size_t>(box.fragment)];
    a.warnings.push_back("box " + f.text + " (line " + std::to_string(place(f).first_line) +
                         "): cannot tell whether it is ticked");
  }

  void add_provided(const TickBox& box, const std::string& label) {
    InfoFile& f = current_file();
    const Fragment& fragment = reading->fragments[static_cast<std::size_t>(box.fragment)];
    if (label == "行っていない") {
      if (box.state == State::Unknown) {
        undecided.insert(std::max(file, 0));
        return unsure(box);
      }
      f.no_provision_or_transfer = box.state == State::Yes;
      a.places[file_pointer() + "/no_provision_or_transfer"] = place(fragment);
      return;
    }
    const auto next = static_cast<std::size_t>(box.fragment) + 1;
    if (next >= reading->fragments.size()) return;
    const int n = count_in(key(reading->fragments[next].text));
    if (n < 0) return;
    const bool provided = label == "提供を行っている";
    (provided ? f.provisions : f.transfers).count = n;
    a.places[file_pointer() + (provided ? "/provisions/count" : "/transfers/count")] =
        place(reading->fragments[next]);
  }

  // （ 3 ）件 of 委託の有無, 提供 and 移転: the brackets that end with 件 belong to these in the
  // form's order; a number that stands alone goes to the only one that is blank.
  void add_counts() {
    InfoFile* f = nullptr;
    std::vector<std::pair<Count*, std::string>> slots;
    const auto add_slot_of = [&](Count& count, const char* name) {
      slots.emplace_back(&count, file_pointer() + name);
    };
    for (const Slot& slot : reading->slots) {
      if (std::string_view(form.node(slot.node).item->pointer) != "/files/*/contracts/used")
        continue;
      f = &current_file();
      add_slot_of(f->contracts.count, "/contracts/count");
      break;
    }
    for (const auto& [label, transfers] :
         {std::pair{"提供を行っている", false}, std::pair{"移転を行っている", true}}) {
      for (const Fragment& fragment : reading->fragments) {
        if (fragment.what != What::Box ||
            lexicon.boxes[static_cast<std::size_t>(fragment.word)].printed != label)
          continue;
        f = &current_file();
        add_slot_of(transfers ? f->transfers.count : f->provisions.count,
                    transfers ? "/transfers/count" : "/provisions/count");
        break;
      }
    }
    if (f != nullptr) assign_counts(slots);
  }

  void assign_counts(const std::vector<std::pair<Count*, std::string>>& slots) {
    struct Bracket {
      int value = -1;
      std::size_t fragment = 0;
    };
    std::vector<Bracket> brackets;
    Bracket loose;
    for (std::size_t i = 0; i < reading->fragments.size(); ++i) {
      const Fragment& fragment = reading->fragments[i];
      if (fragment.what != What::Text || reading->used[i]) continue;
      const std::u32string k = key(fragment.text);
      const int n = count_in(k);
      if (k.ends_with(U"件") && k.size() < 10) {
        brackets.push_back(n >= 0 ? Bracket{n, i} : loose);
        loose = {};
      } else if (n >= 0) {
        loose = {n, i};
      }
    }
    const auto put = [&](std::size_t s, const Bracket& b) {
      if (b.value < 0 || *slots[s].first) return;
      *slots[s].first = b.value;
      a.places[slots[s].second] = place(reading->fragments[b.fragment]);
    };
    if (brackets.size() == slots.size()) {
      for (std::size_t s = 0; s < slots.size(); ++s) put(s, brackets[s]);
    }
    std::vector<std::size_t> blank;
    for (std::size_t s = 0; s < slots.size(); ++s) {
      if (!*slots[s].first) blank.push_back(s);
    }
    if (blank.size() == 1 && slots.size() == 1) put(blank.front(), loose);
  }

  // ---- the end

  static bool empty(const Contract& c) {
    return !c.title && !c.description && !c.staff && c.contractors.empty() && !c.subcontract.used &&
           c.means.empty();
  }
  static bool empty(const Provision& p) {
    return !p.name && !p.legal_basis && !p.purpose && !p.data && !p.people && !p.timing &&
           p.means.empty();
  }
  static bool empty(const System& s) { return !s.name && !s.functions && s.connections.empty(); }

  template <typename Row>
  static void tidy(std::vector<Row>& rows) {
    std::erase_if(rows, [](const Row& r) { return empty(r); });
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Row& x, const Row& y) { return x.no < y.no; });
  }

  // Rows were noted by their number ("#2"); their pointers have indices.
  void rename_places() {
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

  std::string with_index(const std::string& pointer) const {
    const std::size_t mark = pointer.find('#');
    if (mark == std::string::npos) return pointer;
    if (pointer.find("/rows/") != std::string::npos) return {};  // rows have their own where
    const int number = std::stoi(pointer.substr(mark + 1));
    for (std::size_t i = 0; i < a.systems.size(); ++i) {
      if (a.systems[i].no == number) {
        return pointer.substr(0, mark) + std::to_string(i) +
               pointer.substr(pointer.find('/', mark));
      }
    }
    return {};
  }

  void finish() {
    tidy(a.systems);
    for (InfoFile& f : a.files) {
      tidy(f.contracts.rows);
      tidy(f.provisions.rows);
      tidy(f.transfers.rows);
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
  }
};

Builder::Builder(const Source& source, const Lexicon& lexicon, Assessment& out)
    : impl_(std::make_unique<Impl>(source, lexicon, out)) {}
Builder::~Builder() = default;
void Builder::add(const Reading& reading) { impl_->add(reading); }
void Builder::finish() { impl_->finish(); }

}  // namespace pia::boxes
