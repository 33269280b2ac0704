// An entry is one publication: its id holds the publication date, so that a reader shows the same
// assessment again when a new version is published. Atom wants full instants; a date that is less
// precise is filled with its first day.

#include "server/feed.h"

#include <fmt/format.h>

#include "query/links.h"
#include "server/page.h"
#include "server/renderer.h"
#include "server/request_params.h"

namespace pia {
namespace {

std::string instant(const std::string& date) {
  std::string full = date;
  if (full.size() == 4) full += "-01";
  if (full.size() == 7) full += "-01";
  return full.size() == 10 ? full + "T00:00:00+09:00" : "1970-01-01T00:00:00+09:00";
}

std::string entry(const Hit& hit, const std::string& origin) {
  const std::string body =
      hit.municipality.empty() ? hit.body_printed : hit.prefecture + hit.municipality;
  std::string summary = fmt::format("<p>{} · {} · 公表日 {}</p>", html_escape(body),
                                    html_escape(hit.kind), html_escape(hit.published_on));
  for (const PassageHit& passage : hit.passages)  // html is escaped already
    summary += fmt::format("<p><b>{}</b> {}</p>", html_escape(passage.item), passage.html);
  const std::string address = origin + assessment_url(hit.id);
  return fmt::format(
      "<entry><title>{}</title><id>{}</id><link href=\"{}\"/><updated>{}</updated>"
      "<author><name>{}</name></author><summary type=\"html\">{}</summary></entry>\n",
      html_escape(hit.title), html_escape(address), html_escape(address), instant(hit.published_on),
      html_escape(body.empty() ? "不明" : body), html_escape(summary));
}

}  // namespace

Result<Response> feed(const Context& context) {
  auto request = search_request(context.request.params, Strictness::Page);
  if (!request) return request.error();
  request->sort = Sort::Published;
  request->view = View::Assessments;
  request->limit = 50;
  request->offset = 0;
  request->facets.clear();
  const auto result = context.backend->search(*request);
  if (!result) return result.error();
  const std::string& origin = context.request.origin;
  const std::string name = request->text.empty() ? "すべての評価書" : request->text;
  const std::string updated =
      result->hits.empty() ? instant("") : instant(result->hits.front().published_on);
  Response response;
  response.content_type = "application/atom+xml; charset=utf-8";
  response.body = fmt::format(
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" "
      "xml:lang=\"ja\">"
      "<title>{} – 評価書検索</title><id>{}</id><link rel=\"self\" href=\"{}\"/><link "
      "href=\"{}\"/><updated>{}</updated>\n",
      html_escape(name), html_escape(origin + context.request.target),
      html_escape(origin + context.request.target),
      html_escape(origin + search_url(search_params(*request))), updated);
  for (const Hit& hit : result->hits) response.body += entry(hit, origin);
  response.body += "</feed>\n";
  return response;
}

}  // namespace pia
