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

/** What a token says of whom it is for. */
interface Claims {
  /** Id of the member; empty for a guest. */
  readonly sub?: string;
  readonly name?: string;
}

/** A client that is in use. */
export interface Connection {
  readonly place: Place;
  readonly client: ChatClient;
  readonly storage: ProjectStorage;
  /** The newest there is. */
  token: Place["token"];
  /** What the last token of this person said; undefined before a source has given one. */
  claims: Claims | undefined;
  /** From now on a token is shown; a source is asked soon whom it speaks of. */
  adopt(token: Place["token"]): void;
  /** How many commands have no answer yet. */
  asked: number;
  /** End what it listens to. */
  readonly offs: (() => void)[];
  users: number;
  /** Ends it when nobody uses it any more. */
  timer?: ReturnType<typeof setTimeout>;
}

/** A connection that nobody uses goes on sending for this long, in ms. */
const LINGER_MS = 120_000;

/** How long after a source was asked another one is not, in ms. */
const PAUSE_MS = 10_000;

const connections = new Set<Connection>();

/** The connection to `place`, made on first use; give it back with `release()`. */
export function acquire(place: Place): Connection {
  const { token } = place;
  // Two sources may speak of two people.
  const known = [...connections].find(
    (one) =>
      matches(one, place) &&
      (typeof token !== "function" || token === one.token),
  );
  const connection = known ?? open(place);
  connection.adopt(token);
  connections.add(connection);
  connection.users++;
  clearTimeout(connection.timer);
  return connection;
}

/**
 * Ends one use; the last one ends the connection as soon as all is sent. If it `isOver`, it ends
 * now, with all that nobody uses any more under the same token.
 */
export function release(connection: Connection, isOver?: boolean): void {
  if (--connection.users) return;
  connection.timer = setTimeout(end, LINGER_MS, connection);
  for (const one of connections)
    endIfUnused(one, isOver && one.token === connection.token);
}

/** Whether two places are the same room, whoever is there. */
export function isSameRoom(one: Place, other: Place): boolean {
  const keys = ["server", "project", "room"] as const;
  return keys.every((key) => one[key] === other[key]);
}

/** Whether `connection` is to `place`, for the same person as far as is known. */
export function matches(connection: Connection, place: Place): boolean {
  return (
    connections.has(connection) &&
    isSameRoom(connection.place, place) &&
    claimsOf(connection.token)?.sub === claimsOf(place.token)?.sub
  );
}

/** Where the nickname is kept that the member `author`, or a guest, has chosen. */
export function nicknameKey(author: string | undefined): string {
  return author ? `nickname:${author}` : "nickname";
}

/** What `token` says; a source says nothing before it is asked. */
function claimsOf(token: Place["token"] = ""): Claims | undefined {
  if (typeof token !== "string") return undefined;
  try {
    // What has no second part throws, like all else that is no token.
    const payload = token.split(".")[1]?.replaceAll("-", "+") as string;
    return Object(JSON.parse(atob(payload.replaceAll("_", "/"))));
  } catch {
    return { sub: token };
  }
}

function endIfUnused(connection: Connection, isOver?: boolean): void {
  const { asked, users, client } = connection;
  const { status, timeline } = client;
  const isSending =
    asked || timeline.pending.some(({ state }) => state === "pending");
  if (!users && (isOver || status === "idle" || !isSending)) end(connection);
}

function end(connection: Connection): void {
  if (!connections.delete(connection)) return;
  const { client, timer, offs, users } = connection;
  clearTimeout(timer);
  // Whoever shows it has to hear that it ends, even if it was closed before.
  if (users) client.connect();
  client.close();
  for (const off of offs) off();
}

function open(place: Place): Connection {
  const { server, project, room, token } = place;
  const storage = storageOf(`${server}:${project}`, place.storage);
  const claims = claimsOf(token);
  let stored = claims && storage.getItem(nicknameKey(claims.sub));
  const nickname = place.nickname || stored;
  /** The last token. */
  let shown: string | undefined;
  /** When another source may be asked, in ms since 1970. */
  let askableAt = 0;
  let asking: ReturnType<typeof setTimeout> | undefined;
  /** Gives the newest token. Whoever it is for, if not who it was before, has another connection. */
  const obtain = async (): Promise<string> => {
    const { token } = connection;
    let given = token ?? "";
    if (typeof given !== "string") {
      askableAt = Date.now() + PAUSE_MS;
      given = await given();
    }
    // There is another source meanwhile, and it alone counts.
    if (token !== connection.token) return obtain();
    const claims = claimsOf(given);
    shown = given;
    // What was written here stays with whom it is of.
    if (connection.claims && connection.claims.sub !== claims?.sub)
      end(connection);
    else connection.claims = claims;
    return given;
  };
  const client = new ChatClient(server, {
    project,
    storage,
    changes: { reacted },
    ...(room && { room }),
    ...(nickname && { nickname }),
    ...(token && { getToken: obtain }),
  });
  const askSoon = () => {
    asking ??= setTimeout(() => {
      asking = undefined;
      const before = shown;
      obtain().then(
        (token) => token !== before && client.tell({ type: "auth", token }),
        () => client.status !== "closed" && askSoon(),
      );
    }, askableAt - Date.now());
  };
  const { ask } = client;
  const askAndWait: typeof ask = (wish) => {
    const answer = ask(wish);
    const settle = () => {
      connection.asked--;
      endIfUnused(connection);
    };
    // What has a `ref` is of use to those who stay only.
    if (!wish.ref) {
      connection.asked++;
      answer.then(settle, settle);
    }
    return answer;
  };
  Object.assign(client, { ask: askAndWait });
  const connection: Connection = {
    place,
    client,
    storage,
    token,
    claims,
    adopt(next) {
      if (connection.token === next) return;
      connection.token = next;
      // Whoever connects asks.
      if (client.status === "idle") return;
      // Another source is no reason to try a closed room: it may be made anew at each drawing.
      if (typeof next !== "function") client.connect();
      askSoon();
    },
    asked: 0,
    offs: [
      keepUnsent(client),
      client.on("timeline", () => endIfUnused(connection)),
      () => clearTimeout(asking),
    ],
    users: 0,
  };
  /** A guest whom another tab has given a nickname is that one here too. */
  const follow = () => {
    const next = storage.getItem("nickname");
    if (next === stored) return;
    stored = next;
    if (next && next !== client.you?.nickname) end(connection);
  };
  if (!token && !place.nickname) {
    addEventListener("storage", follow);
    connection.offs.push(() => removeEventListener("storage", follow));
  }
  return connection;
}
