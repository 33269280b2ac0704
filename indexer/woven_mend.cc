#include "indexer/woven_mend.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/extract.h"
#include "indexer/form.h"
#include "indexer/utf8.h"
#include "indexer/woven_contractors.h"
#include "indexer/woven_revisions.h"
#include "indexer/woven_rows.h"
#include "indexer/woven_sections.h"
#include "indexer/woven_sift.h"
#include "indexer/woven_signs.h"
#include "indexer/woven_words.h"

namespace pia {
namespace {

using woven::bare;

constexpr double kSure = 0.7;  // how much worse the next best reading must be

Assessment read(const Source& source, const std::vector<WovenRow>& rows, double least) {
  Source cells;
  cells.format = source.format;
  cells.path = source.path;
  cells.lines = source.lines;
  cells.layout = SourceLayout::Cells;
  for (const WovenRow& woven : rows) {
    cells.rows.push_back(woven.row);
    if (woven.margin < least) cells.rows.back().cells.resize(1);
  }
  return extract_cells(cells);
}

// What the second reading says: everything, and only what it is sure of.
struct Second {
  Assessment all, sure;
};

// What to do with a value that only the first reading has.
enum class Alone { Drop, Keep, Trust };  // Trust: also where the second one has another, unsure

class Mender {
 public:
  Mender(Assessment& assessment, const Second& second) : a_(assessment), second_(second) {}

  void run() {
    header();
    systems();
    for (std::size_t f = 0; f < a_.files.size(); ++f) file(f);
    if (a_.incidents.rows.size() == second_.all.incidents.rows.size() &&
        a_.incidents.rows.size() == second_.sure.incidents.rows.size()) {
      for (std::size_t i = 0; i < a_.incidents.rows.size(); ++i) incident(i);
    }
  }

 private:
  // Mends one value; `get` finds it in an assessment, or nullptr. True if it has changed.
  template <typename Get>
  bool mend(const std::string& name, const std::string& pointer, Alone alone, Get get) {
    Text* first = get(a_);
    const Text* all = get(const_cast<Assessment&>(second_.all));
    const Text* sure = get(const_cast<Assessment&>(second_.sure));
    if (first == nullptr) return false;
    const bool other = all != nullptr && all->has_value();
    if (*first && other && bare(**first) == bare(**all)) return false;
    if (sure != nullptr && *sure && alone != Alone::Trust) {
      *first = **sure;
      place(pointer, second_.sure);
      return true;
    }
    if (!*first) {
      if (sure == nullptr || !*sure) return false;
      *first = **sure;
      place(pointer, second_.sure);
      return true;
    }
    if (alone == Alone::Trust || (alone == Alone::Keep && !other)) return false;
    first->reset();
    drop(name, pointer);
    return true;
  }

  void place(const std::string& pointer, const Assessment& from) {
    if (pointer.empty()) return;
    const auto found = from.places.find(pointer);
    if (found != from.places.end()) a_.places[pointer] = found->second;
    a_.reasons[pointer] = "lines woven into each other, parted by what each label asks for";
  }

  void drop(const std::string& name, const std::string& pointer) {
    a_.warnings.push_back(name + ": 行が入り組んでいるため、どの値か判別できません");
    if (pointer.empty()) return;
    a_.places.erase(pointer);
    a_.reasons.erase(pointer);
  }

