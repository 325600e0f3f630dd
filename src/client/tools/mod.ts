/**
 * Tools: what a client does not need in order to talk. Each takes a client and adds one
 * feature to it, in a file of its own; who uses none loads none. A new one is a file here
 * and a line below.
 */
export * from "./events.ts";
export * from "./reactions.ts";
export * from "./read_mark.ts";
export * from "./typing.ts";
