/** Commands that wait for the room's answer: kept until it comes, sent in order, one at a time. */
import type { Member, Refused, RoomEvent } from "../protocol/events.ts";
import { MAX_COMMAND_LENGTH } from "../protocol/limits.ts";
import { bounded } from "./backoff.ts";
import { byteLength } from "./bytes.ts";
import { ChatError, type ChatProblem, rejected } from "./chat_error.ts";
import { ANSWER_MS, MAX_BYTES, MAX_ENTRIES } from "./limits.ts";
import type { Answer, Asked, PendingMessage, Wish } from "./request.ts";

type Timer = ReturnType<typeof setTimeout>;

/** One request in the outbox. */
interface Entry extends Restored<Asked> {
  answer?: PromiseWithResolvers<Answer> | undefined;
}

/** A request that an earlier client took in. */
export interface Restored<Type extends Asked = "send"> {
  readonly request: Wish<Type>;
  /** When it was taken in, in ms since 1970. */
  readonly at: number;
  /** Who it was last sent as; absent if it never was, empty if that is not known. */
  author?: string;
  /** Why it failed; it waits for `retry()` then. */
  error?: ChatError | undefined;
}

/** What an outbox needs from its client. */
export interface OutboxOptions {
  readonly post: (command: object) => void;
  /** An answer is overdue although the link seems alive. */
  readonly onStuck: () => void;
  readonly onChange: (pending: readonly PendingMessage[]) => void;
}

/** Requests of one room, sent in order and kept until they are answered. */
export interface Outbox {
  /** Takes a request in; settles with its answer. Rejects at once what it cannot hold. */
  add(request: Wish): Promise<Answer>;
  /** Takes in messages that may have been sent before. */
  restore(messages: readonly Restored[]): void;
  /** Sends what failed again, under the same nonce. */
  retry(nonce: string): Promise<Answer>;
  /** Gives a message up. */
  discard(nonce: string): void;
  /**
   * The room is up to date and takes commands, as sent by the member `author`. With an
   * empty one it cannot be reached, and what was under way will be sent again; or, where it is
   * over, fails.
   */
  admit(author: string, over?: ChatProblem | false): void;
  /** The room said `event`: settles the request that it answers; that one, if any. */
  settle(event: RoomEvent): object | undefined;
}

/** The empty outbox of one room. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { post } = options;
  let entries: readonly Entry[] = [];
  /** Who the room takes us for; empty while nothing can be sent. */
  let member = "";
  /** Why nothing will be sent any more. */
  let over: ChatProblem | false | undefined;
  /** Sent and not answered: whatever comes after it waits too. */
  let busy: Entry | undefined;
  let timer: Timer | undefined;
  /** What the room wants no more of for now: a slow room still takes reactions. */
  let pauses: Partial<Record<Asked, Timer>> = {};

  function find(named: Named): Entry | undefined {
    const name = nameOf(named);
    return entries.find(({ request }) => nameOf(request) === name);
  }

  function show() {
    options.onChange(
      entries.filter(({ request }) => request.type === "send").map(toRow),
    );
  }

  function enqueue(entry: Entry): Promise<Answer> {
    const answer = Promise.withResolvers<Answer>();
    entry.answer = answer;
    entry.error = undefined;
    show();
    flush();
    return answer.promise;
  }

  function retry(entry: Entry | undefined): Promise<Answer> {
    if (!entry) return rejected("not_found");
    return entry.answer?.promise ?? enqueue(entry);
  }

  function flush() {
    // Whatever waits, waits in vain.
    if (over)
      for (const entry of entries) if (!entry.error) refuse(entry, over);
    if (!member || busy) return;
    busy = entries.find(
      ({ error, request }) => !error && !pauses[request.type],
    );
    if (!busy) return;
    timer = setTimeout(options.onStuck, ANSWER_MS);
    post({ ...busy.request, ...(busy.author != null && { retry: true }) });
    busy.author = member;
  }

  function next() {
    clearTimeout(timer);
    busy = undefined;
    flush();
  }

  /** Goes on with the next, if the others waited for `entry`, or for none. */
  function pass(entry?: Entry) {
    show();
    if (entry === busy) next();
  }

  function remove(entry: Entry) {
    entries = entries.filter((other) => other !== entry);
    pass(entry);
  }

  function refuse(entry: Entry, problem: ChatProblem) {
    entry.error = new ChatError(problem);
    entry.answer?.reject(entry.error);
    entry.answer = undefined;
    // Only a message is shown, so that its author can send it again.
    if (entry.request.type === "send") pass(entry);
    else remove(entry);
  }

  return {
    add(request) {
      const frame = JSON.stringify({ ...request, retry: true });
      // The room would close the connection for good.
      if (frame.length > MAX_COMMAND_LENGTH) return rejected("too_large");
      // The same name is the same request.
      const same = find(request);
      if (same) return retry(same);
      if (
        entries.length >= MAX_ENTRIES ||
        byteLength(frame + JSON.stringify(entries)) > MAX_BYTES
      )
        return rejected("outbox_full");
      const entry = { request, at: Date.now() };
      entries = [...entries, entry];
      return enqueue(entry);
    },
    restore(messages) {
      const unknown = messages.filter(({ request }) => !find(request));
      entries = [...unknown, ...entries];
      pass();
    },
    retry: (nonce) => retry(find({ nonce })),
    discard(nonce) {
      const entry = find({ nonce });
      if (!entry) return;
      refuse(entry, { code: "discarded" });
      remove(entry);
    },
    admit(author, problem) {
      member = author;
      over = problem;
      Object.values(pauses).forEach(clearTimeout);
      pauses = {};
      next();
    },
    settle(event) {
      const trace: Trace = event;
      const { code, retryAfter, author, member = author, by = member } = trace;
      // Only a rename has one. The contract itself gives its answer no name: it is whatever
      // calls us so, spelled as the room does, or an error that is about nicknames.
      const wish = (busy?.request as Partial<Wish<"rename">>)?.nickname;
      const isRename =
        wish &&
        (code?.includes("nickname") ||
          member?.nickname === wish.normalize().trim());
      const entry = isRename ? busy : find(event);
      // A nonce is unique per author only; what names nobody is said to us alone.
      if (!entry || (by && by.id !== entry.author)) return undefined;
      if (retryAfter) {
        const { type } = entry.request;
        clearTimeout(pauses[type]);
        pauses[type] = setTimeout(() => {
          delete pauses[type];
          flush();
        }, bounded(retryAfter));
        pass(entry);
      }
      // Only a refusal has a code.
      else if (code) refuse(entry, event as Refused);
      else {
        // The room answers each type of wish with the event that Exchanges lists.
        entry.answer?.resolve(event as Answer);
        remove(entry);
      }
      return entry;
    },
  };
}

function toRow({ request, at, error }: Entry): PendingMessage {
  // Only messages are shown, and each has a nonce.
  const message = request as Wish<"send"> & { readonly nonce: string };
  return { ...message, at, state: error ? "failed" : "pending", error };
}

/** What may have the name of a request. */
interface Named {
  readonly type?: string;
  readonly nonce?: string;
  readonly ref?: string;
}

/** What tells whose request an event answers, if any, and how. */
interface Trace extends Named, Partial<Pick<Refused, "code" | "retryAfter">> {
  readonly author?: Member;
  readonly by?: Pick<Member, "id">;
  readonly member?: Pick<Member, "id" | "nickname">;
}

/** What a request and its answer have in common. */
function nameOf({ ref, nonce = ref }: Named): string | undefined {
  return nonce;
}
