"""One made-up assessment, whole: (doc, sheets). doc follows the JSON of pia-index --extract, without the places,
passages and hashes that depend on the file it is read from."""

import copy
import random

import content as c
import forms
import words as w


def build(seed, kind, **fixed):
    """The assessment of a seed. fixed: parts to hold instead of drawing them (municipality, process, edition,
    published, companies, contracts, incident, …; see content.Maker)."""
    m = c.Maker(random.Random(f"{kind}-{seed}"), kind, **fixed)
    r = m.r
    full = kind == "full"
    town = m.muni
    title_kind = c.KINDS[kind] + "評価書"
    proc = m.vary(m.proc)
    title = r.choice([f"{town}　{proc}　{title_kind}", f"{proc}　{title_kind}", f"{town}{proc}{title_kind}"])
    if r.random() < 0.04:
        fixed.setdefault("ended", f"{m.year - 1}-03-31")
    if fixed.get("ended"):
        title = f"【{c.wareki(fixed['ended'])}終了】{title}"
    names = (
        [m.file]
        if not full
        else [
            f"（{n}）{x}".translate(c.WIDE)
            for n, x in enumerate(
                [m.file]
                + r.sample(
                    ["宛名情報ファイル", "収納情報ファイル", "本人確認情報ファイル", "送付先情報ファイル"], fixed.get("files", r.choice([1, 2, 2, 3])) - 1
                ),
                1,
            )
        ]
    )
    if len(names) == 1:
        names = [m.file]
    basis = [
        m.vary(x)
        for x in [
            f"番号法第9条第1項 別表の{r.randint(2, 130)}の項",
            f"番号法別表の主務省令で定める事務を定める命令第{r.randint(2, 74)}条",
            f"{town}個人番号の利用等に関する条例第{r.randint(3, 5)}条",
        ][: r.randint(1, 3)]
    ]
    basic = kind == "basic"
    files = [(m.bare_file(n), {}) if basic else m.file_(i, n) for i, n in enumerate(names)]
    third_on = m.day(m.year - 1, m.year - 1) if r.random() < (0.9 if full else 0.2) else None
    threshold_on = m.day(m.year - 2, m.year - 1) if r.random() < 0.9 else None
    blank = r.choice([None, "－", "-"])
    used = r.choice(["実施する"] * 5 + ["実施しない", "未定"])
    doc = {
        "schema": 1,
        "kind": c.KINDS[kind],
        "form": {"edition": m.edition, "name": c.FORMS[kind]},
        "number": fixed.get("number", str(r.randint(1, 60))),
        "title": fixed.get("title", title),
        "remarks": m.vary(r.choice(w.REMARKS)) or None,
        "published_on": None if fixed.get("hide_published") else m.published,
        "body": {
            "printed": fixed.get("body") or r.choice([town + "長", m.pref + town + "長"]),
            "municipality": town,
            "prefecture": None if fixed.get("unknown") else m.pref,
            "code": None if fixed.get("unknown") else m.code,
        },
        "process": {
            "name": proc,
            "summary": m.say(w.SUMMARY, 2, 5),
            "people": r.choice(c.PEOPLE),
            "people_as_of": None,
            "legal_basis": basis,
            "category": m.category,
        },
        "staff": None,
        "network": {
            "used": used,
            "legal_basis": m.vary(
                f"【情報照会】\n番号法第19条第8号に基づく主務省令第2条の表{r.randint(20, 80)}、{r.randint(81, 160)}の項\n【情報提供】\n{r.choice(['なし', '同表10の項'])}"
            )
            if used == "実施する"
            else r.choice(["－", None]),
        },
        "department": {"name": m.bureau + m.section, "head": r.choice([m.section + "長", "課長"])},
        "systems": m.systems(),
        "contracts_out": None,
        "files": [f for f, _ in files],
        "risks": [],
        "manual_work": None,
        "top_measure": None,
        "incidents": m.incidents(names if kind != "basic" else []),
        "audit": {
            "done": m.ticks(["自己点検", "内部監査", "外部監査"], {"": 0.5}, {})
            if not full and not (basic and m.edition == "平成26年4月")
            else [],
            "self_check": None,
            "judgement": None,
        },
        "training": None,
        "disclosure_request": {
            "to": m.address("総務課"),
            "how": m.say(w.PAPER_METHODS, 1, 1),
            "fee": r.choice(["無料", "有料"]) if full else None,
        },
        "contact": {"to": m.address(), "how": m.say(w.ANSWER_METHODS, 1, 1)},
        "procedure": {
            "threshold": {"date": None, "result": c.THRESHOLD[kind][0] if not basic else "基礎項目評価の実施が義務付けられる"},
            "public_comment": {"how": blank, "period": blank},
            "third_party": {"date": None, "how": blank, "result": blank},
        },
        "revisions": [],
        "organisations": [],
    }
    p = doc["procedure"]
    if basic:
        return basic_rest(m, doc, names, basis)
    threshold_printed = m.date(threshold_on) if threshold_on else blank
    third_printed = m.date(third_on) if third_on else blank
    p["threshold"]["date"], p["third_party"]["date"] = threshold_printed, third_printed
    if full or r.random() < 0.2:
        p["public_comment"] = {
            "how": m.vary(f"{town}意見公募手続要綱に基づき、評価書の案を市のウェブサイト及び担当課の窓口で公表し、意見を募集した。"),
            "period": m.vary("令和6年11月1日～令和6年12月2日（32日間）"),
        }
    if third_on:
        p["third_party"].update(how=m.vary(f"{town}個人情報保護審査会による点検"), result=m.vary("記載された措置は適当であると認める旨の答申を得た。"))
    x = {
        "files": [e for _, e in files],
        "declaration": declaration(m, proc),
        "published_printed": None if fixed.get("hide_published") else m.date(m.published),
        "form_printed": printed_form(m, kind),
        "file_names": "\n".join(names),
        "basis_dots": r.random() < 0.7,
        "need": m.say(w.PURPOSE, 1, 3),
        "merit": m.say(w.PURPOSE, 1, 2),
        "others": r.choice(["なし", "－", None]),
        "threshold_date": threshold_printed,
        "third_date": third_printed,
        "opinions": r.choice(["意見なし", "－", None]),
        "fee_text": "写しの作成に要する費用は請求者の負担とする。",
        "ended": fixed.get("ended"),
    }
    doc["revisions"] = sorted(m.revisions(doc) + fixed.get("extra_revisions", []), key=lambda row: row["date"])
    sheets = forms.Filler(m, doc, x).sheets()
    finish(doc, names)
    return doc, sheets


