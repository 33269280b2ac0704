#!/usr/bin/python3
"""hostile_test.py PIA_INDEX

A folder of good PDFs with 20 hostile files among them: the run ends with exit code 1, every good file is indexed, every
hostile one is named with its true reason, and no process uses more memory than a reader may have. 200 good files with
PIA_LONG set, else 12."""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HOSTILE = pathlib.Path(__file__).resolve().parent.parent / "support" / "hostile.py"
MOST_MEMORY_MB = 500  # of the largest process


def main():
    program, good = sys.argv[1], 200 if os.environ.get("PIA_LONG") else 12
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder); subprocess.run([sys.executable, HOSTILE, folder, "--good", str(good)], check=True)
        run = subprocess.Popen([program, "--db", folder / "db", "--report", folder / "report.json", folder / "good", folder / "hostile"], stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(run.pid, 0); code = os.waitstatus_to_exitcode(status); memory = used.ru_maxrss // 1024  # its workers' too
        report = json.loads((folder / "report.json").read_text()); wrong = []
        if code != 1: wrong.append(f"exit code {code}, not 1")
        if report["added"] != good: wrong.append(f"{report['added']} indexed, not {good}")
        reasons = {pathlib.Path(r["path"]).name: r["reason"] for r in report["rejected"]}
        for line in (folder / "expected.tsv").read_text().splitlines():
            name, word = line.split("\t")
            if not re.search(word, reasons.pop(name, "")): wrong.append(f"{name}: not rejected for {word}")
        wrong += [f"{name} is good but rejected: {reason}" for name, reason in reasons.items()]
        if memory > MOST_MEMORY_MB: wrong.append(f"a process used {memory} MB")
        # The same again finds nothing new, and the bad files are named again.
        again = subprocess.run([program, "--db", folder / "db", folder / "good", folder / "hostile"], capture_output=True, text=True, timeout=600)
        if again.returncode != 1 or f"unchanged {good}" not in again.stderr: wrong.append("the second run: " + again.stderr[-200:])
        print(f"{good} good, {len(report['rejected'])} rejected, {report['lost_workers']} readers lost, largest process {memory} MB")
        for line in wrong: print("WRONG", line)
        return 1 if wrong else 0


if __name__ == "__main__": sys.exit(main())
