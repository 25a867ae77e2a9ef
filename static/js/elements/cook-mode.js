// All steps are in the page: shows one at a time without another request, and remembers where one was.

import { announce } from "../announcing.js";
import { setPlace } from "../page-title.js";
import { recall, remember } from "../remembered.js";
import { steer } from "../steering.js";

const REMEMBERED_MS = 12 * 3_600_000;
const WIDE = "(width >= 62rem)";

class CookMode extends HTMLElement {
  connectedCallback() {
    this.screens = [...this.querySelectorAll("[data-step]")].filter((each) => each.matches("section"));
    this.where = this.querySelector("[data-where]");
    this.progress = this.querySelector("progress");
    this.previous = this.querySelector("[rel=prev]");
    this.next = this.querySelector("[rel=next]");
    this.querySelector("details").open = matchMedia(WIDE).matches;
    this.makeRoomForBar();
    this.putToday();
    this.offerToGoOn();
    for (const link of [this.previous, this.next]) link.addEventListener("click", (event) => this.follow(event));
    steer(this, (by) => this.turn(by));
  }

  get step() {
    return this.screens.findIndex((screen) => !screen.hidden) + 1;
  }

  get memory() {
    return `cook:${this.dataset.recipe}`;
  }

  follow(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.turn(event.currentTarget === this.next ? 1 : -1);
  }

  turn(by) {
    this.show(this.step + by);
  }

  show(step) {
    const shown = this.screens[step - 1];
    if (!shown) return;
    const isLast = step === this.screens.length;
    for (const screen of this.screens) screen.hidden = screen !== shown;
    const heading = shown.querySelector("h2");
    this.where.textContent = isLast ? "Done" : heading.textContent;
    this.progress.value = step;
    this.aim(this.previous, step - 1);
    this.aim(this.next, step + 1);
    this.next.querySelector("span").textContent = step === this.screens.length - 1 ? "Finish" : "Next";
    history.replaceState(history.state, "", this.addressOf(step));
    setPlace(`${isLast ? "Done" : `Step ${step}`}: ${this.querySelector("h1").textContent} – FlavorBot`);
    remember(this.memory, isLast ? null : { version: this.dataset.version, step, at: Date.now() });
    this.querySelector("[data-resume]").hidden = true;
    this.settle(heading);
    announce([heading.textContent, shown.querySelector(".cook-text")?.textContent ?? ""].join(". "));
  }

  aim(link, step) {
    link.hidden = !this.screens[step - 1];
    link.href = this.addressOf(step);
  }

  addressOf(step) {
    return `${this.dataset.path}&step=${step}`;
  }

  // Whoever presses Next again and again stays there; a focus that is hidden now goes to the new step.
  settle(heading) {
    scrollTo({ top: 0 });
    const focused = document.activeElement;
    if (focused === document.body || !focused.checkVisibility()) heading.focus({ preventScroll: true });
  }

  // What has the focus is scrolled to where no timer covers it.
  makeRoomForBar() {
    const bar = this.querySelector(".cook-bar");
    const measure = () => document.documentElement.style.setProperty("--cook-bar", `${bar.offsetHeight + 8}px`);
    new ResizeObserver(measure).observe(bar);
  }

  offerToGoOn() {
    const last = recall(this.memory);
    const fresh = last && last.version === this.dataset.version && Date.now() - last.at < REMEMBERED_MS;
    const asked = new URLSearchParams(location.search).has("step") || location.pathname.endsWith("/cooked");
    if (asked || !fresh || last.step === this.step || last.step > this.screens.length) return;
    const offer = this.querySelector("[data-resume]");
    offer.querySelector("b").textContent = `step ${last.step}`;
    const button = offer.querySelector("button");
    button.textContent = `Go on at step ${last.step}`;
    button.addEventListener("click", () => this.show(last.step));
    offer.hidden = false;
  }

  // The server's day may be another one than the cook's.
  putToday() {
    const field = this.querySelector("[data-today]");
    const now = new Date();
    const pad = (number) => String(number).padStart(2, "0");
    const today = `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
    if (field.value === field.dataset.today) field.value = today;
  }
}

customElements.define("cook-mode", CookMode);
