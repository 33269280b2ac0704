"""Workbook → PDF (LibreOffice) → text (pdfminer, pdftotext). Needs libreoffice-calc-nogui, python3-pdfminer and
poppler-utils; only at development time."""

import os
import pathlib
import re
import subprocess
import tempfile


def to_pdf(books):
    """Prints workbooks, {xlsx path: pdf path}; a few in one start of LibreOffice."""
    with tempfile.TemporaryDirectory() as home:
        for i in range(0, len(books), 8):
            part = dict(list(books.items())[i : i + 8])
            out = pathlib.Path(home) / f"out{i}"
            subprocess.run(
                [
                    "nice",
                    "soffice",
                    f"-env:UserInstallation=file://{home}/profile",
                    "--headless",
                    "--convert-to",
                    "pdf",
                    "--outdir",
                    str(out),
                    *map(str, part),
                ],
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "HOME": home},
            )
            for xlsx, pdf in part.items():
                pathlib.Path(pdf).write_bytes(undated((out / (pathlib.Path(xlsx).stem + ".pdf")).read_bytes()))


def undated(pdf):
    """The same bytes for the same content: the printing's time and the identifiers made from it are fixed, at their length."""
    pdf = re.sub(rb"/CreationDate\(D:\d{14}", b"/CreationDate(D:20250101000000", pdf)
    pdf = re.sub(
        rb"(/ID \[ <)[0-9A-F]{32}(>\s*<)[0-9A-F]{32}(>)", rb"\g<1>" + b"0" * 32 + rb"\g<2>" + b"0" * 32 + rb"\g<3>", pdf
    )
    return re.sub(rb"(/DocChecksum /)[0-9A-F]{32}", rb"\g<1>" + b"0" * 32, pdf)


def pdfminer_text(pdf, order="tree"):
    """The text box by box; pages part at blank lines instead of a form feed. order: "tree" as pdf2txt.py writes it,
    "up" with every group read from the bottom, "right" with the right part before the left: both occur in texts of
    PDFs that other programs drew."""
    from pdfminer.high_level import extract_pages, extract_text
    from pdfminer.layout import LTTextBox

    if order == "tree":
        return extract_text(str(pdf)).replace("\f", "\n\n")
    key = {"up": lambda o: 0.5 * o.x0 + 1.5 * (o.y0 + o.y1), "right": lambda o: -1.5 * (o.x0 + o.x1) - 0.5 * o.y1}[
        order
    ]

    def boxes(o):
        return [o] if isinstance(o, LTTextBox) else [b for child in sorted(o, key=key) for b in boxes(child)]

    return "".join(
        "".join(b.get_text() + "\n" for g in page.groups or [] for b in boxes(g)) + "\n\n"
        for page in extract_pages(str(pdf))
    )


def pdftotext(pdf, layout=False):
    text = subprocess.run(
        ["pdftotext", *(["-layout"] if layout else []), "-enc", "UTF-8", str(pdf), "-"], check=True, capture_output=True
    ).stdout
    return text.decode("utf-8")
