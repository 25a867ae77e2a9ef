// Goes on with an import, a batch at a time, until it is done, stopped by the server, or left.

const PAUSE_MS = 3_000;
const TRIES = 4;
// A screen reader hears how far it is this often.
const TELL_MS = 10_000;

class ImportProgress extends HTMLElement {
  connectedCallback() {
    if (!("go" in this.dataset)) return;
    this.told = Date.now();
    this.form = this.querySelector("form");
    for (const part of [this.form, this.querySelector("[data-by-hand]")]) part.hidden = true;
    for (const part of this.querySelectorAll("[data-stop], [data-about]")) part.hidden = false;
    this.goOn();
  }

  async goOn() {
    let failures = 0;
    while (this.isConnected && failures < TRIES) {
      try {
        const page = await this.batch();
        failures = 0;
        const next = page.querySelector("import-progress[data-go]");
        if (!next) return location.replace(location.pathname);
        this.show(next);
      } catch {
        // Nobody answers just now; what came in stays.
        failures += 1;
        await new Promise((done) => setTimeout(done, failures * PAUSE_MS));
      }
    }
    location.replace(this.querySelector("[data-stop]").href);
  }

  async batch() {
    const answer = await fetch(this.form.action, { method: "POST" });
    if (!answer.ok) throw new Error(answer.statusText);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  show(next) {
    const count = this.querySelector(".import-count");
    count.replaceChildren(...next.querySelector(".import-count").childNodes);
    this.querySelector("progress").value = next.querySelector("progress").getAttribute("value");
    if (Date.now() - this.told < TELL_MS) return;
    this.told = Date.now();
    document.getElementById("status").textContent = count.textContent;
  }
}

customElements.define("import-progress", ImportProgress);
