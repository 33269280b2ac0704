// Values in the label's own line are taken as they stand; the rest of a page is one assignment
// problem (boxes_match.cc), or, where a column comes as one box, an alignment of lines
// (boxes_stretch.cc). What is left over afterwards and follows a value directly is its next
// paragraph.

#include "indexer/boxes_read.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "indexer/boxes_page_reader.h"
#include "indexer/boxes_pages.h"
#include "indexer/boxes_shape.h"
#include "indexer/boxes_text.h"

namespace pia::boxes {
namespace {

bool takes_value(const FormItem& item) {
  switch (item.answer) {
    case Answer::Prose:
    case Answer::Choice:
    case Answer::Date:
    case Answer::Organisation:
    case Answer::Number:
      return true;
    case Answer::None:
    case Answer::Ticks:
    case Answer::Table:
      return false;
  }
  return false;
}

bool unbalanced(const std::u32string& k) {
  int depth = 0;
  for (const char32_t c : k) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (depth < 0) return true;
  }
  return depth != 0;
}
}  // namespace

void PageReader::run() {
  r_.used.assign(f_.size(), 0);
  number_content();
  collect_slots();
  collect_values();
  bind_same_line();
  bind_known();
  if (!r_.drawn) bind_undecided();
  if (!r_.drawn) bind_isolated();
  assign(true);  // words of lists first: they tell which texts to expect
  if (orderliness() >= 0.7) align_lines();
  assign(false);
  adopt_paragraphs();
  part_dates();
  if (orderliness() >= 0.7) find_loose_ends();
}

std::pair<int, int> PageReader::form_span() const {
  int first = static_cast<int>(f_.size()), last = -1;
  for (std::size_t i = 0; i < f_.size(); ++i) {
    const What what = f_[i].what;
    if (what != What::Label && what != What::Range && what != What::Box && what != What::Choice)
      continue;
    first = std::min(first, static_cast<int>(i));
    last = static_cast<int>(i);
  }
  return {first, last};
}

void PageReader::find_loose_ends() {
  const auto [first, last] = form_span();
  for (const Value& value : values_) {
    const auto i = static_cast<std::size_t>(value.fragment);
    if (r_.used[i] || f_[i].what != What::Text || value.torn || is_dash(f_[i].text)) continue;
    if (value.fragment < first)
      r_.lead.push_back(value.fragment);
    else if (value.fragment > last)
      r_.trail.push_back(value.fragment);
  }
}

void PageReader::number_content() {
  int n = 0;
  for (const Fragment& f : f_) {
    const bool silent = f.what == What::Open || f.what == What::Close || f.what == What::List ||
                        f.what == What::Range || f.what == What::Tick ||
                        (f.what == What::Text && is_furniture(f.key));
    content_.push_back(silent ? n : ++n);
  }
}

void PageReader::collect_slots() {
  for (std::size_t i = 0; i < f_.size(); ++i) {
    const int node = r_.resolved.node[i];
    if (node < 0 || !takes_value(*form_.node(node).item)) continue;
    Slot slot;
    slot.fragment = static_cast<int>(i);
    slot.node = node;
    slot.instance = r_.resolved.instance[i];
    r_.slots.push_back(std::move(slot));
  }
}

void PageReader::collect_values() {
  for (std::size_t i = 0; i < f_.size(); ++i) {
    const Fragment& f = f_[i];
    if (f.what != What::Text && f.what != What::Choice) continue;
    Value value{static_cast<int>(i), f.key, false, NamedRisk::None};
    if (f.what == What::Text && is_furniture(value.key)) continue;
    if (f.what == What::Text && value.key.size() < 10 && value.key.starts_with(U"(") &&
        value.key.ends_with(U"件"))
      continue;  // （ 3 ）件
    if (f.what == What::Text && ends_an_answer(value.key)) continue;
    if (f.what == What::Text && i > 0 && f_[i - 1].what == What::Box && !f.line_start &&
        !value.key.empty() && value.key[0] == '(') {
      continue;  // その他 （ …
    }
    if (f.what == What::Text && in_brackets(i)) continue;
    value.torn = f.what == What::Text && unbalanced(value.key);
    if (value.torn && value.key[0] == '(' && value.key.size() < 40)
      continue;  // （ 市民課 without its end
    if (f.what == What::Text) value.risk = named_risk(value.key, lexicon_);
    values_.push_back(std::move(value));
  }
}

