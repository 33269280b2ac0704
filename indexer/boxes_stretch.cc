// A value column that comes as one box with the cells of several labels: a stretch of lines for
// each label, by the form's order.

#include <algorithm>
#include <cmath>
#include <map>

#include "indexer/boxes_page_reader.h"
#include "indexer/boxes_pages.h"
#include "indexer/boxes_shape.h"
#include "indexer/boxes_text.h"
#include "indexer/utf8.h"

namespace pia::boxes {

void PageReader::align_lines() {
  std::vector<std::size_t> slots;
  for (std::size_t s = 0; s < r_.slots.size(); ++s) {
    const Answer answer = form_.node(r_.slots[s].node).item->answer;
    if (r_.slots[s].values.empty() && answer != Answer::Choice) slots.push_back(s);
  }
  const std::vector<Line> lines = free_lines();
  if (slots.empty() || lines.empty()) return;
  find_active();
  std::stable_sort(slots.begin(), slots.end(), [&](std::size_t a, std::size_t b) {
    return form_order(r_.slots[a]) < form_order(r_.slots[b]);
  });
  const auto [early, late] = stretches(slots, lines);
  for (std::size_t i = 0; i < slots.size(); ++i)
    take_stretch(r_.slots[slots[i]], static_cast<int>(i), lines, early, late);
  for (const Value& value : values_) mark_used(value.fragment);
}

std::vector<Line> PageReader::free_lines() const {
  std::vector<Line> out;
  const int first_of_form = form_span().first;
  int widest = 70;
  for (const Fragment& f : f_) {
    if (f.what != What::Text) continue;
    for (const TextLine& line : f.lines) widest = std::max(widest, display_width(trim(line.text)));
  }
  for (const Value& value : values_) {
    const auto i = static_cast<std::size_t>(value.fragment);
    const Fragment& f = f_[i];
    if (r_.used[i] || f.what != What::Text) continue;
    const bool paragraph = i > 0 && f_[i - 1].what == What::Text && !is_furniture(f_[i - 1].key);
    const double skip = value.fragment < first_of_form && goes_on() ? 1.2 : left_over(value);
    const std::size_t first = out.size();
    for (std::size_t k = 0; k < f.lines.size(); ++k) {
      Line line;
      line.fragment = value.fragment;
      line.index = static_cast<int>(k);
      line.key = line.own = key(f.lines[k].text);
      if (k == 0) line.box = f.key;
      if (line.key == U"※") continue;  // the mark behind a label, torn off
      line.wrapped = k + 1 < f.lines.size() && line.key.back() != U'。' &&
                     display_width(trim(f.lines[k].text)) * 100 >= widest * 88;
      line.paragraph = k == 0 && paragraph;
      line.torn = value.torn && f.lines.size() == 1;
      line.skip = skip;
      out.push_back(std::move(line));
    }
    for (std::size_t k = out.size(); k-- > first;) {
      if (k + 1 < out.size() && out[k].wrapped && out[k + 1].key.size() < kLongKey)
        out[k].key += out[k + 1].key;
    }
  }
  for (Line& line : out) classify(line);
  return out;
}

void PageReader::classify(Line& line) const {
  const std::string_view text =
      f_[static_cast<std::size_t>(line.fragment)].lines[static_cast<std::size_t>(line.index)].text;
  line.date = looks_like_date(line.key);
  line.count = looks_like_count(line.key);
  line.company = line.key.size() < 40 && looks_like_company(line.key);
  line.dash = is_dash(text);
  line.mark = starts_with_mark(text);
  if (!line.box.empty()) line.risk = named_risk(line.box, lexicon_);
  line.complete = line.key.find_first_not_of('-') == std::u32string::npos || line.key == U"なし";
}

bool PageReader::goes_on() const {
  return previous_ >= 0 && r_.resolved.first >= 0 &&
         form_.chapter_of(previous_) == form_.chapter_of(r_.resolved.first);
}

std::vector<double> PageReader::line_shapes(const FormItem& item, const std::vector<Line>& lines) {
  std::vector<double> shapes;
  shapes.reserve(lines.size());
  for (const Line& line : lines) {
    const double shape = shape_cost(item, line.key);
    const bool box = line.index == 0 && line.box != line.key;
    shapes.push_back(box ? std::min(shape, shape_cost(item, line.box)) : shape);
  }
  return shapes;
}

double PageReader::start_cost(const Slot& slot, const Line& line, const SlotCost& of_slot,
                              double shape) const {
  const FormItem& item = *form_.node(slot.node).item;
  if (line.count && std::string_view(item.pointer) != "/number") return kNever;
  double cost = 0.15 * distance(slot, line.fragment) + shape;
  if (line.torn) cost += 1.5;
  cost += named_risk_cost(line.risk, item) + of_slot.closed;
  if (line.mark) cost += line.index > 0 ? 0.5 : 0.3;
  if (item.answer == Answer::Date) {
    if (!line.date && !line.dash) return line.key.size() > 12 ? kNever : cost + 3.0;
    cost -= line.dash ? 0.2 : 1.5;
  } else if (line.date) {
    cost += item.answer == Answer::Organisation || one_line(item) ? 5.0 : 1.0;
  }
  if (item.answer != Answer::Organisation && !names_bodies(item) && line.company) cost += 2.5;
  if (evidence_) cost += evidence_(slot.node, repeat_of(slot), line.own);
  return cost + of_slot.instance(line.key);
}

double PageReader::join_cost(const Slot& slot, const Line& before, const Line& line) const {
  const FormItem& item = *form_.node(slot.node).item;
  if (before.complete) return kNever;
  // A date is a cell of its own, not the next paragraph of a text, nor the second line of a name.
  if (line.date &&
      (before.fragment != line.fragment || one_line(item) || item.answer == Answer::Organisation))
    return kNever;
  if (before.fragment == line.fragment) {
    if (before.wrapped) return 0;
    const bool new_cell = before.key.back() == U'。' && line.key.back() != U'。' &&
                          line.key.size() < 25 && !line.mark;
    if (new_cell) return one_line(item) ? 4.0 : 1.0;
    return one_line(item) ? 2.5 : item.answer == Answer::Organisation ? 0.9 : 0.45;
  }
  if (line.risk == NamedRisk::Other && !asks_for_other_risks(item)) return kNever;
  if (!line.paragraph || before.fragment + 1 != line.fragment) return kNever;
  const bool prose = before.key.size() > 30 || before.key.back() == U'。' ||
                     starts_with_mark(f_[static_cast<std::size_t>(line.fragment)].text);
  return one_line(item) || item.answer == Answer::Organisation ? 5.0 : prose ? 0.9 : 2.5;
}

bool PageReader::inside(const std::vector<Line>& lines,
                        std::size_t k) {  // not the first line of its box
  return k > 0 && k < lines.size() && lines[k - 1].fragment == lines[k].fragment;
}

double PageReader::cut_cost(const std::vector<Line>& lines,
                            std::size_t k) {  // a cell ends before line k
  return !inside(lines, k) ? 0 : lines[k - 1].wrapped ? 6.0 : 0.35;
}

std::pair<std::vector<int>, std::vector<int>> PageReader::stretches(
    const std::vector<std::size_t>& slots, const std::vector<Line>& lines) const {
  const std::size_t m = slots.size(), n = lines.size();
  using Table = std::vector<std::vector<double>>;
  Table closed(m + 1, std::vector<double>(n + 2, 0)), open = closed, out = closed, start = closed;
  constexpr double kBlank = 0.6, kTorn = 3.0;
  std::map<int, std::vector<double>> shapes;  // by node: ten 委託事項 ask for the same
  for (std::size_t i = 0; i < m; ++i) {
    const Slot& slot = r_.slots[slots[i]];
    const SlotCost of_slot = cost_of(slot);
    const auto [shape, fresh] = shapes.try_emplace(slot.node);
    if (fresh) shape->second = line_shapes(*form_.node(slot.node).item, lines);
    for (std::size_t k = 0; k < n; ++k)
      start[i][k] = start_cost(slot, lines[k], of_slot, shape->second[k]);
  }
  const auto leave = [&](std::size_t k, bool after_left) {
    return !inside(lines, k) ? lines[k].skip : after_left ? 0.5 : kTorn;
  };
  for (std::size_t k = n + 1; k-- > 0;) {
    for (std::size_t i = m + 1; i-- > 0;) {
      for (const bool left : {false, true}) {
        Table& here = left ? out : closed;
        double low = i == m && k == n ? 0 : kNever * 10;
        if (i < m) low = std::min(low, here[i + 1][k] + kBlank);
        if (k < n) low = std::min(low, out[i][k + 1] + leave(k, left));
        if (i < m && k < n)
          low =
              std::min(low, open[i][k + 1] + start[i][k] + (left && inside(lines, k) ? kTorn : 0));
        here[i][k] = low;
      }
      if (i == m) continue;
      double go_on = closed[i + 1][k] + cut_cost(lines, k);
      if (k < n && k > 0)
        go_on =
            std::min(go_on, open[i][k + 1] + join_cost(r_.slots[slots[i]], lines[k - 1], lines[k]));
      open[i][k] = go_on;
    }
  }
  const auto trace = [&](bool late) {
    std::vector<int> slot_of(n, -1);
    bool is_open = false, left = false;
    for (std::size_t i = 0, k = 0; k < n && i <= m;) {
      const auto is = [&](double a, double b) { return std::abs(a - b) < 1e-9; };
      if (is_open) {
        if (k > 0 && is(open[i][k],
                        open[i][k + 1] + join_cost(r_.slots[slots[i]], lines[k - 1], lines[k]))) {
          slot_of[k++] = static_cast<int>(i);
        } else {
          ++i;
          is_open = left = false;
        }
        continue;
      }
      const Table& here = left ? out : closed;
      const bool can_blank = i < m && is(here[i][k], here[i + 1][k] + kBlank);
      const bool can_start = i < m && is(here[i][k], open[i][k + 1] + start[i][k] +
                                                         (left && inside(lines, k) ? kTorn : 0));
      if (can_start && !(late && can_blank)) {
        slot_of[k++] = static_cast<int>(i);
        is_open = true;
      } else if (can_blank) {
        ++i;
      } else {
        ++k;
        left = true;
      }
    }
    return slot_of;
  };
  return {trace(false), trace(true)};
}

void PageReader::take_stretch(Slot& slot, int index, const std::vector<Line>& lines,
                              const std::vector<int>& early, const std::vector<int>& late) {
  std::vector<Part> parts;
  bool same = true;
  for (std::size_t k = 0; k < lines.size(); ++k) {
    same = same && (early[k] == index) == (late[k] == index);
    if (early[k] != index) continue;
    if (!parts.empty() && parts.back().fragment == lines[k].fragment) {
      parts.back().to = lines[k].index + 1;
    } else {
      parts.push_back({lines[k].fragment, lines[k].index, lines[k].index + 1});
    }
  }
  if (parts.empty() || !same) return;
  slot.values = std::move(parts);
  slot.certainty = Certainty::Assigned;
}

void PageReader::mark_used(int fragment) {
  for (const Slot& slot : r_.slots) {
    for (const Part& part : slot.values) {
      if (part.fragment == fragment) r_.used[static_cast<std::size_t>(fragment)] = 1;
    }
  }
}

}  // namespace pia::boxes
