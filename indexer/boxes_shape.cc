#include "indexer/boxes_shape.h"

#include <array>
#include <initializer_list>
#include <unordered_map>

#include "indexer/boxes_text.h"

namespace pia::boxes {
namespace {

using View = std::u32string_view;
using namespace std::string_view_literals;

bool has_any(View text, std::initializer_list<View> words) {
  for (const View word : words) {
    if (text.find(word) != View::npos) return true;
  }
  return false;
}

bool ends_any(View text, std::initializer_list<View> words) {
  for (const View word : words) {
    if (text.ends_with(word)) return true;
  }
  return false;
}

bool is_sentence(View text) { return text.find(U'。') != View::npos; }

struct Rule {
  std::string_view pointer;  // an item's pointer ends with it
  double (*cost)(View key);
};

double short_name(View k) { return is_sentence(k) ? 3 : k.size() > 80 ? 3 : k.size() > 50 ? 1 : 0; }

// Bodies and departments that information is given to.
bool names_recipient(View k) {
  if (is_sentence(k) || has_any(k, {U"ため", U"関する事務"})) return false;
  return ends_any(k,
                  {U"長",   U"知事",   U"大臣", U"機構",   U"協会",   U"組合",   U"連合会", U"連合",
                   U"基金", U"事業団", U"公社", U"委員会", U"庁",     U"省",     U"署",     U"所",
                   U"課",   U"部",     U"局",   U"室",     U"係",     U"市",     U"区",     U"町",
                   U"村",   U"県",     U"府",   U"都",     U"保険者", U"事業者", U"銀行"}) ||
         (has_any(k, {U"情報照会者", U"情報提供者", U"提供先"}) && k.size() < 80);
}

bool tells_time(View k) {
  return k.size() < 60 && (has_any(k, {U"毎", U"都度", U"随時", U"年次", U"月次", U"日次", U"回",
                                       U"必要に応じ", U"即時", U"定期", U"リアルタイム", U"月に",
                                       U"年に", U"週に", U"照会を受け", U"依頼"}) ||
                           ends_any(k, {U"時", U"とき", U"時点", U"以降", U"以内", U"月", U"日"}));
}

bool names_law(View k) {
  return has_any(k, {U"法第", U"法律第", U"条例", U"別表", U"省令", U"規則", U"番号法", U"法("});
}

// Items of ④記録される項目 with the reason for each.
bool lists_items(View k) {
  int items = 0;
  for (const View name : {U"個人番号", U"識別情報", U"4情報", U"5情報", U"連絡先",
                          U"住民票関係情報", U"税関係情報", U"福祉関係情報"})
    items += k.find(name) != View::npos;
  return items >= 3 && has_any(k, {U"ため", U"必要", U"保有"});
}

double purpose_cost(View k) {
  return tells_time(k)                                                        ? 2.0
         : ends_any(k, {U"事務", U"業務", U"ため", U"ため。", U"定めるもの"}) ? -1.0
         : names_recipient(k) || ends_any(k, {U"情報", U"の項"})              ? 1.0
                                                                              : 0.0;
}

double data_cost(View k) {
  return tells_time(k)                                               ? 2.0
         : k.ends_with(U"情報")                                      ? -1.0
         : has_any(k, {U"情報", U"氏名", U"別紙", U"同じ", U"参照"}) ? -0.4
         : names_recipient(k) || names_law(k)                        ? 1.2
                                                                     : 0.5;
}

double basis_cost(View k) {
  if (ends_any(k, {U"に関する事務", U"情報照会者"}) || tells_time(k)) return 1.5;
  return names_law(k) ? -1.2 : has_any(k, {U"法", U"条例", U"条", U"省令"}) ? -0.6 : 1.0;
}

// What allows to use the number is 番号法第9条 or an ordinance, what allows to ask for information
// over the network is 第19条.
double number_basis_cost(View k, bool network) {
  const bool use = has_any(k, {U"第9条", U"条例", U"別表第一"});
  const bool exchange = has_any(k, {U"第19条", U"照会の根拠", U"提供の根拠", U"別表第二", U"同表"});
  if (is_sentence(k) && !use) return 3.0;
  if (use != exchange) return exchange == network ? -1.5 : 1.5;
  if (names_law(k)) return -1.0;
  return has_any(k, {U"法", U"条", U"省令"}) ? -0.8 : 1.2;
}

double scope_cost(View k) {
  return ends_any(k, {U"者", U"者。", U"等", U"同じ", U"世帯", U"同様", U"児童"}) ||
                 has_any(k, {U"範囲", U"対象"})
             ? -0.8
         : tells_time(k) || names_law(k) ? 1.5
                                         : 0.3;
}

constexpr std::array<Rule, 43> kRules{{
    {"/provisions/rows/*/name",
     [](View k) {
       return names_recipient(k)                ? -1.2
              : tells_time(k) || is_sentence(k) ? 3.0
              : names_law(k)                    ? 1.5
                                                : 0.7;
     }},
    {"/transfers/rows/*/name",
     [](View k) {
       return names_recipient(k)                ? -1.2
              : tells_time(k) || is_sentence(k) ? 3.0
              : names_law(k)                    ? 1.5
                                                : 0.7;
     }},
    {"/provisions/rows/*/purpose", [](View k) { return purpose_cost(k); }},
    {"/transfers/rows/*/purpose", [](View k) { return purpose_cost(k); }},
    {"/provisions/rows/*/data", [](View k) { return data_cost(k); }},
    {"/transfers/rows/*/data", [](View k) { return data_cost(k); }},
    {"/provisions/rows/*/legal_basis", [](View k) { return basis_cost(k); }},
    {"/transfers/rows/*/legal_basis", [](View k) { return basis_cost(k); }},
    {"/rows/*/timing", [](View k) { return tells_time(k)   ? -1.5
                                           : k.size() > 60 ? 2.0
                                                           : 1.0; }},
    {"/provisions/rows/*/people_scope", [](View k) { return scope_cost(k); }},
    {"/transfers/rows/*/people_scope", [](View k) { return scope_cost(k); }},
    {"/files/*/retention",
     [](View k) {
       return has_any(k, {U"年", U"保管", U"保存", U"期間"}) ? -0.5 : 0.8;
     }},
    {"/files/*/erasure",
     [](View k) {
       return has_any(k, {U"消去", U"廃棄", U"溶解", U"磁気", U"破壊", U"削除", U"裁断", U"溶融",
                          U"焼却", U"消磁"})
                  ? -1.2
              : is_sentence(k) ? 0.6
                               : 1.4;
     }},
    {"/files/*/storage",
     [](View k) {
       return has_any(k, {U"保管", U"サ-バ", U"データセンタ", U"施錠", U"設置"}) ? -1.0
              : is_sentence(k)                                                   ? 0.5
                                                                                 : 1.0;
     }},
    {"/number", [](View k) { return k.size() > 12    ? 8.0
                                    : is_digit(k[0]) ? -1.5
                                                     : 2.0; }},
    {"/title",
     [](View k) {
       return has_any(k, {U"評価書"})                    ? -1.5
              : has_any(k, {U"事務"}) && !is_sentence(k) ? -0.5
                                                         : 2.5;
     }},
    {"/body/printed",
     [](View k) {
       return k.size() > 30 || is_sentence(k) ? 6.0
              : ends_any(k, {U"長", U"市", U"区", U"町", U"村", U"県", U"会", U"連合", U"組合",
                             U"大臣", U"機構"})
                  ? -1.5
                  : 1.5;
     }},
    {"/process/name",
     [](View k) {
       return short_name(k) + (has_any(k, {U"ファイル"}) ? 3.0
                               : has_any(k, {U"事務"})   ? -1.5
                                                         : 0.5);
     }},
    {"/remarks", [](View k) { return k.ends_with(U"評価書") ? 3.0 : 0.0; }},
    {"/department/name",
     [](View k) {
       return has_any(k, {U"課", U"部", U"局", U"室", U"係"}) && !is_sentence(k) ? -1.0 : 1.5;
     }},
    {"/department/head",
     [](View k) { return k.size() > 40         ? 4.0
                         : has_any(k, {U"長"}) ? -1.5
                                               : 1.5; }},
    {"/files/*/department",
     [](View k) {
       return has_any(k, {U"課", U"部", U"局", U"室"}) && !is_sentence(k) ? -1.0 : 2.0;
     }},
    {"/used_by",
     [](View k) {
       return has_any(k, {U"課", U"部", U"局", U"室", U"所"}) ? (is_sentence(k) ? 2.0 : -1.0) : 2.0;
     }},
    {"/systems/*/name",
     [](View k) {
       return short_name(k) +
              (has_any(k, {U"システム", U"機能", U"サ-バ", U"基盤", U"端末"}) ? -1.0 : 0.5);
     }},
    {"/systems/*/functions",
     [](View k) { return k.size() > 40 || has_any(k, {U"機能"}) ? -0.5 : 1.0; }},
    {"/files/*/name",
     [](View k) { return short_name(k) + (has_any(k, {U"ファイル"}) ? -1.5 : 1.0); }},
    {"/process/legal_basis", [](View k) { return number_basis_cost(k, false); }},
    {"legal_basis", [](View k) { return number_basis_cost(k, true); }},
    {"/rows/*/title",
     [](View k) {
       return short_name(k) + (ends_any(k, {U"業務", U"委託", U"保守", U"事務", U"作業",
                                            U"業務委託", U"運用", U"支援", U"利用", U"等"})
                                   ? -1.0
                                   : 0.3);
     }},
    {"/rows/*/description",
     [](View k) { return k.size() > 25 || has_any(k, {U"、"}) ? -0.5 : 0.2; }},
    {"/rows/*/contractors",
     [](View k) {
       if (looks_like_company(k)) return -3.0;
       return is_sentence(k)                                      ? 9.0
              : k.size() > 40                                     ? 6.0
              : k == U"未定"                                      ? -1.0
              : ends_any(k, {U"業務", U"委託", U"保守", U"事務"}) ? 7.0
                                                                  : 2.0;
     }},
    {"/subcontract/approval",
     [](View k) {
       return has_any(k, {U"許諾", U"承認", U"承諾", U"書面", U"申請", U"協議", U"届"}) ? -1.5
                                                                                        : 1.0;
     }},
    {"/subcontract/scope",
     [](View k) {
       return (is_sentence(k) ? 1.0 : 0.0) +
              (has_any(k, {U"再委託", U"業務", U"一部", U"作業", U"保守"}) ? -0.8
               : k.size() < 20                                             ? 0.0
                                                                           : 0.5);
     }},
    {"/rows/*/disclosure",
     [](View k) {
       return has_any(k, {U"公開", U"確認", U"請求", U"公表", U"ホ-ムペ-ジ", U"閲覧"}) ? -1.5 : 1.5;
     }},
    {"/disclosure_request/to",
     [](View k) {
       return has_any(k, {U"課", U"係", U"電話", U"室", U"〒", U"部"}) ? -1.0 : 1.5;
     }},
    {"/contact/to",
     [](View k) {
       return has_any(k, {U"課", U"係", U"電話", U"室", U"〒", U"部"}) ? -1.0 : 1.5;
     }},
    {"/disclosure_request/how",
     [](View k) {
       return has_any(k, {U"請求", U"提出", U"窓口"}) ? -1.0 : 1.0;
     }},
    {"/contact/how",
     [](View k) {
       if (k.size() < 40 && has_any(k, {U"電話番号", U"〒", U"FAX"})) return 2.5;
       return has_any(k, {U"対応", U"問合せ", U"問い合わせ", U"記録", U"苦情"}) ? -1.0 : 0.5;
     }},
    {"/public_comment/how",
     [](View k) {
       return has_any(k, {U"意見募集", U"意見公募", U"パブリック"})    ? -3.0
              : has_any(k, {U"募集", U"公表", U"閲覧", U"ホ-ムペ-ジ"}) ? -1.5
                                                                       : 0.5;
     }},
    {"/public_comment/period",
     [](View k) {
       return has_any(k, {U"日", U"期間", U"~"}) && k.size() < 60 ? -1.5 : 2.0;
     }},
    {"/third_party/how",
     [](View k) {
       return has_any(k, {U"審議会", U"審査会", U"諮問"}) ? -2.5
              : has_any(k, {U"委員会", U"点検"})          ? -1.5
                                                          : 0.5;
     }},
    {"/third_party/result",
     [](View k) {
       return has_any(k, {U"妥当", U"適当", U"適切", U"適合", U"認め", U"答申"}) ? -1.5 : 0.5;
     }},
    {"/process/people_as_of", [](View k) { return looks_like_date(k) ? -1.0 : 4.0; }},
}};

// Items that fill no field of their own, but take texts away from those that do; by label.
constexpr std::array<Rule, 17> kLabelRules{{
    {"使用方法",
     [](View k) {
       return has_any(k, {U"登録", U"管理を行", U"把握", U"審査", U"決定", U"照会", U"確認を行",
                          U"通知を"})
                  ? -0.6
                  : 0.3;
     }},
    // The ministry's model text for this item: who answers for shared platforms.
    {"その他のリスク対策",
     [](View k) {
       return has_any(k, {U"責任を有する", U"対応するものとする", U"統一した設備環境",
                          U"高レベルのセキュリティ"})
                  ? -4.0
                  : 0.0;
     }},
    {"不記載等",
     [](View k) {
       return has_any(k, {U"電話", U"〒", U"郵便", U"課"}) ? 3.0 : 0.0;
     }},
    {"特別の手続",
     [](View k) {
       return has_any(k, {U"電話", U"〒", U"郵便", U"課"}) ? 3.0 : 0.0;
     }},
    {"承認日", [](View) { return 3.0; }},  // of ministries and agencies only
    {"提出日", [](View) { return 2.0; }},
    {"による審査", [](View) { return 2.0; }},
    {"承認日　【行政機関等のみ】", [](View) { return 3.0; }},
    {"宣言",
     [](View k) {
       return has_any(k, {U"宣言", U"プライバシ-", U"認識し"}) ? -3.0 : 4.0;
     }},
    {"使用目的", [](View k) { return has_any(k, {U"ため"}) ? -1.0 : 0.8; }},
    {"全ての記録項目",
     [](View k) {
       return has_any(k, {U"別添", U"参照"}) ? -2.0 : 2.5;
     }},
    {"その妥当性",
     [](View k) {
       if (lists_items(k)) return -2.5;
       return has_any(k, {U"ため", U"必要", U"・", U"規程", U"規則", U"定める", U"時効"}) ? -0.5
                                                                                          : 1.0;
     }},
    {"その必要性",
     [](View k) {
       return has_any(k, {U"ため", U"必要"}) ? -0.5 : 1.0;
     }},
    {"備考", [](View k) { return k.size() < 12 ? 0.0 : 0.6; }},  // nearly always blank
    {"評価書への反映", [](View k) { return looks_like_date(k) ? 4.0 : 0.0; }},
    {"主な意見の内容",
     [](View k) { return looks_like_date(k)      ? 4.0
                         : has_any(k, {U"意見"}) ? -0.5
                                                 : 0.0; }},
    {"他の評価実施機関", [](View k) { return k.size() < 40 ? 0.0 : 1.5; }},
}};

}  // namespace

bool is_dash(std::string_view text) {
  constexpr std::size_t kLongest = 64;  // bytes: a rule of dashes, no more
  if (text.size() > kLongest) return false;
  bool any = false;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = fold(take_char(text, i));
    if (is_space(c) || c == '\n') continue;
    if (c != '-' && c != U'一') return false;
    any = true;
  }
  return any;
}

