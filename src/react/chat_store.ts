/** A client as React wants its stores: one value that changes as a whole. */
import {
  type ChatClient,
  type CloseReason,
  createTyping,
  type Member,
  type Message,
  type PendingMessage,
  type Status,
  type You,
} from "../client/mod.ts";

/** A room at one moment. */
export interface ChatSnapshot {
  readonly status: Status;
  readonly closeReason: CloseReason | undefined;
  /** Ascending by `seq`, each in its current state. */
  readonly messages: readonly Message[];
  /** Own messages the room has not confirmed. */
  readonly pending: readonly PendingMessage[];
  /** Whether there are older messages to load. */
  readonly more: boolean;
  /** Whether everything said so far is here. */
  readonly live: boolean;
  readonly you: You | undefined;
  /** Who is here; undefined in a crowd. */
  readonly members: readonly Member[] | undefined;
  readonly online: number;
  /** The others who type right now. */
  readonly typing: readonly Member[];
}

/** What `useSyncExternalStore` needs. */
export interface ChatStore {
  subscribe(onChange: () => void): () => void;
  read(): ChatSnapshot;
}

/** A store that follows `client` while somebody is subscribed. */
export function createChatStore(client: ChatClient): ChatStore {
  let snapshot = take(client, []);
  return {
    subscribe(onChange) {
      const update = () => {
        snapshot = take(client, typing.members);
        onChange();
      };
      const typing = createTyping(client);
      const offs = [
        typing.listen(update),
        typing.end,
        client.on("status", update),
        client.on("timeline", update),
      ];
      // Something may have happened between the first drawing and now.
      update();
      return () => {
        for (const off of offs) off();
      };
    },
    read: () => snapshot,
  };
}

function take(client: ChatClient, typing: readonly Member[]): ChatSnapshot {
  const { status, closeReason, timeline } = client;
  const { messages, pending, more, live, you, members, online } = timeline;
  return {
    status,
    closeReason,
    messages,
    pending,
    more,
    live,
    you,
    members,
    online,
    typing,
  };
}
