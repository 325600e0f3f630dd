/** Commands: what a client asks of its room, and the one place that parses them. Pure. */
import * as v from "valibot";
import type { ErrorCode } from "./codes.ts";
import {
  MAX_COMMAND_LENGTH,
  MAX_PAGE_SIZE,
  MAX_TEXT_LENGTH,
} from "./limits.ts";
import { cleanText, codePointLength, isBlank } from "./text.ts";

const NONCE = /^[A-Za-z0-9_-]{1,64}$/;
const MAX_REF_LENGTH = 64;
const MAX_EMOJI_LENGTH = 64;
const MAX_TOKEN_LENGTH = 8_192;
const MAX_RAW_NICKNAME_LENGTH = 512;

const nonce = v.pipe(
  v.string(),
  v.regex(NONCE, "Nonce must be 1 to 64 of A-Z a-z 0-9 _ -"),
);
const seq = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const retry = v.optional(v.boolean());

const text = v.pipe(
  v.string(),
  v.transform(cleanText),
  v.check((value) => !isBlank(value), "Text must not be empty"),
  v.check((value) => codePointLength(value) <= MAX_TEXT_LENGTH, "too_large"),
);

const emoji = v.pipe(
  v.string(),
  v.transform((value) => value.normalize("NFC")),
  v.check(isSingleEmoji, "Emoji must be one emoji"),
);

const schemas = {
  send: v.object({
    type: v.literal("send"),
    nonce,
    text,
    replyTo: v.optional(seq),
    retry,
  }),
  edit: v.object({ type: v.literal("edit"), nonce, seq, text, retry }),
  delete: v.object({ type: v.literal("delete"), nonce, seq, retry }),
  react: v.object({
    type: v.literal("react"),
    nonce,
    seq,
    emoji,
    on: v.boolean(),
    retry,
  }),
  history: v.object({
    type: v.literal("history"),
    before: v.optional(seq),
    limit: v.optional(
      v.pipe(
        v.number(),
        v.safeInteger(),
        v.minValue(1),
        v.maxValue(MAX_PAGE_SIZE),
      ),
    ),
    ref: v.optional(v.pipe(v.string(), v.maxLength(MAX_REF_LENGTH))),
  }),
  rename: v.object({
    type: v.literal("rename"),
    nickname: v.pipe(v.string(), v.maxLength(MAX_RAW_NICKNAME_LENGTH)),
  }),
  typing: v.object({ type: v.literal("typing"), on: v.boolean() }),
  read: v.object({ type: v.literal("read"), seq }),
  ack: v.object({
    type: v.literal("ack"),
    seq: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  }),
  auth: v.object({
    type: v.literal("auth"),
    token: v.pipe(v.string(), v.maxLength(MAX_TOKEN_LENGTH)),
  }),
};

type Schemas = typeof schemas;
type CommandType = keyof Schemas;

/** The command of type `Type`, parsed: texts are clean, numbers are in range. */
export type CommandOf<Type extends CommandType> = v.InferOutput<Schemas[Type]>;

/** Any command, parsed. */
export type Command = { [Type in CommandType]: CommandOf<Type> }[CommandType];

/** A command that appends to the log and is answered by exactly one event with its nonce. */
export type LogCommand = CommandOf<"send" | "edit" | "delete" | "react">;

/** A frame that holds no command, and how to answer it. */
export interface Rejected {
  readonly code: ErrorCode;
  readonly message: string;
  /** The nonce of the frame where it has a readable one, so that the sender knows which. */
  readonly nonce?: string;
  readonly ref?: string;
  /** True when not even the command's type could be told. */
  readonly garbage: boolean;
}

/** The command in a text frame, or why there is none. Never throws. */
export function parseCommand(frame: string): Command | Rejected {
  if (frame.length > MAX_COMMAND_LENGTH) {
    return reject(
      "too_large",
      `Frame exceeds ${MAX_COMMAND_LENGTH} characters`,
    );
  }
  const fields = parseObject(frame);
  if (fields === undefined)
    return reject("bad_request", "Frame must be one JSON object");
  const type = fields["type"];
  if (!isCommandType(type))
    return reject("bad_request", "Command type is unknown");
  const result = v.safeParse(schemas[type], fields, { abortEarly: true });
  if (result.success) return result.output;
  return { ...explain(result.issues[0]), ...addressOf(fields), garbage: false };
}

/** Tells a rejected frame from a parsed command. */
export function isRejected(parsed: Command | Rejected): parsed is Rejected {
  return "garbage" in parsed;
}

/** What is wrong with the text of a message that came another way than by frame. */
export function parseSend(body: unknown): CommandOf<"send"> | Rejected {
  const result = v.safeParse(schemas.send, body, { abortEarly: true });
  if (result.success) return result.output;
  return { ...explain(result.issues[0]), garbage: false };
}

function reject(code: ErrorCode, message: string): Rejected {
  return { code, message, garbage: true };
}

function parseObject(frame: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(frame);
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return undefined;
    return { ...value };
  } catch {
    return undefined;
  }
}

function isCommandType(type: unknown): type is CommandType {
  return typeof type === "string" && Object.hasOwn(schemas, type);
}

function explain(issue: v.BaseIssue<unknown>): {
  code: ErrorCode;
  message: string;
} {
  if (issue.message === "too_large") {
    return {
      code: "too_large",
      message: `Text exceeds ${MAX_TEXT_LENGTH} code points`,
    };
  }
  const field = v.getDotPath(issue);
  // Names the field only: the value is the peer's own and may be a secret.
  return {
    code: "bad_request",
    message: `Field "${field ?? "type"}" is missing or malformed`,
  };
}

function addressOf(fields: Record<string, unknown>): {
  nonce?: string;
  ref?: string;
} {
  const { nonce, ref } = fields;
  return {
    ...(typeof nonce === "string" && NONCE.test(nonce) && { nonce }),
    ...(typeof ref === "string" && ref.length <= MAX_REF_LENGTH && { ref }),
  };
}

function isSingleEmoji(value: string): boolean {
  return value.length <= MAX_EMOJI_LENGTH && /^\p{RGI_Emoji}$/v.test(value);
}
