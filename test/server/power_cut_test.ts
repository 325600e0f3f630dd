/** The object dies between append and flush: nothing is lost, and nothing comes twice. */
import { afterEach, expect, test, vi } from "vitest";
import { abort } from "./support/abort.ts";
import { range } from "./support/hall.ts";
import { newProject, request, TestMember } from "./support/member.ts";
import { inside, statsOf, untilReceived } from "./support/project.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("[O1] [S4] [S7] [R1] what was appended or waited when the object died comes once, in order", async () => {
  // Its clock stands, so that it never affords another frame, and its timer is never due.
  vi.useFakeTimers({
    toFake: ["Date", "setTimeout", "clearTimeout"],
    now: Date.now(),
  });
  const project = newProject();
  const [writer, reader] = [
    await TestMember.join({ project, nickname: "w" }),
    await TestMember.join({ project, nickname: "r" }),
  ];
  const { epoch } = reader.welcome;
  const { framesReceived } = await statsOf(project);
  const nonces = range(1, 100).map((n) => `n${n}`);
  for (const nonce of nonces) {
    writer.command({ type: "send", nonce, text: nonce });
  }
  await untilReceived(project, framesReceived + 100);
  // What comes by HTTP is appended at once, and answered; its frame waits.
  const posted = await request(`/project/${project}/messages`, {
    method: "POST",
    headers: { "Idempotency-Key": "posted" },
    body: '{"text":"by HTTP"}',
  });
  expect(posted.status).toBe(201);
  expect(await inside(project, () => vi.getTimerCount())).toBe(1);
  await abort(project, [writer, reader]);
  const heard = reader
    .drain()
    .flatMap((event) => (event.type === "message" ? [event] : []));
  const cursor = heard.at(-1)?.seq ?? 0;
  expect(heard.map(({ seq }) => seq)).toEqual(range(1, cursor));
  expect(cursor).toBeLessThan(100);
  // Both come back: one goes on reading, one sends again whatever was not answered.
  vi.useRealTimers();
  const after = { project, epoch, after: cursor };
  const again = await TestMember.join({ ...after, token: reader.token });
  expect(again.welcome).toMatchObject({ resumed: true, head: cursor + 1 });
  expect(again.backfill).toMatchObject([
    { seq: cursor + 1, nonce: "posted", text: "by HTTP" },
  ]);
  const sender = await TestMember.join({ ...after, token: writer.token });
  for (const nonce of nonces) {
    await sender.send(nonce, { nonce, retry: true });
  }
  const late = await TestMember.join({ ...after, after: 0 });
  const log = late.backfill.flatMap((event) =>
    event.type === "message" ? [event] : [],
  );
  expect(log.map(({ seq }) => seq)).toEqual(range(1, 101));
  expect(log.slice(0, cursor)).toEqual(heard);
  const kept = log.map(({ nonce }) => nonce);
  expect(kept.filter((nonce) => nonce !== "posted")).toEqual(nonces);
  // Whoever stayed has been told the rest, once.
  const rest: number[] = [];
  while (rest.at(-1) !== 101) rest.push((await again.nextOf("message")).seq);
  expect(rest).toEqual(range(cursor + 2, 101));
});
