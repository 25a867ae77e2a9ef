// Remembers in this browser which ingredients are ticked off; `data-key` names the recipe and its version.

class TickList extends HTMLElement {
  connectedCallback() {
    this.boxes = [...this.querySelectorAll("input[type=checkbox]")];
    for (const index of this.stored()) if (this.boxes[index]) this.boxes[index].checked = true;
    this.addEventListener("change", () => this.store());
  }

  get key() {
    return `ticked:${this.dataset.key}`;
  }

  stored() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) ?? [];
    } catch {
      return [];
    }
  }

  store() {
    const ticked = this.boxes.flatMap((box, index) => (box.checked ? [index] : []));
    try {
      if (ticked.length) localStorage.setItem(this.key, JSON.stringify(ticked));
      else localStorage.removeItem(this.key);
    } catch {
      // A browser that keeps nothing still ticks.
    }
  }
}

customElements.define("tick-list", TickList);
