// Screenshots of every page for looking at: node shots.js BASE_URL FOLDER [WIDTH...]
// Pages are found by the links of the pages themselves, so that it works on any index.
"use strict";
const { open, pagesToLookAt } = require("./browser.js");

async function main() {
  const [base, folder, ...widths] = process.argv.slice(2);
  const browser = await open();
  for (const width of widths.length ? widths.map(Number) : [1280, 390]) {
    for (const scheme of ["light", "dark"]) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, locale: "ja-JP" });
      const page = await context.newPage();
      for (const [name, address] of Object.entries(await pagesToLookAt(base))) {
        await page.goto(address);
        await page.screenshot({ path: `${folder}/${name}-${width}-${scheme}.png`, fullPage: width < 500 ? false : false });
      }
      await context.close();
    }
  }
  await browser.close();
}
main().catch((error) => { console.error(error); process.exit(1); });