bool looks_like_date(View k) {
  if (k.size() < 4 || k.size() > 24) return false;
  if (k[0] >= 0x80 && k[0] != U'令' && k[0] != U'平' && k[0] != U'昭') return false;
  if (k.starts_with(U"令和") || k.starts_with(U"平成") || k.starts_with(U"昭和")) {
    return k.find(U'年') != View::npos && k.find(U'~') == View::npos;
  }
  const bool era = k[0] == 'R' || k[0] == 'H' || k[0] == 'S';
  const std::size_t d = era ? 1 : 0;
  if (!is_digit(k[d])) return false;
  const std::size_t sep = k.find_first_of(U"年./-", d);
  return sep != View::npos && sep + 1 < k.size() && is_digit(k[sep + 1]) && (era || sep == 4) &&
         k.find(U'~') == View::npos;
}

int count_in(View k) {
  if (!k.empty() && k.front() == '(') k.remove_prefix(1);
  if (k.ends_with(U"件")) k.remove_suffix(1);
  if (!k.empty() && k.back() == ')') k.remove_suffix(1);
  if (k.empty() || k.size() > 7) return -1;
  int value = 0;
  for (const char32_t c : k) {
    if (c == ',') continue;
    if (!is_digit(c)) return -1;
    value = value * 10 + static_cast<int>(c - '0');
  }
  return value;
}

