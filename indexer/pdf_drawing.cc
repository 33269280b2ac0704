#include "indexer/pdf_drawing.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <map>
#define POINTERHOLDER_TRANSITION 4
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFObjectHandle.hh>

namespace pia {
namespace {

constexpr int kDeepestForm = 8;
constexpr int kMostForms = 2000;  // painted on one page

// Keeps (or only counts) what is unpacked and stops at a limit.
struct OverLimit {};

class Collector : public Pipeline {
 public:
  Collector(std::uint64_t limit, bool keep)
      : Pipeline("collector", nullptr), limit_(limit), keep_(keep) {}
  void write(unsigned char const* data, std::size_t size) override {
    count_ += size;
    if (count_ > limit_) throw OverLimit{};
    if (keep_) bytes.append(reinterpret_cast<const char*>(data), size);
  }
  void finish() override {}
  std::uint64_t count() const { return count_; }
  std::string bytes;

 private:
  std::uint64_t limit_, count_ = 0;
  bool keep_;
};

Error damaged(std::string reason, int page = 0) {
  return {ErrorCode::SourceDamaged, std::move(reason), {}, page, 0};
}

Error too_big(std::string reason, int page = 0) {
  return {ErrorCode::SourceTooBig, std::move(reason), {}, page, 0};
}

// What producers get wrong without losing anything.
bool is_harmless(const QPDFExc& warning) {
  static constexpr const char* kHarmless[] = {"reported number of objects",
                                              "ignoring",
                                              "xref stream",
                                              "linearization",
                                              "loop detected",
                                              "duplicated",
                                              "extraneous whitespace",
                                              "treating as"};
  const std::string& detail = warning.getMessageDetail();
  return std::any_of(std::begin(kHarmless), std::end(kHarmless),
                     [&](const char* word) { return detail.find(word) != std::string::npos; });
}

double real(QPDFObjectHandle value, double fallback) {
  return value.isNumber() ? value.getNumericValue() : fallback;
}

// A value that a page may inherit from the page tree.
QPDFObjectHandle inherited(QPDFObjectHandle page, const char* key) {
  for (int depth = 0; depth < 50 && page.isDictionary(); ++depth) {
    if (page.hasKey(key)) return page.getKey(key);
    page = page.getKey("/Parent");
  }
  return QPDFObjectHandle::newNull();
}

Box page_box(QPDFObjectHandle page) {
  QPDFObjectHandle box = inherited(page, "/CropBox");
  if (!box.isRectangle()) box = inherited(page, "/MediaBox");
  if (!box.isRectangle()) return {0, 0, 612, 792};
  const auto r = box.getArrayAsRectangle();
  return {std::min(r.llx, r.urx), std::min(r.lly, r.ury), std::max(r.llx, r.urx),
          std::max(r.lly, r.ury)};
}

// User space to points from the top left corner of the page as shown.
Matrix page_matrix(const Box& box, int rotate) {
  switch (rotate) {
    case 90:
      return {0, 1, 1, 0, -box.y0, -box.x0};
    case 180:
      return {-1, 0, 0, 1, box.x1, -box.y0};
    case 270:
      return {0, -1, -1, 0, box.y1, box.x1};
    default:
      return {1, 0, 0, -1, -box.x0, box.y1};
  }
}

Matrix form_matrix(QPDFObjectHandle dict) {
  QPDFObjectHandle m = dict.getKey("/Matrix");
  if (!m.isArray() || m.getArrayNItems() != 6) return {};
  const auto at = [&](int i) { return real(m.getArrayItem(i), i == 0 || i == 3 ? 1 : 0); };
  return {at(0), at(1), at(2), at(3), at(4), at(5)};
}

}  // namespace

struct PdfDrawing::Impl {
  QPDF file;
  std::vector<QPDFObjectHandle> pages;
  ReadLimits limits;
  std::uint64_t unpacked = 0;

  // Appends a stream's instructions. False if they are damaged.
  bool unpack(QPDFObjectHandle stream, std::string& out) {
    if (!stream.isStream()) return true;
    Collector collector(limits.page_bytes - std::min<std::uint64_t>(out.size(), limits.page_bytes),
                        true);
    const bool whole =
        stream.pipeStreamData(&collector, nullptr, 0, qpdf_dl_specialized, true, false);
    unpacked += collector.count();
    out += collector.bytes;
    out += '\n';
    return whole && unpacked <= limits.unpacked_bytes;
  }

