/** docs/embedding.md: whoever follows it gets what it says. What is code. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ChatClient } from "../../src/client/mod.ts";
import { openPage } from "./support/person.ts";
import { type Site, startSite } from "./support/site.ts";
import { codeUnder } from "./support/snippets.ts";
import { useServer } from "./support/use_server.ts";
import { waitUntilLive } from "./support/widget.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Inside the package, which may import itself by its name. */
const WORK = join(ROOT, "dist", "snippets");
const BIN = join(ROOT, "node_modules", ".bin");
const BUN = join(BIN, "bun");
const DENO = join(BIN, "deno");

const setting = useServer();
let site: Site;

beforeAll(async () => {
  await mkdir(WORK, { recursive: true });
  site = await startSite();
});

afterAll(async () => {
  await site?.close();
  await rm(WORK, { recursive: true, force: true });
});

/** Talks to the echo of the snippet until it leaves. */
async function talk(project: string): Promise<void> {
  const friend = new ChatClient(setting.server.url, {
    project,
    nickname: "영희",
  });
  const said = () => friend.timeline.messages.map(({ text }) => text);
  const patience = { timeout: 30_000, interval: 50 };
  friend.connect();
  try {
    await expect.poll(() => said().length, patience).toBe(1);
    await friend.send("안녕");
    await expect.poll(said, patience).toEqual([said()[0], "안녕", "안녕"]);
    await friend.send("그만");
    await expect.poll(() => friend.timeline.online, patience).toBe(1);
  } finally {
    friend.close();
  }
}

test("the headless client in Deno, with its types", async () => {
  const [code = ""] = codeUnder("The headless client", {
    url: setting.server.url,
    project: "deno",
  });
  const file = join(WORK, "deno.ts");
  await writeFile(file, code);
  const echo = spawn(DENO, [
    ...["run", "--check", "--no-lock", "--no-config"],
    ...[
      "--node-modules-dir=none",
      "--allow-net",
      `--allow-import=${new URL(setting.server.url).host}`,
    ],
    file,
  ]);
  await endsWell(echo, () => talk("deno"));
});

for (const [name, program] of [
  ["Node", process.execPath],
  ["Bun", BUN],
] as const) {
  test(`the headless client in ${name}, from the package`, async () => {
    const project = name.toLowerCase();
    const [code = "", line = ""] = codeUnder("The headless client", {
      url: setting.server.url,
      project,
    });
    const file = join(WORK, `${project}.mts`);
    await writeFile(file, code.replace(/^(import .*\n)+/, line));
    await endsWell(spawn(program, [file]), () => talk(project));
  });
}

test("the headless client in a browser", async () => {
  const [code = ""] = codeUnder("The headless client", {
    url: setting.server.url,
    project: "web",
  });
  const page = await openPage(setting.browser, {
    url: site.show(
      `<!doctype html><script type="module">${code}; document.title = "done"</script>`,
    ),
  });
  await talk("web");
  await expect.poll(() => page.title()).toBe("done");
});

test("React: the room as state", async () => {
  const [code = ""] = codeUnder("React", {
    url: setting.server.url,
    project: "react",
  });
  const page = await openApp(`${code}
    import { createRoot } from "react-dom/client";
    import { StrictMode } from "react";
    createRoot(document.querySelector("#app")).render(<StrictMode><Room /></StrictMode>);`);
  await page.getByText("online").waitFor();
  await page.fill("input", "안녕하세요");
  await page.press("input", "Enter");
  await page.locator("li", { hasText: /^User-\w+: 안녕하세요$/ }).waitFor();
});

test("React: the tag", async () => {
  const [, code = ""] = codeUnder("React", {
    url: setting.server.url,
    project: "tag",
  });
  const page = await openApp(`${code}
    import { createRoot } from "react-dom/client";
    const onUnread = (count) => { document.title = count + " unread"; };
    createRoot(document.querySelector("#app")).render(<Help onUnread={onUnread} />);`);
  await waitUntilLive(page);
  await tell("tag");
  await expect.poll(() => page.title()).toBe("1 unread");
});

test("Vue", async () => {
  const [code = ""] = codeUnder("Vue", {
    url: setting.server.url,
    project: "vue",
  });
  const page = await openApp(code);
  await waitUntilLive(page);
  await tell("vue");
  await page.locator("p", { hasText: "1 unread" }).waitFor();
});

/** Bundles an app and opens it. */
async function openApp(contents: string): Promise<Page> {
  const { outputFiles } = await build({
    stdin: { contents, loader: "tsx", resolveDir: WORK },
    bundle: true,
    write: false,
    format: "esm",
    jsx: "automatic",
    // The Vue that compiles templates in the browser.
    alias: { vue: "vue/dist/vue.esm-bundler.js" },
    define: {
      "process.env.NODE_ENV": '"production"',
      __VUE_OPTIONS_API__: "true",
      __VUE_PROD_DEVTOOLS__: "false",
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
    },
  });
  const page = await openPage(setting.browser, {
    url: site.show(`<!doctype html><div id="app"></div>`),
  });
  await page.addScriptTag({
    type: "module",
    content: outputFiles[0]?.text ?? "",
  });
  return page;
}

/** Somebody says something. */
async function tell(project: string): Promise<void> {
  const friend = new ChatClient(setting.server.url, {
    project,
    nickname: "영희",
  });
  friend.connect();
  await friend.send("계세요?");
  friend.close();
}

/** Waits for what happens meanwhile, and for the program to end by itself. */
async function endsWell(
  program: ChildProcess,
  meanwhile: () => Promise<void>,
): Promise<void> {
  let output = "";
  for (const stream of [program.stdout, program.stderr])
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  const ended = once(program, "close");
  try {
    await Promise.race([
      meanwhile(),
      ended.then(([code]) => expect(code, output).toBe(0)),
    ]);
    const [code] = await ended;
    expect(code, output).toBe(0);
  } finally {
    program.kill();
  }
}
