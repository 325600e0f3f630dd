/**
 * Who is in one room, derived from its open sessions and never stored. A member is here
 * while at least one session is; one who left is remembered for a moment, so that a
 * reload is neither a leave nor a join. Pure.
 */
import {
  type Member,
  nicknameKeys,
  numberedNickname,
} from "../../protocol/mod.ts";

/** Somebody's place in the room, as far as presence cares. */
export interface Attendee {
  readonly id: string;
  readonly member: Member;
}

/** A member whose last session ended a moment ago. */
export interface Departure {
  readonly member: Member;
  /** Sessions that came later never saw this member. */
  readonly arrivals: number;
}

/** A member who is here, with their sessions by id. */
interface Here<Place> {
  member: Member;
  readonly sessions: Map<string, Place>;
}

/** The members of one room, and the place that each of their sessions has there. */
export class Presence<Place extends Attendee = Attendee> {
  readonly #here = new Map<string, Here<Place>>();
  /**
   * Who holds a nickname, by each key it is compared by; made for who asks first. Nearly
   * always one member: only those who have their name from the platform share one.
   */
  #known: Map<string, string | Set<string>> | undefined;
  readonly #departures = new Map<string, Departure>();
  /** Nicknames of those who left last, while nobody is here who could be told. */
  #former = new Map<string, string>();
  /** Sessions in order of arrival, to tell who was there before whom. */
  readonly #arrivalOf = new Map<string, number>();
  #arrivals = 0;

  /** Members with an open session. */
  get size(): number {
    return this.#here.size;
  }

  /** Members that the room has been told of and not been told have left. */
  get online(): number {
    return this.#here.size + this.#departures.size;
  }

  /** The same as `session` was told it: who left before it came was never there for it. */
  onlineFor(session: string): number {
    let online = this.size;
    for (const departure of this.#departures.values()) {
      if (this.saw(session, departure)) online++;
    }
    return online;
  }

  /** Members with an open session, in order of arrival. */
  members(): Member[] {
    return Array.from(this.#here.values(), ({ member }) => member);
  }

  /** The nickname the room knows a member by, also for a moment after they left. */
  nicknameOf(id: string): string | undefined {
    const member = this.find(id) ?? this.#departures.get(id)?.member;
    return member?.nickname ?? this.#former.get(id);
  }

  /** The member as the room knows them, if one of their sessions is open. */
  find(id: string): Member | undefined {
    return this.#here.get(id)?.member;
  }

  /** The open sessions of a member. */
  sessionsOf(id: string): Set<Place> {
    return new Set(this.#here.get(id)?.sessions.values());
  }

  /**
   * Adds a session. Says who has to be told: `everyone`, `nobody` because the member was
   * here all along, or those who came since the departure that this takes back.
   */
  enter(place: Place): "everyone" | "nobody" | Departure {
    const { id, member } = place;
    this.#arrivalOf.set(id, ++this.#arrivals);
    const here = this.#here.get(member.id);
    if (here) {
      here.sessions.set(id, place);
      return "nobody";
    }
    this.#here.set(member.id, { member, sessions: new Map([[id, place]]) });
    this.#hold(member);
    const departure = this.#departures.get(member.id);
    this.#departures.delete(member.id);
    return departure ?? "everyone";
  }

  /** Whether `session` was there when the member left, and so still knows of them. */
  saw(session: string, departure: Departure): boolean {
    return (this.#arrivalOf.get(session) ?? 0) <= departure.arrivals;
  }

  /**
   * Removes a session; the departure when it was the member's last. Where nobody is left who
   * could be told there is none, and none of those before it is worth waiting for.
   */
  leave(attendee: Attendee): Departure | undefined {
    const { id, member } = attendee;
    this.#arrivalOf.delete(id);
    const here = this.#here.get(member.id);
    here?.sessions.delete(id);
    if (here && here.sessions.size > 0) return undefined;
    this.#here.delete(member.id);
    this.#release(here?.member ?? member);
    const departure = { member, arrivals: this.#arrivals };
    this.#departures.set(member.id, departure);
    if (this.#here.size > 0) return departure;
    this.#former = new Map(
      Array.from(this.#departures.values(), ({ member: { id, nickname } }) => [
        id,
        nickname,
      ]),
    );
    this.#departures.clear();
    return undefined;
  }

  /** True when the member has not been back since; forgets the departure. */
  settle(departure: Departure): boolean {
    const { id } = departure.member;
    return (
      this.#departures.get(id) === departure && this.#departures.delete(id)
    );
  }

  /** Gives a member who is here another nickname. */
  rename(member: Member): void {
    const here = this.#here.get(member.id);
    if (!here) return;
    this.#release(here.member);
    here.member = member;
    this.#hold(member);
  }

  /** Other members who hold a nickname that is equal to that of `member`. */
  rivals({ id, nickname }: Member): Member[] {
    const rivals = new Set(
      nicknameKeys(nickname).flatMap((key) => {
        const holder = this.#holders.get(key) ?? [];
        return holder instanceof Set ? [...holder] : holder;
      }),
    );
    rivals.delete(id);
    return [...rivals].flatMap((rival) => this.find(rival) ?? []);
  }

  /** `nickname`, or the first numbered variant of it that no other member holds. */
  freeNickname(nickname: string, member: string): string {
    const folded = nickname.toLowerCase();
    let free = nickname;
    for (let number = 2; this.#isTaken(free, member); number++) {
      // Looks the number up by its cheaper key first: a crowd may have one name.
      while (this.#isHeld(`${folded}-${number}`, member)) number++;
      free = numberedNickname(nickname, number);
    }
    return free;
  }

  #isTaken(nickname: string, member: string): boolean {
    return nicknameKeys(nickname).some((key) => this.#isHeld(key, member));
  }

  /** Whether another member than `member` holds what has the key `key`. */
  #isHeld(key: string, member: string): boolean {
    const holder = this.#holders.get(key);
    if (holder instanceof Set) return [...holder].some((id) => id !== member);
    return holder !== undefined && holder !== member;
  }

  /** Most wakes need no nickname: it is not worth making the keys of a crowd for a message. */
  get #holders(): Map<string, string | Set<string>> {
    if (this.#known) return this.#known;
    this.#known = new Map();
    for (const { member } of this.#here.values()) this.#hold(member);
    return this.#known;
  }

  #hold(member: Member): void {
    if (!this.#known) return;
    for (const key of nicknameKeys(member.nickname)) {
      const holder = this.#known.get(key);
      if (holder instanceof Set) holder.add(member.id);
      else if (holder === undefined) this.#known.set(key, member.id);
      else this.#known.set(key, new Set([holder, member.id]));
    }
  }

  #release(member: Member): void {
    if (!this.#known) return;
    for (const key of nicknameKeys(member.nickname)) {
      const holder = this.#known.get(key);
      if (holder instanceof Set) holder.delete(member.id);
      else if (holder === member.id) this.#known.delete(key);
    }
  }
}
