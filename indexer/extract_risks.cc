// The risk chapters (様式2 Ⅳ, 様式3 Ⅲ, 様式4 Ⅲ and Ⅳ): one row for every bracketed choice, with the
// measures that the form asks for beside it; and the audits and the training, which are rows and
// fields of their own at once.
//
// Measures: what stands below an item (具体的な方法) belongs to it; what stands beside it in the
// same リスク (リスクに対する措置の内容) belongs to リスクへの対策は十分か.

#include <algorithm>

#include "indexer/cells_context.h"

namespace pia {
namespace {

std::string label_of(const CellsContext& c, const Entry& entry) {
  std::string words = one_line(text_of(entry.labels));
  for (std::string_view mark : {"※", "＊"}) {
    for (std::size_t at = words.find(mark); at != std::string::npos; at = words.find(mark))
      words.erase(at, mark.size());
  }
  words = trim(words);
  const Label label = read_label(words);
  const FormItem& item = c.item(entry);
  // As the form prints it if only spaces and width differ, else as this document words it.
  const bool same = label.key == read_label(item.label).key &&
                    words.find("ひも") == std::string::npos &&
                    words.find("づけ") == std::string::npos;
  if (same)
    words = item.label;
  else if (!label.number.empty() && words.starts_with(label.number))
    words = trim(std::string_view(words).substr(label.number.size()));
  // Section labels keep no number: it stands in `section`.
  const bool circled = item.level == Level::Item && !label.number.empty();
  return circled ? label.number + words : words;
}

// "Ⅲ-3 リスク2", "Ⅲ-9"
std::string section_of(const CellsContext& c, const Entry& entry) {
  const int group = c.form.group_of(entry.node);
  if (group >= 0) return item_path(c.form, group, entry.printed);
  const int section = c.form.section_of(entry.node);
  std::string path = item_path(c.form, section, entry.printed);
  return path.substr(0, path.find(' '));
}

bool is_judgement(std::string_view pointer) {
  return pointer == "/risks/*/judgement" || pointer == "/training" ||
         pointer == "/audit/self_check" || pointer == "/audit/judgement" ||
         pointer == "/manual_work/judgement" || pointer == "/top_measure/choice" ||
         pointer == "/top_measure/judgement";
}

// Names the file of the risk chapter: 様式3 and 4 print it at Ⅲ-1.
std::string file_name(const CellsContext& c, const Entry& entry) {
  std::string name = c.line(entry);
  const std::string key = read_label(name).key;
  const auto same = [&](const InfoFile& file) {
    return file.name && read_label(*file.name).key == key;
  };
  const auto found = std::find_if(c.out.files.begin(), c.out.files.end(), same);
  return found == c.out.files.end() ? name : *found->name;
}

void append(Text& text, const std::string& more) {
  if (more.empty()) return;
  if (text && !text->empty())
    *text += "\n" + more;
  else
    text = more;
}

}  // namespace

void extract_risks(const CellsContext& c) {
  Text file;
  Place file_place;
  if (c.out.files.size() == 1) {
    file = c.out.files[0].name;
    file_place = c.out.places["/files/0/name"];
  }
  int group = -1;  // リスク whose measures are collected
  Text measures;   // beside the items of that リスク
  Place measures_place;
  std::size_t above = static_cast<std::size_t>(-1);  // the row that details belong to
  for (const Entry& entry : c.entries.items) {
    if (entry.node < 0) continue;
    const FormItem& item = c.item(entry);
    const std::string_view pointer = item.pointer;
    const bool names_file = item.level == Level::Section &&
                            std::string_view(item.label) == "特定個人情報ファイル名" &&
                            pointer.empty();
    if (names_file && !c.raw(entry).empty()) {
      file = file_name(c, entry);
      file_place = place_of(entry.values);
    }
    const int own_group = c.form.group_of(entry.node) >= 0 ? c.form.group_of(entry.node)
                                                           : c.form.section_of(entry.node);
    if (own_group != group || item.level <= Level::Group) {
      group = own_group;
      measures.reset();
      measures_place = {};
      above = static_cast<std::size_t>(-1);
    }
    if (pointer == "/risks/*/measures") {
      const std::string text = c.text(entry);
      if (item.level == Level::Detail && above < c.out.risks.size()) {
        append(c.out.risks[above].measures, text);
        c.out.risks[above].where = cover(c.out.risks[above].where, place_of(entry.values));
      } else {
        append(measures, text);
        if (!text.empty()) measures_place = cover(measures_place, place_of(entry.values));
      }
      continue;
    }
    if (pointer == "/audit/done") {
      Texts done;
      for (const Tick& tick : read_ticks(c.raw(entry), options_of(item))) {
        if (tick.checked) done.push_back(one_line(tick.printed));
      }
      c.set_list(c.out.audit.done, "/audit/done", entry, std::move(done));
    }
    if (!is_judgement(pointer)) continue;
    const int chapter = c.form.chapter_of(entry.node);
    if (std::string_view(c.form.node(chapter).item->label).find("リスク対策") ==
        std::string_view::npos)
      continue;
    Risk risk;
    const bool per_file =
        chapter >= 0 && std::string_view(c.form.node(chapter).item->label) != "その他のリスク対策";
    if (c.form.kind() != Kind::Basic && per_file) risk.file = file;
    risk.section = section_of(c, entry);
    risk.item = label_of(c, entry);
    risk.where = cover(place_of(entry.labels), place_of(entry.values));
    const std::string place = "/risks/" + std::to_string(c.out.risks.size()) + "/judgement";
    c.set_choice(risk.judgement, place, entry);
    if (pointer == "/top_measure/choice" && c.out.top_measure)
      risk.judgement = c.out.top_measure->choice;
    if (pointer == "/training") c.set_choice(c.out.training, "/training", entry);
    if (pointer == "/audit/self_check")
      c.set_choice(c.out.audit.self_check, "/audit/self_check", entry);
    if (pointer == "/audit/judgement")
      c.set_choice(c.out.audit.judgement, "/audit/judgement", entry);
    if (read_label(item.label).key == "リスクへの対策は十分か") {
      risk.measures = measures;
      risk.where = cover(measures_place, risk.where);
      measures.reset();
    }
    if (risk.file)
      c.out.places["/risks/" + std::to_string(c.out.risks.size()) + "/file"] = file_place;
    above = c.out.risks.size();
    c.out.risks.push_back(std::move(risk));
  }
}

}  // namespace pia
