// Keeps the screen on while one cooks, says so, and lets it go dark when told; hidden where the browser cannot.

import { recall, remember } from "../remembered.js";

class StayAwake extends HTMLElement {
  connectedCallback() {
    if (!navigator.wakeLock) return;
    this.hidden = false;
    this.button = this.querySelector("button");
    this.wanted = recall("cook-awake", true);
    this.button.addEventListener("click", () => this.toggle());
    // A lock ends when the page is hidden; some browsers grant one only to a touch or a key.
    for (const event of ["visibilitychange", "pointerup", "keyup"]) document.addEventListener(event, () => this.hold());
    this.tell();
    this.hold();
  }

  async toggle() {
    this.wanted = !this.lock;
    remember("cook-awake", this.wanted);
    if (this.wanted) return this.hold();
    await this.lock?.release();
  }

  async hold() {
    if (!this.wanted || this.lock || this.asking || document.visibilityState !== "visible") return;
    this.asking = true;
    try {
      this.lock = await navigator.wakeLock.request("screen");
      this.lock.addEventListener("release", () => this.drop());
    } catch {
      // A battery that runs low, or a setting; the next touch asks again.
    }
    this.asking = false;
    this.tell();
  }

  drop() {
    this.lock = null;
    this.tell();
  }

  tell() {
    this.classList.toggle("is-on", Boolean(this.lock));
    this.button.querySelector("span").textContent = this.lock ? "Screen stays on" : "Screen may go dark";
    this.button.title = this.lock ? "Let the screen go dark" : "Keep the screen on";
  }
}

customElements.define("stay-awake", StayAwake);
