// Before its form is sent, asks the site (`data-ask`) what to do and the browser to do it (`data-does`: create or get),
// and puts the answer into the form. Stays as it is where the browser knows no passkeys.

const DOES = {
  create: {
    read: (options) => PublicKeyCredential.parseCreationOptionsFromJSON(options),
    run: (publicKey) => navigator.credentials.create({ publicKey }),
  },
  get: {
    read: (options) => PublicKeyCredential.parseRequestOptionsFromJSON(options),
    run: (publicKey) => navigator.credentials.get({ publicKey }),
  },
};
const WORDS = {
  NotAllowedError: "Nothing was done: it was cancelled, or took too long. You can try again.",
  InvalidStateError: "This device has a passkey for your account already.",
  SecurityError: "The browser does not allow passkeys at this address.",
};
const OTHERWISE = "The browser could not do that. Please try again, or use another device.";

class PasskeyForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.problem = this.querySelector("[data-problem]");
    this.does = DOES[this.dataset.does];
    if (!globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON) return;
    for (const part of [this, ...this.querySelectorAll("[data-with]")]) part.hidden = false;
    this.querySelector("[data-without]")?.remove();
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.busy) this.go();
    });
  }

  async go() {
    this.busy = true;
    this.problem.hidden = true;
    try {
      const options = await this.ask();
      if (!options) return;
      const credential = await this.does.run(this.does.read(options));
      this.form.elements.credential.value = JSON.stringify(credential);
      this.form.submit();
    } catch (error) {
      this.say(WORDS[error.name] ?? OTHERWISE);
    } finally {
      this.busy = false;
    }
  }

  async ask() {
    const answer = await fetch(this.dataset.ask, { method: "POST", headers: { Accept: "application/json" } });
    if (answer.ok) return answer.json();
    // Signed out, or confirmed too long ago: the page itself leads on from there.
    if ([401, 403].includes(answer.status)) return location.reload();
    this.say((await answer.json()).detail);
  }

  say(words) {
    this.problem.textContent = words;
    this.problem.hidden = false;
  }
}

customElements.define("passkey-form", PasskeyForm);
