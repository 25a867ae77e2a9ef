// The recipe as far as it is written: a title, lines and steps that are added one by one, or all taken back.

export class GrowingCard {
  constructor(template, onCancel) {
    this.article = template.content.firstElementChild.cloneNode(true);
    this.heading = this.article.querySelector("h1");
    this.waiting = this.heading.textContent;
    this.button = this.article.querySelector("button");
    this.button.addEventListener("click", onCancel);
  }

  stage(words) {
    this.article.querySelector("[data-stage]").textContent = say(words);
  }

  show(part) {
    if (part.restart) this.clear();
    if (part.title) this.heading.textContent = say(part.title);
    if (part.ingredient) this.add("ingredients", lineOf(part.ingredient));
    if (part.instruction) this.add("steps", element("p", { textContent: part.instruction.text }));
  }

  add(name, content) {
    const list = this.article.querySelector(`.${name}`);
    const item = element("li");
    item.append(content);
    list.append(item);
    list.closest("section").hidden = list.closest(".recipe-body").hidden = false;
  }

  clear() {
    this.heading.textContent = this.waiting;
    for (const part of this.article.querySelectorAll(".recipe-body, .recipe-body section")) part.hidden = true;
    for (const list of this.article.querySelectorAll(".ingredients, .steps")) list.replaceChildren();
  }
}

// Stages and the title are read out, politely; a list that grows line by line would be too much.
export function say(words) {
  return (document.getElementById("status").textContent = words);
}

function lineOf({ amount, name, note }) {
  const line = element("span");
  if (amount) line.append(element("b", { className: "amount", textContent: amount }), " ");
  line.append(name);
  if (note) line.append(element("span", { className: "note", textContent: `, ${note}` }));
  return line;
}

function element(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}
