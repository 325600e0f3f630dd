/** Notifications of the system, for messages that come while nobody looks at the page. */
import type { Message } from "../client/mod.ts";
import type { ProjectChatElement } from "../widget/mod.ts";
import { roomInAddress } from "./address.ts";
import { isQuiet, levelNow } from "./bell.ts";
import { titleOf } from "./rooms.ts";

/** Longest text shown, in code points: systems cut it anyway, and some show it on a locked screen. */
const MAX_TEXT = 200;

interface NotificationOptions {
  readonly project: string;
  readonly chat: ProjectChatElement;
  /** Shows a message where it was said. */
  readonly show: (room: string, seq: number) => void;
}

/** Tells the reader of messages as they chose to be told. */
export function notify({ project, chat, show }: NotificationOptions): void {
  /** What stands on the screen, by its tag. */
  const shown = new Map<string, Notification>();

  chat.addEventListener("chat-message", ({ detail: { message } }) => {
    const you = chat.client?.you?.id;
    const isMention = message.mentions?.some(({ id }) => id === you) ?? false;
    const level = levelNow();
    const isWanted = level === "all" || (level === "mentions" && isMention);
    if (!document.hidden || !isWanted || isQuiet()) return;
    if (message.author.id !== you) put(message, isMention);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    for (const notification of shown.values()) notification.close();
    shown.clear();
  });

  function put(message: Message, isMention: boolean): void {
    const room = roomInAddress();
    // The newest of a room stands for those before it; who is meant is told apart.
    const tag = `${project}/${room}${isMention ? "@" : ""}`;
    const notification = new Notification(
      `${message.author.nickname} · ${titleOf(room)}`,
      {
        body: [...message.text].slice(0, MAX_TEXT).join(""),
        tag,
        icon: "/favicon.svg",
      },
    );
    shown.set(tag, notification);
    notification.addEventListener("click", () => {
      window.focus();
      notification.close();
      show(room, message.seq);
    });
  }
}
