/** Claims: what a platform's token says of its member, and the one place that parses them. Pure. */
import * as v from "valibot";
import type { Role } from "./events.ts";
import { isGuestId, parseRoomName } from "./ids.ts";
import { prepareNickname } from "./nickname.ts";

const SUBJECT = /^[^\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]{1,128}$/u;
const MAX_AVATAR_LENGTH = 512;
const MAX_TOKEN_ROOMS = 50;
const AUDIENCE_PREFIX = "project-chat:";

/** Roles that a token may give; a guest is who has none. */
const TOKEN_ROLES = [
  "owner",
  "moderator",
  "member",
  "reader",
] as const satisfies readonly Role[];

const oneOrMore = v.union([v.string(), v.array(v.string())]);
const seconds = v.pipe(v.number(), v.finite(), v.minValue(0));

/** Id of a member, as the platform knows them. */
export const subject = v.pipe(
  v.string(),
  v.regex(SUBJECT),
  v.check((id) => !isGuestId(id)),
);

/** Id of a token, as the platform knows it. */
export const tokenId = v.pipe(v.string(), v.regex(SUBJECT));

const schema = v.object({
  sub: subject,
  exp: seconds,
  iat: v.optional(seconds),
  jti: v.optional(tokenId),
  aud: v.optional(oneOrMore),
  project: v.optional(oneOrMore),
  name: v.optional(
    v.pipe(v.string(), v.transform(prepareNickname), v.string()),
  ),
  role: v.optional(v.picklist(TOKEN_ROLES), "member"),
  avatar: v.optional(
    v.pipe(
      v.string(),
      v.maxLength(MAX_AVATAR_LENGTH),
      v.startsWith("https://"),
      v.url(),
    ),
  ),
  rooms: v.optional(
    v.pipe(
      v.array(v.pipe(v.string(), v.transform(roomNamed), v.string())),
      v.minLength(1),
      v.maxLength(MAX_TOKEN_ROOMS),
    ),
  ),
});

/** What a token says of its member, parsed; times are in seconds since 1970. */
export type Claims = v.InferOutput<typeof schema>;

/** The claims of a token that was verified, if it is for `project`; never throws. */
export function parseClaims(
  payload: unknown,
  project: string,
): Claims | undefined {
  const result = v.safeParse(schema, payload, { abortEarly: true });
  if (!result.success) return undefined;
  return isFor(result.output, project) ? result.output : undefined;
}

/** At least one of the claims that name a project is there, and each that is names this one. */
function isFor(claims: Claims, project: string): boolean {
  const { aud, project: projects } = claims;
  if (aud === undefined && projects === undefined) return false;
  return names(aud, `${AUDIENCE_PREFIX}${project}`) && names(projects, project);
}

/** A token names its rooms; none of them is the lobby by being absent. */
function roomNamed(name: string): string | undefined {
  return parseRoomName(name);
}

function names(
  claim: string | readonly string[] | undefined,
  wanted: string,
): boolean {
  return claim === undefined || [claim].flat().includes(wanted);
}
