// Turns a textarea of lines into rows to add, move and remove; the textarea stays the form's field and the fallback.

import { filledLines, sentencesOf, unmarkedIngredients, unmarkedSteps } from "../lines.js";
import { RowDrag } from "../row-drag.js";

const LONG_STEP = 160;
const MOST_ROWS = 100;

class LineEditor extends HTMLElement {
  connectedCallback() {
    if (this.list) return;
    this.area = this.querySelector("textarea");
    this.ofSteps = this.dataset.kind === "instructions";
    this.build();
    this.fill(filledLines(this.area.value));
    if (this.area.ariaInvalid) this.mark(this.rows[this.dataset.wrongLine - 1] ?? this.rows[0]);
    this.listen();
  }

  build() {
    const frame = this.querySelector("template[data-frame]").content.firstElementChild.cloneNode(true);
    this.rowTemplate = this.querySelector("template[data-row]").content;
    this.list = frame.querySelector("ol");
    this.undoBar = frame.querySelector("[data-undo]");
    this.splitButton = frame.querySelector("[data-split]");
    this.count = frame.querySelector("[data-count]");
    this.name = this.area.id;
    this.area.removeAttribute("id");
    this.area.hidden = true;
    this.area.after(frame);
    this.drag = new RowDrag(this.list, () => this.onMoved());
    frame.querySelector("[data-add]").addEventListener("click", () => this.insert(null, [""]).focus());
    this.splitButton?.addEventListener("click", () => this.splitSteps());
    this.undoBar.querySelector("button").addEventListener("click", () => this.undo());
  }

  listen() {
    this.list.addEventListener("keydown", (event) => this.onKey(event));
    this.list.addEventListener("paste", (event) => this.onPaste(event));
    this.list.addEventListener("input", (event) => this.onInput(event));
    this.list.addEventListener("click", (event) => event.target.closest("[data-remove]") && this.remove(event.target.closest("li")));
    // Whoever sets the field from outside, as a kept draft does, says so by this event.
    this.area.addEventListener("change", () => this.fill(filledLines(this.area.value)));
    window.addEventListener("pageshow", () => this.area.value !== this.written && this.fill(filledLines(this.area.value)));
  }

  get rows() {
    return [...this.list.children];
  }

  get lines() {
    return this.rows.map((row) => entryOf(row).value);
  }

  fill(lines) {
    this.list.replaceChildren(...(lines.length ? lines : [""]).map((line) => this.row(line)));
    this.written = this.area.value;
    this.number();
    this.hideUndo();
  }

  row(line) {
    const row = this.rowTemplate.firstElementChild.cloneNode(true);
    const entry = entryOf(row);
    entry.value = line;
    for (const name of ["autocapitalize", "spellcheck"]) {
      if (this.area.hasAttribute(name)) entry.setAttribute(name, this.area.getAttribute(name));
    }
    return row;
  }

  // Puts lines behind a row, or at the end; gives the entry of the last one.
  insert(after, lines) {
    const rows = lines.map((line) => this.row(line));
    if (after) after.after(...rows);
    else this.list.append(...rows);
    this.changed();
    return entryOf(rows.at(-1));
  }

  changed() {
    this.number();
    this.list.dispatchEvent(new Event("input", { bubbles: true }));
  }

  onInput(event) {
    const row = event.target.closest("li");
    if (row) {
      this.hideUndo();
      this.describe(row, this.rows.indexOf(row));
    }
    this.area.value = this.written = this.lines.map((line) => line.trim()).filter(Boolean).join("\n");
    this.offerSplit();
  }

  number() {
    const rows = this.rows;
    rows.forEach((row, place) => this.describe(row, place));
    this.link(rows);
    this.count.textContent = rows.length > MOST_ROWS * 0.9 ? `${rows.length} of at most ${MOST_ROWS} lines` : "";
    this.offerSplit();
  }

  describe(row, place) {
    const entry = entryOf(row);
    const text = entry.value.trim();
    const heading = !this.ofSteps && text.endsWith(":");
    row.classList.toggle("is-heading", heading);
    entry.ariaLabel = `${heading ? "Heading, line" : this.dataset.noun} ${place + 1}`;
    row.querySelector("[data-handle]").ariaLabel = `Move ${text || `line ${place + 1}`}`;
    row.querySelector("[data-remove]").ariaLabel = `Remove ${text || `line ${place + 1}`}`;
    grow(entry);
  }

  // The field's label, and links to what is wrong, lead to the line that is wrong, else to the first.
  link(rows) {
    const first = entryOf(rows[0]);
    const named = this.wrong?.isConnected ? this.wrong : first;
    for (const row of rows) for (const name of ["id", "aria-describedby"]) entryOf(row).removeAttribute(name);
    named.id = this.name;
    if (this.area.hasAttribute("aria-describedby")) named.setAttribute("aria-describedby", this.area.getAttribute("aria-describedby"));
  }

  mark(row) {
    this.wrong = entryOf(row);
    this.wrong.ariaInvalid = "true";
    this.link(this.rows);
  }

