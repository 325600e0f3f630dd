/** Moves the focus along when the panel of a bubble opens or closes. */
export function moveFocus(root: ShadowRoot, open: boolean): void {
  // On a phone the keyboard would cover what was opened to be read.
  const isTouch = matchMedia("(pointer: coarse)").matches;
  const first = isTouch ? ".panel" : "textarea";
  root.querySelector<HTMLElement>(open ? first : ".launcher")?.focus();
}
