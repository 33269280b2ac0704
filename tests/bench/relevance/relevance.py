#!/usr/bin/python3
"""Does the right passage come first?  relevance.py [--pia-index P] [--pia-query P] [--sources DIR --queries DIR]... [--errors]

Indexes each folder of sources aside, asks every question of its NAME.queries.json and looks at the assessment of
NAME_*.txt (or NAME.*): a relevant question counts as answered if a passage that overlaps its lines, and is no longer
than 150 lines, is among the assessment's first three; as first if it is the first. A question marked as absent must
not find the assessment. A question gives its lines, or "at", a text that stands there. Exit code 1 if answered < 95 %, first < 80 %, or an absent question found something.
Without --sources: sample-data with the questions beside this program, and ../shared if it is there."""
import argparse, glob, json, os, subprocess, sys, tempfile, unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "../../.."))
LONGEST = 150


def ranges(where):
    if not where or "lines" not in where:
        return []
    return [tuple(where["lines"])] + [tuple(r) for r in where.get("more", [])]


def length(where):
    return sum(b - a + 1 for a, b in ranges(where))


def answers(where, lines):
    return length(where) <= LONGEST and any(a <= lines[1] and lines[0] <= b for a, b in ranges(where))


def run(program, *arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"{program} {' '.join(arguments)}: {done.stderr}")
    return done.stdout


def squeezed(text):
    return "".join(unicodedata.normalize("NFKC", text).split())


def lines_of(source, question):
    """The line ranges that answer: given, or those where the text `at` stands (it may run over a line end)."""
    if "at" not in question:
        return [question["lines"]]
    lines = open(source, encoding="utf-8-sig").read().split("\n")
    wanted, found = squeezed(question["at"]), []
    for i in range(len(lines)):
        if wanted in squeezed(lines[i]):
            found.append([i + 1, i + 1])
        elif wanted in squeezed("".join(lines[i:i + 3])) and wanted not in squeezed("".join(lines[i + 1:i + 4])):
            found.append([i + 1, i + 3])
    return found or sys.exit(f"{source}: 「{question['at']}」 stands nowhere")


def source_of(folder, name):
    found = sorted(glob.glob(os.path.join(folder, name + "_*")) + glob.glob(os.path.join(folder, name + ".*")))
    return found[0] if found else None


class Tally:
    def __init__(self):
        self.relevant = self.answered = self.first = self.absent = self.wrong = 0


def ask(options, index, query, identity):
    result = json.loads(run(options.pia_query, "--db", index, "--format", "json", "--limit", "100", "--versions", "all", query))
    for hit in result["hits"]:
        if hit["id"] == identity:
            return hit["passages"]
    return None


def judge(options, index, name, question, source, identity, tally):
    passages = ask(options, index, question["q"], identity)
    if not question["relevant"]:
        tally.absent += 1
        tally.wrong += passages is not None
        if passages is not None:
            print(f"FOUND   {name} {question['q']}")
        return
    lines = lines_of(source, question)
    ranks = [i for i, p in enumerate(passages or []) if any(answers(p["where"], r) for r in lines)]
    tally.relevant += 1
    tally.answered += bool(ranks)
    tally.first += bool(ranks) and ranks[0] == 0
    if not options.errors or (ranks and ranks[0] == 0):
        return
    state = "NOT HIT" if passages is None else "LATER  " if ranks else "MISSED "
    print(f"{state} {name} {question['q']}  (lines {lines}, {question.get('hard', '')})")
    for p in passages or []:
        print(f"          {p['where']} {p['item']}: {p['html'][:150]}")


def measure(options, sources, queries):
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        index = os.path.join(folder, "index")
        run(options.pia_index, "--db", index, sources)
        for path in sorted(glob.glob(os.path.join(queries, "*.queries.json"))):
            name = os.path.basename(path)[: -len(".queries.json")]
            source = source_of(sources, name)
            identity = json.loads(run(options.pia_index, "--extract", source))["id"]
            for question in json.load(open(path)):
                judge(options, index, name, question, source, identity, tally)
    return tally


def report(label, tally):
    share = lambda n: 100.0 * n / tally.relevant if tally.relevant else 100.0
    print(f"{label}: {tally.answered}/{tally.relevant} answered within three ({share(tally.answered):.0f} %), "
          f"{tally.first} first ({share(tally.first):.0f} %); {tally.wrong}/{tally.absent} absent questions found something")
    return share(tally.answered) >= 95 and share(tally.first) >= 80 and tally.wrong == 0


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pia-index", default=os.path.join(ROOT, "build/bin/pia-index"))
    options.add_argument("--pia-query", default=os.path.join(ROOT, "build/bin/pia-query"))
    options.add_argument("--sources", action="append", default=[])
    options.add_argument("--queries", action="append", default=[])
    options.add_argument("--errors", action="store_true", help="print what is not first")
    options = options.parse_args()
    sets = list(zip(options.sources, options.queries))
    if not sets:
        sets = [(os.path.join(ROOT, "sample-data"), HERE)]
        shared = os.path.join(ROOT, "../shared")
        if os.path.isdir(shared):
            sets.append((os.path.join(shared, "seeds"), os.path.join(shared, "gold")))
        else:
            print("skipped: ../shared is not there")
    good = [report(os.path.basename(sources), measure(options, sources, queries)) for sources, queries in sets]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
