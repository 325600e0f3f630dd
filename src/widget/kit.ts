/** What the extras use of the widget, so that a page has it once. */
import { announce } from "./announcer.ts";
import { fire } from "./element_events.ts";
import { isCloseKey, isComposing, isTouch } from "./keys.ts";
import { Avatar, Nickname } from "./member.tsx";
import { RichText } from "./rich_text_view.tsx";
import { errorText, fill } from "./strings.ts";

/** The panel that a conversation is shown in. */
export interface Panel {
  /** Shows the message `seq`, fetching what lies between; false when it is not kept. */
  show(seq: number): Promise<boolean>;
  /** Puts the caret into the composer. */
  focus(): void;
  /** Replaces what is written in the composer. */
  write(text: string): void;
  /** Sends what is written in the composer. */
  submit(): void;
  /** Draws every row anew; what is drawn into rows has changed by itself. */
  redrawRows(): void;
}

/** What extras are given besides the conversation. */
export type Kit = ReturnType<typeof createKit>;

/** The kit of the conversation that is shown in `panel`. */
export function createKit(panel: Panel) {
  return {
    panel,
    /** Asks for another nickname; does so where there is a form for it. */
    changeNickname() {},
    announce,
    errorText,
    fill,
    fire,
    isCloseKey,
    isComposing,
    isTouch,
    Avatar,
    Nickname,
    RichText,
  };
}
