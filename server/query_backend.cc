// One call of the query room each. Every call takes one snapshot and keeps it to its end.

#include "server/query_backend.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "query/answers_json.h"
#include "query/result_format.h"
#include "query/searcher.h"
#include "server/request_params.h"

namespace pia {
namespace {

constexpr std::uint32_t kContractorsPerPage = 50;

template <typename T>
Result<Json> as_json(const Result<T>& answer) {
  if (!answer) return answer.error();
  return pia::to_json(*answer);
}

Error unknown(const std::string& id) {
  return Error{ErrorCode::NotFound, fmt::format("{} という評価書は索引にありません", id), {}, 0, 0};
}

ContractorSort contractor_sort(const std::string& name) {
  if (name == "municipalities") return ContractorSort::Municipalities;
  if (name == "contracts") return ContractorSort::Contracts;
  if (name == "name") return ContractorSort::Name;
  return ContractorSort::Assessments;
}

class QueryBackend final : public Backend {
 public:
  explicit QueryBackend(Searcher searcher) : searcher_(std::move(searcher)) {}

  Status refresh() override {
    const auto taken = searcher_.reopen();
    if (!taken) return taken.error();
    return Done{};
  }
  std::string generation() const override {
    return std::to_string(searcher_.snapshot()->generation());
  }

  Result<SearchResult> search(const SearchRequest& request) override {
    return searcher_.search(request);
  }
  Json to_json(const SearchResult& result) const override { return pia::to_json(result); }
  std::vector<std::string> headings(View view) const override { return pia::headings(view); }
  std::vector<std::string> cells(const Hit& hit, View view) const override {
    return pia::cells(hit, view);
  }
  Result<Facet> facet(const std::string& name, const SearchRequest& request,
                      const std::string& part, std::uint32_t limit) override {
    return searcher_.facet(request, name, part, limit);
  }
  Result<std::vector<std::string>> mark(const std::string& query,
                                        const std::vector<std::string>& texts) override {
    return searcher_.mark(query, texts);
  }

  Result<std::string> record(const std::string& id) override {
    const auto index = searcher_.snapshot();
    const auto doc = index->find(id);
    if (!doc) return unknown(id);
    return index->record(*doc);
  }
  Result<std::vector<VersionRef>> versions(const std::string& id) override {
    const auto index = searcher_.snapshot();
    const auto doc = index->find(id);
    if (!doc) return unknown(id);
    std::vector<VersionRef> versions;
    for (const DocId version : index->versions(*doc)) {
      const auto ref = assessment_ref(*index, version);
      if (!ref) return ref.error();
      versions.push_back({ref->id, ref->title, ref->published_on, index->latest(version)});
    }
    return versions;
  }

  Result<Json> suggest(const std::string& typed, std::uint32_t limit) override {
    return as_json(pia::suggest(*searcher_.snapshot(), typed, limit));
  }
  Result<Json> contractors(const Params& params) override {
    ContractorListRequest request;
    request.name = param(params, "q");
    request.category = param(params, "category");
    request.prefecture = param(params, "prefecture");
    request.sort = contractor_sort(param(params, "sort"));
    const bool download = !param(params, "format").empty() && param(params, "format") != "json";
    const auto offset = number_param(params, "offset", 0, 0, 10'000'000);
    if (!offset) return offset.error();
    const auto limit = number_param(params, "limit", download ? 0 : kContractorsPerPage, 0, 10'000);
    if (!limit) return limit.error();
    request.offset = *offset;
    request.limit = *limit;
    return as_json(list_contractors(*searcher_.snapshot(), request));
  }
  Result<Json> contractor(const std::string& name) override {
    return as_json(contractor_page(*searcher_.snapshot(), name));
  }
  Result<Json> municipalities() override {
    return as_json(list_municipalities(*searcher_.snapshot()));
  }
  Result<Json> municipality(const std::string& code) override {
    return as_json(municipality_page(*searcher_.snapshot(), code));
  }
  Result<Json> incidents(const Params& params) override {
    const auto years = number_param(params, "years", 0, 0, 3);
    if (!years) return years.error();
    return as_json(list_incidents(*searcher_.snapshot(),
                                  {param(params, "prefecture"), static_cast<int>(*years)}));
  }
  Result<Json> overview() override { return as_json(pia::overview(*searcher_.snapshot())); }
  Result<Json> compare(const Params& params) override {
    CompareRequest request;
    request.process = param(params, "process");
    request.items = all_params(params, "item");
    request.municipalities = all_params(params, "municipality");
    request.ids = all_params(params, "id");
    const auto limit = number_param(params, "limit", 50, 1, 1000);
    if (!limit) return limit.error();
    request.limit = *limit;
    return as_json(pia::compare(*searcher_.snapshot(), request));
  }
  Result<Json> align(const std::string& a, const std::string& b) override {
    return as_json(pia::align(*searcher_.snapshot(), a, b));
  }
  Result<Json> similar(const std::string& id, std::uint32_t passage, std::uint32_t limit) override {
    return as_json(pia::similar(*searcher_.snapshot(), id, passage, limit));
  }
  Result<Json> look_up(const std::vector<std::string>& names) override {
    return as_json(pia::look_up(*searcher_.snapshot(), names));
  }

 private:
  Searcher searcher_;
};

}  // namespace

Result<std::shared_ptr<Backend>> open_query_backend(const std::filesystem::path& dir) {
  auto searcher = Searcher::open(dir);
  if (!searcher) return searcher.error();
  return std::shared_ptr<Backend>(std::make_shared<QueryBackend>(std::move(*searcher)));
}

}  // namespace pia
