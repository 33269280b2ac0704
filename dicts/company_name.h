// A contractor as a form prints it -> company and branch. Spellings are made one: ㈱ (株) （株）
// 株) become 株式会社, widths NFKC, white space goes, a dash inside katakana becomes the long mark.
//
//   日本電気　株式会社　神奈川支社   -> 日本電気株式会社 + 神奈川支社
//   ㈱ヒュ－マン北関東営業所         -> 株式会社ヒューマン + 北関東営業所
//   国（デジタル庁）               -> デジタル庁

#ifndef PIA_DICTS_COMPANY_NAME_H_
#define PIA_DICTS_COMPANY_NAME_H_

#include <string>
#include <string_view>
#include <vector>

namespace pia {

struct Company {
  std::string name;  // never empty unless the text given has nothing but white space
  std::string
      branch;  // 支社, 支店, 営業所, 本部, 事業部, 課 ... with what stands before it; may be empty
};

// One company. REQUIRES: the text names one (see split_companies); of several the first is taken.
Company parse_company(std::string_view printed);

// The companies of one cell, each as printed (line breaks joined), in order, none twice. A cell
// may separate them by 、 , / ; ・ 及び, by line breaks, numbers or white space; a line break
// inside a name joins. A consortium that lists its members gives the members. [] for a blank cell,
// 未定, －, なし, 委託していない, or a sentence that names nobody.
std::vector<std::string> split_companies(std::string_view printed);

// True if the text has the form of one organisation's name: a legal form (株式会社 ...) or an
// ending such as 機構, 連合会, 協会. No sentence, no bare form, no branch alone.
bool looks_like_company(std::string_view text);

// True if the text says that there is no contractor: 未定, なし, －, 該当なし, 委託していない, or
// blank.
bool says_no_company(std::string_view text);

// Equal for spellings of one company: case, width, old kanji, middle dots, ッ/ツ, letters spelled
// in katakana between dots (エヌ・ティ・ティ = NTT). The legal form and its place stay: 株式会社A
// is not A株式会社. For looking up, not for showing.
std::string company_key(std::string_view name);

// The name without its legal form, for readings and suggestions: 株式会社ヒューマン -> ヒューマン.
std::string company_stem(std::string_view name);

}  // namespace pia

#endif  // PIA_DICTS_COMPANY_NAME_H_
