// Text in reading order puts a value above, beside or below its label, as the cells are centred,
// but hardly ever beyond the next section's heading:
//
//   評価書番号
//   評価書名
//   7
//   あおば市                 wide gaps part the title
//   給付に関する事務
//   基礎項目評価書
//   個人のプライバシー等の権利利益の保護の宣言

#include "indexer/woven_sections.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dicts/japanese_date.h"
#include "indexer/form.h"
#include "indexer/utf8.h"
#include "indexer/woven_words.h"

namespace pia {
namespace {

using View = std::string_view;
using woven::bare;
using woven::ends_any;
using woven::has_any;

bool has(View text, View word) { return text.find(word) != View::npos; }

bool is_number(View text) {
  if (text.empty() || text.size() > 24) return false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_char(text, at);
    const bool digit = (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９');
    if (!digit && c != U'-' && c != U'－' && c != U'‐') return false;
  }
  return has_any(text,
                 std::array<View, 20>{"0",  "1",  "2",  "3",  "4",  "5",  "6",  "7",  "8",  "9",
                                      "０", "１", "２", "３", "４", "５", "６", "７", "８", "９"});
}

struct Text1 {
  std::size_t line = 0;
  View text;         // of the source
  bool gap = false;  // an empty line above
};

class Sections {
 public:
  Sections(WovenLines& lines, Assessment& a) : source_(lines.source()), a_(a) {
    bool gap = true;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (source_[i].text.starts_with('\f')) {
        pages_.push_back(lines_.size());
        gap = true;
      }
      const View text = lines.text(i);
      if (text.starts_with("変更日") || text.starts_with("変更年月日")) break;
      if (text.empty()) {
        gap = true;
        continue;
      }
      keys_.push_back(text.size() > 200 ? View() : View(lines.label(i).key));
      lines_.push_back({i, text, gap});
      gap = false;
    }
  }

