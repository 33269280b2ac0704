// Field for field the JSON of the interface document, in its order. Empty optionals are null.

#include "indexer/assessment.h"

#include <nlohmann/json.hpp>

namespace pia {
namespace {

using Json = nlohmann::ordered_json;

template <typename T>
Json opt(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

template <typename T, typename F>
Json list(const std::vector<T>& values, F&& convert) {
  Json array = Json::array();
  for (const T& value : values) array.push_back(convert(value));
  return array;
}

Json texts(const Texts& values) {
  return list(values, [](const std::string& text) { return Json(text); });
}

// The number of a row; null if its heading is on a missing page.
Json number(int no) { return no > 0 ? Json(no) : Json(nullptr); }

Json source_json(const SourceFile& s) {
  return {{"path", s.path}, {"format", s.format}, {"sha256", s.sha256}, {"url", opt(s.url)}};
}

Json system_json(const System& s) {
  return {{"no", number(s.no)},
          {"name", opt(s.name)},
          {"functions", opt(s.functions)},
          {"connections", texts(s.connections)}};
}

Json contractor_json(const Contractor& c) {
  return {{"printed", c.printed}, {"name", c.name}, {"branch", opt(c.branch)}};
}

Json contract_json(const Contract& c) {
  return {{"no", number(c.no)},
          {"title", opt(c.title)},
          {"description", opt(c.description)},
          {"staff", opt(c.staff)},
          {"contractors", list(c.contractors, contractor_json)},
          {"subcontract",
           {{"used", opt(c.subcontract.used)},
            {"approval", opt(c.subcontract.approval)},
            {"scope", opt(c.subcontract.scope)}}},
          {"extent", opt(c.extent)},
          {"people", opt(c.people)},
          {"people_scope", opt(c.people_scope)},
          {"disclosure", opt(c.disclosure)},
          {"means", texts(c.means)},
          {"where", to_json(c.where)}};
}

Json provision_json(const Provision& p) {
  return {{"no", number(p.no)},
          {"name", opt(p.name)},
          {"legal_basis", opt(p.legal_basis)},
          {"purpose", opt(p.purpose)},
          {"data", opt(p.data)},
          {"people", opt(p.people)},
          {"people_scope", opt(p.people_scope)},
          {"means", texts(p.means)},
          {"timing", opt(p.timing)},
          {"where", to_json(p.where)}};
}

Json provisions_json(const Provisions& p) {
  return {{"count", opt(p.count)}, {"rows", list(p.rows, provision_json)}};
}

Json file_json(const InfoFile& f) {
  return {{"name", opt(f.name)},
          {"kind", opt(f.kind)},
          {"people", opt(f.people)},
          {"scope", opt(f.scope)},
          {"items_range", opt(f.items_range)},
          {"items", texts(f.items)},
          {"held_since", opt(f.held_since)},
          {"department", opt(f.department)},
          {"sources", texts(f.sources)},
          {"means", texts(f.means)},
          {"used_by", opt(f.used_by)},
          {"users", opt(f.users)},
          {"used_since", opt(f.used_since)},
          {"contracts",
           {{"used", opt(f.contracts.used)},
            {"count", opt(f.contracts.count)},
            {"rows", list(f.contracts.rows, contract_json)}}},
          {"provisions", provisions_json(f.provisions)},
          {"transfers", provisions_json(f.transfers)},
          {"no_provision_or_transfer", opt(f.no_provision_or_transfer)},
          {"storage", opt(f.storage)},
          {"retention", opt(f.retention)},
          {"erasure", opt(f.erasure)}};
}

Json risk_json(const Risk& r) {
  return {
      {"file", opt(r.file)},           {"section", r.section},        {"item", r.item},
      {"judgement", opt(r.judgement)}, {"measures", opt(r.measures)}, {"where", to_json(r.where)}};
}

Json case_json(const IncidentCase& c) {
  return {{"title", opt(c.title)},
          {"occurred_on", opt(c.occurred_on)},
          {"summary", opt(c.summary)},
          {"cause", opt(c.cause)},
          {"impact", opt(c.impact)},
          {"response", list(c.response,
                            [](const IncidentResponse& r) {
                              return Json{{"date", opt(r.date)}, {"what", opt(r.what)}};
                            })},
          {"prevention", opt(c.prevention)}};
}

Json incidents_json(const Incidents& i) {
  return {{"occurred", opt(i.occurred)},
          {"question", {{"years", opt(i.question_years)}, {"scope", opt(i.question_scope)}}},
          {"rows", list(i.rows,
                        [](const IncidentRow& r) {
                          return Json{{"file", opt(r.file)},
                                      {"occurred", opt(r.occurred)},
                                      {"summary", opt(r.summary)},
                                      {"prevention", opt(r.prevention)},
                                      {"where", to_json(r.where)}};
                        })},
          {"attachments", list(i.attachments, [](const IncidentAttachment& a) {
             return Json{{"title", opt(a.title)},
                         {"cases", list(a.cases, case_json)},
                         {"where", to_json(a.where)}};
           })}};
}

Json procedure_json(const Procedure& p) {
  return {{"threshold", {{"date", opt(p.threshold_date)}, {"result", opt(p.threshold_result)}}},
          {"public_comment", {{"how", opt(p.comment_how)}, {"period", opt(p.comment_period)}}},
          {"third_party",
           {{"date", opt(p.review_date)},
            {"how", opt(p.review_how)},
            {"result", opt(p.review_result)}}}};
}

Json revision_json(const Revision& r) {
  return {{"date", opt(r.date)},      {"item", opt(r.item)},     {"before", opt(r.before)},
          {"after", opt(r.after)},    {"timing", opt(r.timing)}, {"note", opt(r.note)},
          {"where", to_json(r.where)}};
}

Json header_json(const Assessment& a) {
  Json form = {{"edition", opt(a.edition)}, {"name", opt(a.form_name)}};
  return {{"schema", 1},
          {"id", a.id},
          {"series", a.series},
          {"sources", list(a.sources, source_json)},
          {"kind", opt(a.kind)},
          {"form", std::move(form)},
          {"number", opt(a.number)},
          {"title", opt(a.title)},
          {"remarks", opt(a.remarks)},
          {"published_on", opt(a.published_on)},
          {"body",
           {{"printed", opt(a.body.printed)},
            {"municipality", opt(a.body.municipality)},
            {"prefecture", opt(a.body.prefecture)},
            {"code", opt(a.body.code)}}},
          {"process",
           {{"name", opt(a.process.name)},
            {"summary", opt(a.process.summary)},
            {"people", opt(a.process.people)},
            {"people_as_of", opt(a.process.people_as_of)},
            {"legal_basis", texts(a.process.legal_basis)},
            {"category", opt(a.process.category)}}}};
}

void add_overview(const Assessment& a, Json& json) {
  json["staff"] = a.staff ? Json{{"count", opt(a.staff->count)}, {"as_of", opt(a.staff->as_of)}}
                          : Json(nullptr);
  json["network"] = {{"used", opt(a.network.used)}, {"legal_basis", opt(a.network.legal_basis)}};
  json["department"] = {{"name", opt(a.department.name)}, {"head", opt(a.department.head)}};
  json["systems"] = list(a.systems, system_json);
  json["contracts_out"] = opt(a.contracts_out);
  json["files"] = list(a.files, file_json);
}

void add_measures(const Assessment& a, Json& json) {
  json["risks"] = list(a.risks, risk_json);
  json["manual_work"] = a.manual_work ? Json{{"none", opt(a.manual_work->none)},
                                             {"judgement", opt(a.manual_work->judgement)},
                                             {"basis", opt(a.manual_work->basis)}}
                                      : Json(nullptr);
  json["top_measure"] = a.top_measure ? Json{{"choice", opt(a.top_measure->choice)},
                                             {"judgement", opt(a.top_measure->judgement)},
                                             {"basis", opt(a.top_measure->basis)}}
                                      : Json(nullptr);
  json["incidents"] = incidents_json(a.incidents);
  json["audit"] = {{"done", texts(a.audit.done)},
                   {"self_check", opt(a.audit.self_check)},
                   {"judgement", opt(a.audit.judgement)}};
  json["training"] = opt(a.training);
}

void add_procedure(const Assessment& a, Json& json) {
  json["disclosure_request"] = {{"to", opt(a.disclosure_request.to)},
                                {"how", opt(a.disclosure_request.how)},
                                {"fee", opt(a.disclosure_request.fee)}};
  json["contact"] = {{"to", opt(a.contact.to)}, {"how", opt(a.contact.how)}};
  json["procedure"] = procedure_json(a.procedure);
}

void add_document(const Assessment& a, Json& json) {
  json["revisions"] = list(a.revisions, revision_json);
  json["organisations"] = list(a.organisations, [](const Organisation& o) {
    return Json{
        {"name", o.name}, {"printed", o.printed}, {"role", o.role}, {"where", to_json(o.where)}};
  });
  json["passages"] = list(a.passages, [](const Passage& p) {
    return Json{{"item", p.item}, {"text", p.text}, {"where", to_json(p.where)}};
  });
  Json places = Json::object();
  for (const auto& [pointer, place] : a.places) places[pointer] = to_json(place);
  json["places"] = std::move(places);
  json["warnings"] = texts(a.warnings);
}

}  // namespace

nlohmann::ordered_json to_json(const Place& place) {
  if (place.page > 0) {
    Json json = {{"page", place.page}};
    if (place.ocr) json["ocr"] = true;
    return json;
  }
  if (!place.sheet.empty()) return {{"sheet", place.sheet}, {"cell", place.cell}};
  if (place.first_line == 0) return nullptr;
  Json json;
  json["lines"] = Json::array({place.first_line, place.last_line});
  for (const auto& [first, last] : place.more) {
    json["more"].push_back(Json::array({first, last}));
  }
  return json;
}

nlohmann::ordered_json to_json(const Assessment& assessment, bool with_reasons) {
  Json json = header_json(assessment);
  add_overview(assessment, json);
  add_measures(assessment, json);
  add_procedure(assessment, json);
  add_document(assessment, json);
  if (with_reasons) {
    Json reasons = Json::object();
    for (const auto& [pointer, reason] : assessment.reasons) reasons[pointer] = reason;
    json["reasons"] = std::move(reasons);
  }
  return json;
}

void extend(Place& place, const Place& by) {
  if (place.empty()) {
    place = by;
    return;
  }
  if (by.empty() || place.first_line == 0 || by.first_line == 0) return;
  const auto touch = [](int first, int last, int first_too, int last_too) {
    return first_too <= last + 1 && first <= last_too + 1;
  };
  const auto add = [&](int first, int last) {
    if (touch(place.first_line, place.last_line, first, last)) {
      place.first_line = std::min(place.first_line, first);
      place.last_line = std::max(place.last_line, last);
      return;
    }
    for (auto& [from, to] : place.more) {
      if (!touch(from, to, first, last)) continue;
      from = std::min(from, first);
      to = std::max(to, last);
      return;
    }
    place.more.emplace_back(first, last);
  };
  add(by.first_line, by.last_line);
  for (const auto& [first, last] : by.more) add(first, last);
}

Place join(const Place& a, const Place& b) {
  Place joined = a;
  extend(joined, b);
  return joined;
}

}  // namespace pia
