// Tells screen readers, when they have time.

export function announce(words) {
  document.getElementById("status").textContent = words;
}
