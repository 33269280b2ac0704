// Pages with their values → the fields of an assessment. Every field is found by the JSON Pointer
// that the form's table gives its label; nothing here knows a layout.

#ifndef PIA_INDEXER_BOXES_BUILD_H_
#define PIA_INDEXER_BOXES_BUILD_H_

#include <memory>

#include "indexer/assessment.h"
#include "indexer/boxes_read.h"
#include "indexer/boxes_ticks.h"

namespace pia::boxes {

class Builder {
 public:
  // The source, the lexicon and the assessment must outlive the builder.
  Builder(const Source& source, const Lexicon& lexicon, Assessment& out);
  ~Builder();

  void add(const Reading& reading);  // the pages in their order; revisions and attachments left out
  void finish();                     // drops empty rows, sums up

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Place of the lines [first, last] (indices into Source::lines).
Place place_of(const Source& source, int first, int last);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_BUILD_H_
