#include "server/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "query/links.h"
#include "server/assets.h"
#include "server/problem.h"
#include "server/renderer.h"
#include "server/request_params.h"

namespace pia {
namespace {

const Renderer& renderer() {
  static thread_local const Renderer instance;
  return instance;
}

struct NavEntry {
  const char* path;
  const char* label;
};
constexpr NavEntry kNavigation[] = {{"/search", "検索"},           {"/contractors", "委託先"},
                                    {"/municipalities", "自治体"}, {"/compare", "比較"},
                                    {"/incidents", "重大事故"},    {"/overview", "収録状況"},
                                    {"/batch", "一括照会"},        {"/help", "使い方"}};

Json navigation(const std::string& section) {
  Json entries = Json::array();
  for (const NavEntry& entry : kNavigation)
    entries.push_back(
        {{"path", entry.path}, {"label", entry.label}, {"current", section == entry.path}});
  return entries;
}

// What to do about an error, by its code.
const char* advice(ErrorCode code) {
  switch (http_status(code)) {
    case 400:
      return "検索式の書き方は「使い方」のページにあります。";
    case 404:
      return "アドレスをご確認ください。評価書は更新されて別のアドレスになっていることがあります。";
    case 503:
      return "索引の準備ができるまで、しばらくお待ちください。";
    default:
      return "同じ問題が続くときは、管理者にお知らせください。";
  }
}

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Year of our era → year of Reiwa or Heisei, or nothing before.
std::string era(int year) {
  if (year >= 2020) return fmt::format("（令和{}年）", year - 2018);
  if (year == 2019) return "（令和元年）";
  if (year >= 1990) return fmt::format("（平成{}年）", year - 1988);
  return "";
}

}  // namespace

Response page(const PageFrame& frame, std::string_view name, const Json& model,
              const Request& request) {
  const Json layout = {{"title", frame.title},
                       {"home", frame.section == "/"},
                       {"description", frame.description},
                       {"navigation", navigation(frame.section)},
                       {"q", frame.q},
                       {"header_search", !frame.no_search},
                       {"feed", frame.feed},
                       {"css", asset_url("app.css")},
                       {"js", asset_url("app.js")},
                       {"icon", asset_url("icon.svg")},
                       {"version", PIA_VERSION},
                       {"address", request.origin + request.target},
                       {"body", renderer().render(name, model)}};
  Response response;
  response.body = renderer().render("layout", layout);
  return response;
}

Response error_page(const Error& error, const Request& request) {
  const std::string q = param(request.params, "q");
  Json model = {{"title", error_title(error.code)},
                {"reason", error.reason},
                {"advice", advice(error.code)},
                {"slug", error_slug(error.code)},
                {"status", http_status(error.code)}};
  if (error.column > 0 && !q.empty()) {
    // Shows the query with a caret under the character; counted in characters, not bytes.
    std::size_t at = 0;
    for (int column = 1; column < error.column && at < q.size(); ++column) {
      ++at;
      while (at < q.size() && (static_cast<unsigned char>(q[at]) & 0xC0) == 0x80) ++at;
    }
    std::size_t end = std::min(at + 1, q.size());
    while (end < q.size() && (static_cast<unsigned char>(q[end]) & 0xC0) == 0x80) ++end;
    model["query"] = {{"before", q.substr(0, at)},
                      {"at", at < q.size() ? q.substr(at, end - at) : " "},
                      {"after", q.substr(end)},
                      {"column", error.column}};
  }
  Response response =
      page({error_title(error.code), "", q, "", "", false}, "error", model, request);
  response.status = http_status(error.code);
  return response;
}

std::string japanese_date(std::string_view iso) {
  if (iso.size() < 4 || !is_number(iso.substr(0, 4))) return std::string(iso);
  const int year = std::stoi(std::string(iso.substr(0, 4)));
  if (iso.size() == 4) return fmt::format("{}年{}", year, era(year));
  if (iso.size() == 7 && iso[4] == '-' && is_number(iso.substr(5)))
    return fmt::format("{}年{}月", year, std::stoi(std::string(iso.substr(5))));
  if (iso.size() == 10 && iso[4] == '-' && iso[7] == '-' && is_number(iso.substr(5, 2)) &&
      is_number(iso.substr(8)))
    return fmt::format("{}年{}月{}日", year, std::stoi(std::string(iso.substr(5, 2))),
                       std::stoi(std::string(iso.substr(8))));
  return std::string(iso);
}

std::string place_text(const Json& where) {
  if (!where.is_object()) return "";
  if (const auto lines = where.find("lines");
      lines != where.end() && lines->is_array() && lines->size() == 2) {
    const auto from = (*lines)[0].get<long>(), to = (*lines)[1].get<long>();
    return from == to ? fmt::format("{}行", from) : fmt::format("{}–{}行", from, to);
  }
  if (const auto number = where.find("page"); number != where.end())
    return fmt::format("{}ページ", number->dump());
  if (where.contains("sheet"))
    return fmt::format("{} {}", where["sheet"].get<std::string>(),
                       where.value("cell", std::string()));
  return "";
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string bar(double part) {
  const long width = std::lround(std::clamp(part, 0.0, 1.0) * 1000);
  return fmt::format(
      "<svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" "
      "aria-hidden=\"true\">"
      "<rect width=\"{}\" height=\"10\"/></svg>",
      std::max(width, part > 0 ? 8L : 0L));
}

std::string search_url(const Params& params) { return url("/search", params); }

Json counted_links(const Json& values, std::string_view filter) {
  std::uint64_t most = 1;
  for (const Json& value : values) most = std::max(most, value.value("count", std::uint64_t{0}));
  Json out = Json::array();
  for (const Json& value : values) {
    const auto count = value.value("count", std::uint64_t{0});
    const std::string name = value.value("value", std::string());
    out.push_back({{"value", name},
                   {"count", grouped(count)},
                   {"number", count},
                   {"url", search_url({{std::string(filter), name}})},
                   {"bar", bar(static_cast<double>(count) / static_cast<double>(most))}});
  }
  return out;
}

std::string diff_html(const Json& diff, const std::string& text) {
  if (!diff.is_array() || diff.empty()) return html_escape(text);
  std::string out;
  for (const Json& piece : diff) {
    const std::string op = piece.at(0).get<std::string>(),
                      words = html_escape(piece.at(1).get<std::string>());
    out += op == "=" ? words : op == "-" ? "<del>" + words + "</del>" : "<ins>" + words + "</ins>";
  }
  return out;
}

Json assessment_link(const Json& assessment) {
  Json out = assessment;
  const auto text = [&](const char* name) {
    const auto member = assessment.find(name);
    return member != assessment.end() && member->is_string() ? member->get<std::string>()
                                                             : std::string();
  };
  out["url"] = assessment_url(text("id"));
  const std::string place =
      text("municipality").empty() ? text("body_printed") : text("municipality");
  out["place"] = place;
  if (!text("code").empty()) out["municipality_url"] = municipality_url(text("code"));
  if (text("prefecture") != place) out["prefecture_shown"] = text("prefecture");
  out["date"] = japanese_date(text("published_on"));
  const auto incident = assessment.find("incident");
  const bool known = incident != assessment.end() && incident->is_boolean();
  out["has_incident"] = known && incident->get<bool>();
  out["no_incident"] = known && !incident->get<bool>();
  return out;
}

}  // namespace pia