  void header() {
    using A = Assessment;
    mend("表紙 評価書名", "/title", Alone::Drop, [](A& a) { return &a.title; });
    mend("表紙 特記事項", "/remarks", Alone::Drop, [](A& a) { return &a.remarks; });
    mend("表紙 評価実施機関名", "/body/printed", Alone::Drop, [](A& a) { return &a.body.printed; });
    mend("事務の名称", "/process/name", Alone::Trust, [](A& a) { return &a.process.name; });
    mend("事務の内容", "/process/summary", Alone::Drop, [](A& a) { return &a.process.summary; });
    mend("情報連携 法令上の根拠", "/network/legal_basis", Alone::Drop,
         [](A& a) { return &a.network.legal_basis; });
    mend("部署", "/department/name", Alone::Drop, [](A& a) { return &a.department.name; });
    mend("請求先", "/disclosure_request/to", Alone::Drop,
         [](A& a) { return &a.disclosure_request.to; });
    mend("請求方法", "/disclosure_request/how", Alone::Drop,
         [](A& a) { return &a.disclosure_request.how; });
    mend("連絡先", "/contact/to", Alone::Drop, [](A& a) { return &a.contact.to; });
    mend("対応方法", "/contact/how", Alone::Drop, [](A& a) { return &a.contact.how; });
    mend("意見聴取の方法", "/procedure/public_comment/how", Alone::Drop,
         [](A& a) { return &a.procedure.comment_how; });
    mend("意見聴取の期間", "/procedure/public_comment/period", Alone::Keep,
         [](A& a) { return &a.procedure.comment_period; });
    mend("第三者点検の方法", "/procedure/third_party/how", Alone::Drop,
         [](A& a) { return &a.procedure.review_how; });
    mend("第三者点検の結果", "/procedure/third_party/result", Alone::Drop,
         [](A& a) { return &a.procedure.review_result; });
    legal_basis();
  }

  static std::string joined(const Texts& texts) {
    std::string all;
    for (const std::string& text : texts) all += bare(text);
    return all;
  }

  void legal_basis() {
    const std::string pointer = "/process/legal_basis";
    Texts& first = a_.process.legal_basis;
    if (joined(first) == joined(second_.all.process.legal_basis)) return;
    const auto erase = [&] {
      std::erase_if(a_.places, [&](const auto& entry) { return entry.first.starts_with(pointer); });
    };
    if (!second_.sure.process.legal_basis.empty()) {
      first = second_.sure.process.legal_basis;
      erase();
      for (const auto& [key, value] : second_.sure.places) {
        if (key.starts_with(pointer)) a_.places[key] = value;
      }
    } else if (!first.empty()) {
      first.clear();
      erase();
      drop("個人番号の利用 法令上の根拠", pointer);
    }
  }

  template <typename Row>
  static Row* row_of(std::vector<Row>& rows, int no) {
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.no == no; });
    return found == rows.end() || no == 0 ? nullptr : &*found;
  }

  // 様式2 has a list of names, the others numbered systems; only those can be told one by one.
  void systems() {
    if (a_.kind == Text("基礎項目")) {
      list_of_systems();
      return;
    }
    for (std::size_t i = 0; i < a_.systems.size(); ++i) {
      const int no = a_.systems[i].no;
      const auto at = [&](const char* part) { return "/systems/" + std::to_string(i) + part; };
      const std::string name = "システム" + std::to_string(no);
      mend(name + " 名称", at("/name"), Alone::Drop, [&](Assessment& a) -> Text* {
        System* row = row_of(a.systems, no);
        return row == nullptr ? nullptr : &row->name;
      });
      mend(name + " 機能", at("/functions"), Alone::Drop, [&](Assessment& a) -> Text* {
        System* row = row_of(a.systems, no);
        return row == nullptr ? nullptr : &row->functions;
      });
    }
  }

  static std::string names(const Assessment& a) {
    std::string all;
    for (const System& system : a.systems) all += bare(system.name.value_or("")) + '\n';
    return all;
  }

  void list_of_systems() {
    if (names(a_) == names(second_.all)) return;
    const std::string pointer = "/systems";
    std::erase_if(a_.places, [&](const auto& entry) { return entry.first.starts_with(pointer); });
    a_.systems = second_.sure.systems;
    for (const auto& [key, value] : second_.sure.places) {
      if (key.starts_with(pointer)) a_.places[key] = value;
    }
    if (a_.systems.empty()) drop("システムの名称", pointer);
  }

