// The headings 委託事項1, 2, … part the lines into blocks, the label 委託先名 stands inside; their
// numbers may have got lost, so blocks are counted.

#include "indexer/woven_contractors.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "dicts/company_name.h"
#include "indexer/form.h"
#include "indexer/utf8.h"

namespace pia {
namespace {

using View = std::string_view;

constexpr std::size_t kFarthest = 6;  // filled lines between a label and its value

constexpr std::array<View, 10> kBranches = {"本部",   "支社",     "支店",   "支部",   "事業部",
                                            "営業所", "センター", "事業所", "営業部", "支所"};

struct Filled {
  std::size_t line = 0;
  const Label* label = nullptr;  // nullptr: too long for one
};

struct Block {
  std::size_t begin = 0, end = 0, label = 0;
  int no = 0;  // 0: lost
  int labels = 0;
};

class Contractors {
 public:
  Contractors(WovenLines& lines, Assessment& a) : woven_(lines), a_(a) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const View text = lines.text(i);
      paged_ = paged_ || View(lines.source()[i].text).find('\f') != View::npos;
      if (text.starts_with("変更日") || text.starts_with("変更年月日")) break;
      if (text.empty()) continue;
      const bool brief = text.size() < 200 || words_of(i).size() < 200;
      lines_.push_back({i, brief ? &lines.label(i) : nullptr});
    }
  }

  void run() {
    if (!paged_) return;
    std::vector<InfoFile*> files;
    for (InfoFile& file : a_.files) {
      if (!file.contracts.rows.empty()) files.push_back(&file);
    }
    const std::vector<std::vector<Block>> sections = find_sections();
    if (sections.size() != files.size()) return;
    for (std::size_t f = 0; f < files.size(); ++f) {
      std::vector<Contract>& rows = files[f]->contracts.rows;
      const std::vector<Block>& blocks = sections[f];
      const auto broken = [](const Block& block) { return block.labels > 1; };
      if (std::any_of(blocks.begin(), blocks.end(), broken)) continue;
      const bool numbered = std::all_of(blocks.begin(), blocks.end(),
                                        [](const Block& block) { return block.no > 0; });
      if (!numbered && rows.size() != blocks.size()) continue;
      for (std::size_t i = 0; i < blocks.size(); ++i) {
        const auto row = numbered
                             ? std::find_if(rows.begin(), rows.end(),
                                            [&](const Contract& r) { return r.no == blocks[i].no; })
                             : rows.begin() + static_cast<std::ptrdiff_t>(i);
        if (row != rows.end()) settle(*row, blocks[i]);
      }
    }
  }

 private:
  static std::string key_of(View label) { return read_label(label).key; }

  // A line of the source with one space between its words.
  std::string words_of(std::size_t line) const {
    const View text = woven_.text(line);
    std::string words;
    bool gap = false;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t begin = at;
      const char32_t c = next_char(text, at);
      if (c == '\f') continue;
      if (is_label_space(c)) {
        gap = true;
        continue;
      }
      if (gap) words += ' ';
      gap = false;
      words.append(text, begin, at - begin);
    }
    return words;
  }

  Place place_of(std::size_t filled) const { return woven_.source()[lines_[filled].line].place; }

  // By file: the blocks of its 委託事項 that have the label.
  std::vector<std::vector<Block>> find_sections() const {
    static const std::string heading = key_of("特定個人情報ファイルの取扱いの委託"),
                             next = key_of("特定個人情報の提供・移転"), item = key_of("委託事項1"),
                             label = key_of("委託先名");
    std::vector<std::vector<Block>> sections;
    std::vector<Block> blocks;
    const auto close = [&](std::size_t at) {
      if (!blocks.empty()) blocks.back().end = at;
      std::erase_if(blocks, [](const Block& block) { return block.labels == 0; });
      if (!blocks.empty()) sections.push_back(std::move(blocks));
      blocks.clear();
    };
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (lines_[i].label == nullptr) continue;
      const Label& line = *lines_[i].label;
      if (line.key == heading || line.key.starts_with(next)) {
        close(i);
      } else if (line.key == item && !line.range) {
        if (!blocks.empty()) blocks.back().end = i;
        blocks.push_back({i, i, 0, line.repeat, 0});
      } else if (line.key == label && !blocks.empty()) {
        blocks.back().label = i;
        ++blocks.back().labels;
      }
    }
    close(lines_.size());
    return sections;
  }

  static bool is_branch(View text) {
    return text.size() < 60 && std::any_of(kBranches.begin(), kBranches.end(),
                                           [&](View word) { return text.ends_with(word); });
  }

  static bool is_company(View text) {
    static constexpr std::array<View, 8> kOther = {"。",   "[",    "委託", "＜",
                                                   "）　", "名の", "選択", "人以上"};
    return text.size() < 150 &&
           std::none_of(kOther.begin(), kOther.end(),
                        [&](View word) { return text.find(word) != View::npos; }) &&
           looks_like_company(text);
  }

  // 合同会社 alone: the end of a name that a wide gap has torn.
  static bool is_form(View text) {
    static constexpr std::array<View, 6> kForms = {"株式会社", "有限会社", "合同会社",
                                                   "（株）",   "㈱",       "協同組合"};
    return std::find(kForms.begin(), kForms.end(), text) != kForms.end();
  }

  void settle(Contract& row, const Block& block) {
    std::vector<std::string> texts;  // of the block
    texts.reserve(block.end - block.begin);
    for (std::size_t i = block.begin; i < block.end; ++i) texts.push_back(words_of(lines_[i].line));
    const auto text_of = [&](std::size_t i) -> const std::string& {
      return texts[i - block.begin];
    };
    std::size_t first = 0, last = 0;
    for (std::size_t i = block.begin + 1; i < block.end; ++i) {
      if (!is_company(text_of(i))) continue;
      if (first == 0) {
        first = i;
      } else if (i != last + 1) {
        return;  // whose is it?
      }
      last = i;
    }
    if (first == 0) return;
    const std::size_t distance = first > block.label ? first - block.label : block.label - last;
    if (distance > kFarthest) return;
    std::string text = text_of(first);
    for (std::size_t i = first + 1; i <= last; ++i) text += "\n" + text_of(i);
    // A wide gap parts a branch from its company; the label may stand between them.
    std::string branch;
    std::size_t branch_at = last;
    for (std::size_t i = block.begin + 1; i < block.end; ++i) {
      const std::string& line = text_of(i);
      if (is_form(line)) return;
      if ((first <= i && i <= last) || !is_branch(line)) continue;
      if (!branch.empty() || first != last || i < first) return;
      branch = line;
      branch_at = i;
    }
    if (!branch.empty()) text += "　" + branch;
    const std::vector<std::string> names = split_companies(text);
    if (names.empty()) return;
    row.contractors.clear();
    for (const std::string& name : names) row.contractors.push_back({name, "", {}});
    row.where = join(row.where, place_of(first));
    row.where = join(row.where, place_of(branch_at));
  }

  WovenLines& woven_;
  Assessment& a_;
  std::vector<Filled> lines_;
  bool paged_ = false;
};

}  // namespace

void read_contractors(WovenLines& lines, Assessment& assessment) {
  const bool any = std::any_of(assessment.files.begin(), assessment.files.end(),
                               [](const InfoFile& file) { return !file.contracts.rows.empty(); });
  if (any) Contractors(lines, assessment).run();
}

}  // namespace pia
