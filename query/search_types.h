// What goes into the Searcher and what comes out: plain structs that the command line, the HTTP
// API and the pages share. Names and meanings are those of the interface document.

#ifndef PIA_QUERY_SEARCH_TYPES_H_
#define PIA_QUERY_SEARCH_TYPES_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pia {

enum class View { Assessments, Contracts, Revisions };
enum class Versions { Latest, All };
enum class Sort { Relevance, Published, Municipality, Rarity };

// One search. `text` is in the query language. `filters` maps the English name of a facet
// (municipality, prefecture, process, category, contractor, former_contractor, subcontract, staff,
// incident, kind, year, people, system, form) to values: or within one name, and between names;
// a value with a leading '-' excludes.
struct SearchRequest {
  std::string text;
  View view = View::Assessments;
  Versions versions = Versions::Latest;
  std::map<std::string, std::vector<std::string>> filters;
  std::string from, to;  // published, as written in the query language; empty: open
  Sort sort = Sort::Relevance;
  std::uint32_t offset = 0;
  std::uint32_t limit = 20;         // 0: totals and facets only
  bool unlimited = false;           // all hits (csv, xlsx); limit is ignored
  std::vector<std::string> facets;  // facet names to count; empty: none
  std::uint32_t facet_limit = 50;   // values a facet; selected ones always included
  bool raw = false;                 // no synonyms
};

struct PassageHit {
  std::uint32_t index = 0;  // of the assessment's passages
  std::string item;
  std::string where_json;  // the place, as JSON text
  bool history = false;    // stands in 変更箇所
  std::string html;        // escaped text with <mark>
};

struct ContractorRef {
  std::string printed, name, branch;
};

// A hit of any view. The assessment's fields are always filled; `contract_*` for a 委託事項,
// `revision_*` for a row of 変更箇所.
struct Hit {
  std::string id, series, title, kind, municipality, prefecture, code, process, category,
      published_on;
  std::string body_printed, number, people;
  bool latest = true;
  std::uint32_t versions = 1;
  std::optional<bool> incident;
  std::vector<std::string> contractors;
  double score = 0;
  std::string url, source_url, source_path;
  std::vector<PassageHit> passages;

  int contract_no = 0;
  std::string file, contract_title, contract_description, contract_staff;
  std::vector<ContractorRef> contract_contractors;
  std::optional<bool> subcontract;
  std::string subcontract_approval, subcontract_scope;

  int revision_no = 0;  // 1-based row
  std::string revision_date, revision_item, revision_before, revision_after, revision_timing,
      revision_note;
  std::string where_json;
};

struct FacetValue {
  std::string value;
  std::uint32_t count = 0;
  bool selected = false;  // chosen
  bool excluded = false;  // chosen with '-'
  std::string parent;     // municipality: its prefecture; else empty
};

struct Facet {
  std::string name;
  std::vector<FacetValue> values;  // selected first, then by count
  std::uint32_t distinct = 0;      // values in all
};

// A filter that free words seem to mean; never applied silently.
struct Recognised {
  std::string field;  // English name
  std::string value;
  std::string written;  // the words in the query
  std::string query;    // the query with the words replaced by the filter
};

// A word that a synonym or variant was searched for as well.
struct Expanded {
  std::string written;
  std::vector<std::string> also;
};

struct SearchResult {
  std::string text, parsed;  // as typed, and describe() of the tree
  std::map<std::string, std::vector<std::string>> filters;
  View view = View::Assessments;
  std::uint32_t total = 0;
  double took_ms = 0;
  std::uint32_t municipalities = 0;
  std::uint32_t can_answer = 0;
  std::vector<Hit> hits;
  std::vector<Facet> facets;
  std::vector<std::string> notices;
  std::string suggestion;                 // もしかして: a whole query; empty if none
  std::vector<std::string> without_hits;  // words or filters that alone find nothing (what to drop)
  std::vector<Recognised> recognised;
  std::vector<Expanded> expanded;
};

}  // namespace pia

#endif  // PIA_QUERY_SEARCH_TYPES_H_
