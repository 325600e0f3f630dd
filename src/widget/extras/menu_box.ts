/** Where a menu stands, and how the keyboard goes through it. */

/** Space between a menu and the edge of the window, in pixels. */
const EDGE = 8;

/** Puts an open menu at `row`, inside of the window. */
export function placeMenu(menu: HTMLElement, row: Element): void {
  const at = row.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const isRightToLeft = getComputedStyle(row).direction === "rtl";
  const left = isRightToLeft ? at.left + EDGE : at.right - width - EDGE;
  const top = Math.min(at.top + EDGE, innerHeight - height - EDGE);
  const clamp = (value: number, most: number) =>
    Math.max(EDGE, Math.min(value, most - EDGE));
  menu.style.setProperty("--left", `${clamp(left, innerWidth - width)}px`);
  menu.style.setProperty("--top", `${clamp(top, innerHeight - height)}px`);
}

/** Moves the focus among the items of a menu by arrow keys, Home and End. */
export function walkItems(event: KeyboardEvent): void {
  const menu = event.currentTarget as Element;
  const items = [...menu.querySelectorAll<HTMLElement>("[role^=menuitem]")];
  const index = items.findIndex((item) => item.matches(":focus"));
  const last = items.length - 1;
  const before = index > 0 ? index - 1 : last;
  const after = index < last ? index + 1 : 0;
  const leadsTo: Readonly<Record<string, number>> = {
    ArrowUp: before,
    ArrowLeft: before,
    ArrowDown: after,
    ArrowRight: after,
    Home: 0,
    End: last,
  };
  const item = items[leadsTo[event.key] ?? -1];
  if (!item) return;
  event.preventDefault();
  event.stopPropagation();
  item.focus();
}
