/** Keeping order in a room: what moderators do, and what anybody may tell them. */
import type { Member, Moderated, Reported } from "../../protocol/events.ts";
import type { SanctionEntry } from "../../protocol/oversight.ts";
import { outranks } from "../../protocol/permissions.ts";
import type { ChatClient } from "../chat_client.ts";
import { addressOf, credentialsOf, read } from "./http.ts";
import { isAllowed } from "./permission.ts";

/** Whom a sanction binds, and until when. */
interface Sanction {
  /** Id of the member. */
  readonly member: string;
  /** When it ends, in ms since 1970; for good if absent. */
  readonly until?: number;
  /** Whether it also binds the guests who come from the member's addresses. */
  readonly address?: boolean;
}

/** Something that a moderator does. */
export type ModerationRequest = (
  | ({ readonly action: "mute" | "ban" } & Sanction)
  | {
      readonly action: "unmute" | "unban" | "kick";
      readonly member: string;
    }
  | {
      readonly action: "purge";
      readonly member: string;
      /** Of when the oldest message is that goes, in ms since 1970; all if absent. */
      readonly since?: number;
    }
  /** Time between two messages of one member, 0 to 300 s; 0 ends it. */
  | { readonly action: "slow"; readonly seconds: number }
  | { readonly action: "lock" | "unlock" | "unpin" }
  /** At most 200 code points; empty for none. */
  | { readonly action: "topic"; readonly text: string }
  /** The `seq` of a message of the room. */
  | { readonly action: "pin"; readonly target: number }
) & {
  /** Why, for the audit; at most 200 code points. */
  readonly reason?: string;
};

/** Does what `request` says in the room of `client`; rejects with `forbidden` where you may not. */
export function moderate(
  client: ChatClient,
  request: ModerationRequest,
): Promise<Moderated> {
  return client.ask({ type: "moderate", ...request });
}

/** Whether you may mute, ban, kick or purge `member`: somebody below you. */
export function maySanction(client: ChatClient, member: Member): boolean {
  const { you } = client;
  return (
    isAllowed(client, "sanction") &&
    you !== undefined &&
    you.id !== member.id &&
    outranks(you.role, member.role)
  );
}

/** Tells the moderators of the message `seq`, and why; nobody else is told. */
export function report(
  client: ChatClient,
  { seq, reason }: { readonly seq: number; readonly reason: string },
): Promise<Reported> {
  return client.ask({ type: "report", seq, reason });
}

/** The sanctions in force, newest first; rejects with `forbidden` where you may not know. */
export async function sanctionsIn(
  client: ChatClient,
): Promise<readonly SanctionEntry[]> {
  const answer = await fetch(addressOf(client, "sanctions"), {
    headers: await credentialsOf(client),
  });
  const { sanctions } = read<{ sanctions: readonly SanctionEntry[] }>(
    answer,
    await answer.text(),
  );
  return sanctions;
}
