/** Settings of a project: what its owner decides, and the one place that parses them. Pure. */
import * as v from "valibot";
import { subject, tokenId } from "./claims.ts";
import type { Problem } from "./codes.ts";
import type { Mode } from "./events.ts";
import { MODES } from "./permissions.ts";

const MAX_ORIGINS = 100;
const MAX_ORIGIN_LENGTH = 256;
const MAX_BLOCKED_WORDS = 500;
const MAX_BLOCKED_WORD_LENGTH = 64;
/** A page's origin, as a person may write it; the server spells it as browsers do. */
const ORIGIN = /^https?:\/\/[^\s/?#@\\*]+\/?$/i;

/** Whose messages may hold links. */
export type LinkRule = "everyone" | "members" | "nobody";
/** Whether the operator's hook sees messages first, and what happens when it does not answer. */
export type HookRule = "off" | "fail-open" | "fail-closed";

/** What an owner decides about a project. */
export interface Settings {
  /** Who may come in; never more than the operator lets in. */
  readonly mode: Mode;
  /** Pages that may connect, as browsers spell their origins; empty for all. */
  readonly origins: readonly string[];
  /** Words that no message may have. */
  readonly blockedWords: readonly string[];
  readonly links: LinkRule;
  readonly hook: HookRule;
  /** Whether rooms tell who has read how far. */
  readonly readReceipts: boolean;
}

/** What a project starts with. */
export const DEFAULT_SETTINGS: Settings = {
  mode: "open",
  origins: [],
  blockedWords: [],
  links: "everyone",
  hook: "off",
  readReceipts: true,
};

const entries = {
  mode: v.picklist(MODES),
  origins: v.pipe(
    v.array(
      v.pipe(v.string(), v.maxLength(MAX_ORIGIN_LENGTH), v.regex(ORIGIN)),
    ),
    v.maxLength(MAX_ORIGINS),
  ),
  blockedWords: v.pipe(
    v.array(
      v.pipe(
        v.string(),
        v.trim(),
        v.minLength(1),
        v.maxLength(MAX_BLOCKED_WORD_LENGTH),
      ),
    ),
    v.maxLength(MAX_BLOCKED_WORDS),
  ),
  links: v.picklist(["everyone", "members", "nobody"] satisfies LinkRule[]),
  hook: v.picklist(["off", "fail-open", "fail-closed"] satisfies HookRule[]),
  readReceipts: v.boolean(),
} satisfies Record<keyof Settings, v.GenericSchema>;

/** One setting's name. */
export type SettingName = keyof Settings;

/** The settings that change; at least one. */
export type SettingsChange = Partial<Settings>;

const change = v.partial(v.strictObject(entries));
const revocation = v.union([
  v.strictObject({ sub: subject }),
  v.strictObject({ jti: tokenId }),
]);

/** Whose tokens, or which token, is worth nothing from now on. */
export type Revocation = v.InferOutput<typeof revocation>;

/** The settings that `body` wants changed, or what is wrong with it. */
export function parseSettingsChange(body: unknown): SettingsChange | Problem {
  const result = v.safeParse(change, body, { abortEarly: true });
  if (!result.success) return malformed(result.issues[0]);
  const wanted = Object.entries(result.output).filter(
    ([, value]) => value !== undefined,
  );
  if (wanted.length > 0) return Object.fromEntries(wanted);
  return { code: "bad_request", message: "Change names no setting" };
}

/** One setting as it was stored; `undefined` when this version would not store it so. */
export function parseSetting<Name extends SettingName>(
  name: Name,
  value: unknown,
): Settings[Name] | undefined {
  const result = v.safeParse(entries[name], value);
  // The schema of a name gives the value of that name, which the type does not follow.
  return result.success ? (result.output as Settings[Name]) : undefined;
}

/** Whether `name` is a setting. */
export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(entries, name);
}

/** What `body` wants revoked, or what is wrong with it. */
export function parseRevocation(body: unknown): Revocation | Problem {
  const result = v.safeParse(revocation, body, { abortEarly: true });
  if (result.success) return result.output;
  return { code: "bad_request", message: "Body must be {sub} or {jti}" };
}

function malformed(issue: v.BaseIssue<unknown>): Problem {
  const field = v.getDotPath(issue);
  return {
    code: "bad_request",
    message: `Setting "${field ?? ""}" does not exist or is malformed`,
    ...(field && { field }),
  };
}
