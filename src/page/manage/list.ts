/** Pieces that the lists of the panel are made of. */
import { DEFAULT_ROOM } from "../../protocol/limits.ts";
import { create } from "../dom.ts";
import { say } from "../words.ts";
import { timeOf } from "./words.ts";

/** A name or whatever else somebody typed: its direction stays its own. */
export function name(text: string): HTMLElement {
  return create("bdi", { children: [text] });
}

/** Small print: its parts with dots between, empty ones left out. */
export function facts(parts: readonly (string | Node)[]): HTMLElement {
  const shown = parts.filter((part) => part !== "");
  return create("p", {
    className: "hint",
    children: shown.flatMap((part, at) => (at === 0 ? [part] : [" · ", part])),
  });
}

/** When, for people and for machines. */
export function when(at: number): HTMLTimeElement {
  const dateTime = new Date(at).toISOString();
  return create("time", { dateTime, children: [timeOf(at)] });
}

/** Which room. */
export function place(room: string): HTMLElement {
  return name(`#${room === DEFAULT_ROOM ? say("lobby") : room}`);
}
