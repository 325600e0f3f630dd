/** Commands: what a client asks of its room, and the one place that parses them. Pure. */
import * as v from "valibot";
import type { ErrorCode } from "./codes.ts";
import { MAX_REF_LENGTH, NONCE } from "./fields.ts";
import { MAX_COMMAND_LENGTH } from "./limits.ts";
import { schemas } from "./schemas.ts";

type Schemas = typeof schemas;

/** What a client may ask for. */
export type CommandType = keyof Schemas;

/** The command of type `Type`, parsed: texts are clean, numbers are in range. */
export type CommandOf<Type extends CommandType> = v.InferOutput<Schemas[Type]>;

/** Any command, parsed. */
export type Command = { [Type in CommandType]: CommandOf<Type> }[CommandType];

/** A command that appends to the log and is answered by exactly one event with its nonce. */
export type LogCommand = CommandOf<
  "send" | "edit" | "delete" | "react" | "moderate"
>;

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
    return {
      ...reject("bad_request", "Command type is unknown"),
      ...addressOf(fields),
    };
  const result = v.safeParse(schemas[type], fields, { abortEarly: true });
  if (result.success) return result.output;
  return { ...explain(result.issues[0]), ...addressOf(fields), garbage: false };
}

/** Tells a rejected frame from a parsed command. */
export function isRejected(parsed: Command | Rejected): parsed is Rejected {
  return "garbage" in parsed;
}

/** The command of type `type` with the fields of `body`, which came another way than by frame. */
export function parseAs<Type extends CommandType>(
  type: Type,
  body: object,
): CommandOf<Type> | Rejected {
  const schema: Schemas[Type] = schemas[type];
  const result = v.safeParse(schema, { ...body, type }, { abortEarly: true });
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
  const field = v.getDotPath(issue) ?? "type";
  // Names the field only: the value is the peer's own and may be a secret.
  return issue.message === "too_large"
    ? { code: "too_large", message: `Field "${field}" has too many characters` }
    : {
        code: "bad_request",
        message: `Field "${field}" is missing or malformed`,
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
