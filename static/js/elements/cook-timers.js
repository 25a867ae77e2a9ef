// The timers that run, on every step and after a reload; they ring when their moment has come, however late it is noticed.

import { announce } from "../announcing.js";
import { setUrgent } from "../page-title.js";
import { canBeHeard, hush, ring, unlock } from "../ringing.js";
import { clock, isOver, overdue, timeOfDay, Timers } from "../timers.js";

const LOOK_MS = 250;
const JUST_NOW_MS = 60_000;

class CookTimers extends HTMLElement {
  connectedCallback() {
    this.timers = new Timers(this.dataset.recipe);
    this.running = this.querySelector("ul");
    this.row = this.querySelector("template").content.firstElementChild;
    this.missed = new Set();
    this.ringing = new Set();
    this.waits = new Map();
    this.tellOfThoseMissed();
    document.addEventListener("timer-start", (event) => this.start(event.detail));
    document.addEventListener("visibilitychange", () => this.update());
    for (const touch of ["pointerup", "keydown"]) document.addEventListener(touch, () => this.touched());
    window.addEventListener("storage", (event) => event.key === this.timers.key && this.reread());
    this.running.addEventListener("click", (event) => this.press(event.target.closest("button")));
    this.looking = setInterval(() => this.update(), LOOK_MS);
    this.update();
  }

  disconnectedCallback() {
    clearInterval(this.looking);
    for (const { waiting } of this.waits.values()) clearTimeout(waiting);
  }

  start({ what, step, seconds }) {
    unlock();
    this.timers.start(what, step, seconds);
    this.update();
    announce(`Timer started: ${clock(seconds * 1000)}, ${what}`);
  }

  press(button) {
    if (!button) return;
    const row = button.closest("li");
    const { id } = row.dataset;
    if (button.dataset.do === "more") this.timers.addMinute(id);
    if (button.dataset.do === "pause") this.timers.pauseOrGoOn(id);
    if (button.dataset.do === "stop") this.stop(row, id);
    this.update();
  }

  stop(row, id) {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    const place = document.querySelector("section[data-step]:not([hidden]) h2, main:not(.cook)");
    (next?.querySelector("[data-do=stop]") ?? place).focus({ preventScroll: true });
    this.timers.stop(id);
  }

  touched() {
    if (this.timers.list.length) unlock();
    this.tellIfSilent();
  }

  reread() {
    this.timers.read();
    this.update();
  }

  tellOfThoseMissed() {
    const missed = this.timers.list.filter((timer) => isOver(timer) && !timer.told);
    if (!missed.length) return;
    const told = missed.map((timer) => `${timer.what} rang at ${timeOfDay(timer.ends)}`);
    // An alert is read only when its text changes in a page that is there.
    setTimeout(() => this.alarm(`While this page was closed: ${told.join("; ")}.`));
    for (const timer of missed) this.timers.tell(timer.id);
    this.missed = new Set(missed.map((timer) => timer.id));
    this.sound(missed.filter((timer) => overdue(timer) < JUST_NOW_MS));
  }

  update() {
    const due = this.timers.list.filter((timer) => isOver(timer) && !timer.told);
    for (const timer of due) this.timers.tell(timer.id);
    if (due.length) this.alarm(`Time is up: ${due.map((timer) => timer.what).join("; ")}.`);
    this.sound(due);
    this.hushIfAnswered();
    this.draw();
    this.wake();
  }

  sound(due) {
    if (!due.length) return;
    for (const timer of due) this.ringing.add(timer.id);
    ring();
  }

  alarm(words) {
    this.querySelector("[data-alert]").textContent = words;
  }

  // Another tab may have answered, too.
  hushIfAnswered() {
    if (!this.ringing.size || this.timers.list.some((timer) => isOver(timer) && this.ringing.has(timer.id))) return;
    this.ringing.clear();
    this.alarm("");
    hush();
  }

  draw() {
    const { list } = this.timers;
    for (const row of [...this.running.children]) if (!list.some((timer) => timer.id === row.dataset.id)) row.remove();
    for (const timer of list) this.drawRow(timer, this.rowOf(timer) ?? this.addRow(timer));
    this.running.hidden = !list.length;
    this.tellIfSilent();
    setUrgent(this.nearest());
  }

  rowOf(timer) {
    return [...this.running.children].find((row) => row.dataset.id === timer.id);
  }

  addRow(timer) {
    const row = this.row.cloneNode(true);
    row.dataset.id = timer.id;
    for (const name of row.querySelectorAll("[data-name]")) name.textContent = ` ${timer.what}`;
    this.running.append(row);
    return row;
  }

  drawRow(timer, row) {
    const over = isOver(timer);
    row.classList.toggle("is-over", over);
    row.classList.toggle("is-paused", Boolean(timer.left));
    row.querySelector("[data-do=pause]").hidden = over;
    put(row.querySelector("[data-pause]"), timer.left ? "Go on" : "Pause");
    put(row.querySelector("[data-clock]"), this.timeOf(timer));
  }

  tellIfSilent() {
    this.querySelector("[data-silent]").hidden = canBeHeard() || !this.timers.list.length;
  }

  nearest() {
    const waiting = this.timers.list.filter((timer) => !timer.left).sort((one, other) => one.ends - other.ends);
    return waiting.length ? `${this.timeOf(waiting[0])} ${waiting[0].what}` : "";
  }

  timeOf(timer) {
    if (timer.left) return clock(timer.left);
    if (!isOver(timer)) return clock(timer.ends - Date.now());
    const isNews = overdue(timer) < JUST_NOW_MS && !this.missed.has(timer.id);
    return isNews ? "Time is up" : `Rang at ${timeOfDay(timer.ends)}`;
  }

  // A page in the background looks seldom, but keeps each long wait that was begun by a touch.
  wake() {
    for (const { id, ends, left } of this.timers.list) {
      const known = this.waits.get(id);
      if (left || ends <= Date.now() || known?.ends === ends) continue;
      clearTimeout(known?.waiting);
      this.waits.set(id, { ends, waiting: setTimeout(() => this.update(), ends - Date.now()) });
    }
  }
}

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

customElements.define("cook-timers", CookTimers);
