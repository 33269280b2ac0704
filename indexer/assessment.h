// What one document becomes: the assessment of the interface document, field for field, and its
// JSON. Texts are as printed with the layout's line breaks joined; a value that the source leaves
// blank or that cannot be decided is empty (nullopt or an empty list), never a guess.
// Places: rows carry their own; every other value has an entry in `places`, keyed by its
// JSON Pointer ("/published_on", "/files/0/contracts/count").

#ifndef PIA_INDEXER_ASSESSMENT_H_
#define PIA_INDEXER_ASSESSMENT_H_

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "dicts/result.h"
#include "indexer/source.h"

namespace pia {

using Text = std::optional<std::string>;
using Count = std::optional<int>;
using Flag = std::optional<bool>;
using Texts = std::vector<std::string>;

struct SourceFile {
  std::string path, format, sha256;  // format: text | html | pdf | xlsx
  Text url;
};

struct Body {  // 評価実施機関
  Text printed, municipality, prefecture, code;
};

struct Process {  // 事務
  Text name, summary, people, people_as_of;
  Texts legal_basis;
  Text category;
};

struct Staff {  // 様式2 Ⅱ-2 取扱者数
  Text count, as_of;
};

struct Network {  // 情報提供ネットワークシステムによる情報連携
  Text used, legal_basis;
};

struct Department {
  Text name, head;
};

struct System {
  int no = 0;
  Text name, functions;
  Texts connections;
};

struct Contractor {
  std::string printed, name;
  Text branch;
};

struct Subcontract {
  Flag used;
  Text approval, scope;
};

struct Contract {  // 委託事項
  int no = 0;      // 0 (null in JSON) if the heading with the number is on a missing page
  Text title, description, staff;
  std::vector<Contractor> contractors;
  Subcontract subcontract;
  Text extent, people, people_scope, disclosure;
  Texts means;
  Place where;
};

struct Provision {  // 提供先 or 移転先
  int no = 0;
  Text name, legal_basis, purpose, data, people, people_scope;
  Texts means;
  Text timing;
  Place where;
};

struct Contracts {
  Flag used;
  Count count;
  std::vector<Contract> rows;
};

struct Provisions {
  Count count;
  std::vector<Provision> rows;
};

struct InfoFile {  // 特定個人情報ファイル
  Text name, kind, people, scope, items_range;
  Texts items;
  Text held_since, department;
  Texts sources, means;
  Text used_by, users, used_since;
  Contracts contracts;
  Provisions provisions, transfers;
  Flag no_provision_or_transfer;
  Text storage, retention, erasure;
};

struct Risk {  // one bracketed choice of the risk chapters
  Text file;
  std::string section, item;
  Text judgement, measures;
  Place where;
};

struct ManualWork {
  Flag none;
  Text judgement, basis;
};

struct TopMeasure {
  Text choice, judgement, basis;
};

struct IncidentRow {
  Text file;
  Flag occurred;
  Text summary, prevention;
  Place where;
};

struct IncidentResponse {
  Text date, what;
};

struct IncidentCase {
  Text title, occurred_on, summary, cause, impact;
  std::vector<IncidentResponse> response;
  Text prevention;
};

struct IncidentAttachment {  // 別紙
  Text title;
  std::vector<IncidentCase> cases;
  Place where;
};

struct Incidents {
  Flag occurred;
  Count question_years;  // 1 (様式2) or 3 (様式3, 4)
  Text question_scope;   // 特定個人情報 or 個人情報
  std::vector<IncidentRow> rows;
  std::vector<IncidentAttachment> attachments;
};

struct Audit {
  Texts done;
  Text self_check, judgement;
};

struct DisclosureRequest {
  Text to, how, fee;
};

struct Contact {
  Text to, how;
};

struct Procedure {
  Text threshold_date, threshold_result;
  Text comment_how, comment_period;
  Text review_date, review_how, review_result;  // third party
};

struct Revision {  // a row of 変更箇所
  Text date, item, before, after, timing, note;
  Place where;
};

struct Organisation {
  std::string name, printed, role;
  Place where;
};

struct Passage {
  std::string item;  // the form's item path, e.g. "Ⅱ-4 委託事項1 ①委託内容"
  std::string text;  // lines joined; never across two items
  Place where;
};

struct Assessment {
  std::string id, series;
  std::vector<SourceFile> sources;
  Text kind;  // 基礎項目 | 重点項目 | 全項目
  Text edition, form_name;
  Text number, title, remarks, published_on;
  Body body;
  Process process;
  std::optional<Staff> staff;
  Network network;
  Department department;
  std::vector<System> systems;
  Flag contracts_out;
  std::vector<InfoFile> files;
  std::vector<Risk> risks;
  std::optional<ManualWork> manual_work;
  std::optional<TopMeasure> top_measure;
  Incidents incidents;
  Audit audit;
  Text training;
  DisclosureRequest disclosure_request;
  Contact contact;
  Procedure procedure;
  std::vector<Revision> revisions;
  std::vector<Organisation> organisations;
  std::vector<Passage> passages;
  std::map<std::string, Place> places;
  std::vector<std::string> warnings;
  std::map<std::string, std::string> reasons;  // JSON Pointer -> what decided the value (--explain)
};

// The JSON of the interface document; reasons are left out unless asked for.
nlohmann::ordered_json to_json(const Assessment& assessment, bool with_reasons = false);
nlohmann::ordered_json to_json(const Place& place);

}  // namespace pia

#endif  // PIA_INDEXER_ASSESSMENT_H_
