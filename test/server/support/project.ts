/** Reaches into the object of a project, as only a test may. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { ProjectChat } from "../../../src/server/project_chat.ts";
import type { Account, Stats } from "../../../src/server/storage/meter.ts";

/** The stub of a project's object. */
export function stubOf(project: string): DurableObjectStub<ProjectChat> {
  return env.PROJECTS.getByName(project);
}

/** Takes the object out of memory; its sockets stay open, as when it hibernates. */
export async function evict(project: string): Promise<void> {
  await evictDurableObject(stubOf(project));
}

/** Runs `look` inside the object. */
export function inside<Result>(
  project: string,
  look: (object: ProjectChat, state: DurableObjectState) => Result,
): Promise<Awaited<Result>> {
  return runInDurableObject(stubOf(project), look) as Promise<Awaited<Result>>;
}

/** What the object has used since it woke; wakes it. */
export async function statsOf(
  project: string,
): Promise<Account & { sockets: number }> {
  const { wake, sockets } = await allStatsOf(project);
  return { ...wake, sockets };
}

/** The same since the project began. */
export async function totalsOf(project: string): Promise<Account> {
  return (await allStatsOf(project)).total;
}

async function allStatsOf(project: string): Promise<Stats> {
  const stats = await stubOf(project).stats({});
  if ("code" in stats) throw new Error(`Cannot read stats: ${stats.message}`);
  return stats;
}

/** Waits until the object has taken `frames` since it woke. */
export async function untilReceived(
  project: string,
  frames: number,
): Promise<void> {
  while ((await statsOf(project)).framesReceived < frames);
}
