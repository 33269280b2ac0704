#include "indexer/source_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <new>
#include <string>

#include "indexer/archive.h"
#include "indexer/extract.h"
#include "indexer/sha256.h"

namespace pia {
namespace {

using namespace std::string_view_literals;

Error unsupported(std::string reason) {
  return {ErrorCode::SourceUnsupported, std::move(reason), {}, 0, 0};
}
Error damaged(std::string reason) {
  return {ErrorCode::SourceDamaged, std::move(reason), {}, 0, 0};
}

bool holds_utf16(std::string_view bytes, std::string_view ascii) {
  std::string wide;
  for (const char c : ascii) wide += c, wide += '\0';
  return bytes.find(wide) != std::string_view::npos;
}

bool is_picture(std::string_view bytes) {
  return bytes.starts_with("\xFF\xD8\xFF"sv) || bytes.starts_with("\x89PNG\r\n"sv) ||
         bytes.starts_with("GIF8"sv) || bytes.starts_with("II*\0"sv) ||
         bytes.starts_with("MM\0*"sv) ||
         (bytes.starts_with("BM"sv) && bytes.substr(6, 4) == "\0\0\0\0"sv);
}

// Tags near the start; the tab-separated text with tags inside begins with plain words.
bool is_html(std::string_view bytes) {
  std::string head(bytes.substr(0, 4096));
  if (head.starts_with("\xEF\xBB\xBF")) head.erase(0, 3);
  std::ranges::transform(head, head.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  if (first == std::string::npos || head[first] != '<') return false;
  for (const char* tag : {"<!doctype html", "<html", "<head", "<body", "<meta", "<title", "<table",
                          "<div", "<?xml"}) {
    if (head.find(tag) != std::string::npos) return true;
  }
  return false;
}

FileKind kind_of_zip(std::string_view bytes) {
  auto archive = Archive::open(bytes, 1);
  if (!archive) return FileKind::Zip;
  const bool workbook = archive->find("xl/workbook.xml") ||
                        (archive->find("[Content_Types].xml") &&
                         std::ranges::any_of(archive->members(), [](const ArchiveMember& m) {
                           return m.name.ends_with("workbook.xml") || m.name.starts_with("xl/");
                         }));
  if (workbook) return FileKind::Xlsx;
  // Word, PowerPoint and OpenDocument files are zip archives too.
  const ArchiveMember* first = archive->members().empty() ? nullptr : &archive->members().front();
  const bool office = archive->find("[Content_Types].xml") || (first && first->name == "mimetype");
  return office ? FileKind::OtherOffice : FileKind::Zip;
}

Result<Source> read_kind(std::string_view bytes, std::string_view path,
                         const ReadOptions& options) {
  switch (file_kind(bytes)) {
    case FileKind::Empty:
      return Error{ErrorCode::SourceEmpty, "the file is empty", {}, 0, 0};
    case FileKind::Pdf:
      return read_pdf_source(bytes, options);
    case FileKind::Xlsx:
      return read_xlsx_source(bytes, options);
    case FileKind::Html:
      return read_html_source(bytes);
    case FileKind::PlainText:
      return read_text_source(bytes, path);
    case FileKind::Zip: {
      auto archive = Archive::open(bytes, 1);
      if (!archive) return archive.error();
      return unsupported(
          "an archive inside an archive, or no workbook; unpack it and name its files");
    }
    case FileKind::LegacyExcel:
      if (holds_utf16(bytes, "EncryptedPackage")) {
        return damaged("encrypted: the workbook opens only with a password; save it without one");
      }
      return unsupported(
          "a legacy Excel (.xls) or Office file; save it as .xlsx, or convert it with "
          "`soffice --headless --convert-to xlsx FILE`");
    case FileKind::OtherOffice:
      return unsupported(
          "an Office or OpenDocument file that is no .xlsx; save it as .xlsx or print it to PDF");
    case FileKind::WebArchive:
      return unsupported("a web archive (.mht); save the page as HTML");
    case FileKind::Image:
      return unsupported("a picture, not a document; make a PDF of it and read that with --ocr");
    case FileKind::Other:
      break;
  }
  return Error{ErrorCode::SourceNotText,
               "binary data of no known format (text, HTML, PDF and .xlsx are read)",
               {},
               0,
               0};
}

}  // namespace

FileKind file_kind(std::string_view bytes) {
  if (bytes.empty()) return FileKind::Empty;
  // A PDF may begin with up to 1,024 bytes of something else.
  if (bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos) return FileKind::Pdf;
  if (bytes.starts_with("PK\x03\x04"sv) || bytes.starts_with("PK\x05\x06"sv))
    return kind_of_zip(bytes);
  if (bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv)) return FileKind::LegacyExcel;
  if (is_picture(bytes)) return FileKind::Image;
  if (bytes.starts_with("MIME-Version:"sv) || bytes.starts_with("From: <Saved by"sv))
    return FileKind::WebArchive;
  if (is_html(bytes)) return FileKind::Html;
  const bool utf16 = bytes.starts_with("\xFF\xFE"sv) || bytes.starts_with("\xFE\xFF"sv);
  const std::string_view head = bytes.substr(0, 65536);
  const auto controls = std::ranges::count_if(head, [](char c) { return c >= 0 && c < 9; });
  if (!utf16 && controls > 0 && static_cast<std::size_t>(controls) * 200 > head.size())
    return FileKind::Other;
  return FileKind::PlainText;
}

Result<Source> read_source(std::string_view bytes, std::string_view path,
                           const ReadOptions& options) {
  if (bytes.size() > options.limits.file_bytes) {
    return Error{ErrorCode::SourceTooBig,
                 fmt::format("{} MB; at most {} MB are read", bytes.size() >> 20,
                             options.limits.file_bytes >> 20),
                 std::string(path), 0, 0};
  }
  try {
    auto source = read_kind(bytes, path, options);
    if (!source) {
      Error error = source.error();
      error.file = path;
      return error;
    }
    source->path = path;
    source->sha256 = sha256(bytes);
    return source;
  } catch (const std::bad_alloc&) {
    return Error{ErrorCode::SourceTooBig, "needs more memory than a reader may have",
                 std::string(path), 0, 0};
  }
}

}  // namespace pia
