#include "query/fields.h"

#include <catch2/catch.hpp>
#include <map>
#include <string>

namespace pia {
namespace {

TEST_CASE("each name and alias belongs to one field, and is found in any width and case") {
  std::map<std::string, QueryField> seen;
  for (const FieldInfo& info : field_table()) {
    std::vector<std::string_view> names = info.aliases;
    names.push_back(info.japanese);
    names.push_back(info.english);
    for (const std::string_view name : names) {
      CAPTURE(name);
      CHECK(seen.emplace(name, info.field).second);
      CHECK(field_named(name) == info.field);
    }
  }
  CHECK(field_named("ＣＯＮＴＲＡＣＴＯＲ") == QueryField::Contractor);
  CHECK(field_named("⑥委託先名") == QueryField::Contractor);
  CHECK_FALSE(field_named("メモ"));
}

TEST_CASE("only the four fields of a 委託事項 are joined in one row") {
  for (const FieldInfo& info : field_table()) {
    const bool row = info.field == QueryField::Contractor || info.field == QueryField::Contract ||
                     info.field == QueryField::Subcontract || info.field == QueryField::Staff;
    CHECK(info.in_contract == row);
  }
}

TEST_CASE("choices are known in all their writings") {
  CHECK(choice_named(QueryField::Incident, "発生あり") == "あり");
  CHECK(choice_named(QueryField::Subcontract, "再委託しない") == "しない");
  CHECK(choice_named(QueryField::Kind, "ｆｕｌｌ") == "全項目");
  CHECK_FALSE(choice_named(QueryField::Kind, "あり"));
  for (const QueryField field : {QueryField::Incident, QueryField::Subcontract, QueryField::Kind}) {
    for (const std::string_view choice : choices(field))
      CHECK(choice_named(field, choice) == choice);
  }
}

}  // namespace
}  // namespace pia
