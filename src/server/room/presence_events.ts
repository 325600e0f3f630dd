/**
 * What a room is told of its presence: who has come, gone or been renamed, once per member,
 * not for a reload, and as a mere number where there is a crowd.
 */
import { CROWD_SIZE, type Member } from "../../protocol/mod.ts";
import type { Session } from "../sockets/session.ts";
import type { FanOut } from "./fan_out.ts";
import type { Schedule } from "./flush_schedule.ts";
import { Presence } from "./presence.ts";

/** Who is back within this time is not told to have left, in ms. */
const GRACE = 5_000;
/** Shortest time between two numbers that a crowd is told, in ms. */
const CROWD_PERIOD = 1_000;
/** What each member adds to that time, in ms. */
const CROWD_PERIOD_PER_MEMBER = 5;
/** Longest that time gets, in ms: the timer keeps the object awake no longer than a departure does. */
const MAX_CROWD_PERIOD = GRACE;

/** Who is concerned, and which sessions are told; all of them by default. */
interface News {
  readonly member: Member;
  readonly to?: (session: Session) => boolean;
}

/** Keeps one room's presence and broadcasts what changes. */
export class PresenceEvents {
  readonly #presence = new Presence<Session>();
  readonly #fanOut: FanOut;
  readonly #schedule: Schedule;
  #crowdIsDue = false;
  /** Whether there are readers who know how many are here, and not who. */
  #wasCrowded = false;

  constructor(fanOut: FanOut, schedule: Schedule) {
    this.#fanOut = fanOut;
    this.#schedule = schedule;
    for (const session of fanOut) {
      this.#presence.enter(session);
      // Whose end woke the object is not here: with them a crowd may have gone.
      this.#wasCrowded ||= session.nameless;
    }
  }

  /** Members with an open session. */
  get online(): number {
    return this.#presence.size;
  }

  /** Whether members are told as a number only. */
  get crowded(): boolean {
    return this.#presence.online > CROWD_SIZE;
  }

  members(): Member[] {
    return this.#presence.members();
  }

  find(member: string): Member | undefined {
    return this.#presence.find(member);
  }

  /** The open sessions of a member. */
  sessionsOf(member: string): Set<Session> {
    return this.#presence.sessionsOf(member);
  }

  /** The nickname the room knows a member by, also for a moment after they left. */
  nicknameOf(member: string): string | undefined {
    return this.#presence.nicknameOf(member);
  }

  freeNickname(nickname: string, member: string): string {
    return this.#presence.freeNickname(nickname, member);
  }

  /** A session begins; the others learn of a member they did not know. */
  enter(session: Session): void {
    const { member } = session;
    const news = this.#presence.enter(session);
    if (this.crowded) session.update({ nameless: true });
    if (news === "nobody") return;
    if (news === "everyone") return this.#tell("joined", { member });
    const saw = (other: Session) => this.#presence.saw(other.id, news);
    this.#tell("joined", { member, to: (other) => !saw(other) });
    if (news.member.nickname !== member.nickname) {
      this.#tell("renamed", { member, to: saw });
    }
  }

  /**
   * `enter` lets somebody take the nickname that the platform gave them. Whoever holds an equal
   * one without the platform's word gets another.
   */
  claim(session: Session, enter: () => void): void {
    const { grant, member } = session;
    const rivals = grant?.named ? this.#presence.rivals(member) : [];
    enter();
    for (const rival of rivals) {
      if (this.#isNamed(rival.id)) continue;
      const nickname = this.freeNickname(rival.nickname, rival.id);
      this.rename({ ...rival, nickname });
    }
  }

  #isNamed(member: string): boolean {
    return [...this.sessionsOf(member)].some(({ grant }) => grant?.named);
  }

  /** A session ended; if the member does not come back soon, the others learn of it. */
  leave(session: Session): void {
    const departure = this.#presence.leave(session);
    if (!departure) return;
    const { member } = departure;
    const to = (other: Session) => this.#presence.saw(other.id, departure);
    this.#schedule(() => {
      if (this.#presence.settle(departure)) this.#tell("left", { member, to });
    }, GRACE);
  }

  /** A member has another nickname in all of their sessions; each keeps its own role. */
  rename(member: Member): void {
    this.#presence.rename(member);
    const { nickname } = member;
    const own = this.sessionsOf(member.id);
    for (const session of own) {
      session.update({ member: { ...session.member, nickname } });
    }
    if (!this.crowded) return this.#announce("renamed", { member });
    const { online } = this.#presence;
    this.#fanOut.broadcast({ type: "renamed", member, online }, own);
  }

  #tell(type: "joined" | "left" | "renamed", news: News): void {
    if (this.crowded) return this.#tellCrowd();
    if (!this.#wasCrowded) return this.#announce(type, news);
    // In a crowd readers have no names; now everybody gets all of them.
    this.#markNameless(undefined);
    for (const member of this.members()) this.#announce("joined", { member });
  }

  /** Tells each reader the number of those whom it knows of. */
  #announce(type: "joined" | "left" | "renamed", { member, to }: News): void {
    const { online, size } = this.#presence;
    if (online === size) {
      return this.#fanOut.broadcast({ type, member, online }, to);
    }
    // Counted now: the frame may leave when that is different.
    const told = [...this.#fanOut].filter((session) => to?.(session) ?? true);
    const alike = Map.groupBy(told, ({ id }) => this.#presence.onlineFor(id));
    for (const [number, sessions] of alike) {
      const event = { type, member, online: number } as const;
      this.#fanOut.broadcast(event, new Set(sessions));
    }
  }

  #tellCrowd(): void {
    if (!this.#wasCrowded) this.#markNameless(true);
    if (this.#crowdIsDue) return;
    this.#crowdIsDue = true;
    const { online } = this.#presence;
    this.#schedule(
      () => {
        this.#crowdIsDue = false;
        // Who is told a number forgets the names, and they were just told all.
        if (!this.crowded) return;
        this.#fanOut.broadcast({
          type: "online",
          online: this.#presence.online,
        });
      },
      Math.min(
        MAX_CROWD_PERIOD,
        Math.max(CROWD_PERIOD, online * CROWD_PERIOD_PER_MEMBER),
      ),
    );
  }

  #markNameless(nameless: true | undefined): void {
    this.#wasCrowded = nameless === true;
    for (const session of this.#fanOut) session.update({ nameless });
  }
}
