/** Names in URLs and frames, and numbers in URLs: which are well-formed. Pure. */
import { DEFAULT_ROOM } from "./limits.ts";

const PROJECT_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const ROOM_NAME = /^[\p{L}\p{N}][\p{L}\p{N}_-]{0,63}$/u;
const DIGITS = /^\d{1,16}$/;

/** What {@linkcode isGuestId} recognises: 12 random bytes, or the hex of 12. */
const GUEST_ID = /^g_([A-Za-z0-9_-]{16}|[0-9a-f]{24})$/;

/** Whether `id` names a project. */
export function isProjectId(id: string): boolean {
  return PROJECT_ID.test(id);
}

/** The room `name` stands for, in NFC; `undefined` if it names none. */
export function parseRoomName(name: string = DEFAULT_ROOM): string | undefined {
  const room = name.normalize("NFC");
  return ROOM_NAME.test(room) ? room : undefined;
}

/**
 * The number that `text` stands for, in decimal digits and as large as in a frame;
 * `undefined` if it stands for none.
 */
export function parseInteger(text: string): number | undefined {
  const number = DIGITS.test(text) ? Number(text) : undefined;
  return Number.isSafeInteger(number) ? number : undefined;
}

/** Whether `id` looks like one that a room gives to its guests. */
export function isGuestId(id: string): boolean {
  return GUEST_ID.test(id);
}
