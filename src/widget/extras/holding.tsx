/** When one may write again: said above the field, where what is written stays. */
import { isAllowed, type RoomEvent } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { Kit } from "../kit.ts";
import { spanText } from "./time_span.ts";

/** The longest that a browser's timer can wait, in ms. */
const MAX_DELAY = 2 ** 31 - 1;

/** What keeps the reader of `conversation` from sending for a while. */
export function createHolding(
  conversation: Conversation,
  { fill }: Kit,
): Extension {
  const { client, redraw } = conversation;
  /** When the reader's mute ends, in ms since 1970; `Infinity` for never, 0 for none. */
  let mutedUntil = 0;
  /** When their last message came, by the clock of this machine. */
  let spokeAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const hear = (event: RoomEvent) => {
    const me = client.you?.id;
    // A mute can end in another room, of which one is told nothing.
    if (event.type === "welcome") {
      mutedUntil = 0;
      spokeAt = lastSpoken();
    }
    if (event.type === "message" && event.author.id === me)
      spokeAt = client.timeline.live ? Date.now() : event.at;
    if (event.type === "error" && event.code === "muted")
      mutedUntil = event.until ?? Infinity;
    if (event.type !== "moderated" || event.member?.id !== me) return;
    if (event.action === "mute") mutedUntil = event.until ?? Infinity;
    if (event.action === "unmute") mutedUntil = 0;
  };

  /** When the reader last said something that is loaded. */
  const lastSpoken = () =>
    client.timeline.messages.findLast(
      ({ author }) => author.id === client.you?.id,
    )?.at ?? 0;

  /** Time until the next message may be sent, in ms. */
  const pause = () => {
    const { pending, settings } = client.timeline;
    const span = (settings?.slowMode ?? 0) * 1_000;
    if (span === 0 || isAllowed(client, "unhindered")) return 0;
    // What is on its way takes the next turn.
    if (pending.some(({ state }) => state === "pending")) return span;
    return Math.min(span, Math.max(0, spokeAt + span - Date.now()));
  };

  const mute = () => Math.max(0, mutedUntil - Date.now());

  /** Draws anew when what is said is no longer true. */
  const plan = (delay: number) => {
    clearTimeout(timer);
    if (delay > 0) timer = setTimeout(redraw, Math.min(delay, MAX_DELAY));
  };

  const text = () => {
    const { formats, strings } = conversation;
    const time = (span: number) =>
      spanText(strings.locale, Math.ceil(span / 1_000) * 1_000);
    if (mutedUntil === Infinity) return strings.mutedForGood;
    if (mute() > 0)
      return fill(strings.mutedUntil, { time: formats.full(mutedUntil) });
    const { slowMode = 0 } = client.timeline.settings ?? {};
    if (slowMode === 0 || isAllowed(client, "unhindered")) return undefined;
    return pause() > 0
      ? fill(strings.slowWait, { time: time(pause()) })
      : fill(strings.slowIs, { time: time(slowMode * 1_000) });
  };

  spokeAt = lastSpoken();
  const off = client.on("event", (event) => {
    hear(event);
    redraw();
  });

  return {
    end() {
      off();
      clearTimeout(timer);
    },
    canSend() {
      // A slow room waits for messages, not for their edits.
      const isHeld = mute() > 0 || (!conversation.sheet && pause() > 0);
      return isHeld ? false : undefined;
    },
    aboveComposer() {
      plan(mute() || pause() % 1_000 || Math.min(pause(), 1_000));
      const said = text();
      if (!said) return undefined;
      return (
        // Read out when it comes, and not at each second.
        <p key="held" class="held" role={mute() > 0 ? "status" : undefined}>
          {said}
        </p>
      );
    },
  };
}
