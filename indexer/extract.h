// From a source to the assessment in it. Pure: no files, no index, no clock.

#ifndef PIA_INDEXER_EXTRACT_H_
#define PIA_INDEXER_EXTRACT_H_

#include <string_view>

#include "dicts/result.h"
#include "indexer/assessment.h"
#include "indexer/source.h"

namespace pia {

// Reads bytes of a text file: encoding (UTF-8 with or without BOM, UTF-16, CP932; by ICU's
// detector), lines, layout and, for tab-separated text with HTML inside, rows of cells.
// Errors: SourceEmpty, SourceNotText.
Result<Source> read_text_source(std::string_view bytes, std::string_view path);

// Errors: SourceNotForm if the source does not look like one of the three forms; the reason says
// what was looked for.
Result<Assessment> extract(const Source& source);

// The two layouts behind extract(). Both fill everything but id, series, sources, category,
// organisations and the derived fields, which extract() adds (finish()).
Assessment extract_cells(const Source& source);
Assessment extract_boxes(const Source& source);

// What both layouts share, called by extract() on what they return: source, id and series, body
// and category from the dictionaries, canonical contractors of every row whose contractors have
// only `printed`, organisations with their roles (from contracts, revisions and passages), the
// incident question and answer of the whole document, missing places as warnings.
void finish(Assessment& assessment, const Source& source);

// Sets id and series from body, number, title, kind and date; finish() does it at its end. Call it
// again after one of these was filled from elsewhere (a manifest).
void identify(Assessment& assessment, const Source& source);

}  // namespace pia

#endif  // PIA_INDEXER_EXTRACT_H_
