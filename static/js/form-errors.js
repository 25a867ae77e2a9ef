// Shows what the server found wrong with a form the way its own page would: a summary with the focus, words at each field.

export function showErrors(form, skeleton, problem) {
  clearErrors(form);
  const errors = problem.errors?.length ? problem.errors : [{ field: "", message: problem.detail }];
  const summary = skeleton.content.firstElementChild.cloneNode(true);
  summary.querySelector("ul").replaceChildren(...errors.map((error) => entry(form, error)));
  (form.matches(".sheet") ? form : form.closest("main")).prepend(summary);
  summary.focus();
}

export function clearErrors(form) {
  const main = form.closest("main");
  for (const old of main.querySelectorAll(".error-summary, .field-error")) old.remove();
  for (const field of main.querySelectorAll(".has-error")) field.classList.remove("has-error");
  for (const control of main.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
  for (const control of main.querySelectorAll("[aria-describedby*='e-']")) describe(control);
}

// What describes a control are those of its hint, its error and so on that are there.
function describe(control, ...more) {
  const ids = [...(control.getAttribute("aria-describedby") ?? "").split(" "), ...more].filter((id) => document.getElementById(id));
  if (ids.length) control.setAttribute("aria-describedby", [...new Set(ids)].join(" "));
  else control.removeAttribute("aria-describedby");
}

function entry(form, { field, message }) {
  const item = document.createElement("li");
  const control = field && form.querySelector(`#f-${CSS.escape(field)}`);
  if (!control) {
    item.textContent = message;
    return item;
  }
  const link = Object.assign(document.createElement("a"), { href: `#f-${field}`, textContent: message });
  item.append(link);
  mark(control, field, message);
  return item;
}

function mark(control, field, message) {
  const words = Object.assign(document.createElement("p"), { className: "field-error", id: `e-${field}`, textContent: message });
  const box = control.closest(".field");
  box.classList.add("has-error");
  box.querySelector("label, legend").after(words);
  if (!control.matches("fieldset")) control.setAttribute("aria-invalid", "true");
  describe(control, words.id);
  control.closest("details")?.setAttribute("open", "");
}
