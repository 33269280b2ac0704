#!/usr/bin/python3
"""read_files.py PIA_INDEX PATH... [--jobs N]

Reads and extracts every file under the paths into a fresh index and prints files and PDF pages a second, and the peak
memory of the largest process. Without PATH: 200 made-up PDFs of 2 pages."""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

HOSTILE = pathlib.Path(__file__).resolve().parent.parent / "support" / "hostile.py"


def pages(path):
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", path.read_bytes())) if path.suffix == ".pdf" else 0


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("program"); a.add_argument("paths", nargs="*", type=pathlib.Path); a.add_argument("--jobs", type=int, default=0); a = a.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder); paths = a.paths
        if not paths: subprocess.run([sys.executable, HOSTILE, folder, "--good", "200"], check=True); paths = [folder / "good"]
        files = [f for p in paths for f in (p.rglob("*") if p.is_dir() else [p]) if f.is_file()]; n = sum(map(pages, files)); start = time.monotonic()
        run = subprocess.Popen([a.program, "--db", folder / "db", "--jobs", str(a.jobs), *paths])
        _, _, used = os.wait4(run.pid, 0); seconds = time.monotonic() - start; memory = used.ru_maxrss // 1024
        print(f"{len(files)} files, {n} PDF pages in {seconds:.1f} s: {len(files) / seconds:.1f} files/s, {n / seconds:.0f} pages/s; peak memory of a process {memory} MB")


if __name__ == "__main__": main()
