/** The list of a project's rooms, and the way from one to another. */
import { addressOf, LOBBY, roomInAddress, roomNamed } from "./address.ts";
import { create, pick } from "./dom.ts";
import { onPreferences } from "./preferences.ts";
import { credentialsOf } from "./token.ts";
import { say } from "./words.ts";

/** A room as the server tells it. */
interface RoomSummary {
  readonly room: string;
  /** Highest `seq`. */
  readonly head: number;
  readonly online: number;
}

/** The list is not fetched more often than this, whatever happens. */
const FRESH_MS = 15_000;

interface RoomListOptions {
  readonly project: string;
  /** Shows another room. */
  readonly open: (room: string) => void;
}

/** Name of a room for the reader. */
export function titleOf(room: string): string {
  return room === LOBBY ? say("lobby") : room;
}

/** Fills the list, keeps it fresh, and lets the reader switch and make rooms. */
export class RoomList {
  #rooms: readonly RoomSummary[] = [];
  /** How far each room was when the reader had last been told of it. */
  readonly #seen = new Map<string, number>();
  #current = roomInAddress();
  #fetchedAt = Number.NEGATIVE_INFINITY;
  readonly #options: RoomListOptions;
  readonly #list = pick("#rooms ul");

  constructor(options: RoomListOptions) {
    this.#options = options;
    this.#list.addEventListener("click", this.#onClick);
    pick("#new-room").addEventListener("submit", this.#onSubmit);
    pick("#new-room input").addEventListener("input", ({ target }) => {
      if (target instanceof HTMLInputElement) target.setCustomValidity("");
    });
    onPreferences(() => this.draw());
    this.draw();
  }

  /** Asks the server, unless it was asked just now. */
  async refresh(): Promise<void> {
    if (document.hidden || Date.now() - this.#fetchedAt < FRESH_MS) return;
    this.#fetchedAt = Date.now();
    const path = `/project/${this.#options.project}/rooms`;
    // What cannot be fetched now is fetched later; the chat itself says that it is offline.
    const headers = credentialsOf(this.#options.project);
    const answer = await fetch(path, { headers }).catch(() => undefined);
    if (!answer?.ok) return;
    const { rooms }: { rooms: RoomSummary[] } = await answer.json();
    this.#rooms = rooms;
    for (const { room, head } of rooms)
      if (!this.#seen.has(room)) this.#seen.set(room, head);
    this.draw();
  }

  /** Draws the list for the room that is open. */
  draw(): void {
    const current = roomInAddress();
    const heads = new Map(this.#rooms.map((one) => [one.room, one.head]));
    // Whatever was said until now in the room that was left has been seen.
    if (current !== this.#current) this.#seen.delete(this.#current);
    this.#current = current;
    const names = new Set([LOBBY, ...heads.keys(), current]);
    this.#list.replaceChildren(
      ...Array.from(names, (room) => this.#row(room, room === current)),
    );
  }

  #row(room: string, isCurrent: boolean): HTMLLIElement {
    const summary = this.#rooms.find((one) => one.room === room);
    const { head = 0, online = 0 } = summary ?? {};
    const link = create("a", {
      children: [create("bdi", { children: [titleOf(room)] })],
    });
    link.href = addressOf(room).href;
    link.dataset["room"] = room;
    if (isCurrent) link.ariaCurrent = "page";
    else if (head > (this.#seen.get(room) ?? head))
      link.append(mark("fresh", { shown: "", said: say("fresh") }));
    // Who is in the open room is said above the conversation, and more exactly.
    if (online > 0 && !isCurrent)
      link.append(
        mark("online", { shown: `${online}`, said: say("online", online) }),
      );
    return create("li", { children: [link] });
  }

  #onClick = (event: MouseEvent) => {
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey);
    const link = event.target instanceof Element && event.target.closest("a");
    const room = link ? link.dataset["room"] : undefined;
    if (!room || !isPlain) return;
    event.preventDefault();
    this.#options.open(room);
  };

  #onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const input = pick<HTMLInputElement>("#new-room input");
    const room = roomNamed(input.value);
    if (room === undefined) {
      input.setCustomValidity(say("badRoom"));
      input.reportValidity();
      return;
    }
    input.value = "";
    this.#options.open(room);
  };
}

/** A sign for the eye, with the words for it. */
function mark(
  className: string,
  { shown, said }: { readonly shown: string; readonly said: string },
): HTMLElement {
  const sign = create("span", { className, children: [shown] });
  sign.ariaHidden = "true";
  const words = create("span", {
    className: "unseen",
    children: [`, ${said}`],
  });
  return create("span", { className: "mark", children: [sign, words] });
}
