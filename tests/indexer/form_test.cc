#include "indexer/form.h"

#include <catch2/catch.hpp>
#include <set>

using namespace pia;

TEST_CASE("a label is its words without number, marks, width and spaces") {
  struct Row {
    const char* text;
    const char* number;
    const char* key;
    int repeat;
    bool range;
  };
  const Row rows[] = {
      {"④再委託の有無 ※", "④", "再委託の有無", 0, false},
      {"　④　再委託の有無　", "④", "再委託の有無", 0, false},
      {"４．特定個人情報ファイルの取扱いの委託", "4", "特定個人情報ファイルの取扱いの委託", 0,
       false},
      {"10. その他のリスク対策", "10", "その他のリスク対策", 0, false},
      {"III リスク対策", "Ⅲ", "リスク対策", 0, false},
      {"Ⅲ　リスク対策", "Ⅲ", "リスク対策", 0, false},
      {"(別添1) 特定個人情報ファイル記録項目", "別添1", "特定個人情報ファイル記録項目", 0, false},
      {"（別添２）変更箇所", "別添2", "変更箇所", 0, false},
      {"リスク２： 不正な提供が行われるリスク", "リスク2", "不正な提供が行われるリスク", 0, false},
      {"リスク: 目的外の入手が行われるリスク", "リスク", "目的外の入手が行われるリスク", 0, false},
      {"リスクに対する措置の内容", "", "リスクに対する措置の内容", 0, false},
      {"委託事項２", "", "委託事項", 2, false},
      {"委託事項6～10", "", "委託事項", 6, true},
      {"提供先2～5", "", "提供先", 2, true},
      {"システム11", "", "システム", 11, false},
      {"5情報", "", "5情報", 0, false},
      {"ICT機器", "", "ICT機器", 0, false},
      {"", "", "", 0, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Label label = read_label(row.text);
    CHECK(label.number == row.number);
    CHECK(label.key == row.key);
    CHECK(label.repeat == row.repeat);
    CHECK(label.range == row.range);
  }
}

TEST_CASE("the same label means another item in another place of the form") {
  const Form& form = Form::of(Kind::Priority);
  const auto at = [&](int current, const char* text) {
    return form.resolve(read_label(text), current);
  };
  const auto path = [&](int id) { return item_path(form, id, {}); };

  const int network = at(-1, "５．情報提供ネットワークシステムによる情報連携");
  CHECK(path(at(network, "②法令上の根拠")) == "Ⅰ-5 ②法令上の根拠");
  const int provision = at(network, "提供先1");
  CHECK(path(at(provision, "①法令上の根拠")) == "Ⅱ-5 提供先 ①法令上の根拠");
  const int transfer = at(provision, "移転先1");
  CHECK(path(at(transfer, "①法令上の根拠")) == "Ⅱ-5 移転先 ①法令上の根拠");
  const int use = at(at(-1, "Ⅲ リスク対策"), "3. 特定個人情報の使用");
  CHECK(path(use) == "Ⅲ-3 特定個人情報の使用");
  const int risk2 =
      at(use,
         "リスク2：権限のない者（元職員、アクセス権限のない職員等）によって不正に使用されるリスク");
  CHECK(path(risk2) == "Ⅲ-3 リスク2");
  CHECK(path(at(risk2, "リスクへの対策は十分か")) == "Ⅲ-3 リスク2 リスクへの対策は十分か");
  // The page with the heading of Ⅲ-6 is missing: the next risk of that name is meant.
  CHECK(path(at(at(use, "4. 特定個人情報ファイルの取扱いの委託"),
                "リスク2: 不正な提供が行われるリスク")) == "Ⅲ-6 リスク2");
  // A list in free text is no label: ⑤物理的対策 exists with a circled number only in 様式4.
  CHECK(at(use, "⑤物理的対策") == -1);
}

TEST_CASE("of the groups only those with rows repeat") {
  const Form& form = Form::of(Kind::Full);
  const auto group_of = [&](std::string_view label) {
    const auto nodes = form.find(read_label(label).key);
    REQUIRE_FALSE(nodes.empty());
    return form.repeating_group_of(nodes.front());
  };
  CHECK(group_of("委託先名") == form.find("委託事項").front());
  CHECK(group_of("事務の名称") == -1);
  CHECK(form.repeating_group_of(-1) == -1);
  for (int id = 0; id < static_cast<int>(form.nodes().size()); ++id) {
    const int group = form.repeating_group_of(id);
    if (group < 0) continue;
    CHECK(group == form.group_of(id));
    CHECK(std::string_view(form.node(group).item->pointer).find('*') != std::string_view::npos);
  }
}

TEST_CASE("an item path prints the numbers of the document, whatever its edition") {
  const Form& form = Form::of(Kind::Full);
  const int section = form.resolve(read_label("４．特定個人情報ファイルの取扱いの委託"),
                                   form.resolve(read_label("Ⅱ 特定個人情報ファイルの概要"), -1));
  const int name =
      form.resolve(read_label("③委託先名"), form.resolve(read_label("委託事項1"), section));
  REQUIRE(name >= 0);
  CHECK(item_path(form, name, {}) == "Ⅱ-4 委託事項 ⑥委託先名");
  CHECK(item_path(form, name, {"Ⅱ", "4", "委託事項1", "③"}) == "Ⅱ-4 委託事項1 ③委託先名");
}

TEST_CASE("the three forms have the parts that their names promise") {
  struct Row {
    Kind kind;
    const char* chapters;
  };
  const Row rows[] = {{Kind::Basic, "表紙 Ⅰ Ⅱ Ⅲ Ⅳ "},
                      {Kind::Priority, "表紙 Ⅰ Ⅱ 別添1 Ⅲ Ⅳ Ⅴ 別添2 "},
                      {Kind::Full, "表紙 Ⅰ 別添1 Ⅱ 別添2 Ⅲ Ⅳ Ⅴ Ⅵ 別添3 "}};
  for (const Row& row : rows) {
    const Form& form = Form::of(row.kind);
    std::string chapters;
    for (const FormNode& node : form.nodes()) {
      if (node.item->level != Level::Chapter) continue;
      if (*node.number != 0 || chapters.empty()) {
        chapters += *node.number != 0 ? node.number : node.item->label;
        chapters += ' ';
      }
    }
    CHECK(chapters == row.chapters);
    for (const FormNode& node : form.nodes()) {
      CAPTURE(node.item->label);
      const bool listed = node.item->answer == Answer::Choice || node.item->answer == Answer::Ticks;
      CHECK(listed == !options_of(*node.item).empty());
    }
  }
}
