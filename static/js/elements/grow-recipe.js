// Sends the forms marked `data-grow` by fetch and shows the recipe while it is written, in the place of the page's content.

import { eventsOf } from "../events.js";
import { clearErrors, showErrors } from "../form-errors.js";

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
    window.addEventListener("pageshow", (event) => event.persisted && this.end());
  }

  begin(event) {
    event.preventDefault();
    if (this.call) return;
    this.form = event.target;
    this.submitter = event.submitter;
    this.call = new AbortController();
    clearErrors(this.form);
    this.append(this.querySelector("[data-card]").content.cloneNode(true));
    this.heading = this.querySelector("h1");
    this.waiting = this.heading.textContent;
    this.button = this.querySelector("button");
    this.button.addEventListener("click", () => this.cancel());
    this.main.classList.add("is-growing");
    this.hidden = false;
    this.heading.focus();
    this.send(this.form.elements.request_id.value, this.call);
  }

  async send(id, call) {
    try {
      const problem = await this.follow(id, call);
      if (problem) this.fail(problem);
    } catch (error) {
      if (call.signal.aborted && call.signal.reason !== "silence") return;
      this.recover(id);
    }
  }

  // What went wrong, if the server said so; throws when the connection broke.
  async follow(id, call) {
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
      if (name === "progress") this.tell(data.message);
      if (name === "delta") this.show(data);
    }
    throw new Error("the stream ended early");
  }

  listenFor(call) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => call.abort("silence"), SILENCE_MS);
  }

  show(part) {
    if (part.restart) this.clear();
    if (part.title) this.heading.textContent = say(part.title);
    if (part.ingredient) this.add("ingredients", lineOf(part.ingredient));
    if (part.instruction) this.add("steps", element("p", { textContent: part.instruction.text }));
  }

  add(name, content) {
    const list = this.querySelector(`.${name}`);
    const item = element("li");
    item.append(content);
    list.append(item);
    list.closest("section").hidden = list.closest(".recipe-body").hidden = false;
  }

  clear() {
    this.heading.textContent = this.waiting;
    for (const part of this.querySelectorAll(".recipe-body, .recipe-body section")) part.hidden = true;
    for (const list of this.querySelectorAll(".ingredients, .steps")) list.replaceChildren();
  }

  tell(message) {
    this.querySelector("[data-stage]").textContent = say(message);
  }

  open(id) {
    clearTimeout(this.timer);
    this.button.hidden = true;
    this.tell(this.dataset.done);
    this.form.elements.request_id.value = newId();
    location.assign(`/drafts/${id}`);
  }

  cancel() {
    this.call?.abort();
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
    this.call = null;
    this.hidden = true;
    this.querySelector("article")?.remove();
    this.main.classList.remove("is-growing");
    if (this.form) this.form.elements.request_id.value = newId();
  }

  // A recipe that was finished is kept under its id; one that was not was given up, and not counted.
  async recover(id) {
    this.tell(this.dataset.broken);
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

function lineOf({ amount, name, note }) {
  const line = element("span");
  if (amount) line.append(element("b", { className: "amount", textContent: amount }), " ");
  line.append(name);
  if (note) line.append(element("span", { className: "note", textContent: `, ${note}` }));
  return line;
}

// Stages and the title are read out, politely; a list that grows line by line would be too much.
function say(words) {
  return (document.getElementById("status").textContent = words);
}

function element(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
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
