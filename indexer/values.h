// What stands at a label, read by kind of answer: texts, choices in brackets, ticked boxes, counts.
// Both layouts read values with these; none of them ever answers with a word of a choice list.

#ifndef PIA_INDEXER_VALUES_H_
#define PIA_INDEXER_VALUES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/form.h"

namespace pia {

// Joins the lines that a page layout broke: a line that fills its cell goes on in the next one,
// unless that begins an item of a list (・, ①, 1., 【 …) or this one ends a sentence. Between
// Japanese characters nothing is put, between Latin words a space. Breaks that mean something stay
// as '\n'.
std::string join_lines(std::string_view text);

// Without white space around it.
std::string trim(std::string_view text);

// Nothing, or only dashes (－, ―, ー): the writer says "none".
bool is_blank(std::string_view text);

// Without ＜選択肢＞ and what follows it. `had_list` tells whether there was one.
std::string without_choice_list(std::string_view text, bool* had_list = nullptr);

struct Choice {
  std::optional<std::string> value;  // as printed, without the list's number
  std::string bracket;               // the whole content of its brackets: "3）権限の…"
  std::string reason;                // what decided it, or why nothing did
  bool uncertain = false;            // decided against the letter of the source: warn
};

// The chosen one of `options` in the text of an answer: in brackets, or the one ticked box, or
// the only option before the list. "[ ]" is blank; a list alone chooses nothing.
Choice read_choice(std::string_view text, const std::vector<std::string_view>& options);

// One box of an answer with ticks.
struct Tick {
  std::size_t option = 0;  // index into options
  bool checked = false;
  std::string printed;  // as printed: その他（申請管理システム）
  std::string remark;   // the text in its brackets; empty if none
};

// The boxes in the text, in its order; those that are no option are left out. The text may hold
// boxes in pieces of a workbook row ("[", "○", "] 紙").
std::vector<Tick> read_ticks(std::string_view text, const std::vector<std::string_view>& options);

// The number before 件 at or behind `from`; nullopt if there is none (an empty pair of brackets).
std::optional<int> read_count(std::string_view text, std::size_t from = 0);

// Where an option begins in a text and how long it is, spaces and widths aside; the longest of
// those that begin there. npos if it does not occur.
struct Found {
  std::size_t at = std::string_view::npos;
  std::size_t length = 0;
};
Found find_words(std::string_view text, std::string_view words, std::size_t from = 0);

}  // namespace pia

#endif  // PIA_INDEXER_VALUES_H_