  onKey(event) {
    const row = event.target.closest("li");
    const entry = entryOf(row);
    if (event.target !== entry || event.isComposing || event.ctrlKey || event.metaKey) return;
    const moves = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (moves && event.altKey) this.drag.step(row, moves, entry);
    else if (moves && this.atEdge(entry, moves)) this.neighbour(row, moves)?.focus();
    else if (event.key === "Enter") this.breakLine(row, entry);
    else if (event.key === "Backspace" && entry.selectionEnd === 0 && row.previousElementSibling) this.join(row, entry);
    else return;
    event.preventDefault();
  }

  // In an entry that wraps, the arrows move among its own lines first.
  atEdge(entry, moves) {
    if (entry.clientHeight < 2 * parseFloat(getComputedStyle(entry).lineHeight)) return true;
    return entry.selectionStart === entry.selectionEnd && entry.selectionStart === (moves < 0 ? 0 : entry.value.length);
  }

  neighbour(row, moves) {
    const next = moves < 0 ? row.previousElementSibling : row.nextElementSibling;
    return next && entryOf(next);
  }

  breakLine(row, entry) {
    const rest = entry.value.slice(entry.selectionEnd).trim();
    entry.value = entry.value.slice(0, entry.selectionStart).trimEnd();
    const fresh = this.insert(row, [rest]);
    fresh.focus();
    fresh.setSelectionRange(0, 0);
  }

  join(row, entry) {
    const before = entryOf(row.previousElementSibling);
    const text = entry.value.trim();
    const place = before.value.length;
    before.value = before.value && text ? `${before.value} ${text}` : before.value + text;
    row.remove();
    before.focus();
    before.setSelectionRange(place, place);
    this.changed();
  }

  remove(row) {
    const before = this.lines;
    const next = row.nextElementSibling ?? row.previousElementSibling;
    const text = entryOf(row).value.trim();
    row.remove();
    if (!next) this.list.append(this.row(""));
    this.changed();
    entryOf(next ?? this.list.firstElementChild).focus();
    if (text) this.offerUndo(before, `Removed “${text}”.`);
  }

  onPaste(event) {
    const pasted = event.clipboardData.getData("text/plain");
    const lines = this.unmarked(filledLines(pasted));
    const entry = event.target;
    if (!lines.length || lines[0] === pasted) return;
    event.preventDefault();
    if (lines.length === 1) {
      entry.setRangeText(lines[0], entry.selectionStart, entry.selectionEnd, "end");
      this.changed();
    } else {
      this.putLines(entry, lines);
    }
  }

  putLines(entry, lines) {
    const before = this.lines;
    const row = entry.closest("li");
    const ahead = entry.value.slice(0, entry.selectionStart).trim();
    const behind = entry.value.slice(entry.selectionEnd).trim();
    const [first, ...rest] = [ahead, ...lines, behind].filter(Boolean);
    entry.value = first;
    const last = this.insert(row, rest);
    const target = behind ? entryOf(last.closest("li").previousElementSibling) : last;
    target.focus();
    this.offerUndo(before, `${lines.length} lines pasted.`);
  }

  unmarked(lines) {
    return (this.ofSteps ? unmarkedSteps(lines) : unmarkedIngredients(lines)).filter(Boolean);
  }

  // Rows that hold a method: the only one, or long ones of several sentences.
  paragraphs() {
    const filled = this.rows.filter((row) => entryOf(row).value.trim());
    return filled.filter((row) => {
      const text = entryOf(row).value;
      return filled.length === 1 ? sentencesOf(text).length > 1 : text.length > LONG_STEP && sentencesOf(text).length > 2;
    });
  }

  offerSplit() {
    if (this.splitButton) this.splitButton.hidden = !this.paragraphs().length;
  }

  splitSteps() {
    const before = this.lines;
    const rows = this.paragraphs();
    for (const row of rows) row.replaceWith(...sentencesOf(entryOf(row).value).map((text) => this.row(text)));
    this.changed();
    entryOf(this.list.firstElementChild).focus();
    this.offerUndo(before, `Split into ${this.rows.length} steps.`);
  }

  onMoved() {
    this.hideUndo();
    this.changed();
  }

  offerUndo(lines, words) {
    this.before = lines;
    this.undoBar.querySelector("span").textContent = words;
    this.undoBar.hidden = false;
    say(`${words} Undo is below the list.`);
  }

  hideUndo() {
    this.undoBar.hidden = true;
  }

  undo() {
    this.list.replaceChildren(...this.before.map((line) => this.row(line)));
    this.hideUndo();
    this.changed();
    entryOf(this.list.lastElementChild).focus();
    say("Undone.");
  }
}

function entryOf(row) {
  return row.querySelector("textarea");
}

// Where the browser does not size a textarea by what is in it.
function grow(entry) {
  if (CSS.supports("field-sizing", "content")) return;
  entry.style.height = "auto";
  entry.style.height = `${entry.scrollHeight + 3}px`;
}

function say(words) {
  document.getElementById("status").textContent = words;
}

customElements.define("line-editor", LineEditor);
