// Asks before a page with unsaved typing is left; Ctrl+S or ⌘S saves.

class GuardForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.warn = (event) => event.preventDefault();
    this.form.addEventListener("input", () => window.addEventListener("beforeunload", this.warn));
    this.form.addEventListener("submit", () => window.removeEventListener("beforeunload", this.warn));
    document.addEventListener("keydown", (event) => this.onKey(event));
  }

  onKey(event) {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    if (!event.repeat) this.form.requestSubmit(this.form.querySelector("[type=submit].is-primary"));
  }
}

customElements.define("guard-form", GuardForm);
