#include "indexer/pdf_text.h"

#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-global.h>
#include <poppler/cpp/poppler-image.h>
#include <poppler/cpp/poppler-page-renderer.h>
#include <poppler/cpp/poppler-page.h>

#include "dicts/normalizer.h"
#include "dicts/utf8.h"
#include "indexer/source_reader.h"

namespace pia {
namespace {

void be_silent(const std::string&, void*) {}

std::u32string characters(const poppler::ustring& text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t high = text[i];
    const bool pair = high >= 0xD800 && high < 0xDC00 && i + 1 < text.size();
    out += pair ? 0x10000 + ((high - 0xD800) << 10) + (text[++i] - char32_t{0xDC00}) : high;
  }
  return out;
}

bool is_radical(char32_t c) { return c >= 0x2E80 && c <= 0x2FDF; }

// One for one: a radical stands for exactly one ideograph.
char32_t mended(char32_t c) {
  if (!is_radical(c)) return c;
  const std::u32string whole = utf8::decode(mend_radicals(utf8::encode({&c, 1})));
  return whole.size() == 1 ? whole[0] : c;
}

bool is_nothing(char32_t c) { return c < 0x20 || c == 0xFFFD || c == 0xFEFF || utf8::is_space(c); }

}  // namespace

struct PdfText::Impl {
  std::unique_ptr<poppler::document> document;
};

PdfText::PdfText(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PdfText::PdfText(PdfText&&) noexcept = default;
PdfText::~PdfText() = default;

Result<PdfText> PdfText::open(std::string_view bytes) {
  poppler::set_debug_error_function(be_silent, nullptr);
  auto impl = std::make_unique<Impl>();
  impl->document.reset(
      poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (!impl->document) {
    return Error{
        ErrorCode::SourceDamaged, "the PDF is cut off or damaged; fetch it again", {}, 0, 0};
  }
  if (impl->document->is_locked()) {
    return Error{ErrorCode::SourceDamaged,
                 "encrypted: it opens only with a password; save it without one",
                 {},
                 0,
                 0};
  }
  return PdfText(std::move(impl));
}

int PdfText::page_count() const { return impl_->document->pages(); }

std::vector<Glyph> PdfText::glyphs(int index) const {
  const std::unique_ptr<poppler::page> page(impl_->document->create_page(index));
  std::vector<Glyph> glyphs;
  if (!page) return glyphs;
  for (const poppler::text_box& word : page->text_list(poppler::page::text_list_include_font)) {
    const std::u32string text = characters(word.text());
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (is_nothing(text[i])) continue;
      const poppler::rectf box = word.char_bbox(i);
      glyphs.push_back({mended(text[i]),
                        {box.left(), box.top(), box.right(), box.bottom()},
                        word.has_font_info() ? word.get_font_size() : box.height(),
                        word.rotation(),
                        Glyph{}.clip});
    }
  }
  return glyphs;
}

std::string PdfText::picture(int index, int dots_per_inch) const {
  const std::unique_ptr<poppler::page> page(impl_->document->create_page(index));
  if (!page) return {};
  poppler::page_renderer renderer;
  renderer.set_image_format(poppler::image::format_gray8);
  const poppler::image image = renderer.render_page(page.get(), dots_per_inch, dots_per_inch);
  if (!image.is_valid()) return {};
  std::string out =
      "P5 " + std::to_string(image.width()) + " " + std::to_string(image.height()) + " 255\n";
  for (int y = 0; y < image.height(); ++y) {
    out.append(image.const_data() + static_cast<std::ptrdiff_t>(y) * image.bytes_per_row(),
               static_cast<std::size_t>(image.width()));
  }
  return out;
}

// A file that names its characters by Shift_JIS codes: only the maps of poppler-data turn them
// into Unicode.
Status check_poppler_data() {
  static constexpr std::string_view kProbe =
      "%PDF-1.4\n"
      "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
      "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
      "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R"
      "/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
      "4 0 obj<</Length 42>>stream\nBT /F 20 Tf 50 100 Td <8ABF8E9A> Tj ET    \nendstream endobj\n"
      "5 0 obj<</Type/Font/Subtype/Type0/BaseFont/Ryumin-Light/Encoding/90ms-RKSJ-H"
      "/DescendantFonts[6 0 R]>>endobj\n"
      "6 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/Ryumin-Light/CIDSystemInfo"
      "<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/FontDescriptor 7 0 R>>endobj\n"
      "7 0 obj<</Type/FontDescriptor/FontName/Ryumin-Light/Flags 4/Ascent 800/Descent -200"
      "/CapHeight 700/StemV 80/ItalicAngle 0/FontBBox[0 -200 1000 800]>>endobj\n"
      "trailer<</Root 1 0 R/Size 8>>\n%%EOF\n";
  auto file = PdfText::open(kProbe);
  if (file && file->page_count() == 1) {
    const std::vector<Glyph> glyphs = file->glyphs(0);
    if (glyphs.size() == 2 && glyphs[0].character == U'漢') return Done{};
  }
  return Error{ErrorCode::Dictionary,
               "poppler finds no Japanese character maps, so kanji of many PDFs would vanish; "
               "install the package poppler-data",
               {},
               0,
               0};
}

}  // namespace pia
