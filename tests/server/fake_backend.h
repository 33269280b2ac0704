// A backend with values of its own, for tests of what the server makes of answers: no index.
// Thread safe like the real one, as long as the values are set before the first request.

#ifndef PIA_TESTS_SERVER_FAKE_BACKEND_H_
#define PIA_TESTS_SERVER_FAKE_BACKEND_H_

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "server/backend.h"
#include "server/renderer.h"

namespace pia {

class FakeBackend : public Backend {
 public:
  std::vector<Hit> hits;  // all of them; a search gives its page
  std::vector<Facet> facets;
  SearchResult base;                           // notices, suggestion … of every result
  std::map<std::string, std::string> records;  // id → JSON
  std::map<std::string, Json> answers;         // name of the function → what it answers
  Error failure{ErrorCode::MalformedQuery, "閉じかっこがありません", {}, 0, 3};
  std::string failing_query = "(";
  mutable std::vector<SearchRequest> asked;

  Status refresh() override { return Done{}; }
  std::string generation() const override { return "1"; }

  Result<SearchResult> search(const SearchRequest& request) override {
    asked.push_back(request);
    if (request.text == failing_query) return failure;
    SearchResult result = base;
    result.text = request.text;
    result.view = request.view;
    result.filters = request.filters;
    result.total = static_cast<std::uint32_t>(hits.size());
    for (std::size_t i = request.offset; i < hits.size() && i < request.offset + request.limit; ++i)
      result.hits.push_back(hits[i]);
    if (!request.facets.empty()) result.facets = facets;
    return result;
  }
  Json to_json(const SearchResult& result) const override {
    Json list = Json::array();
    for (const Hit& hit : result.hits) list.push_back({{"id", hit.id}});
    return {{"total", result.total}, {"hits", list}};
  }
  std::vector<std::string> headings(View) const override { return {"評価書名", "自治体"}; }
  std::vector<std::string> cells(const Hit& hit, View) const override {
    return {hit.title, hit.municipality};
  }
  Result<Facet> facet(const std::string& name, const SearchRequest&, const std::string& part,
                      std::uint32_t) override {
    return Facet{name, {{part + "…", 1, false, false, ""}}, 1};
  }
  Result<std::string> record(const std::string& id) override {
    const auto found = records.find(id);
    if (found == records.end())
      return Error{ErrorCode::NotFound, id + " という評価書は索引にありません", {}, 0, 0};
    return found->second;
  }
  Result<std::vector<VersionRef>> versions(const std::string& id) override {
    return std::vector<VersionRef>{{id, "新しい版", "2025-04-01", true},
                                   {"old", "前の版", "2024-04-01", false}};
  }
  Result<std::vector<std::string>> mark(const std::string& query,
                                        const std::vector<std::string>& texts) override {
    std::vector<std::string> out;
    for (const std::string& text : texts) {
      std::string html = html_escape(text);
      if (const std::size_t at = query.empty() ? std::string::npos : html.find(query);
          at != std::string::npos)
        html = html.substr(0, at) + "<mark>" + query + "</mark>" + html.substr(at + query.size());
      out.push_back(html);
    }
    return out;
  }
  Result<Json> suggest(const std::string&, std::uint32_t) override { return answer("suggest"); }
  Result<Json> contractors(const Params&) override { return answer("contractors"); }
  Result<Json> contractor(const std::string&) override { return answer("contractor"); }
  Result<Json> municipalities() override { return answer("municipalities"); }
  Result<Json> municipality(const std::string&) override { return answer("municipality"); }
  Result<Json> incidents(const Params&) override { return answer("incidents"); }
  Result<Json> overview() override { return answer("overview"); }
  Result<Json> compare(const Params&) override { return answer("compare"); }
  Result<Json> align(const std::string&, const std::string&) override { return answer("align"); }
  Result<Json> similar(const std::string&, std::uint32_t, std::uint32_t) override {
    return answer("similar");
  }
  Result<Json> look_up(const std::vector<std::string>& names) override {
    Json rows = Json::array();
    for (const std::string& name : names)
      rows.push_back({{"input", name}, {"name", name}, {"hits", Json::array()}});
    return rows;
  }

 private:
  Result<Json> answer(const std::string& name) const {
    const auto found = answers.find(name);
    if (found == answers.end()) return Error{ErrorCode::NotFound, name + " はありません", {}, 0, 0};
    return found->second;
  }
};

}  // namespace pia

#endif  // PIA_TESTS_SERVER_FAKE_BACKEND_H_
