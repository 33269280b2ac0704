"""The gold's schema: Japanese keys, one flat record an assessment, as the scorer of extraction reads it."""

USED = {True: "委託する", False: "委託しない"}
SUB = {True: "再委託する", False: "再委託しない"}
INCIDENT = {True: "発生あり", False: "発生なし"}


def get(o, *path):
    for k in path:
        o = o.get(k) if isinstance(o, dict) else None
    return o


def contract(r):
    people = r["contractors"]
    s = r["subcontract"]
    names = [p["name"] for p in people]
    return {
        "番号": r["no"],
        "名称": r["title"],
        "委託内容": r["description"],
        "取扱者数": r["staff"],
        "委託先名": "、".join(p["printed"] for p in people) or None,
        "委託先_正規化": "、".join(names) or None,
        "委託先_正規化_一覧": names,
        "再委託の有無": SUB.get(s["used"]),
        "再委託の許諾方法": s["approval"],
        "再委託事項": s["scope"],
        "取扱いを委託する範囲": r["extent"],
        "確認方法": r["disclosure"],
        "提供方法": r["means"],
    }


def recipient(r):
    return {
        "番号": r["no"],
        "名称": r["name"],
        "法令上の根拠": r["legal_basis"],
        "用途": r["purpose"],
        "情報": r["data"],
        "方法": r["means"],
        "時期": r["timing"],
    }


def file(f):
    return {
        "名称": f["name"],
        "ファイルの種類": f["kind"],
        "本人の数": f["people"],
        "本人の範囲": f["scope"],
        "記録項目区分": f["items_range"],
        "主な記録項目": f["items"],
        "保有開始日": f["held_since"],
        "事務担当部署": f["department"],
        "入手元": f["sources"],
        "入手方法": f["means"],
        "使用部署": f["used_by"],
        "使用者数": f["users"],
        "使用開始日": f["used_since"],
        "委託の有無": USED.get(f["contracts"]["used"]),
        "委託件数": f["contracts"]["count"],
        "委託事項": [contract(r) for r in f["contracts"]["rows"]],
        "提供移転": {
            "提供_件数": f["provisions"]["count"],
            "移転_件数": f["transfers"]["count"],
            "行っていない": f["no_provision_or_transfer"],
        },
        "提供先": [recipient(r) for r in f["provisions"]["rows"]],
        "移転先": [recipient(r) for r in f["transfers"]["rows"]],
        "保管場所": f["storage"],
        "保管期間": f["retention"],
        "消去方法": f["erasure"],
    }


def convert(a):
    """The assessment's JSON (pia-index --extract) in the gold's keys."""
    cases = [case for t in a["incidents"]["attachments"] for case in t["cases"]]
    rows = a["incidents"]["rows"] or [
        {"file": None, "occurred": a["incidents"]["occurred"], "summary": None, "prevention": None}
    ]
    audit = a["audit"]
    p = a["procedure"]
    return {
        "header": {
            "評価書番号": a["number"],
            "評価書名": a["title"],
            "評価書種類": a["kind"],
            "評価実施機関名": a["body"]["printed"],
            "自治体": a["body"]["municipality"],
            "都道府県": a["body"]["prefecture"],
            "公表日": a["published_on"],
            "様式": " ".join(x for x in (a["form"]["edition"], a["form"]["name"]) if x) or None,
            "特記事項": a["remarks"],
        },
        "事務": {"名称": a["process"]["name"], "対象人数": a["process"]["people"], "法令上の根拠": a["process"]["legal_basis"]},
        "情報連携": {"実施の有無": a["network"]["used"], "法令上の根拠": a["network"]["legal_basis"]},
        "システム": [{"番号": s["no"], "名称": s["name"], "他システム接続": s["connections"]} for s in a["systems"]],
        "ファイル": [file(f) for f in a["files"]],
        "リスク対策の判断": [{"ファイル": r["file"], "節": r["section"], "項目": r["item"], "判断": r["judgement"]} for r in a["risks"]],
        "重大事故": [
            {
                "ファイル": r["file"],
                "発生": INCIDENT.get(r["occurred"]),
                "内容": r["summary"],
                "再発防止策": r["prevention"],
                "別紙の事故件数": len(cases) or None,
            }
            for r in rows
        ],
        "自己点検監査": {
            "自己点検": audit["self_check"] or ("自己点検" if "自己点検" in (audit["done"] or []) else None),
            "監査": (audit["done"] or []) + ([audit["judgement"]] if audit["judgement"] else []),
            "教育啓発の判断": a["training"],
        },
        "開示請求": {
            "請求先": a["disclosure_request"]["to"],
            "請求方法": a["disclosure_request"]["how"],
            "手数料": a["disclosure_request"]["fee"],
        },
        "問合せ": {"連絡先": a["contact"]["to"], "対応方法": a["contact"]["how"]},
        "評価実施手続": {
            "実施日": p["threshold"]["date"],
            "しきい値判断結果": p["threshold"]["result"],
            "意見聴取方法": p["public_comment"]["how"],
            "意見聴取期間": p["public_comment"]["period"],
            "第三者点検_実施日": p["third_party"]["date"],
            "第三者点検_方法": p["third_party"]["how"],
            "第三者点検_結果": p["third_party"]["result"],
        },
        "基礎項目固有": {
            "対象人数_時点": a["process"]["people_as_of"],
            "取扱者数": get(a, "staff", "count"),
            "取扱者数_時点": get(a, "staff", "as_of"),
            "部署": get(a, "department", "name"),
            "最優先の対策": get(a, "top_measure", "choice"),
            "人手介在_判断の根拠": get(a, "manual_work", "basis"),
        },
        "変更箇所": {
            "件数": len(a["revisions"]),
            "行": [
                {
                    "変更日": r["date"],
                    "項目": r["item"],
                    "変更前": r["before"],
                    "変更後": r["after"],
                    "時期": r["timing"],
                    "説明": r["note"],
                }
                for r in a["revisions"]
            ],
        },
        "登場組織": [{"名称": o["printed"], "正規化": o["name"], "文脈": o["role"]} for o in a["organisations"]],
    }
