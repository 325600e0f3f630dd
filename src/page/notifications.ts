/** Notifications of the system, for messages that come while nobody looks at the page. */
import type { Member } from "../client/mod.ts";
import type { ProjectChatElement } from "../widget/mod.ts";
import { roomInAddress } from "./address.ts";
import { isQuiet, levelNow } from "./bell.ts";
import { titleOf } from "./rooms.ts";
import { say } from "./words.ts";

/** Longest text shown, in code points: systems cut it anyway, and some show it on a locked screen. */
const MAX_TEXT = 200;

/** What the reader is told of. */
interface News {
  readonly room: string;
  readonly seq: number;
  readonly author: Member;
  readonly text: string;
  /** Whether it means the reader. */
  readonly isMention: boolean;
}

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
  let off = () => {};

  chat.addEventListener("chat-message", ({ detail: { message } }) => {
    const { seq, author, text, mentions } = message;
    const you = chat.client?.you?.id;
    const isMention = mentions?.some(({ id }) => id === you) ?? false;
    if (author.id !== you)
      tell({ room: roomInAddress(), seq, author, text, isMention });
  });
  // Of the other rooms the one that is open tells whom they mean.
  chat.addEventListener("ready", ({ detail: { client } }) => {
    off();
    off = client.on("mentioned", ({ room, target: seq, by: author, text }) =>
      tell({ room, seq, author, text, isMention: true }),
    );
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    for (const notification of shown.values()) notification.close();
    shown.clear();
  });

  function tell(news: News): void {
    const level = levelNow();
    const isWanted =
      level === "all" || (level === "mentions" && news.isMention);
    if (document.hidden && isWanted && !isQuiet()) put(news);
  }

  function put({ room, seq, author, text, isMention }: News): void {
    // The newest of a room stands for those before it; who is meant is told apart.
    const tag = `${project}/${room}${isMention ? "@" : ""}`;
    const notification = new Notification(
      `${author.nickname} · ${titleOf(room)}`,
      {
        body: [...text].slice(0, MAX_TEXT).join("") || say("image"),
        tag,
        icon: "/favicon.svg",
      },
    );
    shown.set(tag, notification);
    notification.addEventListener("click", () => {
      window.focus();
      notification.close();
      show(room, seq);
    });
  }
}
