// Turns a textarea of lines into chips; the textarea stays the form's value and the fallback.

const CROSS = "M6 6l12 12M18 6 6 18";
const SEPARATOR = /[\n;]|,(?!\d)/;

class ChipInput extends HTMLElement {
  connectedCallback() {
    if (this.entry) return;
    this.area = this.querySelector("textarea");
    this.lines = [];
    this.build();
    // The browser's own memory of a form does not reach chips when someone comes back to the page.
    this.add(this.area.value || (history.state?.lines ?? []).join("\n"));
    this.listen();
  }

  build() {
    this.entry = element("div", { className: "entry" });
    this.list = element("ul", { ariaLabel: "What you have so far" });
    this.status = element("p", { className: "visually-hidden", role: "status" });
    this.input = element("input", { type: "text", maxLength: 200, enterKeyHint: "enter", autocomplete: "off" });
    for (const name of ["aria-describedby", "aria-invalid", "autocapitalize"]) {
      if (this.area.hasAttribute(name)) this.input.setAttribute(name, this.area.getAttribute(name));
    }
    const id = this.area.id;
    this.area.removeAttribute("id");
    this.input.id = id;
    this.entry.append(this.list, this.input);
    this.area.hidden = true;
    this.area.before(this.entry, this.status);
  }

  listen() {
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("input", () => this.onInput());
    this.input.addEventListener("paste", (event) => this.onPaste(event));
    this.input.addEventListener("blur", () => this.take());
    this.closest("form")?.addEventListener("submit", () => this.take(), { capture: true });
    this.entry.addEventListener("click", (event) => event.target === this.entry && this.input.focus());
  }

  onKey(event) {
    if (event.key === "Enter" && !event.isComposing && this.input.value.trim()) {
      event.preventDefault();
      this.take();
    } else if (event.key === "Backspace" && !this.input.value && this.lines.length) {
      this.remove(this.lines.length - 1);
    }
  }

  onInput() {
    if (/;$|\D,$|,\s$/.test(this.input.value)) this.take();
  }

  onPaste(event) {
    const text = event.clipboardData.getData("text");
    if (!SEPARATOR.test(text.trim())) return;
    event.preventDefault();
    this.add(`${this.input.value} ${text}`);
    this.input.value = "";
  }

  take() {
    if (this.input.value.trim()) this.add(this.input.value, true);
    this.input.value = "";
  }

  add(text, aloud = false) {
    const found = text.split(SEPARATOR).map((line) => line.replace(/,$/, "").trim()).filter(Boolean);
    const fresh = [...new Set(found)].filter((line) => !this.lines.includes(line));
    this.lines.push(...fresh);
    // The chips that are there stay: one of them may just be getting the focus, or a click.
    this.list.append(...fresh.map((line) => this.chip(line)));
    this.tell(aloud && fresh.length ? `Added ${fresh.join(", ")}` : "");
  }

  remove(index) {
    const [gone] = this.lines.splice(index, 1);
    this.list.children[index].remove();
    this.tell(`Removed ${gone}`);
    this.input.focus();
  }

  tell(message) {
    this.area.value = this.lines.join("\n");
    history.replaceState({ ...history.state, lines: this.lines }, "");
    this.status.textContent = message;
    this.area.dispatchEvent(new Event("change", { bubbles: true }));
  }

  chip(line) {
    const item = element("li", { textContent: line });
    const button = element("button", { type: "button", ariaLabel: `Remove ${line}` });
    button.append(cross());
    button.addEventListener("click", () => this.remove(this.lines.indexOf(line)));
    item.append(button);
    return item;
  }
}

function element(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

function cross() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", CROSS);
  svg.append(path);
  return svg;
}

customElements.define("chip-input", ChipInput);
