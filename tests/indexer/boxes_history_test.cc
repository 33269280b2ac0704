#include "indexer/boxes_history.h"

#include <catch2/catch.hpp>

#include "indexer/boxes_text.h"

using namespace pia;
using namespace pia::boxes;

TEST_CASE("What is told of a label that two sections have holds where the row's section is") {
  const Lexicon& lexicon = Lexicon::of(Kind::Full);
  const int comment = lexicon.at("/procedure/public_comment/how").front();
  const int review = lexicon.at("/procedure/third_party/how").front();
  Revision row;
  row.item = "Ⅵ　評価実施手続－３．第三者点検－②方法";
  row.after = "有識者の審議会に諮問";
  const std::u32string told = key(*row.after);
  const Evidence evidence = history_evidence({row}, lexicon);
  REQUIRE(evidence);
  CHECK(evidence(review, 0, told) < -1);
  CHECK(evidence(comment, 0, told) == 0);
  // Without its section it may be either.
  row.item = "②方法";
  const Evidence open = history_evidence({row}, lexicon);
  CHECK(open(review, 0, told) < -1);
  CHECK(open(comment, 0, told) < -1);
}
