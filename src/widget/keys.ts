/** What a key press means, with input methods in mind. */

/** Whether the reader writes on a screen, where Enter breaks the line. */
export function isTouch(): boolean {
  return matchMedia("(pointer: coarse)").matches;
}

/**
 * Whether the key belongs to an input method that is composing a character. Safari ends
 * the composition before it tells of the key, so there 229 is the only sign.
 */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** Whether the key press sends what was written. */
export function isSendKey(event: KeyboardEvent): boolean {
  return event.key === "Enter" && !event.shiftKey && !isComposing(event);
}

/** Whether the key press closes what is open. */
export function isCloseKey(event: KeyboardEvent): boolean {
  return event.key === "Escape" && !isComposing(event);
}

/** Keeps typing inside: the hot keys of the page around must not see it. */
export function keepTypingInside(root: ShadowRoot): void {
  for (const type of ["keydown", "keypress", "keyup"])
    root.addEventListener(type, (event) => {
      const { key, target } = event as KeyboardEvent;
      const isTyping = (target as Element).matches("textarea,input,select");
      // The Escape that closed something is released over what got the focus then.
      const isRelease = type === "keyup" && key === "Escape";
      if (isTyping || isRelease) event.stopPropagation();
    });
}
