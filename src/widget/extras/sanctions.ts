/** Who is muted or banned, as far as a moderator has heard of it. */
import { isAllowed, type Moderated, sanctionsIn } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";

/** Mute or ban. */
export type Kind = "mute" | "ban";

/** The sanctions of one project. */
export interface Sanctions {
  /** Whether `kind` is known to be in force on the member `id`. */
  has(kind: Kind, id: string): boolean;
  /** Listens no more. */
  end(): void;
}

/** The sanctions that bind people in `conversation`; asked for once, by who may know. */
export function createSanctions({ client, redraw }: Conversation): Sanctions {
  /** When they end, in ms since 1970, by kind and member. */
  const ends = new Map<string, number>();
  let isAsked = false;

  const hear = ({ action, member, until = Infinity }: Moderated) => {
    if (action === "mute" || action === "ban")
      ends.set(`${action} ${member?.id}`, until);
    if (action === "unmute" || action === "unban")
      ends.delete(`${action.slice(2)} ${member?.id}`);
  };

  const fetchAll = async () => {
    isAsked = true;
    // Without the list what one hears of has to do.
    const sanctions = await sanctionsIn(client).catch(() => []);
    for (const { kind, member, until = Infinity } of sanctions)
      ends.set(`${kind} ${member.id}`, until);
    redraw();
  };

  const off = client.on("event", (event) => {
    if (event.type === "moderated") hear(event);
  });

  return {
    end: off,
    has(kind, id) {
      if (!isAsked && isAllowed(client, "oversee")) fetchAll();
      return (ends.get(`${kind} ${id}`) ?? 0) > Date.now();
    },
  };
}