  // Whether a stream unpacks without an error. qpdf does not look at the checksum behind deflated
  // data, by which a single altered bit is found, so that is done here.
  bool is_whole(QPDFObjectHandle stream) {
    QPDFObjectHandle filter = stream.getDict().getKey("/Filter");
    if (filter.isArray() && filter.getArrayNItems() > 0) filter = filter.getArrayItem(0);
    if (!filter.isNameAndEquals("/FlateDecode")) {
      Collector counter(limits.unpacked_bytes, false);
      const bool whole =
          stream.pipeStreamData(&counter, nullptr, 0, qpdf_dl_generalized, true, false);
      unpacked += counter.count();
      return whole;
    }
    const auto raw = stream.getRawStreamData();
    z_stream z{};
    if (inflateInit(&z) != Z_OK) throw std::bad_alloc();
    z.next_in = raw->getBuffer(), z.avail_in = static_cast<uInt>(raw->getSize());
    std::array<unsigned char, 65536> part;
    int state = Z_OK;
    while (state == Z_OK && unpacked <= 2 * limits.unpacked_bytes) {
      z.next_out = part.data(), z.avail_out = part.size();
      state = inflate(&z, Z_NO_FLUSH);
      unpacked += part.size() - z.avail_out;
    }
    inflateEnd(&z);
    if (unpacked > 2 * limits.unpacked_bytes) throw OverLimit{};
    return state == Z_STREAM_END || state == Z_BUF_ERROR;  // some writers leave the checksum out
  }

  // The first thing that qpdf had to mend; empty if nothing.
  std::string first_damage() {
    for (const QPDFExc& warning : file.getWarnings()) {
      if (!is_harmless(warning)) return warning.getMessageDetail();
    }
    return {};
  }
};

namespace {

// Runs form XObjects with their own resources.
class ObjectReader : public DrawingReader {
 public:
  using Unpack = std::function<bool(QPDFObjectHandle, std::string&)>;
  ObjectReader(Matrix matrix, PageDrawing& out, QPDFObjectHandle resources, Unpack unpack)
      : DrawingReader(matrix, out), resources_(std::move(resources)), unpack_(std::move(unpack)) {}

  bool whole() const { return whole_; }

 protected:
  void paint_object(std::string_view name) override {
    if (!resources_.isDictionary() || depth_ >= kDeepestForm || ++painted_ > kMostForms) return;
    QPDFObjectHandle objects = resources_.getKey("/XObject");
    if (!objects.isDictionary()) return;
    QPDFObjectHandle object = objects.getKey("/" + std::string(name));
    if (!object.isStream()) return;
    QPDFObjectHandle dict = object.getDict();
    if (dict.getKey("/Subtype").isNameAndEquals("/Image")) out_.images = true;
    if (!dict.getKey("/Subtype").isNameAndEquals("/Form")) return;
    std::string content;
    whole_ = unpack_(object, content) && whole_;
    QPDFObjectHandle before = resources_;
    if (dict.getKey("/Resources").isDictionary()) resources_ = dict.getKey("/Resources");
    ++depth_;
    run_inside(content, form_matrix(dict));
    --depth_;
    resources_ = before;
  }

