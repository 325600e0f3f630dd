/** The tables of docs/protocol.md say what the code does: nothing is left out, nothing made up. */
import { expect, test } from "vitest";
import DOCUMENT from "../../docs/protocol.md?raw";
import { CLOSE, ERRORS, type RoomEvent } from "../../src/protocol/mod.ts";
import { schemas } from "../../src/protocol/schemas.ts";

type EventOf<Type> = RoomEvent extends infer Event
  ? Event extends { readonly type: infer Known }
    ? Type extends Known
      ? Event
      : never
    : never
  : never;

/** The fields of an event, each with what marks it in the table. */
type Marks<Event> = Event extends unknown
  ? {
      readonly [Field in Exclude<keyof Event, "type">]-?: Partial<
        Pick<Event, Field>
      > extends Pick<Event, Field>
        ? "?"
        : "";
    }
  : never;

/** What has the fields of all forms of an event. */
type All<Forms> = (
  Forms extends unknown
    ? (form: Forms) => void
    : never
) extends (form: infer Whole) => void
  ? Whole
  : never;

const CHANGE = { seq: "", nonce: "", at: "", by: "" } as const;
const PRESENCE = { member: "", online: "" } as const;
const ROOM = {
  mode: "?",
  slowMode: "?",
  locked: "?",
  topic: "?",
  pinned: "?",
} as const;

/** Every event and its fields: one more or less does not compile. */
const EVENTS: {
  readonly [Type in RoomEvent["type"]]: All<Marks<EventOf<Type>>>;
} = {
  message: {
    seq: "",
    nonce: "",
    at: "",
    author: "",
    text: "",
    replyTo: "?",
    mentions: "?",
    file: "?",
    editedAt: "?",
    deleted: "?",
    moderated: "?",
    reactions: "?",
  },
  edited: { ...CHANGE, target: "", text: "", mentions: "?" },
  deleted: { ...CHANGE, target: "" },
  reacted: { ...CHANGE, target: "", emoji: "", on: "", names: "?" },
  moderated: {
    ...CHANGE,
    action: "",
    member: "?",
    until: "?",
    since: "?",
    seconds: "?",
    target: "?",
    text: "?",
    reason: "?",
  },
  welcome: {
    protocol: "",
    project: "",
    room: "",
    epoch: "",
    head: "",
    oldest: "",
    resumed: "",
    reason: "?",
    you: "",
    members: "?",
    online: "",
    limits: "",
    settings: "?",
    read: "?",
    reads: "?",
  },
  live: { head: "" },
  joined: PRESENCE,
  left: PRESENCE,
  renamed: PRESENCE,
  online: { online: "" },
  typing: { member: "", on: "" },
  read: { member: "", seq: "" },
  history: { ref: "?", messages: "", more: "", newer: "?" },
  you: { ref: "?", you: "" },
  room: ROOM,
  rooms: { rooms: "" },
  mentioned: { room: "", target: "", by: "", text: "" },
  reported: { nonce: "", id: "", room: "", target: "", by: "", reason: "" },
  error: {
    code: "",
    message: "",
    retryAfter: "?",
    until: "?",
    nonce: "?",
    ref: "?",
    suggestion: "?",
    field: "?",
  },
};

/** The tables below the heading `title`: rows of cells, the first of them the heads. */
function tablesUnder(title: string): string[][][] {
  const [, below = ""] = DOCUMENT.split(`\n## ${title}\n`);
  const [section = ""] = below.split("\n## ");
  return section
    .split("\n\n")
    .map((block) => block.trim())
    .filter((block) => block.startsWith("|"))
    .map((block) =>
      block
        .split("\n")
        .map((row) => row.slice(1, -1).split(" | "))
        .map((row) => row.map((cell) => cell.trim())),
    );
}

/** What stands between backticks. */
function quoted(cell: string = ""): string[] {
  return Array.from(cell.matchAll(/`([^`]+)`/g), (match) => match[1] ?? "");
}

/** The fields of each type in the tables below `title`, sorted. */
function fieldsUnder(title: string): Record<string, string[]> {
  const rows = tablesUnder(title)
    .filter(([heads]) => heads?.[0] === "`type`")
    .flatMap(([, , ...rows]) => rows);
  return Object.fromEntries(
    rows.flatMap(([types, fields]) =>
      quoted(types).map((type) => [type, [...new Set(quoted(fields))].sort()]),
    ),
  );
}

test("every command is in the table, with its fields", () => {
  const commands = Object.entries(schemas).map(([type, schema]) => {
    const forms = "options" in schema ? schema.options : [schema];
    const fields = forms.map(({ entries }) =>
      Object.entries(entries).map(
        ([name, field]) => name + (field.type === "optional" ? "?" : ""),
      ),
    );
    // Of what has several forms the table has what they share.
    const shared = fields[0]?.filter(
      (name) => name !== "type" && fields.every((form) => form.includes(name)),
    );
    return [type, shared?.sort()];
  });
  expect(fieldsUnder("Commands")).toEqual(Object.fromEntries(commands));
});

test("every event is in the table, with its fields", () => {
  // Where in a body the fault is, only HTTP can say.
  const { field: _, ...error } = EVENTS.error;
  const events = Object.entries({ ...EVENTS, error }).map(([type, marks]) => [
    type,
    Object.entries(marks)
      .map(([name, mark]) => `${name}${mark}`)
      .sort(),
  ]);
  expect(fieldsUnder("Events")).toEqual(Object.fromEntries(events));
});

test("[X1] [X4] every code is in the table, with its status and its close code", () => {
  const [codes = [], closes = []] = tablesUnder("X. Errors and closing");
  const listed = codes
    .slice(2)
    .map(([code, status, close]) => [
      quoted(code)[0],
      Number(status),
      Number(close),
    ]);
  expect(listed).toEqual(
    Object.entries(ERRORS).map(([code, { status, close }]) => [
      code,
      status,
      close,
    ]),
  );
  expect(closes.slice(2).map(([close]) => Number(close))).toEqual(
    Object.values(CLOSE),
  );
});
