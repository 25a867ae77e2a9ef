// Asks before a page with unsaved typing is left, or one whose text was refused (`data-unsaved`); Ctrl+S or ⌘S saves.

class GuardForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.warn = (event) => event.preventDefault();
    const guard = () => window.addEventListener("beforeunload", this.warn);
    this.form.addEventListener("input", guard);
    if ("unsaved" in this.dataset) guard();
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
