import { describe, expect, test } from "vitest";
import type { ErrorCode } from "../../src/protocol/mod.ts";
import { newProject, request, TestMember, upgrade } from "./support/member.ts";
import { evict, inside, stubOf } from "./support/project.ts";

/** Frames that do nothing, by what is wrong with them; the socket stays open. */
const REFUSED: readonly (readonly [
  name: string,
  frame: string,
  code: ErrorCode,
])[] = [
  ["nothing", "", "bad_request"],
  ["unparsable JSON", '{"type":"send",', "bad_request"],
  ["text that is no JSON", "hello", "bad_request"],
  ["a heartbeat in capitals", "PING", "bad_request"],
  ["null", "null", "bad_request"],
  ["a number", "42", "bad_request"],
  ["a string", '"send"', "bad_request"],
  ["an array", "[]", "bad_request"],
  ["an array of commands", `[${send({ text: "a" })}]`, "bad_request"],
  ["deep nesting", "[".repeat(32_768), "bad_request"],
  ["deep nesting that ends", deep(16_000), "bad_request"],
  [
    "deep nesting in a field",
    `{"type":"send","text":${deep(16_000)}}`,
    "bad_request",
  ],
  ["no type", "{}", "bad_request"],
  ["an unknown type", '{"type":"shout","text":"a"}', "bad_request"],
  ["a type that every object has", '{"type":"constructor"}', "bad_request"],
  ["__proto__ for a type", '{"type":"__proto__"}', "bad_request"],
  [
    "a type from __proto__",
    `{"__proto__":${send({ text: "a" })}}`,
    "bad_request",
  ],
  ["an event", '{"type":"message","seq":1,"text":"a"}', "bad_request"],
  [
    "fields from __proto__",
    '{"type":"send","__proto__":{"nonce":"n","text":"a"}}',
    "bad_request",
  ],
  ["no nonce", '{"type":"send","text":"a"}', "bad_request"],
  ["no text", '{"type":"send","nonce":"n"}', "bad_request"],
  [
    "a nonce of the wrong type",
    '{"type":"send","nonce":1,"text":"a"}',
    "bad_request",
  ],
  ["an empty nonce", send({ nonce: "", text: "a" }), "bad_request"],
  [
    "a nonce that is too long",
    send({ nonce: "n".repeat(65), text: "a" }),
    "bad_request",
  ],
  ["a nonce with a space", send({ nonce: "a b", text: "a" }), "bad_request"],
  ["a nonce in Korean", send({ nonce: "한", text: "a" }), "bad_request"],
  ["a text of the wrong type", send({ text: 1 }), "bad_request"],
  ["a text that is a list", send({ text: ["a"] }), "bad_request"],
  ["a text that is null", send({ text: null }), "bad_request"],
  ["an empty text", send({ text: "" }), "bad_request"],
  ["a blank text", send({ text: " \n\t\u3000" }), "bad_request"],
  [
    "a text that shows nothing",
    send({ text: "\u200b\u2060\u3164" }),
    "bad_request",
  ],
  ["C0 controls only", send({ text: "\0\x01\x1b\x7f" }), "bad_request"],
  ["an over-long text", send({ text: "a".repeat(4_001) }), "too_large"],
  [
    "an over-long text of emoji",
    send({ text: "👍".repeat(4_001) }),
    "too_large",
  ],
  [
    "NaN",
    '{"type":"send","nonce":"n","text":"a","replyTo":NaN}',
    "bad_request",
  ],
  [
    "Infinity by overflow",
    '{"type":"edit","nonce":"n","seq":1e999,"text":"a"}',
    "bad_request",
  ],
  [
    "a negative number",
    '{"type":"delete","nonce":"n","seq":-1}',
    "bad_request",
  ],
  ["zero", '{"type":"delete","nonce":"n","seq":0}', "bad_request"],
  ["minus zero", '{"type":"delete","nonce":"n","seq":-0}', "bad_request"],
  ["a fraction", '{"type":"delete","nonce":"n","seq":1.5}', "bad_request"],
  [
    "a number that is not safe",
    '{"type":"read","seq":9007199254740993}',
    "bad_request",
  ],
  [
    "a number in a string",
    '{"type":"delete","nonce":"n","seq":"1"}',
    "bad_request",
  ],
  ["a page of none", '{"type":"history","limit":0}', "bad_request"],
  ["a page of too many", '{"type":"history","limit":101}', "bad_request"],
  ["a page before nothing", '{"type":"history","before":0}', "bad_request"],
  [
    "an over-long ref",
    `{"type":"history","ref":"${"r".repeat(65)}"}`,
    "bad_request",
  ],
  [
    "no emoji",
    '{"type":"react","nonce":"n","seq":1,"emoji":"a","on":true}',
    "bad_request",
  ],
  [
    "two emoji",
    '{"type":"react","nonce":"n","seq":1,"emoji":"👍👍","on":true}',
    "bad_request",
  ],
  ["a number for a boolean", '{"type":"typing","on":1}', "bad_request"],
  ["a blank nickname", '{"type":"rename","nickname":" "}', "nickname_invalid"],
  [
    "a nickname with a control",
    '{"type":"rename","nickname":"a\\u0000"}',
    "nickname_invalid",
  ],
  [
    "a nickname of the wrong type",
    '{"type":"rename","nickname":{}}',
    "bad_request",
  ],
  ["a token that is none", '{"type":"auth","token":"a.b.c"}', "unauthorized"],
  ["an answer to nothing", send({ text: "a", replyTo: 99 }), "not_found"],
  [
    "a nonce reused",
    send({ nonce: "used", text: "another" }),
    "nonce_conflict",
  ],
  [
    "a nonce reused by another command",
    '{"type":"delete","nonce":"used","seq":1}',
    "nonce_conflict",
  ],
  [
    "somebody else's message edited",
    '{"type":"edit","nonce":"n","seq":1,"text":"a"}',
    "forbidden",
  ],
  [
    "somebody else's message deleted",
    '{"type":"delete","nonce":"n","seq":1}',
    "forbidden",
  ],
  [
    "a message that is not there",
    '{"type":"delete","nonce":"n","seq":99}',
    "not_found",
  ],
];

