// What every page gets: no double sending, focus on what went wrong, a current line of ticked allergies, and an end to
// kept text that was saved or whose writer signed out.

import { forgetAll, forgetSent } from "./kept-drafts.js";

// Longer than any answer may take: someone who stopped the page can then send the form again.
const GIVE_UP_MS = 30_000;

function holdForm(event) {
  const form = event.target;
  // A button may send the form by GET, to fetch a file: that leaves the page as it is.
  if ((event.submitter?.formMethod || form.method) !== "post" || event.defaultPrevented) return;
  if (form.ariaBusy === "true") {
    event.preventDefault();
    return;
  }
  form.ariaBusy = "true";
  const button = event.submitter;
  if (!button || !form.dataset.busy) return;
  button.dataset.pressed = button.innerHTML;
  button.textContent = form.dataset.busy;
  document.getElementById("status").textContent = form.dataset.busy;
  setTimeout(releaseForms, GIVE_UP_MS);
}

function releaseForms() {
  for (const form of document.querySelectorAll("form[aria-busy]")) {
    form.ariaBusy = null;
    const button = form.querySelector("[data-pressed]");
    if (!button) continue;
    button.innerHTML = button.dataset.pressed;
    delete button.dataset.pressed;
  }
}

function nameTicked(line) {
  const boxes = document.querySelectorAll(`input[name="${line.dataset.ticked}"]:checked`);
  const names = Array.from(boxes, (box) => box.parentElement.textContent.trim().toLowerCase());
  line.textContent = names.join(", ") || line.dataset.none;
}

function openTarget() {
  document.getElementById(location.hash.slice(1))?.closest("details")?.setAttribute("open", "");
}

document.addEventListener("submit", holdForm);
window.addEventListener("pageshow", releaseForms);
window.addEventListener("hashchange", openTarget);
document.querySelector(".error-summary")?.focus();
document.querySelector(".sign-out")?.addEventListener("submit", forgetAll);
if (/[?&]done=(saved|changed)\b/.test(location.search)) forgetSent(location.pathname.split("/").at(-1));
for (const line of document.querySelectorAll("[data-ticked]")) {
  document.addEventListener("change", () => nameTicked(line));
}
