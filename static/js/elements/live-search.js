// Searches while somebody types or chooses: fetches the page that the form would lead to, and shows what it found.
// A filter that has the focus stays as it is: its counts do not depend on itself.

const PAUSE_MS = 180;

class LiveSearch extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.addEventListener("input", (event) => {
      // Recipes are ticked in here, too: those fields belong to another form.
      if (event.target.form === this.form) this.later(["search", "text"].includes(event.target.type) ? PAUSE_MS : 0);
    });
    this.addEventListener("submit", (event) => event.target === this.form && this.now(event));
    this.addEventListener("click", (event) => this.follow(event));
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.request?.abort();
  }

  get address() {
    const asked = [...new FormData(this.form)].filter(([name, value]) => value && !this.isDefault(name, value));
    const query = new URLSearchParams(asked).toString();
    return query ? `${this.form.action}?${query}` : this.form.action;
  }

  isDefault(name, value) {
    if (name === "filters") return !this.querySelector(".filter-more").open;
    return (name === "sort" && value === "best") || (name === "missing" && value === "0");
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(this.address), pause);
  }

  now(event) {
    event.preventDefault();
    this.later(0);
  }

  follow(event) {
    const link = event.target.closest("a.filter-link");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.show(link.href).then(() => this.querySelector("summary")?.focus());
  }

  async show(address) {
    this.request?.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    this.found.ariaBusy = "true";
    try {
      const answer = await fetch(address, { signal });
      if (answer.redirected || (!answer.ok && answer.status !== 422)) throw new Error(answer.statusText);
      this.take(new DOMParser().parseFromString(await answer.text(), "text/html"), address);
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
    }
  }

  get found() {
    return this.querySelector("#found");
  }

  take(page, address) {
    const found = page.querySelector("#found");
    if (!found) throw new Error("no list");
    this.found.replaceWith(found);
    this.takeFilters(page);
    history.replaceState(history.state, "", address);
    const told = found.querySelector("[data-told], h2")?.textContent ?? "";
    document.getElementById("status").textContent = told.trim();
  }

  takeFilters(page) {
    const [old, fresh] = [this, page].map((each) => each.querySelector(".filter-more, p:has(> .filter-link)"));
    if (old && fresh && old.localName !== fresh.localName) old.replaceWith(fresh);
    for (const part of this.form.querySelectorAll("[data-part]")) {
      const other = page.querySelector(`[data-part="${part.dataset.part}"]`);
      if (other && !part.contains(document.activeElement)) part.replaceWith(other);
    }
  }
}

customElements.define("live-search", LiveSearch);
