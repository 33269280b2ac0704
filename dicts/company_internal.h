// Shared by company_name.cc and company_split.cc. Texts here are NFKC, of single spaces, with legal
// forms written out.

#ifndef PIA_DICTS_COMPANY_INTERNAL_H_
#define PIA_DICTS_COMPANY_INTERNAL_H_

#include <string>
#include <string_view>
#include <vector>

namespace pia::company {

// Radicals, NFKC, numbering and bullets off, dashes mended, (株) written out, spaces single.
std::u32string clean(std::string_view printed);

// Where a legal form stands; npos if there is none. `from`: begin to look there.
struct Form {
  std::size_t at = std::u32string::npos;
  std::size_t size = 0;
  bool found() const { return size > 0; }
  std::size_t end() const { return at + size; }
};
Form find_form(std::u32string_view text, std::size_t from = 0);

bool ends_like_institution(std::u32string_view text);  // 機構, 連合会 ...
bool ends_like_branch(std::u32string_view text);       // 支社, 営業所, 本部, 課 ...
bool is_branch(std::u32string_view text);              // nothing but a branch: 東京支店

// A legal form with a name that is not just a branch, or an institution.
bool is_complete(std::u32string_view text);

std::vector<std::u32string> words(std::u32string_view text);  // by white space
std::u32string without_spaces(std::u32string_view text);

}  // namespace pia::company

#endif  // PIA_DICTS_COMPANY_INTERNAL_H_
