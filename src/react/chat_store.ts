/** A client as React wants its stores: one value that changes as a whole. */
import type {
  ChatClient,
  CloseReason,
  Member,
  Message,
  PendingMessage,
  Status,
  You,
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

const CHANGES = ["status", "timeline", "presence", "typing", "you"] as const;

/** A store that follows `client` while somebody is subscribed. */
export function createChatStore(client: ChatClient): ChatStore {
  let snapshot = take(client);
  return {
    subscribe(onChange) {
      const update = () => {
        snapshot = take(client);
        onChange();
      };
      const offs = CHANGES.map((change) => client.on(change, update));
      // Something may have happened between the first drawing and now.
      update();
      return () => {
        for (const off of offs) off();
      };
    },
    read: () => snapshot,
  };
}

function take(client: ChatClient): ChatSnapshot {
  const { status, closeReason, timeline, you, members, online, typing } =
    client;
  const { messages, pending, more, live } = timeline;
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
