// Smaller and larger text for the steps, remembered for every recipe.

import { announce } from "../announcing.js";
import { recall, remember } from "../remembered.js";

const SIZES = 6;
const USUAL = 2;

class TextSize extends HTMLElement {
  connectedCallback() {
    const [smaller, larger] = this.querySelectorAll("button");
    smaller.addEventListener("click", () => this.change(-1));
    larger.addEventListener("click", () => this.change(1));
    this.hidden = false;
    this.put(recall("cook-text-size", USUAL));
  }

  change(by) {
    this.put(this.size + by);
    remember("cook-text-size", this.size);
    announce(`Text size ${this.size} of ${SIZES}`);
  }

  put(size) {
    this.size = Math.min(Math.max(Number(size) || USUAL, 1), SIZES);
    document.documentElement.dataset.textSize = this.size;
  }
}

customElements.define("text-size", TextSize);
