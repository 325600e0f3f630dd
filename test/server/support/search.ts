/** Searches as a reader does, page after page. */
import type { Message } from "../../../src/protocol/mod.ts";
import { request } from "./member.ts";
import { bearer } from "./tokens.ts";

/** A message as a search of the whole project gives it. */
export type Hit = Message & { room?: string };

/** One page of a search; `more` are its other parameters. */
export async function search(
  project: string,
  options: { more: Record<string, string>; token?: string },
): Promise<{ messages: Hit[]; more: boolean; before?: string }> {
  const query = new URLSearchParams(options.more);
  const response = await request(`/project/${project}/search?${query}`, {
    headers: options.token ? bearer(options.token) : {},
  });
  if (response.status !== 200) {
    throw new Error(`Cannot search: ${await response.text()}`);
  }
  return await response.json();
}

/** All pages of a search. */
export async function searchAll(
  project: string,
  options: { more: Record<string, string>; token?: string },
): Promise<Hit[]> {
  const hits: Hit[] = [];
  let cursor: { before?: string } = {};
  for (;;) {
    const more = { ...options.more, ...cursor };
    const found = await search(project, { ...options, more });
    hits.push(...found.messages);
    if (found.before === undefined) return hits;
    cursor = { before: found.before };
  }
}
