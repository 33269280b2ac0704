"""tests/support/bad: files that are no assessment, or no file that can be read; each must be named with its true reason."""

import pathlib
import random
import shutil
import subprocess
import tempfile
import zipfile
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[3]
NEWS = """広報なぎさ町　第214号

納涼祭のお知らせ
八月の第二土曜日に、中央公園で納涼祭を開きます。雨の日は翌日に延ばします。
出店を希望する団体は、七月末までに商工観光課へ申し込んでください。

図書館の休館日
毎週月曜日と第三木曜日は休館します。返却は夜間の箱へお願いします。
"""


def workbook(parts):
    """An xlsx of the given parts, with the few that every workbook needs."""
    base = {
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Ⅰ" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    }
    return {**base, **parts}


def sheet(rows):
    return (
        '<?xml version="1.0"?>'
        + f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    )


def cell(r, text):
    return f'<row r="{r}"><c r="A{r}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def zip_of(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(entry, data)


def pdf(objects):
    """A PDF of numbered objects, the first of them the catalog."""
    out, at = b"%PDF-1.4\n", []
    for i, o in enumerate(objects, 1):
        at.append(len(out))
        out += b"%d 0 obj\n" % i + o + b"\nendobj\n"
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n" % (len(at) + 1)
        + b"".join(b"%010d 00000 n \n" % x for x in at)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(at) + 1, len(out))
    )


def stream(data, extra=b""):
    return b"<< /Length %d %s>>\nstream\n" % (len(data), extra) + data + b"\nendstream"


def page_pdf(content, resources=b"<< >>", more=()):
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources " + resources + b" >>",
            content,
            *more,
        ]
    )


def write(root=ROOT):
    bad = root / "tests/support/bad"
    bad.mkdir(parents=True, exist_ok=True)
    r = random.Random(1)
    good = (root / "sample-data/himeji-shogai-2026.pdf").read_bytes()
    (bad / "empty.txt").write_bytes(b"")
    (bad / "blank.txt").write_bytes("\n　\n \n".encode())
    (bad / "binary.txt").write_bytes(bytes(r.randrange(256) for _ in range(4096)))
    (bad / "newsletter.txt").write_text(NEWS, encoding="utf-8")
    (bad / "undecodable.txt").write_bytes(
        "特定個人情報保護評価書（重点項目評価書）\n評価書名\n".encode()
        + b"\xff\xfe\x80\x81\xf8\xf9" * 40
        + "児童手当の支給に関する事務\n".encode("euc-jp") * 20
        + b"\xc3\x28\xa0\xa1" * 30
    )
    (bad / "newsletter.html").write_text(
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>広報なぎさ町</title></head><body><pre>{NEWS}</pre></body></html>",
        encoding="utf-8",
    )
    (bad / "truncated.pdf").write_bytes(good[: len(good) // 3])
    flipped = bytearray(good)
    for _ in range(400):
        flipped[r.randrange(64, len(flipped))] ^= 1 << r.randrange(8)
    (bad / "flipped.pdf").write_bytes(bytes(flipped))
    (bad / "zero.pdf").write_bytes(b"")
    (bad / "picture.pdf").write_bytes(
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
        + bytes(r.randrange(256) for _ in range(900))
        + b"\xff\xd9"
    )
    grey = zlib.compress(bytes(200 for _ in range(200 * 280)))
    (bad / "scan.pdf").write_bytes(
        page_pdf(
            stream(b"q 595 0 0 842 0 0 cm /Im0 Do Q"),
            b"<< /XObject << /Im0 5 0 R >> >>",
            [
                stream(
                    grey,
                    b"/Type /XObject /Subtype /Image /Width 200 /Height 280 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode ",
                )
            ],
        )
    )
    (bad / "bomb.pdf").write_bytes(
        page_pdf(stream(zlib.compress(b"0 0 m 1 1 l S\n" * 4_000_000, 9), b"/Filter /FlateDecode "))
    )
    (bad / "newsletter.pdf").write_bytes(
        page_pdf(
            stream(b"BT /F0 18 Tf 72 760 Td (Newsletter of Nagisa town) Tj ET"),
            b"<< /Font << /F0 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>",
        )
    )
    with tempfile.TemporaryDirectory() as tmp:
        small = pathlib.Path(tmp) / "small.pdf"
        small.write_bytes((bad / "newsletter.pdf").read_bytes())
        if shutil.which("qpdf"):
            subprocess.run(
                [
                    "qpdf",
                    "--static-id",
                    "--allow-weak-crypto",
                    "--encrypt",
                    "geheim",
                    "geheim",
                    "128",
                    "--",
                    str(small),
                    str(bad / "password.pdf"),
                ],
                check=True,
            )
    zip_of(
        bad / "newsletter.xlsx",
        workbook(
            {
                "xl/worksheets/sheet1.xml": sheet(
                    "".join(cell(i, line) for i, line in enumerate(NEWS.split("\n"), 1) if line)
                )
            }
        ),
    )
    zip_of(bad / "bomb.xlsx", workbook({"xl/worksheets/sheet1.xml": sheet("<row/>" * 16_000_000)}))
    bombs = (
        '<!DOCTYPE w [<!ENTITY a0 "特定">'
        + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
        + "]>"
    )
    zip_of(
        bad / "entities.xlsx",
        workbook(
            {
                "xl/worksheets/sheet1.xml": sheet(cell(1, "&a11;")).replace(
                    '<?xml version="1.0"?>', '<?xml version="1.0"?>' + bombs
                )
            }
        ),
    )
    zip_of(bad / "no-sheets.xlsx", {"readme.txt": "no workbook"})
    (bad / "truncated.xlsx").write_bytes((root / "sample-data/morioka-kenko-2025.xlsx").read_bytes()[:9000])
    (bad / "legacy.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1528)
    (bad / "README.md").write_text(README, encoding="utf-8")


README = """# Files that must be rejected, each with its true reason

Written by `tests/support/samples/make.py --bad`. None of them is an assessment that can be read.

| file | is |
|---|---|
| `empty.txt` `blank.txt` `zero.pdf` | nothing, or nothing but white space |
| `binary.txt` | random bytes |
| `newsletter.txt` `.html` `.pdf` `.xlsx` | well-formed, but no assessment |
| `undecodable.txt` | three encodings in one file |
| `truncated.pdf` `truncated.xlsx` | the first part of a good file |
| `flipped.pdf` | a good file with 400 flipped bits: may be read in part or rejected, never crash the run |
| `picture.pdf` | a JPEG named .pdf |
| `scan.pdf` | one page that is a picture, without a text layer |
| `password.pdf` | encrypted; the password is not given |
| `bomb.pdf` `bomb.xlsx` | a few kilobytes that unpack to 56 MB and 96 MB |
| `entities.xlsx` | XML entities that multiply |
| `no-sheets.xlsx` | a zip archive without a workbook |
| `legacy.xls` | the head of an old Excel file: to be saved as .xlsx |
"""

if __name__ == "__main__":
    write()
