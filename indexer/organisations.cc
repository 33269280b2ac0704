// contractor: in a present row. former contractor: named in 変更前 and replaced or deleted.
// contractor by history: named by 変更後, never removed since, while the page that would confirm it
// is missing. mentioned: any other company in the text.
//
// The history is replayed in the order of the table. A row that names a company is about one
// 委託事項 (its number stands in 項目 or in the text); the name stands there alone (項目 ends in
// 委託先名) or behind ③委託先名 in a block of several items.

#include "indexer/organisations.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "dicts/company_name.h"
#include "indexer/cells_context.h"
#include "indexer/form.h"
#include "indexer/utf8.h"
#include "indexer/values.h"

namespace pia {
namespace {

bool says_deleted(const Text& text) {
  if (!text) return false;
  const std::string t = trim(*text);
  return t.find("削除") != std::string::npos && t.size() <= 60;
}

// 委託先名 itself, not 委託先名の確認方法.
bool is_about_name(std::string_view item) {
  for (Found f = find_words(item, "委託先名"); f.at != std::string_view::npos;
       f = find_words(item, "委託先名", f.at + f.length)) {
    if (!trim(item.substr(f.at + f.length)).starts_with("の確認")) return true;
  }
  return false;
}

// What stands behind "委託先名" in a block of items, up to the next item.
std::string name_in_block(std::string_view text) {
  for (Found f = find_words(text, "委託先名"); f.at != std::string_view::npos;
       f = find_words(text, "委託先名", f.at + f.length)) {
    std::string_view rest = text.substr(f.at + f.length);
    if (trim(rest).starts_with("の確認")) continue;
    std::size_t end = rest.size();
    for (std::size_t at = 0; at < rest.size();) {
      const std::size_t here = at;
      const char32_t c = next_char(rest, at);
      if (c >= U'①' && c <= U'⑳') {
        end = here;
        break;
      }
    }
    for (std::string_view next : {"再委託", "委託事項", "委託内容", "委託先における"}) {
      const Found other = find_words(rest, next);
      if (other.at != std::string_view::npos) end = std::min(end, other.at);
    }
    std::string name = trim(rest.substr(0, end));
    for (std::string_view sign : {"：", ":"}) {
      if (name.starts_with(sign)) name = trim(std::string_view(name).substr(sign.size()));
    }
    if (!name.empty()) return name;
  }
  return {};
}

// The number behind 委託事項; 0 if there is none.
int contract_number(std::string_view text) {
  const Found f = find_words(text, "委託事項");
  if (f.at == std::string_view::npos) return 0;
  std::size_t at = f.at + f.length;
  int value = 0;
  while (at < text.size()) {
    char32_t c = next_char(text, at);
    if (c >= 0xFF10 && c <= 0xFF19) c -= 0xFEE0;
    if (is_label_space(c) && value == 0) continue;
    if (c < U'0' || c > U'9' || value > 99) break;
    value = value * 10 + static_cast<int>(c - U'0');
  }
  return value;
}

// （新規）, 右記を追加, （削除）, 未記載: about the row, no name.
bool is_remark(std::string_view cell) {
  std::string words = read_label(cell).key;
  std::erase_if(words, [](char c) { return c == '(' || c == ')' || c == '[' || c == ']'; });
  for (std::string_view remark :
       {"新規", "削除", "未記載", "右記を追加", "右記を追記", "左記を削除", "追加", "記載なし",
        "新規追加", "項目追加", "項目削除", "変更なし", "なし", "同左", "省略", "略"}) {
    if (words == remark) return true;
  }
  return false;
}

struct Known {
  Company company;
  std::string printed;
};

constexpr std::string_view kForms[] = {
    "株式会社", "㈱",       "（株）",       "(株)",         "有限会社",     "㈲",          "（有）",
    "(有)",     "合同会社", "一般財団法人", "公益財団法人", "一般社団法人", "公益社団法人"};

// Characters of the forms that few texts have, a bit each: a form can only stand in a text that has
// all of its own.
unsigned rare_characters(std::string_view text) {
  unsigned found = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_char(text, at);
    if (c < U'㈱') continue;  // kana, and most other characters
    switch (c) {
      case U'株':
        found |= 1;
        break;
      case U'㈱':
        found |= 2;
        break;
      case U'有':
        found |= 4;
        break;
      case U'㈲':
        found |= 8;
        break;
      case U'社':
        found |= 16;
        break;
      case U'同':
        found |= 32;
        break;
      case U'団':
        found |= 64;
        break;
      default:
        break;
    }
  }
  return found;
}

// Which of kForms may stand in a text.
class FormFilter {
 public:
  FormFilter() {
    for (const std::string_view form : kForms) of_form_.push_back(rare_characters(form));
  }

