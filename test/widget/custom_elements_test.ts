import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ATTRIBUTES } from "../../src/widget/reflected_element.ts";

interface Named {
  readonly name: string;
}

interface Manifest {
  readonly modules: readonly {
    readonly declarations: readonly {
      readonly attributes: readonly Named[];
      readonly members: readonly Named[];
      readonly events: readonly Named[];
      readonly cssProperties: readonly Named[];
      readonly cssParts: readonly Named[];
    }[];
  }[];
}

const root = new URL("../../", import.meta.url);
// The file is checked in, and this test is what guards its shape.
const manifest = JSON.parse(read("custom-elements.json")) as Manifest;
const element = manifest.modules[0]?.declarations[0];
const source = readdirSync(new URL("src/widget/", root), {
  recursive: true,
  encoding: "utf8",
})
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => read(`src/widget/${file}`))
  .join("\n");

describe("custom-elements.json names", () => {
  test("every attribute", () => {
    expect(names(element?.attributes)).toEqual([...ATTRIBUTES].sort());
  });

  test("every custom property of the style sheet", () => {
    expect(names(element?.cssProperties)).toEqual(found(/var\((--pc-[\w-]+)/g));
  });

  test("every part", () => {
    expect(names(element?.cssParts)).toEqual(found(/part="([\w-]+)"/g));
  });

  test("every event", () => {
    expect(names(element?.events)).toEqual(found(/fire\([\w.#]+, "([\w-]+)"/g));
  });

  test("members the element has", () => {
    const code = read("src/widget/project_chat_element.tsx");
    for (const name of names(element?.members))
      expect(code).toMatch(new RegExp(`^ {2}(?:get |async )?${name}\\(`, "m"));
  });
});

function read(path: string): string {
  return readFileSync(new URL(path, root), "utf8");
}

function names(list: readonly Named[] = []): string[] {
  return list.map(({ name }) => name).sort();
}

function found(pattern: RegExp): string[] {
  const matches = source.replace(/\s+/g, " ").matchAll(pattern);
  return [...new Set(Array.from(matches, ([, name]) => name ?? ""))].sort();
}
