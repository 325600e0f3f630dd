/** What hangs on a message when it is said: whom it means, and its image. */
import {
  isProblem,
  type Mention,
  type Message,
  type MessageFile,
  type Problem,
} from "../../protocol/mod.ts";
import type { Database } from "../storage/database.ts";
import { findWaiting, takeFile } from "./files.ts";
import { addMentions, type Find, resolveMentions } from "./mentions.ts";

/** What a member names, by ids and by a key. */
export interface Named {
  /** Id of the member. */
  readonly by: string;
  readonly mentions?: readonly string[] | undefined;
  readonly file?: string | undefined;
  /** Who else may be meant than those who have written. */
  readonly here: Find;
}

/** What was named. */
export interface Attached {
  readonly mentions: readonly Mention[];
  readonly file?: MessageFile;
}

/** What is meant by `named`; a problem when some of it is not there. Writes nothing. */
export function resolve(
  database: Database,
  named: Named & { room: number },
): Attached | Problem {
  const { by: member, room, here, mentions: ids = [], file: key } = named;
  const mentions = resolveMentions(database, { room, ids, here });
  if (isProblem(mentions)) return mentions;
  if (key === undefined) return { mentions };
  const file = findWaiting(database, { key, member });
  return isProblem(file) ? file : { mentions, file };
}

/** Hangs it on a message that was just stored; a row each. */
export function attach(
  database: Database,
  options: { room: number; message: Message },
): void {
  addMentions(database, options);
  takeFile(database, options);
}
