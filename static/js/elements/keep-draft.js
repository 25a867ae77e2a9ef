// Keeps what is typed into a form in this browser until it is saved, and offers it when someone comes back.

import { draftsOf, drop, dropOwn, keep } from "../kept-drafts.js";

const PAUSE_MS = 1000;

class KeepDraft extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.offer = this.querySelector("[data-offer]");
    // Tells this page's text from that of other tabs with the same form.
    this.page = Math.random().toString(36).slice(2);
    // Rows are made of the fields first.
    setTimeout(() => this.begin());
  }

  begin() {
    // Text that the server refused is nowhere but here.
    this.dirty = "unsaved" in this.dataset;
    this.shown = this.dirty ? {} : this.values();
    this.form.addEventListener("input", () => this.keepSoon());
    this.form.addEventListener("submit", () => this.keepNow(true));
    window.addEventListener("pagehide", () => this.dirty && this.keepNow(this.sent));
    document.addEventListener("visibilitychange", () => document.hidden && this.dirty && this.keepNow(this.sent));
    this.querySelector("[data-restore]").addEventListener("click", () => this.restore());
    this.querySelector("[data-discard]").addEventListener("click", () => this.discard());
    if (this.dirty) this.keepNow(false);
    this.ask();
  }

  // The fields that people fill in: those the server made up stay its own.
  fields() {
    return [...this.form.elements].filter((field) => field.name && field.type !== "hidden");
  }

  values() {
    return Object.fromEntries(this.fields().map((field) => [field.name, field.value]));
  }

  keepSoon() {
    this.dirty = true;
    this.sent = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keepNow(false), PAUSE_MS);
  }

  // `sent` text is forgotten once the server has said that it is saved.
  keepNow(sent) {
    clearTimeout(this.timer);
    this.sent = sent;
    const values = this.values();
    const version = this.form.elements.version?.value;
    if (!sent && same(this.shown, values)) dropOwn(this.dataset.form, this.page);
    else keep(this.dataset.form, this.page, { values, version, sent });
  }

  ask() {
    const others = draftsOf(this.dataset.form).filter((draft) => !draft.key.endsWith(`:${this.page}`));
    for (const draft of others) if (same(draft.values, this.values())) drop(draft.key);
    this.kept = others.find((draft) => !same(draft.values, this.values()));
    this.offer.hidden = !this.kept;
    if (!this.kept) return;
    const older = this.kept.version !== undefined && this.kept.version !== this.form.elements.version?.value;
    this.querySelector("[data-at]").textContent = timeOf(this.kept.at);
    this.querySelector("[data-older]").hidden = !older;
  }

  // Text of an older version is saved as made from that one: the server then shows both and what became of each.
  restore() {
    const { key, values, version } = this.kept;
    for (const field of this.fields()) {
      if (values[field.name] === undefined) continue;
      field.value = values[field.name];
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    if (version !== undefined && this.form.elements.version) this.form.elements.version.value = version;
    this.form.dispatchEvent(new Event("input"));
    this.keepNow(false);
    this.close(key, "Your text is back. It is not saved yet.");
  }

  discard() {
    this.close(this.kept.key, "Your unsaved text is discarded.");
  }

  close(key, words) {
    drop(key);
    this.ask();
    document.getElementById("status").textContent = words;
    if (this.offer.hidden) this.form.querySelector("input:not([type=hidden])").focus();
  }
}

function same(one, other) {
  return Object.keys(other).every((name) => tidy(one[name]) === tidy(other[name]));
}

function tidy(text) {
  return (text ?? "").replace(/\r\n?/g, "\n").trim();
}

function timeOf(at) {
  const moment = new Date(at);
  const time = moment.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (moment.toDateString() === new Date().toDateString()) return time;
  return `${moment.toLocaleDateString("en-GB", { day: "numeric", month: "long" })}, ${time}`;
}

customElements.define("keep-draft", KeepDraft);
