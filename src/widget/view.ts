import type { ChatClient } from "../client/mod.ts";
import type { Formats } from "./formats.ts";
import type { Strings } from "./strings.ts";

/** What every part of the widget is drawn with; replaced as a whole when it changes. */
export interface View {
  readonly client: ChatClient;
  readonly strings: Strings;
  readonly formats: Formats;
}
