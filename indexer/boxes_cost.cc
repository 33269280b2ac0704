// The cost of a pair grows with the logarithm of the distance in fragments: a label with its value
// next to it and another pair far apart is likelier than two pairs at middle distance.

#include <algorithm>
#include <cmath>

#include "indexer/boxes_page_reader.h"
#include "indexer/boxes_shape.h"
#include "indexer/boxes_text.h"

namespace pia::boxes {

bool PageReader::fits(const Slot& slot, const Value& value) const {
  const FormItem& item = *form_.node(slot.node).item;
  const Fragment& f = f_[static_cast<std::size_t>(value.fragment)];
  const bool choice = f.what == What::Choice;
  if (item.answer == Answer::Choice) return choice && lexicon_.takes(slot.node, f.word);
  if (choice) return f.text == "未定" && item.answer == Answer::Organisation;
  if (item.answer == Answer::Date) {
    return looks_like_date(value.key) || is_dash(f.text) || value.key == U"なし" ||
           (value.key.size() <= 20 &&
            value.key.find_first_of(U"年月日未予") != std::u32string::npos);
  }
  if (looks_like_count(value.key)) {
    return std::string_view(item.pointer) == "/number" || item.pointer[0] == '\0';
  }
  return true;
}

double PageReader::distance(const Slot& slot, int value) const {
  const auto l = static_cast<std::size_t>(slot.fragment), v = static_cast<std::size_t>(value);
  const Fragment& label = f_[l];
  const Fragment& text = f_[v];
  const int gap = std::abs(content_[v] - content_[l]) - 1;
  const bool after = v > l;
  if (r_.drawn && text.column > label.column + 1) {
    // On a drawn page a label stands beside its value, at the height of its middle or its end.
    const int above = text.first_line - label.last_line, below = label.first_line - text.last_line;
    const int off = std::max({above, below - 1, 0});
    return off == 0 ? 0.2 : 1.0 + 1.2 * std::log2(1.0 + off);
  }
  if (after && gap <= 0 && text.box == label.box) return 0.2;
  if (after && gap <= 0) return 0.4;
  if (!after && gap <= 0 && text.box == label.box) return 1.2;
  return 1.5 + 1.2 * std::log2(1.0 + std::max(gap, 0)) + (after ? 0.0 : 0.9);
}

double PageReader::pair_cost(const Slot& slot, const Value& value, const SlotCost& of_slot) const {
  if (!fits(slot, value)) return kNever;
  const FormItem& item = *form_.node(slot.node).item;
  const Fragment& f = f_[static_cast<std::size_t>(value.fragment)];
  double cost = distance(slot, value.fragment);
  if (f.what == What::Text) {
    cost += shape_cost(item, value.key);
    if (cost > 1.3 && starts_with_mark(f.text)) cost += 0.8;
    cost += named_risk_cost(value.risk, item);
    if (value.torn) cost += 1.5;
    if (item.answer == Answer::Date)
      cost += looks_like_date(value.key) ? -1.0 : is_dash(f.text) ? 0.3 : 3.0;
    if (item.answer != Answer::Date && looks_like_date(value.key))
      cost += item.answer == Answer::Organisation || one_line(item) ? 5.0 : 1.0;
    if (item.answer != Answer::Organisation && !names_bodies(item) && value.key.size() < 40 &&
        looks_like_company(value.key)) {
      cost += 2.5;
    }
  }
  cost += of_slot.instance(value.key) + of_slot.closed;
  if (evidence_) cost += evidence_(slot.node, repeat_of(slot), value.key);
  return cost;
}

SlotCost PageReader::cost_of(const Slot& slot) const {
  return {instance_cost(slot, false), instance_cost(slot, true), closed_cost(slot)};
}

double PageReader::instance_cost(const Slot& slot, bool sentence) const {
  if (none_expected(slot)) return 6;
  if (slot.instance < 0 || form_.repeating_group_of(slot.node) < 0) return 0;
  const bool active = active_[static_cast<std::size_t>(slot.instance)] != 0;
  // A sentence alone is no 提供先: the form prints an empty 移転先1 in every assessment.
  const std::string_view pointer = form_.node(slot.node).item->pointer;
  if (!active && !pointer.starts_with("/files/*/contracts") &&
      (pointer.ends_with("/timing") || pointer.ends_with("/people_scope")))
    return sentence ? 3.0 : 0.8;
  if (!active) return 0.8;
  return form_.node(slot.node).item->level == Level::Group ? -2.5 : -0.8;
}

bool PageReader::none_expected(const Slot& slot) const {
  const std::string_view pointer = form_.node(slot.node).item->pointer;
  if (pointer.ends_with("/subcontract/approval") || pointer.ends_with("/subcontract/scope"))
    return slot.instance >= 0 && says_none("/subcontract/used", slot.instance);
  if (pointer.starts_with("/incidents") &&
      (pointer.ends_with("/summary") || pointer.ends_with("/prevention")))
    return says_none("/occurred", slot.instance);
  return false;
}

// The choice whose pointer ends like this is read as しない or なし.
bool PageReader::says_none(std::string_view pointer, int instance) const {
  for (const Slot& other : r_.slots) {
    if (other.instance != instance || other.values.empty()) continue;
    if (!std::string_view(form_.node(other.node).item->pointer).ends_with(pointer)) continue;
    const std::string& text = f_[static_cast<std::size_t>(other.values.front().fragment)].text;
    return other.certainty != Certainty::Doubtful &&
           (text.ends_with("しない") || text.ends_with("なし"));
  }
  return false;
}

double PageReader::closed_cost(const Slot& slot) const {
  const FormItem& item = *form_.node(slot.node).item;
  const bool prose = item.answer == Answer::Prose && !asks_for_other_risks(item);
  if (item.answer != Answer::Choice && !prose) return 0;
  for (std::size_t i = 1; i < f_.size(); ++i) {
    if (f_[i].what != What::Box || !ticked(i)) continue;
    if (closes(lexicon_.boxes[static_cast<std::size_t>(f_[i].word)].printed, slot.node))
      return prose && has_choice_beside(slot) ? 0 : 5;
  }
  return 0;
}

// A choice of the same risk is filled, whatever the box says.
bool PageReader::has_choice_beside(const Slot& slot) const {
  return std::any_of(r_.slots.begin(), r_.slots.end(), [&](const Slot& other) {
    return !other.values.empty() && form_.node(other.node).item->answer == Answer::Choice &&
           form_.section_of(other.node) == form_.section_of(slot.node) &&
           form_.group_of(other.node) == form_.group_of(slot.node);
  });
}

bool PageReader::ticked(std::size_t box) const {
  return box >= 2 && f_[box - 1].what == What::Close && f_[box - 2].what == What::Tick;
}

bool PageReader::closes(const std::string& box, int node) const {
  const int section = form_.section_of(node), group = form_.group_of(node);
  if (section < 0) return false;
  const std::string_view heading = form_.node(section).item->label;
  const std::string_view risk = group < 0 ? std::string_view(form_.node(node).item->label)
                                          : std::string_view(form_.node(group).item->label);
  if (box == "委託しない")
    return heading == "特定個人情報ファイルの取扱いの委託" && form_.group_of(node) < 0;
  if (box == "提供・移転しない") return heading.starts_with("特定個人情報の提供・移転");
  if (heading != "情報提供ネットワークシステムとの接続") return false;
  if (box == "接続しない（入手）") return risk.find("入手") != std::string_view::npos;
  if (box == "接続しない（提供）") return risk.find("提供") != std::string_view::npos;
  return false;
}

double PageReader::left_over(const Value& value) const {
  const Fragment& f = f_[static_cast<std::size_t>(value.fragment)];
  if (f.what == What::Choice) return 12;
  if (value.torn) return 2;
  if (is_dash(f.text) || value.key == U"なし") return 1;
  if (value.key.ends_with(U"項目評価書")) return 1;  // the title of a cover without labels
  if (looks_like_date(value.key)) return 8;
  if (looks_like_company(value.key) && value.key.size() < 40) return 9;
  const Fragment* before =
      value.fragment > 0 ? &f_[static_cast<std::size_t>(value.fragment - 1)] : nullptr;
  const bool next_paragraph =
      before != nullptr && before->what == What::Text && before->box + 1 == f.box;
  if (next_paragraph && (starts_with_mark(f.text) || value.key.size() > 60)) return 3;
  return 7.5 + std::min(3.0, 0.01 * static_cast<double>(value.key.size()));
}

bool PageReader::names_bodies(const FormItem& item) {
  return item.level == Level::Group &&
         !std::string_view(item.pointer).starts_with("/files/*/contracts");
}

bool PageReader::one_line(const FormItem& item) const {
  const std::string_view pointer = item.pointer;
  if (form_.kind() == Kind::Basic && pointer == "/systems/*/name") return false;  // one a line
  return item.level == Level::Group || item.answer == Answer::Date || pointer == "/number" ||
         pointer == "/body/printed" || pointer == "/department/name" ||
         pointer == "/department/head" || pointer == "/systems/*/name" ||
         pointer == "/files/*/department" || pointer == "/procedure/public_comment/period" ||
         pointer == "/process/name";
}

}  // namespace pia::boxes
