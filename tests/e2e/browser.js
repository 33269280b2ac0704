// Debian's Chromium through playwright-core, and the list of pages that the tests look at.
"use strict";
const fs = require("fs");
const os = require("os");
const path = require("path");
const { chromium } = require("playwright-core");

// Without these flags Chromium asks hosts of its maker at every start.
const FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-features=Translate,OptimizationHints"];

async function open() {
  const root = typeof process.getuid === "function" && process.getuid() === 0;
  return chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    headless: true,
    args: root ? [...FLAGS, "--no-sandbox"] : FLAGS,  // Chromium refuses its sandbox to root
  });
}

async function json(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

// Name → address of one of each kind of page, found through the API.
async function pagesToLookAt(base) {
  const all = await json(`${base}/api/v1/search?limit=100`);
  const contractors = await json(`${base}/api/v1/contractors`);
  const bodies = await json(`${base}/api/v1/municipalities`);
  const withContract = all.hits.find((hit) => (hit.contractors || []).length > 0) || all.hits[0];
  const withIncident = all.hits.find((hit) => hit.incident) || all.hits[0];
  const withVersions = all.hits.find((hit) => hit.versions > 1);
  const body = bodies.prefectures.flatMap((prefecture) => prefecture.with).sort((a, b) => b.assessments - a.assessments)[0];
  const compare = await json(`${base}/api/v1/compare`);
  const word = encodeURIComponent("委託");
  const item = (compare.all_items || []).slice().sort((a, b) => b.count - a.count).slice(0, 2).map((entry) => `item=${encodeURIComponent(entry.value)}`).join("&");
  const pages = {
    home: "/",
    search: `/search?q=${word}`,
    filtered: `/search?q=${word}&incident=${encodeURIComponent("あり")}&kind=-${encodeURIComponent("基礎項目")}`,
    contracts: `/search?view=contracts`,
    revisions: `/search?view=revisions&q=${word}`,
    empty: `/search?q=${encodeURIComponent("委託 ありえないことば")}`,
    malformed: `/search?q=${encodeURIComponent("委託 (再委託")}`,
    assessment: `/assessments/${encodeURIComponent(withContract.id)}`,
    marked: `/assessments/${encodeURIComponent(withContract.id)}?q=${word}`,
    incident: `/assessments/${encodeURIComponent(withIncident.id)}`,
    contractors: "/contractors",
    municipalities: "/municipalities",
    municipality: `/municipalities/${encodeURIComponent(body.code)}`,
    compare: "/compare",
    compared: `/compare?${item}`,
    incidents: "/incidents",
    overview: "/overview",
    batch: "/batch",
    help: "/help",
    similar: `/similar?id=${encodeURIComponent(withContract.id)}&passage=20`,
    missing: "/assessments/nothing",
  };
  if (contractors.rows.length) pages.contractor = `/contractors/${encodeURIComponent(contractors.rows[0].name)}`;
  if (withVersions) {
    const versions = (await json(`${base}/api/v1/assessments/${encodeURIComponent(withVersions.id)}/versions`)).versions;
    pages.align = `/compare?a=${encodeURIComponent(versions[1].id)}&b=${encodeURIComponent(versions[0].id)}`;
  }
  return Object.fromEntries(Object.entries(pages).map(([name, address]) => [name, base + address]));
}

function temporaryFolder() { return fs.mkdtempSync(path.join(os.tmpdir(), "pia-e2e-")); }

module.exports = { open, json, pagesToLookAt, temporaryFolder };
