// What rows of 変更箇所 prove about the present form where its own page or its ticks got lost on
// the way into text. The body counts wherever it speaks.

#include <algorithm>
#include <set>
#include <type_traits>

#include "indexer/cells_context.h"

namespace pia {
namespace {

// The number behind the word システム in 項目; 0 if none.
int system_number(std::string_view item) {
  const Found name = find_words(item, "使用するシステム");
  const std::size_t from = name.at == std::string_view::npos ? 0 : name.at + name.length;
  const Found system = find_words(item, "システム", from);
  if (system.at == std::string_view::npos) return 0;
  const std::string key = read_label(item.substr(system.at)).key;
  int number = 0;
  for (std::size_t at = std::string_view("システム").size();
       at < key.size() && key[at] >= '0' && key[at] <= '9' && number < 100; ++at) {
    number = number * 10 + (key[at] - '0');
  }
  return number;
}

const FormItem* item_at(const Form& form, std::string_view pointer) {
  for (const FormNode& node : form.nodes()) {
    if (std::string_view(node.item->pointer) == pointer) return node.item;
  }
  return nullptr;
}

// The heading of the item's section where the item's own label is not enough: 実施の有無 stands
// under 監査 and under 情報提供ネットワークシステムによる情報連携.
std::string_view section_of(const Form& form, std::string_view pointer) {
  for (std::size_t i = 0; i < form.nodes().size(); ++i) {
    if (std::string_view(form.node(static_cast<int>(i)).item->pointer) != pointer) continue;
    const int section = form.section_of(static_cast<int>(i));
    return section < 0 ? std::string_view() : std::string_view(form.node(section).item->label);
  }
  return {};
}

// "自己点検、内部監査": the options that a text consists of; none if it holds anything else.
std::vector<std::size_t> named_options(std::string_view text,
                                       const std::vector<std::string_view>& options) {
  constexpr std::string_view kSeparators[] = {"、", "，", ",", "・", "　", " ", "\n"};
  std::vector<std::size_t> named;
  for (std::size_t at = 0; at < text.size();) {
    const auto separator = std::ranges::find_if(
        kSeparators, [&](std::string_view s) { return text.substr(at).starts_with(s); });
    if (separator != std::end(kSeparators)) {
      at += separator->size();
      continue;
    }
    std::size_t best = options.size(), length = 0;
    for (std::size_t i = 0; i < options.size(); ++i) {
      const Found found = find_words(text, options[i], at);
      if (found.at == at && found.length > length) best = i, length = found.length;
    }
    if (length == 0) return {};
    named.push_back(best);
    at += length;
  }
  return named;
}

// Options that a row ticked and no later row unticked, as the last row prints them. A row names
// the item by its label and, if one is given, its section's heading.
Texts ticked_in_history(const CellsContext& c, const FormItem& item, int system,
                        std::string_view section, Place& where) {
  const auto names = [](const Revision& row, std::string_view words) {
    return find_words(*row.item, words).at != std::string_view::npos;
  };
  const std::vector<std::string_view> options = options_of(item);
  std::vector<std::string> state(options.size());
  std::vector<const Revision*> rows;  // a table may begin with its latest row
  for (const Revision& row : c.out.revisions) rows.push_back(&row);
  std::ranges::stable_sort(rows, {}, [](const Revision* row) { return row->date.value_or(""); });
  for (const Revision* latest : rows) {
    const Revision& row = *latest;
    if (!row.item || !row.after || !names(row, item.label)) continue;
    if (!section.empty() && !names(row, section)) continue;
    if (system > 0 && system_number(*row.item) != system) continue;
    for (const Tick& tick : read_ticks(*row.after, options)) {
      state[tick.option] = tick.checked ? one_line(tick.printed) : std::string();
      where = row.where;
    }
    const std::vector<std::size_t> named = named_options(*row.after, options);
    if (named.empty()) continue;
    state.assign(options.size(), std::string());
    for (const std::size_t option : named) state[option] = options[option];
    where = row.where;
  }
  std::erase(state, std::string());
  return state;
}

bool has(const Texts& values, const std::string& value) {
  const std::string stem = value.substr(0, value.find("（"));
  return std::any_of(values.begin(), values.end(),
                     [&](const std::string& v) { return v.substr(0, v.find("（")) == stem; });
}

void add_from_history(const CellsContext& c, Texts& field, const std::string& pointer,
                      const FormItem* item, int system, const std::string& name,
                      std::string_view section = {}) {
  if (item == nullptr) return;
  Place where;
  const Texts ticked = ticked_in_history(c, *item, system, section, where);
  bool added = false;
  for (const std::string& value : ticked) {
    if (has(field, value)) continue;
    field.push_back(value);
    c.out.places[pointer + "/" + std::to_string(field.size() - 1)] = where;
    added = true;
  }
  if (!added) return;
  c.out.places[pointer] = join(c.out.places[pointer], where);
  c.out.reasons[pointer] += c.out.reasons[pointer].empty()
                                ? "its ticks are lost; from the rows of 変更箇所"
                                : "; and from the rows of 変更箇所";
  c.out.warnings.push_back(name + ": 箱の印が失われているため、変更箇所の記載からも採りました");
}

}  // namespace

// Boxes of which none is ticked in the body: what the history ticked since.
void mend_lost_ticks(const CellsContext& c) {
  std::set<std::string> lost;
  for (const Entry& entry : c.entries.items) {
    if (entry.node < 0 || c.item(entry).answer != Answer::Ticks) continue;
    const std::vector<Tick> ticks = read_ticks(c.raw(entry), options_of(c.item(entry)));
    const bool none = !ticks.empty() && std::none_of(ticks.begin(), ticks.end(),
                                                     [](const Tick& t) { return t.checked; });
    if (none)
      lost.insert(std::string(c.item(entry).pointer) +
                  (entry.repeat > 0 ? "#" + std::to_string(entry.repeat) : ""));
  }
  for (std::size_t i = 0; i < c.out.systems.size(); ++i) {
    System& system = c.out.systems[i];
    if (lost.count("/systems/*/connections#" + std::to_string(system.no)) == 0) continue;
    add_from_history(c, system.connections, "/systems/" + std::to_string(i) + "/connections",
                     item_at(c.form, "/systems/*/connections"), system.no,
                     "Ⅰ-2 システム" + std::to_string(system.no) + " 他のシステムとの接続");
  }
  if (lost.count("/audit/done") != 0)
    add_from_history(c, c.out.audit.done, "/audit/done", item_at(c.form, "/audit/done"), 0, "監査",
                     section_of(c.form, "/audit/done"));
  if (c.out.files.size() != 1) return;  // rows of the history do not say which file they mean
  InfoFile& file = c.out.files[0];
  if (lost.count("/files/*/items") != 0)
    add_from_history(c, file.items, "/files/0/items", item_at(c.form, "/files/*/items"), 0,
                     "Ⅱ-2 主な記録項目");
  if (lost.count("/files/*/sources") != 0)
    add_from_history(c, file.sources, "/files/0/sources", item_at(c.form, "/files/*/sources"), 0,
                     "Ⅱ-3 入手元");
  if (lost.count("/files/*/means") != 0)
    add_from_history(c, file.means, "/files/0/means", item_at(c.form, "/files/*/means"), 0,
                     "Ⅱ-3 入手方法");
}

namespace {

// A system whose page is missing, but which a row of 変更箇所 of the day of publication prints:
// that row is the present text. Older rows may have changed since and prove nothing.
void add_systems(const CellsContext& c) {
  if (!c.out.published_on) return;
  for (const Revision& row : c.out.revisions) {
    if (row.date != c.out.published_on || !row.item || !row.after) continue;
    if (find_words(*row.item, "使用するシステム").at == std::string_view::npos) continue;
    const int number = system_number(*row.item);
    const auto same = std::find_if(c.out.systems.begin(), c.out.systems.end(),
                                   [&](const System& s) { return s.no == number; });
    const bool of_page =
        same != c.out.systems.end() &&
        c.out.reasons.count("/systems/" + std::to_string(same - c.out.systems.begin()) +
                            "/history") == 0;
    if (number == 0 || number > 99 || of_page) continue;
    const std::size_t index = static_cast<std::size_t>(same - c.out.systems.begin());
    const std::string base = "/systems/" + std::to_string(index);
    if (same == c.out.systems.end()) {
      c.out.systems.push_back({});
      c.out.systems.back().no = number;
      c.prove(base + "/no", row.where);
      c.out.reasons[base + "/history"] =
          "its page is missing; from the rows of 変更箇所 of the day of publication";
      c.out.warnings.push_back("Ⅰ-2 システム" + std::to_string(number) +
                               ": 本文に無いため、公表日付けの変更箇所の記載を採りました");
    }
    System& entry = c.out.systems[index];
    const FormItem* connections = item_at(c.form, "/systems/*/connections");
    if (connections == nullptr) return;
    Texts ticked;
    for (const Tick& tick : read_ticks(*row.after, options_of(*connections))) {
      if (tick.checked) ticked.push_back(one_line(tick.printed));
    }
    if (!ticked.empty() && entry.connections.empty()) {
      for (std::size_t k = 0; k < ticked.size(); ++k)
        c.out.places[base + "/connections/" + std::to_string(k)] = row.where;
      entry.connections = std::move(ticked);
      c.prove(base + "/connections", row.where);
    } else if (find_words(*row.item, "システムの名称").at != std::string_view::npos &&
               !entry.name) {
      entry.name = one_line(*row.after);
      c.prove(base + "/name", row.where);
    } else if (find_words(*row.item, "システムの機能").at != std::string_view::npos &&
               !entry.functions) {
      entry.functions = *row.after;
      c.prove(base + "/functions", row.where);
    }
  }
}

// In the order of their numbers, with their places.
void sort_systems(const CellsContext& c) {
  std::vector<std::size_t> order(c.out.systems.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return c.out.systems[a].no < c.out.systems[b].no;
  });
  std::vector<System> sorted;
  const auto move_pointers = [&](auto& map) {
    std::remove_reference_t<decltype(map)> moved;
    for (auto& [pointer, value] : map) {
      std::string name = pointer;
      for (std::size_t i = 0; i < order.size(); ++i) {
        const std::string old = "/systems/" + std::to_string(order[i]) + "/";
        if (!pointer.starts_with(old)) continue;
        name = "/systems/" + std::to_string(i) + "/" + pointer.substr(old.size());
        break;
      }
      moved.emplace(std::move(name), std::move(value));
    }
    map = std::move(moved);
  };
  move_pointers(c.out.places);
  move_pointers(c.out.reasons);
  sorted.reserve(order.size());
  for (std::size_t i : order) sorted.push_back(std::move(c.out.systems[i]));
  c.out.systems = std::move(sorted);
}

}  // namespace

void add_systems_of_latest_rows(const CellsContext& c) {
  const std::size_t before = c.out.systems.size();
  add_systems(c);
  if (c.out.systems.size() != before) sort_systems(c);
}

}  // namespace pia
