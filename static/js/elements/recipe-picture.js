// A picture that cannot be had leaves no gap.

class RecipePicture extends HTMLElement {
  connectedCallback() {
    const picture = this.querySelector("img");
    const leave = () => (this.hidden = true);
    picture.addEventListener("error", leave);
    if (picture.complete && !picture.naturalWidth) leave();
  }
}

customElements.define("recipe-picture", RecipePicture);
