/**
 * What can be done with a message: one menu for the whole log, so that a row costs nothing.
 * A mouse finds its button at the row under it, the keyboard opens it with Enter or the menu
 * key on a row, and a finger by pressing long.
 */
import type { Message } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Action, Extension } from "../extension.ts";
import type { Kit } from "../kit.ts";
import { followRows } from "./follow_rows.ts";
import { placeMenu } from "./menu_box.ts";
import { walkItems, walkRows } from "./walk.ts";

/** The menu of `conversation`, with what its extensions offer. */
export function createMenu(
  conversation: Conversation,
  { isCloseKey }: Kit,
): Extension {
  const { redraw } = conversation;
  /** `seq` of the row that the button is at, and where that is, in pixels. */
  let seq: number | undefined;
  let top = 0;
  /** `seq` of the message whose menu is open. */
  let opened: number | undefined;
  let menu: HTMLElement | undefined;
  let log: HTMLElement | undefined;
  let stop: (() => void) | undefined;

  const messageOf = conversation.find;

  const actionsOf = (message: Message | undefined): readonly Action[] =>
    message
      ? conversation.extensions.flatMap(
          (extension) => extension.actions?.(message) ?? [],
        )
      : [];

  const rowOf = (wanted: number) =>
    log?.querySelector<HTMLElement>(`[data-seq="${wanted}"]`);

  const open = async (wanted: number) => {
    if (actionsOf(messageOf(wanted)).length === 0) return;
    opened = wanted;
    await redraw();
    const row = rowOf(wanted);
    if (!menu || !row) return;
    menu.showPopover();
    placeMenu(menu, row);
    menu.querySelector<HTMLElement>("button")?.focus();
  };

  const close = () => {
    menu?.hidePopover();
  };

  const onToggle = (event: Event) => {
    // This type of event is a ToggleEvent, which is not typed everywhere yet.
    if ((event as ToggleEvent).newState === "open") return;
    const row = opened === undefined ? undefined : rowOf(opened);
    // Where the focus went elsewhere, it stays there.
    const hadFocus = menu?.matches(":focus-within");
    opened = undefined;
    if (hadFocus) row?.focus({ preventScroll: true });
    redraw();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (isCloseKey(event) || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else walkItems(event);
  };

  const drawItem = ({ name, label, title, isOn, ...action }: Action) => {
    const state =
      isOn === undefined
        ? { role: "menuitem" }
        : { role: "menuitemcheckbox", "aria-checked": `${isOn}` };
    return (
      <button
        key={name}
        type="button"
        {...state}
        aria-label={title}
        title={title}
        class={action.isDangerous ? "danger" : undefined}
        onclick={() => {
          close();
          action.run();
        }}
      >
        {label}
      </button>
    );
  };

  return {
    end: () => stop?.(),
    attach(element) {
      log = element;
      element.addEventListener("keydown", walkRows);
      stop = followRows(element, {
        open,
        point(row) {
          const next = row ? Number(row.dataset["seq"]) : undefined;
          if (next === seq) return;
          seq = next;
          if (row && log)
            top =
              row.getBoundingClientRect().top - log.getBoundingClientRect().top;
          redraw();
        },
      });
    },
    overLog() {
      const { strings } = conversation;
      const shown = actionsOf(messageOf(opened));
      const hasButton =
        seq !== undefined && actionsOf(messageOf(seq)).length > 0;
      return [
        hasButton && (
          <button
            key="actions"
            type="button"
            class="actions"
            aria-label={strings.actions}
            aria-haspopup="menu"
            {...{ "--top": `${top}px` }}
            onclick={() => seq !== undefined && open(seq)}
          />
        ),
        <div
          key="menu"
          class="popup menu"
          role="menu"
          popover="manual"
          aria-label={strings.actions}
          mount={(element) => {
            menu = element;
          }}
          ontoggle={onToggle}
          onfocusout={({ relatedTarget }) => {
            const isInside =
              relatedTarget instanceof Node && menu?.contains(relatedTarget);
            if (!isInside) close();
          }}
          onkeydown={onKeyDown}
        >
          <div key="short" class="short">
            {shown.filter(({ isShort }) => isShort).map(drawItem)}
          </div>
          {shown.filter(({ isShort }) => !isShort).map(drawItem)}
        </div>,
      ];
    },
  };
}
