#include "query/csv.h"

#include <catch2/catch.hpp>

TEST_CASE("no cell is a formula") {
  struct Row {
    const char* cell;
    const char* expected;
  };
  const Row rows[] = {{"", ""},
                      {"委託先", "委託先"},
                      {"=1+2", "'=1+2"},
                      {"+81", "+81"},
                      {"-5", "-5"},
                      {"-3.25", "-3.25"},
                      {"-", "'-"},
                      {"－", "'－"},
                      {"@SUM(A1)", "'@SUM(A1)"},
                      {"＝1", "'＝1"},
                      {"＝SUM(A1)", "'＝SUM(A1)"},
                      {"@cmd", "'@cmd"},
                      {"\t=1", "'\t=1"},
                      {"+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"},
                      {"-1+1", "'-1+1"},
                      {"2024-04-01", "2024-04-01"}};
  for (const Row& row : rows) {
    CAPTURE(row.cell);
    CHECK(pia::harmless_cell(row.cell) == row.expected);
  }
}

TEST_CASE("cells are quoted where they must be") {
  CHECK(pia::csv_record({"a", "b,c", "d\"e", "f\ng", "", "=h"}) ==
        "a,\"b,c\",\"d\"\"e\",\"f\ng\",,'=h\r\n");
  CHECK(pia::csv_record({"-5,x"}) == "\"'-5,x\"\r\n");
}
