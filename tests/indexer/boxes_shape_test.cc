#include "indexer/boxes_shape.h"

#include <catch2/catch.hpp>

#include "indexer/boxes_text.h"
#include "indexer/form.h"

using namespace pia;
using namespace pia::boxes;

namespace {

double cost(const char* pointer, const char* text) {
  FormItem item{};
  item.label = "";
  item.pointer = pointer;
  return shape_cost(item, key(text));
}

}  // namespace

TEST_CASE("Each text of a 提供先 suits its own item best") {
  struct Row {
    const char* pointer;
    const char* text;
  };
  const Row rows[] = {
      {"/files/*/provisions/rows/*/name", "あおば共済組合"},
      {"/files/*/provisions/rows/*/legal_basis",
       "番号法第19条第8号に基づく主務省令第2条の表の7の項"},
      {"/files/*/provisions/rows/*/purpose", "みどり給付の支給に関する事務"},
      {"/files/*/provisions/rows/*/data", "みどり給付関係情報"},
      {"/files/*/provisions/rows/*/people_scope", "みどり給付の申請者及びその世帯員である者"},
      {"/files/*/provisions/rows/*/timing", "照会を受けた都度"},
  };
  for (const Row& text : rows) {
    for (const Row& item : rows) {
      if (&item == &text) continue;
      CAPTURE(text.text, item.pointer);
      CHECK(cost(text.pointer, text.text) < cost(item.pointer, text.text));
    }
  }
}
