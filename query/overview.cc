#include "query/overview.h"

#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace pia {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxWarnings = 200;
constexpr std::size_t kTopContractors = 20;

// Warnings that differ in numbers and quoted values only are one kind: "Ⅱ-4 委託事項2" and
// "Ⅱ-4 委託事項3" are both "Ⅱ-4 委託事項#".
std::string kind_of_warning(std::string_view text) {
  std::string out;
  bool digits = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c >= '0' && c <= '9') {
      if (!digits) out.push_back('#');
      digits = true;
      continue;
    }
    digits = false;
    out.push_back(c);
  }
  // What is quoted is an example of the kind.
  constexpr std::string_view kOpen = "「";
  constexpr std::string_view kClose = "」";
  for (std::size_t begin = out.find(kOpen); begin != std::string::npos;
       begin = out.find(kOpen, begin)) {
    const std::size_t end = out.find(kClose, begin);
    if (end == std::string::npos) break;
    out.replace(begin, end + kClose.size() - begin, "…");
  }
  return out;
}

std::uint32_t count(std::size_t n) { return static_cast<std::uint32_t>(n); }

void add_report(const Snapshot& index, const json& report, Overview& out) {
  if (const auto rejected = report.find("rejected"); rejected != report.end()) {
    for (const auto& source : *rejected) {
      out.rejected.push_back({text_of(source, "path"), text_of(source, "reason")});
    }
  }
  std::map<std::string, std::uint32_t> kinds;
  const auto warnings = report.find("warnings");
  if (warnings == report.end()) return;
  for (const auto& entry : *warnings) {
    const auto doc = index.find(text_of(entry, "id"));
    const auto list = entry.find("warnings");
    if (list == entry.end()) continue;
    for (const auto& warning : *list) {
      if (!warning.is_string()) continue;
      const auto text = warning.get<std::string>();
      ++kinds[kind_of_warning(text)];
      if (!doc || out.warning_list.size() >= kMaxWarnings) continue;
      const auto ref = assessment_ref(index, *doc);
      if (ref) out.warning_list.push_back({*ref, text});
    }
  }
  out.warnings = ranked(kinds);
}

Result<Done> add_formats(const Snapshot& index, const DocSet& docs, Overview& out) {
  std::map<std::string, std::uint32_t> formats;
  for (const DocId doc : docs.to_vector()) {
    const auto sources = index.sources(doc);
    if (!sources) return sources.error();
    const json list = json::parse(*sources, nullptr, false);
    if (list.is_array() && !list.empty()) ++formats[text_of(list.front(), "format")];
  }
  formats.erase(std::string());
  out.formats = ranked(formats);
  return Done{};
}

}  // namespace

Result<Overview> overview(const Snapshot& index) {
  Overview out;
  const DocSet& latest = index.scope(Table::Assessments, Versions::Latest);
  const auto column = [&](Field field) { return index.column(Table::Assessments, field); };
  out.assessments = count(latest.count());
  out.versions = count(index.scope(Table::Assessments, Versions::All).count());
  out.contracts = count(index.scope(Table::Contracts, Versions::Latest).count());
  out.revisions = count(index.scope(Table::Revisions, Versions::Latest).count());
  latest.for_each(
      [&](DocId doc) { out.passages += index.literal(Table::Assessments).unit_count(doc); });
  out.can_name_contractor =
      count((latest - docs_with_text(index, Table::Assessments, Field::Kind, "基礎項目")).count());
  out.kinds = ranked(column(Field::Kind), latest);
  out.prefectures = ranked(column(Field::Prefecture), latest);
  out.years = ranked(column(Field::Year), latest);
  out.categories = ranked(column(Field::Category), latest);
  out.forms = ranked(column(Field::Form), latest);
  out.contractors = ranked(index.column(Table::Contracts, Field::Contractor),
                           index.scope(Table::Contracts, Versions::Latest), kTopContractors);
  auto bodies = list_municipalities(index);
  if (!bodies) return bodies.error();
  out.coverage = std::move(bodies->prefectures);
  out.others = std::move(bodies->others);
  out.bodies = count(out.others.size());
  for (const auto& prefecture : out.coverage) out.bodies += prefecture.bodies;
  if (const auto done = add_formats(index, latest, out); !done) return done.error();

  const auto report = index.report();
  if (!report) return report.error();
  const json parsed = json::parse(*report, nullptr, false);
  if (parsed.is_object()) add_report(index, parsed, out);
  out.generation = index.generation();
  out.schema = schema::kVersion;
  return out;
}

}  // namespace pia
