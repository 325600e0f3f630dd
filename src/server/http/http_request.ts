/** What the HTTP routes ask for, parsed from their query, headers and body. */
import {
  type CommandOf,
  DEFAULT_PAGE_SIZE,
  isProblem,
  isRejected,
  type LogCommand,
  MAX_COMMAND_LENGTH,
  MAX_FILE_BYTES,
  MAX_PAGE_SIZE,
  MAX_QUERY_LENGTH,
  type Problem,
  parseAs,
  parseInteger,
  parseRoomName,
  prepareNickname,
  type Rejected,
} from "../../protocol/mod.ts";
import { type ImageFacts, identifyImage } from "../log/images.ts";
import type { Range } from "../log/pages.ts";
import { parseQuery } from "../log/query.ts";
import { parsePlace, type SearchWish } from "../log/searcher.ts";
import { malformed, NICKNAME_INVALID, NO_IMAGE } from "../problems.ts";
import { randomId } from "../storage/meta.ts";
import { readBytes } from "./body.ts";

const NONCE_BYTES = 12;
/** Most bytes of UTF-8 for one UTF-16 code unit. */
const BYTES_OF_UNIT = 3;

/** A message, or a change of one, that somebody asks for by HTTP. */
export interface Post<Type extends LogCommand["type"] = LogCommand["type"]> {
  readonly room: string;
  readonly nickname?: string;
  readonly command: CommandOf<Type>;
}

/** `?room`, by default the lobby. */
export function parseRoomQuery(
  query: URLSearchParams,
): { room: string } | Problem {
  const room = parseRoomName(query.get("room") ?? undefined);
  return room === undefined ? malformed("Room name is malformed") : { room };
}

/** `?room&before&after&around&limit` of a page of messages. */
export function parsePage(
  query: URLSearchParams,
): (Range & { room: string }) | Problem {
  const room = parseRoomQuery(query);
  if (isProblem(room)) return room;
  const page = parseAs(
    "history",
    Object.fromEntries(
      ["before", "after", "around", "limit"].map((name) => [
        name,
        parseNumber(query.get(name)),
      ]),
    ),
  );
  if (isRejected(page)) {
    return malformed(
      `Range must be at most one of before, after and around, each a seq, and a limit of 1 to ${MAX_PAGE_SIZE}`,
    );
  }
  const { before, after, around, limit = DEFAULT_PAGE_SIZE } = page;
  return { ...room, before, after, around, limit };
}

/** `?q&room&author&from&to&before&limit` of a search. */
export function parseSearch(query: URLSearchParams): SearchWish | Problem {
  const room = query.has("room") ? parseRoomQuery(query) : {};
  if (isProblem(room)) return room;
  const author = query.get("author") ?? undefined;
  const asked = query.get("q") ?? "";
  // Somebody's messages are something to look for, too.
  const words = author && !asked ? [] : parseQuery(asked);
  if (!words) {
    return malformed(
      `Query must have 2 to ${MAX_QUERY_LENGTH} code points, or one that is no letter of an alphabet`,
    );
  }
  const before = parseStart(query);
  if (before === null) {
    return malformed(
      "Cursor must be one that a search gave or, in a room, a seq",
    );
  }
  const [from, to, limit = DEFAULT_PAGE_SIZE] = ["from", "to", "limit"].map(
    (name) => parseNumber(query.get(name)),
  );
  const isRange = [from, to, limit].every((number) => !Number.isNaN(number));
  if (!isRange || limit < 1 || limit > MAX_PAGE_SIZE) {
    return malformed(`Range is malformed: limit is 1 to ${MAX_PAGE_SIZE}`);
  }
  return { ...room, query: words, author, before, from, to, limit };
}

/** The image in a body, and what it says of itself. */
export async function parseUpload(
  request: Request,
): Promise<{ facts: ImageFacts; data: ArrayBuffer } | Problem> {
  const read = await readBytes(request, MAX_FILE_BYTES);
  if (isProblem(read)) return read;
  const { data } = read;
  const facts = identifyImage(data);
  const claimed = request.headers.get("Content-Type")?.split(";")[0]?.trim();
  const isHonest = [facts?.type, "application/octet-stream", undefined, ""];
  return facts && isHonest.includes(claimed?.toLowerCase())
    ? { facts, data }
    : NO_IMAGE;
}

