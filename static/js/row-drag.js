// Moves the rows of a list by their handles: dragged by mouse or finger, or picked up and moved by keys or buttons.

const EDGE_PX = 70;
const SLOP_PX = 4;

export class RowDrag {
  // `onMoved` hears of each new order.
  constructor(list, onMoved) {
    this.list = list;
    this.onMoved = onMoved;
    list.addEventListener("pointerdown", (event) => this.grab(event));
    list.addEventListener("click", (event) => this.onClick(event));
    list.addEventListener("keydown", (event) => this.onKey(event));
    list.addEventListener("focusout", (event) => this.onLeave(event));
  }

  // One step up or down; what had the focus keeps it.
  step(row, by, focus) {
    const next = by < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (next) this.place(row, by < 0 ? next : next.nextElementSibling, focus);
    say(`Moved to ${this.position(row)}.`);
  }

  place(row, before, focus) {
    this.moving = true;
    this.list.insertBefore(row, before);
    focus?.focus();
    this.moving = false;
    this.onMoved();
  }

  position(row) {
    const rows = [...this.list.children];
    return `${rows.indexOf(row) + 1} of ${rows.length}`;
  }

  // A click on the handle picks the row up, whether by key, mouse or finger; the next one lets go.
  onClick(event) {
    const button = event.target.closest("button");
    const row = event.target.closest("li");
    if (button?.matches("[data-up], [data-down]")) this.step(row, button.matches("[data-up]") ? -1 : 1, button);
    else if (button?.matches("[data-handle]") && !this.dragged) this.toggle(row);
  }

  toggle(row) {
    if (this.held === row) return this.letGo(true);
    this.letGo(true);
    this.pickUp(row);
    say(`Picked up, ${this.position(row)}. Arrow keys move it, Enter puts it down, Escape puts it back.`);
  }

  pickUp(row) {
    this.held = row;
    this.home = row.nextElementSibling;
    row.classList.add("is-held");
    handleOf(row).ariaPressed = "true";
  }

  letGo(stays) {
    const row = this.held;
    if (!row) return;
    this.held = null;
    row.classList.remove("is-held", "is-dragged");
    row.style.translate = "";
    handleOf(row).ariaPressed = "false";
    if (!stays && row.nextElementSibling !== this.home) this.place(row, this.home, handleOf(row));
    say(`${stays ? "Put down" : "Put back"}, ${this.position(row)}.`);
  }

  onKey(event) {
    if (!this.held || event.target.closest("li") !== this.held) return;
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by && !event.altKey) this.step(this.held, by, event.target);
    else if (event.key === "Escape") this.drop(false);
    else return;
    event.preventDefault();
  }

  onLeave(event) {
    if (this.held && !this.moving && !this.pointer && !this.held.contains(event.relatedTarget)) this.letGo(true);
  }

  grab(event) {
    const handle = event.target.closest("[data-handle]");
    if (!handle || event.button !== 0 || this.pointer) return;
    this.pointer = { id: event.pointerId, row: handle.closest("li"), from: event.clientY, y: event.clientY };
    this.listening = new AbortController();
    const signal = this.listening.signal;
    window.addEventListener("pointermove", (moved) => this.follow(moved), { signal });
    window.addEventListener("pointerup", () => this.drop(true), { signal });
    window.addEventListener("pointercancel", () => this.drop(false), { signal });
    window.addEventListener("keydown", (key) => key.key === "Escape" && this.drop(false), { signal });
  }

  follow(event) {
    this.pointer.y = event.clientY;
    if (!this.dragged && Math.abs(event.clientY - this.pointer.from) > SLOP_PX) this.lift();
    if (this.dragged) this.sort();
  }

  // The list keeps the pointer: a row that moves in the page would lose it.
  lift() {
    const { id, row, from } = this.pointer;
    this.letGo(true);
    this.dragged = true;
    this.pointer.grip = from - row.getBoundingClientRect().top;
    this.list.setPointerCapture(id);
    this.pickUp(row);
    row.classList.add("is-dragged");
    this.scroll();
  }

  // Puts the dragged row among the others by their middles, and draws it under the pointer.
  sort() {
    const row = this.held;
    const top = this.pointer.y - this.pointer.grip;
    const centre = top + row.offsetHeight / 2;
    row.style.translate = "";
    for (let next; (next = row.previousElementSibling) && centre < middle(next); ) this.place(row, next);
    for (let next; (next = row.nextElementSibling) && centre > middle(next); ) this.place(row, next.nextElementSibling);
    row.style.translate = `0 ${top - row.getBoundingClientRect().top}px`;
  }

  // Near the edge of the window the page moves along.
  scroll() {
    if (!this.pointer || !this.held) return;
    const { y } = this.pointer;
    const by = y < EDGE_PX ? -9 : y > innerHeight - EDGE_PX ? 9 : 0;
    if (by) {
      window.scrollBy(0, by);
      this.sort();
    }
    requestAnimationFrame(() => this.scroll());
  }

  drop(stays) {
    this.listening?.abort();
    const dragged = this.dragged;
    this.pointer = null;
    if (dragged || !stays) this.letGo(stays);
    // The click that may follow a drag is none.
    setTimeout(() => (this.dragged = false));
  }
}

function middle(row) {
  const { top, height } = row.getBoundingClientRect();
  return top + height / 2;
}

function handleOf(row) {
  return row.querySelector("[data-handle]");
}

function say(words) {
  document.getElementById("status").textContent = words;
}
