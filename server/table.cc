#include "server/table.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "query/csv.h"
#include "query/links.h"
#include "server/workbook.h"

namespace pia {
namespace {

constexpr std::size_t kPiece = 32 * 1024;

bool write_csv(const Table& table, const Sink& sink) {
  std::string piece = std::string(kByteOrderMark) + csv_record(table.headings);
  const bool complete = table.rows([&](const std::vector<std::string>& cells) {
    piece += csv_record(cells);
    if (piece.size() < kPiece) return true;
    const bool sent = sink(piece);
    piece.clear();
    return sent;
  });
  return complete && (piece.empty() || sink(piece));
}

bool write_workbook(const Table& table, const Sink& sink) {
  auto book = Workbook::create(table.name, table.headings, table.about);
  if (!book) return false;
  const bool complete = table.rows([&](const std::vector<std::string>& cells) {
    book->add(cells);
    return true;
  });
  return complete && book->finish(sink);
}

std::string text_of(const Json& value) {
  if (value.is_null()) return "";
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "○" : "×";
  if (!value.is_array()) return value.dump();
  std::string out;
  for (const Json& member : value) {
    if (!out.empty()) out += "、";
    out +=
        member.is_object() && member.contains("value") ? text_of(member["value"]) : text_of(member);
  }
  return out;
}

}  // namespace

Response table_response(Format format, Table table) {
  Response response;
  const bool csv = format == Format::Csv;
  const char* ending = csv ? "csv" : "xlsx";
  response.content_type = csv ? "text/csv; charset=utf-8"
                              : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  response.headers.emplace_back(
      "Content-Disposition", fmt::format("attachment; filename=\"{}.{}\"; filename*=UTF-8''{}.{}",
                                         table.file, ending, percent_encode(table.name), ending));
  response.stream = [csv, table = std::move(table)](const Sink& sink) {
    return csv ? write_csv(table, sink) : write_workbook(table, sink);
  };
  return response;
}

std::string cell_text(const Json& row, const std::string& path) {
  const Json* value = &row;
  for (std::size_t from = 0; from <= path.size();) {
    const std::size_t dot = std::min(path.find('.', from), path.size());
    const auto member =
        value->is_object() ? value->find(path.substr(from, dot - from)) : value->end();
    if (!value->is_object() || member == value->end()) return "";
    value = &*member;
    from = dot + 1;
  }
  return text_of(*value);
}

Table table_of(std::string name, std::string file, const std::vector<Column>& columns,
               const Json& rows) {
  Table table;
  table.name = std::move(name);
  table.file = std::move(file);
  for (const Column& column : columns) table.headings.emplace_back(column.heading);
  table.rows = [columns, rows = std::make_shared<Json>(rows)](const auto& add) {
    for (const Json& row : *rows) {
      std::vector<std::string> cells;
      for (const Column& column : columns) cells.push_back(cell_text(row, column.path));
      if (!add(cells)) return false;
    }
    return true;
  };
  return table;
}

Params about_table(const Request& request, const std::string& what) {
  const std::time_t now = std::time(nullptr);
  return {{"内容", what},
          {"取得日時", fmt::format("{:%Y-%m-%d %H:%M:%S} UTC", fmt::gmtime(now))},
          {"取得した URL", request.origin + request.target},
          {"ソフトウェア", "pia-search " PIA_VERSION},
          {"注意", "値は各評価書に印刷されたとおりです。引用の際は各行の出典をご確認ください。"}};
}

}  // namespace pia
