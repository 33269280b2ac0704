#include "query/query.h"

#include <cassert>
#include <utility>

namespace pia {

bool operator==(const Query& a, const Query& b) {
  return a.type == b.type && a.field == b.field && a.text == b.text && a.from == b.from &&
         a.to == b.to && a.children == b.children;
}

namespace {

Query leaf(Query::Type type, std::string text) {
  Query query;
  query.type = type;
  query.text = std::move(text);
  return query;
}

Query parent(Query::Type type, std::vector<Query> children) {
  Query query;
  query.type = type;
  query.children = std::move(children);
  return query;
}

}  // namespace

Query word(std::string text) { return leaf(Query::Type::Word, std::move(text)); }
Query phrase(std::string text) { return leaf(Query::Type::Phrase, std::move(text)); }
Query prefix(std::string text) { return leaf(Query::Type::Prefix, std::move(text)); }

Query all_of(std::vector<Query> children) {
  if (children.empty()) return {};
  if (children.size() == 1) return std::move(children.front());
  return parent(Query::Type::And, std::move(children));
}

Query any_of(std::vector<Query> children) {
  assert(!children.empty());
  if (children.size() == 1) return std::move(children.front());
  return parent(Query::Type::Or, std::move(children));
}

Query none_of(Query child) {
  std::vector<Query> children;
  children.push_back(std::move(child));
  return parent(Query::Type::Not, std::move(children));
}

Query in_field(QueryField field, Query child) {
  std::vector<Query> children;
  children.push_back(std::move(child));
  Query query = parent(Query::Type::InField, std::move(children));
  query.field = field;
  return query;
}

Query range(QueryField field, std::string from, std::string to) {
  Query query;
  query.type = Query::Type::Range;
  query.from = std::move(from);
  query.to = std::move(to);
  return in_field(field, std::move(query));
}

namespace {

// A phrase that holds '"' was written with corner brackets, and is printed so.
std::string quoted(const std::string& text) {
  return text.find('"') == std::string::npos ? '"' + text + '"' : "「" + text + "」";
}

std::string range_text(const Query& query) {
  if (query.from == query.to) return query.from;
  return query.from + ".." + query.to;
}

bool is_group(const Query& query) {
  return query.type == Query::Type::And || query.type == Query::Type::Or;
}

std::string in_parentheses(const Query& query) {
  return is_group(query) ? '(' + describe(query) + ')' : describe(query);
}

// AND binds tighter than OR, so only an OR below an AND and a group below its own kind need them.
std::string joined(const Query& query, const char* between) {
  std::string out;
  for (const Query& child : query.children) {
    if (!out.empty()) out += between;
    const bool bare = query.type == Query::Type::Or && child.type == Query::Type::And;
    out += bare ? describe(child) : in_parentheses(child);
  }
  return out;
}

// A NOT directly below a field needs its parentheses, else it would be read as a NOT of the field.
std::string field_text(const Query& query) {
  const Query& value = query.children.front();
  const std::string name = std::string(field_info(query.field).japanese) + ':';
  if (value.type == Query::Type::Not) return name + '(' + describe(value) + ')';
  return name + in_parentheses(value);
}

}  // namespace

std::string describe(const Query& query) {
  switch (query.type) {
    case Query::Type::Everything:
      return "";
    case Query::Type::Word:
      return query.text;
    case Query::Type::Phrase:
    case Query::Type::Exact:
      return quoted(query.text);
    case Query::Type::Prefix:
      return query.text + '*';
    case Query::Type::And:
      return joined(query, " ");
    case Query::Type::Or:
      return joined(query, " OR ");
    case Query::Type::Not:
      return '-' + in_parentheses(query.children.front());
    case Query::Type::InField:
      return field_text(query);
    case Query::Type::Range:
      return range_text(query);
    case Query::Type::Present:
      return "*";
  }
  return "";
}

std::vector<const Query*> find_field(const Query& query, QueryField field) {
  std::vector<const Query*> found;
  if (query.type == Query::Type::InField && query.field == field) found.push_back(&query);
  for (const Query& child : query.children) {
    const auto below = find_field(child, field);
    found.insert(found.end(), below.begin(), below.end());
  }
  return found;
}

}  // namespace pia