  std::vector<std::string_view> forms_of(std::string_view text) const {
    const unsigned found = rare_characters(text);
    std::vector<std::string_view> out;
    for (std::size_t i = 0; i < of_form_.size(); ++i) {
      if ((of_form_[i] & ~found) == 0) out.push_back(kForms[i]);
    }
    return out;
  }

 private:
  std::vector<unsigned> of_form_;
};

// Lines with a sentence in them are the row's note that ran into the cell; they name nobody.
std::string without_sentences(std::string_view cell) {
  std::string out;
  while (!cell.empty()) {
    const std::size_t end = std::min(cell.find('\n'), cell.size());
    const std::string_view line = cell.substr(0, end);
    if (line.find("。") == std::string_view::npos)
      out += (out.empty() ? "" : "\n") + std::string(line);
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
  return out;
}

// 株式会社 and nothing else: the border between two cells was drawn through a name.
bool is_form_alone(const Text& text) {
  return text && std::find(std::begin(kForms), std::end(kForms), trim(*text)) != std::end(kForms);
}

std::vector<Known> companies_of(const Text& text, bool name_alone) {
  std::vector<Known> known;
  if (!text) return known;
  std::string cell = name_in_block(*text);
  if (cell.empty() && name_alone) cell = *text;
  cell = without_sentences(cell);
  if (cell.empty() || cell.size() > 400 || is_remark(cell)) return known;
  for (std::string& printed : split_companies(cell)) {
    Company company = parse_company(printed);
    if (!company.name.empty()) known.push_back({std::move(company), std::move(printed)});
  }
  return known;
}

struct State {
  Organisation organisation;
  bool present = false;  // the last row that names it lets it stay
  int contract = 0;      // 委託事項 that it was last named in
};

class History {
 public:
  void replay(const std::vector<Revision>& revisions) {
    for (const Revision& row : revisions) read(row);
  }
  const std::map<std::string, State>& companies() const { return companies_; }

 private:
  void read(const Revision& row) {
    const std::string item = row.item.value_or("");
    const bool about_name = is_about_name(item);
    const bool about_contract =
        about_name || find_words(item, "委託事項").at != std::string_view::npos;
    if (!about_contract) return;
    if (is_form_alone(row.before) || is_form_alone(row.after)) return;
    const int number = contract_number(item);
    const std::vector<Known> before = companies_of(row.before, about_name);
    const std::vector<Known> after = companies_of(row.after, about_name);
    for (const Known& known : before) name(known, row, false, number);
    for (const Known& known : after) name(known, row, true, number);
    // A whole 委託事項 goes without naming its company.
    if (before.empty() && !about_name && says_deleted(row.after) && number > 0 &&
        is_whole_contract(item))
      remove(number);
  }

  // 項目 ends with 委託事項2 and names no item of it.
  static bool is_whole_contract(const std::string& item) {
    const Found f = find_words(item, "委託事項");
    const std::string rest = item.substr(f.at + f.length);
    for (std::size_t at = 0; at < rest.size();) {
      const char32_t c = next_char(rest, at);
      if (c >= U'①' && c <= U'⑳') return false;
    }
    return true;
  }

  void name(const Known& known, const Revision& row, bool present, int number) {
    const std::string key = company_key(known.company.name);
    const auto [found, added] = companies_.try_emplace(key);
    State& state = found->second;
    if (added) state.organisation = {known.company.name, known.printed, "", row.where};
    state.present = present;
    if (present && !added) state.organisation.where = row.where;
    if (number > 0) state.contract = number;
  }

  void remove(int number) {
    for (auto& [key, state] : companies_) {
      if (state.contract == number && state.present) state.present = false;
    }
  }

  std::map<std::string, State> companies_;
};

// True if the pages that print the contracts are not all there: then the history may speak.
bool contracts_are_incomplete(const Assessment& a) {
  for (const InfoFile& file : a.files) {
    const int rows = static_cast<int>(file.contracts.rows.size());
    if (file.contracts.count && *file.contracts.count > rows) return true;
    if (!file.contracts.used && rows == 0) return true;
  }
  return a.files.empty();
}

bool is_name_char(char32_t c) {
  return (c >= U'ァ' && c <= U'ヿ') || (c >= 0x4E00 && c <= 0x9FFF) || (c >= U'A' && c <= U'Z') ||
         (c >= U'a' && c <= U'z') || (c >= 0xFF21 && c <= 0xFF5A) || c == U'・' || c == U'ー' ||
         c == U'－' || c == U'-' || c == U'−' || c == U'‐' || c == U'&' || c == U'＆' ||
         c == U'々' || (c >= U'0' && c <= U'9');
}

// No name is longer, in bytes: what goes on beyond it is a sentence without any mark.
constexpr std::size_t kLongestName = 300;

// The name around a legal form at `at`: to the right if something follows it, else to the left.
std::string company_around(std::string_view text, std::size_t at, std::size_t size) {
  std::size_t end = at + size;
  while (end < text.size() && (text[end] == ' ' || text.compare(end, 3, "　") == 0))
    end += text[end] == ' ' ? 1 : 3;
  const std::size_t begin_right = end;
  // The cell behind a name in the change table: みどり電算　株式会社 事後.
  const bool next_cell = text.compare(end, 6, "事前") == 0 || text.compare(end, 6, "事後") == 0;
  while (end < text.size() && end - at < kLongestName && !next_cell) {
    std::size_t next = end;
    if (!is_name_char(next_char(text, next))) break;
    end = next;
  }
  std::size_t begin = at;
  if (next_cell && begin >= 3 && text.compare(begin - 3, 3, "　") == 0) begin -= 3;
  while (begin > 0 && at - begin < kLongestName) {
    std::size_t last = begin - 1;
    while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
    std::size_t here = last;
    if (!is_name_char(next_char(text, here))) break;
    begin = last;
  }
  // 日本電気株式会社: the form stands behind a name; 株式会社TKC: before it.
  if (at - begin >= 6) return std::string(text.substr(begin, at + size - begin));
  if (end - begin_right >= 2) return std::string(text.substr(at, end - at));
  return {};
}

// 株式会社 alone, or 会社 whose 株式 stands in another cell.
bool is_torn_name(std::string_view name) {
  return company_key(company_stem(name)).empty() || name.starts_with("会社") ||
         std::find(std::begin(kForms), std::end(kForms), name) != std::end(kForms);
}

void add_mentioned(Assessment& a, std::set<std::string>& named) {
  std::string
      printed_names;  // cells that have been read: their parts are no companies of their own
  for (const Organisation& known : a.organisations) printed_names += one_line(known.printed) + "\n";
  for (const InfoFile& file : a.files) {
    for (const Contract& row : file.contracts.rows) {
      for (const Contractor& contractor : row.contractors)
        printed_names += one_line(contractor.printed) + "\n";
    }
  }
  for (std::string_view space : {" ", "　"}) {
    for (std::size_t at = printed_names.find(space); at != std::string::npos;
         at = printed_names.find(space)) {
      printed_names.erase(at, space.size());
    }
  }
  static const FormFilter filter;
  for (const Passage& passage : a.passages) {
    if (passage.item.ends_with("委託先名")) continue;
    for (std::string_view form : filter.forms_of(passage.text)) {
      for (std::size_t at = find_word(passage.text, form); at != std::string::npos;
           at = find_word(passage.text, form, at + form.size())) {
        std::string printed = company_around(passage.text, at, form.size());
        if (const std::size_t label = printed.find("委託先名"); label != std::string::npos) {
          printed.erase(0, label + std::string_view("委託先名").size());  // the label before it
        }
        std::string bare = printed;
        for (std::string_view space : {" ", "　", "\n"}) {
          for (std::size_t gap = bare.find(space); gap != std::string::npos; gap = bare.find(space))
            bare.erase(gap, space.size());
        }
        if (printed_names.find(bare) != std::string::npos ||
            printed.find("委託") != std::string::npos)
          continue;
        if (printed.empty() || printed.size() > 90 || !looks_like_company(printed)) continue;
        const Company company = parse_company(printed);
        if (company.name.empty()) continue;
        const std::string key = company_key(company.name);
        // A tail of a name already known (a line or an odd character cut it) is that company.
        const std::string stem = company_key(company_stem(company.name));
        if (is_torn_name(company.name)) continue;
        const bool known = std::any_of(named.begin(), named.end(), [&](const std::string& k) {
          return !stem.empty() && k.find(stem) != std::string::npos;
        });
        if (known || !named.insert(key).second) continue;
        a.organisations.push_back({company.name, printed, "mentioned", passage.where});
      }
    }
  }
}

// Where a contractor of a row is printed: a row may go on over pages and many cells.
Place place_of_contractor(const Assessment& a, const Contract& row, const Contractor& contractor) {
  if (row.where.page == 0 && row.where.sheet.empty()) return row.where;
  for (const Passage& passage : a.passages) {
    const bool of_row = passage.where.sheet == row.where.sheet &&
                        passage.where.page >= row.where.page &&
                        passage.where.page <= row.where.page + 2;
    if (of_row && passage.item.ends_with("委託先名") &&
        passage.item.find("委託事項" + std::to_string(row.no) + " ") != std::string::npos &&
        passage.text.find(contractor.printed) != std::string::npos)
      return passage.where;
  }
  return row.where;
}

}  // namespace

void find_organisations(Assessment& a) {
  std::set<std::string> named;
  for (const InfoFile& file : a.files) {
    for (const Contract& row : file.contracts.rows) {
      for (const Contractor& contractor : row.contractors) {
        if (!named.insert(company_key(contractor.name)).second) continue;
        a.organisations.push_back({contractor.name, contractor.printed, "contractor",
                                   place_of_contractor(a, row, contractor)});
      }
    }
  }
  History history;
  history.replay(a.revisions);
  const bool incomplete = contracts_are_incomplete(a);
  std::string only_history;
  for (const auto& [key, state] : history.companies()) {
    if (is_torn_name(state.organisation.name)) continue;
    if (!named.insert(key).second) continue;
    Organisation organisation = state.organisation;
    organisation.role = !state.present ? "former contractor"
                        : incomplete   ? "contractor by history"
                                       : "mentioned";
    if (organisation.role == "contractor by history") {
      only_history += (only_history.empty() ? "" : "、") + organisation.name;
    }
    a.organisations.push_back(std::move(organisation));
  }
  if (!only_history.empty()) {
    a.warnings.push_back(
        "現在の委託先欄の頁が欠けているため、変更履歴からのみ読み取れる委託先があります: " +
        only_history);
  }
  add_mentioned(a, named);
}

}  // namespace pia
