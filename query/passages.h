// The places in an assessment that answer a question best: at most three, each the smallest unit
// that answers, with its item of the form, its place, and the words of the question in <mark>.
//
// Candidates are the passages of the assessment, its contract rows (title, contractor, staff and
// subcontracting are separate cells of the form, but one answer) and its revision rows (item,
// before and after). A candidate is scored by which of the wanted words it holds, weighed by how
// rare they are in the document, how close together, whether its item is the one that is asked for,
// and whether it is history; long ones are cut at sentence ends around the densest place. Nothing
// is tokenised here: words are found by their characters in the folded text and mapped back through
// its offsets.

#ifndef PIA_QUERY_PASSAGES_H_
#define PIA_QUERY_PASSAGES_H_

#include <memory>
#include <string>
#include <vector>

#include "dicts/result.h"
#include "query/index_reader.h"
#include "query/matcher.h"
#include "query/search_plan.h"
#include "query/search_types.h"

namespace pia {

class PassageFinder {
 public:
  // REQUIRES: all outlive the finder.
  PassageFinder(const Snapshot& index, Matcher& matcher, const SearchPlan& plan);
  ~PassageFinder();

  // Best first. Empty if nothing was asked that stands in a text.
  Result<std::vector<PassageHit>> of_assessment(DocId assessment, std::size_t limit = 3);

  // The row itself, marked. REQUIRES: a table of rows.
  Result<std::vector<PassageHit>> of_row(Table table, DocId row);

  // The texts as escaped HTML with marks.
  std::vector<std::string> mark(const std::vector<std::string>& texts) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pia

#endif  // PIA_QUERY_PASSAGES_H_
