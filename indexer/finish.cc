// What follows from what was read: sources, names by dictionary, the answer of the whole document
// about incidents, organisations, and at last the identity.

#include <algorithm>
#include <cstdint>

#include "dicts/categories.h"
#include "dicts/company_name.h"
#include "dicts/municipalities.h"
#include "dicts/normalizer.h"
#include "indexer/extract.h"
#include "indexer/form.h"
#include "indexer/organisations.h"
#include "indexer/values.h"

namespace pia {
namespace {

std::string_view format_name(SourceFormat format) {
  switch (format) {
    case SourceFormat::Text:
      return "text";
    case SourceFormat::Html:
      return "html";
    case SourceFormat::Pdf:
      return "pdf";
    case SourceFormat::Xlsx:
      return "xlsx";
  }
  return {};
}

// FNV-1a: short names for texts, not a checksum. Texts may be added piece by piece.
class ShortHash {
 public:
  void add(std::string_view text) {
    for (char c : text) hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  }
  std::string name() const {
    static constexpr char kHex[] = "0123456789abcdef";
    std::string hex;
    for (int i = 0; i < 12; ++i) hex += kHex[hash_ >> (4 * i) & 15];
    return hex;
  }

 private:
  std::uint64_t hash_ = 14695981039346656037ULL;
};

std::string short_hash(std::string_view text) {
  ShortHash hash;
  hash.add(text);
  return hash.name();
}

// "46", "17-2", "１８" → what a URL takes; else a hash.
std::string url_part(const std::string& text) {
  std::string part;
  for (char c : nfkc(text)) {
    const bool safe = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      c == '-' || c == '_';
    if (safe)
      part += c;
    else if (c != ' ')
      return "n" + short_hash(fold_literal_text(text));
  }
  return part.empty() ? "n" + short_hash(text) : part;
}

void set_incidents(Assessment& a) {
  const bool basic = a.kind && *a.kind == kind_name(Kind::Basic);
  a.incidents.question_years = basic ? 1 : 3;
  a.incidents.question_scope = basic ? "特定個人情報" : "個人情報";
  if (a.incidents.occurred) return;
  bool any = false, all = !a.incidents.rows.empty();
  for (const IncidentRow& row : a.incidents.rows) {
    any = any || row.occurred.value_or(false);
    all = all && row.occurred.has_value();
  }
  if (!any && !all) return;
  a.incidents.occurred = any;
  const auto proof = std::find_if(a.incidents.rows.begin(), a.incidents.rows.end(),
                                  [&](const IncidentRow& row) { return row.occurred == any; });
  a.places["/incidents/occurred"] = proof->where;
  a.reasons["/incidents/occurred"] = "the answers of the files together";
}

bool is_declaration(const Passage& passage) {
  return passage.item.find("宣言") != std::string::npos;
}

// The declaration, and as much of the rest as tells where the body is.
std::string text_of_document(const Assessment& a) {
  constexpr std::size_t kEnough = 200'000;
  std::string declaration, rest;
  for (const Passage& passage : a.passages) {
    if (is_declaration(passage)) {
      declaration += passage.text;
    } else if (rest.size() < kEnough) {
      rest += passage.text;
      rest += '\n';
    }
  }
  return declaration + "\n" + rest;
}

// Who made it: by its printed name; else by who speaks in the declaration ("○○市は、…").
void set_body(Assessment& a) {
  if (a.body.municipality || a.body.prefecture) return;
  Place where;
  std::string speaker;
  if (!a.body.printed) {
    std::string declaration;
    for (const Passage& passage : a.passages) {
      if (!is_declaration(passage)) continue;
      declaration += passage.text;
      where = passage.where;
    }
    const std::size_t heading = declaration.rfind("保護の宣言");
    std::string_view text = declaration;
    if (heading != std::string_view::npos)
      text.remove_prefix(heading + std::string_view("保護の宣言").size());
    const std::size_t topic = text.find("は");
    if (topic != std::string_view::npos && topic < 120) speaker = trim(text.substr(0, topic));
    if (speaker.empty()) return;
  } else {
    where = a.places["/body/printed"];
  }
  const std::string name = a.body.printed.value_or(speaker);
  IdentifiedBody body = identify_body(name);
  // Of several towns with that name the text tells which; few bodies need it.
  if (body.municipality && !body.code) body = identify_body(name, text_of_document(a));
  a.body.municipality = body.municipality;
  a.body.prefecture = body.prefecture;
  a.body.code = body.code;
  for (const auto& [pointer, value] :
       {std::pair{"/body/municipality", &a.body.municipality},
        std::pair{"/body/prefecture", &a.body.prefecture}, std::pair{"/body/code", &a.body.code}}) {
    if (!*value) continue;
    a.places[pointer] = where;
    a.reasons[pointer] =
        a.body.printed ? "the printed body" : "who speaks in the declaration: " + speaker;
  }
}

void set_category(Assessment& a) {
  if (a.process.category) return;
  std::vector<std::string_view> names;
  if (a.process.name) names.push_back(*a.process.name);
  if (a.title) names.push_back(*a.title);
  for (const InfoFile& file : a.files) {
    if (file.name) names.push_back(*file.name);
  }
  a.process.category = category_of_first(names);
  if (!a.process.category) return;
  for (const char* pointer : {"/process/name", "/title", "/files/0/name"}) {
    const auto place = a.places.find(pointer);
    if (place == a.places.end()) continue;
    a.places["/process/category"] = place->second;
    break;
  }
}

// Rows whose contractors have only `printed`.
void name_contractors(Assessment& a) {
  for (InfoFile& file : a.files) {
    for (Contract& row : file.contracts.rows) {
      for (Contractor& contractor : row.contractors) {
        if (!contractor.name.empty()) continue;
        Company company = parse_company(contractor.printed);
        contractor.name = std::move(company.name);
        if (!company.branch.empty()) contractor.branch = std::move(company.branch);
      }
    }
  }
}

}  // namespace

// Body code + (number, else title) + kind, and the publication date. A part that is missing is
// replaced by the content's hash, so that nothing overwrites another. The kind is part of it
// because a body publishes 基礎項目評価書 and 全項目評価書 of the same work under one number.
void identify(Assessment& a, const Source& source) {
  const auto content = [&] {
    if (!source.sha256.empty()) return source.sha256.substr(0, 12);
    ShortHash all;
    for (const Passage& passage : a.passages) all.add(passage.text);
    return all.name();
  };
  const std::string body = a.body.code      ? *a.body.code
                           : a.body.printed ? "b" + short_hash(fold_literal_text(*a.body.printed))
                                            : "x" + content();
  const std::string name = a.number  ? url_part(*a.number)
                           : a.title ? "t" + short_hash(fold_literal_text(*a.title))
                                     : "x" + content();
  std::string kind = "0";
  for (Kind k : {Kind::Basic, Kind::Priority, Kind::Full}) {
    if (a.kind && *a.kind == kind_name(k)) kind = std::to_string(2 + static_cast<int>(k));
  }
  a.series = body + "-" + name + "-" + kind;
  a.id = a.series + "-" + (a.published_on ? *a.published_on : "x" + content());
}

void finish(Assessment& a, const Source& source) {
  if (a.sources.empty()) {
    a.sources.push_back({source.path, std::string(format_name(source.format)), source.sha256,
                         source.url.empty() ? Text() : Text(source.url)});
  }
  a.warnings.insert(a.warnings.begin(), source.warnings.begin(), source.warnings.end());
  set_body(a);
  set_category(a);
  name_contractors(a);
  set_incidents(a);
  find_organisations(a);
  identify(a, source);
}

}  // namespace pia
