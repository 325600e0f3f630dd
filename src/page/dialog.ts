import { pick } from "./dom.ts";

/** Opens `dialog` before the page; a click beside its content closes it. */
export function openDialog(dialog: HTMLDialogElement): void {
  const opener = document.activeElement;
  const closing = new AbortController();
  const { signal } = closing;
  /** Where the mouse was pressed: a selection may be drawn to beside the content. */
  let pressed: EventTarget | null = null;
  dialog.addEventListener(
    "pointerdown",
    ({ target }) => {
      pressed = target;
    },
    { signal },
  );
  dialog.addEventListener(
    "click",
    ({ target }) => {
      // Only what is around the dialog's content is the dialog itself.
      if (target === dialog && pressed === dialog) dialog.close();
    },
    { signal },
  );
  dialog.addEventListener(
    "close",
    () => {
      closing.abort();
      // The drawer of a phone closed behind the dialog, and its buttons with it.
      if (opener && !opener.checkVisibility())
        pick("[popovertarget=rooms]").focus();
    },
    { signal },
  );
  dialog.showModal();
}
