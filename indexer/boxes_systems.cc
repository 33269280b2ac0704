// Functions are shared out so that they speak of their own system; the boxes follow
// (boxes_system_boxes).

#include "indexer/boxes_systems.h"

#include <algorithm>
#include <array>
#include <functional>

#include "indexer/boxes_kinship.h"
#include "indexer/boxes_text.h"
#include "indexer/boxes_told.h"

namespace pia::boxes {
namespace {

using View = std::u32string_view;

// 3 of "システム3 ③他のシステムとの接続"; 0 if the text names no system by its number.
int number_of_system(View item) {
  for (std::size_t at = item.rfind(U"システム"); at != View::npos;
       at = at == 0 ? View::npos : item.rfind(U"システム", at - 1)) {
    int number = 0;
    for (std::size_t i = at + 4; i < item.size() && is_digit(item[i]) && number < 100; ++i)
      number = number * 10 + static_cast<int>(item[i] - '0');
    if (number > 0) return number;
  }
  return 0;
}

constexpr std::array<View, 6> kNameEnds{U"システム", U"サ-バ-", U"サ-バ",
                                        U"機能",     U"基盤",   U"ネット"};

}  // namespace

class SystemPage {
 public:
  SystemPage(SystemSettler& settler, Reading& reading)
      : s_(settler), r_(reading), f_(reading.fragments), form_(*settler.lexicon_.form) {}

  void run() {
    drop_rest();
    part_names();
    collect();
    if (systems_.empty()) return;
    share_functions();
    if (!r_.drawn && systems_.size() > 1) share_boxes(r_, s_.lexicon_, s_.told_, systems_);
    remember();
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }

  std::string_view pointer(int node) const { return form_.node(node).item->pointer; }

  // Every system so far has its ③: an instance without a heading is not the rest of the last one
  // but a part of those on the page.
  void drop_rest() {
    const auto count = [&](std::string_view item) {
      return static_cast<int>(
          std::count_if(r_.resolved.node.begin(), r_.resolved.node.end(),
                        [&](int node) { return node >= 0 && pointer(node) == item; }));
    };
    const bool complete = s_.connected_ >= s_.headed_;
    const int headed = count("/systems/*");
    s_.headed_ += headed;
    s_.connected_ += count("/systems/*/connections");
    if (!complete || headed == 0) return;
    for (std::size_t i = 0; i < r_.resolved.instances.size(); ++i) {
      const Instance& instance = r_.resolved.instances[i];
      if (instance.repeat == 0 && pointer(instance.node) == "/systems/*")
        spread(static_cast<int>(i));
    }
  }

  void spread(int rest) {
    dropped_ = rest;
    for (std::size_t i = 0; i < f_.size(); ++i) {
      int& instance = r_.resolved.instance[i];
      if (instance != rest) continue;
      instance = -1;
      for (std::size_t k = 0; k < r_.resolved.instances.size() && instance < 0; ++k) {
        const Instance& other = r_.resolved.instances[k];
        if (other.repeat > 0 && pointer(other.node) == "/systems/*" &&
            lacks(static_cast<int>(k), i))
          instance = static_cast<int>(k);
      }
    }
    for (Slot& slot : r_.slots) {
      if (slot.instance == rest) slot.instance = r_.resolved.instance[at(slot.fragment)];
    }
  }

  bool lacks(int instance, std::size_t like) const {
    for (std::size_t i = 0; i < f_.size(); ++i) {
      if (r_.resolved.instance[i] == instance && r_.resolved.node[i] == r_.resolved.node[like] &&
          f_[i].word == f_[like].word)
        return false;
    }
    return true;
  }

  // A box with the name in its first line and the functions, each with its mark, below it.
  void part_names() {
    for (Slot& name : r_.slots) {
      if (pointer(name.node) != "/systems/*/name" || name.instance < 0) continue;
      for (Slot& functions : r_.slots) {
        if (functions.instance != name.instance ||
            pointer(functions.node) != "/systems/*/functions")
          continue;
        if (begins_with_name(name) && functions.values.empty())
          move_lines(name, functions);
        else if (name.values.empty() && begins_with_name(functions))
          move_first(functions, name);
      }
    }
  }