bool looks_like_count(View k) { return count_in(k) >= 0; }

bool looks_like_company(View k) {
  if (k.size() > 60 || is_sentence(k)) return false;
  if (ends_any(k, {U"業務", U"委託", U"保守", U"事務", U"作業", U"支援", U"ファイル", U"システム"}))
    return false;
  return has_any(k,
                 {U"株式会社",     U"(株)",    U"㈱",       U"有限会社",     U"(有)",   U"㈲",
                  U"合同会社",     U"(同)",    U"合資会社", U"財団法人",     U"(一財)", U"(公財)",
                  U"社団法人",     U"(一社)",  U"(公社)",   U"独立行政法人", U"企業体", U"学校法人",
                  U"社会福祉法人", U"NPO法人", U"活動法人"}) ||
         ends_any(k, {U"センタ-", U"機構", U"協会", U"連合会", U"事業団", U"公社", U"協同組合"});
}

namespace {

// A chapter's numeral alone, or with the number of its sheet, as a workbook's pages are headed: Ⅱ,
// IV, II(2).
bool is_chapter_number(View k) {
  std::size_t i = 0;
  while (i < k.size() && (k[i] == U'I' || k[i] == U'V' || (k[i] >= 0x2160 && k[i] <= 0x2169))) ++i;
  if (i == 0 || i > 4) return false;
  const View sheet = k.substr(i);
  if (sheet.empty()) return true;
  return sheet.size() == 3 && sheet[0] == '(' && is_digit(sheet[1]) && sheet[2] == ')';
}

// Numbers of chapters, sections and items that have a column of their own: Ⅱ, IV, １．, ③④⑤.
bool is_numbers_of_items(View k) {
  if (is_chapter_number(k)) return true;
  bool any = false;
  for (std::size_t i = 0; i < k.size(); ++i) {
    const bool section = is_digit(k[i]) && i + 1 < k.size() && k[i + 1] == '.';
    if (!section && circled_number(k[i]) == 0 && !(k[i] >= 0x2160 && k[i] <= 0x2169)) return false;
    any = true;
    i += section ? 1 : 0;
  }
  return any;
}

}  // namespace

