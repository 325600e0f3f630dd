/**
 * The one live region of the page, in the light DOM where screen readers find it. It
 * speaks of what happens now; history and resumed messages are never put here.
 */

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
    region.style.position = "fixed";
    region.style.clipPath = "inset(50%)";
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
  if (!region) return;
  // The page may have replaced its body.
  if (!region.isConnected) document.body.append(region);
  region.textContent = text;
}

/** Has a message read out; of a burst only the number, as `summary` puts it. */
export function announceMessage(
  text: string,
  summary: (count: number) => string,
): void {
  if (gathered.push(text) > 1) return;
  timer = setTimeout(() => {
    const { length } = gathered;
    announce(length > MAX_GATHERED ? summary(length) : gathered.join("\n"));
    gathered = [];
  }, GATHER_MS);
}
