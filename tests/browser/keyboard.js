// Put into a page by keyboard.py: follows Tab from stop to stop and says what is wrong with each.

({
  REACHABLE: `a[href], button, input:not([type=hidden]), select, textarea, summary, [contenteditable], [onclick],
    [role=button], [role=link], [tabindex]:not([tabindex="-1"])`,
  seen: [],
  heard: 0,

  // Makes the next Tab lead to the first stop.
  goToTop() {
    const top = Object.assign(document.createElement("span"), { tabIndex: -1 });
    document.body.prepend(top);
    top.focus();
    top.remove();
  },

  // Lets keys answer without leading anywhere.
  begin() {
    this.goToTop();
    this.open = [...document.querySelectorAll("details[open]")];
    this.strict = [...document.forms].filter((form) => !form.noValidate);
    for (const form of this.strict) form.noValidate = true;
    this.listening = new AbortController();
    const hear = (event) => this.hear(event);
    for (const name of ["click", "submit"]) {
      window.addEventListener(name, hear, { capture: true, signal: this.listening.signal });
    }
  },

  hear(event) {
    const target = event.target.closest("a, button");
    if (event.type === "click" && (!target || target.type === "submit")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.heard += 1;
  },

  wanted() {
    const radios = new Set();
    return [...document.querySelectorAll(this.REACHABLE)].filter((stop) => {
      if (stop.matches(":disabled") || !stop.checkVisibility({ visibilityProperty: true })) return false;
      if (stop.type !== "radio") return true;
      const group = document.querySelectorAll(`input[type=radio][name="${CSS.escape(stop.name)}"]`);
      return stop === ([...group].find((radio) => radio.checked) ?? group[0]);
    });
  },

  // One stop: what it is, and its faults; null once Tab has come round.
  async stop() {
    const stop = document.activeElement;
    const isNextPart = stop.type === "date" && stop === this.seen.at(-1)?.stop;
    if (isNextPart) return { kind: "field", state: this.state(), faults: [] };
    const wanted = this.wanted();
    const next = wanted[this.seen.filter((each) => wanted.includes(each.stop)).length]; // a menu that was left is closed
    if (stop === document.body || (!next && stop === this.seen[0].stop)) return null;
    const faults = [];
    if (stop !== next) faults.push(`Tab reached ${this.name(stop)} where ${this.name(next)} comes next`);
    if (!this.onScreen(stop)) await this.nextFrame(); // it may be scrolled to only then
    if (!this.onScreen(stop)) faults.push(`${this.name(stop)} has the focus off the screen`);
    this.seen.push({ stop, look: this.look(stop) });
    return { kind: this.kind(stop), name: this.name(stop), state: this.state(), faults };
  },

  // Of boxes of one name the first stands for all.
  kind(stop) {
    const same = this.seen.filter((each) => each.stop.type === "checkbox" && each.stop.name === stop.name);
    if (stop.type === "checkbox") return same.length > 1 ? "field" : "checkbox";
    return stop.matches("summary") ? "summary" : stop.matches("a, button") ? "press" : "field";
  },

  name(stop) {
    return stop ? stop.outerHTML.replace(/\s+/g, " ").slice(0, 90) : "nothing";
  },

  nextFrame() {
    return new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)));
  },

  onScreen(stop) {
    const { top, right, bottom, left, width, height } = stop.getBoundingClientRect();
    return width > 1 && height > 1 && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
  },

  // What may show the focus: a line around the stop itself, what it draws, the words beside it or the box around it.
  look(stop) {
    const line = (element, part) => {
      const style = element ? getComputedStyle(element, part) : {};
      if (style.opacity === "0") return "";
      const outline = style.outlineStyle === "none" ? "" : `${style.outlineWidth} ${style.outlineColor}`;
      return [outline, style.boxShadow, style.borderColor, style.borderWidth].join();
    };
    return [line(stop), line(stop, "::after"), line(stop.nextElementSibling), line(stop.parentElement)].join("; ");
  },

  state() {
    const stop = document.activeElement;
    return [this.heard, stop.checked, stop.closest("details")?.open].join();
  },

  // After the last stop: which were never reached, and which look the same without the focus.
  end() {
    this.goToTop();
    const reached = this.seen.map((each) => each.stop);
    const missed = this.wanted().filter((stop) => !reached.includes(stop));
    const dull = this.seen.filter((each) => each.stop.isConnected && each.look === this.look(each.stop));
    return [
      ...missed.map((stop) => `Tab never reaches ${this.name(stop)}`),
      ...dull.map((each) => `${this.name(each.stop)} looks the same with the focus and without`),
    ];
  },

  restore() {
    this.listening.abort();
    for (const form of this.strict) form.noValidate = false;
    for (const details of document.querySelectorAll("details")) details.open = this.open.includes(details);
  },
})
