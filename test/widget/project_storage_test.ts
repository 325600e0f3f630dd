import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createStorage, storageOf } from "../../src/widget/project_storage.ts";

describe("createStorage()", () => {
  let kept: Map<string, string>;

  beforeEach(() => {
    kept = new Map();
    vi.stubGlobal("localStorage", {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    });
  });

  afterEach(() => {
    vi.unstubAllGlobals();
  });

  test("keeps nothing before the reader acts", () => {
    const storage = createStorage("s:p", "local");
    storage.setItem("a", "1");
    expect(storage.getItem("a")).toBe("1");
    expect(kept.size).toBe(0);
  });

  test("keeps everything under one key afterwards", () => {
    const storage = createStorage("s:p", "local");
    storage.setItem("a", "1");
    storage.permit();
    storage.setItem("b", "2");
    expect([...kept]).toEqual([["pc:s:p", '{"a":"1","b":"2"}']]);
    expect(createStorage("s:p", "local").getItem("b")).toBe("2");
  });

  test("removes", () => {
    const storage = createStorage("s:p", "local");
    storage.permit();
    storage.setItem("a", "1");
    storage.removeItem("a");
    expect(storage.getItem("a")).toBeNull();
    expect(kept.get("pc:s:p")).toBe("{}");
  });

  test("keeps what another tab wrote", () => {
    const storage = createStorage("s:p", "local");
    storage.permit();
    storage.setItem("a", "1");
    kept.set("pc:s:p", '{"a":"1","other":"x"}');
    storage.setItem("a", "2");
    expect(kept.get("pc:s:p")).toBe('{"a":"2","other":"x"}');
  });

  test("writes nothing but what was changed, and only once", () => {
    const storage = createStorage("s:p", "local");
    storage.permit();
    storage.setItem("a", "1");
    // Another tab goes on from there.
    kept.set("pc:s:p", '{"a":"2","b":"1"}');
    expect(storage.getItem("a")).toBe("2");
    storage.setItem("c", "1");
    expect(kept.get("pc:s:p")).toBe('{"a":"2","b":"1","c":"1"}');
  });

  test("undoes no change of another tab by one that changes nothing", () => {
    kept.set("pc:s:p", '{"a":"1"}');
    const storage = createStorage("s:p", "local");
    storage.setItem("a", "1");
    storage.removeItem("b");
    kept.set("pc:s:p", '{"a":"2","b":"2"}');
    storage.permit();
    expect(kept.get("pc:s:p")).toBe('{"a":"2","b":"2"}');
  });

  test("is one for each project and kind, so that memory has what cannot be kept", () => {
    storageOf("s:one", "none").setItem("a", "1");
    expect(storageOf("s:one", "none").getItem("a")).toBe("1");
    expect(storageOf("s:other", "none").getItem("a")).toBeNull();
  });

  test("stands a blocked, a full and a spoilt storage", () => {
    vi.stubGlobal("localStorage", {
      getItem: () => "null",
      setItem: () => {
        throw new Error("full");
      },
    });
    const full = createStorage("s:p", "local");
    full.permit();
    full.setItem("a", "1");
    expect(full.getItem("a")).toBe("1");
    vi.unstubAllGlobals();
    const blocked = createStorage("s:p", "local");
    blocked.permit();
    blocked.setItem("a", "1");
    expect(blocked.getItem("a")).toBe("1");
    expect(blocked.getItem("b")).toBeNull();
  });

  test("of kind none stays in memory", () => {
    const storage = createStorage("s:p", "none");
    storage.permit();
    storage.setItem("a", "1");
    expect(storage.getItem("a")).toBe("1");
    expect(kept.size).toBe(0);
  });
});
