// The timers of one recipe, kept in this browser as the moments they end: a page that sleeps or reloads loses no time.

import { recall, remember } from "./remembered.js";

const FORGOTTEN_MS = 24 * 3_600_000;

export class Timers {
  constructor(recipe) {
    this.key = `timers:${recipe}`;
    this.read();
  }

  read() {
    const kept = recall(this.key, []);
    const known = Array.isArray(kept) ? kept.filter((timer) => timer?.id && timer.what) : [];
    this.list = known.filter((timer) => !(isOver(timer) && overdue(timer) > FORGOTTEN_MS));
  }

  start(what, step, seconds) {
    this.write([...this.list, { id: crypto.randomUUID?.() ?? `${Math.random()}`, what, step, ends: Date.now() + seconds * 1000 }]);
  }

  stop(id) {
    this.write(this.list.filter((timer) => timer.id !== id));
  }

  // One that rang already gets its minute from now.
  addMinute(id) {
    this.change(id, (timer) => {
      if (timer.left) return { ...timer, left: timer.left + 60_000 };
      return { ...timer, ends: Math.max(timer.ends, Date.now()) + 60_000, told: false };
    });
  }

  pauseOrGoOn(id) {
    this.change(id, (timer) => {
      if (timer.left) return { ...timer, left: null, ends: Date.now() + timer.left };
      return { ...timer, left: Math.max(timer.ends - Date.now(), 1) };
    });
  }

  tell(id) {
    this.change(id, (timer) => ({ ...timer, told: true }));
  }

  change(id, to) {
    this.write(this.list.map((timer) => (timer.id === id ? to(timer) : timer)));
  }

  write(list) {
    this.list = list;
    remember(this.key, list.length ? list : null);
  }
}

export function isOver(timer) {
  return !timer.left && timer.ends <= Date.now();
}

export function overdue(timer) {
  return Date.now() - timer.ends;
}

// 252,000 is "4:12".
export function clock(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  const pad = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}

export function timeOfDay(moment) {
  return new Date(moment).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}