 private:
  QPDFObjectHandle resources_;
  Unpack unpack_;
  int depth_ = 0, painted_ = 0;
  bool whole_ = true;
};

}  // namespace

PdfDrawing::PdfDrawing(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PdfDrawing::PdfDrawing(PdfDrawing&&) noexcept = default;
PdfDrawing::~PdfDrawing() = default;

Result<PdfDrawing> PdfDrawing::open(std::string_view bytes, const ReadLimits& limits) {
  auto impl = std::make_unique<Impl>();
  impl->limits = limits;
  impl->file.setSuppressWarnings(true);
  try {
    impl->file.processMemoryFile("PDF", bytes.data(), bytes.size());
    auto root = impl->file.getRoot().getKey("/Pages").getKey("/Count");
    if (root.isInteger() && root.getIntValue() > limits.pages) {
      return too_big(
          fmt::format("{} pages; at most {} are read", root.getIntValue(), limits.pages));
    }
    impl->pages = impl->file.getAllPages();
  } catch (const QPDFExc& error) {
    if (error.getErrorCode() == qpdf_e_password) {
      return damaged("encrypted: it opens only with a password; save it without one");
    }
    return damaged("the PDF is cut off or damaged (" + error.getMessageDetail() +
                   "); fetch it again");
  } catch (const std::bad_alloc&) {
    return too_big("the PDF needs more memory than a reader may have");
  } catch (const std::exception& error) {
    return damaged(std::string("the PDF is cut off or damaged (") + error.what() +
                   "); fetch it again");
  }
  if (const std::string damage = impl->first_damage(); !damage.empty()) {
    return damaged("the PDF is cut off or damaged (" + damage + "); fetch it again");
  }
  if (impl->pages.empty()) return damaged("the PDF has no page");
  if (impl->pages.size() > static_cast<std::size_t>(limits.pages)) {
    return too_big(fmt::format("{} pages; at most {} are read", impl->pages.size(), limits.pages));
  }
  return PdfDrawing(std::move(impl));
}

int PdfDrawing::page_count() const { return static_cast<int>(impl_->pages.size()); }

Result<PageDrawing> PdfDrawing::page(int index) {
  PageDrawing drawing;
  const int number = index + 1;
  try {
    QPDFObjectHandle page = impl_->pages.at(static_cast<std::size_t>(index));
    const Box box = page_box(page);
    auto turn = inherited(page, "/Rotate");
    const int rotate =
        turn.isInteger() ? static_cast<int>((turn.getIntValue() % 360 + 360) % 360) : 0;
    drawing.width = rotate % 180 == 0 ? box.width() : box.height();
    drawing.height = rotate % 180 == 0 ? box.height() : box.width();
    std::string content;
    bool whole = true;
    QPDFObjectHandle streams = page.getKey("/Contents");
    if (streams.isStream()) {
      whole = impl_->unpack(streams, content);
    } else if (streams.isArray()) {
      for (QPDFObjectHandle stream : streams.getArrayAsVector())
        whole = impl_->unpack(stream, content) && whole;
    }
    ObjectReader reader(
        page_matrix(box, rotate), drawing, inherited(page, "/Resources"),
        [this](QPDFObjectHandle stream, std::string& out) { return impl_->unpack(stream, out); });
    reader.run(content);
    if (impl_->unpacked > impl_->limits.unpacked_bytes) throw OverLimit{};
    if (!whole || !reader.whole())
      return damaged(fmt::format("page {} is damaged; fetch the file again", number), number);
  } catch (const OverLimit&) {
    return too_big(
        fmt::format("page {} unpacks to more than {} MB", number, impl_->limits.page_bytes >> 20),
        number);
  } catch (const std::bad_alloc&) {
    return too_big(fmt::format("page {} needs more memory than a reader may have", number), number);
  } catch (const std::exception& error) {
    return damaged(fmt::format("page {} is damaged ({})", number, error.what()), number);
  }
  return drawing;
}

Status PdfDrawing::check_streams() {
  try {
    for (QPDFObjectHandle object : impl_->file.getAllObjects()) {
      if (!object.isStream()) continue;
      if (!impl_->is_whole(object)) {
        return damaged(fmt::format("object {} of the PDF is damaged; fetch the file again",
                                   object.getObjectID()));
      }
    }
  } catch (const OverLimit&) {
    return too_big(
        fmt::format("the PDF unpacks to more than {} MB", impl_->limits.unpacked_bytes >> 20));
  } catch (const std::bad_alloc&) {
    return too_big("the PDF needs more memory than a reader may have");
  } catch (const std::exception& error) {
    return damaged(std::string("the PDF is damaged (") + error.what() + "); fetch it again");
  }
  if (const std::string damage = impl_->first_damage(); !damage.empty()) {
    return damaged("the PDF is cut off or damaged (" + damage + "); fetch it again");
  }
  return Done{};
}

}  // namespace pia
