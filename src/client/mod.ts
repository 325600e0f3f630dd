/**
 * Headless client for browsers, Node, Deno and Bun: no dependency, no DOM needed. The core,
 * and the tools that add to it; a bundler takes what is used.
 */
export * from "./core.ts";
export * from "./tools/mod.ts";
