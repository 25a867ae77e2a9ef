// Copies what the field named by `data-from` holds, or the list items of the elements it names, a line each; stays hidden
// where copying is not allowed.

class CopyButton extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.label = this.button.querySelector("span");
    this.words = this.label.textContent;
    this.label.setAttribute("role", "status");
    this.button.hidden = !navigator.clipboard;
    this.button.addEventListener("click", () => this.copy());
  }

  get text() {
    const field = document.querySelector(`input${this.dataset.from}`);
    if (field) return field.value;
    const items = document.querySelectorAll(`${this.dataset.from} li`);
    return Array.from(items, (item) => item.innerText.trim()).join("\n");
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.text);
      this.say("Copied");
    } catch {
      this.say("Copying is not allowed here");
    }
  }

  say(words) {
    this.label.textContent = words;
    setTimeout(() => (this.label.textContent = this.words), 2500);
  }
}

customElements.define("copy-button", CopyButton);
