/** The list of a project's rooms, and the way from one to another. */
import {
  type ChatClient,
  type RoomState,
  type RoomWatch,
  watchRooms,
} from "../client/mod.ts";
import { DEFAULT_ROOM } from "../protocol/limits.ts";
import { addressOf, roomInAddress, roomNamed } from "./address.ts";
import { create, pick } from "./dom.ts";
import { onPreferences } from "./preferences.ts";
import { ReadMarks } from "./read_marks.ts";
import { say } from "./words.ts";

/** Above this a count is no longer told. */
const MAX_COUNT = 99;

interface RoomListOptions {
  readonly project: string;
  /** Shows another room. */
  readonly open: (room: string) => void;
  /** What is unread anywhere has changed. */
  readonly onChange: () => void;
}

/** Name of a room for the reader. */
export function titleOf(room: string): string {
  return room === DEFAULT_ROOM ? say("lobby") : room;
}

/** Fills the list, keeps it up to date, and lets the reader switch and make rooms. */
export class RoomList {
  #watch: RoomWatch | undefined;
  #rooms: readonly RoomState[] = [];
  readonly #rows = new Map<string, HTMLLIElement>();
  readonly #marks: ReadMarks;
  readonly #options: RoomListOptions;
  readonly #list = pick("#rooms ul");

  constructor(options: RoomListOptions) {
    this.#options = options;
    this.#marks = new ReadMarks(options.project);
    this.#list.addEventListener("click", this.#onClick);
    pick("#new-room").addEventListener("submit", this.#onSubmit);
    pick("#new-room input").addEventListener("input", ({ target }) => {
      if (target instanceof HTMLInputElement) target.setCustomValidity("");
    });
    onPreferences(() => this.draw());
    this.draw();
  }

  /** How many messages in other rooms mean the reader and were not read. */
  get mentions(): number {
    return this.#rooms
      .filter(({ room }) => room !== roomInAddress())
      .reduce((sum, { mentions }) => sum + mentions, 0);
  }

  /** From now on the rooms are told over the connection of `client`. */
  follow(client: ChatClient): void {
    this.#watch?.end();
    const marks = () => this.#marks.of(client.you);
    const watch = watchRooms(client, { marks });
    this.#watch = watch;
    watch.listen(() => {
      this.#rooms = watch.rooms;
      this.draw();
      this.#options.onChange();
    });
  }

  /** The reader goes from `room`, which they have read up to `seq`. */
  leave(room: string, seq: number | undefined): void {
    this.#marks.set(room, seq);
    // What is known of it was told while it was open.
    this.#rooms = this.#rooms.map((one) =>
      one.room === room ? { ...one, unread: 0, mentions: 0 } : one,
    );
  }

  /** The reader goes altogether; nothing is kept of somebody who never went anywhere. */
  end(room: string, seq: number | undefined): void {
    if (this.#marks.areKept) this.#marks.set(room, seq);
  }

  /** Draws the list for the room that is open. */
  draw(): void {
    const current = roomInAddress();
    const names = this.#rooms.map(({ room }) => room);
    const rows = Array.from(
      new Set([DEFAULT_ROOM, ...names, current]),
      (room) => this.#row(room, room === current),
    );
    // What stays keeps its place, and with it the focus.
    for (const row of this.#list.children)
      if (!rows.some((wanted) => wanted === row)) row.remove();
    for (const [index, row] of rows.entries()) {
      const there = this.#list.children[index];
      if (there !== row) this.#list.insertBefore(row, there ?? null);
    }
  }

  #row(room: string, isCurrent: boolean): HTMLLIElement {
    const state = this.#rooms.find((one) => one.room === room);
    const { online = 0, unread = 0, mentions = 0 } = state ?? {};
    const link = create("a", {
      children: [create("bdi", { children: [titleOf(room)] })],
    });
    link.href = addressOf(room).href;
    link.dataset["room"] = room;
    if (isCurrent) link.ariaCurrent = "page";
    else {
      if (mentions > 0)
        link.append(
          mark("meant", {
            shown: `@${atMost(mentions)}`,
            said: say("meant", mentions),
          }),
        );
      if (unread > 0)
        link.append(
          mark("fresh", { shown: atMost(unread), said: say("fresh", unread) }),
        );
      // Who is in the open room is said above the conversation, and more exactly.
      if (online > 0)
        link.append(
          mark("online", { shown: `${online}`, said: say("online", online) }),
        );
    }
    const known = this.#rows.get(room);
    const row = known ?? create("li", { children: [link] });
    this.#rows.set(room, row);
    const there = row.firstElementChild;
    if (!there || there === link || there.isEqualNode(link)) return row;
    there.replaceChildren(...link.childNodes);
    for (const { name } of [...there.attributes])
      if (!link.hasAttribute(name)) there.removeAttribute(name);
    for (const { name, value } of link.attributes)
      there.setAttribute(name, value);
    return row;
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

function atMost(count: number): string {
  return count > MAX_COUNT ? `${MAX_COUNT}+` : `${count}`;
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
