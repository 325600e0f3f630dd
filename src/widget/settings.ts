/** What the attributes of the element say; each has a value whatever was written. */
import type { StorageKind } from "./project_storage.ts";

/** Attributes that are watched. */
export const ATTRIBUTES = [
  "server",
  "project",
  "room",
  "nickname",
  "mode",
  "open",
  "lang",
  "heading",
  "storage",
  "preconnect",
  "readonly",
  "sound",
  "hide-launcher",
];

/** The attributes, parsed. */
export type Settings = ReturnType<typeof readSettings>;

/** Reads the attributes of `element`. */
export function readSettings(element: Element) {
  const text = (name: string) => element.getAttribute(name) || undefined;
  const flag = (name: string) => element.hasAttribute(name);
  return {
    server: originOf(text("server")),
    project: text("project"),
    room: text("room"),
    nickname: text("nickname"),
    heading: text("heading"),
    lang: element.closest<HTMLElement>("[lang]")?.lang || navigator.language,
    storage: storageKind(text("storage")),
    bubble: text("mode") === "bubble",
    open: flag("open"),
    preconnect: flag("preconnect"),
    readonly: flag("readonly"),
    sound: flag("sound"),
    hideLauncher: flag("hide-launcher"),
  };
}

function storageKind(written: string | undefined): StorageKind {
  return written === "none" || written === "session" ? written : "local";
}

/** By default the server is where this module came from. */
function originOf(written = import.meta.url): string {
  const url = URL.parse(written, location.href);
  // A module that was bundled into an app may come from no server at all.
  return url?.protocol.startsWith("http") ? url.origin : location.origin;
}
