#!/usr/bin/python3
"""pia-query from outside: query_cli_test.py PIA_INDEX PIA_QUERY SOURCE_DIR. Indexes sample-data (and the real documents of
../shared, if they are there) aside and checks answers, formats, exit codes and --help."""
import csv, io, json, os, subprocess, sys, tempfile, unittest

PIA_INDEX, PIA_QUERY, ROOT = sys.argv[1:4]
SEEDS = os.path.join(ROOT, "../shared/seeds")


def call(*arguments, given=""):
    return subprocess.run([PIA_QUERY, *arguments], capture_output=True, text=True, input=given)


class Indexed(unittest.TestCase):
    sources = os.path.join(ROOT, "sample-data")

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.db = os.path.join(cls.folder.name, "index")
        subprocess.run([PIA_INDEX, "--db", cls.db, cls.sources], capture_output=True)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def ask(self, query, *options):
        done = call("--db", self.db, "--format", "json", "--limit", "100", *options, query)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def found(self, query, *options):
        return sorted(os.path.basename(hit["source_path"]).split("_")[0] for hit in self.ask(query, *options)["hits"])


class SampleData(Indexed):
    def test_the_formats_agree(self):
        query = "委託先:ほしぞら計算センター"
        result = self.ask(query)
        table = call("--db", self.db, query).stdout
        sheet = call("--db", self.db, "--format", "csv", query).stdout
        rows = list(csv.reader(io.StringIO(sheet.lstrip("\ufeff"))))
        self.assertTrue(sheet.startswith("\ufeff"))
        self.assertGreater(result["total"], 1)
        self.assertEqual(len(rows) - 1, result["total"])
        self.assertIn(f"評価書 {result['total']} 件", table)
        self.assertEqual([row[0] for row in rows[1:]], [hit["id"] for hit in result["hits"]])

    def test_a_facet_count_is_the_total_that_choosing_it_gives(self):
        for query in ["", "再委託:する", "委託先:*", "個人情報"]:
            facets = self.ask(query, "--facets", "prefecture,kind,contractor,staff,subcontract,year")["facets"]
            for name, values in facets.items():
                for value in values[:4]:
                    with self.subTest(query=query, name=name, value=value["value"]):
                        self.assertEqual(self.ask(query, "--filter", f"{name}={value['value']}")["total"], value["count"])

    def test_a_rows_view_counts_rows(self):
        result = self.ask("", "--view", "contracts")
        self.assertEqual(result["total"], len(result["hits"]))
        self.assertTrue(all(hit["assessment"]["id"] for hit in result["hits"]))

    def test_old_publications_only_when_asked_for(self):
        self.assertLess(self.ask("自治体:川越市")["total"], self.ask("自治体:川越市", "--versions", "all")["total"])

    def test_names_in_a_list(self):
        done = call("--db", self.db, "--batch", "-", "--format", "json", given="ほしぞら計算センター\nどこにもない会社\n")
        self.assertEqual(done.returncode, 0, done.stderr)
        rows = json.loads(done.stdout)
        self.assertGreater(rows[0]["present"], 1)
        self.assertEqual(rows[1]["present"], 0)

    def test_exit_codes(self):
        self.assertEqual(call("--db", self.db, "ランサムウェアは無い").returncode, 0)
        wrong = call("--db", self.db, '住民 "票')
        self.assertEqual((wrong.returncode, wrong.stdout), (2, ""))
        self.assertIn("4 文字目: 引用符が閉じていません", wrong.stderr)
        self.assertEqual(call("--db", self.db, "--view", "files", "a").returncode, 2)
        self.assertEqual(call("--db", self.db, "--format", "xml", "a").returncode, 2)
        self.assertEqual(call("--db", self.db, "--filter", "colour=red", "a").returncode, 2)
        self.assertEqual(call("a").returncode, 2)
        self.assertEqual(call("--db", os.path.join(self.folder.name, "none"), "a").returncode, 3)

    def test_help_ends_with_examples(self):
        text = call("--help").stdout
        for option in ["--db", "--view", "--versions", "--format", "--limit", "--facets", "--batch", "--version"]:
            self.assertIn(option, text)
        self.assertEqual(text.count("\n  pia-query --db index"), 2)
        self.assertRegex(call("--version").stdout, r"^pia-query \d")


@unittest.skipUnless(os.path.isdir(SEEDS), "../shared is not there")
class RealDocuments(Indexed):
    sources = SEEDS

    def test_what_must_hold(self):
        self.assertEqual(self.found("委託先:アデコ"), ["000"])
        self.assertEqual(self.found("アデコ"), ["000", "001"])
        self.assertEqual(self.found("重大事故:あり"), ["000", "001", "002", "004"])
        self.assertEqual(self.found("委託先:日本電気 都道府県:埼玉県"), ["003"])
        self.assertEqual(self.found("委託先:アデコ 再委託:する"), [])
        self.assertEqual(self.found("公表日:2025-02-27"), ["003"])
        self.assertEqual(self.found("委託先:アデコ 再委託:しない"), ["000"])

    def test_the_history_says_that_it_is_the_history(self):
        hit = next(h for h in self.ask("アデコ")["hits"] if "001_" in h["source_path"])
        self.assertTrue(all(passage["history"] for passage in hit["passages"]))

    def test_a_phrase_is_found_across_line_breaks(self):
        self.assertIn("000", self.found('"システム連携基盤"'))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
