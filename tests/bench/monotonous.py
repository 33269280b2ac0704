#!/usr/bin/env python3
"""Time and memory of extraction where one line repeats for ever: monotonous.py PIA_INDEX [--lines N] [--check]

What compares every label, box, name or row with every other shows on texts that hold nothing else. Each shape is
extracted with N lines (default 6000) and with 4 N; the table shows both, user seconds and the largest process, and how
much more the longer one took: 4 is linear. With --check it fails beyond 8, or if a reader gave up. Meant for a release
build; ratios of less than a tenth of a second say nothing and are left out.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

# Enough of the form to be known as one.
LABELS = ["Ⅰ　基本情報", "１．特定個人情報ファイルを取り扱う事務", "①事務の名称", "②事務の内容", "③対象人数", "特記事項", "公表日", "評価実施機関名", "個人番号の利用", "法令上の根拠"]
BOXES = "特定個人情報保護評価書（全項目評価書）\n評価書番号\n評価書名\n7\n健康に関する事務\n\n\n" + "\n\n".join(LABELS) + "\n\n\n"
ROWS = "特定個人情報保護評価書（全項目評価書）\t\n評価書番号\t評価書名\n7\t健康に関する事務\n" + "\tなし\n".join(LABELS) + "\tなし\n"
FLOW = "特定個人情報保護評価書（全項目評価書）\n評価書番号    評価書名\n7   健康に関する事務\n\f" + "   なし\n".join(LABELS) + "   なし\n\f"
BOX_TABLE = "変更箇所\n変更日\n項目\n変更前の記載\n変更後の記載\n提出時期\n提出時期に係る説明\n"
ROW_TABLE = "変更箇所\t\n変更日\t項目\t変更前の記載\t変更後の記載\t提出時期\t説明\n"
SHAPES = {
    "boxes: ticks": (BOXES, "[ ] 紙\n"),
    "boxes: torn ticks": (BOXES, "[ ○\n○ ] 紙\n"),
    "boxes: a label": (BOXES, "③委託先名\n"),
    "boxes: a heading": (BOXES, "委託事項1\n"),
    "boxes: systems": (BOXES, "システム1\n①システムの名称\n②システムの機能\n"),
    "boxes: choices": (BOXES, "[ 再委託する\n] 1） 再委託する\n2） 再委託しない\n＜選択肢＞\n"),
    "boxes: a sentence": (BOXES, "あいうえお、かきくけこの事務を行う。\n"),
    "boxes: a sentence, blank lines": (BOXES, "あいうえお、かきくけこの事務を行う。\n\n"),
    "boxes: companies": (BOXES, "アルファ株式会社\n株式会社ベータ\n"),
    "boxes: dates": (BOXES + BOX_TABLE, "令和5年4月1日\n"),
    "boxes: rows": (BOXES + BOX_TABLE, "令和5年4月1日\nⅠ基本情報\n前の文\n後の文\n事後\n"),
    "boxes: items": (BOXES + BOX_TABLE, "Ⅰ基本情報 ３．個人番号の利用\n"),
    "boxes: heads": (BOXES, BOX_TABLE),
    "rows: ticks": (ROWS, "②入手方法\t[○] 紙 [ ] 専用線 [<input type=checkbox checked>] その他 (あ)\n"),
    "rows: contracts": (ROWS, "委託事項1\t入力業務\n③委託先名\tアルファ株式会社\n"),
    "rows: changes": (ROWS + ROW_TABLE, "令和5年4月1日\tⅠ基本情報\t前の文\t後の文\t事後\t\n"),
    "rows: a cell that goes on": (ROWS + ROW_TABLE, "\tつづきの文\n"),
    "rows: HTML": (ROWS, "①事務の内容\t<p>ああ<ul><li>いい<table><tr><td>う</td></tr></table>\n"),
    "rows: one cell": (ROWS + "①事務の内容\t", "令和5年4月1日株式会社ア"),
    "flow: contracts": (FLOW, "③委託先名 アルファ株式会社\n①委託内容 入力\n"),
    "flow: pages": (FLOW, "③委託先名\n\f"),
    "flow: columns": (FLOW, "   ①事務の名称        健康に関する事務        [ ○ ] 紙\n"),
    "flow: rows": (FLOW, "変更日 項目 変更前の記載 変更後の記載 提出時期\n令和5年4月1日 Ⅰ ああ いい 事後\n"),
}


def measure(program, text):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "a.txt"
        path.write_text(text, encoding="utf-8")
        child = subprocess.Popen([program, "--extract", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        return child.returncode == 0, usage.ru_utime, usage.ru_maxrss / 1024


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("program"); a.add_argument("--lines", type=int, default=6000); a.add_argument("--check", action="store_true"); a = a.parse_args()
    bad = 0
    print(f"{'':8}{'n':>7}{'4 n':>8}{'times':>7}{'MB':>7}{'MB':>7}")
    for name, (head, line) in SHAPES.items():
        ok, short, less = measure(a.program, head + line * a.lines)
        ok4, long, more = measure(a.program, head + line * (4 * a.lines))
        ratio = long / short if short and long >= 0.1 else 0
        wrong = not ok or not ok4 or ratio > 8
        bad += wrong
        print(f"{'!' if wrong else '':8}{short:7.2f}{long:8.2f}{ratio:7.1f}{less:7.0f}{more:7.0f}  {name}{'' if ok and ok4 else ' (a reader gave up)'}", flush=True)
    sys.exit(1 if a.check and bad else 0)


if __name__ == "__main__": main()