test("[F5] [F6] [F8] [S5] bad frames are answered by their code, and nothing else happens", async () => {
  const { project, victim, witness } = await scene();
  const before = await stored(project);
  for (const [name, frame, code] of REFUSED) {
    victim.raw(frame);
    const answer = await victim.next();
    expect({
      name,
      type: answer.type,
      code: "code" in answer && answer.code,
    }).toEqual({ name, type: "error", code });
    expect(await victim.settled(), name).toEqual([]);
  }
  expect(await witness.settled()).toEqual([]);
  expect(await stored(project)).toEqual(before);
});

test("[F7] [F8] unknown fields change nothing but are not refused", async () => {
  const { victim, witness } = await scene();
  victim.raw(
    '{"type":"send","nonce":"n","text":"a","seq":77,"at":1,"author":{"id":"me"},"__proto__":{"deleted":true},"constructor":1}',
  );
  const message = await victim.nextOf("message");
  expect(message).toEqual({
    type: "message",
    seq: 3,
    nonce: "n",
    at: message.at,
    author: memberOf(victim),
    text: "a",
  });
  expect(await witness.nextOf("message")).toEqual(message);
});

test.each([
  ["lone surrogates", '"a\\ud800b\\udc00"', "a\ufffdb\ufffd"],
  ["C0 controls among letters", '"a\\u0000\\u001bb\\u0085"', "ab"],
  ["line ends of three kinds", '"a\\r\\nb\\rc"', "a\nb\nc"],
  ["an NFD twin", '"\\u1112\\u1161\\u11ab"', "한"],
])("[S2] %s are cleaned", async (_, json, text) => {
  const { victim, witness } = await scene();
  victim.raw(`{"type":"send","nonce":"n","text":${json}}`);
  expect((await victim.nextOf("message")).text).toBe(text);
  expect((await witness.nextOf("message")).text).toBe(text);
});

test("[S5] an NFC twin under the same nonce is the same command", async () => {
  const { victim } = await scene();
  const { seq } = await victim.send("한", { nonce: "n" });
  expect(
    await victim.send("\u1112\u1161\u11ab", { nonce: "n" }),
  ).toHaveProperty("seq", seq);
});

