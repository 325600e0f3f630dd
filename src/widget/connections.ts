/** One client per server, project, room and person, shared by all elements that want it. */
import { ChatClient, keepUnsent, reacted } from "../client/mod.ts";
import { type ProjectStorage, storageOf } from "./project_storage.ts";

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
  /** The newest there is. */
  token: Place["token"];
  /** End what it listens to. */
  readonly offs: (() => void)[];
  users: number;
  /** Ends it when nobody uses it any more. */
  timer?: ReturnType<typeof setTimeout>;
}

/** A connection that nobody uses goes on sending for this long, in ms. */
const LINGER_MS = 120_000;

const connections = new Set<Connection>();

/** The connection to `place`, made on first use; give it back with `release()`. */
export function acquire(place: Place): Connection {
  const known = [...connections].find((one) => isTo(one, place));
  const connection = known ?? open(place);
  connections.add(connection);
  connection.users++;
  clearTimeout(connection.timer);
  return connection;
}

/** Ends one use; the last one ends the connection as soon as all is sent, or if it `isOver`. */
export function release(connection: Connection, isOver: boolean): void {
  if (--connection.users > 0) return;
  connection.timer = setTimeout(end, LINGER_MS, connection);
  endIfUnused(connection, isOver);
}

/**
 * Whether `connection` is the one to `place` for the same person, who may have another
 * token by now: that one is used from then on.
 */
export function isTo(connection: Connection, place: Place): boolean {
  const { place: own, client } = connection;
  const { token } = place;
  const keys = ["server", "project", "room"] as const;
  const isSame =
    connections.has(connection) &&
    keys.every((key) => own[key] === place[key]) &&
    personOf(connection.token) === personOf(token);
  if (!isSame || connection.token === token) return isSame;
  connection.token = token;
  if (typeof token !== "string") return true;
  client.tell({ type: "auth", token });
  if (client.status === "closed") client.connect();
  return true;
}

/** Whoever has the same value is taken for the same person. */
function personOf(token: Place["token"]): unknown {
  if (typeof token !== "string") return typeof token;
  try {
    const payload = token.split(".")[1]?.replaceAll("-", "+") ?? "";
    return JSON.parse(atob(payload.replaceAll("_", "/"))).sub;
  } catch {
    return token;
  }
}

function endIfUnused(connection: Connection, isOver = false): void {
  const { users, client } = connection;
  const { status, timeline } = client;
  const isSending = timeline.pending.some(({ state }) => state === "pending");
  if (users === 0 && (isOver || status === "idle" || !isSending))
    end(connection);
}

function end(connection: Connection): void {
  if (!connections.delete(connection)) return;
  const { client, timer, offs } = connection;
  clearTimeout(timer);
  client.close();
  for (const off of offs) off();
}

function open(place: Place): Connection {
  const { server, project, room, token } = place;
  const storage = storageOf(`${server}:${project}`, place.storage);
  let stored = storage.getItem("nickname");
  const nickname = place.nickname || stored;
  const client = new ChatClient(server, {
    project,
    storage,
    changes: { reacted },
    ...(room && { room }),
    ...(nickname && { nickname }),
    ...(token && {
      getToken() {
        const { token = "" } = connection;
        return typeof token === "string" ? token : token();
      },
    }),
  });
  const connection: Connection = {
    place,
    client,
    storage,
    token,
    offs: [keepUnsent(client)],
    users: 0,
  };
  const { offs } = connection;
  offs.push(client.on("timeline", () => endIfUnused(connection)));
  /** A guest whom another tab has given a nickname is that one here too. */
  const follow = () => {
    const next = storage.getItem("nickname");
    if (next === stored) return;
    stored = next;
    if (next && next !== client.you?.nickname) end(connection);
  };
  if (!token && !place.nickname) {
    addEventListener("storage", follow);
    offs.push(() => removeEventListener("storage", follow));
  }
  return connection;
}
