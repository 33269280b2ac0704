// The stored record of an assessment → the view-model of templates/assessment.mustache: the form as
// a readable document with a table of contents, marks and the places of all values. A pure
// function.

#ifndef PIA_SERVER_ASSESSMENT_MODEL_H_
#define PIA_SERVER_ASSESSMENT_MODEL_H_

#include <string>
#include <vector>

#include "server/backend.h"

namespace pia {

struct AssessmentView {
  const Json& record;
  std::vector<std::string> marked;   // the passages' texts (shown_text) as HTML, in order
  std::vector<VersionRef> versions;  // newest first; may be empty
  std::string q;                     // what is marked
  bool sources_served = false;       // link to the file itself where there is no web address
};

Json assessment_model(const AssessmentView& view);

// "Ⅱ-4 委託事項1 ①委託内容" → {"Ⅱ-4", "委託事項1 ①委託内容"}; without a section: {"", item}.
std::pair<std::string, std::string> split_item(const std::string& item);

// A passage's text without its first line when that only repeats the item's label, which stands
// beside it anyway: "１．特定個人情報ファイル名 ※" of the item "Ⅱ-1 特定個人情報ファイル名". What
// is only a heading becomes empty.
std::string shown_text(const std::string& item, const std::string& text);

// Where a place of this record can be looked up: the source's web address, with #page=n for a PDF;
// empty when there is none.
std::string source_link(const Json& record, const Json& where, bool sources_served);

// The line to put into an article's notes: body, title, date.
std::string citation(const Json& record);

}  // namespace pia

#endif  // PIA_SERVER_ASSESSMENT_MODEL_H_
