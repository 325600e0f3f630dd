/** Commands that keep order in a room, and their schemas. Pure. */
import * as v from "valibot";
import { member, nonce, retry, seq } from "./fields.ts";
import {
  MAX_REASON_LENGTH,
  MAX_SLOW_SECONDS,
  MAX_TOPIC_LENGTH,
} from "./limits.ts";
import type { ModerationAction } from "./moderation_events.ts";
import { cleanText, codePointLength } from "./text.ts";

/** One line of clean text of at most `length` code points. */
function line(length: number) {
  return v.pipe(
    v.string(),
    v.transform((value) => cleanText(value).replace(/\s+/g, " ").trim()),
    v.check((value) => codePointLength(value) <= length, "too_large"),
  );
}

const at = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const reason = v.optional(line(MAX_REASON_LENGTH));
const type = v.literal("moderate");

/** What every sanction and every setting of a room carries. */
const act = { type, nonce, reason, retry };
/** A sanction that holds until it ends; without an end, for good. */
const sanction = {
  ...act,
  member,
  until: v.optional(at),
  /** Whether it also binds the guests who come from the member's addresses. */
  address: v.optional(v.boolean()),
};

/** `moderate`: one object per action, with the fields that this action takes. */
export const moderateSchema = v.variant("action", [
  v.object({ action: v.literal("mute"), ...sanction }),
  v.object({ action: v.literal("ban"), ...sanction }),
  v.object({ action: v.literal("unmute"), ...act, member }),
  v.object({ action: v.literal("unban"), ...act, member }),
  v.object({ action: v.literal("kick"), ...act, member }),
  v.object({
    action: v.literal("purge"),
    ...act,
    member,
    since: v.optional(at),
  }),
  v.object({
    action: v.literal("slow"),
    ...act,
    seconds: v.pipe(
      v.number(),
      v.safeInteger(),
      v.minValue(0),
      v.maxValue(MAX_SLOW_SECONDS),
    ),
  }),
  v.object({ action: v.literal("lock"), ...act }),
  v.object({ action: v.literal("unlock"), ...act }),
  v.object({
    action: v.literal("topic"),
    ...act,
    text: line(MAX_TOPIC_LENGTH),
  }),
  v.object({ action: v.literal("pin"), ...act, target: seq }),
  v.object({ action: v.literal("unpin"), ...act }),
]);

/** `report`: tells the moderators of a message. */
export const reportSchema = v.object({
  type: v.literal("report"),
  nonce,
  seq,
  reason: line(MAX_REASON_LENGTH),
});

/** A command that keeps order, parsed. */
export type Moderate = v.InferOutput<typeof moderateSchema>;
/** The command of one action. */
export type ModerateOf<Action extends Moderate["action"] & ModerationAction> =
  Extract<Moderate, { action: Action }>;
