// Sends the forms marked `data-grow` by fetch and shows the recipe while it is written, in the place of the page's content.

import { eventsOf } from "../events.js";
import { clearErrors, showErrors } from "../form-errors.js";
import { GrowingCard, say } from "../growing-card.js";

// The server sends something every second: so long without a word, the connection is dead.
const SILENCE_MS = 15_000;
const LOOK_AGAIN_MS = 2_000;
const MOST_LOOKS = 20;

class GrowRecipe extends HTMLElement {
  connectedCallback() {
    this.main = this.closest("main");
    for (const form of document.querySelectorAll("form[data-grow]")) {
      form.addEventListener("submit", (event) => this.begin(event));
    }
    window.addEventListener("pagehide", () => this.call?.abort());
    window.addEventListener("pageshow", (event) => event.persisted && this.card && this.end());
  }

  begin(event) {
    event.preventDefault();
    if (this.call) return;
    this.form = event.target;
    this.submitter = event.submitter;
    this.call = new AbortController();
    clearErrors(this.form);
    this.card = new GrowingCard(this.querySelector("[data-card]"), () => this.cancel());
    this.append(this.card.article);
    this.main.classList.add("is-growing");
    this.hidden = false;
    this.card.heading.focus();
    this.send(this.form.elements.request_id.value, this.call);
  }

  async send(id, call) {
    try {
      const problem = await this.follow(call);
      if (problem) this.fail(problem);
    } catch {
      // Nobody waits any more, or the connection broke.
      if (!call.signal.aborted || call.signal.reason === "silence") this.recover(id);
    }
  }

  // What went wrong, if the server said so; throws when the connection broke.
  async follow(call) {
    const answer = await fetch(this.form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(this.form)),
      headers: { Accept: "text/event-stream, application/problem+json" },
      signal: call.signal,
    });
    if (!answer.headers.get("Content-Type")?.startsWith("text/event-stream")) return answer.json();
    this.listenFor(call);
    for await (const { name, data } of eventsOf(answer)) {
      this.listenFor(call);
      if (name === "error") return data;
      if (name === "recipe") return this.open(data.draft_id);
      if (name === "progress") this.card.stage(data.message);
      if (name === "delta") this.card.show(data);
    }
    throw new Error("the stream ended early");
  }

  listenFor(call) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => call.abort("silence"), SILENCE_MS);
  }

  open(id) {
    clearTimeout(this.timer);
    this.card.button.hidden = true;
    this.card.stage(this.dataset.done);
    this.form.elements.request_id.value = newId();
    location.assign(`/drafts/${id}`);
  }

  cancel() {
    this.call.abort();
    this.end();
    this.submitter?.focus();
    say(this.dataset.cancelled);
  }

  fail(problem) {
    this.end();
    // What is used up has a page of its own, which the server gives to a form that is sent as usual.
    if (problem.status === 429) this.form.submit();
    else showErrors(this.form, this.querySelector("[data-summary]"), problem);
  }

  end() {
    clearTimeout(this.timer);
    this.card.article.remove();
    this.call = this.card = null;
    this.hidden = true;
    this.main.classList.remove("is-growing");
    this.form.elements.request_id.value = newId();
  }

  // A recipe that was finished is kept under its id; one that was not was given up, and not counted.
  async recover(id) {
    clearTimeout(this.timer);
    this.card.stage(this.dataset.broken);
    const call = (this.call = new AbortController());
    for (let looks = 0; looks < MOST_LOOKS && !call.signal.aborted; looks++) {
      const answer = await fetch(`/api/v1/drafts/${id}`, { signal: call.signal }).catch(() => null);
      if (answer?.ok) return this.open(id);
      if (answer && answer.status !== 503) break;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
    if (!call.signal.aborted) this.fail({ detail: this.dataset.lost });
  }
}

// A random UUID; `crypto.randomUUID` is there over HTTPS alone.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

customElements.define("grow-recipe", GrowRecipe);
