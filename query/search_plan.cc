#include "query/search_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "query/fields.h"

namespace pia {
namespace {

Query exact(QueryField field, std::string value) {
  Query leaf;
  leaf.type = Query::Type::Exact;
  leaf.text = std::move(value);
  return in_field(field, std::move(leaf));
}

// A value as facets show it; a choice may also come in another of its writings (incident=yes).
Result<Query> filter_value(QueryField field, const std::string& value) {
  if (field_info(field).kind == ValueKind::Choice) {
    const auto choice = choice_named(field, value);
    return exact(field, std::string(choice.value_or(value)));
  }
  return exact(field, value);
}

struct NamedFilter {
  std::string name;
  Query query;
};

// or within one name, and between names; each '-' value excludes.
Status add_filter(const std::string& name, const std::vector<std::string>& values,
                  std::vector<NamedFilter>& out) {
  const auto field = field_named(name);
  if (!field || *field == QueryField::Item || *field == QueryField::Revision) {
    return Error{ErrorCode::Usage, fmt::format("「{}」という絞り込みはありません", name), "", 0, 0};
  }
  const std::string canonical(field_info(*field).english);
  std::vector<Query> any;
  for (const std::string& written : values) {
    const bool excluded = written.starts_with('-');
    const std::string value = excluded ? written.substr(1) : written;
    if (value.empty()) continue;
    if (*field == QueryField::Published) {
      const auto ends = parse_date_range(value);
      if (!ends) return ends.error();
      Query dates = range(*field, ends->from, ends->to);
      if (excluded) {
        out.push_back({canonical, none_of(std::move(dates))});
      } else {
        any.push_back(std::move(dates));
      }
      continue;
    }
    auto query = filter_value(*field, value);
    if (!query) return query.error();
    if (excluded) {
      out.push_back({canonical, none_of(std::move(*query))});
    } else {
      any.push_back(std::move(*query));
    }
  }
  if (!any.empty()) out.push_back({canonical, any_of(std::move(any))});
  return Done{};
}

Status add_dates(const SearchRequest& request, std::vector<NamedFilter>& out) {
  if (request.from.empty() && request.to.empty()) return Done{};
  DateEnds ends;
  if (!request.from.empty()) {
    const auto from = parse_date_range(request.from);
    if (!from) return from.error();
    ends.from = from->from;
  }
  if (!request.to.empty()) {
    const auto to = parse_date_range(request.to);
    if (!to) return to.error();
    ends.to = to->to;
  }
  if (!ends.from.empty() || !ends.to.empty())
    out.push_back({"published", range(QueryField::Published, ends.from, ends.to)});
  return Done{};
}

void collect_leaves(const Query& query, std::vector<const Query*>& out) {
  switch (query.type) {
    case Query::Type::Word:
    case Query::Type::Phrase:
    case Query::Type::Prefix:
      out.push_back(&query);
      return;
    case Query::Type::And:
    case Query::Type::Or:
      for (const Query& child : query.children) collect_leaves(child, out);
      return;
    case Query::Type::Everything:
    case Query::Type::Not:
    case Query::Type::InField:
    case Query::Type::Exact:
    case Query::Type::Range:
    case Query::Type::Present:
      return;
  }
}

}  // namespace

std::vector<const Query*> SearchPlan::parts_without(std::string_view facet) const {
  std::vector<const Query*> parts;
  for (std::size_t i = 0; i < root.children.size(); ++i) {
    if (i >= text_parts && !facet.empty() && filter_names[i - text_parts] == facet) continue;
    parts.push_back(&root.children[i]);
  }
  return parts;
}

Result<SearchPlan> make_plan(const SearchRequest& request) {
  SearchPlan plan;
  auto parsed = parse_query(request.text);
  if (!parsed) return parsed.error();
  plan.parsed = std::move(*parsed);
  std::vector<NamedFilter> filters;
  for (const auto& [name, values] : request.filters) {
    if (auto added = add_filter(name, values, filters); !added) return added.error();
  }
  if (auto added = add_dates(request, filters); !added) return added.error();

  plan.root.type = Query::Type::And;
  const Query& tree = plan.parsed.tree;
  if (tree.type == Query::Type::And) {
    plan.root.children = tree.children;
  } else if (tree.type != Query::Type::Everything) {
    plan.root.children.push_back(tree);
  }
  plan.text_parts = plan.root.children.size();
  for (NamedFilter& filter : filters) {
    plan.root.children.push_back(std::move(filter.query));
    plan.filter_names.push_back(std::move(filter.name));
  }
  return plan;
}

std::vector<const Query*> free_leaves(const Query& query) {
  std::vector<const Query*> leaves;
  collect_leaves(query, leaves);
  return leaves;
}

}  // namespace pia
