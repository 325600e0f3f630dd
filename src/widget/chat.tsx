import { createBanner } from "./banner.tsx";
import { createComposer } from "./composer.tsx";
import type { Conversation } from "./conversation.ts";
import { Icon } from "./icons.tsx";
import { isCloseKey } from "./keys.ts";
import { Launcher } from "./launcher.tsx";
import { createLog } from "./log.tsx";
import { createNameField } from "./name_field.tsx";
import type { Part } from "./part.ts";
import { People } from "./people.tsx";
import { fill } from "./strings.ts";

/** The whole widget: the conversation, and in bubble mode the launcher that opens it. */
export interface Chat extends Part {
  /** Puts the caret into the composer. */
  focus(): void;
  /** Shows the message `seq`; false when it is not kept any more. */
  show(seq: number): Promise<boolean>;
  /** Leaves nothing running. */
  end(): void;
}

/** The widget of `conversation`. */
export function createChat(conversation: Conversation): Chat {
  const { client, element, reading, redraw } = conversation;
  const banner = createBanner(conversation);
  const log = createLog(conversation);
  const composer = createComposer(conversation, (text) => {
    const { isNameless } = conversation;
    if (isNameless) askNickname(true);
    return !isNameless && conversation.submit(text);
  });
  let naming: Part | undefined;

  const askNickname = (isFirst: boolean) => {
    naming = createNameField(conversation, {
      isFirst,
      close(isDone) {
        naming = undefined;
        composer.focus();
        redraw();
        if (isDone && isFirst) composer.submit();
      },
    });
    redraw();
  };

  const toggle = () => {
    conversation.act();
    element.open = !element.open;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const panel = event.currentTarget;
    if (!isCloseKey(event) || !(panel instanceof Element)) return;
    // The browser closes an open list of people by itself.
    const isListOpen = panel.querySelector(":popover-open");
    const isClosing = !isListOpen && element.mode === "bubble";
    if (isListOpen || isClosing) event.stopPropagation();
    if (!isClosing) return;
    event.preventDefault();
    toggle();
  };

  const whoTypes = () => {
    const { strings } = conversation;
    const [a, b, more] = client.typing.map(({ nickname }) => nickname);
    if (!a) return undefined;
    if (!b) return fill(strings.typingOne, { a });
    return fill(more ? strings.typingMany : strings.typingTwo, { a, b });
  };

  const drawPanel = (isBubble: boolean) => {
    const { strings } = conversation;
    const heading = element.heading || strings.title;
    return (
      <section
        class={isBubble ? "chat panel" : "chat"}
        part="panel"
        role={isBubble ? "dialog" : "region"}
        aria-label={heading}
        tabindex={-1}
        onkeydown={onKeyDown}
      >
        <header part="header">
          <strong>{heading}</strong>
          <People
            conversation={conversation}
            changeNickname={() => askNickname(false)}
          />
          {isBubble && (
            <button type="button" aria-label={strings.close} onclick={toggle}>
              <Icon name="close" />
            </button>
          )}
        </header>
        {banner.draw()}
        {log.draw()}
        {/* Its place is kept when nobody types, so that nothing jumps. */}
        <p class="typing">{whoTypes()}</p>
        {naming?.draw()}
        {!(element.readOnly || client.you?.role === "reader") &&
          composer.draw()}
      </section>
    );
  };

  return {
    focus: composer.focus,
    show: log.show,
    end: banner.end,
    draw() {
      if (element.mode !== "bubble") return drawPanel(false);
      return [
        element.open && drawPanel(true),
        !element.hideLauncher && (
          <Launcher
            strings={conversation.strings}
            open={element.open}
            unread={reading.unread}
            toggle={toggle}
          />
        ),
      ];
    },
  };
}