bool PageReader::ends_an_answer(const std::u32string& k) const {
  return k.size() == 1 && !is_digit(k[0]) &&
         std::any_of(lexicon_.choices.begin(), lexicon_.choices.end(),
                     [&](const OptionWord& word) { return word.key.ends_with(k); });
}

bool PageReader::in_brackets(std::size_t i) const {
  if (i == 0 || f_[i - 1].what != What::Text || f_[i].lines.size() > 2) return false;
  if (f_[i - 1].key != U"(") return false;
  // A ticked box says what it stands for, even if the closing bracket is torn off.
  if (i >= 2 && f_[i - 2].what == What::Box && ticked(i - 2)) return true;
  return i + 1 < f_.size() && f_[i + 1].what == What::Text && f_[i + 1].key.starts_with(U")");
}

int PageReader::behind(std::size_t i) const {
  for (std::size_t k = i + 1; k < f_.size(); ++k) {
    if (f_[k].what != What::Open) return static_cast<int>(k);
  }
  return -1;
}

Part PageReader::whole(int fragment) const {
  return {fragment, 0, static_cast<int>(f_[static_cast<std::size_t>(fragment)].lines.size())};
}

void PageReader::bind(Slot& slot, const Value& value, Certainty certainty) {
  slot.values = {whole(value.fragment)};
  slot.certainty = certainty;
  r_.used[static_cast<std::size_t>(value.fragment)] = 1;
}

void PageReader::bind_same_line() {
  for (Slot& slot : r_.slots) {
    const auto label = static_cast<std::size_t>(slot.fragment);
    const int next = behind(label);
    if (next < 0) continue;
    const Fragment& f = f_[static_cast<std::size_t>(next)];
    if (f.box != f_[label].box) continue;
    const bool below = f.first_line != f_[label].last_line;
    const auto value = std::find_if(values_.begin(), values_.end(),
                                    [&](const Value& v) { return v.fragment == next; });
    if (value == values_.end() || !fits(slot, *value)) continue;
    const FormItem& item = *form_.node(slot.node).item;
    if (item.answer == Answer::Prose && shape_cost(item, value->key) > (below ? 1.6 : 4.0))
      continue;
    if (item.answer == Answer::Date && f.what == What::Text && !looks_like_date(value->key) &&
        !is_dash(f.text))
      continue;
    bind(slot, *value, Certainty::Beside);
  }
}

void PageReader::bind_known() {
  if (!evidence_) return;
  for (Slot& slot : r_.slots) {
    if (!slot.values.empty() || form_.node(slot.node).item->answer == Answer::Choice) continue;
    const Value* known = nullptr;
    int times = 0;
    for (const Value& value : values_) {
      if (r_.used[static_cast<std::size_t>(value.fragment)] || value.key.size() < 3 ||
          !fits(slot, value))
        continue;
      if (evidence_(slot.node, repeat_of(slot), value.key) > -4) continue;
      known = &value;
      ++times;
    }
    // One paragraph of several: the row tells of a part of the cell only.
    if (times == 1 && !(form_.node(slot.node).item->answer == Answer::Prose &&
                        is_paragraph(static_cast<std::size_t>(known->fragment))))
      bind(slot, *known, Certainty::Known);
  }
}

bool PageReader::is_paragraph(std::size_t i) const {
  const auto goes_on = [&](std::size_t k) {
    return k < f_.size() && f_[k].what == What::Text && !r_.used[k] && f_[k].key.size() > 30;
  };
  return f_[i].key.size() > 30 && ((i > 0 && goes_on(i - 1)) || goes_on(i + 1));
}

