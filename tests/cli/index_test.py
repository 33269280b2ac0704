#!/usr/bin/python3
"""index_test.py PIA_INDEX

pia-index as people run it, over copies of sample-data: exit codes, last line, the laws of updating (nothing changes,
renamed, changed, pruned, killed, busy, moved, another version), standard input, --extract, --help (tests/golden/cli)."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SAMPLES = sorted((ROOT / "sample-data").glob("*-2025.txt"))[:4]


def run(*arguments, stdin=b""):
    return subprocess.run([PROGRAM, *map(str, arguments)], input=stdin, capture_output=True, timeout=600)


def last_line(done):
    return done.stderr.decode().strip().splitlines()[-1]


def files_of(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


class Updating(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.db, self.sources = self.folder / "db", self.folder / "sources"
        self.sources.mkdir()
        for path in SAMPLES:
            shutil.copy(path, self.sources)
        self.first = run("--db", self.db, self.sources)

    def tearDown(self):
        shutil.rmtree(self.folder)

    def generation(self):
        name = (self.db / "current").read_text().strip()
        return json.loads((self.db / name / "generation.json").read_text())

    def test_everything_is_added_and_a_second_run_changes_nothing(self):
        self.assertEqual(self.first.returncode, 0, self.first.stderr)
        self.assertEqual(self.first.stdout, b"")
        self.assertTrue(last_line(self.first).startswith("added 4, replaced 0, unchanged 0, rejected 0"))
        before = files_of(self.db)
        again = run("--db", self.db, self.sources)
        self.assertEqual(again.returncode, 0)
        self.assertTrue(last_line(again).startswith("added 0, replaced 0, unchanged 4, rejected 0"))
        self.assertEqual(files_of(self.db), before)

    def test_a_renamed_file_is_not_added_again(self):
        os.rename(self.sources / SAMPLES[0].name, self.sources / "renamed.txt")
        done = run("--db", self.db, "--prune", self.sources)
        self.assertTrue(last_line(done).startswith("added 0, replaced 1, unchanged 3"), last_line(done))
        self.assertIn("4 assessments", last_line(done))

    def test_prune_removes_only_what_is_gone(self):
        os.remove(self.sources / SAMPLES[0].name)
        self.assertIn("4 assessments", last_line(run("--db", self.db, self.sources)))
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir()
        self.assertIn("4 assessments", last_line(run("--db", self.db, "--prune", elsewhere)))
        done = run("--db", self.db, "--prune", self.sources)
        self.assertIn("removed 1; 3 assessments", last_line(done))

    def test_a_rejected_file_is_named_and_the_rest_is_in(self):
        (self.sources / "empty.txt").write_bytes(b"")
        (self.sources / "binary.pdf").write_bytes(bytes(range(256)) * 20)
        report = self.folder / "report.json"
        done = run("--db", self.db, "--report", report, self.sources)
        self.assertEqual(done.returncode, 1)
        for name in ["empty.txt", "binary.pdf"]:
            self.assertIn(name, done.stderr.decode())
        self.assertIn("rejected 2", last_line(done))
        self.assertEqual(len(json.loads(report.read_text())["rejected"]), 2)
        self.assertIn("4 assessments", last_line(done))

    def test_a_killed_run_leaves_the_index_as_it_was(self):
        before = self.generation()
        more = self.folder / "more"
        more.mkdir()
        for path in sorted((ROOT / "sample-data").glob("*.txt")):
            shutil.copy(path, more)
        for wait in [0.05, 0.3]:
            process = subprocess.Popen([PROGRAM, "--db", self.db, more], stderr=subprocess.DEVNULL)
            time.sleep(wait)
            process.send_signal(signal.SIGKILL)
            killed = process.wait() < 0
            if killed:
                self.assertEqual(self.generation(), before)
            before = self.generation()
        time.sleep(0.2)
        done = run("--db", self.db, self.sources, more)
        self.assertIn(done.returncode, [0, 1], done.stderr)
        names = {p.name for p in self.db.iterdir()} - {"current", "lock"}
        used = {f"gen-{self.generation()['number']}", f"gen-{self.generation()['number'] - 1}"}
        self.assertLessEqual({n for n in names if n.startswith("gen-")}, used)

    def test_an_index_may_be_moved(self):
        moved = self.folder / "moved"
        os.rename(self.db, moved)
        self.assertIn("unchanged 4", last_line(run("--db", moved, self.sources)))

    def test_another_version_is_named_and_left_alone(self):
        path = self.db / (self.db / "current").read_text().strip() / "generation.json"
        path.write_text(path.read_text().replace('"schema":', '"schema":9'))
        before = files_of(self.db)
        done = run("--db", self.db, self.sources)
        self.assertEqual(done.returncode, 3)
        self.assertIn("version 9", done.stderr.decode())
        self.assertEqual(files_of(self.db), before)

    def test_an_index_that_is_being_written_is_busy(self):
        import fcntl
        with open(self.db / "lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            done = run("--db", self.db, self.sources)
        self.assertEqual(done.returncode, 3)
        self.assertIn("another program", done.stderr.decode())


class Calling(unittest.TestCase):
    def test_extract_prints_one_assessment(self):
        done = run("--extract", SAMPLES[0])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["sources"][0]["path"], str(SAMPLES[0]))
        piped = run("--extract", "-", stdin=SAMPLES[0].read_bytes())
        a, b = json.loads(done.stdout), json.loads(piped.stdout)
        a.pop("sources"), b.pop("sources")
        self.assertEqual(a, b)

    def test_what_is_no_assessment_is_refused_with_its_reason(self):
        done = run("--extract", "-", stdin="ただの文".encode())
        self.assertEqual((done.returncode, done.stdout), (1, b""))
        self.assertIn("no privacy impact assessment", done.stderr.decode())

    def test_wrong_usage_exits_with_2(self):
        for arguments in [[], ["--db", "x"], ["file.txt"], ["--no-such-option"], ["--extract", "a", "b"],
                          ["--db", "x", "--jobs", "many", "y"], ["--db", "x", "--manifest", "/no/such", "y"]]:
            with self.subTest(arguments):
                self.assertEqual(run(*arguments).returncode, 2)

    def test_an_index_that_cannot_be_written_exits_with_3(self):
        self.assertEqual(run("--db", "/proc/no-index-here", SAMPLES[0]).returncode, 3)

    def test_help_and_version(self):
        golden = ROOT / "tests/golden/cli/pia-index-help.txt"
        text = run("--help").stdout.decode()
        if os.environ.get("UPDATE_GOLDEN"):
            golden.write_text(text)
        self.assertEqual(text, golden.read_text())
        self.assertRegex(run("--version").stdout.decode(), r"^pia-index \d+\.\d+\.\d+$")


if __name__ == "__main__":
    unittest.main()
