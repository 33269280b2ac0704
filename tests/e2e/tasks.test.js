// The ten tasks, done as a person does them: by typing and clicking, with and without JavaScript.
// Names come from the index through the API, so that the tests hold on any collection that has
// contractors, incidents and an assessment with two versions.
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const test = require("node:test");
const { open, json } = require("./browser.js");

const BASE = process.env.PIA_BASE;
let browser;  // opened by the first test and closed by the last: Node 18 has no hooks outside suites
test("the browser starts", async () => { browser = await open(); });

async function text(page, selector) { return (await page.locator(selector).first().innerText()).trim(); }
async function total(page) { return Number((await text(page, ".total .num")).replace(/,/g, "")); }
async function search(page, words) {
  await page.fill("main form[role=search] input[name=q], header form[role=search] input[name=q]", words);
  await Promise.all([page.waitForNavigation(), page.locator("form[role=search] button").last().click()]);
}
async function follow(page, locator) { await Promise.all([page.waitForNavigation(), locator.click()]); }

async function download(page, locator) {
  const [file] = await Promise.all([page.waitForEvent("download"), locator.click()]);
  return fs.readFileSync(await file.path());
}

const TASKS = {
  "1. find a word, see it marked, and go to its place in the document": async (page) => {
    await page.goto(BASE + "/");
    await page.fill("#q", "委託");
    await follow(page, page.getByRole("button", { name: "検索" }));
    assert.ok(await total(page) > 0);
    assert.match(await text(page, ".passages mark"), /委託/);
    await follow(page, page.locator(".passages .item").first());
    const id = new URL(page.url()).hash.slice(1);
    assert.ok(id.startsWith("p"));
    assert.ok(await page.locator(`[id="${id}"]`).count() === 1);
    assert.ok(await page.locator("mark").count() > 0);
  },
  "2. narrow down by clicking facets, and take the choice back": async (page) => {
    await page.goto(BASE + "/search");
    const all = await total(page);
    const value = page.locator("[data-facet=incident] li a").filter({ hasText: "あり" }).first();
    const counted = Number(await value.locator(".n").innerText());
    await follow(page, value);
    assert.strictEqual(await total(page), counted);
    assert.match(await text(page, ".chips"), /重大事故: (発生)?あり/);
    assert.ok(await page.locator("[data-facet=incident] li.on").count() === 1, "the chosen value is shown as chosen");
    await follow(page, page.locator(".chips a").first());
    assert.strictEqual(await total(page), all);
  },
  "3. leave a value out": async (page) => {
    await page.goto(BASE + "/search");
    const all = await total(page);
    const row = page.locator("[data-facet=kind] li").first();
    const counted = Number(await row.locator(".n").innerText());
    await follow(page, row.locator(".ex"));
    assert.strictEqual(await total(page), all - counted);
    assert.match(await text(page, ".chips"), /除外/);
  },
  "4. find a contractor inside its long facet": async (page, { contractor }) => {
    await page.goto(BASE + "/search");
    const box = page.locator("[data-facet=contractor] input[type=search]");
    const part = contractor.replace(/^(株式会社|有限会社|合同会社)/, "").slice(0, 3);
    await box.fill(part);
    if (page.scripted) await page.waitForResponse((answer) => answer.url().includes("/api/v1/facets/contractor"));
    else await Promise.all([page.waitForNavigation(), box.press("Enter")]);
    await follow(page, page.locator("[data-facet=contractor] [data-facet-list] li > a:first-child").filter({ hasText: contractor }).first());
    assert.ok(page.url().includes("contractor="));
    assert.ok(await total(page) > 0);
    assert.match(await text(page, ".hit .who"), new RegExp(contractor.slice(0, 4)));
  },
  "5. ask by field, and walk from mark to mark in the document": async (page) => {
    await page.goto(BASE + "/search");
    await search(page, "再委託:する 委託");
    assert.ok(await total(page) > 0);
    await follow(page, page.locator(".hit h2 a").first());
    const next = page.getByRole("link", { name: "次の一致" }).first();
    const target = await next.getAttribute("href");
    await next.click();
    assert.ok(page.url().endsWith(target));
    assert.ok(await page.locator(`${target} mark`).count() > 0);
  },
  "6. look at 委託事項 row by row, and at changes": async (page) => {
    await page.goto(BASE + "/search?q=" + encodeURIComponent("再委託:する"));
    await follow(page, page.locator(".tabs a").filter({ hasText: "委託" }).first());
    assert.ok(await total(page) > 0);
    const words = await page.locator("table.contracts tbody tr td:nth-child(3)").allInnerTexts();
    assert.ok(words.length > 0 && words.every((word) => word.includes("する")), "every row is subcontracted");
    await page.goto(BASE + "/search");
    await follow(page, page.locator(".tabs a").filter({ hasText: "変更履歴" }));
    assert.ok(await page.locator("table.revisions tbody tr").count() > 0);
    await follow(page, page.locator(".sorts a").filter({ hasText: "新しい順" }));
    assert.ok(page.url().includes("sort=published"));
  },
  "7. download all results as CSV and Excel": async (page) => {
    await page.goto(BASE + "/search?view=contracts");
    const count = await total(page);
    const csv = (await download(page, page.getByRole("link", { name: "CSV" }).first())).toString("utf8");
    assert.ok(csv.startsWith("\uFEFF"), "byte order mark");
    assert.strictEqual(records(csv), count + 1);
    const xlsx = await download(page, page.getByRole("link", { name: "Excel" }).first());
    assert.strictEqual(xlsx.subarray(0, 2).toString(), "PK");
  },
  "8. see what changed between two versions": async (page, { versioned }) => {
    await page.goto(`${BASE}/assessments/${encodeURIComponent(versioned)}`);
    await follow(page, page.getByRole("link", { name: "前の版との違い" }).first());
    assert.match(await text(page, "h1"), /比較/);
    assert.ok(await page.locator("ins, del").count() > 0);
    await follow(page, page.getByRole("link", { name: "同じ項目も見る" }));
    assert.ok(await page.locator("tr.equal").count() > 0);
  },
  "9. who is this contractor, and what does this city do": async (page, { contractor }) => {
    await page.goto(BASE + "/");
    await follow(page, page.getByRole("navigation", { name: "主なページ" }).getByRole("link", { name: "委託先" }));
    await page.fill("main input[name=q]", contractor);
    await follow(page, page.getByRole("button", { name: "探す" }));
    await follow(page, page.getByRole("link", { name: contractor }).first());
    assert.strictEqual(await text(page, "h1"), contractor);
    assert.ok(await page.locator("table.contracts tbody tr").count() > 0);
    await follow(page, page.locator("table.contracts .w-body a").first());
    assert.ok(page.url().includes("/municipalities/"));
    assert.ok(await page.locator("table tbody tr").count() > 0);
  },
  "10. compare one item across cities, and look up a list of names": async (page, { contractor }) => {
    await page.goto(BASE + "/compare");
    const boxes = page.locator("input[name=item]");
    await boxes.nth(Math.min(8, (await boxes.count()) - 1)).check();
    await follow(page, page.getByRole("button", { name: "比べる" }));
    assert.ok(await page.locator("table.compare tbody tr").count() > 1);
    await page.goto(BASE + "/batch");
    await page.fill("textarea", `${contractor}\n架空に存在しない会社名\n`);
    await follow(page, page.getByRole("button", { name: "照会する" }));
    assert.match(await text(page, ".total"), /2 件中 1 件/);
  },
};

