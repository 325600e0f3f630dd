/** The tag as TypeScript knows it. Types only. */
import type { ProjectChatElement } from "./project_chat_element.tsx";
import type { StorageKind } from "./project_storage.ts";

/** Attributes of `<project-chat>`. */
export interface ProjectChatAttributes {
  project: string;
  server?: string;
  room?: string;
  nickname?: string;
  mode?: "inline" | "bubble";
  position?: "end" | "start";
  theme?: "auto" | "light" | "dark" | "inherit";
  lang?: string;
  heading?: string;
  storage?: StorageKind;
  open?: boolean;
  preconnect?: boolean;
  readonly?: boolean;
  sound?: boolean;
  avatars?: boolean;
  rooms?: boolean;
  "hide-launcher"?: boolean;
}

declare global {
  interface HTMLElementTagNameMap {
    "project-chat": ProjectChatElement;
  }
}
