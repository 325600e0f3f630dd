/** A real server loses its power while everybody talks: what anybody was told is kept. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ChatClient, type Message } from "../../src/client/mod.ts";
import { startServer } from "../support/server.ts";

const WRITERS = 5;
const IN_FLIGHT = 30;
/** What one of them has heard when the power goes, or more. */
const MESSAGES = 200;

/** Somebody who sends all the time and remembers every message that they were told. */
function talker(url: string, name: string) {
  const client = new ChatClient(url, { project: "42", nickname: name });
  const heard: Message[] = [];
  let isTalking = true;
  client.on("message", (message) => heard.push(message));
  const talk = async (line: string): Promise<void> => {
    for (let n = 0; isTalking; n++) {
      // What is under way when the server goes is not answered any more.
      await client.send(`${name} ${line} ${n}`).catch(() => {});
    }
  };
  const lines = Array.from({ length: IN_FLIGHT }, (_, n) => talk(`${n}`));
  client.connect();
  const stop = async (): Promise<void> => {
    isTalking = false;
    client.close();
    await Promise.all(lines);
  };
  return { client, heard, stop };
}

/** Everything that the room has kept, as somebody reads it who comes now. */
async function kept(url: string): Promise<readonly Message[]> {
  const reader = new ChatClient(url, { project: "42" });
  reader.connect();
  await new Promise<void>((resolve) => {
    reader.on("timeline", ({ live }) => live && resolve());
  });
  while (await reader.loadOlder(100));
  const { messages } = reader.timeline;
  reader.close();
  return messages;
}

test("[S7] [O1] [L1] whatever any reader was told is in the history after a power cut", {
  timeout: 120_000,
}, async () => {
  const persistTo = await mkdtemp(join(tmpdir(), "project-chat-cut-"));
  const args = ["--var", "RATE_LIMIT:off"];
  const told = new Map<number, Message>();
  try {
    const before = await startServer({ persistTo, args });
    const talkers = Array.from({ length: WRITERS }, (_, n) =>
      talker(before.url, `writer ${n}`),
    );
    // In the middle of it, whatever is under way just then.
    await new Promise<void>((resolve) => {
      const [first] = talkers;
      first?.client.on("message", () => {
        if (first.heard.length >= MESSAGES) resolve();
      });
    });
    await before.kill();
    for (const { heard, stop } of talkers) {
      await stop();
      for (const message of heard) told.set(message.seq, message);
    }
    const server = await startServer({ persistTo, args });
    const messages = await kept(server.url);
    await server.kill();
    expect(told.size).toBeGreaterThanOrEqual(MESSAGES);
    const bySeq = new Map(messages.map((message) => [message.seq, message]));
    for (const [seq, message] of told) {
      expect(bySeq.get(seq)).toEqual(message);
    }
    expect(messages.map(({ seq }) => seq)).toEqual(
      messages.map((_, index) => index + 1),
    );
    // Nothing was stored twice.
    expect(new Set(messages.map(({ text }) => text)).size).toBe(
      messages.length,
    );
  } finally {
    await rm(persistTo, { recursive: true, force: true });
  }
});
