import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import {
  ChatClient,
  type ChatClientOptions,
  keepUnsent,
  reacted,
} from "../client/mod.ts";
import { type ChatSnapshot, createChatStore } from "./chat_store.ts";

/** Which room, and as whom. */
export interface ProjectChatOptions
  extends Pick<
    ChatClientOptions,
    "project" | "room" | "nickname" | "getToken" | "storage"
  > {
  /** Origin of the chat server. */
  readonly server: string;
}

/** The room as it is now, and the client to act with. */
export interface ProjectChat extends ChatSnapshot {
  readonly client: ChatClient;
}

/**
 * Connects while the component is mounted, and draws it again whenever the room changes.
 * A new `server`, `project` or `room` is a new connection; the other options are read
 * when it is made.
 */
export function useProjectChat(options: ProjectChatOptions): ProjectChat {
  const { server, project, room } = options;
  // Functions in options are new at each drawing; the client asks for the latest.
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const client = useMemo(
    () => createClient({ server, project, room, latest }),
    [server, project, room],
  );
  const store = useMemo(() => createChatStore(client), [client]);
  useEffect(() => {
    const end = keepUnsent(client);
    client.connect();
    return () => {
      client.close();
      end();
    };
  }, [client]);
  const snapshot = useSyncExternalStore(
    store.subscribe,
    store.read,
    store.read,
  );
  return useMemo(() => ({ ...snapshot, client }), [snapshot, client]);
}

interface Creation {
  readonly server: string;
  readonly project: string;
  readonly room: string | undefined;
  readonly latest: { readonly current: ProjectChatOptions };
}

function createClient({ server, project, room, latest }: Creation): ChatClient {
  const { nickname, getToken, storage } = latest.current;
  return new ChatClient(server, {
    project,
    changes: { reacted },
    ...(room !== undefined && { room }),
    ...(nickname !== undefined && { nickname }),
    ...(storage !== undefined && { storage }),
    ...(getToken && {
      getToken: () => (latest.current.getToken ?? getToken)(),
    }),
  });
}
