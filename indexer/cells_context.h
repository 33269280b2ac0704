// What the parts of extract_cells() share: the form, the entries found, and how a value gets from
// an entry into a field together with its place and the reason for it.

#ifndef PIA_INDEXER_CELLS_CONTEXT_H_
#define PIA_INDEXER_CELLS_CONTEXT_H_

#include <string>
#include <string_view>
#include <vector>

#include "indexer/assessment.h"
#include "indexer/entries.h"
#include "indexer/form.h"
#include "indexer/source.h"
#include "indexer/values.h"

namespace pia {

struct CellsContext {
  const Source& source;
  const Form& form;
  const Entries& entries;
  Assessment& out;

  const FormItem& item(const Entry& entry) const { return *form.node(entry.node).item; }

  // The entry's text with line breaks joined as the format needs; "" if blank.
  std::string text(const Entry& entry) const;
  // The same in one line: names, titles, dates.
  std::string line(const Entry& entry) const;
  // All pieces as they are, for choices and boxes.
  std::string raw(const Entry& entry) const;

  // Each sets the field and its place only if there is a value, and only the first time.
  void set_text(Text& field, const std::string& pointer, const Entry& entry) const;
  void set_line(Text& field, const std::string& pointer, const Entry& entry) const;
  void set_choice(Text& field, const std::string& pointer, const Entry& entry) const;
  void set_list(Texts& field, const std::string& pointer, const Entry& entry, Texts values) const;

  void prove(const std::string& pointer, const Place& place, const std::string& reason = {}) const;
  void warn(const Entry& entry, std::string_view what) const;  // "Ⅱ-4 委託の有無: …"
};

// Joins the lines of a label or name: nothing between Japanese characters, else a space.
std::string one_line(std::string_view text);

// "- 1 …": the list mark that a converter put before a paragraph goes. A lone "-" is an answer.
std::string without_list_mark(const std::string& text);

// "lines" of a text, without bullets' own and blank lines.
Texts lines_of(std::string_view text);

// Lines, and items of "・A ・B" in one line, without their bullets.
Texts bulleted_lines(std::string_view text);

// The ticked boxes of an entry; if none is ticked, those with something in their free brackets
// (with a warning): the ticks got lost on the way.
void set_ticks(const CellsContext& context, Texts& field, const std::string& pointer,
               const Entry& entry);

void extract_header(const CellsContext& context);
void extract_systems(const CellsContext& context);
void extract_files(const CellsContext& context);
void extract_contracts(const CellsContext& context);
void extract_provisions(const CellsContext& context);
void extract_risks(const CellsContext& context);
void extract_incidents(const CellsContext& context);
void extract_passages(const CellsContext& context);  // calls the next two in its order
void extract_revisions(const CellsContext& context);
void extract_attachments(const CellsContext& context);
void add_systems_of_latest_rows(const CellsContext& context);  // these two after the revisions
void mend_lost_ticks(const CellsContext& context);
void warn_of_missing_items(const CellsContext& context);

}  // namespace pia

#endif  // PIA_INDEXER_CELLS_CONTEXT_H_