  void run() {
    if (pages_.empty()) return;
    cover();
    name_of_process();
    if (a_.kind == Text("基礎項目")) {
      counts();
      basic_contacts();
    } else {
      contact();
    }
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  static std::string key_of(View label) { return read_label(label).key; }

  // The only line that is this label, or kNone.
  std::size_t only(View label, std::size_t from, std::size_t to) const {
    const std::string key = key_of(label);
    std::size_t found = kNone;
    for (std::size_t i = from; i < to; ++i) {
      if (keys_[i] != key) continue;
      if (found != kNone) return kNone;
      found = i;
    }
    return found;
  }

  // The first line at or below `from` that is this label, or kNone.
  std::size_t first(View label, std::size_t from) const {
    const std::string key = key_of(label);
    for (std::size_t i = from; i < lines_.size(); ++i) {
      if (keys_[i] == key) return i;
    }
    return kNone;
  }

  Place place(std::size_t first, std::size_t last) const {
    return join(source_[lines_[first].line].place, source_[lines_[last].line].place);
  }

  void set(Text& value, const std::string& pointer, std::string text, Place where) {
    value = std::move(text);
    a_.places[pointer] = where;
    a_.reasons[pointer] = "all that stands in the section of its label";
  }

  void drop(Text& value, const std::string& pointer, const std::string& name) {
    if (!value) return;
    value.reset();
    a_.places.erase(pointer);
    a_.reasons.erase(pointer);
    a_.warnings.push_back(name + ": 見出しの文字だけで、値を判別できません");
  }

  static std::string all_of(const std::vector<Text1>& lines) {
    std::string text;
    for (const Text1& line : lines) {
      if (!text.empty() && line.gap) text += "　";
      text += line.text;
    }
    return text;
  }

  void cover() {
    const std::size_t end =
        std::find_if(pages_.begin(), pages_.end(), [](std::size_t p) { return p > 3; }) ==
                pages_.end()
            ? 0
            : *std::find_if(pages_.begin(), pages_.end(), [](std::size_t p) { return p > 3; });
    const std::size_t declaration = only("個人のプライバシー等の権利利益の保護の宣言", 0, end);
    title(declaration, end);
    remarks(declaration, end);
  }

  // "評価書番号", "評価書名" and both in one line, with or without their values behind them.
  static View without_labels(View text) {
    for (const View label : {View("評価書番号"), View("評価書名")}) {
      if (!text.starts_with(label)) continue;
      text = trim_label_spaces(text.substr(label.size()));
    }
    return text;
  }

  void title(std::size_t declaration, std::size_t end) {
    if (declaration >= end) return;
    std::size_t begin = 0;
    while (begin < declaration && !lines_[begin].text.starts_with("評価書番号")) ++begin;
    std::vector<Text1> title;
    View number;
    std::size_t number_at = 0;
    bool label = false;
    for (std::size_t i = begin; i < declaration; ++i) {
      if (lines_[i].text.starts_with("特定個人情報保護評価書")) continue;
      label = label || has(lines_[i].text, "評価書名");
      View text = without_labels(lines_[i].text);
      const View first = text.substr(0, text.find(' '));
      if (number.empty() && title.empty() && is_number(first)) {
        number = first;
        number_at = i;
        text = trim_label_spaces(text.substr(first.size()));
      }
      if (text.empty()) continue;
      title.push_back({i, text, true});  // a wide gap parts its lines
    }
    if (!label || title.empty() || title.size() > 5) return;
    const std::string all = all_of(title);
    if (!all.ends_with("評価書") || all.size() > 300 || has(all, "。") || has(all, "[")) return;
    if (!number.empty())
      set(a_.number, "/number", std::string(number), place(number_at, number_at));
    if (a_.title && bare(*a_.title) == bare(all)) return;
    set(a_.title, "/title", all, place(title.front().line, title.back().line));
  }

  void remarks(std::size_t declaration, std::size_t end) {
    const std::size_t label = only("特記事項", 0, end), body = only("評価実施機関名", 0, end),
                      date = only("公表日", 0, end);
    if (declaration >= end || body >= end || date >= end || !(declaration < body && body < date))
      return;
    static constexpr std::array<View, 6> kBodies = {"長", "委員会", "機構", "連合", "組合", "法人"};
    if (!a_.body.printed && date == body + 2 && date + 1 < end &&
        parse_date(lines_[date + 1].text) && ends_any(lines_[body + 1].text, kBodies))
      set(a_.body.printed, "/body/printed", std::string(lines_[body + 1].text),
          place(body + 1, body + 1));
    if (label >= end || label <= declaration || label > body) return;
    // A remark that begins above its label cannot be parted from the declaration.
    if (!has(lines_[label - 1].text, "宣言") || !lines_[label - 1].text.ends_with("。")) return;
    if (label + 1 == body) {
      drop(a_.remarks, "/remarks", "表紙 特記事項");
    } else if (!a_.remarks || (a_.title && has(bare(*a_.title), bare(*a_.remarks)))) {
      set(a_.remarks, "/remarks",
          all_of({lines_.begin() + static_cast<std::ptrdiff_t>(label) + 1,
                  lines_.begin() + static_cast<std::ptrdiff_t>(body)}),
          place(label + 1, body - 1));
    }
  }

  // 事務の名称 repeats a part of the title; a chapter's number beside it is none.
  void name_of_process() {
    Text& name = a_.process.name;
    if (name && key_of(*name).empty()) drop(name, "/process/name", "事務の名称");
    if (name || !a_.title) return;
    const std::string title = bare(*a_.title);
    const std::size_t label = only("事務の名称", 0, lines_.size());
    if (label == kNone) return;
    for (std::size_t i = label < 4 ? 0 : label - 4; i < std::min(lines_.size(), label + 8); ++i) {
      const std::string text = bare(lines_[i].text);
      if (!text.ends_with("事務") || text.size() < 18 || !has(title, text)) continue;
      set(name, "/process/name", std::string(lines_[i].text), place(i, i));
      return;
    }
  }

  // The only line of [from, to) with a date.
  std::size_t only_date(std::size_t from, std::size_t to) const {
    std::size_t found = kNone;
    for (std::size_t i = from; i < to; ++i) {
      if (lines_[i].text.size() > 60 || find_dates(lines_[i].text).empty()) continue;
      if (found != kNone) return kNone;
      found = i;
    }
    return found;
  }

  void counts() {
    const std::size_t people = only("対象人数", 0, lines_.size()),
                      staff = only("取扱者数", 0, lines_.size()),
                      incidents = only("重大事故", 0, lines_.size());
    if (people == kNone || staff == kNone || incidents == kNone || people > staff ||
        staff > incidents || incidents > staff + 30 || staff > people + 40)
      return;
    const std::size_t first = only_date(people + 1, staff),
                      second = only_date(staff + 1, incidents);
    if (first == kNone || second == kNone) return;
    date(a_.process.people_as_of, "/process/people_as_of", first);
    if (a_.staff) date(a_.staff->as_of, "/staff/as_of", second);
  }

  void date(Text& value, const std::string& pointer, std::size_t at) {
    const View text = lines_[at].text;
    set(value, pointer, std::string(text.substr(find_dates(text).front().offset)), place(at, at));
  }

  static bool is_office(View text) {
    static constexpr std::array<View, 12> kOffices = {
        "課", "部", "室", "局", "所", "係", "班", "センター", "会", "担当", "グループ", "支所"};
    return text.size() < 150 && ends_any(text, kOffices) && !has(text, "。");
  }

  static bool is_address(View text) {
    static constexpr std::array<View, 7> kMarks = {"〒",   "電話", "TEL",   "ＴＥＬ",
                                                   "郵便", "FAX",  "ＦＡＸ"};
    static constexpr std::array<View, 5> kEnds = {"番地", "号", "丁目", "番", "階"};
    if (has(text, "。")) return false;
    return has_any(text, kMarks) || is_phone(text) || (text.size() < 150 && ends_any(text, kEnds));
  }

  // An address whose rest is lost: "〒123-4567", "電話".
  static bool is_cut(const std::string& text) {
    const std::size_t post = text.rfind("〒");
    if (text.ends_with("電話") || text.ends_with("番号") || text.ends_with("：")) return true;
    return post != std::string::npos && is_number(bare(text.substr(post + View("〒").size())));
  }

  bool is_furniture(std::size_t i) const {
    std::string text = bare(lines_[i].text);
    std::erase_if(text, [](char c) { return c == '[' || c == ']' || c == '/'; });
    static constexpr std::array<View, 7> kWords = {"連絡先",
                                                   "請求先",
                                                   "対応方法",
                                                   "規則第９条第２項の適用",
                                                   "適用した",
                                                   "適用した理由",
                                                   "特定個人情報保護評価書"};
    if (is_phone(text)) return false;
    if (text.empty() || is_number(text) || keys_[i].empty()) return true;
    const std::string key = key_of(text);
    return std::any_of(kWords.begin(), kWords.end(),
                       [&](View word) { return key == key_of(word); }) ||
           (text.size() < 40 && text.ends_with("ページ"));
  }

  static bool is_phone(View text) {
    const std::string all = bare(text);
    std::size_t at = all.size();
    while (at > 0 && (all[at - 1] == '-' || (all[at - 1] >= '0' && all[at - 1] <= '9'))) --at;
    return all.size() - at >= 9 &&
           std::count(all.begin() + static_cast<std::ptrdiff_t>(at), all.end(), '-') >= 2;
  }

  // What stands in [from, to) beside labels: lines of a contact, and others.
  struct Section {
    std::vector<Text1> contact, after, other;  // after: of another contact, behind the telephone
  };

  Section section(std::size_t from, std::size_t to) const {
    Section out;
    bool done = false;
    for (std::size_t i = from; i < to; ++i) {
      const View text = lines_[i].text;
      if (is_furniture(i)) continue;
      const bool office = is_office(text), address = is_address(text);
      if (!office && !address) {
        out.other.push_back(lines_[i]);
      } else if (done && !text.starts_with("FAX") && !text.starts_with("ＦＡＸ") &&
                 !text.starts_with("内線")) {
        out.after.push_back(lines_[i]);
      } else {
        out.contact.push_back(lines_[i]);
      }
      done = done || is_phone(text);
    }
    return out;
  }

  static std::string joined(const std::vector<Text1>& lines) {
    std::string text;
    for (const Text1& line : lines) {
      if (!text.empty()) text += '\n';
      text += line.text;
    }
    return text;
  }

  Place place(const std::vector<Text1>& lines) const {
    Place where = source_[lines.front().line].place;
    for (const Text1& line : lines) where = join(where, source_[line.line].place);
    return where;
  }

  void settle(const std::vector<Text1>& lines, Text& value, const std::string& pointer,
              const std::string& name) {
    if (lines.empty()) return;
    const std::string text = joined(lines);
    const View first = lines.front().text;
    if (is_cut(text) || (!is_office(first) && is_phone(first) && lines.size() == 1 &&
                         (first.starts_with("電話") || is_number(first)))) {
      if (value && bare(*value).size() <= bare(text).size()) drop(value, pointer, name);
      return;
    }
    if (value && bare(*value) == bare(text)) return;
    set(value, pointer, text, place(lines));
  }

  // 様式2 7 and 8. Below them only 規則第9条第2項の適用, which is mostly empty.
  void basic_contacts() {
    const std::size_t request = only("特定個人情報の開示・訂正・利用停止請求", 0, lines_.size()),
                      contact =
                          only("特定個人情報ファイルの取扱いに関する問合せ", 0, lines_.size()),
                      end = first("しきい値判断項目", contact);
    if (request == kNone || contact == kNone || request >= contact || contact > request + 14)
      return;
    Section to = section(request + 1, contact);
    const Section ask = end == kNone || end > contact + 24 ? Section() : section(contact + 1, end);
    if (!to.other.empty() || !to.after.empty()) return;
    const bool whole = ask.other.empty() && !ask.contact.empty() && is_phone(joined(ask.contact));
    // The end of the first cell, moved behind the second.
    const bool phoned = std::any_of(to.contact.begin(), to.contact.end(),
                                    [](const Text1& line) { return is_phone(line.text); });
    if (whole && !phoned && !ask.after.empty() && is_phone(ask.after.back().text))
      to.contact.insert(to.contact.end(), ask.after.begin(), ask.after.end());
    settle(to.contact, a_.disclosure_request.to, "/disclosure_request/to", "請求先");
    if (whole && (ask.after.empty() || !phoned)) {
      settle(ask.contact, a_.contact.to, "/contact/to", "連絡先");
    } else if (a_.contact.to && !ask.after.empty() &&
               has(bare(*a_.contact.to), bare(ask.after.back().text))) {
      drop(a_.contact.to, "/contact/to", "連絡先");
    }
  }

  // The last section of its chapter: ①連絡先 and ②対応方法.
  void contact() {
    const std::size_t begin = only("特定個人情報ファイルの取扱いに関する問合せ", 0, lines_.size());
    if (begin == kNone) return;
    std::size_t end = begin + 1;
    while (end < lines_.size() && keys_[end] != key_of("評価実施手続")) ++end;
    if (end == lines_.size() || end > begin + 24) return;
    const Section all = section(begin + 1, end);
    if (all.contact.empty() || !all.after.empty()) return;
    if (!is_office(all.contact.front().text) && !is_address(all.contact.front().text)) return;
    const std::string how = bare(joined(all.other));
    if (!how.empty() && !how.ends_with("。") && how != "－") return;
    settle(all.contact, a_.contact.to, "/contact/to", "連絡先");
    if (a_.contact.how && bare(*a_.contact.how) == how) return;
    if (how.empty()) {
      drop(a_.contact.how, "/contact/how", "対応方法");
    } else {
      set(a_.contact.how, "/contact/how", joined(all.other), place(all.other));
    }
  }

  const std::vector<SourceLine>& source_;
  Assessment& a_;
  std::vector<Text1> lines_;
  std::vector<View> keys_;          // of the lines; empty if they are too long for a label
  std::vector<std::size_t> pages_;  // by page behind the first: its first line
};

}  // namespace

void read_sections(WovenLines& lines, Assessment& assessment) { Sections(lines, assessment).run(); }

}  // namespace pia
