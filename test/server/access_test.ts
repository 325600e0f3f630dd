/** Every route and every command, by every role: the whole table, written out by hand. */
import { describe, expect, test } from "vitest";
import {
  COMMAND_ACTIONS,
  type CommandType,
  ROLES,
  type Role,
} from "../../src/protocol/mod.ts";
import app from "../../src/server/worker.ts";
import { GIF } from "./support/images.ts";
import { newProject, request, TestMember } from "./support/member.ts";
import { evict } from "./support/project.ts";
import { bearer, sign } from "./support/tokens.ts";

const OWNER: readonly Role[] = ["owner"];
const MODERATORS: readonly Role[] = ["owner", "moderator"];
const WRITERS: readonly Role[] = ["owner", "moderator", "member", "guest"];
const ALL: readonly Role[] = ROLES;

interface Route {
  readonly may: readonly Role[];
  /** Who may in an open project, where that is more. */
  readonly open?: readonly Role[];
  /** What the path stands for, if it has parameters or a query. */
  readonly path?: string;
  readonly body?: unknown;
  /** A body that is no JSON. */
  readonly raw?: Uint8Array;
}

/** Routes below `/project/:id`. */
const ROUTES: Record<string, Route> = {
  "GET /chat": { may: ALL },
  "GET /rooms": { may: ALL },
  "GET /messages": { may: ALL },
  "POST /messages": { may: WRITERS, body: { text: "hi" } },
  "PATCH /messages/:seq": {
    may: WRITERS,
    path: "/messages/99",
    body: { text: "hi" },
  },
  "DELETE /messages/:seq": { may: WRITERS, path: "/messages/99" },
  "PUT /messages/:seq/reactions/:emoji": {
    may: WRITERS,
    path: "/messages/99/reactions/👍",
  },
  "DELETE /messages/:seq/reactions/:emoji": {
    may: WRITERS,
    path: "/messages/99/reactions/👍",
  },
  "POST /files": { may: WRITERS, raw: GIF },
  "GET /members": { may: ALL },
  "GET /search": { may: ALL, path: "/search?q=xy" },
  "GET /export": { may: MODERATORS, open: ALL },
  "GET /stats": { may: MODERATORS, open: ALL },
  "GET /settings": { may: OWNER },
  "PATCH /settings": { may: OWNER, body: { readReceipts: true } },
  "POST /moderation": { may: MODERATORS, body: { action: "lock" } },
  "GET /sanctions": { may: MODERATORS },
  "GET /reports": { may: MODERATORS },
  "DELETE /reports/:report": { may: MODERATORS, path: "/reports/99" },
  "GET /audit": { may: OWNER },
  "GET /challenge": { may: ALL },
  "POST /challenge": { may: ["guest"], body: { response: "x" } },
  "POST /revoke": { may: OWNER, body: { jti: "nobody's" } },
};

/** Routes that ask nobody who they are. */
const PUBLIC = [
  "GET /healthz",
  "GET /project/:id",
  "GET /project/:id/files/:key",
];

/** Commands, and what is sent. */
const COMMANDS: Record<
  CommandType,
  { may: readonly Role[]; fields: Record<string, unknown> }
> = {
  send: { may: WRITERS, fields: { nonce: "n", text: "hi" } },
  edit: { may: WRITERS, fields: { nonce: "n", seq: 99, text: "hi" } },
  delete: { may: WRITERS, fields: { nonce: "n", seq: 99 } },
  react: {
    may: WRITERS,
    fields: { nonce: "n", seq: 99, emoji: "👍", on: true },
  },
  typing: { may: WRITERS, fields: { on: true } },
  rename: { may: WRITERS, fields: { nickname: "새이름" } },
  history: { may: ALL, fields: { ref: "r" } },
  read: { may: ALL, fields: { seq: 1 } },
  rooms: { may: ALL, fields: { on: true } },
  ack: { may: ALL, fields: { seq: 1 } },
  moderate: {
    may: MODERATORS,
    fields: { nonce: "m", action: "slow", seconds: 0 },
  },
  report: { may: ALL, fields: { nonce: "r", seq: 99, reason: "spam" } },
  auth: { may: ALL, fields: { token: "nonsense" } },
};

/** Somebody who is nobody, or who is somebody elsewhere. */
type Caller = Role | "nobody" | "owner of project B";
const CALLERS: readonly Caller[] = [...ROLES, "nobody", "owner of project B"];

