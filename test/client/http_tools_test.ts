/** Tools that ask by HTTP. */
import {
  type Found,
  fileUrl,
  search,
  uploadFile,
} from "../../src/client/mod.ts";
import { assert, assertEquals, assertRejects } from "./support/assert.ts";
import { FakeHttp } from "./support/fake_http.ts";
import { worldTest } from "./support/fixture.ts";

function found(seq: number): Found {
  const author = { id: "b", nickname: "B", role: "member", guest: false };
  const base = { type: "message", nonce: `n${seq}`, at: seq } as const;
  // Written above, so that its role is one.
  return { ...base, seq, author: author as Found["author"], text: "찾을 말" };
}

const key = "k1";
const stored = { key, type: "image/png", bytes: 3, width: 1, height: 1 };

worldTest("search() gives page after page as who one is", async (world) => {
  const http = new FakeHttp();
  try {
    const client = await world.online();
    http.answer({ messages: [found(9), found(8)], more: true, before: "c1" });
    // A slice in which nothing was found is no page.
    http.answer({ messages: [], more: true, before: "c2" });
    http.answer({ messages: [found(3)], more: false });
    const pages: [number[], boolean][] = [];
    const query = { text: "찾을 말", room: "공지", from: 5, author: undefined };
    for await (const page of search(client, query))
      pages.push([page.messages.map(({ seq }) => seq), page.more]);
    assertEquals(pages, [
      [[9, 8], true],
      [[3], false],
    ]);
    const [first, second, third] = http.requests;
    const wanted = "https://chat.example/project/42/search";
    assertEquals(`${first?.url.origin}${first?.url.pathname}`, wanted);
    assertEquals(Object.fromEntries(first?.url.searchParams ?? []), {
      q: "찾을 말",
      room: "공지",
      from: "5",
    });
    assertEquals(
      [second, third].map((request) => request?.url.searchParams.get("before")),
      ["c1", "c2"],
    );
    assertEquals(
      first?.headers["Authorization"],
      `Bearer ${client.you?.token}`,
    );
  } finally {
    http.restore();
  }
});

worldTest("search() is a member's with a token of theirs", async (world) => {
  const http = new FakeHttp();
  try {
    const client = world.client({ getToken: async () => "signed" });
    http.answer({ messages: [], more: false });
    const { done } = await search(client, { text: "말" }).next();
    assertEquals(done, true);
    assertEquals(http.requests[0]?.headers["Authorization"], "Bearer signed");
  } finally {
    http.restore();
  }
});

worldTest("search() says why there is no answer", async (world) => {
  const http = new FakeHttp();
  try {
    const client = world.client();
    const problem = { code: "rate_limited", message: "", retryAfter: 1_000 };
    http.answer(problem, 429);
    await assertRejects(search(client, { text: "말" }).next(), "rate_limited");
    http.answer("<h1>Bad gateway</h1>", 502);
    await assertRejects(search(client, { text: "말" }).next(), "internal");
    assertEquals(http.requests[0]?.headers, {});
  } finally {
    http.restore();
  }
});

for (const hasProgress of [true, false]) {
  const way = hasProgress ? "with" : "without";
  worldTest(`uploadFile() uploads ${way} progress`, async (world) => {
    const http = new FakeHttp({ hasProgress });
    try {
      const client = await world.online();
      const parts: number[] = [];
      const onProgress = (part: number) => parts.push(part);
      const image = new Blob(["gif"]);
      http.answer(stored, 201);
      assertEquals(await uploadFile(client, image, { onProgress }), stored);
      assertEquals(parts, hasProgress ? [0.5, 1] : []);
      const [request] = http.requests;
      assertEquals(
        [request?.method, request?.url.pathname, request?.body === image],
        ["POST", "/project/42/files", true],
      );
      assertEquals(
        request?.headers["Authorization"],
        `Bearer ${client.you?.token}`,
      );
      http.answer({ code: "storage_full", message: "" }, 507);
      await assertRejects(uploadFile(client, image), "storage_full");
    } finally {
      http.restore();
    }
  });

  worldTest(`uploadFile() is given up ${way} progress`, async (world) => {
    const http = new FakeHttp({ hasProgress });
    try {
      const client = await world.online();
      const { signal, abort } = aborting();
      const uploading = uploadFile(client, new Blob(["gif"]), { signal });
      await http.arrival;
      abort();
      const error = await uploading.catch((error: unknown) => error);
      assert(
        error instanceof DOMException && error.name === "AbortError",
        `Expected an AbortError, but got ${error}`,
      );
    } finally {
      http.restore();
    }
  });
}

worldTest("fileUrl() is on the chat's own server", async (world) => {
  assertEquals(
    fileUrl(world.client(), key),
    "https://chat.example/project/42/files/k1",
  );
});

function aborting() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
