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

TEST_CASE("Numerals of chapters, with or without their sheet, and the form's name are furniture") {
  for (const char* text : {"Ⅱ", "V", "II(1)", "Ⅱ（２）", "特定個人情報保護評価書"}) {
    CAPTURE(text);
    CHECK(is_furniture(key(text)));
  }
  for (const char* text : {"VIP", "II(12345)", "I棟", "みどり給付に関する事務　基礎項目評価書"}) {
    CAPTURE(text);
    CHECK_FALSE(is_furniture(key(text)));
  }
}

TEST_CASE("Using the number and asking over the network have laws of their own; prose is none") {
  const char* const use = "/process/legal_basis";
  const char* const network = "/network/legal_basis";
  for (const char* text :
       {"番号法第9条第1項　別表の7の項", "みどり市個人番号の利用に関する条例第4条"}) {
    CAPTURE(text);
    CHECK(cost(use, text) + 1 < cost(network, text));
  }
  const char* const exchange = "番号法第19条第8号に基づく主務省令第2条の表7の項";
  CHECK(cost(network, exchange) + 1 < cost(use, exchange));
  CHECK(cost(use, "受け付けた書類は、方法を決めて二人で照合する。") > 2);
}
