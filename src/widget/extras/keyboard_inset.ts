import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";

/**
 * Tells the style sheet how much of the page the keyboard of a phone covers. Only padding
 * follows it: resizing the panel would fight Safari's scrolling.
 */
export function createKeyboardInset({ element }: Conversation): Extension {
  const viewport = window.visualViewport;
  if (!viewport) return {};
  const stay = new AbortController();
  const { signal } = stay;
  const measure = () => {
    const { height, scale, offsetTop } = viewport;
    // Who zooms in sees less of the page, and nothing covers the rest.
    const covered = innerHeight - height * scale - offsetTop;
    element.style.setProperty("--keyboard", `${Math.max(0, covered)}px`);
  };
  viewport.addEventListener("resize", measure, { signal });
  viewport.addEventListener("scroll", measure, { signal });
  return { end: () => stay.abort() };
}
