// Looks again every two seconds until the recipe is there.

class AwaitDraft extends HTMLElement {
  connectedCallback() {
    this.timer = setTimeout(() => location.reload(), 2000);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }
}

customElements.define("await-draft", AwaitDraft);
