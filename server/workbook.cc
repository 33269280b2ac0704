#include "server/workbook.h"

#include <unistd.h>
#include <xlsxwriter.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "query/csv.h"

namespace pia {
namespace {

constexpr std::size_t kMaxCell = 32'000;  // Excel's limit is 32,767 characters

// A folder of our own for the file and for libxlsxwriter's own temporary files.
Result<std::string> make_folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "pia-xlsx-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr)
    return Error{ErrorCode::Internal, "Excel 用の一時ファイルを作れません: " + pattern, {}, 0, 0};
  return pattern;
}

// The longest beginning of at most `size` bytes that ends between two characters.
std::string cut(const std::string& text, std::size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return text.substr(0, size) + "…";
}

bool is_count(const std::string& text) {
  return !text.empty() && text.size() <= 9 &&
         text.find_first_not_of("0123456789") == std::string::npos &&
         (text == "0" || text[0] != '0');
}

}  // namespace

struct Workbook::Impl {
  std::string folder, path;
  lxw_workbook* book = nullptr;
  lxw_worksheet* sheet = nullptr;
  lxw_format* bold = nullptr;
  lxw_format* wrap = nullptr;
  Params about;
  lxw_row_t row = 0;
  bool truncated = false;

  ~Impl() {
    if (book != nullptr) workbook_close(book);
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }
};

Workbook::Workbook(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Workbook::Workbook(Workbook&&) noexcept = default;
Workbook& Workbook::operator=(Workbook&&) noexcept = default;
Workbook::~Workbook() = default;

Result<Workbook> Workbook::create(const std::string& sheet,
                                  const std::vector<std::string>& headings, const Params& about) {
  auto folder = make_folder();
  if (!folder) return folder.error();
  auto impl = std::make_unique<Impl>();
  impl->folder = *folder;
  impl->path = *folder + "/table.xlsx";
  impl->about = about;
  lxw_workbook_options options = {};
  options.constant_memory = LXW_TRUE;
  options.tmpdir = impl->folder.data();
  impl->book = workbook_new_opt(impl->path.c_str(), &options);
  if (impl->book == nullptr)
    return Error{ErrorCode::Internal, "Excel ファイルを作れません: " + impl->path, {}, 0, 0};
  impl->bold = workbook_add_format(impl->book);
  format_set_bold(impl->bold);
  impl->wrap = workbook_add_format(impl->book);
  format_set_align(impl->wrap, LXW_ALIGN_VERTICAL_TOP);
  impl->sheet = workbook_add_worksheet(impl->book, sheet.c_str());
  worksheet_freeze_panes(impl->sheet, 1, 0);
  worksheet_set_column(impl->sheet, 0, static_cast<lxw_col_t>(headings.size()), 22, nullptr);
  for (std::size_t i = 0; i < headings.size(); ++i)
    worksheet_write_string(impl->sheet, 0, static_cast<lxw_col_t>(i), headings[i].c_str(),
                           impl->bold);
  impl->row = 1;
  return Workbook(std::move(impl));
}

void Workbook::add(const std::vector<std::string>& cells) {
  if (impl_->row >= LXW_ROW_MAX) {
    impl_->truncated = true;
    return;
  }
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    if (cells[i].empty()) continue;
    // A string cell of a workbook is never run as a formula; the apostrophe is only for CSV.
    if (is_count(cells[i]))
      worksheet_write_number(impl_->sheet, impl_->row, column, std::atof(cells[i].c_str()),
                             impl_->wrap);
    else
      worksheet_write_string(impl_->sheet, impl_->row, column, cut(cells[i], kMaxCell).c_str(),
                             impl_->wrap);
  }
  ++impl_->row;
}

bool Workbook::finish(const Sink& sink) {
  lxw_worksheet* about = workbook_add_worksheet(impl_->book, "この表について");
  worksheet_set_column(about, 0, 0, 18, nullptr);
  worksheet_set_column(about, 1, 1, 90, nullptr);
  if (impl_->truncated)
    impl_->about.emplace_back(
        "注意", "Excel の行数の上限を超えた分は入っていません。CSV には全件あります。");
  lxw_row_t row = 0;
  for (const auto& [name, value] : impl_->about) {
    worksheet_write_string(about, row, 0, name.c_str(), impl_->bold);
    worksheet_write_string(about, row++, 1, cut(value, kMaxCell).c_str(), nullptr);
  }
  const lxw_error error = workbook_close(impl_->book);
  impl_->book = nullptr;
  if (error != LXW_NO_ERROR) return false;
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(impl_->path.c_str(), "rb"),
                                                             std::fclose);
  if (!file) return false;
  std::array<char, 65536> piece{};
  while (const std::size_t size = std::fread(piece.data(), 1, piece.size(), file.get()))
    if (!sink(std::string_view(piece.data(), size))) return false;
  return std::ferror(file.get()) == 0;
}

}  // namespace pia