  std::string_view line(int fragment, int i) const {
    return trim(f_[at(fragment)].lines[at(i)].text);
  }

  bool begins_with_name(const Slot& slot) const {
    if (slot.values.empty() || slot.certainty == Certainty::Doubtful) return false;
    const Part& part = slot.values.front();
    if (part.to - part.from < 2 || f_[at(part.fragment)].what != What::Text) return false;
    const std::string_view first = line(part.fragment, part.from);
    const std::u32string k = key(first);
    if (starts_with_mark(first) || k.find(U'。') != View::npos || k.size() > 40) return false;
    const std::u32string head = k.substr(0, k.find(U'('));
    const bool named = std::any_of(kNameEnds.begin(), kNameEnds.end(),
                                   [&](View end) { return head.ends_with(end); });
    return named && starts_with_mark(line(part.fragment, part.from + 1));
  }

  static void move_lines(Slot& name, Slot& functions) {
    functions.values = name.values;
    ++functions.values.front().from;
    functions.certainty = name.certainty;
    name.values.resize(1);
    name.values.front().to = name.values.front().from + 1;
  }

  static void move_first(Slot& functions, Slot& name) {
    name.values = {functions.values.front()};
    name.values.front().to = name.values.front().from + 1;
    name.certainty = functions.certainty;
    ++functions.values.front().from;
  }

  void collect() {
    for (std::size_t i = 0; i < r_.resolved.instances.size(); ++i) {
      const Instance& instance = r_.resolved.instances[i];
      if (pointer(instance.node) != "/systems/*" || static_cast<int>(i) == dropped_) continue;
      PageSystem system;
      system.instance = static_cast<int>(i);
      system.number = instance.repeat;
      if (instance.repeat == 0) {  // the rest of the last one
        system.number = s_.last_number_;
        system.name = s_.last_name_;
        system.functions = key(s_.last_functions_);
      }
      systems_.push_back(std::move(system));
    }
    for (std::size_t k = 0; k < r_.slots.size(); ++k) {
      PageSystem* system = of(r_.slots[k].instance);
      if (system == nullptr) continue;
      if (pointer(r_.slots[k].node) == "/systems/*/name") {
        system->name = text_of(r_, r_.slots[k]);
        system->named_at = r_.slots[k].fragment;
      }
      if (pointer(r_.slots[k].node) == "/systems/*/functions") system->slot = k;
    }
    for (std::size_t i = 0; i < f_.size(); ++i) {
      if (r_.resolved.node[i] < 0 || pointer(r_.resolved.node[i]) != "/systems/*") continue;
      if (PageSystem* system = of(r_.resolved.instance[i])) system->heading = static_cast<int>(i);
    }
  }

  PageSystem* of(int instance) {
    for (PageSystem& system : systems_) {
      if (system.instance == instance) return &system;
    }
    return nullptr;
  }

  // ---- functions

  struct Shared {
    std::vector<Part> parts;
    std::string text;
    std::size_t from = kNone;  // slot it has now
  };

