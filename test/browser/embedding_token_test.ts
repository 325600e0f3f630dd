/** docs/embedding.md: how a token gets to the tag, the client and the hook, and how somebody else comes in. */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ProjectChatElement } from "../../src/widget/mod.ts";
import { sign, TRUSTING } from "../support/tokens.ts";
import { openPage } from "./support/person.ts";
import { type Site, startSite } from "./support/site.ts";
import { codeUnder } from "./support/snippets.ts";
import { useServer } from "./support/use_server.ts";
import { waitUntilLive } from "./support/widget.ts";

const HEADING = "Handing the token over";
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Inside the package, which may import itself by its name. */
const WORK = join(ROOT, "dist", "token_snippets");

const setting = useServer(TRUSTING);
let site: Site;

beforeAll(async () => {
  await mkdir(WORK, { recursive: true });
  site = await startSite();
});

afterAll(async () => {
  await site?.close();
  await rm(WORK, { recursive: true, force: true });
});

/** A page of the site, whose server says that `name` is signed in. */
async function open(html: string, name: string): Promise<Page> {
  const page = await openPage(setting.browser, { url: "about:blank" });
  await signIn(page, name);
  await page.goto(site.show(`<!doctype html>${html}`));
  return page;
}

/** The site's server signs tokens for somebody from now on. */
async function signIn(page: Page, name: string): Promise<void> {
  await page.unroute("**/chat-token/42");
  await page.route("**/chat-token/42", async (route) =>
    route.fulfill({ json: { token: await sign("42", { sub: name, name }) } }),
  );
}

function idOf(page: Page): Promise<string | undefined> {
  return page
    .locator("project-chat")
    .evaluate((tag: ProjectChatElement) => tag.client?.you?.id);
}

/** Gives the tag a function that fetches a token, as the snippet does. */
function giveToken(page: Page): Promise<void> {
  return page.locator("project-chat").evaluate((tag: ProjectChatElement) => {
    tag.token = async () =>
      (await (await fetch("/chat-token/42")).json()).token;
  });
}

test("the tag speaks as the member, after signing out as a guest, and then as somebody else", async () => {
  const [html = ""] = codeUnder(HEADING, setting.server);
  const page = await open(html, "철수");
  await waitUntilLive(page);
  expect(await idOf(page)).toBe("철수");
  await page.click("#leave");
  await expect.poll(() => idOf(page)).toMatch(/^g_/);
  await waitUntilLive(page);
  await signIn(page, "영희");
  await giveToken(page);
  await expect.poll(() => idOf(page)).toBe("영희");
});

test("where one replaces the other at once, another function is enough", async () => {
  const [html = ""] = codeUnder(HEADING, setting.server);
  const page = await open(html, "철수");
  await waitUntilLive(page);
  await signIn(page, "영희");
  await giveToken(page);
  await expect.poll(() => idOf(page)).toBe("영희");
});

test("the headless client", async () => {
  const [, code = ""] = codeUnder(HEADING, setting.server);
  const page = await open(
    `<script type="module">${code}
      chat.on("live", () => { document.title = chat.you.nickname; });</script>`,
    "철수",
  );
  await expect.poll(() => page.title()).toBe("철수");
});

test("the hook, and a room of one's own for somebody else", async () => {
  const [, , code = ""] = codeUnder(HEADING, setting.server);
  const { outputFiles } = await build({
    stdin: {
      contents: `${code}
        import { createRoot } from "react-dom/client";
        const root = createRoot(document.querySelector("#app"));
        globalThis.show = (user) => root.render(<Chat user={user} />);
        show();`,
      loader: "jsx",
      resolveDir: WORK,
    },
    bundle: true,
    write: false,
    format: "esm",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const script = outputFiles[0]?.text ?? "";
  const page = await open(`<div id="app"></div>`, "철수");
  await page.addScriptTag({ type: "module", content: script });
  await page.getByText("Please sign in").waitFor();
  for (const name of ["철수", "영희"]) {
    await signIn(page, name);
    await page.evaluate(`show({ id: "${name}" })`);
    await page.getByText(`You are ${name}`).waitFor();
  }
});