/** `?room` and `{text, replyTo?, nickname?, retry?}`, with `Idempotency-Key` for a nonce. */
export async function parsePost(
  request: Request,
): Promise<Post<"send"> | Problem> {
  const read = await readObject(request);
  if (isProblem(read)) return read;
  const { body } = read;
  const room = parseRoomQuery(new URL(request.url).searchParams);
  if (isProblem(room)) return room;
  const command = parseAs("send", {
    ...body,
    nonce: nonceOf(request),
  });
  if (isRejected(command)) return problemOf(command);
  const wanted = body["nickname"];
  const nickname =
    typeof wanted === "string" ? prepareNickname(wanted) : undefined;
  if (wanted !== undefined && nickname === undefined) {
    return NICKNAME_INVALID;
  }
  return { ...room, command, ...(nickname !== undefined && { nickname }) };
}

/** The body that `parse` takes from a request, or what is wrong with it. */
export async function parseBody<Body extends object>(
  request: Request,
  parse: (body: unknown) => Body | Problem,
): Promise<Body | Problem> {
  const read = await readObject(request);
  return isProblem(read) ? read : parse(read.body);
}

/** `?room`, and a change of the message in the path; `fields` are those that it has. */
export function parseChange<Type extends "edit" | "delete" | "react">(
  request: Request,
  change: { type: Type; seq: string; fields?: object },
): Post<Type> | Problem {
  const room = parseRoomQuery(new URL(request.url).searchParams);
  if (isProblem(room)) return room;
  const command = parseAs(change.type, {
    ...change.fields,
    seq: parseNumber(change.seq),
    nonce: nonceOf(request),
  });
  if (isRejected(command)) return problemOf(command);
  return { ...room, command };
}

/** `?room` and `{action, …}`, an act of a moderator. */
export async function parseModeration(
  request: Request,
): Promise<Post<"moderate"> | Problem> {
  const read = await readObject(request);
  if (isProblem(read)) return read;
  const room = parseRoomQuery(new URL(request.url).searchParams);
  if (isProblem(room)) return room;
  const nonce = nonceOf(request);
  const command = parseAs("moderate", { ...read.body, nonce });
  return isRejected(command) ? problemOf(command) : { ...room, command };
}

/** `?before&limit` of a page of the audit. */
export function parseAudit(
  query: URLSearchParams,
): { before?: number; limit: number } | Problem {
  const before = parseSeq(query.get("before"));
  const limit = parseSeq(query.get("limit") ?? String(DEFAULT_PAGE_SIZE));
  if (before === null || !limit || limit > MAX_PAGE_SIZE) {
    return malformed(`Range is malformed: limit is 1 to ${MAX_PAGE_SIZE}`);
  }
  return { limit, ...(before !== undefined && { before }) };
}

/** The number of a report. */
export function parseReport(text: string): { id: number } | Problem {
  const id = parseSeq(text);
  return id ? { id } : malformed("Number of the report is malformed");
}

/** The body of a request as one JSON object. */
export async function readObject(
  request: Request,
): Promise<{ body: Record<string, unknown> } | Problem> {
  const read = await readBytes(request, MAX_COMMAND_LENGTH * BYTES_OF_UNIT);
  if (isProblem(read)) return read;
  const text = new TextDecoder().decode(read.data);
  if (text.length > MAX_COMMAND_LENGTH) {
    return {
      code: "too_large",
      message: `Body exceeds ${MAX_COMMAND_LENGTH} characters`,
    };
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return { body: { ...value } };
    }
  } catch {
    // Answered below, like any other body that is no object.
  }
  return malformed("Body must be one JSON object");
}

function nonceOf(request: Request): string {
  return request.headers.get("Idempotency-Key") ?? randomId(NONCE_BYTES);
}

function problemOf({ code, message }: Rejected): Problem {
  return { code, message };
}

/** `?before` of a search: `undefined` for none, `null` for a malformed one. */
function parseStart(query: URLSearchParams): SearchWish["before"] | null {
  const before = query.get("before");
  if (before === null) return undefined;
  // A seq is one of a room's; our own cursors have dashes.
  const seq = query.has("room") ? parseInteger(before) : undefined;
  return seq || (parsePlace(before) ?? null);
}

/** `undefined` for none, not a number for a malformed one. */
function parseNumber(value: string | null): number | undefined {
  if (value === null) return undefined;
  return parseInteger(value) ?? Number.NaN;
}

/** `undefined` for none, `null` for a malformed one. */
function parseSeq(value: string | null): number | null | undefined {
  if (value === null) return undefined;
  return parseInteger(value) || null;
}
