#include "query/municipalities.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "dicts/municipalities.h"

namespace pia {
namespace {

constexpr std::size_t kMaxChanges = 200;

// yyyymmdd with 00 for what is not printed → ISO as precise as it is.
std::string iso_of(std::int32_t date) {
  if (date == 0) return {};
  std::string out = std::to_string(date / 10000);
  const auto two = [](int n) { return (n < 10 ? "-0" : "-") + std::to_string(n); };
  if (const int month = date / 100 % 100; month != 0) {
    out += two(month);
    if (const int day = date % 100; day != 0) out += two(day);
  }
  return out;
}

// Documents of one body and what is counted over them.
struct Group {
  MunicipalitySummary summary;
  std::set<ValueId> contractors;
  std::int32_t latest = 0;
};

class Columns {
 public:
  explicit Columns(const Snapshot& index)
      : municipality(index.column(Table::Assessments, Field::Municipality)),
        prefecture(index.column(Table::Assessments, Field::Prefecture)),
        code(index.column(Table::Assessments, Field::Code)),
        body(index.column(Table::Assessments, Field::Body)),
        incident(index.column(Table::Assessments, Field::Incident)),
        contractor(index.column(Table::Assessments, Field::Contractor)) {}

  const Column *municipality, *prefecture, *code, *body, *incident, *contractor;
};

void add_document(const Snapshot& index, const Columns& columns, DocId doc, Group& group) {
  ++group.summary.assessments;
  if (first_value(columns.incident, doc) == schema::kIncident) ++group.summary.incidents;
  if (columns.contractor != nullptr) {
    for (const ValueId id : columns.contractor->values_of(doc)) group.contractors.insert(id);
  }
  group.latest = std::max(group.latest, index.date(Table::Assessments, doc));
}

MunicipalitySummary finished(Group group) {
  group.summary.contractors = static_cast<std::uint32_t>(group.contractors.size());
  group.summary.latest = iso_of(group.latest);
  return std::move(group.summary);
}

// A body's key: its code, else its names.
Group& group_of(const Columns& columns, DocId doc, std::map<std::string, Group>& groups) {
  const std::string code = first_value(columns.code, doc);
  const std::string municipality = first_value(columns.municipality, doc);
  const std::string prefecture = first_value(columns.prefecture, doc);
  const std::string body = first_value(columns.body, doc);
  const std::string key =
      !code.empty() ? code : "~" + (municipality.empty() ? body : municipality + prefecture);
  auto [at, fresh] = groups.try_emplace(key);
  if (fresh) {
    at->second.summary.code = code;
    at->second.summary.name = !municipality.empty() ? municipality : body;
    at->second.summary.prefecture = prefecture;
  }
  return at->second;
}

DocSet docs_of_body(const Snapshot& index, std::string_view asked) {
  DocSet docs = docs_with_text(index, Table::Assessments, Field::Code, asked);
  if (docs.empty()) docs = docs_with_text(index, Table::Assessments, Field::Municipality, asked);
  if (docs.empty()) docs = docs_with_text(index, Table::Assessments, Field::Body, asked);
  return docs & index.scope(Table::Assessments, Versions::All);
}

Result<Done> add_changes(const Snapshot& index, const DocSet& docs, MunicipalityPage& page) {
  std::vector<std::pair<std::int32_t, DocId>> rows;
  std::map<std::string, std::uint32_t> years;
  for (const DocId doc : docs.to_vector()) {
    const auto [begin, end] = index.rows_of(Table::Revisions, doc);
    for (DocId row = begin; row < end; ++row) {
      const auto date = index.date(Table::Revisions, row);
      rows.emplace_back(date, row);
      if (date != 0) ++years[std::to_string(date / 10000)];
    }
  }
  for (const auto& [year, count] : years) page.changes_by_year.push_back({year, count});
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  if (rows.size() > kMaxChanges) rows.resize(kMaxChanges);
  for (const auto& [date, row] : rows) {
    const auto card = card_json(index, Table::Revisions, row);
    if (!card) return card.error();
    const auto ref = assessment_ref(index, index.assessment_of(Table::Revisions, row));
    if (!ref) return ref.error();
    MunicipalityChange change{*ref,
                              text_of(*card, "date"),
                              text_of(*card, "item"),
                              text_of(*card, "before"),
                              text_of(*card, "after"),
                              index.row_number(Table::Revisions, row),
                              {}};
    if (const auto where = card->find("where"); where != card->end() && !where->is_null()) {
      change.where_json = where->dump();
    }
    page.changes.push_back(std::move(change));
  }
  return Done{};
}

// The six villages of the northern territories have codes and no office: 01695 ... 01700.
bool on_paper_only(std::string_view code) {
  const std::string_view five = code.substr(0, 5);
  return five >= "01695" && five <= "01700";
}

void add_municipality(const Municipality& place, std::map<std::string, Group>& groups,
                      PrefectureSummary& prefecture) {
  ++prefecture.municipalities;
  const auto group = groups.find(std::string(place.code));
  if (group == groups.end()) {
    prefecture.without.emplace_back(place.name);
    return;
  }
  ++prefecture.bodies;
  prefecture.assessments += group->second.summary.assessments;
  prefecture.with.push_back(finished(std::move(group->second)));
  groups.erase(group);
}

}  // namespace

Result<MunicipalityList> list_municipalities(const Snapshot& index) {
  const Columns columns(index);
  std::map<std::string, Group> groups;
  index.scope(Table::Assessments, Versions::Latest).for_each([&](DocId doc) {
    add_document(index, columns, doc, group_of(columns, doc, groups));
  });

  MunicipalityList out;
  for (const auto& place : all_municipalities()) {  // in order of code: a prefecture comes first
    switch (place.kind) {
      case PlaceKind::Prefecture: {
        PrefectureSummary summary;
        summary.code = place.code.substr(0, 2);
        summary.name = place.name;
        out.prefectures.push_back(std::move(summary));
        break;
      }
      case PlaceKind::Municipality:
        if (!on_paper_only(place.code)) add_municipality(place, groups, out.prefectures.back());
        break;
      case PlaceKind::Ward:  // of a designated city: no body of its own
        break;
    }
  }
  for (auto& [key, group] : groups) out.others.push_back(finished(std::move(group)));
  return out;
}

Result<MunicipalityPage> municipality_page(const Snapshot& index, std::string_view code_or_name) {
  const DocSet all = docs_of_body(index, code_or_name);
  if (all.empty()) {
    return Error{ErrorCode::NotFound,
                 "no assessment of a body with the code or name " + std::string(code_or_name)};
  }
  const DocSet docs = all & index.scope(Table::Assessments, Versions::Latest);
  const Columns columns(index);
  MunicipalityPage page;
  std::map<std::string, Group> groups;
  Group* group = nullptr;
  docs.for_each([&](DocId doc) {
    if (group == nullptr) group = &group_of(columns, doc, groups);
    add_document(index, columns, doc, *group);
  });
  if (group != nullptr) page.summary = finished(std::move(*group));

  for (const DocId doc : all.to_vector()) {
    auto ref = assessment_ref(index, doc);
    if (!ref) return ref.error();
    (docs.has(doc) ? page.assessments : page.older).push_back(std::move(*ref));
  }
  const auto by_title = [](const AssessmentRef& a, const AssessmentRef& b) {
    return a.title != b.title ? a.title < b.title : a.published_on > b.published_on;
  };
  std::sort(page.assessments.begin(), page.assessments.end(), by_title);
  std::sort(page.older.begin(), page.older.end(), by_title);
  page.contractors = ranked(columns.contractor, docs);
  page.former_contractors = ranked(index.column(Table::Assessments, Field::FormerContractor), docs);
  page.systems = ranked(index.column(Table::Assessments, Field::System), docs);
  page.categories = ranked(index.column(Table::Assessments, Field::Category), docs);
  auto incidents = incidents_of(index, docs);
  if (!incidents) return incidents.error();
  page.incidents = std::move(*incidents);
  if (const auto done = add_changes(index, docs, page); !done) return done.error();
  return page;
}

}  // namespace pia
