"""A made-up assessment: the dict that `pia-index --extract` ought to print (so it is the gold as well), and
beside it in `extra` the texts of the form that the JSON has no field for. Everything follows from one
random.Random, so a seed gives the same assessment on every machine."""

import re
import unicodedata

import words as w

EDITIONS = {
    "basic": ["平成26年4月", "平成30年5月", "令和4年4月", "令和6年10月", "令和6年10月", "令和6年10月"],
    "priority": ["平成26年4月", "平成30年5月", "令和4年4月", "令和6年10月", "令和6年10月", "令和6年10月"],
    "full": ["平成26年4月", "平成30年5月", "令和4年4月", "令和6年10月", "令和6年10月", "令和6年10月"],
}
FORMS = {"basic": "様式2", "priority": "様式3", "full": "様式4"}
KINDS = {"basic": "基礎項目", "priority": "重点項目", "full": "全項目"}
PEOPLE = ["1,000人以上1万人未満", "1万人以上10万人未満", "10万人以上30万人未満", "30万人以上"]
FILE_PEOPLE = ["1万人未満", "1万人以上10万人未満", "10万人以上100万人未満"]
STAFF = ["10人未満", "10人以上50人未満", "50人以上100人未満", "100人以上500人未満", "500人以上1,000人未満", "1,000人以上"]
ITEMS_RANGE = ["10項目未満", "10項目以上50項目未満", "50項目以上100項目未満", "100項目以上"]
JUDGE = ["十分である"] * 6 + ["特に力を入れている"] * 2 + ["課題が残されている"]
DONE = ["十分に行っている"] * 5 + ["特に力を入れて行っている"]
CONNECTIONS = w.CONNECTIONS
RECORD_ITEMS = [
    ("・識別情報", ["個人番号", "個人番号対応符号", "その他識別情報（内部番号）"]),
    ("・連絡先等情報", ["5情報（氏名、氏名の振り仮名、性別、生年月日、住所）", "連絡先（電話番号等）", "その他住民票関係情報"]),
    (
        "・業務関係情報",
        [
            "国税関係情報",
            "地方税関係情報",
            "健康・医療関係情報",
            "医療保険関係情報",
            "児童福祉・子育て関係情報",
            "障害者福祉関係情報",
            "生活保護・社会福祉関係情報",
            "介護・高齢者福祉関係情報",
            "雇用・労働関係情報",
            "年金関係情報",
            "学校・教育関係情報",
            "災害関係情報",
        ],
    ),
]
SOURCES = ["本人又は本人の代理人", "評価実施機関内の他部署", "行政機関・独立行政法人等", "地方公共団体・地方独立行政法人", "民間事業者", "その他"]
FILE_MEANS = ["紙", "電子記録媒体（フラッシュメモリを除く。）", "フラッシュメモリ", "電子メール", "専用線", "庁内連携システム", "情報提供ネットワークシステム", "その他"]
PROVISION_MEANS = ["情報提供ネットワークシステム", "専用線", "電子メール", "電子記録媒体（フラッシュメモリを除く。）", "フラッシュメモリ", "紙", "その他"]
TRANSFER_MEANS = ["庁内連携システム"] + PROVISION_MEANS[1:]
CONTRACT_MEANS = ["専用線", "電子メール", "電子記録媒体（フラッシュメモリを除く。）", "フラッシュメモリ", "紙", "その他"]
KEEP = ["1年未満", "1年", "2年", "3年", "4年", "5年", "6年以上10年未満", "10年以上20年未満", "20年以上", "定められていない"]
THRESHOLD = {
    "priority": [
        "基礎項目評価及び重点項目評価の実施が義務付けられる",
        "基礎項目評価の実施が義務付けられる（任意に重点項目評価を実施）",
        "特定個人情報保護評価の実施が義務付けられない（任意に重点項目評価を実施）",
    ],
    "full": [
        "基礎項目評価及び全項目評価の実施が義務付けられる",
        "基礎項目評価及び重点項目評価の実施が義務付けられる（任意に全項目評価を実施）",
        "基礎項目評価の実施が義務付けられる（任意に全項目評価を実施）",
        "特定個人情報保護評価の実施が義務付けられない（任意に全項目評価を実施）",
    ],
}
TOP_MEASURES = [
    "１）目的外の入手が行われるリスクへの対策",
    "２）目的を超えた紐付け、事務に必要のない情報との紐付けが行われるリスクへの対策",
    "３）権限のない者によって不正に使用されるリスクへの対策",
    "４）委託先における不正な使用等のリスクへの対策",
    "５）不正な提供・移転が行われるリスクへの対策（委託や情報提供ネットワークシステムを通じた提供を除く。）",
    "６）情報提供ネットワークシステムを通じて目的外の入手が行われるリスクへの対策",
    "７）情報提供ネットワークシステムを通じて不正な提供が行われるリスクへの対策",
    "８）特定個人情報の漏えい・滅失・毀損リスクへの対策",
    "９）従業者に対する教育・啓発",
]