  void file(std::size_t f) {
    const std::string pointer = "/files/" + std::to_string(f);
    const std::string name = "ファイル" + std::to_string(f + 1) + " ";
    const auto field = [&](const char* label, const char* part, Alone alone,
                           Text InfoFile::*member) {
      mend(name + label, pointer + part, alone, [&](Assessment& a) -> Text* {
        return f < a.files.size() ? &(a.files[f].*member) : nullptr;
      });
    };
    field("対象となる本人の範囲", "/scope", Alone::Drop, &InfoFile::scope);
    field("保有開始日", "/held_since", Alone::Keep, &InfoFile::held_since);
    field("事務担当部署", "/department", Alone::Keep, &InfoFile::department);
    field("使用部署", "/used_by", Alone::Keep, &InfoFile::used_by);
    field("使用開始日", "/used_since", Alone::Keep, &InfoFile::used_since);
    field("保管場所", "/storage", Alone::Drop, &InfoFile::storage);
    field("消去方法", "/erasure", Alone::Drop, &InfoFile::erasure);
    for (Contract& row : a_.files[f].contracts.rows) contract(f, row, name);
    for (Provision& row : a_.files[f].provisions.rows)
      provision(f, row, name + "提供先", &InfoFile::provisions);
    for (Provision& row : a_.files[f].transfers.rows)
      provision(f, row, name + "移転先", &InfoFile::transfers);
  }

  void contract(std::size_t f, Contract& row, const std::string& file) {
    const std::string name = file + "委託事項" + std::to_string(row.no) + " ";
    const auto of = [&](Assessment& a) -> Contract* {
      return f < a.files.size() ? row_of(a.files[f].contracts.rows, row.no) : nullptr;
    };
    const auto field = [&](const char* label, Alone alone, Text Contract::*member) {
      const bool changed = mend(name + label, "", alone, [&](Assessment& a) -> Text* {
        Contract* here = &a == &a_ ? &row : of(a);
        return here == nullptr ? nullptr : &(here->*member);
      });
      if (changed) widen(row.where, of(const_cast<Assessment&>(second_.sure)));
    };
    field("名称", Alone::Drop, &Contract::title);
    field("委託内容", Alone::Drop, &Contract::description);
    field("対象となる本人の範囲", Alone::Drop, &Contract::people_scope);
    field("委託先名の確認方法", Alone::Keep, &Contract::disclosure);
    for (Text Subcontract::*member : {&Subcontract::approval, &Subcontract::scope}) {
      const char* label = member == &Subcontract::scope ? "再委託事項" : "再委託の許諾方法";
      const bool changed = mend(name + label, "", Alone::Drop, [&](Assessment& a) -> Text* {
        Contract* here = &a == &a_ ? &row : of(a);
        return here == nullptr ? nullptr : &(here->subcontract.*member);
      });
      if (changed) widen(row.where, of(const_cast<Assessment&>(second_.sure)));
    }
    contractors(row, of(const_cast<Assessment&>(second_.all)),
                of(const_cast<Assessment&>(second_.sure)), name);
  }

  void incident(std::size_t i) {
    for (Text IncidentRow::*member : {&IncidentRow::summary, &IncidentRow::prevention}) {
      const std::string label = member == &IncidentRow::summary ? "その内容" : "再発防止策の内容";
      const bool changed = mend("重大事故 " + label, "", Alone::Drop, [&](Assessment& a) -> Text* {
        return i < a.incidents.rows.size() ? &(a.incidents.rows[i].*member) : nullptr;
      });
      if (changed) widen(a_.incidents.rows[i].where, &second_.sure.incidents.rows[i]);
    }
  }

  template <typename Row>
  static void widen(Place& where, const Row* row) {
    if (row != nullptr) where = join(where, row->where);
  }

  static std::string printed(const std::vector<Contractor>& contractors) {
    std::string all;
    for (const Contractor& contractor : contractors) all += bare(contractor.printed) + '\n';
    return all;
  }

