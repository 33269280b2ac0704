#include "query/diff.h"

#include <catch2/catch.hpp>
#include <string>

namespace {

std::string shown(const std::vector<pia::DiffPiece>& pieces) {
  std::string out;
  for (const auto& piece : pieces) {
    if (!out.empty()) out += ' ';
    out += piece.op;
    out += piece.text;
  }
  return out;
}

std::string side(const std::vector<pia::DiffPiece>& pieces, char op) {
  std::string out;
  for (const auto& piece : pieces) {
    if (piece.op == '=' || piece.op == op) out += piece.text;
  }
  return out;
}

}  // namespace

TEST_CASE("tokens are runs of one kind of character and lose nothing") {
  const std::string text = "サーバ12台をＬＡＮで、接続する。\n　次";
  std::string joined;
  std::vector<std::string> tokens;
  for (const auto token : pia::diff_tokens(text)) {
    joined += token;
    tokens.emplace_back(token);
  }
  CHECK(joined == text);
  CHECK(tokens == std::vector<std::string>{"サーバ", "12", "台", "を", "ＬＡＮ", "で", "、", "接続",
                                           "する", "。", "\n　", "次"});
  CHECK(pia::diff_tokens("").empty());
}

TEST_CASE("a diff names what was taken out and what came in") {
  struct Row {
    const char *from, *to, *pieces;
  };
  const Row rows[] = {
      {"", "", ""},
      {"同じ", "同じ", "=同じ"},
      {"", "新規", "+新規"},
      {"削除", "", "-削除"},
      {"青空市は委託する。", "星野市は委託する。", "-青空市 +星野市 =は委託する。"},
      {"10人以上50人未満", "10人以上100人未満", "=10人以上 -50 +100 =人未満"},
      {"再委託しない", "再委託する", "=再委託 -しない +する"},
      // Width is no difference.
      {"１０人以上", "10人以上", "=10人以上"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.from, row.to);
    CHECK(shown(pia::diff_texts(row.from, row.to)) == row.pieces);
  }
}

TEST_CASE("the pieces of a diff give both texts back") {
  // Made-up texts from a small alphabet, so that many tokens repeat.
  std::uint32_t state = 7;
  const auto random = [&](std::uint32_t n) {
    state = state * 1664525u + 1013904223u;
    return (state >> 16) % n;
  };
  const char* words[] = {"委託", "を", "する", "。", "12", "カナ", "abc", "、"};
  for (int round = 0; round < 300; ++round) {
    std::string from, to;
    for (std::uint32_t i = random(40); i > 0; --i) from += words[random(8)];
    for (std::uint32_t i = random(40); i > 0; --i) to += words[random(8)];
    const auto pieces = pia::diff_texts(from, to);
    CAPTURE(from, to, shown(pieces));
    CHECK(side(pieces, '-') == from);
    CHECK(side(pieces, '+') == to);
    for (std::size_t i = 1; i < pieces.size(); ++i) CHECK(pieces[i].op != pieces[i - 1].op);
    const double similarity = pia::diff_similarity(pieces);
    CHECK(similarity >= 0);
    CHECK(similarity <= 1);
    if (from == to) CHECK(similarity == 1.0);
  }
}

TEST_CASE("texts that share nothing are one deletion and one insertion, however long") {
  std::string from, to;
  for (int i = 0; i < 4000; ++i) {
    from += "甲" + std::to_string(i) + "、";
    to += "乙" + std::to_string(i + 100000) + "！";
  }
  const auto pieces = pia::diff_texts(from, to);
  CHECK(shown(pieces) == "-" + from + " +" + to);
}
