"""Choice lists and long labels that several chapters of the forms print, and what draws ticks from a list."""

from blocks import Tick, Ticks
import content as c

ENOUGH = ["特に力を入れている", "十分である", "課題が残されている"]
DOING = ["行っている", "行っていない"]
SET = ["定めている", "定めていない"]
LOGGED = ["記録を残している", "記録を残していない"]
TRAIN = ["特に力を入れて行っている", "十分に行っている", "十分に行っていない"]
KEPT = ["特に力を入れて遵守している", "十分に遵守している", "十分に遵守していない", "政府機関ではない"]
ARRANGED = ["特に力を入れて整備している", "十分に整備している", "十分に整備していない"]
TOLD = ["特に力を入れて周知している", "十分に周知している", "十分に周知していない"]
SUBTREATED = ["特に力を入れて行っている", "十分に行っている", "十分に行っていない", "再委託していない"]
ENTRY = "特定個人情報の入手（情報提供ネットワークシステムを通じた入手を除く。）におけるその他のリスク及びそのリスクに対する措置"
USE = "特定個人情報の使用におけるその他のリスク及びそのリスクに対する措置"
OUT = "特定個人情報ファイルの取扱いの委託におけるその他のリスク及びそのリスクに対する措置"
GIVE = "特定個人情報の提供・移転（委託や情報提供ネットワークシステムを通じた提供を除く。）におけるその他のリスク及びそのリスクに対する措置"
NET = "情報提供ネットワークシステムとの接続に伴うその他のリスク及びそのリスクに対する措置"
STORE = "特定個人情報の保管・消去におけるその他のリスク及びそのリスクに対する措置"
UNAUTHORISED = "権限のない者（元職員、アクセス権限のない職員等）によって不正に使用されるリスク"


def kanji_number(n):
    return str(n).translate(c.WIDE)


def tick_block(labels, ticked, brackets=(), per_row=2, at=""):
    """Ticks from a list such as ["紙", "その他（電話）"]; brackets: the labels that print （ ）."""
    out = []
    for label in labels:
        full = next((t for t in ticked if t == label or (label in brackets and t.startswith(label + "（"))), None)
        inner = full[len(label) + 1 : -1] if full and full != label else ""
        out.append(Tick(label, full is not None, inner if label in brackets else None))
    return Ticks([(None, out)], per_row, at)