  // "株式会社" alone is what a wide gap left of a name; words of labels and sentences are no
  // name's.
  static bool whole(const std::vector<Contractor>& contractors) {
    static constexpr std::array<std::string_view, 8> kForms = {
        "株式会社",     "有限会社",     "合同会社",     "一般財団法人",
        "社会福祉法人", "一般社団法人", "公益財団法人", "協同組合"};
    static constexpr std::array<std::string_view, 14> kLabels = {
        "未満", "人以上", "範囲", "委託", "許諾", "連絡", "選択肢",
        "方法", "妥当性", "。",   "対象", "※",    "[",    "の確認"};
    return std::none_of(contractors.begin(), contractors.end(), [](const Contractor& contractor) {
      const std::string name = bare(contractor.printed);
      return std::find(kForms.begin(), kForms.end(), name) != kForms.end() ||
             std::any_of(kLabels.begin(), kLabels.end(), [&](std::string_view word) {
               return name.find(word) != std::string::npos;
             });
    });
  }

  void contractors(Contract& row, const Contract* all, const Contract* sure,
                   const std::string& name) {
    if (all != nullptr && printed(row.contractors) == printed(all->contractors)) {
      if (whole(row.contractors)) return;
    } else if (sure != nullptr && !sure->contractors.empty() && whole(sure->contractors)) {
      row.contractors = sure->contractors;
      widen(row.where, sure);
      return;
    }
    if (row.contractors.empty()) return;
    row.contractors.clear();
    drop(name + "委託先名", "");
  }

  void provision(std::size_t f, Provision& row, const std::string& group,
                 Provisions InfoFile::*table) {
    const std::string name = group + std::to_string(row.no) + " ";
    const auto of = [&](Assessment& a) -> Provision* {
      return f < a.files.size() ? row_of((a.files[f].*table).rows, row.no) : nullptr;
    };
    const auto field = [&](const char* label, Alone alone, Text Provision::*member) {
      const bool changed = mend(name + label, "", alone, [&](Assessment& a) -> Text* {
        Provision* here = &a == &a_ ? &row : of(a);
        return here == nullptr ? nullptr : &(here->*member);
      });
      if (changed) widen(row.where, of(const_cast<Assessment&>(second_.sure)));
    };
    field("名称", Alone::Drop, &Provision::name);
    field("法令上の根拠", Alone::Drop, &Provision::legal_basis);
    field("用途", Alone::Drop, &Provision::purpose);
    field("情報", Alone::Drop, &Provision::data);
    field("対象となる本人の範囲", Alone::Drop, &Provision::people_scope);
    field("時期・頻度", Alone::Keep, &Provision::timing);
  }

  Assessment& a_;
  const Second& second_;
};

// The first reading's rows are cells of several columns woven together.
void mend_revisions(const Source& source, Assessment& a) {
  static constexpr std::array<Kind, 3> kKinds = {Kind::Basic, Kind::Priority, Kind::Full};
  for (const Kind kind : kKinds) {
    if (a.kind != Text(std::string(kind_name(kind)))) continue;
    auto rows = woven_revisions(source.lines, Form::of(kind));
    if (!rows) continue;
    a.revisions = std::move(rows->rows);
    if (!rows->counted)
      a.warnings.emplace_back("変更箇所: 行が入り組んでいるため、確かな行だけを読みました");
    a.warnings.emplace_back(
        "変更箇所: 行が入り組んでいるため、変更前と変更後の記載を判別できません");
  }
}

}  // namespace

void mend_woven(const Source& source, Assessment& assessment) {
  if (!has_form_feeds(source.lines)) return;  // not written by pdftotext
  WovenLines lines(source.lines);
  const std::vector<WovenRow> rows = rows_of_woven(lines);
  if (!rows.empty()) {
    const Second second{read(source, rows, 0), read(source, rows, kSure)};
    Mender(assessment, second).run();
    mend_revisions(source, assessment);
  }
  sift_contracts(source, assessment);
  read_sections(lines, assessment);
  read_contractors(lines, assessment);
}

}  // namespace pia