void PageReader::bind_undecided() {
  for (Slot& slot : r_.slots) {
    if (!slot.values.empty() || form_.node(slot.node).item->answer != Answer::Organisation)
      continue;
    const int next = behind(static_cast<std::size_t>(slot.fragment));
    const auto value = std::find_if(values_.begin(), values_.end(),
                                    [&](const Value& v) { return v.fragment == next; });
    if (value == values_.end() || f_[static_cast<std::size_t>(next)].what != What::Choice ||
        r_.used[static_cast<std::size_t>(next)] || !fits(slot, *value))
      continue;
    bind(slot, *value, Certainty::Assigned);
  }
}

void PageReader::bind_isolated() {
  std::map<int, std::size_t> slot_at;
  for (std::size_t s = 0; s < r_.slots.size(); ++s) slot_at[r_.slots[s].fragment] = s;
  for (const Value& value : values_) {
    const auto i = static_cast<std::size_t>(value.fragment);
    if (r_.used[i] || f_[i].what != What::Text || value.torn) continue;
    const int before = neighbour(value.fragment, -1), after = neighbour(value.fragment, 1);
    const auto at = slot_at.find(before);
    // In the box of the label below it, it may be a value that stands above its label.
    if (after >= 0 && f_[static_cast<std::size_t>(after)].box == f_[i].box && before >= 0 &&
        f_[static_cast<std::size_t>(before)].box != f_[i].box)
      continue;
    if (at == slot_at.end() ||
        (after >= 0 && f_[static_cast<std::size_t>(after)].what != What::Label))
      continue;
    Slot& slot = r_.slots[at->second];
    if (!slot.values.empty() || !fits(slot, value) || f_[i].lines.size() > 12) continue;
    const FormItem& item = *form_.node(slot.node).item;
    const double here = shape_cost(item, value.key) + named_risk_cost(value.risk, item);
    if (here > 0.4 ||
        (item.answer == Answer::Date && !looks_like_date(value.key) && !is_dash(f_[i].text)))
      continue;
    const auto above = slot_at.find(neighbour(before, -1));  // the label above may be the one
    if (above != slot_at.end() && r_.slots[above->second].values.empty()) {
      if (f_[i].lines.size() > 1) continue;
      if (shape_cost(*form_.node(r_.slots[above->second].node).item, value.key) < here - 0.4)
        continue;
    }
    bind(slot, value, Certainty::Assigned);
  }
}

int PageReader::neighbour(int i, int step) const {
  for (int k = i + step; k >= 0 && static_cast<std::size_t>(k) < f_.size(); k += step) {
    const Fragment& f = f_[static_cast<std::size_t>(k)];
    if (f.what == What::Range || (f.what == What::Text && is_furniture(f.key))) continue;
    return k;
  }
  return -1;
}

void PageReader::find_active() {
  active_.assign(r_.resolved.instances.size(), 0);
  for (const Slot& slot : r_.slots) {
    if (slot.instance < 0 || slot.values.empty()) continue;
    if (is_dash(f_[static_cast<std::size_t>(slot.values.front().fragment)].text)) continue;
    active_[static_cast<std::size_t>(slot.instance)] = 1;
  }
}

std::tuple<int, int, int> PageReader::form_order(const Slot& slot) const {
  const int group = form_.repeating_group_of(slot.node);
  if (group < 0) return {slot.node, 0, slot.node};
  return {group, repeat_of(slot), slot.node};
}

double PageReader::orderliness() const {
  int pairs = 0, right = 0;
  for (std::size_t s = 1; s < r_.slots.size(); ++s) {
    ++pairs;
    right += form_order(r_.slots[s - 1]) <= form_order(r_.slots[s]);
  }
  return pairs == 0 ? 1.0 : static_cast<double>(right) / pairs;
}

int PageReader::repeat_of(const Slot& slot) const {
  return slot.instance < 0 ? 0
                           : r_.resolved.instances[static_cast<std::size_t>(slot.instance)].repeat;
}

