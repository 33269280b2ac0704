// Any list as a download: CSV or an Excel workbook, row by row.

#ifndef PIA_SERVER_TABLE_H_
#define PIA_SERVER_TABLE_H_

#include <functional>
#include <string>
#include <vector>

#include "server/backend.h"
#include "server/message.h"
#include "server/request_params.h"

namespace pia {

struct Table {
  std::string name;  // of the sheet, and Japanese part of the file's name
  std::string file;  // ASCII part of the file's name, without ending
  std::vector<std::string> headings;
  // Calls `add` for each row; false when it had to give up.
  std::function<bool(const std::function<bool(const std::vector<std::string>&)>& add)> rows;
  Params about;  // for the second sheet: query, day, source
};

// REQUIRES: format is Csv or Xlsx.
Response table_response(Format format, Table table);

// A column of a table made from JSON objects: heading and the path of the member
// ("assessment.title"). Lists are joined with "、", truth values are ○ and ×.
struct Column {
  const char* heading;
  const char* path;
};

// REQUIRES: rows is an array of objects.
Table table_of(std::string name, std::string file, const std::vector<Column>& columns,
               const Json& rows);

// The member at a path of names as text for a cell; empty when absent or null.
std::string cell_text(const Json& row, const std::string& path);

// What the second sheet says of every table: the address, the day, the software.
Params about_table(const Request& request, const std::string& what);

}  // namespace pia

#endif  // PIA_SERVER_TABLE_H_
