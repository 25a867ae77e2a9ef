// Asks before a page with unsaved typing is left.

class GuardForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.warn = (event) => event.preventDefault();
    this.form.addEventListener("input", () => window.addEventListener("beforeunload", this.warn));
    this.form.addEventListener("submit", () => window.removeEventListener("beforeunload", this.warn));
  }
}

customElements.define("guard-form", GuardForm);
