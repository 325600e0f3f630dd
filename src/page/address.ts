/** What the address of a project's page says. */
import { parseRoomName } from "../protocol/ids.ts";
import { DEFAULT_ROOM } from "../protocol/limits.ts";

/** Id of the project. */
export function projectInAddress(): string {
  return decodeURIComponent(location.pathname.split("/")[2] ?? "");
}

/** The room that is open. */
export function roomInAddress(): string {
  const room = new URLSearchParams(location.search).get("room");
  return room?.normalize("NFC") || DEFAULT_ROOM;
}

/** The message that the address leads to. */
export function messageInAddress(): number | undefined {
  const seq = Number(/^#m=(\d+)$/.exec(location.hash)?.[1]);
  return Number.isSafeInteger(seq) && seq > 0 ? seq : undefined;
}

/** The address of `room`, with everything else left as it is. */
export function addressOf(room: string): URL {
  const url = new URL(location.href);
  url.hash = "";
  if (room === DEFAULT_ROOM) url.searchParams.delete("room");
  else url.searchParams.set("room", room);
  return url;
}

/** The room somebody means by `written`; undefined if none can be called that. */
export function roomNamed(written: string): string | undefined {
  return parseRoomName(written.trim().replace(/\s+/gu, "-"));
}
