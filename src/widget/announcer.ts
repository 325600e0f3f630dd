/**
 * The one live region of the page, in the light DOM where screen readers find it. It
 * speaks of what happens now; history and resumed messages are never put here.
 */

/** Lines that stay behind; old ones are of no use to anybody. */
const MAX_LINES = 9;
/** Messages are gathered this long, and of more than a few only the number is read. */
const GATHER_MS = 1_000;
const MAX_GATHERED = 3;

let region: HTMLElement | undefined;
let users = 0;
let gathered: string[] = [];
let timer: ReturnType<typeof setTimeout>;

/** Has the region in the page until `signal` is aborted. */
export function openAnnouncer(signal: AbortSignal): void {
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
  signal.addEventListener("abort", () => {
    if (--users > 0) return;
    region?.remove();
    clearTimeout(timer);
    gathered = [];
  });
}

/** Has `text` read out. */
export function announce(text: string): void {
  const line = document.createElement("div");
  line.textContent = text;
  region?.append(line);
  if (region && region.childElementCount > MAX_LINES)
    region.firstChild?.remove();
}

/** Has a message read out; of a burst only the number, as `summary` puts it. */
export function announceMessage(
  text: string,
  summary: (count: number) => string,
): void {
  if (gathered.push(text) > 1) return;
  timer = setTimeout(() => {
    if (gathered.length > MAX_GATHERED) announce(summary(gathered.length));
    else gathered.forEach(announce);
    gathered = [];
  }, GATHER_MS);
}
