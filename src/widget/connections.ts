/** One client per server, project, room and token source, shared by all elements that want it. */
import {
  ChatClient,
  createTyping,
  reacted,
  type Typists,
} from "../client/mod.ts";
import { createStorage, type ProjectStorage } from "./project_storage.ts";

/** Gives a signed token for the next connection. */
export type TokenSource = () => string | Promise<string>;

/** Which conversation is wanted, and as whom. */
export interface Place {
  readonly server: string;
  readonly project: string;
  readonly room: string;
  readonly nickname: string;
  readonly storage: string;
  /** Signed token of the reader, or what gives one; a guest has none. */
  readonly token: string | TokenSource | undefined;
}

/** A client that is in use. */
export interface Connection {
  readonly place: Place;
  readonly client: ChatClient;
  readonly storage: ProjectStorage;
  readonly typing: Typists;
  users: number;
}

const connections = new Set<Connection>();

/** The connection to `place`, made on first use; give it back with `release()`. */
export function acquire(place: Place): Connection {
  const known = [...connections].find((one) => isSame(one.place, place));
  const connection = known ?? open(place);
  connections.add(connection);
  connection.users++;
  return connection;
}

/** Ends one use; the last one ends the connection. */
export function release(connection: Connection): void {
  if (--connection.users > 0) return;
  connections.delete(connection);
  connection.client.close();
  connection.typing.end();
}

/** Whether both name the same conversation, for the same person. */
export function isSame(left: Place, right: Place): boolean {
  const keys = ["server", "project", "room", "token"] as const;
  return keys.every((key) => left[key] === right[key]);
}

function open(place: Place): Connection {
  const { server, project, room, token } = place;
  const storage = createStorage(`${server}:${project}`, place.storage);
  const nickname = place.nickname || storage.getItem("nickname");
  const client = new ChatClient(server, {
    project,
    storage,
    changes: { reacted },
    ...(room && { room }),
    ...(nickname && { nickname }),
    ...(token && {
      getToken: typeof token === "string" ? () => token : token,
    }),
  });
  return { place, client, storage, typing: createTyping(client), users: 0 };
}
