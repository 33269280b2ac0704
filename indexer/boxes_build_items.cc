// A label with its text → the field of the assessment: plain ones by the table of boxes_fields.h,
// names of files, rows of contracts, provisions and systems by their own rules.

#include "dicts/company_name.h"
#include "dicts/japanese_date.h"
#include "indexer/boxes_build_impl.h"
#include "indexer/boxes_kinship.h"
#include "indexer/boxes_pages.h"
#include "indexer/boxes_shape.h"
#include "indexer/boxes_text.h"
#include "indexer/utf8.h"

namespace pia::boxes {
namespace {

using namespace std::string_view_literals;

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
// Every part between the commas is a system by itself.
bool lists_systems(std::string_view entry) {
  for (const std::u32string& part : split_at(key(entry), U"、")) {
    const std::u32string name = part.substr(0, part.find(U'('));
    bool system = false;
    for (const std::u32string_view end :
         {U"システム", U"システム等", U"サ-バ", U"サ-バ-", U"機能", U"基盤", U"ネット", U"端末"})
      system = system || name.ends_with(end);
    if (!system) return false;
  }
  return true;
}

}  // namespace

void Builder::Impl::add_slot(const Slot& slot) {
  const std::string_view pointer = form.node(slot.node).item->pointer;
  if (slot.certainty == Certainty::Doubtful) doubt(slot);
  std::string text = text_of(*reading, slot);
  if (slot.fragment == prefixed && !appending) {
    text = text.empty() ? begun : begun + (starts_with_mark(text) ? "\n" : "") + text;
  }
  if (is_judgement(slot.node)) add_risk(slot, text);
  if (pointer.empty()) return;
  if (pointer == "/files/*/name") return add_file_name(slot, text);
  if (pointer.starts_with(kContracts)) return add_contract(slot, below(pointer, kContracts), text);
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

void Builder::Impl::add_plain(const Slot& slot, std::string_view pointer, const std::string& text) {
  if (pointer == "/published_on") {
    if (const auto date = parse_date(text); date && !a.published_on) {
      a.published_on = date->iso();
      note("/published_on", slot);
    }
    return;
  }
  if (pointer == "/process/legal_basis") {
    if (!a.process.legal_basis.empty() && !appending) return;
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
  if (Text* plain = field_of(a, pointer)) set(*plain, std::string(pointer), slot, text);
}

void Builder::Impl::add_file_name(const Slot& slot, const std::string& text) {
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

void Builder::Impl::add_file(const Slot& slot, std::string_view field, const std::string& text) {
  InfoFile& f = current_file();
  if (field == "/contracts/used") {
    if (f.contracts.used) return;
    f.contracts.used = said(text, "委託する", "委託しない");
    return note(file_pointer() + "/contracts/used", slot);
  }
  if (Text* plain = field_of(f, field))
    set(*plain, file_pointer() + std::string(field), slot, text);
}

void Builder::Impl::add_contract(const Slot& slot, std::string_view field,
                                 const std::string& text) {
  Contract& c = row(current_file().contracts.rows, contract, slot);
  if (text.empty()) return;
  extend(c.where, place(slot));
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
  if (Text* plain = field_of(c, field)) set(*plain, pointer, slot, text);
}

bool Builder::Impl::names_recipients() const {
  return std::any_of(reading->slots.begin(), reading->slots.end(), [&](const Slot& slot) {
    const std::string_view pointer = form.node(slot.node).item->pointer;
    return pointer.starts_with(kProvisions) || pointer.starts_with(kTransfers);
  });
}

void Builder::Impl::add_contractors(Contract& c, const std::string& text) {
  if (!c.contractors.empty() || says_no_company(text)) return;
  for (const std::string& printed : split_companies(text))
    c.contractors.push_back({printed, "", {}});
}

void Builder::Impl::add_provision(const Slot& slot, std::string_view pointer,
                                  const std::string& text) {
  const bool transfers = pointer.starts_with(kTransfers);
  Provisions& list = transfers ? current_file().transfers : current_file().provisions;
  Provision& p = row(list.rows, transfers ? transfer : provision, slot);
  if (text.empty()) return;
  extend(p.where, place(slot));
  const std::string_view field = below(pointer, transfers ? kTransfers : kProvisions);
  Text* plain = field_of(p, field);
  if (plain == nullptr) return;
  set(*plain,
      file_pointer() + (transfers ? "/transfers/rows/#" : "/provisions/rows/#") +
          std::to_string(p.no) + std::string(field),
      slot, text);
}

void Builder::Impl::add_system(const Slot& slot, std::string_view field, const std::string& text) {
  if (form.kind() == Kind::Basic) {
    Texts names;
    for (const std::string& entry : entries_of(*reading, slot)) {
      std::string_view rest = entry;  // 住基システム、宛名システム
      if (!lists_systems(entry)) {    // 賦課、給付及び認定システム
        names.emplace_back(trim(rest));
        continue;
      }
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

}  // namespace pia::boxes
