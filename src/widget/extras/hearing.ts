import type { Message } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { Kit } from "../kit.ts";
import { chime } from "./sound.ts";

/** Messages are gathered this long, and of more than a few only the number is read. */
const GATHER_MS = 1_000;
const MAX_GATHERED = 3;

/** Two elements in one room must not say the same twice. */
const heard = new WeakSet<Message>();

/** A message of others does more than stand in the log: it chimes, and is read out. */
export function createHearing(
  conversation: Conversation,
  { announce, fill }: Kit,
): Extension {
  const { client, element } = conversation;
  let gathered: string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const say = () => {
    const { length: n } = gathered;
    const { newMessages } = conversation.strings;
    announce(n > MAX_GATHERED ? fill(newMessages, { n }) : gathered.join("\n"));
    gathered = [];
  };

  const off = client.on("message", (message) => {
    const { author, text } = message;
    if (author.id === client.you?.id || heard.has(message)) return;
    if (element.sound) chime();
    // A closed panel speaks through its badge.
    if (element.mode === "bubble" && !element.open) return;
    heard.add(message);
    const { strings } = conversation;
    const said = `${author.nickname}: ${text || strings.image}`;
    if (gathered.push(said) === 1) timer = setTimeout(say, GATHER_MS);
  });

  return {
    end() {
      off();
      clearTimeout(timer);
    },
  };
}
