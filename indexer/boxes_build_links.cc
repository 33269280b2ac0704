// ○ of ③ that stand alone: `[ ] 情報提供ネットワークシステム [` and a ○ somewhere on the page may
// be a tick of any box at the right. A connection has two sides: if the system that such a box
// means is in the assessment and is connected to this one, the ○ is that box's.

#include "indexer/boxes_build_impl.h"
#include "indexer/boxes_text.h"

namespace pia::boxes {
namespace {

// The name has the box's own word: 宛名 of 宛名システム等. A word that only hints at such a system
// (課税 at 税務システム) proves no tick.
bool is_named_like(const System& s, const std::string& label) {
  std::u32string word = key(label);
  for (const std::u32string_view end : {U"等", U"システム"}) {
    if (word.ends_with(end)) word.resize(word.size() - end.size());
  }
  return s.name && word.size() >= 2 && key(*s.name).find(word) != std::u32string::npos;
}

}  // namespace

void Builder::Impl::note_loose_links(const std::vector<TickBox>& boxes) {
  LoosePage page;
  for (const Fragment& f : reading->fragments) page.loose += f.what == What::Tick;
  for (const TickBox& box : boxes) {
    page.loose -= box.state == State::Yes;
    if (box.instance < 0) continue;
    const Instance& instance = reading->resolved.instances[static_cast<std::size_t>(box.instance)];
    const std::string_view pointer = form.node(instance.node).item->pointer;
    if (!pointer.starts_with("/systems")) return;  // the ○ may be another item's
    if (box.state == State::Yes) continue;
    const System& s = row_of(a.systems, system, instance.repeat, box.instance);
    page.blank[{s.no, printed_box(box)}] = {path_of_box(*reading, lexicon, box.fragment),
                                            place(box)};
  }
  if (page.loose > 0 && !page.blank.empty()) loose_pages.push_back(std::move(page));
}

void Builder::Impl::mend_links() {
  // The other system names itself like the box, and has a tick at a box that means this one.
  const auto is_mutual = [&](const System& s, const std::string& label) {
    return std::any_of(a.systems.begin(), a.systems.end(), [&](const System& other) {
      return other.no != s.no && is_named_like(other, label) &&
             std::any_of(other.connections.begin(), other.connections.end(),
                         [&](const std::string& ticked) { return is_named_like(s, ticked); });
    });
  };
  std::vector<std::pair<System*, std::pair<std::string, LoosePage::Box>>> found;
  for (LoosePage& page : loose_pages) {
    const std::size_t before = found.size();
    for (const auto& [box, where] : page.blank) {
      const auto& [number, label] = box;
      const auto s = std::ranges::find(a.systems, number, &System::no);
      if (s != a.systems.end() && !is_named_like(*s, label) && is_mutual(*s, label))
        found.push_back({&*s, {label, where}});
    }
    const auto proved = static_cast<int>(found.size() - before);
    if (proved > page.loose) {
      found.resize(before);
    } else {
      page.loose -= proved;
    }
    if (page.loose > 0)
      a.warnings.push_back("Ⅰ-2 ③他のシステムとの接続: どの箱のものか判別できない○があります（" +
                           std::to_string(page.loose) + "個、" +
                           std::to_string(page.blank.begin()->second.place.first_line) +
                           "行目の頁）");
  }
  for (const auto& [s, tick] : found) {
    s->connections.push_back(tick.first);
    const std::string pointer = "/systems/#" + std::to_string(s->no) + "/connections/" +
                                std::to_string(s->connections.size() - 1);
    a.places[pointer] = tick.second.place;
    uncertain_links.forget(tick.second.path, tick.first);
    a.reasons[pointer] = "a ○ of the page stands alone; the other system is connected to this one";
  }
  for (std::string& warning : uncertain_links.take()) a.warnings.push_back(std::move(warning));
}

}  // namespace pia::boxes
