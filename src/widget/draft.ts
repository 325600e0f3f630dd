/** The text that was written and not sent, and where it is kept. */
import type { Message } from "../client/mod.ts";
import type { ProjectStorage } from "./project_storage.ts";

/** What a reader has with them when they turn out to be somebody. */
export interface Luggage {
  /** What was written; kept under `key` as soon as it is known whose it is. */
  written: { readonly key?: string | undefined; readonly text: string };
  /** The message that is answered. */
  target?: Message | undefined;
  /** The image that goes with it. */
  file?: File | undefined;
}

/** What a draft needs from its conversation. */
export interface DraftOptions {
  readonly luggage: Luggage;
  /** Where the next page that the reader opens finds it. */
  readonly shared: ProjectStorage;
  /** Of this tab alone, for what is written while another tab's draft is in the first place. */
  readonly own: ProjectStorage;
  /** What it is kept under; undefined as long as nobody knows. */
  keyOf(): string | undefined;
}

/** The draft of one reader in one room. */
export function createDraft(options: DraftOptions): { text: string } {
  const { luggage, shared, own } = options;
  // The two places may be one.
  const aside = (key: string) => `own:${key}`;

  const keep = (text: string) => {
    const { key, text: before } = luggage.written;
    luggage.written = { key, text };
    if (!key) return;
    const kept = shared.getItem(key);
    if (kept && kept !== before) return own.setItem(aside(key), text);
    shared.setItem(key, text);
    own.removeItem(aside(key));
  };

  /** Has the draft of whoever the reader is, together with what they have written before. */
  const settle = () => {
    const { key: former, text } = luggage.written;
    const key = options.keyOf();
    if (!key || key === former) return;
    if (text) keep("");
    const kept = own.getItem(aside(key)) || shared.getItem(key) || "";
    luggage.written = { key, text: kept };
    if (text) keep(kept && kept !== text ? `${kept}\n${text}` : text);
  };

  return {
    get text() {
      settle();
      return luggage.written.text;
    },
    set text(text) {
      keep(text);
      settle();
    },
  };
}
