#!/usr/bin/env python3
"""The ten questions of README.md, asked: readme_test.py SOURCE_DIR BIN_DIR [--update]

Every row of the table "| question | view | hits | … |" in README.md and README.ja.md is asked of an
index of sample-data with pia-query, and the number of hits must be the one printed there. Both
files must ask the same questions. --update writes the numbers that were found; read the diff.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROW = re.compile(r"^\| *\d+ *\| *`([^`]+)` *\| *(assessments|contracts|revisions) *\| *(\d+) *\|")


def questions(path):
    return [match.groups() for match in map(ROW.match, path.read_text(encoding="utf-8").splitlines()) if match]


def total(bin_dir, db, text, view):
    done = subprocess.run([bin_dir / "pia-query", "--db", db, "--view", view, "--format", "json", "--limit", "1", text],
                          capture_output=True, check=False)
    if done.returncode != 0:
        return f"exit {done.returncode}: {done.stderr.decode()}"
    return json.loads(done.stdout)["total"]


def update(path, found):
    lines = path.read_text(encoding="utf-8").split("\n")
    for i, line in enumerate(lines):
        match = ROW.match(line)
        if match:
            start, end = match.span(3)
            lines[i] = line[:start] + str(found[match.group(1), match.group(2)]) + line[end:]
    path.write_text("\n".join(lines), encoding="utf-8")


def main():
    source, bin_dir = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    files = [source / "README.md", source / "README.ja.md"]
    asked = questions(files[0])
    if len(asked) != 10 or asked != questions(files[1]):
        print(f"README.md has {len(asked)} questions, README.ja.md {len(questions(files[1]))}: ten, the same, are wanted")
        return 1
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        db = pathlib.Path(folder) / "index"
        data = source / "sample-data"
        subprocess.run([bin_dir / "pia-index", "--db", db, "--manifest", data / "manifest.csv", data],
                       check=True, stderr=subprocess.DEVNULL)
        found = {(text, view): total(bin_dir, db, text, view) for text, view, _ in asked}
    for text, view, hits in asked:
        if str(found[text, view]) != hits:
            print(f"README says {hits}, pia-query says {found[text, view]}: {text} ({view})")
            wrong += 1
    if "--update" in sys.argv:
        for path in files:
            update(path, found)
        return 0
    print(f"{len(asked) - wrong} of {len(asked)} questions answered as the README says")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
