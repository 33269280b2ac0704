#include "query/compare.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "dicts/normalizer.h"

namespace pia {
namespace {

// ① ... ㊿ are one character of three bytes in E2 91 A0 ... E2 91 B3, E3 89 91 ... E3 8A BF.
std::size_t circled_length(std::string_view text) {
  if (text.size() < 3) return 0;
  const auto b0 = static_cast<unsigned char>(text[0]);
  const auto b1 = static_cast<unsigned char>(text[1]);
  const auto b2 = static_cast<unsigned char>(text[2]);
  if (b0 == 0xE2 && b1 == 0x91 && b2 >= 0xA0 && b2 <= 0xB3) return 3;
  if (b0 == 0xE3 && (b1 == 0x89 || b1 == 0x8A) && b2 >= 0x80) return 3;
  return 0;
}

std::vector<std::string_view> parts_of(std::string_view item) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  while (begin <= item.size()) {
    const std::size_t end = std::min(item.find(' ', begin), item.size());
    if (end > begin) parts.push_back(item.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::string_view without_number(std::string_view part) {
  part.remove_prefix(circled_length(part));
  return part;
}

// Passages of one assessment under their keys, in the form's order; pieces of one item (a cell cut
// by a page, two passages) are joined.
struct KeyedItem {
  std::string key, item, text, where_json;
  std::uint32_t passage = 0;
};

std::vector<KeyedItem> keyed_items(const std::vector<StoredPassage>& passages) {
  std::vector<KeyedItem> out;
  std::map<std::string, std::size_t> at;
  for (std::uint32_t i = 0; i < passages.size(); ++i) {
    const auto& passage = passages[i];
    std::string key = item_key(passage.item);
    const auto [found, fresh] = at.try_emplace(key, out.size());
    if (fresh) {
      out.push_back({std::move(key), passage.item, passage.text, passage.where_json, i});
    } else {
      out[found->second].text.append("\n").append(passage.text);
    }
  }
  return out;
}

// A passage may begin with the printed label; what is compared is the answer.
std::string without_label(std::string_view text, std::string_view item) {
  const std::string label = fold_literal_text(item_label(item));
  if (label.empty()) return std::string(text);
  const Folded folded = fold_literal(text);
  std::size_t at = 0;
  if (folded.text.compare(0, label.size(), label) != 0) {
    // A number may stand before it: "3委託先名".
    while (at < folded.text.size() && at < 3 && folded.text[at] >= '0' && folded.text[at] <= '9') {
      ++at;
    }
    if (folded.text.compare(at, label.size(), label) != 0) return std::string(text);
  }
  std::size_t cut = folded.source[at + label.size()];
  while (cut < text.size() && (text[cut] == ' ' || text[cut] == '\n' || text[cut] == '\t')) ++cut;
  return std::string(text.substr(cut));
}

DocSet matching(const Snapshot& index, const CompareRequest& request) {
  if (!request.ids.empty()) {
    DocSet chosen(index.size(Table::Assessments));
    for (const auto& id : request.ids) {
      if (const auto doc = index.find(id)) chosen.add(*doc);
    }
    return chosen;
  }
  DocSet set = index.scope(Table::Assessments, Versions::Latest);
  if (!request.process.empty()) {
    DocSet process = docs_with_text(index, Table::Assessments, Field::Category, request.process);
    process |= docs_with_text(index, Table::Assessments, Field::Process, request.process);
    set &= process;
  }
  return set;
}

DocSet in_municipalities(const Snapshot& index, const std::vector<std::string>& names) {
  DocSet places(index.size(Table::Assessments));
  for (const auto& name : names) {
    places |= docs_with_text(index, Table::Assessments, Field::Code, name);
    places |= docs_with_text(index, Table::Assessments, Field::Municipality, name);
    places |= docs_with_text(index, Table::Assessments, Field::Body, name);
  }
  return places;
}

bool means(std::string_view asked, const KeyedItem& item) {
  if (fold_literal_text(asked) == fold_literal_text(item.item)) return true;
  const bool path = asked.find(' ') != std::string_view::npos;
  if (path) return item_key(asked) == item.key;
  return fold_literal_text(item_label(asked)) == fold_literal_text(item_label(item.item));
}

CompareCell cell_of(const std::vector<KeyedItem>& items, std::string_view asked) {
  CompareCell cell;
  for (const auto& item : items) {
    if (!means(asked, item)) continue;
    if (cell.missing) {
      cell.where_json = item.where_json;
      cell.passage = item.passage;
      cell.missing = false;
    } else {
      cell.text.append("\n");
    }
    cell.text.append(without_label(item.text, item.item));
  }
  return cell;
}

// Marks the commonest answer of a column, and how each other one differs from it.
void mark_column(std::vector<CompareRow>& rows, std::size_t column) {
  std::map<std::string, std::vector<std::size_t>> answers;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& cell = rows[i].cells[column];
    if (!cell.missing) answers[fold_literal_text(cell.text)].push_back(i);
  }
  const std::vector<std::size_t>* most = nullptr;
  for (const auto& [text, same] : answers) {
    for (const auto i : same) rows[i].cells[column].same = static_cast<std::uint32_t>(same.size());
    if (!text.empty() && (most == nullptr || same.size() > most->size())) most = &same;
  }
  // With every answer different there is no common one to differ from.
  if (most == nullptr || (most->size() < 2 && rows.size() > 2)) return;
  const std::string common = rows[most->front()].cells[column].text;
  const std::size_t group = most->size();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& cell = rows[i].cells[column];
    if (cell.missing) continue;
    if (cell.same == group && fold_literal_text(cell.text) == fold_literal_text(common)) {
      cell.commonest = true;
      continue;
    }
    auto pieces = diff_texts(common, cell.text);
    if (diff_similarity(pieces) >= 0.3) cell.diff = std::move(pieces);
  }
}

}  // namespace

std::string item_label(std::string_view item) {
  const auto parts = parts_of(item);
  return parts.empty() ? std::string() : std::string(without_number(parts.back()));
}

std::string item_key(std::string_view item) {
  const auto parts = parts_of(item);
  std::string key;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::string_view part = without_number(parts[i]);
    // The section's number within its chapter moves between editions; the label after it does not.
    if (i == 0 && parts.size() > 1) part = part.substr(0, std::min(part.find('-'), part.size()));
    if (!key.empty()) key.push_back('\t');
    key.append(fold_literal_text(part));
  }
  return key;
}

