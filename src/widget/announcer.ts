/**
 * The one live region of the page, in the light DOM where screen readers find it. It
 * speaks of what happens now; history and resumed messages are never put here.
 */

let region: HTMLElement | undefined;
let users = 0;

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
    if (--users === 0) region?.remove();
  });
}

/** Has `text` read out. */
export function announce(text: string): void {
  if (!region) return;
  // The page may have replaced its body.
  if (!region.isConnected) document.body.append(region);
  region.textContent = text;
}