async function tokenOf(
  project: string,
  caller: Caller,
): Promise<string | undefined> {
  switch (caller) {
    case "nobody":
      return undefined;
    case "owner of project B":
      return await sign(newProject(), { role: "owner" });
    case "guest":
      return (await TestMember.join({ project })).token;
    default:
      return await sign(project, { sub: caller, role: caller });
  }
}

async function ask(project: string, name: string, caller: Caller) {
  const [method = "", pattern = ""] = name.split(" ");
  const { path = pattern, body, raw } = ROUTES[name] ?? {};
  const token = await tokenOf(project, caller);
  const response = await request(`/project/${project}${path}`, {
    method,
    headers: {
      ...(token && bearer(token)),
      ...(pattern === "/chat" && { Upgrade: "websocket" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(raw && { body: raw }),
  });
  response.webSocket?.accept();
  response.webSocket?.close();
  const { status } = response;
  if (status === 403) return { status, body: await response.json() };
  await response.arrayBuffer();
  return { status };
}

function isAllowed(name: string, caller: Caller, mode: string): boolean {
  const { may = [], open = may } = ROUTES[name] ?? {};
  const allowed: readonly string[] = mode === "open" ? open : may;
  // Who shows nothing is a guest.
  return allowed.includes(caller === "nobody" ? "guest" : caller);
}

describe("[A1] routes", () => {
  test("are all in the table", () => {
    const known = app.routes
      .filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${method} ${path}`);
    const listed = Object.keys(ROUTES).map((name) =>
      name.replace(" ", " /project/:id"),
    );
    expect([...new Set(known)].sort()).toEqual([...listed, ...PUBLIC].sort());
  });

  for (const mode of ["open", "mixed", "members"]) {
    test.each(Object.keys(ROUTES))(`${mode}: %s`, async (name) => {
      const project = newProject();
      const guest = (await TestMember.join({ project })).token;
      await request(`/project/${project}/settings`, {
        method: "PATCH",
        headers: bearer(await sign(project, { role: "owner" })),
        body: JSON.stringify({ mode }),
      });
      // The guest who had to leave would keep the object awake for 5 s (P3).
      if (mode !== "members") await evict(project);
      for (const caller of CALLERS) {
        const isOut =
          mode === "members" && (caller === "guest" || caller === "nobody");
        if (isOut && caller === "guest") {
          const response = await request(`/project/${project}/rooms`, {
            headers: bearer(guest),
          });
          expect(response.status).toBe(403);
          continue;
        }
        const { status, body } = await ask(project, name, caller);
        const told = { name, caller, status };
        if (caller === "owner of project B") {
          expect(told).toEqual({ name, caller, status: 401 });
        } else if (isOut || !isAllowed(name, caller, mode)) {
          expect(told).toEqual({ name, caller, status: 403 });
          expect(body).toMatchObject({ code: "forbidden" });
        } else {
          // 404: there is no such message. 401: nobody has said what could be changed.
          const unmet = caller === "nobody" ? [403] : [401, 403];
          expect(unmet).not.toContain(status);
          expect(status).toBeLessThan(500);
        }
      }
    });
  }
});

describe("[A2] commands", () => {
  test("are all in the table", () => {
    expect(Object.keys(COMMANDS).sort()).toEqual(
      Object.keys(COMMAND_ACTIONS).sort(),
    );
  });

  test.each(ROLES)("by a %s", async (role) => {
    const project = newProject();
    const token = await tokenOf(project, role);
    const member = await TestMember.join({ project, ...(token && { token }) });
    await evict(project);
    for (const [type, { may, fields }] of Object.entries(COMMANDS)) {
      member.command({ type, ...fields });
      const events = await member.settled();
      const refused = events.some(
        (event) => event.type === "error" && event.code === "forbidden",
      );
      expect({ type, role, refused }).toEqual({
        type,
        role,
        refused: !may.includes(role),
      });
    }
  });
});

test("[A2] what is refused says so with its nonce, and is not stored", async () => {
  const project = newProject();
  const token = await sign(project, { role: "reader" });
  const reader = await TestMember.join({ project, token });
  await evict(project);
  const answer = await reader.ask({ type: "send", nonce: "n", text: "hi" });
  expect(answer).toMatchObject({ code: "forbidden", nonce: "n" });
  const guest = await TestMember.join({ project });
  expect(guest.welcome.head).toBe(0);
});
