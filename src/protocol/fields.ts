/** The fields that commands are made of, each with its bounds. Pure. */
import * as v from "valibot";
import { FILE_KEY } from "./files.ts";
import {
  MAX_MEMBER_ID_LENGTH,
  MAX_MENTIONS,
  MAX_TEXT_LENGTH,
} from "./limits.ts";
import { cleanText, codePointLength, isBlank } from "./text.ts";

/** What a nonce looks like. */
export const NONCE = /^[A-Za-z0-9_-]{1,64}$/;
/** Longest `ref`, in characters. */
export const MAX_REF_LENGTH = 64;
const MAX_EMOJI_LENGTH = 64;

export const nonce = v.pipe(
  v.string(),
  v.regex(NONCE, "Nonce must be 1 to 64 of A-Z a-z 0-9 _ -"),
);

/** The `seq` of something that was said. */
export const seq = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** A `seq`, or 0 for what lies before the first. */
export const place = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const retry = v.optional(v.boolean());

/** How the sender tells answers without a nonce apart. */
export const ref = v.optional(v.pipe(v.string(), v.maxLength(MAX_REF_LENGTH)));

/** A text that may show nothing, where something else does. */
export const caption = v.pipe(
  v.string(),
  v.transform(cleanText),
  v.transform((value) => (isBlank(value) ? "" : value)),
  v.check((value) => codePointLength(value) <= MAX_TEXT_LENGTH, "too_large"),
);

export const text = v.pipe(
  caption,
  v.check((value) => value !== "", "Text must not be empty"),
);

/** The key of a file that was uploaded. */
export const file = v.optional(v.pipe(v.string(), v.regex(FILE_KEY)));

/** Id of a member. */
export const member = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(MAX_MEMBER_ID_LENGTH),
);

/** Ids of those who are meant, each once. */
export const mentions = v.optional(
  v.pipe(
    v.array(member),
    v.maxLength(MAX_MENTIONS),
    v.transform((ids) => [...new Set(ids)]),
  ),
);

export const emoji = v.pipe(
  v.string(),
  v.transform((value) => value.normalize("NFC")),
  v.check(isSingleEmoji, "Emoji must be one emoji"),
);

function isSingleEmoji(value: string): boolean {
  return value.length <= MAX_EMOJI_LENGTH && /^\p{RGI_Emoji}$/v.test(value);
}
