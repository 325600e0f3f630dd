/** The people of a world: who they are in each room, and how they come in. */
import { expect } from "vitest";
import { BACKFILL_SIZE } from "../../../src/protocol/mod.ts";
import { type ConnectOptions, TestMember } from "./member.ts";
import { memberOf, type Place } from "./places.ts";
import { Reader } from "./reader.ts";
import { Replica } from "./replica.ts";
import { one } from "./steps.ts";

const NICKNAMES = ["철수", "영희", "Bob"];

/** Three people. */
export class People {
  /** Those who never leave. */
  readonly stayers: { place: Place; reader: Reader; nickname: string }[] = [];
  readonly #tokens = new Map<string, string>();

  /** A reader who picks up `replica` at its cursor, or who takes a snapshot. */
  async connect(
    who: number,
    place: Place,
    from?: { after: number; replica?: Replica },
  ): Promise<Reader> {
    if (!from) {
      const member = await this.member(who, place);
      // Its snapshot is compared with the model's; what is not seen of it is the model's.
      return new Reader(member, Replica.of(place.model.events));
    }
    const { replica = new Replica(), after } = from;
    const { epoch } = (await this.stayer(who, place)).member.welcome;
    const member = await this.member(who, place, { epoch, after });
    const reader = new Reader(member, replica);
    expect(member.welcome.resumed).toBe(true);
    const { backfill, welcome } = member;
    for (const event of backfill) replica.apply(event);
    expect(replica.cursor).toBe(welcome.head);
    return reader;
  }

  /**
   * The reader who never leaves: everybody has one in each room. It also spares an
   * eviction the wait for the moment in which somebody who left may come back.
   */
  async stayer(who: number, place: Place): Promise<Reader> {
    const nickname = one(NICKNAMES, who);
    const known = this.stayers.find(
      (seat) => seat.place === place && seat.nickname === nickname,
    );
    if (known) return known.reader;
    const token = this.#tokens.get(`${place.project} ${nickname}`) ?? "";
    const { project, room } = place;
    const member = await TestMember.join({ project, room, nickname, token });
    this.#tokens.set(`${project} ${nickname}`, member.token);
    const reader = new Reader(member, Replica.of(place.model.events));
    this.stayers.push({ place, reader, nickname });
    place.model.here = [...place.model.here, memberOf(reader)];
    return reader;
  }

  /** A connection of somebody, who is recognised. */
  async member(
    who: number,
    place: Place,
    cursor: Pick<ConnectOptions, "epoch" | "after"> = {},
  ): Promise<TestMember> {
    const { project, room } = place;
    const { id, token, welcome } = (await this.stayer(who, place)).member;
    const member = await TestMember.join({ project, room, token, ...cursor });
    expect(member.welcome).toMatchObject({
      project,
      room,
      epoch: welcome.epoch,
      you: { id, nickname: one(NICKNAMES, who) },
    });
    return member;
  }

  /** Somebody comes with a cursor that nobody gave them: they join afresh and are told why. */
  async misresume(
    { who, above }: { who: number; above: number | undefined },
    place: Place,
  ): Promise<void> {
    const { model } = place;
    const { epoch } = (await this.stayer(who, place)).member.welcome;
    const cursor = above
      ? { epoch, after: model.head + above }
      : { epoch: "another", after: 0 };
    const member = await this.member(who, place, cursor);
    const { resumed, reason, head } = member.welcome;
    expect({ resumed, reason, head }).toEqual({
      resumed: false,
      reason: above ? "cursor" : "epoch",
      head: model.head,
    });
    expect(member.backfill).toEqual(
      model.page(member.id, { limit: BACKFILL_SIZE }).messages,
    );
    member.close();
  }
}
