// Rings by sound and vibration, as far as the browser lets a page that was touched once.

const EVERY_MS = 2_000;
const LONGEST_MS = 60_000;
const NOTES = [[0, 880], [0.18, 1175], [0.36, 880], [0.54, 1175]];

let audio = null;
let repeating = null;

// Browsers complain about sound and vibration that come before any touch or key.
export function unlock() {
  if (!navigator.userActivation?.hasBeenActive && navigator.userActivation) return;
  try {
    audio ??= new AudioContext();
    if (audio.state === "suspended") audio.resume();
  } catch {
    // Without sound there are still text and vibration.
  }
}

export function canBeHeard() {
  return audio !== null || !window.AudioContext;
}

export function ring() {
  hush();
  const begun = Date.now();
  sound();
  repeating = setInterval(() => (Date.now() - begun < LONGEST_MS ? sound() : hush()), EVERY_MS);
}

export function hush() {
  clearInterval(repeating);
  repeating = null;
}

function sound() {
  unlock();
  if (audio) for (const [delay, pitch] of NOTES) beep(audio.currentTime + delay, pitch);
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([300, 150, 300]);
}

function beep(at, pitch) {
  const tone = new OscillatorNode(audio, { type: "triangle", frequency: pitch });
  const loudness = new GainNode(audio, { gain: 0 });
  loudness.gain.setValueAtTime(0, at);
  loudness.gain.linearRampToValueAtTime(0.6, at + 0.02);
  loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.16);
  tone.connect(loudness).connect(audio.destination);
  tone.start(at);
  tone.stop(at + 0.17);
}
