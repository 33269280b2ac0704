// extract_boxes(): text of a PDF, box by box → assessment. Pages → boxes (boxes_pages) → fragments
// (boxes_fragments) → items of the form (boxes_resolve) → values at labels (boxes_read, an
// assignment problem) → fields (boxes_build); the change table has its own reader.

#include <algorithm>
#include <span>

#include "indexer/boxes_attachment.h"
#include "indexer/boxes_build.h"
#include "indexer/boxes_cover.h"
#include "indexer/boxes_history.h"
#include "indexer/boxes_pages.h"
#include "indexer/boxes_passages.h"
#include "indexer/boxes_present.h"
#include "indexer/boxes_rest.h"
#include "indexer/boxes_revisions.h"
#include "indexer/boxes_systems.h"
#include "indexer/boxes_text.h"
#include "indexer/boxes_threshold.h"
#include "indexer/extract.h"
#include "indexer/woven_mend.h"

namespace pia {

namespace boxes {
namespace {

// A table behind an item (別紙Ⅱ－５－１): pages without the form's labels, or with one or two that
// are heads of its columns.
bool is_annex(const Reading& reading, bool before) {
  if (reading.resolved.contents) return false;
  int labels = 0;
  bool heading = false;
  for (std::size_t i = 0; i < reading.fragments.size(); ++i) {
    const Fragment& f = reading.fragments[i];
    labels += reading.resolved.node[i] >= 0 || f.what == What::Box;
    if (f.what != What::Text) continue;
    heading = heading || f.key.starts_with(U"別紙") || f.key.starts_with(U"(別紙");
  }
  return labels <= 2 && (heading || before);
}

// Its texts are no values: they stay passages.
void set_aside(Reading& reading) {
  reading.slots.clear();
  reading.lead.clear();
  reading.trail.clear();
  std::fill(reading.resolved.node.begin(), reading.resolved.node.end(), -1);
  std::fill(reading.resolved.instance.begin(), reading.resolved.instance.end(), -1);
  reading.resolved.first = reading.resolved.last = -1;
}

}  // namespace
}  // namespace boxes

Assessment extract_boxes(const Source& source) {
  using namespace boxes;
  Assessment out;
  const std::vector<Page> pages = split_pages(source);
  if (pages.empty()) return out;
  const Kind kind = find_kind(pages);
  const Lexicon& lexicon = Lexicon::of(kind);
  out.kind = std::string(kind_name(kind));
  out.places["/kind"] = place_of_kind(source, kind);
  find_edition(pages, source, out);

  // The change table runs from its heading to the end, or to an attachment behind it.
  std::size_t table = 0, table_end = 0;
  while (table < pages.size() && !begins_revisions(pages[table])) ++table;
  for (table_end = table; table_end < pages.size(); ++table_end) {
    if (table_end > table && !begins_revisions(pages[table_end]) &&
        !continues_revisions(pages[table_end]))
      break;
  }
  const auto form_pages = std::span(pages).first(table);
  const auto table_pages = std::span(pages).subspan(table, table_end - table);
  Present text_now(form_pages);
  RevisionTable revisions = read_revisions(table_pages, source, text_now);
  out.revisions = revisions.rows;
  const Evidence evidence = history_evidence(out.revisions, lexicon);
  Builder builder(source, lexicon, out);
  SystemSettler systems(lexicon, out.revisions);
  int previous = -1, open_ticks = -1;
  bool annex = false;
  std::vector<Page> incidents;  // the 別紙 about them, where it stands before the change table
  for (std::size_t p = 0; p < table; ++p) {
    Reading reading = read_page(pages[p], lexicon, previous, open_ticks, evidence);
    annex = is_annex(reading, annex);
    if (annex && (tells_incidents(pages[p]) || !incidents.empty())) incidents.push_back(pages[p]);
    if (annex) set_aside(reading);
    systems.settle(reading);
    builder.add(reading);
    if (p == 0) complete_cover(reading, source, out);
    for (Passage& passage : passages_of(reading, lexicon, previous, source)) {
      out.passages.push_back(std::move(passage));
    }
    if (reading.resolved.last >= 0) {
      previous = reading.resolved.last;
      open_ticks = lexicon.form->node(previous).item->answer == Answer::Ticks ? previous : -1;
    }
  }
  for (const Page& page : pages) {
    for (Passage& passage : passages_of_boxes(page.numbers, "ページ番号", source))
      out.passages.push_back(std::move(passage));
    for (Passage& passage : passages_of_boxes(page.heads, "ページの見出し", source))
      out.passages.push_back(std::move(passage));
  }
  builder.finish();
  if (!revisions.scrambled.empty()) {
    Present items_now(form_pages, out.passages);
    settle_revisions(revisions, source, items_now, out.revisions);
  }
  out.warnings.insert(out.warnings.end(), revisions.warnings.begin(), revisions.warnings.end());
  if (kind == Kind::Basic) find_threshold_result(std::span(pages).first(table), source, out);
  const auto add = [&](std::vector<Passage> passages) {
    for (Passage& passage : passages) out.passages.push_back(std::move(passage));
  };
  add(passages_of_table(std::span(pages).subspan(table, table_end - table), out.revisions, source));
  add(passages_of_attachment(std::span(pages).subspan(table_end), source));
  if (auto attachment = read_attachment(incidents, source))
    out.incidents.attachments.push_back(std::move(*attachment));
  if (auto attachment = read_attachment(std::span(pages).subspan(table_end), source)) {
    out.incidents.attachments.push_back(std::move(*attachment));
  }
  mend_woven(source, out);
  return out;
}

}  // namespace pia
