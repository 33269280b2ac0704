#include "support/oracle.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>

#include "dicts/company_name.h"
#include "dicts/normalizer.h"
#include "query/field_values.h"
#include "query/search_plan.h"
#include "query/value_parser.h"
#include "query/word_reader.h"

namespace pia {
namespace {

using Json = nlohmann::json;

std::string text_at(const Json& object, const char* key) {
  if (!object.is_object() || !object.contains(key)) return {};
  if (object[key].is_string()) return object[key].get<std::string>();
  return object[key].is_number_integer() ? std::to_string(object[key].get<int>()) : std::string();
}
const Json& at(const Json& object, const char* key) {
  static const Json kNull;
  return object.is_object() && object.contains(key) ? object[key] : kNull;
}

struct Cell {
  std::string item, text;  // as printed
  bool history = false;
};

// Anything that can be a hit: an assessment or one of its rows.
struct Thing {
  std::vector<Cell> cells;
  std::map<QueryField, std::vector<std::string>> values;  // its own
  std::set<std::string> words, item_words;
};

struct Record {
  std::string id, series, published, kind;
  Thing whole;
  std::vector<Thing> contracts, revisions;
};

bool inside(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

struct Oracle::Impl {
  const Tokenizer& tokenizer;
  WordReader words;
  std::vector<Record> records;

  explicit Impl(const Tokenizer& t) : tokenizer(t), words(t) {}

  // --- reading the records ---------------------------------------------------------------------
  void add_words(std::set<std::string>& out, const std::string& text) const {
    for (const SearchTerm& term : tokenizer.search_terms(fold_text(text))) {
      if (term.word_class != WordClass::Particle && term.word_class != WordClass::Auxiliary)
        out.insert(term.text);
    }
  }
  void add_cell(Thing& thing, const std::string& item, const std::string& text,
                bool history = false, bool always = false) const {
    if (text.empty() && !always) return;
    thing.cells.push_back({item, text, history});
    add_words(thing.words, text);
  }
  static void add_value(Thing& thing, QueryField field, const std::string& value) {
    if (!value.empty()) thing.values[field].push_back(value);
  }

  Record read(const Json& json) const {
    Record record;
    record.id = text_at(json, "id");
    record.series = text_at(json, "series");
    record.published = text_at(json, "published_on");
    record.kind = text_at(json, "kind");
    Thing& whole = record.whole;
    for (const Json& passage : at(json, "passages")) {
      const std::string item = text_at(passage, "item");
      add_cell(whole, item, text_at(passage, "text"), inside(item, "変更箇所"), true);
      add_words(whole.item_words, item);
    }
    add_value(whole, QueryField::Municipality, text_at(at(json, "body"), "municipality"));
    add_value(whole, QueryField::Prefecture, text_at(at(json, "body"), "prefecture"));
    add_value(whole, QueryField::Process, text_at(at(json, "process"), "name"));
    add_value(whole, QueryField::Category, text_at(at(json, "process"), "category"));
    add_value(whole, QueryField::Kind, record.kind);
    add_value(whole, QueryField::Title, text_at(json, "title"));
    add_value(whole, QueryField::Year, record.published.substr(0, 4));
    const Json& occurred = at(at(json, "incidents"), "occurred");
    if (occurred.is_boolean())
      add_value(whole, QueryField::Incident, occurred.get<bool>() ? "発生あり" : "発生なし");
    if (const std::string count = text_at(at(json, "staff"), "count"); !count.empty())
      add_value(whole, QueryField::Staff, count);
    for (const Json& file : at(json, "files")) {
      for (const Json& row : at(at(file, "contracts"), "rows"))
        record.contracts.push_back(contract(row));
    }
    for (const Json& row : at(json, "revisions")) record.revisions.push_back(revision(row));
    return record;
  }

  Thing contract(const Json& row) const {
    Thing thing;
    add_cell(thing, "委託事項", text_at(row, "title"));
    add_cell(thing, "委託内容", text_at(row, "description"));
    for (const Json& contractor : at(row, "contractors")) {
      add_cell(thing, "委託先名", text_at(contractor, "printed"));
      add_value(thing, QueryField::Contractor, text_at(contractor, "name"));
    }
    add_cell(thing, "取扱者数", text_at(row, "staff"));
    add_value(thing, QueryField::Staff, text_at(row, "staff"));
    add_value(thing, QueryField::Contract, text_at(row, "title"));
    const Json& used = at(at(row, "subcontract"), "used");
    if (used.is_boolean()) {
      add_cell(thing, "再委託の有無", used.get<bool>() ? "再委託する" : "再委託しない");
      add_value(thing, QueryField::Subcontract, used.get<bool>() ? "再委託する" : "再委託しない");
    }
    return thing;
  }

  Thing revision(const Json& row) const {
    Thing thing;
    add_cell(thing, "項目", text_at(row, "item"));
    add_cell(thing, "変更前の記載", text_at(row, "before"));
    add_cell(thing, "変更後の記載", text_at(row, "after"));
    add_words(thing.item_words, text_at(row, "item"));
    return thing;
  }

  // --- words -----------------------------------------------------------------------------------
  static bool item_asked(const Query& value, const std::string& item) {
    switch (value.type) {
      case Query::Type::And:
        return std::ranges::all_of(value.children,
                                   [&](const Query& c) { return item_asked(c, item); });
      case Query::Type::Or:
        return std::ranges::any_of(value.children,
                                   [&](const Query& c) { return item_asked(c, item); });
      case Query::Type::Not:
        return !item_asked(value.children.front(), item);
      case Query::Type::Present:
        return true;
      default:
        return inside(fold_literal_text(item), fold_literal_text(value.text));
    }
  }

  using Items = std::vector<const Query*>;  // 項目: around, all of which must allow the cell
  static bool allowed(const Cell& cell, const Items& items) {
    return std::ranges::all_of(items, [&](const Query* q) { return item_asked(*q, cell.item); });
  }

  static bool facts_hold(const Record& record, const std::string& folded) {
    for (const QueryField field : {QueryField::Municipality, QueryField::Prefecture,
                                   QueryField::Category, QueryField::Process, QueryField::Title}) {
      if (const auto found = record.whole.values.find(field); found != record.whole.values.end()) {
        for (const std::string& value : found->second) {
          if (inside(fold_literal_text(value), folded)) return true;
        }
      }
    }
    return false;
  }
  static bool contractors_hold(const Record& record, const Thing* row, const std::string& folded) {
    const auto in = [&](const Thing& thing) {
      const auto found = thing.values.find(QueryField::Contractor);
      return found != thing.values.end() &&
             std::ranges::any_of(found->second, [&](const std::string& value) {
               return inside(fold_literal_text(value), folded);
             });
    };
    if (row && row->values.count(QueryField::Contractor)) return in(*row);
    return !row && std::ranges::any_of(record.contracts, in);
  }

  bool word_holds(const WantedWord& word, const Record& record, const Thing& thing, Table table,
                  const Items& items) const {
    for (const Cell& cell : thing.cells) {
      if (!allowed(cell, items)) continue;
      const std::string text = fold_literal_text(cell.text);
      if (std::ranges::any_of(word.strings, [&](const std::string& s) { return inside(text, s); }))
        return true;
      const std::string heading = fold_literal_text(cell.item);
      const auto part_holds = [&](const std::vector<std::string>& writings) {
        return std::ranges::any_of(
            writings, [&](const std::string& w) { return inside(text, w) || inside(heading, w); });
      };
      if (!word.parts.empty() && std::ranges::all_of(word.parts, part_holds)) return true;
    }
    if (!items.empty()) return false;
    for (const std::string& s : word.strings) {
      if (facts_hold(record, s)) return true;
      // In the change history the present contractors of the assessment count as facts of it.
      if (contractors_hold(record, table == Table::Contracts ? &thing : nullptr, s)) return true;
    }
    if (table == Table::Assessments && !word.terms.empty() &&
        std::ranges::all_of(word.terms,
                            [&](const std::string& t) { return thing.item_words.count(t) > 0; }))
      return true;
    return word.parts.empty() && word.terms.size() == 1 &&
           thing.words.count(word.terms.front()) > 0;
  }

  bool text_holds(const Query& leaf, const Record& record, const Thing& thing, Table table,
                  const Items& items) const {
    if (leaf.type != Query::Type::Word) {
      const std::string needle = fold_literal_text(leaf.text);
      return std::ranges::any_of(thing.cells, [&](const Cell& cell) {
        return allowed(cell, items) && inside(fold_literal_text(cell.text), needle);
      });
    }
    const WordReading read = words.read(leaf.text, false);
    const auto holds = [&](const WantedWord& word) {
      return word_holds(word, record, thing, table, items);
    };
    if (!read.wanted.empty()) return std::ranges::all_of(read.wanted, holds);
    return std::ranges::any_of(read.weighing, holds);
  }

  // --- fields ----------------------------------------------------------------------------------
  bool value_holds(const Query& leaf, QueryField field, const std::string& value) const {
    if (leaf.type == Query::Type::Present) return true;
    if (leaf.type == Query::Type::Range) {
      const auto count = parse_count_class(value);
      return count && count_within(*count, leaf.from, leaf.to);
    }
    if (field_info(field).kind == ValueKind::Choice)
      return value == stored_choice(field, leaf.text);
    if (leaf.type == Query::Type::Exact) return value == leaf.text;
    const std::string folded = fold_literal_text(value);
    WordReading read;
    if (leaf.type == Query::Type::Word) {
      read = words.read(leaf.text, false);
    } else {
      read.wanted.push_back(WordReader::exactly(leaf.text));
    }
    if (read.wanted.empty()) return inside(folded, fold_literal_text(leaf.text));
    return std::ranges::all_of(read.wanted, [&](const WantedWord& word) {
      std::vector<std::string> strings = word.strings;
      if (field == QueryField::Contractor) {
        for (const std::string& name : word.strings) {
          if (const std::string stem = fold_literal_text(company_stem(name)); !stem.empty())
            strings.push_back(stem);
        }
      }
      const auto holds = [&](const std::string& s) { return inside(folded, s); };
      if (std::ranges::any_of(strings, holds)) return true;
      return !word.parts.empty() && std::ranges::all_of(word.parts, [&](const auto& writings) {
        return std::ranges::any_of(writings, holds);
      });
    });
  }

  bool field_holds(const Query& value, QueryField field, const Record& record, const Thing& thing,
                   Table owner) const {
    switch (value.type) {
      case Query::Type::And:
        return std::ranges::all_of(value.children, [&](const Query& c) {
          return field_holds(c, field, record, thing, owner);
        });
      case Query::Type::Or:
        return std::ranges::any_of(value.children, [&](const Query& c) {
          return field_holds(c, field, record, thing, owner);
        });
      case Query::Type::Not:
        return !field_holds(value.children.front(), field, record, thing, owner);
      default:
        break;
    }
    if (field == QueryField::Published ||
        (field == QueryField::Year && value.type == Query::Type::Range))
      return value.type == Query::Type::Present
                 ? !record.published.empty()
                 : date_within(record.published, value.from, value.to);
    if (field == QueryField::Revision)
      return value.type == Query::Type::Present ||
             text_holds(value, record, thing, Table::Revisions, {});
    if (const auto found = thing.values.find(field); found != thing.values.end()) {
      if (std::ranges::any_of(found->second,
                              [&](const std::string& v) { return value_holds(value, field, v); }))
        return true;
    }
    const bool is_text = value.type == Query::Type::Word || value.type == Query::Type::Phrase;
    if (owner != Table::Contracts || !is_text) return false;
    Thing some;
    for (const Cell& cell : thing.cells) {
      const bool counts = field == QueryField::Contractor
                              ? cell.item == "委託先名"
                              : field == QueryField::Contract &&
                                    (cell.item == "委託事項" || cell.item == "委託内容");
      if (counts) some.cells.push_back(cell);
    }
    const Query any = word("");
    const Items within = {&any};  // an item that every cell has: facts do not count
    return !some.cells.empty() && text_holds(value, record, some, owner, within);
  }

  // --- trees -----------------------------------------------------------------------------------
  static bool asks_row(const Query& query) {
    if (query.type == Query::Type::InField) return field_info(query.field).in_contract;
    return std::ranges::any_of(query.children, asks_row);
  }
  static Items items_of(const std::vector<const Query*>& parts, Items items) {
    for (const Query* part : parts) {
      if (part->type == Query::Type::InField && part->field == QueryField::Item)
        items.push_back(&part->children.front());
    }
    return items;
  }
  static std::vector<const Query*> pointers(const Query& query) {
    std::vector<const Query*> out;
    for (const Query& child : query.children) out.push_back(&child);
    return out;
  }

  bool assessment_holds(const Query& query, const Record& record, const Items& items) const {
    switch (query.type) {
      case Query::Type::Everything:
        return true;
      case Query::Type::And: {
        const auto parts = pointers(query);
        return all_hold(parts, record, items_of(parts, items));
      }
      case Query::Type::Or:
        return std::ranges::any_of(
            query.children, [&](const Query& c) { return assessment_holds(c, record, items); });
      case Query::Type::Not:
        return !assessment_holds(query.children.front(), record, items);
      case Query::Type::InField:
        break;
      default:
        return text_holds(query, record, record.whole, Table::Assessments, items);
    }
    const Query& value = query.children.front();
    if (query.field == QueryField::Item) {
      return std::ranges::any_of(record.whole.cells,
                                 [&](const Cell& cell) { return item_asked(value, cell.item); });
    }
    const Table owner = owner_of(query.field);
    if (owner == Table::Assessments)
      return field_holds(value, query.field, record, record.whole, owner);
    const auto& rows = owner == Table::Contracts ? record.contracts : record.revisions;
    if (std::ranges::any_of(rows, [&](const Thing& row) {
          return field_holds(value, query.field, record, row, owner);
        }))
      return true;
    return query.field == QueryField::Staff && rows.empty() &&
           field_holds(value, query.field, record, record.whole, Table::Assessments);
  }

  // One AND for an assessment: the parts that ask for row fields hold in one row, or in none.
  bool all_hold(const std::vector<const Query*>& parts, const Record& record,
                const Items& items) const {
    std::vector<const Query*> row_parts;
    bool positive = false;
    for (const Query* part : parts) {
      if (!asks_row(*part)) {
        if (!assessment_holds(*part, record, items)) return false;
        continue;
      }
      row_parts.push_back(part);
      positive |= part->type != Query::Type::Not;
    }
    if (row_parts.size() < 2 || !positive) {
      return std::ranges::all_of(
          row_parts, [&](const Query* p) { return assessment_holds(*p, record, items); });
    }
    for (const Thing& row : record.contracts) {
      if (std::ranges::all_of(
              row_parts, [&](const Query* p) { return row_holds(*p, record, row, items, true); }))
        return true;
    }
    return std::ranges::all_of(row_parts,
                               [&](const Query* p) { return rowless_holds(*p, record, items); });
  }

  bool rowless_holds(const Query& query, const Record& record, const Items& items) const {
    if (!asks_row(query)) return assessment_holds(query, record, items);
    if (query.type == Query::Type::Not)
      return !assessment_holds(query.children.front(), record, items);
    const auto holds = [&](const Query& c) { return rowless_holds(c, record, items); };
    if (query.type == Query::Type::And) return std::ranges::all_of(query.children, holds);
    if (query.type == Query::Type::Or) return std::ranges::any_of(query.children, holds);
    return query.field == QueryField::Staff && record.contracts.empty() &&
           field_holds(query.children.front(), query.field, record, record.whole,
                       Table::Assessments);
  }

  // A contract row; `of_assessment`: free words are asked of the whole assessment.
  bool row_holds(const Query& query, const Record& record, const Thing& row, const Items& items,
                 bool of_assessment) const {
    switch (query.type) {
      case Query::Type::Everything:
        return true;
      case Query::Type::And: {
        const auto parts = pointers(query);
        const Items inner = items_of(parts, items);
        return std::ranges::all_of(parts, [&](const Query* p) {
          return row_holds(*p, record, row, inner, of_assessment);
        });
      }
      case Query::Type::Or:
        return std::ranges::any_of(query.children, [&](const Query& c) {
          return row_holds(c, record, row, items, of_assessment);
        });
      case Query::Type::Not:
        return !row_holds(query.children.front(), record, row, items, of_assessment);
      case Query::Type::InField:
        break;
      default:
        return of_assessment ? text_holds(query, record, record.whole, Table::Assessments, items)
                             : text_holds(query, record, row, Table::Contracts, items);
    }
    if (owner_of(query.field) == Table::Contracts)
      return field_holds(query.children.front(), query.field, record, row, Table::Contracts);
    if (query.field == QueryField::Item && !of_assessment) {
      return std::ranges::any_of(row.cells, [&](const Cell& cell) {
        return item_asked(query.children.front(), cell.item);
      });
    }
    return assessment_holds(query, record, items);
  }

  bool revision_holds(const Query& query, const Record& record, const Thing& row,
                      const Items& items) const {
    switch (query.type) {
      case Query::Type::Everything:
        return true;
      case Query::Type::And:
        return revision_all(pointers(query), record, row, items_of(pointers(query), items));
      case Query::Type::Or:
        return std::ranges::any_of(
            query.children, [&](const Query& c) { return revision_holds(c, record, row, items); });
      case Query::Type::Not:
        return !revision_holds(query.children.front(), record, row, items);
      case Query::Type::InField:
        break;
      default:
        return text_holds(query, record, row, Table::Revisions, items);
    }
    if (owner_of(query.field) == Table::Revisions)
      return field_holds(query.children.front(), query.field, record, row, Table::Revisions);
    if (query.field == QueryField::Item) {
      return std::ranges::any_of(row.cells, [&](const Cell& cell) {
        return item_asked(query.children.front(), cell.item);
      });
    }
    return assessment_holds(query, record, {});
  }
  bool revision_all(const std::vector<const Query*>& parts, const Record& record, const Thing& row,
                    const Items& items) const {
    std::vector<const Query*> row_parts;
    for (const Query* part : parts) {
      if (asks_row(*part)) {
        row_parts.push_back(part);
      } else if (!revision_holds(*part, record, row, items)) {
        return false;
      }
    }
    return row_parts.empty() || all_hold(row_parts, record, items);
  }

  bool is_latest(const Record& record) const {
    return std::ranges::none_of(records, [&](const Record& other) {
      return other.series == record.series && other.published > record.published;
    });
  }

  OracleHits search(const SearchRequest& request) const {
    const auto plan = make_plan(request);
    OracleHits out;
    for (const Record& record : records) {
      if (request.versions == Versions::Latest && !is_latest(record)) continue;
      if (request.view == View::Assessments) {
        if (assessment_holds(plan->root, record, {})) out.push_back(record.id);
        continue;
      }
      const auto& rows = request.view == View::Contracts ? record.contracts : record.revisions;
      for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool holds = request.view == View::Contracts
                               ? row_holds(plan->root, record, rows[i], {}, false)
                               : revision_holds(plan->root, record, rows[i], {});
        if (holds) out.push_back(record.id + "#" + std::to_string(i + 1));
      }
    }
    std::ranges::sort(out);
    return out;
  }
};

Oracle::Oracle(const Tokenizer& tokenizer, const std::vector<std::string>& records)
    : impl_(std::make_unique<Impl>(tokenizer)) {
  for (const std::string& record : records)
    impl_->records.push_back(impl_->read(Json::parse(record)));
}
Oracle::~Oracle() = default;

OracleHits Oracle::search(const SearchRequest& request) const { return impl_->search(request); }

std::map<std::string, std::uint32_t> Oracle::facet(const SearchRequest& request,
                                                   const std::string& name) const {
  const QueryField field = *field_named(name);
  std::set<std::string> values;
  for (const Record& record : impl_->records) {
    const auto add = [&](const Thing& thing) {
      if (const auto found = thing.values.find(field); found != thing.values.end())
        values.insert(found->second.begin(), found->second.end());
    };
    add(record.whole);
    std::ranges::for_each(record.contracts, add);
  }
  std::map<std::string, std::uint32_t> out;
  for (const std::string& value : values) {
    SearchRequest chosen = request;
    chosen.filters[name] = {value};
    if (const auto count = static_cast<std::uint32_t>(search(chosen).size())) out[value] = count;
  }
  return out;
}

}  // namespace pia
