// Torn boxes whose own ○ cannot be found: the page has some ○ that belong to no box, and the rest
// of the document says which items they must be. Three kinds of proof: the change table says so;
// その妥当性 explains the item; or the items that the document speaks of elsewhere are exactly as
// many as the ○ that are left. A number that does not agree proves nothing.

#include "indexer/boxes_build_impl.h"
#include "indexer/boxes_items.h"
#include "indexer/boxes_shape.h"
#include "indexer/boxes_text.h"

namespace pia::boxes {
namespace {

using View = std::u32string_view;

View head(View label) { return label.substr(0, label.find(U'(')); }

std::set<std::u32string> heads_of(const std::set<std::u32string>& labels) {
  std::set<std::u32string> out;
  for (const std::u32string& label : labels) out.emplace(head(label));
  return out;
}

bool speaks_of(View text, std::initializer_list<View> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](View word) { return text.find(word) != View::npos; });
}

// Half of a bracket with its text, which some box has lost: "市区町村（", "○○機構 ）".
bool is_half_bracket(const std::u32string& k) {
  const auto count = [&](char32_t c) { return std::count(k.begin(), k.end(), c); };
  return k.size() > 2 && k.size() <= 80 && count('(') != count(')') &&
         (k.front() == '(' || k.back() == '(' || k.back() == ')') && k.find(U'。') == View::npos &&
         k.find(U'件') == View::npos;
}

std::string without_bracket(std::string_view text) {
  text = trim(text);
  for (const std::string_view mark : {"（", "）", "(", ")"}) {
    if (text.starts_with(mark)) text = trim(text.substr(mark.size()));
    if (text.ends_with(mark)) text = trim(text.substr(0, text.size() - mark.size()));
  }
  return std::string(text);
}

}  // namespace

bool Builder::Impl::remember_torn(const TickBox& box) {
  const Instance& instance = reading->resolved.instances[static_cast<std::size_t>(box.instance)];
  const std::string_view field = below(form.node(instance.node).item->pointer, kFiles);
  if (field != "/items" && field != "/sources" && field != "/means") return false;
  current_file();
  torn.boxes.push_back({field,
                        lexicon.boxes[static_cast<std::size_t>(box.word)].key,
                        printed_box(box),
                        std::max(file, 0),
                        place(box),
                        path_of_box(*reading, lexicon, box.fragment),
                        false,
                        {}});
  return true;
}

void Builder::Impl::count_loose(const std::vector<TickBox>& boxes) {
  if (torn.boxes.empty()) return;
  const std::vector<Fragment>& all = reading->fragments;
  std::size_t unknown = 0;
  for (const Fragment& f : all) torn.loose += f.what == What::Tick;
  std::set<int> read;  // texts of brackets that are a box's
  for (const TickBox& box : boxes) {
    torn.loose -= box.state == State::Yes;
    unknown += box.state == State::Unknown;
    if (!box.inside.empty()) read.insert(box.inside_at < 0 ? box.fragment + 1 : box.inside_at);
  }
  torn.loose = std::max(torn.loose, 0);
  torn.others = unknown != torn.boxes.size() || !reading->undecided.empty();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].what != What::Text || reading->used[i] || read.count(static_cast<int>(i)) != 0 ||
        !is_half_bracket(key(all[i].text)))
      continue;
    torn.bracketed.emplace_back(all[i].text, place(all[i]));
  }
  gather_evidence();
}

void Builder::Impl::gather_evidence() {
  std::vector<std::u32string> labels;
  for (const int node : lexicon.at("/files/*/items")) {
    for (const int word : lexicon.node_boxes[static_cast<std::size_t>(node)])
      labels.push_back(lexicon.boxes[static_cast<std::size_t>(word)].key);
  }
  for (const Fragment& f : reading->fragments) {
    if (f.what != What::Text) continue;
    torn.prose += key(f.text) + U'\n';
    const std::set<std::u32string> here = items_named(f, labels);
    if (here.empty()) continue;
    torn.listed.insert(here.begin(), here.end());
    // The same box before and after 振り仮名 was added to it.
    for (const std::u32string& label : labels) {
      if ((head(label) == U"4情報" || head(label) == U"5情報") &&
          (heads_of(here).count(U"4情報") + heads_of(here).count(U"5情報") > 0))
        torn.listed.insert(label);
    }
    extend(torn.listed_at, place(f));
  }
}