void PageReader::part_dates() {
  for (std::size_t s = 0; s < r_.slots.size(); ++s) {
    Slot& slot = r_.slots[s];
    if (form_.node(slot.node).item->answer != Answer::Date || slot.values.empty()) continue;
    Part& part = slot.values.front();
    const Fragment& f = f_[static_cast<std::size_t>(part.fragment)];
    if (f.what != What::Text || part.to - part.from < 2) continue;
    const std::u32string second = key(f.lines[static_cast<std::size_t>(part.from) + 1].text);
    if (!looks_like_date(key(f.lines[static_cast<std::size_t>(part.from)].text)) ||
        second.find_first_of(U"年月日頃~0123456789") != std::u32string::npos ||
        second.starts_with(U"(") || second.starts_with(U"予定") || second.starts_with(U"時点"))
      continue;
    const Part rest{part.fragment, part.from + 1, part.to};
    part.to = part.from + 1;
    slot.values.resize(1);
    if (s + 1 == r_.slots.size()) continue;
    Slot& next = r_.slots[s + 1];
    const FormItem& item = *form_.node(next.node).item;
    const bool taken = !next.values.empty() && next.certainty == Certainty::Beside;
    if (taken || item.answer == Answer::Choice || item.answer == Answer::Date ||
        shape_cost(item, key(text_of(r_, rest))) > -0.5)
      continue;
    next.values = {rest};
    next.certainty = Certainty::Assigned;
  }
}

void PageReader::adopt_paragraphs() {
  std::map<int, Slot*> owner;
  for (Slot& slot : r_.slots) {
    for (const Part& v : slot.values) owner[v.fragment] = &slot;
  }
  for (const Value& value : values_) {
    const auto i = static_cast<std::size_t>(value.fragment);
    if (r_.used[i] || f_[i].what != What::Text || value.torn || i == 0 ||
        looks_like_date(value.key))
      continue;
    const auto before = owner.find(value.fragment - 1);
    if (before == owner.end() || f_[i - 1].what != What::Text) continue;
    Slot& slot = *before->second;
    if (form_.node(slot.node).item->answer != Answer::Prose ||
        one_line(*form_.node(slot.node).item) ||
        (value.risk == NamedRisk::Other && !asks_for_other_risks(*form_.node(slot.node).item)))
      continue;
    slot.values.push_back(whole(value.fragment));
    owner[value.fragment] = &slot;
    r_.used[i] = 1;
  }
}

Reading read_page(const Page& page, const Lexicon& lexicon, int previous, int open_ticks,
                  const Evidence& evidence) {
  Reading out;
  out.drawn = page.drawn;
  out.fragments = cut_fragments(page, lexicon);
  if (!page.drawn) turn_over(out.fragments, *lexicon.form);
  out.resolved = resolve_page(out.fragments, lexicon, previous, open_ticks);
  if (!out.resolved.contents) PageReader(out, lexicon, evidence, previous).run();
  return out;
}

std::string text_of(const Reading& reading, const Part& part) {
  const Fragment& f = reading.fragments[static_cast<std::size_t>(part.fragment)];
  if (part.to <= part.from || part.to - part.from == static_cast<int>(f.lines.size()))
    return f.text;
  std::vector<std::string_view> lines;
  for (int i = part.from; i < part.to; ++i)
    lines.push_back(f.lines[static_cast<std::size_t>(i)].text);
  return join_lines(lines);
}

std::pair<int, int> lines_of(const Reading& reading, const Part& part) {
  const Fragment& f = reading.fragments[static_cast<std::size_t>(part.fragment)];
  if (part.to <= part.from) return {f.first_line, f.last_line};
  return {f.lines[static_cast<std::size_t>(part.from)].line,
          f.lines[static_cast<std::size_t>(part.to - 1)].line};
}

std::string text_of(const Reading& reading, const Slot& slot) {
  if (slot.certainty == Certainty::Doubtful) return {};
  std::string out;
  for (const Part& part : slot.values) {
    if (!out.empty()) out.push_back('\n');
    out += text_of(reading, part);
  }
  while (out.ends_with("※"))
    out = std::string(trim(std::string_view(out).substr(0, out.size() - 3)));
  return out;
}

}  // namespace pia::boxes
