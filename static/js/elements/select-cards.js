// Shows what can be done with ticked recipes once one is ticked, and says how many are.

class SelectCards extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.boxes = [...this.form.elements].filter((field) => field.type === "checkbox" && field.name === "id");
    if (!this.boxes.length) return;
    this.count = this.querySelector(".bulk-count");
    this.whole = this.form.elements.namedItem("all");
    this.all = this.button(document.querySelector("[data-select-all]"));
    for (const box of this.boxes) box.addEventListener("change", () => this.untick());
    this.whole?.addEventListener("change", () => this.tick(true));
    this.all?.addEventListener("click", () => this.tick(!this.boxes.every((box) => box.checked)));
    this.form.addEventListener("reset", (event) => this.clear(event));
    this.form.addEventListener("keydown", (event) => this.enter(event));
    window.addEventListener("pageshow", () => this.update());
    this.update();
  }

  // In the place of the link that ticks all without script.
  button(link) {
    if (!link) return null;
    const button = document.createElement("button");
    button.type = "button";
    button.className = link.className;
    button.textContent = link.textContent;
    link.replaceWith(button);
    return button;
  }

  tick(checked) {
    for (const box of this.boxes) box.checked = checked;
    this.untick();
  }

  // A list of which one was unticked is not meant as a whole.
  untick() {
    if (this.whole && !this.boxes.every((box) => box.checked)) this.whole.checked = false;
    this.update();
  }

  clear(event) {
    event.preventDefault();
    this.tick(false);
    this.boxes[0].focus();
  }

  // Enter in a field does what the button beside it says, not what the first button of the bar does.
  enter(event) {
    if (event.key !== "Enter" || !event.target.matches("input, select")) return;
    event.preventDefault();
    this.form.requestSubmit(event.target.closest(".deed").querySelector("button"));
  }

  update() {
    const ticked = this.boxes.filter((box) => box.checked).length;
    this.hidden = !ticked;
    this.classList.toggle("is-floating", ticked > 0);
    this.count.textContent = this.whole?.checked ? "The whole list selected" : `${ticked} selected`;
    if (this.all) this.all.textContent = ticked === this.boxes.length ? "Select none" : "Select all on this page";
  }
}

customElements.define("select-cards", SelectCards);
