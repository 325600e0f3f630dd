/** What HTTP may ask of a project. Each answer begins with the question who asks. */
import {
  COMMAND_ACTIONS,
  isProblem,
  type LogCommand,
  type Member,
  type MessageFile,
  type Problem,
  type RoomLine,
} from "../../protocol/mod.ts";
import type { Caller } from "../door/caller.ts";
import { memberOf, opens } from "../door/identity.ts";
import { exportStream } from "../log/export.ts";
import { storeFile, type Upload } from "../log/files.ts";
import type { Page, Range } from "../log/pages.ts";
import { type Found, Searcher, type SearchWish } from "../log/searcher.ts";
import { OTHER_ROOM, STORAGE_FULL, TOKEN_MISSING } from "../problems.ts";
import type { Outcome } from "../room/append.ts";
import type { PrePublish } from "../room/pre_publish.ts";
import type { Rooms } from "../room/rooms.ts";
import type { Sockets } from "../sockets/sockets.ts";
import type { Meter, Stats } from "../storage/meter.ts";
import type { Quota } from "../storage/quota.ts";
import type { Totals } from "../storage/totals.ts";
import { OwnerApi, type OwnerApiOptions } from "./owner_api.ts";

/** What it answers with. */
export interface ProjectApiOptions extends OwnerApiOptions {
  /** Bytes that the project's files may have. */
  readonly fileLimit: number;
  readonly meter: Meter;
  readonly quota: Quota;
  readonly totals: Totals;
  readonly rooms: Rooms;
  readonly prePublish: PrePublish;
  readonly sockets: Sockets;
}

/** Answers callers of one project. */
export class ProjectApi {
  readonly #options: ProjectApiOptions;
  readonly #searcher: Searcher;
  /** For those who run the project. */
  readonly owner: OwnerApi;

  constructor(options: ProjectApiOptions) {
    this.#options = options;
    this.#searcher = new Searcher(options.database);
    this.owner = new OwnerApi(options);
  }

  /** Rooms that were spoken in and that the caller may enter, oldest first. */
  rooms(caller: Caller): Promise<{ rooms: RoomLine[] } | Problem> {
    const { rooms } = this.#options;
    return this.#options.admission.answer(caller, {
      action: "read",
      give: ({ grant }) => ({
        rooms: rooms.list().filter(({ room }) => opens(grant, room)),
      }),
    });
  }

  /** A page of a room's history as the caller sees it. */
  page(
    caller: Caller,
    range: Range & { room: string },
  ): Promise<(Page & { epoch: string; head: number }) | Problem> {
    const { room, ...rest } = range;
    const { rooms } = this.#options;
    return this.#options.admission.answer(caller, {
      action: "read",
      room,
      give: ({ id: reader }) => rooms.get(room).page({ ...rest, reader }),
    });
  }

  /** Appends a message or a change that came by HTTP. */
  async post(
    caller: Caller,
    post: { room: string; nickname?: string; command: LogCommand },
  ): Promise<Outcome> {
    const { admission, callerLimits, rooms, prePublish } = this.#options;
    const { command, nickname } = post;
    const action = COMMAND_ACTIONS[command.type];
    const wish = { action, room: post.room };
    const identity = await admission.admit(caller, wish);
    if (isProblem(identity)) return { kind: "refused", problem: identity };
    // Whoever proves nothing has said nothing that they could change.
    if (identity.kind === "anonymous" && command.type !== "send") {
      return { kind: "refused", problem: TOKEN_MISSING };
    }
    const problem =
      admission.challenge.whyNotSpeak(identity) ??
      callerLimits.whyNotCommand(identity);
    if (problem) return { kind: "refused", problem };
    const id =
      identity.kind === "anonymous"
        ? await admission.guests.idFor(post.room, command.nonce)
        : identity.id;
    const author = { ...identity, id };
    const room = rooms.get(post.room);
    // Whoever is here has one nickname, however they send.
    const wanted = room.isHere(id) ? undefined : nickname;
    const by = memberOf(author, room.nicknameFor(author, wanted));
    const writer = { member: by, address: identity.address };
    const { store } = room;
    const draft = { author: writer, room: post.room, store, command };
    const verdict = prePublish.whyNot(draft);
    if (verdict) {
      // While the hook thought, the caller may have lost the right to be here.
      const now = (await verdict) ?? (await admission.admit(caller, wish));
      if (isProblem(now)) return { kind: "refused", problem: now };
    }
    // An idle room may have been forgotten meanwhile, and made anew.
    return rooms.get(post.room).post(writer, command);
  }

  /** Stores an image that a message of the caller's may take. */
  upload(
    caller: Caller,
    upload: Pick<Upload, "facts" | "data">,
  ): Promise<MessageFile | Problem> {
    const { admission, database, callerLimits, quota, fileLimit } =
      this.#options;
    return this.#options.admission.answer(caller, {
      action: "send",
      give: (identity) => {
        if (identity.kind === "anonymous") return TOKEN_MISSING;
        const { id: member } = identity;
        const problem =
          admission.challenge.whyNotSpeak(identity) ??
          callerLimits.whyNotCommand(identity);
        if (problem) return problem;
        if (quota.isFull()) return STORAGE_FULL;
        const [now, limit] = [Date.now(), fileLimit];
        return storeFile(database, { ...upload, member, now, limit });
      },
    });
  }

  /** Members with an open session in `room`. */
  members(
    caller: Caller,
    room: string,
  ): Promise<{ members: Member[] } | Problem> {
    const { rooms } = this.#options;
    return this.#options.admission.answer(caller, {
      action: "read",
      room,
      give: () => ({ members: rooms.get(room).members }),
    });
  }

  /** Messages that have what is looked for, newest first. */
  search(caller: Caller, wish: SearchWish): Promise<Found | Problem> {
    const { room, ...rest } = wish;
    const { rooms } = this.#options;
    return this.#options.admission.answer(caller, {
      action: "read",
      ...(room !== undefined && { room }),
      give: ({ id: reader, grant }) =>
        this.#searcher.find({
          ...rest,
          rooms: rooms.numbered((name) => opens(grant, name), room),
          namesRooms: room === undefined,
          reader,
        }),
    });
  }

  /** Everything that is kept, as lines of JSON. */
  export(caller: Caller): Promise<ReadableStream<Uint8Array> | Problem> {
    const { database } = this.#options;
    return this.#options.admission.answer(caller, {
      action: "export",
      // Whose token is for some rooms only has no right to the others.
      give: ({ grant }) => (grant?.rooms ? OTHER_ROOM : exportStream(database)),
    });
  }

  /** What the project has used. */
  stats(caller: Caller): Promise<Stats | Problem> {
    const { meter, totals, database, sockets } = this.#options;
    return this.#options.admission.answer(caller, {
      action: "stats",
      give: () => ({
        total: totals.read(),
        wake: meter.read(),
        bytesStored: database.size,
        sockets: sockets.count,
      }),
    });
  }
}
