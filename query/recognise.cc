#include "query/recognise.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "dicts/company_name.h"
#include "dicts/japanese_date.h"
#include "dicts/normalizer.h"
#include "query/fields.h"
#include "query/unicode.h"

namespace pia {
namespace {

struct Named {
  QueryField field = QueryField::None;
  std::string value;    // as the filter has it
  std::string written;  // the part of the word that names it, folded by fold_text()
};

// The longest value that the word contains (川崎市 in 川崎市住民票), or that the word is the
// beginning of (川崎 of 川崎市) if a place may be cut short.
std::optional<Named> place_in(const Column& column, QueryField field, const std::string& word) {
  std::optional<Named> best;
  for (ValueId id = 0; id < column.distinct(); ++id) {
    const std::string_view name = column.value(id).folded;
    if (count_characters(name) < 2) continue;
    const bool inside = word.find(name) != std::string::npos;
    const bool begun = !inside && name.starts_with(word) && count_characters(word) >= 2 &&
                       count_characters(name) == count_characters(word) + 1;
    if (!inside && !begun) continue;
    const std::string written = inside ? std::string(name) : word;
    if (best && best->written.size() >= written.size()) continue;
    best = Named{field, std::string(column.value(id).text), written};
  }
  return best;
}

// A company whose name, with or without its legal form, is the word.
std::optional<Named> company_in(const Column& column, const std::string& word) {
  if (count_characters(word) < 2) return std::nullopt;
  const std::string stem = fold_literal_text(company_stem(word));
  for (ValueId id = 0; id < column.distinct(); ++id) {
    const FieldValue& value = column.value(id);
    if (value.folded != word && fold_literal_text(company_stem(value.text)) != stem) continue;
    return Named{QueryField::Contractor, std::string(value.text), word};
  }
  return std::nullopt;
}

std::optional<Named> value_in(const Column& column, QueryField field, const std::string& word) {
  std::optional<Named> best;
  for (ValueId id = 0; id < column.distinct(); ++id) {
    const std::string_view name = column.value(id).folded;
    if (count_characters(name) < 3 || word.find(name) == std::string::npos) continue;
    if (best && best->written.size() >= name.size()) continue;
    best = Named{field, std::string(column.value(id).text), std::string(name)};
  }
  return best;
}

std::optional<Named> date_in(const std::string& written) {
  const auto found = find_dates(written);
  if (found.empty()) return std::nullopt;
  const FoundDate& date = found.front();
  std::string value = date.date.iso();
  if (date.fiscal_year) {
    value = PartialDate{date.date.year, 4, 0}.iso() + ".." +
            PartialDate{date.date.year + 1, 3, 0}.iso();
  }
  return Named{QueryField::Published, value, written};
}

std::optional<Named> kind_in(const std::string& word) {
  for (const std::string_view kind : choices(QueryField::Kind)) {
    for (const std::string_view tail : {"評価書", "評価", ""}) {
      const std::string name = std::string(kind) + std::string(tail);
      if (tail.empty() ? word == name : word.find(name) != std::string::npos)
        return Named{QueryField::Kind, std::string(kind), name};
    }
  }
  return std::nullopt;
}

std::vector<Named> named_in(const Snapshot& index, const WantedWord& word) {
  std::vector<Named> out;
  const auto add = [&](std::optional<Named> named) {
    if (named) out.push_back(std::move(*named));
  };
  if (word.date) {
    add(date_in(word.written));
    return out;
  }
  if (word.choice != QueryField::None) {
    out.push_back({word.choice, word.choice_value, word.written});
    return out;
  }
  const std::string& folded = word.strings.front();
  const auto column = [&](schema::Field field) -> const Column& {
    return *index.column(Table::Assessments, field);
  };
  add(place_in(column(schema::Field::Municipality), QueryField::Municipality, folded));
  if (out.empty()) add(place_in(column(schema::Field::Prefecture), QueryField::Prefecture, folded));
  add(company_in(column(schema::Field::Contractor), folded));
  add(value_in(column(schema::Field::Category), QueryField::Category, folded));
  add(kind_in(folded));
  return out;
}

std::string trimmed(std::string text, bool front) {
  constexpr std::array<std::string_view, 9> kParticles = {"の", "で", "が", "を", "に",
                                                          "は", "へ", "と", "も"};
  for (const std::string_view particle : kParticles) {
    if (front && text.starts_with(particle)) return text.substr(particle.size());
  }
  return text;
}

// The leaf without the words that became a filter; nothing if nothing else is left.
std::optional<Query> without_words(const Query& leaf, const std::string& written) {
  const Folded folded = fold_literal(leaf.text);
  const std::string needle = fold_literal_text(written);
  const std::size_t at = folded.text.find(needle);
  if (at == std::string::npos || needle.empty()) return leaf;
  const auto [begin, end] = folded.original(at, at + needle.size());
  const std::string before = leaf.text.substr(0, begin);
  const std::string after = trimmed(leaf.text.substr(end), true);
  std::vector<Query> left;
  if (!before.empty()) left.push_back(word(before));
  if (!after.empty()) left.push_back(word(after));
  if (left.empty()) return std::nullopt;
  return all_of(std::move(left));
}

Query filter_of(const Named& named) {
  if (field_info(named.field).kind == ValueKind::Date) {
    const auto ends = parse_date_range(named.value);
    return range(named.field, ends ? ends->from : named.value, ends ? ends->to : named.value);
  }
  const bool needs_quotes = named.value.find_first_of(" ()|\"") != std::string::npos;
  return in_field(named.field, needs_quotes ? phrase(named.value) : word(named.value));
}

std::string replaced(const ParsedQuery& parsed, const Query* leaf, const Named& named) {
  std::vector<Query> children;
  const Query& tree = parsed.tree;
  const auto add = [&](const Query& child) {
    if (&child != leaf) {
      children.push_back(child);
    } else if (auto left = without_words(child, named.written)) {
      if (left->type == Query::Type::And) {
        children.insert(children.end(), left->children.begin(), left->children.end());
      } else {
        children.push_back(std::move(*left));
      }
    }
  };
  if (tree.type == Query::Type::And) {
    for (const Query& child : tree.children) add(child);
  } else {
    add(tree);
  }
  children.push_back(filter_of(named));
  return describe(all_of(std::move(children)));
}

}  // namespace

std::vector<Recognised> recognise(const Snapshot& index, Matcher& matcher,
                                  const ParsedQuery& parsed) {
  std::vector<Recognised> out;
  std::vector<const Query*> leaves;
  const Query& tree = parsed.tree;
  if (tree.type == Query::Type::Word) leaves.push_back(&tree);
  if (tree.type == Query::Type::And) {
    for (const Query& child : tree.children) {
      if (child.type == Query::Type::Word) leaves.push_back(&child);
    }
  }
  for (const Query* leaf : leaves) {
    for (const WantedWord& word : matcher.reading(*leaf).wanted) {
      for (const Named& named : named_in(index, word)) {
        const std::string field(field_info(named.field).english);
        const bool known = std::ranges::any_of(
            out, [&](const Recognised& r) { return r.field == field && r.value == named.value; });
        if (!known)
          out.push_back({field, named.value, named.written, replaced(parsed, leaf, named)});
      }
    }
  }
  return out;
}

DocSet documents_of(const Snapshot& index, Matcher& matcher, const Recognised& recognised,
                    Table table) {
  const auto field = field_named(recognised.field);
  if (!field) return DocSet(index.size(table));
  // A tree of its own, evaluated by a matcher of its own: this one remembers nodes by address.
  const Query query = filter_of({*field, recognised.value, recognised.written});
  return matcher.fresh().match(query, table);
}

}  // namespace pia