bool is_furniture(View k) {
  static constexpr std::array<View, 27> kWords{U"再",
                                               U"委",
                                               U"提供先",
                                               U"移転先",
                                               U"表紙",
                                               U"託",
                                               U"再委",
                                               U"委託",
                                               U"特定個人情報保護評価書",
                                               U"基礎項目評価書",
                                               U"重点項目評価書",
                                               U"全項目評価書",
                                               U"個人情報保護委員会",
                                               U"【行政機関等のみ】",
                                               U"(",
                                               U")",
                                               U")件",
                                               U"(件",
                                               U"件",
                                               U"()",
                                               U"()件",
                                               U"・識別情報",
                                               U"・連絡先等情報",
                                               U"・業務関係情報",
                                               U"(手数料額、納付方法:",
                                               U"(手数料額、納付方法:)",
                                               U"・"};
  for (const View word : kWords) {
    if (k == word) return true;
  }
  if (k.find_first_not_of(U"※*") == View::npos) return true;
  if (is_numbers_of_items(k)) return true;
  if (k.size() < 16 && k.front() == '[' && k.find(U'年') != View::npos &&
      k.find(U'月') != View::npos)
    return true;
  if (k.starts_with(U"特定個人情報保護評価書(") && k.size() < 24) return true;
  return k.size() < 24 && k.find(U"様式") != View::npos && (k.front() == '[' || k.back() == ']');
}

