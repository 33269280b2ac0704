#include "indexer/wire.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "indexer/sha256.h"

using namespace pia;

namespace {
wire::Answer full_answer() {
  wire::Answer answer;
  Assessment& a = answer.assessment;
  a.id = "1", a.title = "評価書", a.staff = Staff{"500人以上", {}}, a.contracts_out = true;
  a.files.emplace_back().contracts.rows.push_back({1,
                                                   "保守",
                                                   {},
                                                   "10人未満",
                                                   {{"甲", "甲", {}}},
                                                   {true, "書面", {}},
                                                   {},
                                                   {},
                                                   {},
                                                   {},
                                                   {"紙"},
                                                   {}});
  a.revisions.push_back(
      {"2024-01-01", "項目", {}, "後", "事後", {}, {3, 4, {{7, 8}}, 0, false, "", ""}});
  a.places["/title"] = {0, 0, {}, 3, true, "", ""};
  a.warnings = {"警告"};
  answer.found.push_back({"a", "b", 7, {ErrorCode::SourceEmpty, "r", "f", 1, 2}});
  return answer;
}
}  // namespace

TEST_CASE("what goes through the pipe comes out the same") {
  const wire::Answer answer = full_answer();
  const std::string bytes = wire::encode(answer);
  wire::Answer back;
  REQUIRE(wire::decode(bytes, back));
  CHECK(to_json(back.assessment) == to_json(answer.assessment));
  CHECK(back.found[0].error.reason == "r");
  CHECK(wire::encode(back) == bytes);
}

TEST_CASE("cut or altered bytes are refused or harmless, never trusted") {
  const std::string bytes = wire::encode(full_answer());
  for (std::size_t n = 0; n < bytes.size(); ++n) {
    wire::Answer back;
    CHECK_FALSE(wire::decode(std::string_view(bytes).substr(0, n), back));
    std::string altered = bytes;
    altered[n] = static_cast<char>(altered[n] ^ 0x80);
    wire::Answer other;
    wire::decode(altered, other);  // must only not crash
  }
  wire::Answer back;
  CHECK_FALSE(wire::decode(bytes + "x", back));
}

TEST_CASE("frames arrive in pieces, and wrong ones are noticed") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  REQUIRE(wire::write_frame(ends[1], "payload"));
  std::string frame(100, '\0'), payload, arrived;
  frame.resize(static_cast<std::size_t>(read(ends[0], frame.data(), frame.size())));
  close(ends[0]), close(ends[1]);
  for (const char c : frame) {
    CHECK(
        (arrived.empty() || wire::take_frame(arrived, payload, 100) == wire::FrameState::Partial));
    arrived += c;
  }
  CHECK(wire::take_frame(arrived, payload, 100) == wire::FrameState::Whole);
  CHECK(payload == "payload");
  CHECK(arrived.empty());
  CHECK(wire::take_frame(arrived = frame, payload, 6) == wire::FrameState::Wrong);
  frame.back() = 'x';
  CHECK(wire::take_frame(frame, payload, 100) == wire::FrameState::Wrong);
}

TEST_CASE("SHA-256 gives the published digests") {
  CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256(std::string(1000, 'a')) ==
        "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3");
}
