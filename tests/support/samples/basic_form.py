"""The chapters of 様式2."""

from blocks import Choice, Row, Section, Sheet, Text, Tick, Title, Wide
import content as c
from labels import ENOUGH, UNAUTHORISED, kanji_number, tick_block
import words as w


class BasicForm:
    def part1_basic(self):
        d, x = self.doc, self.x
        m = self.m
        out = [
            Title("Ⅰ　関連情報"),
            Section("１．特定個人情報ファイルを取り扱う事務"),
            Row(["①事務の名称"], Text(d["process"]["name"], "/process/name")),
            Row(["②事務の概要"], Text(d["process"]["summary"], "/process/summary")),
            Row(["③システムの名称"], Text(x["system_names"], "/systems")),
            Section("２．特定個人情報ファイル名"),
            Wide(x["file_names"], "/files"),
            Section("３．個人番号の利用"),
            Row(
                ["法令上の根拠"],
                Text(
                    "\n".join("・" + b if x["basis_dots"] else b for b in d["process"]["legal_basis"]),
                    "/process/legal_basis",
                ),
            ),
            *self.network("４"),
            *self.department("５"),
            Section("６．他の評価実施機関"),
            Wide(x["others"]),
            Section("７．特定個人情報の開示・訂正・利用停止請求"),
            Row(["請求先"], Text(d["disclosure_request"]["to"], "/disclosure_request/to")),
            Section("８．特定個人情報ファイルの取扱いに関する問合せ"),
            Row(["連絡先"], Text(d["contact"]["to"], "/contact/to")),
        ]
        if m.new:
            out += [Section("９．規則第９条第２項の適用", [Tick("適用した", m.chance(0.1))]), Row(["適用した理由"], Text(None))]
        return Sheet("Ⅰ", out)

    def part2_basic(self):
        d = self.doc
        as_of = lambda key, at: Row(["", "いつ時点の計数か"], Text(self.x[key] and self.x[key] + "　時点", at))
        inc = d["incidents"]["rows"][0]
        out = [
            Title("Ⅱ　しきい値判断項目"),
            Section("１．対象人数"),
            Row(
                ["評価対象の事務の対象人数は何人か"],
                Choice(
                    d["process"]["people"],
                    ["1,000人未満（任意実施）", "1,000人以上1万人未満", "1万人以上10万人未満", "10万人以上30万人未満", "30万人以上"],
                    1,
                    "/process/people",
                    mark=")",
                ),
            ),
            as_of("people_as_of", "/process/people_as_of"),
            Section("２．取扱者数"),
            Row(
                ["特定個人情報ファイル取扱者数は500人以上か"],
                Choice(d["staff"]["count"], ["500人以上", "500人未満"], 1, "/staff/count", mark=")"),
            ),
            as_of("staff_as_of", "/staff/as_of"),
            Section("３．重大事故"),
            Row(
                ["過去１年以内に、評価実施機関において特定個人情報に関する重大事故が発生したか"],
                Choice(
                    "発生あり" if inc["occurred"] else "発生なし", ["発生あり", "発生なし"], 2, "/incidents/rows/0/occurred", mark=")"
                ),
            ),
        ]
        return Sheet(
            "Ⅱ",
            out
            + [
                Title("Ⅲ　しきい値判断結果"),
                Section("しきい値判断結果"),
                Wide(d["procedure"]["threshold"]["result"], "/procedure/threshold/result"),
            ],
        )

    def part4_basic(self):
        d, m = self.doc, self.m
        no_out, no_give = m.chance(0.2), m.chance(0.4)
        conn = [Tick("接続しない（入手）", m.chance(0.15)), Tick("接続しない（提供）", m.chance(0.3))]
        d["contracts_out"] = not no_out
        tail = "リスクへの対策は十分か"
        row = lambda no, label, off=False: self.risk(
            None, f"Ⅳ-{no}", label + tail, ENOUGH, c.JUDGE, 1, None, 0.97 if off else 0.02
        )
        out = [
            Title("Ⅳ　リスク対策"),
            Section("１．提出する特定個人情報保護評価書の種類"),
            self.risk(
                None,
                "Ⅳ-1",
                "提出する特定個人情報保護評価書の種類",
                ["基礎項目評価書", "基礎項目評価書及び重点項目評価書", "基礎項目評価書及び全項目評価書"],
                ["基礎項目評価書"] * 4 + ["基礎項目評価書及び重点項目評価書"],
                1,
                None,
                0,
            ),
            Section("２．特定個人情報の入手（情報提供ネットワークシステムを通じた入手を除く。）"),
            row(2, "目的外の入手が行われる"),
            Section("３．特定個人情報の使用"),
            row(3, f"目的を超えた{self.at_link}、事務に必要のない情報との{self.at_link}が行われる"),
            row(3, UNAUTHORISED.removesuffix("リスク")),
            Section("４．特定個人情報ファイルの取扱いの委託", [Tick("委託しない", no_out)], "/contracts_out"),
            row(4, "委託先における不正な使用等の", no_out),
            Section("５．特定個人情報の提供・移転（委託や情報提供ネットワークシステムを通じた提供を除く。）", [Tick("提供・移転しない", no_give)]),
            row(5, "不正な提供・移転が行われる", no_give),
            Section("６．情報提供ネットワークシステムとの接続", conn),
            row(6, "目的外の入手が行われる", conn[0].on),
            row(6, "不正な提供が行われる", conn[1].on),
            Section("７．特定個人情報の保管・消去"),
            row(7, "特定個人情報の漏えい・滅失・毀損"),
        ]
        if m.new:
            none = m.chance(0.2)
            r = row(8, "人為的ミスが発生する", none)
            basis = None if none else m.say(w.HUMAN_ERROR, 1, 1)
            d["manual_work"] = {"none": none, "judgement": r.cell.value, "basis": basis}
            out += [
                Section("８．人手を介在させる作業", [Tick("人手を介在させる作業はない", none)], "/manual_work/none"),
                r,
                Row(["判断の根拠"], Text(basis, "/manual_work/basis")),
            ]
        n = 9 if m.new else 8
        out += [
            Section(f"{kanji_number(n)}．監査"),
            Row(["実施の有無"], tick_block(["自己点検", "内部監査", "外部監査"], d["audit"]["done"], (), 3, "/audit/done")),
            Section(f"{kanji_number(n + 1)}．従業者に対する教育・啓発"),
            self.training(None, f"Ⅳ-{n + 1}"),
        ]
        if m.new:
            top = self.risk(None, "Ⅳ-11", "最も優先度が高いと考えられる対策", c.TOP_MEASURES, c.TOP_MEASURES, 1, None, 0)
            top.cell.mark = None
            again = self.risk(None, "Ⅳ-11", "当該対策は十分か【再掲】", ENOUGH, ENOUGH[:2], 1, None, 0)
            basis = m.say(w.TOP_BASIS, 1, 1)
            d["top_measure"] = {"choice": top.cell.value, "judgement": again.cell.value, "basis": basis}
            out += [
                Section("１１．最も優先度が高いと考えられる対策", [Tick("全項目評価又は重点項目評価を実施する", False)]),
                top,
                again,
                Row(["判断の根拠"], Text(basis, "/top_measure/basis")),
            ]
        return Sheet("Ⅳ", out)
