// Presses the button of its form by itself, so that a long job goes on from page to page.

class GoOn extends HTMLElement {
  connectedCallback() {
    setTimeout(() => this.isConnected && this.querySelector("form").requestSubmit(this.querySelector("button")), 400);
  }
}

customElements.define("go-on", GoOn);
