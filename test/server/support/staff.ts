/** Those who keep order, and what they ask for, over real sockets. */
import type { Moderated, RoomEvent } from "../../../src/protocol/mod.ts";
import { newProject, request, TestMember } from "./member.ts";
import { bearer, sign } from "./tokens.ts";

/** Somebody whose token says `role`; their id is their role unless `sub` says otherwise. */
export async function join(
  project: string,
  role: string,
  options: { sub?: string; room?: string; name?: string } = {},
): Promise<TestMember> {
  const { sub = role, room, name = sub } = options;
  const token = await sign(project, { sub, name, role });
  return TestMember.join({ project, token, ...(room && { room }) });
}

/** A project with a moderator and a guest in its lobby. */
export async function lobby() {
  const project = newProject();
  const moderator = await join(project, "moderator");
  const guest = await TestMember.join({ project, nickname: "철수" });
  return { project, moderator, guest };
}

/** What became of an act. */
export function moderate(
  by: TestMember,
  action: string,
  fields: Record<string, unknown> = {},
): Promise<RoomEvent> {
  const nonce = crypto.randomUUID();
  return by.ask({ type: "moderate", nonce, action, ...fields });
}

/** The act as it was logged; throws when it was refused. */
export async function enforce(
  by: TestMember,
  action: string,
  fields: Record<string, unknown> = {},
): Promise<Moderated> {
  const event = await moderate(by, action, fields);
  if (event.type === "moderated") return event;
  throw new Error(`Cannot ${action}: ${JSON.stringify(event)}`);
}

/** A request by somebody whose token says `role`; without one, by anybody. */
export async function http(
  project: string,
  path: string,
  options: {
    role?: string;
    method?: string;
    body?: unknown;
    headers?: Record<string, string>;
  } = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const { role, method = "GET", body, headers } = options;
  const response = await request(`/project/${project}/${path}`, {
    method,
    headers: {
      ...(role && bearer(await sign(project, { role, sub: role }))),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}
