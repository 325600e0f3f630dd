/** Keeping what the reader looks at where it is. */

/** Within this distance of the end the log follows new messages. */
export const END_PX = 80;
/** Within this distance of the top older messages are fetched. */
export const TOP_PX = 600;

/** A row and where it ended: its head may go when another row comes before it. */
export interface Anchor {
  readonly row: Element;
  readonly bottom: number;
}

/** Whether the reader is at the end, or nearly. */
export function isNearEnd(scroller: Element): boolean {
  const { scrollHeight, scrollTop, clientHeight } = scroller;
  return scrollHeight - scrollTop - clientHeight <= END_PX;
}

/** The first row in sight and where it stands. */
export function anchorIn(scroller: Element): Anchor | undefined {
  const edge = scroller.getBoundingClientRect().top;
  for (const block of scroller.querySelectorAll(".block")) {
    // Rows of a block out of sight are not measured: that would draw them.
    if (block.getBoundingClientRect().bottom <= edge) continue;
    for (const row of block.children) {
      const { bottom } = row.getBoundingClientRect();
      if (bottom > edge && row.matches("[data-seq]")) return { row, bottom };
    }
  }
  return undefined;
}

/**
 * Scrolls by what the row has moved since. Adds nothing where the browser has already
 * held the view itself, which browsers do except at the very top.
 */
export function restoreAnchor(scroller: Element, anchor: Anchor): void {
  const { row, bottom } = anchor;
  if (row.isConnected)
    scroller.scrollTop += row.getBoundingClientRect().bottom - bottom;
}
