/** Which row of a log one points at, and when its menu is wanted. */

/** How long a finger stays to mean more than a tap, in ms. */
const LONG_PRESS_MS = 500;
/** How far it may move meanwhile, in pixels. */
const SLOP_PX = 10;

/** What happens to rows. */
export interface RowListener {
  /** Mouse or keyboard are at `row`, or at none. */
  point(row: HTMLElement | undefined): void;
  /** The menu of the message `seq` is wanted. */
  open(seq: number): void;
}

/**
 * Follows mouse, keyboard and finger in `log`, as long as it is in the page. The function it
 * gives leaves no timer.
 */
export function followRows(
  log: HTMLElement,
  listener: RowListener,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let start: PointerEvent | undefined;
  let hasOpened = false;
  const stop = () => clearTimeout(timer);
  const openAt = (row: HTMLElement) =>
    listener.open(Number(row.dataset["seq"]));

  log.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "touch") listener.point(rowAt(event));
  });
  log.addEventListener("focusin", (event) => listener.point(rowAt(event)));
  log.addEventListener("scroll", () => {
    stop();
    listener.point(undefined);
  });
  log.addEventListener("keydown", (event) => {
    const row = rowAt(event);
    const isAsked = /^(Enter|ContextMenu)$/.test(event.key);
    const isOnRow = row !== undefined && row === event.target;
    if (!isOnRow || !(isAsked || (event.key === "F10" && event.shiftKey)))
      return;
    event.preventDefault();
    event.stopPropagation();
    openAt(row);
  });
  log.addEventListener("pointerdown", (event) => {
    const row = rowAt(event);
    stop();
    // Wherever it is, it is another touch.
    hasOpened = false;
    if (event.pointerType !== "touch" || !row) return;
    start = event;
    timer = setTimeout(() => {
      hasOpened = true;
      openAt(row);
    }, LONG_PRESS_MS);
  });
  log.addEventListener("pointermove", ({ clientX, clientY }) => {
    const moved =
      start && Math.hypot(clientX - start.clientX, clientY - start.clientY);
    if (moved && moved > SLOP_PX) stop();
  });
  for (const type of ["pointerup", "pointercancel"] as const)
    log.addEventListener(type, stop);
  log.addEventListener("touchend", (event) => {
    // The click that would follow is not meant for what is under the menu.
    if (hasOpened) event.preventDefault();
  });
  log.addEventListener("contextmenu", (event) => {
    // The browser's own answer to a long press.
    if (event.pointerType === "touch") event.preventDefault();
  });
  return stop;
}

function rowAt({ target }: Event): HTMLElement | undefined {
  const row = target instanceof Element && target.closest("[data-seq]");
  return row instanceof HTMLElement ? row : undefined;
}
