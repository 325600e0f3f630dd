/** The wire contract: types, limits, codes and the parser of commands. Pure. */
export * from "./claims.ts";
export * from "./codes.ts";
export * from "./commands.ts";
export * from "./events.ts";
export * from "./files.ts";
export * from "./ids.ts";
export * from "./limits.ts";
export * from "./moderation.ts";
export * from "./nickname.ts";
export * from "./oversight.ts";
export * from "./permissions.ts";
export * from "./room_list.ts";
export * from "./settings.ts";
export * from "./text.ts";
