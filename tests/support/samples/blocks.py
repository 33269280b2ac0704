"""What a page of the form is made of, free of any file format. A form is a list of sheets, a sheet a list of
blocks in the order of the printed form; workbook.py, tabtext.py and webpage.py draw them. `at` is the JSON
Pointer of the gold's field that a cell carries ("" when none), so that a drawing which loses a cell knows what to
forget."""

from dataclasses import dataclass, field


@dataclass
class Text:
    value: str | None
    at: str = ""


@dataclass
class Choice:
    value: str | None
    options: list
    per_row: int = 1  # options a line in the printed list
    at: str = ""
    count: tuple = None  # （ 3 ）　件 at the right: (number or None, at)
    mark: str = "）"  # what follows an option's number: 1） or 1)


@dataclass
class Tick:
    label: str
    on: bool
    bracket: str | None = None  # None: no bracket printed; "": an empty one （ ）
    unit: str = ""  # after the bracket: 件


@dataclass
class Ticks:
    groups: list  # [(heading or None, [Tick, …])]
    per_row: int = 2
    at: str = ""


@dataclass
class Row:
    labels: list  # path of labels, outermost first; [""] continues the one above
    cell: object
    vertical: bool = False  # the outermost label is printed one character a line


@dataclass
class Title:  # Ⅱ　特定個人情報ファイルの概要
    text: str


@dataclass
class Section:  # １．特定個人情報ファイル名, with ticks at the right
    text: str
    ticks: list = field(default_factory=list)
    at: str = ""


@dataclass
class Bar:  # a heading inside a section: システム2～5, リスク１：…
    text: str


@dataclass
class Wide:  # text over the full width
    value: str | None
    at: str = ""


@dataclass
class Plain:  # text without a frame (cover, 別紙)
    value: str
    size: int = 10


@dataclass
class Table:
    head: list
    rows: list  # lists of str | None
    widths: list
    at: str = ""


@dataclass
class Side:  # two labels above their two values
    labels: list
    values: list
    widths: list


@dataclass
class Sheet:
    name: str
    blocks: list
