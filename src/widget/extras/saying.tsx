/** Says how something went: to screen readers, and for a while above the composer. */
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { Kit } from "../kit.ts";
import { codeOf } from "./code_of.ts";

/** How long a sentence stays to be seen, in ms. */
const SHOWN_MS = 6_000;

/** What those are given who have something to say. */
export interface SayingKit extends Kit {
  /** Says `text` to ears and eyes. */
  tell(text: string): void;
  /** Says how it went: `done`, or why it was refused. Whether it was done. */
  report(outcome: Promise<unknown>, done?: string): Promise<boolean>;
  /** Copies `text`, and says whether that worked. */
  copy(text: string): Promise<void>;
  /** Shows the message `seq`, or says that it is gone. Whether it is shown. */
  goTo(seq: number): Promise<boolean>;
}

/** The line of one widget, and the kit of those who speak by it. */
export function createSaying(
  conversation: Conversation,
  kit: Kit,
): readonly [Extension, SayingKit] {
  const { redraw } = conversation;
  let said = "";
  /** The same sentence said once more is another one. */
  let count = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const show = (text: string) => {
    clearTimeout(timer);
    if (text) timer = setTimeout(show, SHOWN_MS, "");
    said = text;
    count++;
    redraw();
  };

  const tell = (text: string) => {
    kit.announce(text);
    show(text);
  };

  const extension: Extension = {
    end: () => clearTimeout(timer),
    onSent() {
      if (said) show("");
    },
    overLog: () =>
      said && (
        <p key={`said${count}`} class="said" aria-hidden="true">
          {said}
        </p>
      ),
  };

  return [
    extension,
    {
      ...kit,
      tell,
      async report(outcome, done) {
        if (said) show("");
        try {
          await outcome;
          if (done) tell(done);
          return true;
        } catch (error) {
          const { strings } = conversation;
          tell(kit.errorText(strings, codeOf(error)) ?? strings.refused);
          return false;
        }
      },
      async copy(text) {
        const { strings } = conversation;
        try {
          await navigator.clipboard.writeText(text);
          tell(strings.copied);
        } catch {
          // Where the page does not allow it, the text can still be selected.
          tell(strings.copyFailed);
        }
      },
      async goTo(seq) {
        const isShown = await kit.panel.show(seq);
        // Where the room cannot be reached, the banner says so.
        if (!isShown && conversation.client.status === "online")
          tell(conversation.strings.gone);
        return isShown;
      },
    },
  ];
}