namespace {

// The item's rule; nullptr if it has none.
const Rule* find_rule(const FormItem& item) {
  const std::string_view pointer = item.pointer;
  if (pointer.empty()) {
    for (const Rule& rule : kLabelRules) {
      if (std::string_view(item.label).ends_with(rule.pointer)) return &rule;
    }
    return nullptr;
  }
  for (const Rule& rule : kRules) {
    // A rule for a field of the assessment itself names it in full.
    const bool fits = rule.pointer.find('/', 1) == std::string_view::npos && rule.pointer[0] == '/'
                          ? pointer == rule.pointer || rule.pointer == "/used_by"sv
                          : true;
    if (fits && pointer.ends_with(rule.pointer)) return &rule;
  }
  return nullptr;
}

// find_rule() of the form's items, looked up once.
const Rule* rule_of(const FormItem& item) {
  static const auto rules = [] {
    std::unordered_map<const FormItem*, const Rule*> out;
    for (const FormItem& known : form_table()) out[&known] = find_rule(known);
    return out;
  }();
  const auto known = rules.find(&item);
  return known != rules.end() ? known->second : find_rule(item);
}

}  // namespace

double shape_cost(const FormItem& item, View k) {
  if (k.find_first_not_of('-') == View::npos || k == U"なし") return 0;
  const Rule* rule = rule_of(item);
  return rule == nullptr ? 0 : rule->cost(k);
}

}  // namespace pia::boxes
