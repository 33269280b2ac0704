// What finding the rows of a page in pieces (boxes_scrambled.cc) and sharing out its texts
// (boxes_scrambled_texts.cc) both ask of the page.

#ifndef PIA_INDEXER_BOXES_IN_PIECES_H_
#define PIA_INDEXER_BOXES_IN_PIECES_H_

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "indexer/boxes_page_table.h"
#include "indexer/boxes_revision_words.h"
#include "indexer/boxes_shape.h"
#include "indexer/boxes_text.h"
#include "indexer/revision_fit.h"

namespace pia::boxes {

constexpr double kVersions = 0.4;  // likeness of two versions of one text

// Likeness, less where one is much longer: a phrase of a paragraph is no version of it.
inline double versions(const PairSet& a, const PairSet& b) {
  const auto small = static_cast<double>(std::min(a.size(), b.size()));
  const auto large = static_cast<double>(std::max(a.size(), b.size()));
  return large < 1 ? 0 : a.likeness(b) * std::sqrt(small / large);
}

class InPieces {
 public:
  explicit InPieces(PageRows& table) : t_(table) {}

 protected:
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }
  const Cell& cell(int i) const { return t_.cells[at(i)]; }
  const std::u32string& k(int i) const { return t_.keys[at(i)]; }
  bool is_text(int i) const { return cell(i).kind == CellKind::Text; }

  const FormItem* item_of(const PageRow& row) const {
    return row.item < 0 ? nullptr : named_item(k(row.item));
  }

  // 令和3年12月1日~12月31日
  static bool begins_with_date(const std::u32string& k) {
    const std::size_t year = k.find(U'年');
    return (k.starts_with(U"令和") || k.starts_with(U"平成") || k.starts_with(U"昭和")) &&
           year < 5 && k.find(U'月') < year + 4;
  }

  // One box that is two cells: 2件 3件, 発生なし 発生あり, 右記を追記 above the rest.
  bool two_in_one(int c) const {
    if (cell(c).lines.size() != 1) return says_new(key(cell(c).lines.front()));
    const std::string_view text = trim(cell(c).lines.front());
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos || text.find(' ', space + 1) != std::string_view::npos)
      return false;
    const std::u32string b = key(text.substr(0, space)), a = key(text.substr(space));
    if (b.empty() || a.empty()) return false;
    return (is_choice(b) && is_choice(a)) || (looks_like_date(b) && looks_like_date(a)) ||
           (begins_with_date(b) && begins_with_date(a)) || echo(k(c)) > 0 || b == a ||
           (b.back() == U'。' && a.back() == U'。') ||
           (looks_like_company(b) && looks_like_company(a)) ||
           (b.size() < 6 && a.size() == b.size() && b.back() == a.back());
  }

  std::u32string joined(const std::vector<int>& cells) const {
    std::u32string out;
    for (const int c : cells) out += k(c);
    return out;
  }

  PageRows& t_;
};

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_IN_PIECES_H_