Result<Comparison> compare(const Snapshot& index, const CompareRequest& request) {
  Comparison out;
  const DocSet& live = index.scope(Table::Assessments, Versions::Latest);
  const DocSet with_process = matching(index, request);
  DocSet chosen = with_process;
  if (request.ids.empty() && !request.municipalities.empty()) {
    chosen &= in_municipalities(index, request.municipalities);
  }
  out.processes = ranked(index.column(Table::Assessments, Field::Category), live);
  out.municipalities = ranked(index.column(Table::Assessments, Field::Municipality), with_process);
  out.total = static_cast<std::uint32_t>(chosen.count());

  std::vector<std::pair<std::tuple<std::string, std::string, std::string>, DocId>> order;
  const Column* code = index.column(Table::Assessments, Field::Code);
  const Column* municipality = index.column(Table::Assessments, Field::Municipality);
  const Column* title = index.column(Table::Assessments, Field::Title);
  chosen.for_each([&](DocId doc) {
    order.push_back(
        {{first_value(code, doc), first_value(municipality, doc), first_value(title, doc)}, doc});
  });
  std::sort(order.begin(), order.end());
  if (order.size() > request.limit) order.resize(request.limit);

  out.items = request.items;
  std::map<std::string, std::size_t> item_at;  // key → position in all_items
  for (const auto& [key, doc] : order) {
    const auto passages = index.passages(doc);
    if (!passages) return passages.error();
    const auto items = keyed_items(*passages);
    for (const auto& item : items) {
      const auto [found, fresh] = item_at.try_emplace(item.key, out.all_items.size());
      if (fresh) out.all_items.push_back({item.item, 0});
      ++out.all_items[found->second].count;
    }
    const auto ref = assessment_ref(index, doc);
    if (!ref) return ref.error();
    CompareRow row{*ref, {}};
    for (const auto& item : request.items) row.cells.push_back(cell_of(items, item));
    out.rows.push_back(std::move(row));
  }
  for (std::size_t column = 0; column < request.items.size(); ++column) {
    mark_column(out.rows, column);
  }
  return out;
}

Result<Alignment> align(const Snapshot& index, std::string_view id_a, std::string_view id_b) {
  Alignment out;
  std::vector<KeyedItem> sides[2];
  for (int side = 0; side < 2; ++side) {
    const std::string_view id = side == 0 ? id_a : id_b;
    const auto doc = index.find(id);
    if (!doc) return Error{ErrorCode::NotFound, "no assessment has the id " + std::string(id)};
    auto ref = assessment_ref(index, *doc);
    if (!ref) return ref.error();
    (side == 0 ? out.a : out.b) = std::move(*ref);
    const auto passages = index.passages(*doc);
    if (!passages) return passages.error();
    sides[side] = keyed_items(*passages);
  }
  std::map<std::string_view, std::size_t> in_b;
  for (std::size_t i = 0; i < sides[1].size(); ++i) in_b[sides[1][i].key] = i;
  std::set<std::string_view> in_a;
  for (const auto& item : sides[0]) in_a.insert(item.key);

  // The first one's order; what only the second has follows the item it stands behind there.
  std::size_t next_b = 0;
  const auto add_only_b = [&](std::size_t until) {
    for (; next_b < until; ++next_b) {
      const auto& item = sides[1][next_b];
      if (in_a.contains(item.key)) continue;
      out.items.push_back({{}, item.item, {}, item.text, 0, item.passage, false, {}});
      ++out.only_b;
    }
  };
  for (const auto& item : sides[0]) {
    const auto found = in_b.find(item.key);
    if (found == in_b.end()) {
      out.items.push_back({item.item, {}, item.text, {}, item.passage, 0, false, {}});
      ++out.only_a;
      continue;
    }
    add_only_b(found->second);
    const auto& other = sides[1][found->second];
    AlignedItem row{item.item,
                    other.item,
                    item.text,
                    other.text,
                    item.passage,
                    other.passage,
                    fold_literal_text(item.text) == fold_literal_text(other.text),
                    {}};
    if (!row.equal) row.diff = diff_texts(item.text, other.text);
    ++(row.equal ? out.equal : out.changed);
    out.items.push_back(std::move(row));
  }
  add_only_b(sides[1].size());
  return out;
}

}  // namespace pia
