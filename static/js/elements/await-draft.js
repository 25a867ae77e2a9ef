// Looks every two seconds whether the recipe is there, and loads the page only then, so that nobody loses their place.

class AwaitDraft extends HTMLElement {
  connectedCallback() {
    this.lookLater();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  lookLater() {
    this.timer = setTimeout(() => this.look(), 2000);
  }

  async look() {
    try {
      const answer = await fetch(location.href);
      const page = await answer.text();
      if (!page.includes("<await-draft")) location.reload();
    } catch {
      // Nobody answers just now; the next look may find more.
    }
    this.lookLater();
  }
}

customElements.define("await-draft", AwaitDraft);