def declaration(m, proc):
    return m.vary(
        f"{m.muni}は、{proc}で特定個人情報ファイルを取り扱うに当たり、その取扱いが住民の権利利益に影響を及ぼし得ることを認識し、漏えいその他の事態が生ずるおそれを減らすために必要な措置を講ずることにより、住民の権利利益の保護に取り組むことをここに宣言する。"
    )


def printed_form(m, kind):
    edition, name = m.edition, c.FORMS[kind]
    return f"[{edition.translate(c.WIDE) if m.chance(0.4) else edition}　{name.translate(c.WIDE) if m.chance(0.5) else name}]"


def basic_rest(m, doc, names, basis):
    """What 様式2 has instead of the other forms' chapters."""
    r = m.r
    style = r.choice(["・{}", "{}", "{}", "{}"])
    sep = r.choice(["\n", "、"]) if style == "{}" and not any("、" in s["name"] for s in doc["systems"]) else "\n"
    for s in doc["systems"]:
        s["functions"], s["connections"] = None, []
    counted = f"{m.year - 1}-{r.choice(['04-01', '10-01', '07-31'])}"
    x = {
        "declaration": declaration(m, doc["process"]["name"]),
        "published_printed": None if m.fixed.get("hide_published") else m.date(m.published),
        "form_printed": printed_form(m, "basic"),
        "file_names": "\n".join(names),
        "basis_dots": r.random() < 0.6,
        "others": r.choice(["なし", "－", None]),
        "system_names": sep.join(style.format(s["name"]) for s in doc["systems"]),
        "people_as_of": m.date(counted),
        "staff_as_of": m.date(counted),
    }
    doc["process"]["people_as_of"], doc["staff"] = x["people_as_of"], {
        "count": r.choice(["500人未満"] * 4 + ["500人以上"]),
        "as_of": x["staff_as_of"],
    }
    doc["disclosure_request"]["how"] = doc["contact"]["how"] = None
    doc["procedure"].update(
        public_comment={"how": None, "period": None}, third_party={"date": None, "how": None, "result": None}
    )
    doc["revisions"] = m.revisions(doc)
    sheets = forms.Filler(m, doc, x).sheets()
    finish(doc, names)
    return doc, sheets


def finish(doc, names):
    """What follows from the rest: organisations and their roles."""
    seen = {}
    for f in doc["files"]:
        for row in f["contracts"]["rows"]:
            for p in row["contractors"]:
                seen.setdefault(p["name"], {"name": p["name"], "printed": p["printed"], "role": "contractor"})
    for row in doc["revisions"]:
        for side, role in (("before", "former contractor"), ("after", "contractor by history")):
            for name, prints in w.COMPANIES:
                found = next((p for p in prints if p in (row[side] or "")), None)
                if found:
                    seen.setdefault(c.canonical(name), {"name": c.canonical(name), "printed": found, "role": role})
    doc["organisations"] = list(seen.values())


def without(doc, lost):
    """The assessment as a reading of a source that lost some fields: lost is [(pointer, what is still proved or None)]."""
    d = copy.deepcopy(doc)
    gone = set()
    for pointer, proved in lost:
        if not pointer or pointer in ("/files", "/revisions"):
            continue
        *path, last = pointer.strip("/").split("/")
        o = d
        for k in path:
            o = o[int(k)] if isinstance(o, list) else o[k]
        if last == "no_provision_or_transfer":
            if proved is not None:
                o[last] = False if o["provisions"]["count"] or o["transfers"]["count"] else None
            else:
                o[last] = o["provisions"]["count"] = o["transfers"]["count"] = None
        else:
            o[last] = proved if proved is not None else ([] if isinstance(o[last], list) else None)
        if last == "judgement" and o["item"] in ("①自己点検", "②監査"):
            d["audit"]["self_check" if "①" in o["item"] else "judgement"] = None
        if last == "judgement" and o["item"].startswith("人為的ミス"):
            d["manual_work"]["judgement"] = None
        if last == "judgement" and o["section"] == "Ⅳ-11":
            d["top_measure"]["judgement" if "再掲" in o["item"] else "choice"] = None
        if last == "judgement" and o["item"] == "従業者に対する教育・啓発":
            d["training"] = None
        if proved is None and path[-2:-1] == ["rows"] and last in ("title", "name"):
            gone.add("/".join(path))
    for f in d["files"]:
        f["contracts"]["used"] = f["contracts"]["used"] or (
            True
            if f["contracts"]["rows"] and any(r["title"] for r in f["contracts"]["rows"])
            else f["contracts"]["used"]
        )
        f["contracts"]["rows"] = [
            r for r in f["contracts"]["rows"] if r["title"] or r["staff"] or r["contractors"] or r["description"]
        ]
        for k in ("provisions", "transfers"):
            f[k]["rows"] = [r for r in f[k]["rows"] if r["name"] or r["legal_basis"] or r["means"]]
    finish(d, None)
    return d
