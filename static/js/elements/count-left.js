// Says how many characters are left before a field's `data-most` is reached, and how many are too many: none is cut off.

const TOLD_FROM = 0.9;

class CountLeft extends HTMLElement {
  connectedCallback() {
    this.note = Object.assign(document.createElement("p"), { className: "hint count-left" });
    this.addEventListener("input", (event) => this.tell(event.target));
    this.addEventListener("change", (event) => this.tell(event.target));
    this.addEventListener("focusin", (event) => this.tell(event.target));
  }

  tell(field) {
    const most = Number(field.dataset?.most);
    if (!most) return;
    // Counted as the server does, which takes a sign such as 🍋 for one.
    const used = [...field.value].length;
    const words = used > most ? `${used - most} too many: at most ${most} characters` : `${most - used} of ${most} characters left`;
    const told = used >= most * TOLD_FROM;
    if (field.classList.toggle("is-over", used > most)) document.getElementById("status").textContent = words;
    this.note.textContent = told ? words : "";
    if (!told) this.note.remove();
    else if (this.note.previousElementSibling !== field) (field.closest("li") ?? field.parentElement).append(this.note);
  }
}

customElements.define("count-left", CountLeft);
