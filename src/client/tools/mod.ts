/**
 * Tools: what a client does not need in order to talk. Each takes a client and adds one
 * feature to it, in a file of its own; who uses none loads none. A new one is a file here
 * and a line below.
 */
export * from "./challenge.ts";
export * from "./context.ts";
export * from "./events.ts";
export * from "./files.ts";
export * from "./moderation.ts";
export * from "./permission.ts";
export * from "./reactions.ts";
export * from "./read_mark.ts";
export * from "./readers.ts";
export * from "./rooms.ts";
export * from "./search.ts";
export * from "./typing.ts";
export * from "./unsent.ts";
