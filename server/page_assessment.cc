// One assessment as a document, the page of similar passages, and its source file.

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "query/links.h"
#include "server/assessment_model.h"
#include "server/page.h"
#include "server/pages.h"
#include "server/request_params.h"
#include "server/table.h"

namespace pia {
namespace {

Result<Json> parsed_record(const Context& context, const std::string& id) {
  const auto record = context.backend->record(id);
  if (!record) return record.error();
  Json json = Json::parse(*record, nullptr, false);
  if (json.is_discarded())
    return Error{ErrorCode::IndexDamaged, "評価書の記録を読めません: " + id, {}, 0, 0};
  return json;
}

bool read_in_pieces(const std::string& path, const Sink& sink) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             std::fclose);
  if (!file) return false;
  std::array<char, 65536> piece{};
  while (const std::size_t size = std::fread(piece.data(), 1, piece.size(), file.get()))
    if (!sink(std::string_view(piece.data(), size))) return false;
  return std::ferror(file.get()) == 0;
}

}  // namespace

Result<Response> page_assessment(const Context& context) {
  const auto record = parsed_record(context, context.args[0]);
  if (!record) return record.error();
  const std::string q = param(context.request.params, "q");
  std::vector<std::string> texts;
  if (const auto passages = record->find("passages"); passages != record->end())
    for (const Json& passage : *passages)
      texts.push_back(shown_text(cell_text(passage, "item"), cell_text(passage, "text")));
  auto marked = context.backend->mark(q, texts);
  if (!marked)
    marked =
        context.backend->mark("", texts);  // a link with a broken query still shows the document
  if (!marked) return marked.error();
  auto versions = context.backend->versions(context.args[0]);
  const AssessmentView view{*record, std::move(*marked),
                            versions ? *versions : std::vector<VersionRef>(), q,
                            context.options.serve_sources};
  return page({cell_text(*record, "title"), "", q, "", citation(*record), false}, "assessment",
              assessment_model(view), context.request);
}

Result<Response> page_source(const Context& context) {
  if (!context.options.serve_sources)
    return Error{ErrorCode::NotFound,
                 "このサーバーは元のファイルを公開していません（--serve-sources）",
                 {},
                 0,
                 0};
  const auto record = parsed_record(context, context.args[0]);
  if (!record) return record.error();
  const Json sources = record->value("sources", Json::array());
  if (sources.empty())
    return Error{ErrorCode::NotFound, "元のファイルの記録がありません", {}, 0, 0};
  const std::string path = cell_text(sources[0], "path");
  const std::string format = cell_text(sources[0], "format");
  if (!std::filesystem::is_regular_file(path))
    return Error{ErrorCode::NotFound, "元のファイルがもとの場所にありません", {}, 0, 0};
  Response response;
  // A web page from elsewhere is shown as text: its scripts must not run under our address.
  response.content_type = format == "pdf" ? "application/pdf"
                          : format == "xlsx"
                              ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                              : "text/plain; charset=utf-8";
  response.stream = [path](const Sink& sink) { return read_in_pieces(path, sink); };
  return response;
}

Result<Response> page_similar(const Context& context) {
  const Params& params = context.request.params;
  const auto passage = number_param(params, "passage", 0, 0, 100'000);
  if (!passage) return passage.error();
  auto answer = context.backend->similar(param(params, "id"), *passage, 30);
  if (!answer) return answer.error();
  Json model = *answer;
  model["assessment"] = assessment_link(answer->value("assessment", Json::object()));
  model["passage_url"] = fmt::format("{}#p{}", assessment_url(param(params, "id")), *passage);
  const double rarity = answer->value("rarity", -1.0);
  model["rarity_text"] = rarity < 0     ? ""
                         : rarity > 0.9 ? "ほかにほとんど見られない文"
                         : rarity > 0.5 ? "あまり多くない文"
                                        : "よく使われる文";
  for (Json& row : model["rows"]) {
    row["assessment"] = assessment_link(row.value("assessment", Json::object()));
    row["url"] = fmt::format("{}#p{}", cell_text(row, "assessment.url"), cell_text(row, "passage"));
    row["percent"] = fmt::format("{:.0f}", 100 * row.value("similarity", 0.0));
    row["html"] = diff_html(row.value("diff", Json::array()), row.value("text", std::string()));
    row["place"] = place_text(row.value("where", Json()));
  }
  return page({"似ている箇所", "", "", "", "", false}, "similar", model, context.request);
}

}  // namespace pia