def canonical(name):
    """A contractor's canonical name, as INTERFACES.md defines contractors[].name."""
    s = re.sub(r"(?<=[ァ-ヺ])[－‐−-](?=[ァ-ヺ])", "ー", name)
    s = re.sub(r"\s+", "", unicodedata.normalize("NFKC", s))
    for short, full in (("(株)", "株式会社"), ("(有)", "有限会社"), ("(同)", "合同会社"), ("(一財)", "一般財団法人")):
        s = s.replace(short, full)
    return s


def wareki(iso, wide=False, pad=False):
    """令和7年4月1日 for 2025-04-01; keeps the precision (year, month or day)."""
    p = [int(x) for x in iso.split("-")]
    era, year = ("令和", p[0] - 2018) if tuple(p) >= (2019, 5) or p[0] >= 2020 else ("平成", p[0] - 1988)
    s = f"{era}{'元' if era == '令和' and year == 1 else year}年" + "".join(f"{x}{u}" for x, u in zip(p[1:], "月日"))
    return s.translate(WIDE) if wide else s


WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
VARIANTS = [("サーバー", "サーバ"), ("ユーザー", "ユーザ"), ("・", "･"), ("ー", "－"), ("に当たって", "にあたって")]


class Maker:
    """Makes the parts of one assessment; one instance an assessment."""

    def __init__(self, rnd, kind, **fixed):
        self.r, self.kind, self.fixed = rnd, kind, fixed
        self.pref, self.muni, five = fixed.get("municipality") or rnd.choice(w.MUNICIPALITIES)
        self.code = w.code_of(five)
        proc = fixed.get("process") or rnd.choice(w.PROCESSES)
        self.proc, self.law, self.scope, self.category, self.file, (self.bureau, self.section) = proc
        self.edition = fixed.get("edition") or rnd.choice(EDITIONS[kind])
        self.new = self.edition == "令和6年10月"
        self.wide = rnd.random() < 0.3  # this city writes full-width digits
        self.companies = fixed.get("companies") or rnd.sample(w.COMPANIES, 6)
        years = {"平成26年4月": (2015, 2018), "平成30年5月": (2018, 2021), "令和4年4月": (2022, 2024)}.get(
            self.edition, (2025, 2026)
        )
        self.published = (
            fixed.get("published") or f"{rnd.randint(*years)}-{rnd.randint(1, 12):02d}-{rnd.randint(1, 28):02d}"
        )
        self.year = int(self.published[:4])

    # -- text
    def chance(self, p):
        return self.r.random() < p

    def fill(self, text, **more):
        return text.format_map(
            {
                "m": self.muni,
                "p": self.proc.removesuffix("に関する事務").removesuffix("事務"),
                "law": self.law,
                "k": self.section,
                "n": more.get("n", self.r.randint(12, 980)),
                "s": more.get("s", self.r.randint(2, 9)),
                "d": more.get("d", wareki(self.day(self.year - 2, self.year - 1))),
                **{k: v for k, v in more.items() if k not in "nsd"},
            }
        )

    def vary(self, text):
        """Writes some words otherwise, as two hands in one document do."""
        if text is None:
            return None
        for a, b in VARIANTS[:3]:
            if self.chance(0.15):
                text = text.replace(a, b)
        if self.wide or self.chance(0.1):
            text = re.sub(r"\d+", lambda m: m[0].translate(WIDE) if self.chance(0.8) else m[0], text)
        return text

    def say(self, pool, lo=1, hi=3, sep="\n", **more):
        return self.vary(
            sep.join(self.fill(x, **more) for x in self.r.sample(pool, min(len(pool), self.r.randint(lo, hi))))
        )

    def measures(self, lo=1, hi=5):
        out = []
        for _ in range(self.r.choice([1, 1, 2])):
            head = self.fill(self.r.choice(w.MEASURE_HEADS))
            out += ([head] if head else []) + self.r.sample(w.MEASURES, self.r.randint(lo, hi))
        return self.vary("\n".join(out))

    def other_risks(self):
        return self.r.choice(["－", "-", "", self.measures(2, 6), self.measures(3, 9)])

    def day(self, lo, hi):
        return f"{self.r.randint(lo, hi)}-{self.r.randint(1, 12):02d}-{self.r.randint(1, 28):02d}"

    def date(self, iso):
        return wareki(iso, wide=self.wide and self.chance(0.7))

    def address(self, section=None):
        return self.vary(
            f"{self.muni}{self.bureau}{section or self.section}\n{self.r.choice(['〒', '郵便番号'])}{self.r.randint(100, 999)}-{self.r.randint(0, 9999):04d}　{self.muni}中央町{self.r.randint(1, 9)}番{self.r.randint(1, 40)}号\n"
            f"{self.r.choice(['電話', '電話番号：', 'ＴＥＬ '])}0{self.r.randint(11, 99)}-{self.r.randint(200, 999)}-{self.r.randint(1000, 9999)}"
        )

    def ticks(self, labels, p, brackets):
        """Ticked labels, those with a bracket as その他（…）. brackets: label → made-up text."""
        out = []
        for label in labels:
            if self.chance(p.get(label, p[""])):
                out.append(f"{label}（{self.vary(brackets[label]())}）" if label in brackets else label)
        return out

    # -- parts
    def contractor(self, firm=None):
        """A company as one cell prints it; firm: (name, branch or None) to hold instead of drawing."""
        if firm:
            name, prints = next(x for x in w.COMPANIES if x[0] == firm[0])
            printed = self.r.choice(prints)
            return {"printed": printed + (f"　{firm[1]}" if firm[1] else ""), "name": canonical(name), "branch": firm[1]}
        name, prints = self.r.choice(self.companies)
        printed = self.r.choice(prints)
        branch = self.r.choice(w.BRANCHES) if self.chance(0.3) else None
        return {
            "printed": printed + (self.r.choice(["　", " ", "　"]) + branch if branch else ""),
            "name": canonical(name),
            "branch": branch,
        }

    def contract(self, no):
        title, what, part = self.r.choice(w.CONTRACTS)
        sub = self.chance(0.45)
        firm = self.fixed.get("firms", {}).get(no)
        names = [self.contractor(firm)]
        if firm:
            return self.contract_row(no, title, what, part, sub, names)
        if self.chance(0.06):
            names.append(self.contractor())
        if self.chance(0.05):
            names = []
        if len(names) == 2 and names[0]["name"] == names[1]["name"]:
            names.pop()
        return self.contract_row(no, title, what, part, sub, names)

    def contract_row(self, no, title, what, part, sub, names):
        full = self.kind == "full"
        return {
            "no": no,
            "title": self.vary(self.fill(title)),
            "description": self.vary(self.say([what, "・" + what + "\n・付随する連絡及び調整"])),
            "staff": self.r.choice(STAFF[:4] + STAFF[:2]),
            "contractors": names,
            "subcontract": {
                "used": sub,
                "approval": self.vary(self.r.choice(w.APPROVALS)) if sub or self.chance(0.1) else None,
                "scope": self.vary(part) if sub else None,
            },
            "extent": self.r.choice(["特定個人情報ファイルの全体", "特定個人情報ファイルの一部"]) if full else None,
            "people": self.r.choice(FILE_PEOPLE) if full else None,
            "people_scope": self.vary(self.scope) if full else None,
            "disclosure": self.say(w.DISCLOSURE, 1, 1) if full else None,
            "means": self.ticks(
                CONTRACT_MEANS,
                {"": 0.25, "その他": 0.4},
                {"その他": lambda: self.r.choice(["保守用端末による操作", "庁内の端末を使用", "閉域網による接続"])},
            )
            if full
            else [],
        }

    def provision(self, no, pool, means):
        name, purpose, data = self.r.choice(pool)
        return {
            "no": no,
            "name": self.vary(name),
            "legal_basis": self.vary(
                self.r.choice(["番号法第19条第8号に基づく主務省令第2条の表の{}の項", "番号法第9条第1項 別表の{}の項", "番号法第19条第11号及び条例別表第{}"]).format(
                    self.r.randint(2, 160)
                )
            ),
            "purpose": self.vary(purpose),
            "data": self.vary(data),
            "people": self.r.choice(FILE_PEOPLE),
            "people_scope": self.vary(self.scope),
            "means": self.ticks(means, {"": 0.1, means[0]: 0.9}, {"その他": lambda: "閲覧用の端末"}),
            "timing": self.vary(self.r.choice(w.TIMINGS)),
        }

    def file_(self, no, name):
        full = self.kind == "full"
        items = [
            ("4情報（氏名、性別、生年月日、住所）" if x.startswith("5情報") and not self.new else x) for _, g in RECORD_ITEMS for x in g
        ]
        likely = {"": 0.25, "個人番号": 0.97, "その他識別情報（内部番号）": 0.8, items[3]: 0.9, "連絡先（電話番号等）": 0.7, "その他住民票関係情報": 0.6}
        ticked = self.ticks(items, likely, {}) + (
            [f"その他（{self.vary(self.r.choice(['口座情報', '公金受取口座に関する情報', '勤務先に関する情報']))}）"] if self.chance(0.4) else []
        )
        rows = [
            self.contract(i + 1)
            for i in range(
                self.fixed.get("contracts", self.r.choice([0, 1, 2, 2, 3, 3, 4, 7] if self.chance(0.9) else [9]))
            )
        ]
        prov = [self.provision(i + 1, w.RECIPIENTS, PROVISION_MEANS) for i in range(self.r.choice([0, 0, 1, 2, 3]))]
        trans = [self.provision(i + 1, w.TRANSFEREES, TRANSFER_MEANS) for i in range(self.r.choice([0, 0, 1, 1, 2, 3]))]
        brackets = {
            "評価実施機関内の他部署": lambda: "、".join(
                self.r.sample(["市民課", "市民税課", "納税課", "保険年金課", "生活支援課", "こども給付課"], self.r.randint(1, 3))
            ),
            "行政機関・独立行政法人等": lambda: self.r.choice(["日本年金機構", "厚生労働省、デジタル庁", "地方公共団体情報システム機構"]),
            "地方公共団体・地方独立行政法人": lambda: self.r.choice(["他の市区町村", "都道府県及び他の市区町村"]),
            "民間事業者": lambda: self.r.choice(["医療機関", "勤務先の事業者"]),
            "その他": lambda: self.r.choice(["サービス検索・電子申請機能", "公立学校", "国民健康保険団体連合会"]),
        }
        means = {"その他": lambda: self.r.choice(["サービス検索・電子申請機能", "住民基本台帳ネットワークシステム", "電話による聞き取り"])}
        since = (
            self.day(2014, min(2021, self.year))
            if self.chance(0.6)
            else f"{self.r.randint(2015, 2017)}-{self.r.randint(1, 12):02d}"
        )
        f = {
            "name": name,
            "kind": self.r.choice(["システム用ファイル"] * 4 + ["その他の電子ファイル（表計算ファイル等）"]),
            "people": self.r.choice(FILE_PEOPLE),
            "scope": self.vary(self.scope),
            "items_range": self.r.choice(ITEMS_RANGE),
            "items": ticked,
            "held_since": self.date(since),
            "department": self.bureau + self.section,
            "sources": self.ticks(SOURCES, {"": 0.3, SOURCES[0]: 0.9, SOURCES[1]: 0.8}, brackets),
            "means": self.ticks(FILE_MEANS, {"": 0.15, "紙": 0.9, "庁内連携システム": 0.7, "情報提供ネットワークシステム": 0.5}, means),
            "used_by": self.r.choice(
                [
                    self.bureau + self.section,
                    f"{self.bureau}{self.section}\n各支所住民窓口",
                    f"{self.section}、{self.r.choice(['情報政策課', '行政窓口課', '各支所'])}",
                ]
            ),
            "users": self.r.choice(STAFF[:5]),
            "used_since": self.date(self.day(2014, min(2021, self.year))),
            "contracts": {"used": bool(rows), "count": len(rows) or None, "rows": rows},
            "provisions": {"count": len(prov) or None, "rows": prov},
            "transfers": {"count": len(trans) or None, "rows": trans},
            "no_provision_or_transfer": not prov and not trans,
            "storage": self.say(w.STORAGE, 1, 3) if not self.chance(0.05) else "（セキュリティの確保のため非公表）",
            "retention": self.r.choice(KEEP[4:]) if full else None,
            "erasure": self.say(w.ERASURE, 1, 3) if full else None,
        }
        x = {
            "need": self.say(w.PURPOSE, 1, 2),
            "validity": self.vary(
                "\n".join(
                    ["・" + re.sub(r"（.*", "", t) if not t.startswith("その他（") else "・" + t for t in ticked]
                    + ["　" + self.fill(self.r.choice(w.PURPOSE))]
                )
            ),
            "all_items": "別添１を参照。" if not full else "別添２を参照。",
            "purpose": self.say(w.PURPOSE, 1, 2),
            "usage": self.say(w.USAGE, 2, 5),
            "matching": self.say(w.MATCHING, 1, 3),
            "note": self.r.choice(["", "－", self.say(w.STORAGE, 1, 1)]),
            "records": self.record_list(),
            "retention_why": self.say(w.RETENTION_TEXT, 1, 1),
            "when": self.r.choice(w.TIMINGS),
            "why": self.say(w.PURPOSE, 1, 1),
            "shown": self.vary(f"番号法第14条及び{self.law}により明示されている。"),
            "statistics": self.r.choice(["個人番号を用いた統計は行わない。", "－"]),
            "effect": self.r.choice(["－", "給付の可否の決定", "税額の決定"]),
        }
        return f, x

    @staticmethod
    def bare_file(name):
        """A file of 様式2, which prints nothing but its name."""
        rows = {"count": None, "rows": []}
        return {
            "name": name,
            **dict.fromkeys(("kind", "people", "scope", "items_range")),
            "items": [],
            **dict.fromkeys(("held_since", "department")),
            "sources": [],
            "means": [],
            **dict.fromkeys(("used_by", "users", "used_since")),
            "contracts": {"used": None, **rows},
            "provisions": dict(rows),
            "transfers": dict(rows),
            "no_provision_or_transfer": None,
            **dict.fromkeys(("storage", "retention", "erasure")),
        }

    def record_list(self):
        n = self.r.randint(12, len(w.ITEM_NAMES))
        names = self.r.sample(w.ITEM_NAMES, n)
        style = self.r.choice([0, 1, 2])
        if style == 0:
            return "、".join(names)
        if style == 1:
            return "".join(f"{i}.{x}," for i, x in enumerate(names, 1)).rstrip(",")
        return "【識別情報】\n" + "、".join(names[:3]) + "\n【業務情報】\n" + "\n".join(f"・{x}" for x in names[3:])

    def systems(self):
        n = self.fixed.get("systems", self.r.choice([1, 2, 3, 3, 4, 5, 6]))
        out = []
        for i, (name, functions) in enumerate([w.SYSTEMS[0]] + self.r.sample(w.SYSTEMS[1:], min(n, 7) - 1), 1):
            lines = self.r.sample(functions, self.r.randint(1, len(functions)))
            style = self.r.choice(["・{1}", "{0}．{1}", "{0} {1}"])
            out.append(
                {
                    "no": i,
                    "name": self.vary(self.fill(name)),
                    "functions": self.vary("\n".join(style.format(k, x) for k, x in enumerate(lines, 1))),
                    "connections": self.ticks(
                        CONNECTIONS + ["その他"], {"": 0.3, "その他": 0.4}, {"その他": lambda: self.r.choice(w.OTHER_SYSTEMS)}
                    ),
                }
            )
        return out

    def incidents(self, files):
        years, scope = (1, "特定個人情報") if self.kind == "basic" else (3, "個人情報")
        yes = self.fixed.get("incident", self.chance(0.45))
        result = {"occurred": yes, "question": {"years": years, "scope": scope}, "rows": [], "attachments": []}
        cases = (
            [
                self.case(i)
                for i in range(self.r.choice([1, 1, 2, 3]) if self.fixed.get("cases") is None else self.fixed["cases"])
            ]
            if yes
            else []
        )
        attach = yes and self.kind != "basic" and self.fixed.get("attachment", self.chance(0.4))
        for f in files or [None]:
            row = {"file": f, "occurred": yes, "summary": None, "prevention": None}
            if yes and self.kind != "basic":
                row["summary"] = "別紙（個人情報に関する重大事故について）を参照" if attach else "\n".join("・" + c["summary"] for c in cases)
                row["prevention"] = (
                    "別紙（個人情報に関する重大事故について）を参照" if attach else "\n".join("・" + c["prevention"] for c in cases)
                )
            elif self.kind != "basic" and self.chance(0.5):
                row["summary"] = row["prevention"] = self.r.choice(["－", "-"])
            result["rows"].append(row)
        if attach:
            result["attachments"] = [{"title": "別紙（個人情報に関する重大事故について）", "cases": cases}]
        return result

    def case(self, i):
        text, prevention, cause, impact = self.r.choice(w.INCIDENTS)
        on = self.day(self.year - 3, self.year - 1)
        n, s = self.r.randint(12, 980), self.r.randint(2, 9)
        f = lambda t: self.fill(t, n=n, s=s, d=wareki(on))
        after = [
            on,
            on[:8] + f"{min(28, int(on[8:]) + 3):02d}",
            f"{int(on[:4]) + (on[5:7] == '12')}-{int(on[5:7]) % 12 + 1:02d}-0{self.r.randint(1, 9)}",
        ]
        what = ["職員の申出により判明", "報道機関へ公表", "個人情報保護委員会へ報告"]
        return {
            "title": self.r.choice(["申請書の紛失について", "通知書の誤送付について", "記憶媒体の紛失について", "個人情報の誤送信について", "書類の所在不明について"]),
            "occurred_on": on,
            "summary": f(text),
            "cause": f(cause),
            "impact": f(impact),
            "response": [{"date": d, "what": t} for d, t in zip(after, what)],
            "prevention": f(prevention),
        }

    def revisions(self, doc):
        n = self.fixed.get("revisions", self.r.choice([0, 1, 3, 6, 10, 16, 24] if self.chance(0.92) else [60, 200]))
        dates = (
            sorted(self.day(min(2017, self.year - 1), self.year - 1) for _ in range(max(1, min(5, n // 3))))
            if n
            else []
        )
        if n > 2:
            dates[-1] = self.published
        rows = []
        style = self.r.choice(["paren", "dash", "lines"])
        r = self.r
        if self.kind == "basic":
            return [self.revision_basic(dates[min(len(dates) - 1, i * len(dates) // n)], style) for i in range(n)]
        new = r.choice(["（新規）", "右記を追加", "－", "", "未記載"])
        files = doc["files"]
        three = self.kind != "full"
        cno = "③" if three else "⑥"
        sub = "④" if three else "⑦"
        while len(rows) < n:
            date = dates[min(len(dates) - 1, len(rows) * len(dates) // n)]
            pick = r.random()
            f = r.choice(files) if files else None
            note = self.vary(r.choice(w.NOTES_OF_CHANGE))
            timing = r.choice(["事後"] * 20 + ["事前"] * 8 + [None])
            part, item, before, after = (
                "Ⅰ　基本情報",
                "１．特定個人情報ファイルを取り扱う事務　②事務の内容",
                self.say(w.SUMMARY, 1, 1),
                self.say(w.SUMMARY, 1, 2),
            )
            if pick < 0.12:
                item, before, after = "６．評価実施機関における担当部署　②所属長の役職名", f"{self.section}長　架空 太郎", f"{self.section}長"
            elif pick < 0.24:
                item, before, after = (
                    "５．情報提供ネットワークシステムによる情報連携　②法令上の根拠",
                    self.vary("番号法第19条第7号 別表第二"),
                    self.vary("番号法第19条第8号に基づく主務省令第2条の表"),
                )
            elif pick < 0.5 and f and f["contracts"]["rows"]:
                part = "Ⅱ　特定個人情報ファイルの概要"
                c = r.choice(f["contracts"]["rows"])
                head = f"４．特定個人情報ファイルの取扱いの委託　委託事項{c['no']}"
                kind = r.random()
                if kind < 0.4 and c["contractors"]:
                    old = next(x for x in iter(self.contractor, None) if x["name"] != c["contractors"][0]["name"])
                    item, before, after = f"{head}　{cno}委託先名", old["printed"], c["contractors"][0]["printed"]
                elif kind < 0.55:
                    item, before, after = f"{head}　{sub}再委託の有無", "再委託しない", "再委託する"
                elif kind < 0.8:
                    item, before = head, new
                    after = "\n".join(
                        [
                            c["title"],
                            "①委託内容",
                            "　" + (c["description"] or ""),
                            "②委託先における取扱者数" if three else "③委託先における取扱者数",
                            "　" + c["staff"],
                            cno + "委託先名",
                            "　" + (c["contractors"][0]["printed"] if c["contractors"] else "未定"),
                        ]
                    )
                else:
                    item, before, after = f"{head}　①委託内容", r.choice(["－", "システムの運用及び保守"]), c["description"]
            elif pick < 0.58:
                part, item, before, after = "Ⅱ　特定個人情報ファイルの概要", "２．基本情報　④記録される項目　主な記録項目", "[　]その他（　）", "[○]その他（　口座情報　）"
            elif pick < 0.66:
                part, item, before, after = (
                    "Ⅲ　リスク対策",
                    ("７．特定個人情報の保管・消去　②" if three else "７．特定個人情報の保管・消去　リスク１　⑨")
                    + "過去３年以内に、評価実施機関において、個人情報に関する重大事故が発生したか",
                    *r.choice([("発生なし", "発生あり"), ("発生あり", "発生なし")]),
                )
            elif pick < 0.8:
                part, item, before, after = (
                    "Ⅲ　リスク対策" if three else "Ⅲ　特定個人情報ファイルの取扱いプロセスにおけるリスク対策",
                    "７．特定個人情報の保管・消去　リスク：特定個人情報の漏えい・滅失・毀損リスク　その他の措置の内容",
                    r.choice([new, self.measures(1, 4)]),
                    self.measures(2, 7),
                )
            elif pick < 0.88:
                part, item, before, after = (
                    ("Ⅴ　評価実施手続" if three else "Ⅵ　評価実施手続"),
                    "１．基礎項目評価　①実施日",
                    wareki(self.day(2014, 2014)),
                    wareki(self.day(2014, max(2014, self.year - 1))),
                )
            elif pick < 0.94:
                part, item, before, after = "Ⅱ　特定個人情報ファイルの概要", "６．特定個人情報の保管・消去　保管場所", new, self.say(w.STORAGE, 1, 2)
            rows.append(self.revision(date, part, item, before, after, timing, note, style))
        return rows

    def revision(self, date, part, item, before, after, timing, note, style):
        if self.chance(0.15):
            part = (
                part.translate(str.maketrans("ⅠⅡⅢⅣⅤⅥ", "123456"))
                .replace("1　", "I　")
                .replace("2　", "II　")
                .replace("3　", "III　")
                .replace("4　", "IV　")
                .replace("5　", "V　")
                .replace("6　", "VI　")
            )
        if self.chance(0.3):
            part = part.replace("　", self.r.choice(["", " "]))
        if self.chance(0.2):
            item = item.translate(str.maketrans("１２３４５６７８９", "123456789"))
        text = {"paren": f"{part}（{item}）", "dash": f"{part}－{item}", "lines": part + "\n" + item.replace("　", "\n")}[
            style
        ]
        return {
            "date": date,
            "item": text,
            "before": before or None,
            "after": after or None,
            "timing": timing,
            "note": note or None,
        }

    def revision_basic(self, date, style):
        r = self.r
        old, new = wareki(self.day(2014, 2014)), wareki(self.day(2015, max(2015, self.year - 1)))
        measured = "　時点"
        part, item, before, after = r.choice(
            [
                ("Ⅰ　関連情報", "５．評価実施機関における担当部署　②所属長の役職名", f"{self.section}長　架空 花子", f"{self.section}長"),
                (
                    "Ⅰ　関連情報",
                    "４．情報提供ネットワークシステムによる情報連携　②法令上の根拠",
                    self.vary("番号法第19条第7号 別表第二"),
                    self.vary("番号法第19条第8号に基づく主務省令第2条の表"),
                ),
                ("Ⅱ　しきい値判断項目", "１．対象人数　いつ時点の計数か", old + measured, new + measured),
                ("Ⅱ　しきい値判断項目", "２．取扱者数　いつ時点の計数か", old + measured, new + measured),
                ("Ⅰ　関連情報", "１．特定個人情報ファイルを取り扱う事務　③システムの名称", "宛名システム", "統合宛名システム、中間サーバー"),
                ("Ⅳ　リスク対策", "８．人手を介在させる作業　判断の根拠", "", self.say(w.HUMAN_ERROR, 1, 1)),
                ("Ⅰ　関連情報", "７．特定個人情報の開示・訂正・利用停止請求　請求先", "総務課", self.address("総務課")),
                ("Ⅱ　しきい値判断項目", "３．重大事故　過去１年以内に、評価実施機関において特定個人情報に関する重大事故が発生したか", "発生なし", "発生あり"),
                ("Ⅰ　関連情報", "１．特定個人情報ファイルを取り扱う事務　②事務の概要", self.say(w.SUMMARY, 1, 2), self.say(w.SUMMARY, 1, 3)),
            ]
        )
        return self.revision(
            date, part, item, before, after, r.choice(["事後", "事後", "事前"]), self.vary(r.choice(w.NOTES_OF_CHANGE)), style
        )
