// A time in a step becomes a button; the running timers hear of it.

const TWICE_MS = 700;

class StartTimer extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.button.hidden = false;
    this.querySelector("p").hidden = true;
    this.button.addEventListener("click", (event) => this.start(event.timeStamp));
  }

  // A double tap means one timer.
  start(at) {
    if (at - (this.startedAt ?? -TWICE_MS) < TWICE_MS) return;
    this.startedAt = at;
    const { what, step, seconds } = this.dataset;
    document.dispatchEvent(new CustomEvent("timer-start", { detail: { what, step, seconds: Number(seconds) } }));
  }
}

customElements.define("start-timer", StartTimer);
