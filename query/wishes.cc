#include "query/wishes.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "dicts/normalizer.h"
#include "query/field_values.h"

namespace pia {
namespace {

std::vector<std::string> folded(std::initializer_list<std::string_view> labels) {
  std::vector<std::string> out;
  for (const std::string_view label : labels) out.push_back(fold_literal_text(label));
  return out;
}

Wish wish_of(const WantedWord& word) {
  Wish wish;
  wish.strings = word.strings;
  wish.own = word.own;
  wish.parts = word.parts;
  if (word.choice != QueryField::None) {
    wish.field = word.choice;
    wish.labels = labels_of(word.choice);
  }
  return wish;
}

// Words that ask for what changed, and when.
bool speaks_of_change(std::string_view question) {
  constexpr std::array<std::string_view, 12> kWords = {"変更", "削除", "追加", "追記",
                                                       "修正", "廃止", "以前", "かつて",
                                                       "いつ", "旧",   "元の", "従来"};
  return std::ranges::any_of(
      kWords, [&](std::string_view w) { return question.find(w) != std::string_view::npos; });
}

bool is_negated(std::string_view question) {
  constexpr std::array<std::string_view, 5> kWords = {"ない", "なかった", "せず", "ません",
                                                      "いません"};
  return std::ranges::any_of(
      kWords, [&](std::string_view w) { return question.find(w) != std::string_view::npos; });
}

class Collector {
 public:
  Collector(Matcher& matcher, const SearchPlan& plan) : matcher_(matcher), plan_(plan) {}

  Wishes run() {
    for (const Query* leaf : free_leaves(plan_.root)) add_words(*leaf);
    if (out_.wanted.size() > 1) {
      for (const Wish& wish : out_.wanted) out_.whole_question += wish.strings.front();
    }
    find_direction();
    for (const Query& part : plan_.root.children) add_fields(part);
    for (const Wish& wish : out_.wanted) add_needles(wish, 1.0);
    for (const Wish& wish : out_.weighing) add_needles(wish, 0.3);
    return std::move(out_);
  }

 private:
  void add_words(const Query& leaf) {
    question_ += fold_text(leaf.text) + ' ';
    out_.asks_history |= speaks_of_change(question_);
    out_.negated |= is_negated(question_);
    if (matcher_.ignores(leaf)) return;
    add_whole(leaf.text);
    const WordReading& reading = matcher_.reading(leaf);
    for (const WantedWord& word : reading.wanted) {
      out_.wanted.push_back(wish_of(word));
      written_.push_back(word.written);
    }
    for (const WantedWord& word : reading.weighing) out_.weighing.push_back(wish_of(word));
  }

  // から between two neighbouring wanted words, に or へ or nothing behind the second.
  void find_direction() {
    std::size_t at = 0;
    for (std::size_t i = 0; i + 1 < written_.size(); ++i) {
      const std::size_t first = question_.find(written_[i], at);
      if (first == std::string::npos) return;
      at = first + written_[i].size();
      const std::size_t second = question_.find(written_[i + 1], at);
      if (second == std::string::npos) return;
      const std::string_view between = std::string_view(question_).substr(at, second - at);
      if (between.find("から") == std::string_view::npos &&
          between.find("→") == std::string_view::npos)
        continue;
      out_.from = static_cast<int>(i);
      out_.to = static_cast<int>(i) + 1;
      out_.asks_history = true;
      return;
    }
  }

  void add_fields(const Query& query) {
    if (query.type == Query::Type::Not) return;
    if (query.type != Query::Type::InField) {
      for (const Query& child : query.children) add_fields(child);
      return;
    }
    out_.asks_contract_row |= field_info(query.field).in_contract;
    out_.asks_history |= query.field == QueryField::FormerContractor ||
                         query.field == QueryField::HistoryContractor ||
                         owner_of(query.field) == Table::Revisions;
    add_values(query.children.front(), query.field);
  }

  void add_values(const Query& value, QueryField field) {
    if (value.type == Query::Type::Not) return;
    if (!value.children.empty()) {
      for (const Query& child : value.children) add_values(child, field);
      return;
    }
    Wish wish;
    wish.field = field;
    wish.labels = labels_of(field);
    const ValueKind kind = field_info(field).kind;
    if (field == QueryField::Item) {
      wish.labels = {fold_literal_text(value.text)};
      wish.only_labelled = true;
    } else if (value.type == Query::Type::Range || value.type == Query::Type::Present) {
      wish.only_labelled = true;
    } else if (kind == ValueKind::Choice) {
      wish.strings = {fold_literal_text(stored_choice(field, value.text))};
    } else {
      add_whole(value.text);
      wish.strings = {fold_literal_text(value.text)};
      for (const WantedWord& word : matcher_.reading(value).wanted) {
        wish.strings.insert(wish.strings.end(), word.strings.begin(), word.strings.end());
        wish.own = wish.strings.size();
        if (wish.parts.empty()) wish.parts = word.parts;
      }
    }
    out_.wanted.push_back(std::move(wish));
  }

  // What was typed, in one piece: MeCab may have cut a name into words and particles (ほし, ぞら).
  void add_whole(const std::string& typed) {
    std::string whole = fold_literal_text(typed);
    if (!whole.empty()) out_.needles.push_back({std::move(whole), 1.0});
  }

  void add_needles(const Wish& wish, double weight) {
    for (std::size_t i = 0; i < wish.strings.size(); ++i)
      out_.needles.push_back({wish.strings[i], weight * (i < wish.own ? 1.0 : 0.8)});
    for (const auto& writings : wish.parts) {
      for (const std::string& text : writings) {
        if (text.size() > 3) out_.needles.push_back({text, weight * 0.4});  // no single kanji
      }
    }
  }

  Matcher& matcher_;
  const SearchPlan& plan_;
  Wishes out_;
  std::vector<std::string> written_;
  std::string question_;
};

}  // namespace

std::vector<std::string> labels_of(QueryField field) {
  switch (field) {
    case QueryField::Municipality:
    case QueryField::Prefecture:
    case QueryField::Code:
      return folded({"評価実施機関名"});
    case QueryField::Process:
    case QueryField::Category:
      return folded({"事務の名称", "評価書名"});
    case QueryField::Contractor:
      return folded({"委託先名"});
    case QueryField::FormerContractor:
    case QueryField::HistoryContractor:
    case QueryField::Revision:
    case QueryField::RevisionItem:
    case QueryField::RevisionYear:
    case QueryField::Timing:
      return folded({"変更箇所"});
    case QueryField::Contract:
      return folded({"委託事項", "委託内容"});
    case QueryField::Subcontract:
      return folded({"再委託の有無"});
    case QueryField::Staff:
      return folded({"取扱者数"});
    case QueryField::Incident:
      return folded({"重大事故"});
    case QueryField::Kind:
    case QueryField::Title:
      return folded({"評価書名"});
    case QueryField::Published:
    case QueryField::Year:
      return folded({"公表日"});
    case QueryField::People:
      return folded({"対象人数", "対象となる本人の数"});
    case QueryField::System:
      return folded({"システムの名称"});
    case QueryField::Number:
      return folded({"評価書番号"});
    case QueryField::Form:
      return folded({"様式"});
    case QueryField::File:
      return folded({"特定個人情報ファイル名", "特定個人情報ファイルの名称"});
    case QueryField::None:
    case QueryField::Item:
    case QueryField::Organisation:
      return {};
  }
  return {};
}

Wishes make_wishes(Matcher& matcher, const SearchPlan& plan) {
  return Collector(matcher, plan).run();
}

}  // namespace pia
