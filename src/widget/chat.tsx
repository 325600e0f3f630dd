import { createBanner } from "./banner.tsx";
import { createComposer } from "./composer.tsx";
import type { Conversation } from "./conversation.ts";
import { loadExtras } from "./extras_loader.ts";
import { isCloseKey } from "./keys.ts";
import { createKit, type Panel } from "./kit.ts";
import { Launcher } from "./launcher.tsx";
import { createLog } from "./log.tsx";
import type { Part } from "./part.ts";

/** The whole widget: the conversation, and in bubble mode the launcher that opens it. */
export interface Chat extends Part {
  /** Puts the caret into the composer. */
  focus(): void;
  /** Shows the message `seq` as soon as that is there; false when it is not kept any more. */
  show(seq: number): Promise<boolean>;
  /** Whether an input method is at work, which nothing may disturb. */
  isBusy(): boolean;
  /** Something has changed: once the panel is in sight it may have its extras. */
  begin(isShown: boolean): void;
  /** Leaves the room, at once if it is over. */
  end(isOver?: boolean): void;
}

/** The widget of `conversation`; `relabel` is told when there are more words than before. */
export function createChat(
  conversation: Conversation,
  relabel: () => void,
): Chat {
  const { client, element, redraw } = conversation;
  const banner = createBanner(conversation);
  const log = createLog(conversation);
  const composer = createComposer(conversation, (text) => {
    // Who has no nickname yet is asked for one as soon as there is a form for that.
    const isEarly = extras === "none" || extras === "loading";
    isWaiting = isEarly && conversation.isNameless();
    return !isWaiting && conversation.submit(text);
  });
  let isWaiting = false;
  let extras: "none" | "loading" | "failed" | "there" = "none";
  let loaded: Promise<void> | undefined;
  /** The conversation is there, or will not be. */
  const settled = Promise.withResolvers<void>();

  const panel: Panel = {
    show: log.show,
    focus: composer.focus,
    write: composer.write,
    submit: composer.submit,
    redrawRows() {
      conversation.revision++;
      redraw();
    },
  };

  const load = async () => {
    extras = "loading";
    try {
      const { createExtensions } = await loadExtras();
      extras = "there";
      relabel();
      conversation.extensions = createExtensions(
        conversation,
        createKit(panel),
      );
      panel.redrawRows();
      log.attach();
      if (isWaiting) composer.submit();
    } catch {
      extras = "failed";
    }
  };

  const begin = (isShown: boolean) => {
    // Whoever is shut out is told why by what comes with the extras.
    if (!client.timeline.live && client.status !== "closed") return;
    settled.resolve();
    // A sound is heard from a closed panel too.
    if (extras === "none" && (isShown || element.sound)) loaded = load();
  };

  /** The reader did something in the panel: time to try again what failed. */
  const onUse = () => {
    if (extras === "failed") loaded = load();
  };

  const toggle = () => {
    conversation.act();
    element.open = !element.open;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (!isCloseKey(event)) return;
    const panel = event.currentTarget as Element;
    // The browser closes an open list of people by itself.
    const isListOpen = panel.querySelector(":popover-open");
    const isClosing = !isListOpen && element.mode === "bubble";
    if (isListOpen || isClosing) event.stopPropagation();
    if (!isClosing) return;
    event.preventDefault();
    toggle();
  };

  const drawPanel = (isBubble: boolean) => {
    const { extensions, strings } = conversation;
    const instead = extensions.map((one) => one.insteadOfComposer?.());
    const heading = element.heading || strings.title;
    return (
      <section
        class={isBubble ? "chat panel" : "chat"}
        part="panel"
        role={isBubble ? "dialog" : "region"}
        aria-label={heading}
        tabindex={-1}
        onkeydown={onKeyDown}
        onpointerdown={onUse}
        onfocusin={onUse}
      >
        <header part="header">
          <strong>{heading}</strong>
          {extensions.map(({ header }) => header?.())}
          {isBubble && (
            <button
              type="button"
              class="close"
              aria-label={strings.close}
              onclick={toggle}
            />
          )}
        </header>
        {banner.draw()}
        {extensions.map(({ aboveLog }) => aboveLog?.())}
        {log.draw()}
        {/* Its place is kept when nobody types, so that nothing jumps. */}
        <p class="typing">{extensions.map(({ belowLog }) => belowLog?.())}</p>
        {!(element.readOnly || client.you?.role === "reader") &&
          (instead.some(Boolean) ? instead : composer.draw())}
      </section>
    );
  };

  return {
    focus: composer.focus,
    isBusy: composer.isBusy,
    async show(seq) {
      await settled.promise;
      begin(true);
      await loaded;
      return log.show(seq);
    },
    begin,
    end(isOver) {
      settled.resolve();
      banner.end();
      conversation.end(isOver);
    },
    draw() {
      if (element.mode !== "bubble") return drawPanel(false);
      return [
        element.open && drawPanel(true),
        !element.hideLauncher && (
          <Launcher conversation={conversation} toggle={toggle} />
        ),
      ];
    },
  };
}
