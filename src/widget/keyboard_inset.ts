/**
 * Tells the style sheet how much of the page the keyboard of a phone covers, until `signal`
 * is aborted. Only padding follows it: resizing the panel would fight Safari's scrolling.
 */
export function followKeyboard(
  { style }: HTMLElement,
  signal: AbortSignal,
): void {
  const viewport = window.visualViewport;
  if (!viewport) return;
  const measure = () => {
    const covered = innerHeight - viewport.height - viewport.offsetTop;
    style.setProperty("--keyboard", `${Math.max(0, covered)}px`);
  };
  viewport.addEventListener("resize", measure, { signal });
  viewport.addEventListener("scroll", measure, { signal });
}