  void share_functions() {
    std::vector<Shared> texts;
    for (std::size_t k = 0; k < systems_.size(); ++k) {
      if (systems_[k].slot == kNone) continue;
      Slot& slot = r_.slots[systems_[k].slot];
      if (slot.values.empty()) continue;
      if (slot.certainty != Certainty::Doubtful) {
        texts.push_back({slot.values, text_of(r_, slot), k});
        continue;
      }
      for (const Part& part : slot.values) {
        const std::string text = text_of(r_, part);
        if (text.find("機能") != std::string::npos) texts.push_back({{part}, text, kNone});
      }
    }
    for (std::size_t i = 0; i < f_.size(); ++i) {
      if (f_[i].what != What::Text || r_.used[i] || f_[i].lines.size() < 2 ||
          f_[i].text.find("機能") == std::string::npos)
        continue;
      texts.push_back(
          {{{static_cast<int>(i), 0, static_cast<int>(f_[i].lines.size())}}, f_[i].text, kNone});
    }
    if (texts.size() > 6 || systems_.size() > 6) return set_functions();
    std::vector<int> owner(texts.size(), -1), best;
    double best_score = -1;
    std::vector<std::vector<double>> kin;
    for (const Shared& text : texts) {
      kin.emplace_back();
      for (const PageSystem& system : systems_)
        kin.back().push_back(kinship(text.text, system.name) + (below(text, system) ? 0.4 : 0));
    }
    const std::function<void(std::size_t, double)> share = [&](std::size_t t, double score) {
      if (t == texts.size()) {
        if (score > best_score + 1e-9) best_score = score, best = owner;
        return;
      }
      for (std::size_t k = 0; k < systems_.size(); ++k) {
        if (systems_[k].slot == kNone ||
            std::find(owner.begin(), owner.end(), static_cast<int>(k)) != owner.end())
          continue;
        const bool stays = texts[t].from == k;
        if (texts[t].from == kNone && kin[t][k] < 0.5) continue;  // nothing tells so
        owner[t] = static_cast<int>(k);
        share(t + 1, score + kin[t][k] + (stays ? 0.6 : 0) + (texts[t].from != kNone ? 0.2 : 0));
        owner[t] = -1;
      }
      share(t + 1, score);
    };
    share(0, 0);
    give(texts, best);
    set_functions();
  }

  // Stands between the system's heading and the next one.
  bool below(const Shared& text, const PageSystem& system) const {
    const int here = text.parts.front().fragment;
    if (system.heading < 0 || system.heading > here) return false;
    return std::none_of(systems_.begin(), systems_.end(), [&](const PageSystem& other) {
      return other.heading > system.heading && other.heading < here;
    });
  }

  void give(const std::vector<Shared>& texts, const std::vector<int>& owner) {
    for (std::size_t t = 0; t < texts.size(); ++t) {
      if (texts[t].from == kNone || owner[t] == static_cast<int>(texts[t].from)) continue;
      Slot& slot = r_.slots[systems_[texts[t].from].slot];
      slot.values.clear();
      slot.certainty = Certainty::Blank;
    }
    for (std::size_t t = 0; t < texts.size(); ++t) {
      if (owner[t] < 0) continue;
      const PageSystem& system = systems_[at(owner[t])];
      Slot& slot = r_.slots[system.slot];
      if (texts[t].from == at(owner[t])) continue;
      slot.values = texts[t].parts;
      slot.certainty = Certainty::Assigned;
      for (const Part& part : slot.values) r_.used[at(part.fragment)] = 1;
    }
  }

  void set_functions() {
    for (PageSystem& system : systems_) {
      if (system.slot == kNone) continue;
      const std::u32string text = key(text_of(r_, r_.slots[system.slot]));
      if (!text.empty()) system.functions = text;
    }
  }
  void remember() {
    const PageSystem* last = nullptr;
    for (const PageSystem& system : systems_) {
      if (last == nullptr || system.number >= last->number) last = &system;
    }
    s_.last_number_ = last->number;
    s_.last_name_ = last->name;
    s_.last_functions_ = to_utf8(last->functions);
  }

  SystemSettler& s_;
  int dropped_ = -1;  // an instance that is none
  Reading& r_;
  const std::vector<Fragment>& f_;
  const Form& form_;
  std::vector<PageSystem> systems_;
};

SystemSettler::SystemSettler(const Lexicon& lexicon, const std::vector<Revision>& history)
    : lexicon_(lexicon) {
  for (const Revision& row : history) {
    if (!row.item || !row.after) continue;
    const int number = number_of_system(key(*row.item));
    if (number == 0) continue;
    const std::u32string after = key(*row.after);
    const std::string date = row.date.value_or("");
    for (ToldBox& box : told_boxes(after, lexicon)) {
      ToldTick& told = told_[{number, box.label}];
      if (date >= told.date) told = {box.ticked, std::move(box.inside), date};
    }
  }
}

void SystemSettler::settle(Reading& reading) {
  if (lexicon_.form->kind() == Kind::Basic || reading.resolved.contents) return;
  SystemPage(*this, reading).run();
}

}  // namespace pia::boxes
