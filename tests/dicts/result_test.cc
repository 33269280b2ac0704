#include "dicts/result.h"

#include <catch2/catch.hpp>

TEST_CASE("a Result holds its value or its error") {
  pia::Result<int> good = 3;
  CHECK(*good == 3);
  pia::Result<int> bad = pia::Error{pia::ErrorCode::NotFound, "no such thing", {}, 0, 0};
  REQUIRE_FALSE(bad);
  CHECK(bad.error().reason == "no such thing");
}
