// Ⅱ-5: to whom the file's data are provided (提供先, another body) or transferred (移転先, within
// the body), with the counts at 提供・移転の有無.

#include <algorithm>
#include <map>

#include "indexer/cells_context.h"

namespace pia {
namespace {

struct Kinds {
  std::string_view pointer;  // in the form's table
  std::string_view name;     // in our JSON
  std::string_view option;   // at 提供・移転の有無
  Provisions InfoFile::*field;
};
constexpr Kinds kKinds[] = {
    {"/files/*/provisions/rows/*/", "provisions", "提供を行っている", &InfoFile::provisions},
    {"/files/*/transfers/rows/*/", "transfers", "移転を行っている", &InfoFile::transfers},
};

void read_ways(const CellsContext& c, const Entry& entry) {
  InfoFile& file = c.out.files[static_cast<std::size_t>(entry.file)];
  std::string raw = c.raw(entry);
  for (char& ch : raw) {
    if (ch == '\n') ch = ' ';
  }
  const std::string base = "/files/" + std::to_string(entry.file) + "/";
  const Place place = place_of(entry.values);
  for (const Kinds& kind : kKinds) {
    const Found found = find_words(raw, kind.option);
    Provisions& rows = file.*kind.field;
    if (found.at == std::string_view::npos || rows.count) continue;
    // Up to the next option: the other way's count is not ours.
    const std::size_t from = found.at + found.length;
    std::size_t to = raw.size();
    for (std::string_view next :
         {std::string_view("を行っている"), std::string_view("行っていない")}) {
      const Found other = find_words(raw, next, from);
      if (other.at != std::string_view::npos) to = std::min(to, other.at);
    }
    rows.count = read_count(raw.substr(from, to - from));
    if (rows.count)
      c.prove(base + std::string(kind.name) + "/count", place, "the number before 件");
  }
  bool none = false, some = false, box = false;
  const std::vector<std::string_view> options = options_of(c.item(entry));
  for (const Tick& tick : read_ticks(raw, options)) {
    box = true;
    if (!tick.checked) continue;
    (options[tick.option] == "行っていない" ? none : some) = true;
  }
  if (file.no_provision_or_transfer || none == some) {
    if (none && some) c.warn(entry, "「行っていない」と他の箱の両方に印があります");
    if (none || some || !box) return;
    if (!file.provisions.count.value_or(0) && !file.transfers.count.value_or(0)) return;
    // No box is ticked, a number is written.
    c.warn(entry, "どの箱にも印がありませんが、件数の記入から提供・移転があると読みました");
  }
  file.no_provision_or_transfer = none;
  c.prove(base + "no_provision_or_transfer", place,
          none ? "the box 行っていない" : "another box or a count");
}

void set_field(const CellsContext& c, Provision& row, const std::string& base,
               std::string_view name, const Entry& entry) {
  const std::string pointer = base + std::string(name);
  if (name == "name")
    c.set_line(row.name, pointer, entry);
  else if (name == "legal_basis")
    c.set_text(row.legal_basis, pointer, entry);
  else if (name == "purpose")
    c.set_text(row.purpose, pointer, entry);
  else if (name == "data")
    c.set_text(row.data, pointer, entry);
  else if (name == "people")
    c.set_choice(row.people, pointer, entry);
  else if (name == "people_scope")
    c.set_text(row.people_scope, pointer, entry);
  else if (name == "timing")
    c.set_text(row.timing, pointer, entry);
  else if (name == "means")
    set_ticks(c, row.means, pointer, entry);
}

bool is_empty(const Provision& row) {
  return !row.name && !row.legal_basis && !row.purpose && !row.data && row.means.empty() &&
         !row.timing && !row.people;
}

}  // namespace

void extract_provisions(const CellsContext& c) {
  std::map<std::tuple<int, std::string_view, int>, std::size_t> row_of;
  for (const Entry& entry : c.entries.items) {
    if (entry.node < 0 || entry.range || entry.file < 0 ||
        entry.file >= static_cast<int>(c.out.files.size()))
      continue;
    const std::string_view pointer = c.item(entry).pointer;
    if (std::string_view(c.item(entry).label) == "提供・移転の有無") {
      read_ways(c, entry);
      continue;
    }
    for (const Kinds& kind : kKinds) {
      if (!pointer.starts_with(kind.pointer)) continue;
      if (entry.repeat == 0) {
        if (!c.raw(entry).empty())
          c.warn(entry, "どの提供先・移転先の欄か決められません（頁の欠落）");
        break;
      }
      std::vector<Provision>& rows =
          (c.out.files[static_cast<std::size_t>(entry.file)].*kind.field).rows;
      const auto [found, added] =
          row_of.try_emplace({entry.file, kind.name, entry.repeat}, rows.size());
      if (added) {
        rows.emplace_back();
        rows.back().no = std::max(entry.repeat, 0);
        if (entry.repeat < 0) c.warn(entry, "見出しの頁が欠けているため、番号が分かりません");
      }
      Provision& row = rows[found->second];
      const std::string base = "/files/" + std::to_string(entry.file) + "/" +
                               std::string(kind.name) + "/rows/" + std::to_string(found->second) +
                               "/";
      set_field(c, row, base, pointer.substr(kind.pointer.size()), entry);
      row.where = cover(row.where, cover(place_of(entry.labels), place_of(entry.values)));
    }
  }
  for (InfoFile& file : c.out.files) {
    for (const Kinds& kind : kKinds) std::erase_if((file.*kind.field).rows, is_empty);
    const bool rows = !file.provisions.rows.empty() || !file.transfers.rows.empty();
    if (!file.no_provision_or_transfer && rows) {
      file.no_provision_or_transfer = false;
      const std::string base = "/files/" + std::to_string(&file - c.out.files.data()) + "/";
      const Place where =
          (file.provisions.rows.empty() ? file.transfers : file.provisions).rows[0].where;
      c.prove(base + "no_provision_or_transfer", where, "there are rows of 提供先 or 移転先");
    }
  }
}

}  // namespace pia
