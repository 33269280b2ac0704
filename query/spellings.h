// Other writings under which a word of the question is searched too: synonyms (dicts/data), and
// spellings that follow rules: a final long mark (サーバ/サーバー), numbers (1,000人 = 1000人,
// 10万人 = 100,000人, 三年 = 3年) and companies with and without their legal form.

#ifndef PIA_QUERY_SPELLINGS_H_
#define PIA_QUERY_SPELLINGS_H_

#include <string>
#include <string_view>
#include <vector>

namespace pia {

struct Spelling {
  std::string text;
  bool shown = true;  // worth telling the user (a synonym); false for a mere writing of the same
};

// Of a word folded by fold_text(); the word itself is not among them.
std::vector<Spelling> spellings(std::string_view folded);

// A company's name without its legal form at either end ((株)日立製作所 -> 日立製作所); the name
// itself if nothing else would be left. `folded` by fold_text() or fold_literal_text().
std::string without_legal_form(std::string_view folded);

}  // namespace pia

#endif  // PIA_QUERY_SPELLINGS_H_
