// Reads the free words of a query: which of them must be in a document, in which writings, and
// which only weigh. Japanese is written without spaces, so a Word of the query may be a whole
// question (埼玉県の住民基本台帳の委託先はどこか).
//
//   - names, nouns, numbers, Latin and katakana words that touch each other are one wanted word; a
//     number begins a new one (評価書番号46 -> 評価書番号, 46), since forms print label and value
//     apart
//   - verbs, adjectives and adverbs only weigh, and so does a noun made a verb (削除された);
//   particles,
//     question words and the nouns that people ask with (市町村, 一覧) say nothing
//   - a date is wanted in any of its writings, a word in those of its synonyms and spellings
//   - the form's choices (再委託しない, 発生あり) are wanted as what they mean, because the words
//     themselves stand in the list of choices of every form
//
// Thread-safe.

#ifndef PIA_QUERY_WORD_READER_H_
#define PIA_QUERY_WORD_READER_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dicts/result.h"
#include "query/fields.h"
#include "query/search_types.h"

namespace pia {

class Tokenizer;

// One thing that must be found (or, among `weighing`, may be).
struct WantedWord {
  std::string written;  // the part of the question, folded for words
  // Any of these characters in a row answers; fold_literal(), the first as typed.
  // The first `own` are writings of the word itself, the others are synonyms.
  std::vector<std::string> strings;
  std::size_t own = 1;
  // Else all of these within one passage: each part in any of its writings. Empty if the word has
  // no parts.
  std::vector<std::vector<std::string>> parts;
  std::vector<std::string> terms;        // dictionary words, for ranking
  QueryField choice = QueryField::None;  // a choice of this field, and which one
  std::string choice_value;
  bool date = false;
};

struct WordReading {
  std::vector<WantedWord> wanted;
  std::vector<WantedWord> weighing;
  std::vector<Expanded> expanded;  // which synonyms were added
  // Nothing but particles, question words or nouns that people ask with: wanted only if nothing
  // else is asked.
  bool says_nothing = false;
};

class WordReader {
 public:
  // REQUIRES: `tokenizer` outlives the reader.
  explicit WordReader(const Tokenizer& tokenizer);

  // `raw`: as typed, without synonyms and spellings. At least one of wanted and weighing is filled
  // unless the text is blank.
  WordReading read(std::string_view text, bool raw) const;

  // The whole text as one wanted word without parts: for phrases.
  static WantedWord exactly(std::string_view text);

 private:
  const Tokenizer& tokenizer_;
};

}  // namespace pia

#endif  // PIA_QUERY_WORD_READER_H_
