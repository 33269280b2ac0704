// Text of the box layout as code points: one decoding and one cheap folding for everything that is
// compared with the form (labels, choices, headings), with offsets back into the bytes.

#ifndef PIA_INDEXER_BOXES_TEXT_H_
#define PIA_INDEXER_BOXES_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pia::boxes {

// A line decoded once. `folded[i]` is the i-th character, folded: full-width ASCII to ASCII,
// ideographic space to space, dashes and long marks to '-', tildes to '~', half-width ・ to ・,
// angle and tortoise-shell brackets to their common form. One character stays one character.
struct Chars {
  std::u32string folded;
  std::vector<std::uint32_t> offset;  // byte offset of each character, and the length at the end
  std::size_t size() const { return folded.size(); }
};

char32_t fold(char32_t c);
// The character at text[i], not folded; i moves behind it. A stray byte counts as one character.
char32_t take_char(std::string_view text, std::size_t& i);
Chars decode(std::string_view text);
void decode(std::string_view text, Chars& out);  // into what a line before has allocated

bool is_space(char32_t c);  // of a folded character
bool is_digit(char32_t c);
int circled_number(char32_t c);          // ① → 1 … ⑳ → 20; 0 for anything else
bool is_circled(std::string_view text);  // one circled number and nothing else but white space

// The folded characters without white space: what two spellings of one thing have in common.
std::u32string key(std::string_view text);
std::string to_utf8(std::u32string_view text);
std::size_t length(std::string_view text);  // in characters, white space left out

std::string_view trim(std::string_view text);  // also ideographic and no-break spaces
bool is_blank(std::string_view text);          // nothing is left of it by trim()
bool starts_with_mark(std::string_view line);  // a bullet, a number or a bracketed heading opens it

// Joins the lines of one cell: nothing between two Japanese characters, a space between two Latin
// words, a line break where the next line opens with a mark of its own, or where a line that was
// ended before it was full has a number at its end and the next one begins with another (an
// address and a telephone number).
std::string join_lines(const std::vector<std::string_view>& lines);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_TEXT_H_
