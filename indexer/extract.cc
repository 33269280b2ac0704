// Chooses the layout, refuses what is no assessment, and finishes what a layout found.

#include "indexer/extract.h"

#include <algorithm>

#include "indexer/entries.h"

namespace pia {
namespace {

Error not_a_form(const Source& source) {
  return Error{ErrorCode::SourceNotForm,
               "no privacy impact assessment: the labels of the forms 様式2, 3 and 4 (評価書番号, "
               "事務の名称, 特定個人情報ファイル名, …) do not stand in it",
               source.path};
}

bool holds_anything(const Assessment& a) {
  return a.kind && (a.title || a.process.name || !a.files.empty() || !a.risks.empty() || !a.revisions.empty());
}

}  // namespace

Result<Assessment> extract(const Source& source) {
  Assessment assessment = source.layout == SourceLayout::Cells ? extract_cells(source) : extract_boxes(source);
  if (!holds_anything(assessment)) return not_a_form(source);
  finish(assessment, source);
  return assessment;
}

}  // namespace pia
