"""Workbook → PDF (LibreOffice) → text (pdfminer, pdftotext). Needs libreoffice-calc-nogui, python3-pdfminer and
poppler-utils; only at development time."""

import os
import pathlib
import shutil
import subprocess
import tempfile


def to_pdf(books):
    """Prints workbooks, {xlsx path: pdf path}; a few in one start of LibreOffice."""
    with tempfile.TemporaryDirectory() as home:
        for i in range(0, len(books), 8):
            part = dict(list(books.items())[i:i + 8]); out = pathlib.Path(home) / f"out{i}"
            subprocess.run(["nice", "soffice", f"-env:UserInstallation=file://{home}/profile", "--headless", "--convert-to", "pdf", "--outdir", str(out), *map(str, part)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "HOME": home})
            for xlsx, pdf in part.items(): shutil.move(out / (pathlib.Path(xlsx).stem + ".pdf"), pdf)


def pdfminer_text(pdf):
    """The text box by box, as `pdf2txt.py` writes it; pages part at blank lines instead of a form feed."""
    from pdfminer.high_level import extract_text
    return extract_text(str(pdf)).replace("\f", "\n\n")


def pdftotext(pdf, layout=False):
    text = subprocess.run(["pdftotext", *(["-layout"] if layout else []), "-enc", "UTF-8", str(pdf), "-"], check=True, capture_output=True).stdout
    return text.decode("utf-8")
