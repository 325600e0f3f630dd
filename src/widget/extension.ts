/**
 * What the extras add to the widget, and what they are given to do it. The widget talks by
 * itself; everything else comes in one script that is loaded when a panel is in use. Types
 * only.
 */
import type { Member, Message, SendOptions } from "../client/mod.ts";
import type { Child } from "./render.ts";
import type { Shown } from "./shown.ts";

/** Something that can be done with a message; a line of its menu. */
export interface Action {
  /** Told apart by this. */
  readonly name: string;
  readonly label: string;
  /** Whether it takes something away for good. */
  readonly isDangerous?: boolean;
  /** Whether the label is a mere sign, and stands beside others. */
  readonly isShort?: boolean;
  /** What it does, where the label does not say it. */
  readonly title?: string;
  /** Whether it is so already; only for what is switched. */
  readonly isOn?: boolean;
  run(): void;
}

/**
 * One feature. Each method is optional and is asked at every drawing; what it returns is
 * drawn at its place. A method that draws in rows is asked when the row changed: after a
 * change of the extension's own it calls `kit.redrawRows()`.
 */
export interface Extension {
  /** What can be done with a message, in order; nothing for one on its way. */
  actions?(message: Message): readonly Action[];
  /** Classes of a row. */
  rowClass?(message: Shown): string | undefined;
  /** Above a message's text: what it answers. */
  aboveText?(message: Shown): Child;
  /** How plain pieces of a message's text are drawn. */
  inText?(message: Shown): ((text: string) => Child) | undefined;
  /** What stands in place of a deleted message, where it is not the usual. */
  gone?(message: Shown): string | undefined;
  /**
   * Lines between the messages with the numbers `after` and `before`; 0 and `Infinity`
   * where there is none.
   */
  between?(after: number, before: number): Child;
  /** Below a message's text: a file, reactions. */
  belowText?(message: Shown): Child;
  /** Beside nickname and time. */
  mark?(message: Shown): Child;
  /** What can be done with somebody, as a line of the list of people has it. */
  memberActions?(member: Member): readonly Action[];
  /** Beside a nickname in the list of people. */
  memberMark?(member: Member): Child;
  /** In the header, before the button that closes. */
  header?(): Child;
  /** Why one is not connected, where it is not the usual. */
  problem?(): string | undefined;
  /** Below the header and its banner, above the log: a pinned message, a topic. */
  aboveLog?(): Child;
  /** Over the log, which is a positioned box: menus and popovers. */
  overLog?(): Child;
  /** In the line below the log. */
  belowLog?(): Child;
  /** Over the whole log, which nobody reads meanwhile and which stays where it is: a search. */
  view?(): Child;
  /** In place of the composer. The first that draws something is shown. */
  insteadOfComposer?(): Child;
  /** Above the composer's field: what is answered or edited, completions, files. */
  aboveComposer?(): Child;
  /** Beside the composer's field: a button. */
  besideComposer?(): Child;
  /** Between the field and the button that sends: a counter. */
  afterField?(): Child;
  /** The log is in the page: the place for listeners, which go with it. */
  attach?(log: HTMLElement): void;
  /** The text in the composer's field changed. */
  onInput?(field: HTMLTextAreaElement): void;
  /** A key was pressed in the field, outside a composition; true when it is dealt with. */
  onKey?(event: KeyboardEvent, field: HTMLTextAreaElement): boolean;
  /** Whether a text has to stay in the composer for now. */
  holds?(text: string): boolean;
  /** Takes a text that was to be sent, and does something else with it: true. */
  take?(text: string): boolean;
  /** What goes with a text that is sent. */
  sendOptions?(text: string): SendOptions;
  /** Whether a message can be sent: true even without a text, there is a file; false not yet. */
  canSend?(): boolean | undefined;
  /** Everything up to `seq` is before the reader's eyes, or was. */
  onRead?(seq: number): void;
  /** Has the log show the part that the message `seq` is in; false when it is not kept. */
  reveal?(seq: number): Promise<boolean>;
  /** A message was sent: whatever belonged to it is done. */
  onSent?(): void;
  /** A text was not taken on, and stays in the composer. */
  onRefused?(error: unknown): void;
  /** Leaves nothing running. */
  end?(): void;
}