describe("[F1] [F2] [F5] what closes a socket, and only that one:", () => {
  test("a binary frame, with 1003", async () => {
    await closes(
      async (victim) => {
        victim.raw(new ArrayBuffer(8));
      },
      { code: 1003 },
    );
  });

  test("a frame of 32,769 characters, with 1009", async () => {
    await closes(
      async (victim) => {
        victim.raw(send({ text: "a", x: "x".repeat(32_768) }).slice(0, 32_769));
        expect(await victim.next()).toMatchObject({
          type: "error",
          code: "too_large",
        });
      },
      { code: 1009 },
    );
  });

  test("the third garbage frame in a row, with 4400", async () => {
    await closes(
      async (victim) => {
        await garbage(victim, 3);
      },
      { code: 4400 },
    );
  });

  test("the third in a row, though the object was evicted after each", async () => {
    await closes(
      async (victim, project) => {
        for (let count = 0; count < 3; count++) {
          await garbage(victim, 1);
          if (count < 2) await evict(project);
        }
      },
      { code: 4400 },
    );
  });

  test("what comes after the frame that closed it is not done", async () => {
    await closes(
      async (victim) => {
        await garbage(victim, 2);
        victim.raw("no");
        victim.raw(send({ text: "too late" }));
        expect(await victim.next()).toMatchObject({ code: "bad_request" });
      },
      { code: 4400 },
    );
  });
});

test.each([
  ["a good command", '{"type":"ack","seq":0}', undefined],
  ["a command that is refused", send({ text: "" }), "bad_request"],
  [
    "a command that cannot be done",
    '{"type":"delete","nonce":"n","seq":99}',
    "not_found",
  ],
])("[F5] %s between garbage ends the row", async (_, frame, code) => {
  const { project, victim, witness } = await scene();
  for (let round = 0; round < 3; round++) {
    await garbage(victim, 2);
    victim.raw(frame);
    // Not even a good command comes in between: an answer is all that is waited for.
    if (code) expect(await victim.next()).toMatchObject({ code });
    if (round === 1) await evict(project);
  }
  expect(await victim.send("still here")).toHaveProperty("seq", 3);
  expect(await witness.nextOf("message")).toHaveProperty("seq", 3);
});

test("[F4] [F5] a heartbeat is no frame of the row", async () => {
  const { victim } = await scene();
  await garbage(victim, 2);
  victim.raw("ping");
  await garbage(victim, 1);
  expect(await victim.closed).toMatchObject({ code: 4400 });
});

describe("[U1] [U2] [U3] [U8] [N1] a connection that is not granted:", () => {
  const id = newProject();
  test.each([
    ["an id with an encoded slash", "/project/a%2Fb/chat", 400],
    ["an id with an encoded backslash", "/project/a%5Cb/chat", 400],
    ["an id with a dot", "/project/a.b/chat", 400],
    ["an id of encoded dots", "/project/%2e%2e%2fchat/chat", 400],
    ["an id that begins with a dash", "/project/-a/chat", 400],
    ["an id in Korean", "/project/%ED%95%9C/chat", 400],
    ["an id that is no UTF-8", "/project/%ff/chat", 400],
    ["an id with a space", "/project/a%20b/chat", 400],
    ["an id of 65 characters", `/project/${"a".repeat(65)}/chat`, 400],
    ["a room with a slash", `/project/${id}/chat?room=a/b`, 400],
    ["a room with a dot", `/project/${id}/chat?room=..`, 400],
    ["an empty room", `/project/${id}/chat?room=`, 400],
    ["a room of emoji", `/project/${id}/chat?room=%F0%9F%91%8D`, 400],
    ["a room of 65 letters", `/project/${id}/chat?room=${"a".repeat(65)}`, 400],
    ["an empty nickname", `/project/${id}/chat?nickname=`, 400],
    [
      "a nickname that deceives",
      `/project/${id}/chat?nickname=q%EE%80%80`,
      400,
    ],
    ["a cursor without an epoch", `/project/${id}/chat?after=1`, 400],
    ["an epoch without a cursor", `/project/${id}/chat?epoch=e`, 400],
    ["a negative cursor", `/project/${id}/chat?epoch=e&after=-1`, 400],
    [
      "a cursor above the safe integers",
      `/project/${id}/chat?epoch=e&after=9007199254740992`,
      400,
    ],
    ["a cursor that is NaN", `/project/${id}/chat?epoch=e&after=NaN`, 400],
    ["no route of ours", `/project/${id}/chat/more`, 404],
    ["dots that leave the project", `/project/${id}/../../chat`, 404],
  ])("%s", async (_, path, status) => {
    const headers = { Upgrade: "websocket" };
    const response = await request(path, { headers });
    const { code } = await response.json<{ code: string }>();
    expect({ status: response.status, code }).toEqual({
      status,
      code:
        status === 404
          ? "not_found"
          : expect.stringMatching(/^(bad_request|nickname_invalid)$/),
    });
  });

  test("a version that is not spoken", async () => {
    const response = await upgrade({
      project: id,
      protocols: ["project-chat.v2"],
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: "bad_request" });
  });

  test.each(["POST", "PUT", "DELETE", "PATCH"])("%s", async (method) => {
    const response = await request(`/project/${id}/chat`, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get("Allow")).toMatch(/^GET\b/);
  });
});

