/** `<project-chat>` in the JSX of React 19, which sets attributes and listens to events itself. */
import type * as React from "react";
import type {
  ChatClient,
  ChatError,
  CloseReason,
  Message,
  Status,
} from "../client/mod.ts";

/** What can be written on the tag, besides what every element takes. */
export interface ProjectChatProps {
  project: string;
  server?: string;
  room?: string;
  nickname?: string;
  mode?: "inline" | "bubble";
  position?: "end" | "start";
  theme?: "auto" | "light" | "dark" | "inherit";
  heading?: string;
  storage?: "local" | "session" | "none";
  open?: boolean;
  preconnect?: boolean;
  readOnly?: boolean;
  sound?: boolean;
  avatars?: boolean;
  rooms?: boolean;
  hideLauncher?: boolean;
  token?: string | (() => string | Promise<string>);
  strings?: Readonly<Record<string, string>>;
  onready?: (event: CustomEvent<{ client: ChatClient }>) => void;
  onstatechange?: (
    event: CustomEvent<{ status: Status; closeReason?: CloseReason }>,
  ) => void;
  "onchat-message"?: (event: CustomEvent<{ message: Message }>) => void;
  "onbefore-send"?: (event: CustomEvent<{ text: string }>) => void;
  "onmessage-sent"?: (event: CustomEvent<{ message: Message }>) => void;
  "onmessage-failed"?: (
    event: CustomEvent<{ text: string; error: unknown }>,
  ) => void;
  onunreadchange?: (event: CustomEvent<{ unread: number }>) => void;
  onopenchange?: (event: CustomEvent<{ open: boolean }>) => void;
  "onopen-room"?: (event: CustomEvent<{ room: string; seq: number }>) => void;
  "onchat-error"?: (event: CustomEvent<{ error: ChatError }>) => void;
}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "project-chat": ProjectChatProps &
        Omit<
          React.DetailedHTMLProps<
            React.HTMLAttributes<HTMLElement>,
            HTMLElement
          >,
          keyof ProjectChatProps
        >;
    }
  }
}
