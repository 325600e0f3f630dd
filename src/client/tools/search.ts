/** Finding messages by what they say, who wrote them and when. */
import type { Message } from "../../protocol/events.ts";
import type { ChatClient } from "../chat_client.ts";
import { addressOf, credentialsOf, read } from "./http.ts";

/** What is looked for. */
export interface SearchQuery {
  /** Part of a text; its case, width and spelling do not matter. May be empty beside `author`. */
  readonly text: string;
  /** The whole project if absent. */
  readonly room?: string | undefined;
  /** Id of a member. */
  readonly author?: string | undefined;
  /** From this time on, in ms since 1970. */
  readonly from?: number | undefined;
  /** Before this time, in ms since 1970. */
  readonly to?: number | undefined;
  /** Most messages of a page, 1 to 100. */
  readonly limit?: number | undefined;
  /** Gives the search up. */
  readonly signal?: AbortSignal;
}

/** A message that was found. */
export interface Found extends Message {
  /** Where it was said; absent in a search of one room. */
  readonly room?: string;
}

/** Some of what was found. */
export interface FoundPage {
  /** Newest first, at least one. */
  readonly messages: readonly Found[];
  /** Whether there may be others. */
  readonly more: boolean;
}

interface Answer extends FoundPage {
  readonly before?: string;
}

/**
 * Pages of what was found: `for await`, or `next()`
 * for each. Throws a {@linkcode ChatError} that says what is wrong with the query.
 */
export async function* search(
  client: ChatClient,
  { text, signal, ...filters }: SearchQuery,
): AsyncGenerator<FoundPage, void> {
  const query = new URLSearchParams({ q: text });
  for (const [name, value] of Object.entries(filters))
    if (value !== undefined) query.set(name, `${value}`);
  for (;;) {
    const headers = await credentialsOf(client);
    const answer = await fetch(addressOf(client, `search?${query}`), {
      headers,
      signal: signal ?? null,
    });
    const { messages, more, before } = read<Answer>(
      answer,
      await answer.text(),
    );
    if (messages.length > 0) yield { messages, more };
    if (before === undefined) return;
    query.set("before", before);
  }
}
