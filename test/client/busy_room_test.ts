/** A room over its rate, a real server and honest clients: all are heard, once, and none is closed. */
import { expect, test } from "vitest";
import { ChatClient } from "../../src/client/mod.ts";
import { startServer } from "../support/server.ts";

const CLIENTS = 10;
const MESSAGES = 5;

test("[O6] [S3] honest clients of a busy room are all heard once, and none is closed", {
  timeout: 120_000,
}, async () => {
  // Fifty messages at five a second; a client may ask for twenty things at once, and two a second.
  const args = ["--var", "ROOM_RATE_LIMIT:2/5", "--var", "RATE_LIMIT:20/2"];
  const server = await startServer({ args });
  const clients = Array.from(
    { length: CLIENTS },
    (_, n) => new ChatClient(server.url, { project: "42", nickname: `n${n}` }),
  );
  const links: string[] = [];
  try {
    for (const client of clients) {
      client.on("status", (status) => links.push(status));
      client.connect();
    }
    const sent = await Promise.all(
      clients.flatMap((client, who) =>
        Array.from({ length: MESSAGES }, (_, n) => client.send(`${who} ${n}`)),
      ),
    );
    const seqs = sent.map(({ seq }) => seq).sort((a, b) => a - b);
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    expect(seqs).toHaveLength(CLIENTS * MESSAGES);
    const [first] = clients;
    const texts = await new Promise<string[]>((resolve) => {
      const look = () => {
        const { cursor = 0, messages = [] } = first?.timeline ?? {};
        if (cursor === seqs.length) resolve(messages.map(({ text }) => text));
      };
      first?.on("timeline", look);
      look();
    });
    expect(texts).toHaveLength(CLIENTS * MESSAGES);
    expect(new Set(texts).size).toBe(CLIENTS * MESSAGES);
    // Each came once and stayed.
    expect(links.filter((status) => status === "connecting")).toHaveLength(
      CLIENTS,
    );
    expect(links).not.toContain("waiting");
  } finally {
    for (const client of clients) client.close();
    await server.kill();
  }
});
