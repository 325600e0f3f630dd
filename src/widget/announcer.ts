/**
 * The one live region of the page, in the light DOM where screen readers find it. It
 * speaks of what happens now; history and resumed messages are never put here.
 */

const KEEP_MS = 10_000;
/** Messages are gathered this long, and of more than a few only the number is read. */
const GATHER_MS = 1_000;
const MAX_LINES = 3;

let region: HTMLElement | undefined;
let users = 0;
let gathered: string[] = [];
let timers: ReturnType<typeof setTimeout>[] = [];

/** Adds the region for as long as somebody uses it; call what is returned when done. */
export function openAnnouncer(): () => void {
  if (users++ === 0) {
    region = document.createElement("div");
    region.role = "log";
    region.ariaLive = "polite";
    // Set through CSSOM: strict pages allow no style attribute.
    Object.assign(region.style, {
      position: "fixed",
      clipPath: "inset(50%)",
      whiteSpace: "nowrap",
    });
    document.body.append(region);
  }
  return () => {
    if (--users > 0) return;
    region?.remove();
    region = undefined;
    timers.forEach(clearTimeout);
    timers = [];
    gathered = [];
  };
}

/** Has `text` read out. */
export function announce(text: string): void {
  const line = document.createElement("div");
  line.textContent = text;
  region?.append(line);
  later(() => line.remove(), KEEP_MS);
}

/** Has a message read out; of a burst only the number, as `summary` puts it. */
export function announceMessage(
  text: string,
  summary: (count: number) => string,
): void {
  if (gathered.push(text) > 1) return;
  later(() => {
    if (gathered.length > MAX_LINES) announce(summary(gathered.length));
    else gathered.forEach(announce);
    gathered = [];
  }, GATHER_MS);
}

function later(task: () => void, delay: number): void {
  const timer = setTimeout(() => {
    timers = timers.filter((other) => other !== timer);
    task();
  }, delay);
  timers.push(timer);
}
