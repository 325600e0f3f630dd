/**
 * The extras: what one does not need in order to talk, in one script of their own. A new one
 * is a file here, `create…(conversation, kit): Extension`, and a line in `create.ts`; its
 * words go into `words.ts`, its style rules into `styles_extras.ts`, and nothing outside of
 * this folder changes.
 *
 * - A row action: return `{ name, label, run }` from `actions(message)`; it is in the message's
 *   menu, by mouse, keyboard and long press.
 * - Something in a row: `aboveText`, `belowText`, `mark`, `rowClass`. Call
 *   `kit.panel.redrawRows()` when it changed without the message.
 * - A composer addition: `aboveComposer` or `besideComposer` draw it; `onInput`, `onKey`,
 *   `take`, `sendOptions` and `onSent` hear what is written and sent.
 * - A view of the panel: return it from `view()` while it is open, and call
 *   `conversation.redraw()` when it opens and closes. `header()` is the place for its button.
 *
 * Values of the widget come by `kit`: from its other files import types only. Tools of the
 * client may be imported.
 */
export { createExtensions } from "./create.ts";
export { STYLES } from "./styles_extras.ts";
export { EXTRA_WORDS as WORDS } from "./words.ts";
