// Grades answers with the own tests of Mozilla's HTTP Observatory, without a network: reads them as JSON, writes scores.
// What `scan()` does there after its retrieval is done here for answers that a test retrieved.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const observatory = `${process.argv[2]}/@mdn/mdn-http-observatory`;
const own = createRequire(`${observatory}/package.json`);
const load = (file) => import(pathToFileURL(`${observatory}/src/${file}`).href);
const { ALL_TESTS } = await load("constants.js");
const { Requests } = await load("types.js");
const { getGradeForScore, getScoreModifier } = await load("grader/grader.js");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await load("grader/charts.js");
const { parseHttpEquivHeaders } = await load("retriever/utils.js");
const { CONFIG } = await load("config.js");
const { AxiosHeaders } = own("axios");
const { CookieJar } = own("tough-cookie");
const FOREIGN = CONFIG.retriever.corsOrigin;

function response({ status, headers, body }) {
  const kept = {};
  for (const [name, value] of headers) (kept[name.toLowerCase()] ??= []).push(value);
  return { status, headers: new AxiosHeaders(kept), data: body, verified: true, request: { headers: { origin: FOREIGN } } };
}

function requestsOf({ url, answer, preflight, moves }) {
  const found = new Requests(new URL(url).hostname);
  const jar = new CookieJar();
  for (const [name, value] of answer.headers) {
    if (name.toLowerCase() === "set-cookie") jar.setCookieSync(value, url);
  }
  const auto = response(answer);
  auto.httpEquiv = answer.html ? parseHttpEquivHeaders(answer.body, url) : new Map();
  Object.assign(found.responses, { auto, https: auto, http: auto, cors: response(preflight) });
  const route = moves.map((each) => ({ url: new URL(each.url), status: each.status }));
  Object.assign(found.responses, { httpRedirects: route, httpsRedirects: route });
  found.resources.path = answer.body;
  found.session = { jar, url: new URL(url) };
  return found;
}

function score(results) {
  const modifiers = results.map((each) => getScoreModifier(each.result));
  const sum = (numbers) => numbers.reduce((total, each) => total + each, 100);
  const plain = sum(modifiers.filter((each) => each < 0));
  return getGradeForScore(plain >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? sum(modifiers) : plain);
}

const graded = JSON.parse(readFileSync(0, "utf8")).map((each) => {
  const results = ALL_TESTS.map((test) => test(requestsOf(each)));
  const failed = results.filter((result) => !result.pass).map((result) => result.result);
  return { name: each.name, ...score(results), failed };
});
process.stdout.write(JSON.stringify(graded));
