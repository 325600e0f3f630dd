/** A text up, `{nickname, text}` down to everybody: what the small peers speak. */
import type { Dialect, Place, Signal } from "./dialect.ts";
import { readText } from "./text.ts";

export class PlainDialect implements Dialect {
  readonly welcomes = false;
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  path({ project, room }: Place, nickname: string): string {
    return `${this.#prefix}/${project}-${room}?nickname=${nickname}`;
  }

  send(text: string): string {
    return text;
  }

  decode(payload: Buffer): readonly Signal[] {
    // The server sends an identity of its own kind first; only messages have a text.
    const frame = JSON.parse(payload.toString()) as { text?: string };
    if (frame.text === undefined) return [];
    return [{ type: "message", ...readText(frame.text) }];
  }
}
