// Unsaved text of forms, kept in this browser: each under a key of its own, for a week, and few of them.

const PREFIX = "draft:";
const ENDED = "drafts-ended";
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const MOST_DRAFTS = 12;
const LONGEST = 300_000;

const opened = Date.now();

// The drafts of one form, latest first: `{ key, at, version, values, sent }`.
export function draftsOf(form) {
  return all().filter((draft) => draft.key.startsWith(`${PREFIX}${form}:`));
}

// Text typed before somebody signed out, here or in another tab, is not kept after it.
export function keep(form, page, draft) {
  const text = JSON.stringify({ ...draft, at: Date.now() });
  if (text.length > LONGEST || Number(read(ENDED)) > opened) return;
  write(`${PREFIX}${form}:${page}`, text);
  for (const old of all().slice(MOST_DRAFTS)) drop(old.key);
}

export function drop(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing has nothing to drop.
  }
}

export function dropOwn(form, page) {
  drop(`${PREFIX}${form}:${page}`);
}

// What was sent is kept no longer once its recipe was saved, or a new one.
export function forgetSent(recipe) {
  for (const draft of all()) {
    const [, , about] = draft.key.split(":");
    if (draft.sent && (about === recipe || about === "new")) drop(draft.key);
  }
}

export function forgetAll() {
  for (const key of keys()) drop(key);
  write(ENDED, String(Date.now()));
}

function all() {
  const drafts = keys().map((key) => ({ ...parsed(read(key)), key }));
  for (const old of drafts) if (!(old.at > Date.now() - WEEK_MS)) drop(old.key);
  return drafts.filter((draft) => draft.at > Date.now() - WEEK_MS).sort((one, other) => other.at - one.at);
}

function keys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key, text) {
  try {
    localStorage.setItem(key, text);
  } catch {
    // Full, or not allowed: the form works all the same, and warns before it is left.
  }
}

function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
