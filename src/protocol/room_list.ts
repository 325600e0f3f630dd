/** The list of a project's rooms, as those are told who watch it. */

/** One line of a project's list of rooms. */
export interface RoomLine {
  readonly room: string;
  /** Highest `seq` of the room. */
  readonly head: number;
  /** Members with an open session. */
  readonly online: number;
  /** When something was last said or changed, in ms since 1970. */
  readonly at: number;
  /** How many messages there ever were: what it grows by is unread elsewhere. */
  readonly count: number;
  /** Messages after the reader's mark; absent where only the room changed. */
  readonly unread?: number;
  /** Messages after the reader's mark that mean the reader; beside `unread`. */
  readonly mentions?: number;
}

/** Rooms as they are now; those that are not in it are as they were. */
export interface RoomList {
  readonly type: "rooms";
  readonly rooms: readonly RoomLine[];
}
