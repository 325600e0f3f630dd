/** The renderer, in a page that allows neither inline styles nor any trusted type. */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type * as Renderer from "../../src/widget/render.ts";
import { launchChromium } from "../support/chromium.ts";

declare global {
  interface Window {
    readonly renderer: typeof Renderer;
    readonly violations: string[];
  }
}

const POLICY =
  "style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

let browser: Browser;
let page: Page;

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [
      fileURLToPath(new URL("../../src/widget/render.ts", import.meta.url)),
    ],
    bundle: true,
    format: "iife",
    globalName: "renderer",
    write: false,
  });
  const script = outputFiles[0]?.text ?? "";
  browser = await launchChromium();
  const context = await browser.newContext();
  await context.route("**/*", (route) =>
    route.fulfill({
      contentType: "text/html",
      headers: { "content-security-policy": POLICY },
      body: "<!doctype html><main></main>",
    }),
  );
  await context.addInitScript(`window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) =>
      violations.push(event.violatedDirective));
    ${script}
    window.renderer = renderer;`);
  page = await context.newPage();
});

beforeEach(async () => {
  await page.goto("https://host.example/");
});

afterAll(() => browser?.close());

test("writes texts, attributes and custom properties, and breaks no rule of the page", async () => {
  const seen = await page.evaluate(() => {
    const { draw, jsx } = window.renderer;
    const main = document.body.children[0] as HTMLElement;
    draw(main, [
      jsx("p", {
        class: "a",
        hidden: true,
        title: undefined,
        "aria-label": "<b>",
        "--hue": 7,
        children: ["<img src=x onerror=alert(1)>", 0, false, null, "", [[1]]],
      }),
    ]);
    const paragraph = main.children[0] as HTMLElement;
    return {
      names: paragraph.getAttributeNames(),
      text: paragraph.textContent,
      hue: paragraph.style.getPropertyValue("--hue"),
      children: paragraph.children.length,
      violations: window.violations,
    };
  });
  expect(seen).toEqual({
    names: ["class", "hidden", "aria-label", "style"],
    text: "<img src=x onerror=alert(1)>01",
    hue: "7",
    children: 0,
    violations: [],
  });
});

test("takes attributes and listeners away again", async () => {
  const seen = await page.evaluate(() => {
    const { draw, jsx } = window.renderer;
    const main = document.body;
    const heard: string[] = [];
    const hear = (word: string) => () => heard.push(word);
    const click = () => main.querySelector("button")?.click();
    draw(main, jsx("button", { id: "x", onclick: hear("first") }));
    click();
    draw(main, jsx("button", { onclick: hear("second") }));
    click();
    draw(main, jsx("button", {}));
    click();
    return { heard, names: main.querySelector("button")?.getAttributeNames() };
  });
  expect(seen).toEqual({ heard: ["first", "second"], names: [] });
});

test("keeps the nodes of siblings that it recognises", async () => {
  const seen = await page.evaluate(() => {
    const { draw, jsx } = window.renderer;
    const list = document.body;
    const show = (keys: string[], isWarning = false) => {
      draw(list, [
        isWarning && jsx("b", { children: "!" }),
        keys.map((key) => jsx("i", { children: key }, key)),
        jsx("input", {}),
      ]);
      return list.textContent;
    };
    show(["a", "b", "c"]);
    const b = list.children[1];
    const input = list.querySelector("input");
    if (input) input.value = "typed";
    input?.focus();
    const texts = [show(["z", "b", "c", "d"], true), show(["d", "c", "b"])];
    const isSame = list.children[2] === b;
    texts.push(show([]), show(["b"]));
    return {
      texts,
      isSame,
      value: list.querySelector("input")?.value,
      hasFocus: document.activeElement === input,
    };
  });
  expect(seen).toEqual({
    texts: ["!zbcd", "dcb", "", "b"],
    isSame: true,
    value: "typed",
    hasFocus: true,
  });
});

test("moves nothing when something appears or goes before it", async () => {
  const moves = await page.evaluate(async () => {
    const { draw, jsx } = window.renderer;
    const show = (isWarning: boolean) =>
      draw(document.body, [
        isWarning && jsx("b", {}),
        jsx("section", { children: "long" }),
      ]);
    show(true);
    const seen: string[] = [];
    const watch = new MutationObserver((records) => {
      for (const { addedNodes, removedNodes } of records)
        for (const node of [...addedNodes, ...removedNodes])
          seen.push(node.nodeName);
    });
    watch.observe(document.body, { childList: true });
    show(false);
    show(true);
    await Promise.resolve();
    return seen;
  });
  expect(moves).toEqual(["B", "B"]);
});

test("leaves what is memorised alone until a value it depends on changes", async () => {
  const calls = await page.evaluate(() => {
    const { draw, jsx } = window.renderer;
    let count = 0;
    const show = (value: string) =>
      draw(
        document.body,
        jsx("p", {
          memo: [value],
          children: () => {
            count++;
            return value;
          },
        }),
      );
    show("a");
    show("a");
    show("b");
    return [count, document.body.textContent];
  });
  expect(calls).toEqual([2, "b"]);
});

test("calls components with their props, and tells when an element is in the page", async () => {
  const seen = await page.evaluate(async () => {
    const { draw, jsx } = window.renderer;
    const told: boolean[] = [];
    const mount = (element: Element) => told.push(element.isConnected);
    const Greeting = ({ name }: { readonly name: string }) =>
      jsx("p", { mount, children: ["Hello ", name] });
    const show = (name: string) =>
      draw(document.body, jsx("div", { children: jsx(Greeting, { name }) }));
    show("A");
    show("B");
    await Promise.resolve();
    return [document.body.textContent, told];
  });
  expect(seen).toEqual(["Hello B", [true]]);
});
