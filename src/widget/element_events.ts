/** Events the element fires; all bubble and cross shadow roots. */
import type {
  ChatClient,
  ChatError,
  CloseReason,
  Message,
  Status,
} from "../client/mod.ts";

/** The detail of each event. */
export interface ProjectChatDetails {
  /** The conversation is loaded for the first time. */
  ready: { readonly client: ChatClient };
  /** The connection came, went or was given up. */
  statechange: {
    readonly status: Status;
    readonly closeReason: CloseReason | undefined;
  };
  /** Somebody said something just now, you included. */
  "chat-message": { readonly message: Message };
  /** About to send; `preventDefault()` leaves the text in the composer. */
  "before-send": { readonly text: string };
  /** The room has accepted what was sent from this element. */
  "message-sent": { readonly message: Message };
  /** What was sent from this element was refused or given up. */
  "message-failed": { readonly text: string; readonly error: unknown };
  /** The number of unread messages changed. */
  unreadchange: { readonly unread: number };
  /** The panel opened or closed. */
  openchange: { readonly open: boolean };
  /** A message of another room is to be shown; `preventDefault()` leaves that to the page. */
  "open-room": { readonly room: string; readonly seq: number };
  /** The room or the client reports a problem. */
  "chat-error": { readonly error: ChatError };
}

/** The events by name, as `addEventListener` knows them. */
export type ProjectChatEventMap = {
  [Name in keyof ProjectChatDetails]: CustomEvent<ProjectChatDetails[Name]>;
};

/** Fires an event at `target`; false when a listener prevented it. */
export function fire<Name extends keyof ProjectChatDetails>(
  target: EventTarget,
  name: Name,
  detail: ProjectChatDetails[Name],
): boolean {
  return target.dispatchEvent(
    new CustomEvent(name, {
      detail,
      bubbles: true,
      composed: true,
      // Where it stops nothing, nobody asks.
      cancelable: true,
    }),
  );
}
