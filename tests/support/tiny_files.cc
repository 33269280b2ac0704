#include "support/tiny_files.h"

#include <fmt/format.h>
#include <unicode/unistr.h>

#include <cstdint>

namespace pia::test {
namespace {

constexpr double kHeight = 800;

std::string hex(const std::string& utf8) {
  std::string bytes(utf8.size() * 2 + 1, '\0');
  const auto text = icu::UnicodeString::fromUTF8(utf8);
  bytes.resize(static_cast<std::size_t>(text.extract(
      0, text.length(), bytes.data(), static_cast<uint32_t>(bytes.size()), "ibm-943_P15A-2003")));
  std::string out;
  for (const char c : bytes) out += fmt::format("{:02X}", static_cast<unsigned char>(c));
  return out;
}

std::uint32_t crc32(const std::string& bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int i = 0; i < 8; ++i) crc = (crc >> 1) ^ (crc & 1 ? 0xEDB88320 : 0);
  }
  return ~crc;
}

void put(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i));
}

}  // namespace

PdfPage& PdfPage::text(double x, double y, const std::string& utf8, double size) {
  return raw(fmt::format("BT /F {} Tf {} {} Td <{}> Tj ET", size, x, kHeight - y, hex(utf8)));
}
PdfPage& PdfPage::vertical(double x, double y, const std::string& utf8, double size) {
  return raw(fmt::format("BT /V {} Tf {} {} Td <{}> Tj ET", size, x, kHeight - y, hex(utf8)));
}
PdfPage& PdfPage::box(double x, double y, double width, double height) {
  return raw(fmt::format("{} {} {} {} re S", x, kHeight - y - height, width, height));
}
PdfPage& PdfPage::line(double x0, double y0, double x1, double y1) {
  return raw(fmt::format("{} {} m {} {} l S", x0, kHeight - y0, x1, kHeight - y1));
}
PdfPage& PdfPage::thin(double x0, double y0, double x1, double y1) {
  return raw(fmt::format("{} {} {} {} re f", x0, kHeight - y1, x1 - x0 + 0.5, y1 - y0 + 0.5));
}
PdfPage& PdfPage::raw(const std::string& instructions) {
  content_ += instructions + "\n";
  return *this;
}

std::string pdf(const std::vector<PdfPage>& pages, bool form) {
  std::vector<std::string> objects = {
      "<</Type/Catalog/Pages 2 0 R>>",
      "",
      "<</Type/Font/Subtype/Type0/BaseFont/Ryumin-Light/Encoding/90ms-RKSJ-H/DescendantFonts[5 0 "
      "R]>>",
      "<</Type/Font/Subtype/Type0/BaseFont/Ryumin-Light/Encoding/90ms-RKSJ-V/DescendantFonts[5 0 "
      "R]>>",
      "<</Type/Font/Subtype/CIDFontType0/BaseFont/Ryumin-Light/CIDSystemInfo<</Registry(Adobe)"
      "/Ordering(Japan1)/Supplement 2>>/DW 1000/W[231 632 500]/FontDescriptor 6 0 R>>",
      "<</Type/FontDescriptor/FontName/Ryumin-Light/Flags 4/Ascent 880/Descent -120/CapHeight 700"
      "/StemV 80/ItalicAngle 0/FontBBox[0 -200 1000 900]>>"};
  const std::string resources = "/Resources<</Font<</F 3 0 R/V 4 0 R>>>>";
  std::string kids;
  for (const PdfPage& page : pages) {
    const auto stream = [](const std::string& dict, const std::string& data) {
      return fmt::format("<<{}/Length {}>>stream\n{}endstream", dict, data.size(), data);
    };
    std::string used = resources;
    if (form) {
      objects.push_back(stream(
          "/Type/XObject/Subtype/Form/BBox[-600 -800 600 800]/Matrix[1 0 0 1 7 0]" + resources,
          page.content()));
      used = fmt::format("/Resources<</XObject<</X {} 0 R>>>>", objects.size());
    }
    objects.push_back(stream("", form ? "q 1 0 0 1 -7 0 cm /X Do Q\n" : page.content()));
    objects.push_back(
        fmt::format("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Rotate {}/Contents {} 0 R{}>>",
                    page.rotate, objects.size(), used));
    kids += fmt::format("{} 0 R ", objects.size());
  }
  objects[1] = fmt::format("<</Type/Pages/Count {}/Kids[{}]>>", pages.size(), kids);
  std::string out = "%PDF-1.4\n", table;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    table += fmt::format("{:010} 00000 n \n", out.size());
    out += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  const std::size_t start = out.size();
  return out + fmt::format(
                   "xref\n0 {0}\n0000000000 65535 f \n{1}trailer\n<</Root 1 0 R/Size "
                   "{0}>>\nstartxref\n{2}\n%%EOF\n",
                   objects.size() + 1, table, start);
}

std::string zip(const std::vector<std::pair<std::string, std::string>>& members) {
  std::string out, list;
  for (const auto& [name, data] : members) {
    const std::size_t offset = out.size();
    std::string fields;
    put(fields, 20, 2), put(fields, 0, 2), put(fields, 0, 2), put(fields, 0x21000000, 4);
    put(fields, crc32(data), 4), put(fields, data.size(), 4), put(fields, data.size(), 4),
        put(fields, name.size(), 2), put(fields, 0, 2);
    out += "PK\x03\x04" + fields + name + data;
    list += "PK\x01\x02";
    put(list, 20, 2);
    list += fields;
    put(list, 0, 2), put(list, 0, 2), put(list, 0, 2), put(list, 0, 4), put(list, offset, 4);
    list += name;
  }
  const std::size_t start = out.size();
  out += list + "PK\x05\x06";
  put(out, 0, 4), put(out, members.size(), 2), put(out, members.size(), 2),
      put(out, list.size(), 4), put(out, start, 4), put(out, 0, 2);
  return out;
}

std::string xlsx(const std::vector<std::pair<std::string, std::string>>& sheets,
                 const std::string& styles, const std::vector<std::string>& strings) {
  std::vector<std::pair<std::string, std::string>> parts = {{"[Content_Types].xml", "<Types/>"}};
  std::string list, relations, shared;
  for (std::size_t i = 1; i <= sheets.size(); ++i) {
    list +=
        fmt::format("<sheet name=\"{}\" sheetId=\"{}\" r:id=\"r{}\"/>", sheets[i - 1].first, i, i);
    relations += fmt::format("<Relationship Id=\"r{0}\" Target=\"worksheets/sheet{0}.xml\"/>", i);
    parts.emplace_back(fmt::format("xl/worksheets/sheet{}.xml", i),
                       "<worksheet>" + sheets[i - 1].second + "</worksheet>");
  }
  for (const std::string& text : strings) shared += "<si>" + text + "</si>";
  parts.emplace_back("xl/workbook.xml",
                     "<workbook xmlns:r=\"r\"><sheets>" + list + "</sheets></workbook>");
  parts.emplace_back("xl/_rels/workbook.xml.rels",
                     "<Relationships>" + relations + "</Relationships>");
  parts.emplace_back("xl/sharedStrings.xml", "<sst>" + shared + "</sst>");
  parts.emplace_back("xl/styles.xml", "<styleSheet>" + styles + "</styleSheet>");
  return zip(parts);
}

}  // namespace pia::test