// Records of a CSV text: line ends outside quotes.
function records(csv) {
  let count = 0, quoted = false;
  for (const c of csv) {
    if (c === "\"") quoted = !quoted;
    else if (c === "\n" && !quoted) ++count;
  }
  return count;
}

async function facts() {
  const contractors = await json(`${BASE}/api/v1/contractors`);
  const all = await json(`${BASE}/api/v1/search?limit=100`);
  return { contractor: contractors.rows[0].name, versioned: all.hits.find((hit) => hit.versions > 1).id };
}

for (const javaScriptEnabled of [true, false]) {
  test(`tasks ${javaScriptEnabled ? "with" : "without"} JavaScript`, { timeout: 300000 }, async (t) => {
    const known = await facts();
    for (const [name, task] of Object.entries(TASKS)) {
      await t.test(name, async () => {
        const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 1280, height: 900 }, locale: "ja-JP", acceptDownloads: true });
        const page = await context.newPage();
        page.scripted = javaScriptEnabled;
        page.setDefaultTimeout(15000);
        try {
          await task(page, known);
        } finally {
          await context.close();
        }
      });
    }
  });
}

test("an error says where it is, and an empty answer what to drop", async () => {
  const page = await browser.newPage();
  await page.goto(`${BASE}/search?q=${encodeURIComponent("委託 (再委託")}`);
  assert.match(await text(page, "h1"), /検索式/);
  assert.ok(await page.locator(".caret-at").count() === 1);
  await page.goto(`${BASE}/search?q=${encodeURIComponent("委託 ほげらっちょ")}`);
  assert.strictEqual(await total(page), 0);
  await follow(page, page.getByRole("link", { name: "これを外して検索" }).first());
  assert.ok(await total(page) > 0);
  await page.close();
});

