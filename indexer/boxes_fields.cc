// One table a struct: a new plain field is a new row.

#include "indexer/boxes_fields.h"

#include <unordered_map>

namespace pia::boxes {
namespace {

template <typename Object>
using Fields = std::unordered_map<std::string_view, Text* (*)(Object&)>;

#define FIELD(object, pointer, member)                    \
  {                                                       \
    pointer, [](object& o) -> Text* { return &o.member; } \
  }

const Fields<Assessment>& assessment_fields() {
  static const Fields<Assessment> kFields{
      FIELD(Assessment, "/number", number),
      FIELD(Assessment, "/title", title),
      FIELD(Assessment, "/remarks", remarks),
      FIELD(Assessment, "/body/printed", body.printed),
      FIELD(Assessment, "/process/name", process.name),
      FIELD(Assessment, "/process/summary", process.summary),
      FIELD(Assessment, "/process/people", process.people),
      FIELD(Assessment, "/process/people_as_of", process.people_as_of),
      FIELD(Assessment, "/network/used", network.used),
      FIELD(Assessment, "/network/legal_basis", network.legal_basis),
      FIELD(Assessment, "/department/name", department.name),
      FIELD(Assessment, "/department/head", department.head),
      FIELD(Assessment, "/disclosure_request/to", disclosure_request.to),
      FIELD(Assessment, "/disclosure_request/how", disclosure_request.how),
      FIELD(Assessment, "/disclosure_request/fee", disclosure_request.fee),
      FIELD(Assessment, "/contact/to", contact.to),
      FIELD(Assessment, "/contact/how", contact.how),
      FIELD(Assessment, "/procedure/threshold/date", procedure.threshold_date),
      FIELD(Assessment, "/procedure/threshold/result", procedure.threshold_result),
      FIELD(Assessment, "/procedure/public_comment/how", procedure.comment_how),
      FIELD(Assessment, "/procedure/public_comment/period", procedure.comment_period),
      FIELD(Assessment, "/procedure/third_party/date", procedure.review_date),
      FIELD(Assessment, "/procedure/third_party/how", procedure.review_how),
      FIELD(Assessment, "/procedure/third_party/result", procedure.review_result),
      FIELD(Assessment, "/audit/self_check", audit.self_check),
      FIELD(Assessment, "/audit/judgement", audit.judgement),
      FIELD(Assessment, "/training", training)};
  return kFields;
}

const Fields<InfoFile>& file_fields() {  // below /files/*
  static const Fields<InfoFile> kFields{FIELD(InfoFile, "/kind", kind),
                                        FIELD(InfoFile, "/people", people),
                                        FIELD(InfoFile, "/scope", scope),
                                        FIELD(InfoFile, "/items_range", items_range),
                                        FIELD(InfoFile, "/held_since", held_since),
                                        FIELD(InfoFile, "/department", department),
                                        FIELD(InfoFile, "/used_by", used_by),
                                        FIELD(InfoFile, "/users", users),
                                        FIELD(InfoFile, "/used_since", used_since),
                                        FIELD(InfoFile, "/storage", storage),
                                        FIELD(InfoFile, "/retention", retention),
                                        FIELD(InfoFile, "/erasure", erasure)};
  return kFields;
}

const Fields<Contract>& contract_fields() {  // below /files/*/contracts/rows/*
  static const Fields<Contract> kFields{
      FIELD(Contract, "/title", title),
      FIELD(Contract, "/description", description),
      FIELD(Contract, "/staff", staff),
      FIELD(Contract, "/extent", extent),
      FIELD(Contract, "/people", people),
      FIELD(Contract, "/people_scope", people_scope),
      FIELD(Contract, "/disclosure", disclosure),
      FIELD(Contract, "/subcontract/approval", subcontract.approval),
      FIELD(Contract, "/subcontract/scope", subcontract.scope)};
  return kFields;
}

const Fields<Provision>& provision_fields() {  // below /files/*/provisions/rows/*
  static const Fields<Provision> kFields{
      FIELD(Provision, "/name", name),       FIELD(Provision, "/legal_basis", legal_basis),
      FIELD(Provision, "/purpose", purpose), FIELD(Provision, "/data", data),
      FIELD(Provision, "/people", people),   FIELD(Provision, "/people_scope", people_scope),
      FIELD(Provision, "/timing", timing)};
  return kFields;
}
#undef FIELD

template <typename Object>
Text* find(const Fields<Object>& fields, Object& object, std::string_view pointer) {
  const auto at = fields.find(pointer);
  return at == fields.end() ? nullptr : at->second(object);
}

}  // namespace

Text* field_of(Assessment& object, std::string_view pointer) {
  return find(assessment_fields(), object, pointer);
}
Text* field_of(InfoFile& object, std::string_view pointer) {
  return find(file_fields(), object, pointer);
}
Text* field_of(Contract& object, std::string_view pointer) {
  return find(contract_fields(), object, pointer);
}
Text* field_of(Provision& object, std::string_view pointer) {
  return find(provision_fields(), object, pointer);
}

}  // namespace pia::boxes
