// Turns by arrow keys, space and swipe; `turn` gets 1 or -1.

const KEYS = { ArrowRight: 1, ArrowLeft: -1, " ": 1 };
const TYPED_IN = "input, textarea, select";
const PRESSED = "a, button, summary, label";
const LEAST_PX = 60;

export function steer(surface, turn) {
  document.addEventListener("keydown", (event) => onKey(event, turn));
  let begun = null;
  surface.addEventListener("touchstart", (event) => (begun = beginning(event)), { passive: true });
  surface.addEventListener("touchcancel", () => (begun = null), { passive: true });
  surface.addEventListener("touchend", (event) => {
    const by = begun && swipe(begun, event.changedTouches[0]);
    begun = null;
    if (by) turn(by);
  }, { passive: true });
}

function onKey(event, turn) {
  const by = KEYS[event.key];
  if (!by || event.repeat || event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
  if (event.target.closest(TYPED_IN) || (event.key === " " && event.target.closest(PRESSED))) return;
  event.preventDefault();
  turn(event.key === " " && event.shiftKey ? -1 : by);
}

// Two fingers zoom, and in a zoomed page one finger looks around.
function beginning(event) {
  const zoomed = (window.visualViewport?.scale ?? 1) > 1.05;
  return event.touches.length > 1 || zoomed || event.target.closest(TYPED_IN) ? null : event.touches[0];
}

function swipe(from, to) {
  const across = to.clientX - from.clientX;
  const down = Math.abs(to.clientY - from.clientY);
  return Math.abs(across) < LEAST_PX || Math.abs(across) < 2 * down ? 0 : -Math.sign(across);
}
