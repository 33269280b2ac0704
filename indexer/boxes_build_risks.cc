// The judgements of the risk chapters with the text of their measures, and the incident item.

#include "indexer/boxes_build_impl.h"
#include "indexer/boxes_text.h"

namespace pia::boxes {

bool Builder::Impl::is_judgement(int node) const {
  const FormItem& item = *form.node(node).item;
  if (item.answer != Answer::Choice) return false;
  const std::string_view pointer = item.pointer;
  return pointer == "/risks/*/judgement" || pointer == "/training" ||
         pointer == "/audit/self_check" || pointer == "/audit/judgement" ||
         pointer == "/manual_work/judgement" || pointer.starts_with("/top_measure");
}

std::string Builder::Impl::section_path(int node) const {
  std::string path = chapter_number(node);
  if (const int section = form.section_of(node); section >= 0) {
    std::string number;
    for (const char32_t c : key(form.node(section).number)) number += to_utf8(std::u32string(1, c));
    path += "-" + number;
  }
  if (const int group = form.group_of(node); group >= 0)
    path += " " + std::string(form.node(group).number);
  return path;
}

void Builder::Impl::add_risk(const Slot& slot, const std::string& text) {
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
    if (const auto m = measures.find(slot.node); m != measures.end()) {
      risk.measures = m->second.text;
      extend(risk.where, m->second.place);
    }
  }
  Risk& risk = a.risks[at->second];
  if (risk.judgement || text.empty()) return;
  risk.judgement = text;
  extend(risk.where, place(slot));
}

// A circled number belongs to the item; the number of its section, "１．", does not.
std::string Builder::Impl::item_name(const Fragment& label) {
  const Chars chars = decode(label.text);
  std::size_t i = 0;
  while (i < chars.size() &&
         (is_digit(chars.folded[i]) || chars.folded[i] == '.' || is_space(chars.folded[i])))
    ++i;
  return std::string(trim(std::string_view(label.text).substr(chars.offset[i])));
}

void Builder::Impl::add_measures(const Slot& slot, const std::string& text) {
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
  Measures& all = measures[target];
  all.text += (all.text.empty() ? "" : "\n") + text;
  extend(all.place, place(slot));
  if (const auto at = risk_of_node.find(target); at != risk_of_node.end()) {
    Risk& risk = a.risks[at->second];
    risk.measures = all.text;
    extend(risk.where, place(slot));
  }
}

void Builder::Impl::add_incident(const Slot& slot, std::string_view pointer,
                                 const std::string& text) {
  if (form.kind() == Kind::Basic) {
    question(slot);
    if (a.incidents.occurred || text.empty()) return;
    a.incidents.occurred = said(text, "発生あり", "発生なし");
    return note("/incidents/occurred", slot);
  }
  IncidentRow& r = incident_row();
  if (pointer.ends_with("/occurred")) {
    question(slot);
    extend(r.where, place(reading->fragments[static_cast<std::size_t>(slot.fragment)]));
    if (!r.occurred) r.occurred = said(text, "発生あり", "発生なし");
  }
  if (text.empty()) return;
  extend(r.where, place(slot));
  if (pointer.ends_with("/summary") && !r.summary) r.summary = text;
  if (pointer.ends_with("/prevention") && !r.prevention) r.prevention = text;
}

IncidentRow& Builder::Impl::incident_row() {
  std::vector<IncidentRow>& rows = a.incidents.rows;
  if (rows.empty() || rows.back().file != risk_file) {
    rows.emplace_back();
    rows.back().file = risk_file;
  }
  return rows.back();
}

void Builder::Impl::question(const Slot& slot) {
  const Fragment& label = reading->fragments[static_cast<std::size_t>(slot.fragment)];
  a.places.try_emplace("/incidents/question/years", place(label));
  a.places.try_emplace("/incidents/question/scope", place(label));
  const std::u32string k = key(label.text);
  if (!a.incidents.question_years) {
    if (k.find(U"過去1年") != std::u32string::npos) a.incidents.question_years = 1;
    if (k.find(U"過去3年") != std::u32string::npos) a.incidents.question_years = 3;
  }
  if (!a.incidents.question_scope && k.find(U"重大事故") != std::u32string::npos) {
    a.incidents.question_scope =
        k.find(U"特定個人情報に関する") != std::u32string::npos ? "特定個人情報" : "個人情報";
  }
}

}  // namespace pia::boxes
