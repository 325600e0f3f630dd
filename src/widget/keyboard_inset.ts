/**
 * Tells the style sheet how much of the page the keyboard of a phone covers. Only padding
 * follows it: resizing the panel would fight Safari's own scrolling.
 */
export function followKeyboard(element: HTMLElement): () => void {
  const viewport = window.visualViewport;
  const measure = () => {
    if (!viewport) return;
    const covered = innerHeight - viewport.height - viewport.offsetTop;
    element.style.setProperty("--keyboard", `${Math.max(0, covered)}px`);
  };
  viewport?.addEventListener("resize", measure);
  viewport?.addEventListener("scroll", measure);
  return () => {
    viewport?.removeEventListener("resize", measure);
    viewport?.removeEventListener("scroll", measure);
    element.style.removeProperty("--keyboard");
  };
}
