/** One client per server, project, room and token source, shared by all elements that want it. */
import { ChatClient } from "../client/mod.ts";
import { ProjectStorage, type StorageKind } from "./project_storage.ts";

/** Gives a signed token for the next connection. */
export type TokenSource = () => string | Promise<string>;

/** Which conversation is wanted, and as whom. */
export interface Place {
  readonly server: string;
  readonly project: string;
  readonly room: string | undefined;
  readonly nickname: string | undefined;
  readonly storage: StorageKind;
  /** Signed token of the reader, or what gives one; a guest has none. */
  readonly token: string | TokenSource | undefined;
}

/** A client that is in use. */
export interface Connection {
  readonly place: Place;
  readonly client: ChatClient;
  readonly storage: ProjectStorage;
}

const users = new Map<Connection, number>();

/** The connection to `place`, made on first use; give it back with `release()`. */
export function acquire(place: Place): Connection {
  let connection = [...users.keys()].find((one) => isSame(one.place, place));
  connection ??= open(place);
  users.set(connection, (users.get(connection) ?? 0) + 1);
  return connection;
}

/** Ends one use; the last one ends the connection. */
export function release(connection: Connection): void {
  const left = (users.get(connection) ?? 0) - 1;
  if (left > 0) {
    users.set(connection, left);
  } else {
    users.delete(connection);
    connection.client.close();
  }
}

/** Whether both name the same conversation, for the same person. */
export function isSame(left: Place, right: Place): boolean {
  return (
    left.server === right.server &&
    left.project === right.project &&
    left.room === right.room &&
    left.token === right.token
  );
}

function open(place: Place): Connection {
  const { server, project, room, nickname, token } = place;
  const storage = new ProjectStorage(`${server}:${project}`, place.storage);
  const wished = nickname ?? storage.getItem("nickname");
  const client = new ChatClient(server, {
    project,
    storage,
    ...(room && { room }),
    ...(wished && { nickname: wished }),
    ...(token && {
      getToken: typeof token === "string" ? () => token : token,
    }),
  });
  return { place, client, storage };
}
