// Lines of a pasted list without their marks, as flavorbot/list_marks.py makes them, and a paragraph as sentences.

const BREAK = /\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]/;
const BULLETS = /^(?:[•◦●○‣▪▫■□▢☐☑☒✓✔·∙⁃➢➤]\s*|[-*–—](?:\s+|$)|\[[ xX]?\](?:\s+|$))+/;
const NUMBER = /^\(?(\d{1,2})[.)](?:\s+|$)/;
const STEP = /^step\s+\d{1,2}\s*(?:[:.)–—-]\s*|$)/i;
const SENTENCE_END = /(?<=[.!?]["”’)]?)(?<!\b(?:e\.g|i\.e|approx|no|tbsp|tsp|mr|mrs|dr|st)\.)\s+(?=["“‘(]?\p{Lu})/iu;

export function filledLines(text) {
  return text.split(BREAK).map(tidy).filter(Boolean);
}

export function unmarkedIngredients(lines) {
  const bare = lines.map((line) => tidy(line).replace(BULLETS, ""));
  const counting = countingPlaces(bare);
  return bare.map((line, place) => (counting.has(place) ? line.replace(NUMBER, "") : line));
}

export function unmarkedSteps(lines) {
  return lines.map((line) => tidy(line).replace(BULLETS, "").replace(NUMBER, "").replace(STEP, ""));
}

export function sentencesOf(text) {
  return text.split(SENTENCE_END).filter(Boolean);
}

function tidy(line) {
  return line.trim().replace(/\s+/g, " ");
}

// A number is numbering only where the lines count on: "1. onion" by itself stays an amount.
function countingPlaces(lines) {
  const numbered = lines.flatMap((line, place) => (NUMBER.test(line) ? [{ place, number: Number(NUMBER.exec(line)[1]) }] : []));
  const places = new Set();
  numbered.forEach((one, index) => {
    const next = numbered[index + 1];
    if (next && next.number === one.number + 1) places.add(one.place).add(next.place);
  });
  return places;
}
