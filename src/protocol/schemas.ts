/** The schema of each command. Pure. */
import * as v from "valibot";
import {
  caption,
  emoji,
  file,
  mentions,
  nonce,
  place,
  ref,
  retry,
  seq,
  text,
} from "./fields.ts";
import { MAX_PAGE_SIZE } from "./limits.ts";
import { moderateSchema, reportSchema } from "./moderation.ts";

/** What each command must look like, by type. */
export const schemas = {
  send: v.pipe(
    v.object({
      type: v.literal("send"),
      nonce,
      text: caption,
      replyTo: v.optional(seq),
      mentions,
      file,
      retry,
    }),
    v.forward(
      v.check(
        ({ text, file }) => text !== "" || file !== undefined,
        "Text must not be empty",
      ),
      ["text"],
    ),
  ),
  edit: v.object({
    type: v.literal("edit"),
    nonce,
    seq,
    text,
    mentions,
    retry,
  }),
  delete: v.object({ type: v.literal("delete"), nonce, seq, retry }),
  react: v.object({
    type: v.literal("react"),
    nonce,
    seq,
    emoji,
    on: v.boolean(),
    retry,
  }),
  history: v.pipe(
    v.object({
      type: v.literal("history"),
      before: v.optional(seq),
      after: v.optional(place),
      around: v.optional(seq),
      limit: v.optional(
        v.pipe(
          v.number(),
          v.safeInteger(),
          v.minValue(1),
          v.maxValue(MAX_PAGE_SIZE),
        ),
      ),
      ref,
    }),
    v.forward(
      v.check(
        (page) => hasOnePlace(page),
        "Page must be before, after or around",
      ),
      ["before"],
    ),
  ),
  rename: v.object({
    type: v.literal("rename"),
    // How long it may be is measured once it is clean.
    nickname: v.string(),
    ref,
  }),
  typing: v.object({ type: v.literal("typing"), on: v.boolean() }),
  read: v.object({ type: v.literal("read"), seq }),
  rooms: v.object({
    type: v.literal("rooms"),
    on: v.boolean(),
    read: v.optional(v.record(v.string(), place)),
  }),
  ack: v.object({ type: v.literal("ack"), seq: place }),
  // A token that is too long is answered like any other that is not valid.
  auth: v.object({ type: v.literal("auth"), token: v.string() }),
  moderate: moderateSchema,
  report: reportSchema,
};

/** Where a page lies: at most one of the three. */
function hasOnePlace(page: {
  before?: number | undefined;
  after?: number | undefined;
  around?: number | undefined;
}): boolean {
  const named = [page.before, page.after, page.around];
  return named.filter((value) => value !== undefined).length <= 1;
}