test("[U2] NFC twins of a room's name are one room", async () => {
  const project = newProject();
  const one = await TestMember.join({ project, room: "caf\u00e9" });
  const other = await TestMember.join({ project, room: "cafe\u0301" });
  expect(other.welcome.room).toBe(one.welcome.room);
  const message = await one.send("a");
  expect(await other.nextOf("message")).toEqual(message);
});

describe("[W4] a message by HTTP that is not stored:", () => {
  test.each([
    ["no JSON", "{", undefined, 400, "bad_request"],
    ["an array", "[]", undefined, 400, "bad_request"],
    ["nothing", "", undefined, 400, "bad_request"],
    ["no text", "{}", undefined, 400, "bad_request"],
    ["an empty text", '{"text":""}', undefined, 400, "bad_request"],
    [
      "a text from __proto__",
      '{"__proto__":{"text":"a"}}',
      undefined,
      400,
      "bad_request",
    ],
    [
      "a text of the wrong type",
      '{"text":["a"]}',
      undefined,
      400,
      "bad_request",
    ],
    [
      "an over-long text",
      `{"text":"${"a".repeat(4_001)}"}`,
      undefined,
      413,
      "too_large",
    ],
    [
      "an over-long body",
      `{"x":"${"a".repeat(32_768)}"}`,
      undefined,
      413,
      "too_large",
    ],
    ["a malformed key", '{"text":"a"}', "a b", 400, "bad_request"],
    ["an over-long key", '{"text":"a"}', "n".repeat(65), 400, "bad_request"],
    [
      "a nickname that deceives",
      '{"text":"a","nickname":"q\ue000"}',
      undefined,
      400,
      "nickname_invalid",
    ],
    [
      "a nickname of the wrong type",
      '{"text":"a","nickname":1}',
      undefined,
      400,
      "nickname_invalid",
    ],
    [
      "an answer to nothing",
      '{"text":"a","replyTo":99}',
      undefined,
      404,
      "not_found",
    ],
  ])("%s", async (_, body, key, status, code) => {
    const { project, witness } = await scene();
    const before = await stored(project);
    const response = await request(`/project/${project}/messages`, {
      method: "POST",
      body,
      headers: key === undefined ? {} : { "Idempotency-Key": key },
    });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
    expect(await witness.settled()).toEqual([]);
    expect(await stored(project)).toEqual(before);
  });
});

/** A room with a message of somebody's and one of the victim's, under the nonce `used`. */
async function scene() {
  const project = newProject();
  const witness = await TestMember.join({ project, nickname: "witness" });
  const victim = await TestMember.join({ project, nickname: "victim" });
  await witness.send("first");
  await victim.send("second", { nonce: "used" });
  await victim.settled();
  await witness.settled();
  return { project, victim, witness };
}

/** Every row of the project. */
async function stored(project: string): Promise<unknown> {
  return await inside(project, (_, { storage: { sql } }) =>
    ["meta", "rooms", "messages", "changes", "reactions"].map((table) =>
      sql.exec(`SELECT * FROM ${table}`).toArray(),
    ),
  );
}

/** Sends so many frames that are no command, and takes their answers. */
async function garbage(member: TestMember, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    member.raw("no");
    const answer = await member.next();
    expect(answer).toMatchObject({ type: "error", code: "bad_request" });
  }
}

/** The victim's socket closes, nothing is stored, and the witness talks on. */
async function closes(
  provoke: (victim: TestMember, project: string) => Promise<void>,
  expected: { code: number },
): Promise<void> {
  const { project, victim, witness } = await scene();
  const before = await stored(project);
  await provoke(victim, project);
  expect(await victim.closed).toMatchObject(expected);
  expect(await stored(project)).toEqual(before);
  expect(await witness.send("unmoved")).toHaveProperty("seq", 3);
  expect(await stubOf(project).members({}, "lobby")).toEqual({
    members: [memberOf(witness)],
  });
}

function memberOf({ welcome }: TestMember) {
  const { id, nickname, role, guest } = welcome.you;
  return { id, nickname, role, guest };
}

function send(fields: Record<string, unknown>): string {
  return JSON.stringify({ type: "send", nonce: "n", ...fields });
}

function deep(levels: number): string {
  return "[".repeat(levels) + "]".repeat(levels);
}
