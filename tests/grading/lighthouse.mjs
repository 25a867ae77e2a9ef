// Lighthouse on pages of a running site, in one Chromium: reads what to open as JSON, writes scores and what failed.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const modules = process.argv[2];
const load = (file) => import(pathToFileURL(`${modules}/${file}`).href);
const { default: lighthouse } = await load("lighthouse/core/index.js");
const { launch } = await load("chrome-launcher/dist/index.js");

const { site, pages, categories: asked = ["accessibility", "best-practices"] } = JSON.parse(readFileSync(0, "utf8"));
const chrome = await launch({
  chromePath: process.env.CHROMIUM,
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  logLevel: "silent",
});
const graded = [];
try {
  for (const { path, cookie } of pages) {
    const { lhr } = await lighthouse(site + path, {
      port: chrome.port,
      logLevel: "silent",
      onlyCategories: asked,
      // With the others it waits five seconds, three times a page.
      throttlingMethod: "simulate",
      disableFullPageScreenshot: true,
      extraHeaders: cookie ? { Cookie: cookie } : {},
    });
    const categories = Object.values(lhr.categories);
    const counted = categories.flatMap((each) => each.auditRefs.filter((ref) => ref.weight > 0).map((ref) => ref.id));
    const failed = counted.filter((id) => lhr.audits[id].score !== null && lhr.audits[id].score < 1);
    const scores = Object.fromEntries(categories.map((each) => [each.id, each.score]));
    graded.push({ path, shown: new URL(lhr.finalDisplayedUrl).pathname, scores, failed, error: lhr.runtimeError?.code });
  }
} finally {
  chrome.kill();
}
process.stdout.write(JSON.stringify(graded));
