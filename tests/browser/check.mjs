// Holds HTML reports against axe-core in a real Chromium, at the width of a desk and of a phone and in the dark, and takes pictures.
// How to run it: tests/browser/README.md
import { chromium } from "playwright-core";
import { readFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [pictures, ...files] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
if (pictures !== "-") mkdirSync(pictures, { recursive: true });

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags });
let failed = 0;
for (const file of files) {
  for (const [width, height, colorScheme] of [[1280, 900, "light"], [375, 780, "light"], [1280, 900, "dark"]]) {
    // The page forbids scripts; axe is put in past that rule, and the page itself must have none.
    const context = await browser.newContext({ viewport: { width, height }, colorScheme, bypassCSP: true });
    const page = await context.newPage();
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(resolve(file)).href);
    const scripts = await page.locator("script").count();
    await page.evaluate(axe);
    const result = await page.evaluate(() => globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }));
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth);
    const outside = asked.filter((url) => !url.startsWith("file:"));
    const wrong = result.violations.map((v) => `${v.impact} ${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 160)}`);
    if (scripts) wrong.push(`${scripts} scripts`);
    if (outside.length) wrong.push(`asks for ${outside.join(" ")}`);
    if (sideways > 0) wrong.push(`${sideways} pixels too wide`);
    failed += wrong.length;
    console.log(`${wrong.length ? "NOT OK" : "ok"} ${basename(file)} at ${width}, ${colorScheme}, ${result.passes.length} rules passed`);
    wrong.forEach((line) => console.log(`    ${line}`));
    if (pictures !== "-") {
      await page.screenshot({ path: `${pictures}/${basename(file, ".html")}-${width}-${colorScheme}.png`, fullPage: true });
      if (width === 1280 && colorScheme === "light") await page.pdf({ path: `${pictures}/${basename(file, ".html")}.pdf`, preferCSSPageSize: true });
    }
    await context.close();
  }
}
await browser.close();
process.exitCode = failed ? 1 : 0;
