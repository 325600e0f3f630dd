/** Messages that the room has not confirmed outlive the page. */
import type { ChatClient } from "../chat_client.ts";
import { ChatError } from "../chat_error.ts";
import type { Restored } from "../outbox.ts";
import type { PendingMessage } from "../request.ts";

/** What was said longer ago than this is sent on request only, in ms. */
const STALE_MS = 600_000;

/**
 * Keeps what `client` has not sent yet in its storage, and gives it what earlier clients
 * have left there, until the returned function is called. A message that was refused, or
 * that is older than ten minutes, comes back as a failed one. Several tabs keep theirs side
 * by side: a nonce is sent by any of them, and stored by the room once. Guests are whoever
 * uses this browser; a member's words are kept for that member, once the room has said who
 * that is.
 */
export function keepUnsent(client: ChatClient): () => void {
  const { project, room, url, options } = client;
  const { storage, getToken } = options;
  const base = `project-chat:${project}:${room}@${new URL(url).origin}`;
  let key: string | undefined;
  let saved = client.timeline.pending;
  /** Nonces of all that this client has had: whatever else is stored is another tab's. */
  const known = new Set<string>();

  function load(): readonly PendingMessage[] {
    try {
      // Written below, so its shape is known.
      return JSON.parse(storage?.getItem(key ?? "") ?? "[]");
    } catch {
      return [];
    }
  }

  function save() {
    const { pending } = client.timeline;
    if (!key || pending === saved) return;
    saved = pending;
    for (const { nonce } of pending) known.add(nonce);
    const others = load().filter(({ nonce }) => !known.has(nonce));
    const rows = [...others, ...pending.map(pack)];
    try {
      if (rows.length > 0) storage?.setItem(key, JSON.stringify(rows));
      else storage?.removeItem(key);
    } catch {
      // A storage that is blocked or full is as good as none.
    }
  }

  /** From now on they are those of whom `next` names. */
  function belongTo(next: string) {
    if (key === next) return;
    if (key) {
      key = undefined;
      // Nobody's words become another's: they wait for their author.
      for (const { nonce } of client.timeline.pending) client.discard(nonce);
    }
    key = next;
    client.restore(load().map(unpack));
    save();
  }

  if (!getToken) belongTo(base);
  const offs = [
    client.on("timeline", save),
    client.on("welcome", ({ you }) =>
      belongTo(you.guest ? base : `${base}:${you.id}`),
    ),
  ];
  return () => {
    for (const off of offs) off();
  };
}

/** What is stored of a row; what was closed together with its client is to be sent. */
function pack({ error, ...row }: PendingMessage): PendingMessage {
  return error?.code === "closed" ? row : { ...row, error };
}

/** Once the page is gone, any message may have been sent, and nobody knows who as. */
function unpack({ error, at, state: _, ...message }: PendingMessage): Restored {
  const isStale = Date.now() - at > STALE_MS;
  const problem = error ?? (isStale && ({ code: "closed" } as const));
  return {
    request: { ...message, type: "send" },
    at,
    author: "",
    error: problem ? new ChatError(problem) : undefined,
  };
}
