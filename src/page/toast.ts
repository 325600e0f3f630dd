import { pick } from "./dom.ts";

const SHOWN_MS = 3_500;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Says something in passing, to eyes and to screen readers. */
export function toast(text: string): void {
  const line = pick(".toast");
  clearTimeout(timer);
  // An open dialog covers the rest of the page and silences it.
  (document.querySelector("dialog[open]") ?? document.body).append(line);
  line.textContent = text;
  timer = setTimeout(() => {
    line.textContent = "";
  }, SHOWN_MS);
}