// What the document says elsewhere of the item, without listing it.
bool Builder::Impl::is_supported(const TornBox& box) const {
  const View text = torn.prose, name = head(box.label);
  if (name == U"その他") return false;  // its brackets would tell
  if (box.field == "/items") {
    if (name == U"その他住民票関係情報")
      return speaks_of(text, {U"住民票関係情報", U"住基情報", U"住民票情報", U"住民基本台帳情報"});
    return text.find(name) != View::npos;
  }
  if (name == U"本人又は本人の代理人")
    return speaks_of(text, {U"申請", U"届出", U"申告", U"本人から"});
  if (name == U"情報提供ネットワ-クシステム") return a.network.used == "実施する";
  if (name == U"庁内連携システム") {
    return std::any_of(a.systems.begin(), a.systems.end(), [&](const System& s) {
      if (s.name && key(*s.name).find(name) != View::npos) return true;
      return std::find(s.connections.begin(), s.connections.end(), "庁内連携システム") !=
             s.connections.end();
    });
  }
  return name != U"紙" && text.find(name) != View::npos;
}

void Builder::Impl::explain_torn() {
  if (torn.boxes.empty()) return;
  if (reading != nullptr) gather_evidence();  // of the page behind them
  int left = torn.loose;
  const auto tick = [&](TornBox& box, std::string reason) {
    box.ticked = true;
    box.reason = std::move(reason);
    --left;
  };
  std::set<std::u32string> blank;  // the change table says so
  for (TornBox& box : torn.boxes) {
    const InfoFile& f = a.files[static_cast<std::size_t>(box.file)];
    const std::u32string name = a.files.size() > 1 && f.name ? key(*f.name) : std::u32string();
    const ToldBox* said = told.find("/files/*" + std::string(box.field), box.label, name);
    if (said == nullptr) continue;
    if (!said->ticked) {
      blank.insert(box.label);
      continue;
    }
    const auto text =
        std::find_if(torn.bracketed.begin(), torn.bracketed.end(), [&](const auto& t) {
          return !said->inside.empty() && key(t.first).find(said->inside) != View::npos;
        });
    if (text == torn.bracketed.end()) continue;
    box.printed += "（" + without_bracket(text->first) + "）";
    box.place = join(box.place, text->second);
    torn.bracketed.erase(text);
    tick(box, "torn box; the change history says that it is ticked");
  }
  const auto is_listed = [&](const TornBox& box) {
    return !box.ticked && box.field == "/items" && torn.listed.count(box.label) != 0;
  };
  if (std::count_if(torn.boxes.begin(), torn.boxes.end(), is_listed) <= left) {
    for (TornBox& box : torn.boxes) {
      if (is_listed(box))
        tick(box, "torn box; その妥当性 explains this item (line " +
                      std::to_string(torn.listed_at.first_line) + ")");
    }
  }
  left -= static_cast<int>(torn.bracketed.size());  // theirs
  const auto supported = [&](const TornBox& box) {
    return !box.ticked && blank.count(box.label) == 0 && is_supported(box);
  };
  const bool agrees = !torn.others && std::count_if(torn.boxes.begin(), torn.boxes.end(),
                                                    supported) == static_cast<std::ptrdiff_t>(left);
  for (TornBox& box : torn.boxes) {
    if (agrees && supported(box))
      tick(box, "torn box; as many ○ are left as items that the document speaks of elsewhere");
    if (!box.ticked && !agrees) uncertain.add(box.path, box.printed, box.place);
    if (!box.ticked) continue;
    InfoFile& f = a.files[static_cast<std::size_t>(box.file)];
    Texts& list = box.field == "/items" ? f.items : box.field == "/means" ? f.means : f.sources;
    list.push_back(box.printed);
    const std::string pointer = "/files/" + std::to_string(box.file) + std::string(box.field) +
                                "/" + std::to_string(list.size() - 1);
    a.places[pointer] = box.place;
    a.reasons[pointer] = box.reason;
  }
  if (agrees) {
    for (const auto& [text, where] : torn.bracketed)
      a.warnings.push_back(torn.boxes.front().path +
                           ": 括弧内の記載がどの箱のものか判別できません（" +
                           without_bracket(text) + "）");
  }
  torn = {};
}

}  // namespace pia::boxes