test("suggestions: arrows choose, Enter searches, Escape closes", async () => {
  const page = await browser.newPage();
  const { contractor } = await facts();
  await page.goto(BASE + "/");
  await page.locator("#q").pressSequentially(contractor.slice(0, 6));
  await page.waitForSelector(".suggest li");
  assert.strictEqual(await page.getAttribute("#q", "aria-expanded"), "true");
  await page.keyboard.press("Escape");
  assert.strictEqual(await page.getAttribute("#q", "aria-expanded"), "false");
  await page.locator("#q").press("End");
  await page.keyboard.type(contractor.slice(6, 7));
  await page.waitForSelector(".suggest li");
  await page.keyboard.press("ArrowDown");
  const option = await page.getAttribute("#q", "aria-activedescendant");
  assert.strictEqual(await page.getAttribute(`[id="${option}"]`, "aria-selected"), "true");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  assert.ok(page.url().includes("/search?q="));
  assert.ok(await total(page) > 0);
  await page.close();
});

test("Enter that ends a conversion neither chooses nor searches", async () => {
  const page = await browser.newPage();
  await page.goto(BASE + "/");
  await page.focus("#q");
  await page.evaluate(() => {
    const input = document.querySelector("#q");
    input.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
    input.value = "いたく";
    input.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
  });
  await page.keyboard.press("Enter");
  await page.waitForTimeout(400);
  assert.strictEqual(new URL(page.url()).pathname, "/");
  await page.evaluate(() => document.querySelector("#q").dispatchEvent(new CompositionEvent("compositionend", { bubbles: true })));
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  assert.strictEqual(new URL(page.url()).pathname, "/search");
  await page.close();
});

test("the keyboard alone reaches the results", async () => {
  const page = await browser.newPage();
  await page.goto(`${BASE}/search?q=${encodeURIComponent("委託")}`);
  await page.keyboard.press("Tab");
  assert.strictEqual(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  assert.strictEqual(new URL(page.url()).hash, "#main");
  const hidden = await page.evaluate(() => Array.from(document.querySelectorAll("main a, main button, main input:not([type=hidden])")).filter((element) => element.tabIndex < 0).length);
  assert.strictEqual(hidden, 0);
  await page.close();
});

test("the browser ends", async () => { await browser.close(); });
