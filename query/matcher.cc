#include "query/matcher.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <utility>

#include "dicts/normalizer.h"
#include "query/field_values.h"

namespace pia {
namespace {

bool is_item(const Query& query) {
  return query.type == Query::Type::InField && query.field == QueryField::Item;
}

DocSet complement(DocSet set) {
  set.complement();
  return set;
}

}  // namespace

bool asks_for_contract(const Query& query) {
  if (query.type == Query::Type::InField) return field_info(query.field).in_contract;
  return std::ranges::any_of(query.children, asks_for_contract);
}

Matcher::Matcher(const Snapshot& index, const WordReader& words, bool raw)
    : index_(index), words_(words), raw_(raw) {}

void Matcher::set_contractor_source(ContractorSource source) { source_ = source; }

Table Matcher::table_of(Universe universe) {
  switch (universe) {
    case Universe::Assessments:
      return Table::Assessments;
    case Universe::Contracts:
    case Universe::ContractsOfAssessments:
      return Table::Contracts;
    case Universe::Revisions:
      return Table::Revisions;
  }
  return Table::Assessments;
}

Matcher::Universe Matcher::universe_of(Table table) {
  switch (table) {
    case Table::Assessments:
      return Universe::Assessments;
    case Table::Contracts:
      return Universe::Contracts;
    case Table::Revisions:
      return Universe::Revisions;
  }
  return Universe::Assessments;
}

DocSet Matcher::match(const Query& query, Table table) {
  return evaluate(query, universe_of(table), 0);
}

DocSet Matcher::match_parts(const Query& root, const std::vector<const Query*>& parts,
                            Table table) {
  return evaluate_and(parts, universe_of(table), enter_scope(root, 0));
}

DocSet Matcher::match_rows(const Query& root, const std::vector<const Query*>& parts) {
  const int scope = enter_scope(root, 0);
  DocSet rows(index_.size(Table::Contracts), true);
  for (const Query* part : parts) rows &= evaluate(*part, Universe::ContractsOfAssessments, scope);
  return rows;
}

DocSet Matcher::match_rowless(const Query& root, const std::vector<const Query*>& parts) {
  const int scope = enter_scope(root, 0);
  DocSet found(index_.size(Table::Assessments), true);
  for (const Query* part : parts) found &= evaluate_rowless(*part, scope);
  return found;
}

DocSet Matcher::evaluate(const Query& query, Universe in, int scope) {
  const auto key = std::tuple(&query, in, scope, source_);
  if (const auto found = known_.find(key); found != known_.end()) return found->second;
  return known_.emplace(key, evaluate_fresh(query, in, scope)).first->second;
}

DocSet Matcher::evaluate_fresh(const Query& query, Universe in, int scope) {
  const Table table = table_of(in);
  switch (query.type) {
    case Query::Type::Everything:
      return DocSet(index_.size(table), true);
    case Query::Type::Word:
    case Query::Type::Phrase:
    case Query::Type::Prefix:
      if (in == Universe::ContractsOfAssessments) {
        return lifted(evaluate(query, Universe::Assessments, scope), Table::Assessments, table);
      }
      return text_leaf(query, table, mask(scope, table));
    case Query::Type::And: {
      std::vector<const Query*> parts;
      for (const Query& child : query.children) parts.push_back(&child);
      return evaluate_and(parts, in, enter_scope(query, scope));
    }
    case Query::Type::Or: {
      DocSet found(index_.size(table));
      for (const Query& child : query.children) found |= evaluate(child, in, scope);
      return found;
    }
    case Query::Type::Not:
      return complement(evaluate(query.children.front(), in, scope));
    case Query::Type::InField:
      return evaluate_field(query, in);
    case Query::Type::Exact:
    case Query::Type::Range:
    case Query::Type::Present:
      break;  // only below InField
  }
  return DocSet(index_.size(table));
}

DocSet Matcher::evaluate_and(const std::vector<const Query*>& parts, Universe in, int scope) {
  if (in == Universe::Assessments) return evaluate_for_assessments(parts, scope);
  const Table table = table_of(in);
  DocSet found(index_.size(table), true);
  std::vector<const Query*> of_contract;
  for (const Query* part : parts) {
    if (in == Universe::Revisions && asks_for_contract(*part)) {
      of_contract.push_back(part);
    } else {
      found &= evaluate(*part, in, scope);
    }
  }
  if (!of_contract.empty())
    found &= lifted(evaluate_for_assessments(of_contract, scope), Table::Assessments, table);
  return found;
}

// One AND for assessments; see the header for its rule.
DocSet Matcher::evaluate_for_assessments(const std::vector<const Query*>& parts, int scope) {
  DocSet found(index_.size(Table::Assessments), true);
  std::vector<const Query*> of_contract;
  bool positive = false;
  for (const Query* part : parts) {
    if (!asks_for_contract(*part)) {
      found &= evaluate(*part, Universe::Assessments, scope);
      continue;
    }
    of_contract.push_back(part);
    positive |= part->type != Query::Type::Not;
  }
  if (of_contract.size() < 2 || !positive) {
    for (const Query* part : of_contract) found &= evaluate(*part, Universe::Assessments, scope);
    return found;
  }
  DocSet rows(index_.size(Table::Contracts), true);
  DocSet rowless(index_.size(Table::Assessments), true);
  for (const Query* part : of_contract) {
    rows &= evaluate(*part, Universe::ContractsOfAssessments, scope);
    rowless &= evaluate_rowless(*part, scope);
  }
  return found & (index_.to_assessments(Table::Contracts, rows) | rowless);
}

DocSet Matcher::evaluate_rowless(const Query& query, int scope) {
  if (!asks_for_contract(query)) return evaluate(query, Universe::Assessments, scope);
  if (query.type == Query::Type::Not)
    return complement(evaluate(query.children.front(), Universe::Assessments, scope));
  if (query.type == Query::Type::And || query.type == Query::Type::Or) {
    const bool every = query.type == Query::Type::And;
    DocSet found(index_.size(Table::Assessments), every);
    for (const Query& child : query.children) {
      if (every) {
        found &= evaluate_rowless(child, scope);
      } else {
        found |= evaluate_rowless(child, scope);
      }
    }
    return found;
  }
  if (query.field != QueryField::Staff) return DocSet(index_.size(Table::Assessments));
  // 様式2 states 取扱者数 for the whole assessment.
  DocSet with_rows =
      index_.to_assessments(Table::Contracts, DocSet(index_.size(Table::Contracts), true));
  return evaluate_value(query.children.front(), Table::Assessments, query.field) - with_rows;
}

DocSet Matcher::evaluate_field(const Query& query, Universe in) {
  const Query& value = query.children.front();
  const Table table = table_of(in);
  if (query.field == QueryField::Item) {
    // A row has its cells as items; in other views the assessment is asked.
    const Table asked = in == Universe::ContractsOfAssessments ? Table::Assessments : table;
    return lifted(documents_with_item(item_mask(value, asked), asked), asked, table);
  }
  if (query.field == QueryField::Contractor && source_ == ContractorSource::History) {
    return lifted(evaluate_value(value, Table::Assessments, QueryField::HistoryContractor),
                  Table::Assessments, table);
  }
  const Table owner = owner_of(query.field);
  DocSet found = lifted(evaluate_value(value, owner, query.field), owner, table);
  if (owner == Table::Contracts && in == Universe::Assessments) found |= evaluate_rowless(query, 0);
  return found;
}

DocSet Matcher::evaluate_value(const Query& value, Table owner, QueryField field) {
  switch (value.type) {
    case Query::Type::And: {
      DocSet found(index_.size(owner), true);
      for (const Query& child : value.children) found &= evaluate_value(child, owner, field);
      return found;
    }
    case Query::Type::Or: {
      DocSet found(index_.size(owner));
      for (const Query& child : value.children) found |= evaluate_value(child, owner, field);
      return found;
    }
    case Query::Type::Not:
      return complement(evaluate_value(value.children.front(), owner, field));
    default:
      return value_leaf(value, owner, field);
  }
}

DocSet Matcher::value_leaf(const Query& leaf, Table owner, QueryField field) {
  if (field == QueryField::Revision) {
    if (leaf.type == Query::Type::Present) return DocSet(index_.size(owner), true);
    return text_leaf(leaf, owner, nullptr);
  }
  const WordReading& read = reading(leaf);
  DocSet found = documents_with_value(index_, owner, field, leaf, read);
  if (leaf.type == Query::Type::Exact && !found.empty()) return found;
  const bool is_text = leaf.type == Query::Type::Word || leaf.type == Query::Type::Phrase ||
                       leaf.type == Query::Type::Prefix;
  if (owner != Table::Contracts || !is_text) return found;
  // The cells of the row as printed: branches of a contractor, the description of the work.
  const auto cells = [&](std::initializer_list<std::string_view> names) {
    const LiteralIndex& literal = index_.literal(owner);
    Mask items(literal.items());
    for (ItemId id = 0; id < items.size(); ++id)
      items[id] = std::ranges::find(names, literal.item(id)) != names.end();
    found |= text_leaf(leaf, owner, &items);
  };
  if (field == QueryField::Contractor) cells({"委託先名"});
  if (field == QueryField::Contract) cells({"委託事項", "委託内容"});
  return found;
}

const WordReading& Matcher::reading(const Query& leaf) {
  if (const auto found = readings_.find(&leaf); found != readings_.end()) return found->second;
  WordReading read;
  if (leaf.type == Query::Type::Word) {
    read = words_.read(leaf.text, raw_);
  } else if (leaf.type == Query::Type::Phrase || leaf.type == Query::Type::Prefix ||
             leaf.type == Query::Type::Exact) {
    read.wanted.push_back(WordReader::exactly(leaf.text));
  }
  return readings_.emplace(&leaf, std::move(read)).first->second;
}

// --- text ---------------------------------------------------------------------------------------

void Matcher::prepare(const std::vector<const Query*>& free_leaves, bool other_parts) {
  std::vector<const Query*> silent;
  std::map<QueryField, std::string> choices;
  for (const Query* leaf : free_leaves) {
    const WordReading& read = reading(*leaf);
    if (read.says_nothing) silent.push_back(leaf);
    for (const WantedWord& word : read.wanted) {
      if (word.choice == QueryField::None) continue;
      const auto [known, added] = choices.emplace(word.choice, word.choice_value);
      if (!added && known->second != word.choice_value) plain_choices_.push_back(word.choice);
    }
  }
  if (other_parts || silent.size() < free_leaves.size()) ignored_ = silent;
}

bool Matcher::ignores(const Query& leaf) const {
  return std::ranges::find(ignored_, &leaf) != ignored_.end();
}

DocSet Matcher::text_leaf(const Query& leaf, Table table, const Mask* items) {
  if (ignores(leaf)) return DocSet(index_.size(table), true);
  const LiteralIndex& literal = index_.literal(table);
  const WordReading& read = reading(leaf);
  LiteralScope scope;
  scope.items = items;
  if (leaf.type != Query::Type::Word) {
    scope.word_begin = leaf.type == Query::Type::Prefix;
    return literal.find(read.wanted.front().strings.front(), scope);
  }
  DocSet found(index_.size(table), !read.wanted.empty());
  for (const WantedWord& word : read.wanted) found &= word_documents(word, table, items);
  if (!read.wanted.empty()) return found;
  for (const WantedWord& word : read.weighing) found |= word_documents(word, table, items);
  return found;
}

DocSet Matcher::documents_with(const WantedWord& word, Table table) {
  return word_documents(word, table, nullptr);
}

DocSet Matcher::documents_with_string(const WantedWord& word, Table table,
                                      LiteralScope scope) const {
  DocSet found(index_.size(table));
  for (const std::string& text : word.strings) found |= index_.literal(table).find(text, scope);
  return found;
}

DocSet Matcher::word_documents(const WantedWord& word, Table table, const Mask* items) const {
  const bool plain = std::ranges::find(plain_choices_, word.choice) != plain_choices_.end();
  if (word.choice != QueryField::None && !items && !plain) return choice_documents(word, table);
  LiteralScope scope;
  scope.items = items;
  DocSet found = documents_with_string(word, table, scope);
  if (!items) {
    for (const std::string& text : word.strings) found |= known_facts(text, table);
    found |= in_heading(word.terms, table);
  }
  if (!word.parts.empty()) found |= parts_in_one_unit(word, table, items, found);
  // A verb is found in its other forms by its dictionary form.
  if (!items) {
    for (const std::string& term : word.terms) {
      if (word.parts.empty() && word.terms.size() == 1) {
        if (auto docs = index_.docs_with_word(table, term)) found |= *docs;
      }
    }
  }
  return found;
}

DocSet Matcher::choice_documents(const WantedWord& word, Table table) const {
  const Table owner = owner_of(word.choice);
  Query leaf;
  leaf.type = Query::Type::Word;
  leaf.text = word.choice_value;
  DocSet found = lifted(documents_with_value(index_, owner, word.choice, leaf, {}), owner, table);
  LiteralScope scope;
  if (table != Table::Assessments) return found | documents_with_string(word, table, scope);
  // The words themselves prove something in the change history, and where the choice is unknown.
  scope.part = LiteralScope::Part::History;
  found |= documents_with_string(word, table, scope);
  found |= lifted(documents_with_string(word, Table::Revisions), Table::Revisions, table);
  DocSet unknown(index_.size(table), true);
  if (const Column* column = index_.column(table, *column_of(word.choice)))
    unknown -= column->docs_with_any();
  return found | (unknown & documents_with_string(word, table));
}

// Documents with all the parts in one unit, or in its item's path; those already `known` are left
// out. Only documents that hold every part at all are looked at, and each only until one unit
// answers.
DocSet Matcher::parts_in_one_unit(const WantedWord& word, Table table, const Mask* items,
                                  const DocSet& known) const {
  const LiteralIndex& literal = index_.literal(table);
  LiteralScope scope;
  scope.items = items;
  DocSet all(index_.size(table), true);
  all -= known;
  for (const auto& writings : word.parts) {
    DocSet any(index_.size(table));
    for (const std::string& text : writings)
      any |= literal.find(text, scope) | in_heading({text}, table);
    all &= any;
  }
  const auto holds = [](std::string_view text, const std::vector<std::string>& writings) {
    return std::ranges::any_of(writings, [&](const std::string& w) {
      return memmem(text.data(), text.size(), w.data(), w.size()) != nullptr;
    });
  };
  DocSet found(index_.size(table));
  all.for_each([&](DocId doc) {
    const std::uint32_t units = literal.unit_count(doc);
    for (std::uint32_t i = 0; i < units; ++i) {
      const Unit unit = literal.unit(doc, i);
      if (items && !(*items)[unit.item]) continue;
      const std::string_view heading = literal.folded_item(unit.item);
      if (std::ranges::all_of(word.parts, [&](const auto& writings) {
            return holds(unit.text, writings) || holds(heading, writings);
          })) {
        found.add(doc);
        return;
      }
    }
  });
  return found;
}

// What is known of the assessment without standing in its text, or only in another writing.
DocSet Matcher::known_facts(const std::string& folded, Table table) const {
  constexpr std::array kFacts = {schema::Field::Municipality, schema::Field::Prefecture,
                                 schema::Field::Category,     schema::Field::Process,
                                 schema::Field::Title,        schema::Field::Contractor};
  DocSet found(index_.size(table));
  for (const schema::Field field : kFacts) {
    if (const Column* column = index_.column(table, field)) {
      const auto ids = column->containing(folded);
      if (!ids.empty()) found |= column->docs_with(ids);
    }
  }
  return found;
}

// Headings are found by their words; as literal strings only the texts of units are indexed.
DocSet Matcher::in_heading(const std::vector<std::string>& terms, Table table) const {
  DocSet found(index_.size(table), !terms.empty());
  for (const std::string& term : terms) {
    auto docs = index_.docs_with_word(table, term, "I");
    if (!docs) return DocSet(index_.size(table));
    found &= *docs;
  }
  return found;
}

DocSet Matcher::documents_with_item(const Mask& items, Table table) const {
  DocSet found(index_.size(table));
  if (std::ranges::find(items, true) == items.end()) return found;
  const LiteralIndex& literal = index_.literal(table);
  for (DocId doc = 0; doc < index_.size(table); ++doc) {
    const std::uint32_t units = literal.unit_count(doc);
    for (std::uint32_t i = 0; i < units; ++i) {
      if (!items[literal.unit(doc, i).item]) continue;
      found.add(doc);
      break;
    }
  }
  return found;
}

DocSet Matcher::lifted(const DocSet& set, Table from, Table to) const {
  if (from == to) return set;
  const DocSet assessments = from == Table::Assessments ? set : index_.to_assessments(from, set);
  return to == Table::Assessments ? assessments : index_.to_rows(to, assessments);
}

// --- 項目: ---------------------------------------------------------------------------------------

int Matcher::enter_scope(const Query& and_node, int outer) {
  if (std::ranges::none_of(and_node.children, is_item)) return outer;
  for (std::size_t i = 0; i < scopes_.size(); ++i) {
    if (scopes_[i].and_node == &and_node && scopes_[i].outer == outer)
      return static_cast<int>(i) + 1;
  }
  scopes_.push_back({&and_node, outer});
  return static_cast<int>(scopes_.size());
}

const Matcher::Mask* Matcher::mask(int scope, Table table) {
  if (scope == 0) return nullptr;
  const auto key = std::pair(scope, table);
  if (const auto found = masks_.find(key); found != masks_.end()) return &found->second;
  const Scope around = scopes_[static_cast<std::size_t>(scope) - 1];
  Mask items(index_.literal(table).items(), true);
  const auto narrow = [&](const Mask& other) {
    for (std::size_t i = 0; i < items.size(); ++i) items[i] = items[i] && other[i];
  };
  for (const Query& child : around.and_node->children) {
    if (is_item(child)) narrow(item_mask(child.children.front(), table));
  }
  if (const Mask* outer = mask(around.outer, table)) narrow(*outer);
  return &masks_.emplace(key, std::move(items)).first->second;
}

Matcher::Mask Matcher::item_mask(const Query& value, Table table) {
  const LiteralIndex& literal = index_.literal(table);
  Mask items(literal.items(), value.type == Query::Type::And || value.type == Query::Type::Present);
  if (value.type == Query::Type::Present) return items;
  if (value.type == Query::Type::Not) {
    items = item_mask(value.children.front(), table);
    items.flip();
    return items;
  }
  if (value.type == Query::Type::And || value.type == Query::Type::Or) {
    for (const Query& child : value.children) {
      const Mask other = item_mask(child, table);
      for (std::size_t i = 0; i < items.size(); ++i)
        items[i] = value.type == Query::Type::And ? items[i] && other[i] : items[i] || other[i];
    }
    return items;
  }
  return literal.items_containing(fold_literal_text(value.text));
}

}  // namespace pia
