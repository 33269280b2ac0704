// What must hold for every page: nothing serious for axe in both themes, no console error, no request
// to another host, no sideways scrolling on a phone, at most 100 KB, every link answers.
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const http = require("node:http");
const test = require("node:test");
const { open, pagesToLookAt } = require("./browser.js");

const BASE = process.env.PIA_BASE;
const LIMIT = 100 * 1024;
const AXE = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
// Pages that are shown for an error on purpose; Chromium reports their status to the console.
const ERRORS = new Set(["malformed", "missing"]);

function get(address) {
  return new Promise((resolve, reject) => {
    http.get(address, { headers: { "Accept-Encoding": "gzip" } }, (answer) => {
      const pieces = [];
      answer.on("data", (piece) => pieces.push(piece));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(pieces) }));
      answer.on("error", reject);
    }).on("error", reject);
  });
}

test("every page, in both themes and on a phone", { timeout: 600000 }, async (t) => {
  const browser = await open();
  const pages = await pagesToLookAt(BASE);
  for (const scheme of ["light", "dark"]) {
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width: 1280, height: 900 }, locale: "ja-JP" });
    for (const [name, address] of Object.entries(pages)) {
      await t.test(`${name}, ${scheme}`, async () => {
        const page = await context.newPage();
        const complaints = [];
        page.on("console", (message) => { if (message.type() === "error" && !ERRORS.has(name)) complaints.push(message.text()); });
        page.on("pageerror", (error) => complaints.push(String(error)));
        page.on("request", (request) => { if (!request.url().startsWith(BASE + "/")) complaints.push("another host: " + request.url()); });
        const answer = await page.goto(address);
        assert.strictEqual(answer.status() === 200, !ERRORS.has(name));
        await page.evaluate(AXE);
        const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
        for (const violation of result.violations)
          if (violation.impact === "serious" || violation.impact === "critical")
            complaints.push(`${violation.id}: ${violation.help}: ${violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
        await page.setViewportSize({ width: 390, height: 844 });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (wide > 0) complaints.push(`${wide} pixels too wide for a phone`);
        await page.close();
        assert.deepStrictEqual(complaints, []);
      });
    }
    await context.close();
  }
  await browser.close();
});

test("every page is small, and every link answers", { timeout: 600000 }, async () => {
  const seen = new Set();
  const queue = Object.entries(await pagesToLookAt(BASE)).filter(([name]) => !ERRORS.has(name)).map(([, address]) => [address, "start"]);
  const budget = new Map();  // how many addresses of one path are followed: facets multiply
  const broken = [];
  let fetched = 0;
  while (queue.length > 0) {
    const [address, from] = queue.shift();
    const url = new URL(address);
    url.hash = "";
    if (url.origin !== BASE || seen.has(url.href)) continue;
    seen.add(url.href);
    const kind = url.pathname.replace(/^(\/api\/v1)?(\/[a-z]+)\/[^/]+/, "$1$2/*") + (url.search ? "?" : "");
    const used = budget.get(kind) || 0;
    if (used >= (kind === "/search?" ? 150 : 60)) continue;
    budget.set(kind, used + 1);
    const answer = await get(url.href);
    ++fetched;
    if (answer.status !== 200) { broken.push(`${answer.status} ${url.href} (linked from ${from})`); continue; }
    const html = (answer.headers["content-type"] || "").startsWith("text/html");
    if (!html) continue;
    if (answer.body.length > LIMIT) broken.push(`${answer.body.length} bytes: ${url.href}`);
    const text = answer.headers["content-encoding"] === "gzip" ? require("node:zlib").gunzipSync(answer.body).toString() : answer.body.toString();
    for (const match of text.matchAll(/<(?:a|link)\b[^>]*?\bhref="([^"]*)"/g)) {
      const target = match[1].replace(/&amp;/g, "&").replace(/&quot;/g, "\"").replace(/&#39;/g, "'").replace(/&lt;/g, "<").replace(/&gt;/g, ">");
      if (target.startsWith("#")) {
        if (target.length > 1 && !text.includes(`id="${target.slice(1)}"`)) broken.push(`no ${target} in ${url.href}`);
      } else queue.push([new URL(target, url).href, url.href]);
    }
  }
  assert.ok(fetched > 100, `only ${fetched} addresses`);
  assert.deepStrictEqual(broken, []);
});
