// A table as an Excel workbook. Rows are written through to a temporary file as they come
// (libxlsxwriter's constant memory), which is read back in pieces and removed with the object.

#ifndef PIA_SERVER_WORKBOOK_H_
#define PIA_SERVER_WORKBOOK_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "dicts/result.h"
#include "server/message.h"

namespace pia {

class Workbook {
 public:
  // `about` becomes a second sheet of two columns: the query, the day, where the rows came from.
  // Errors: Internal when no temporary file can be made.
  static Result<Workbook> create(const std::string& sheet, const std::vector<std::string>& headings,
                                 const Params& about);
  Workbook(Workbook&&) noexcept;
  Workbook& operator=(Workbook&&) noexcept;
  ~Workbook();  // removes the temporary file

  // Every cell is written as text or, when it is a plain number, as a number; never as a formula.
  // Rows after Excel's last one (1,048,576) are dropped, and the second sheet says so.
  void add(const std::vector<std::string>& cells);

  // Ends the writing and sends the file. REQUIRES: called once, no add() after it.
  // False when the file could not be completed or the client has gone.
  bool finish(const Sink& sink);

 private:
  struct Impl;
  explicit Workbook(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace pia

#endif  // PIA_SERVER_WORKBOOK_H_
