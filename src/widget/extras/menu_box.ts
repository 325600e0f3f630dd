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
