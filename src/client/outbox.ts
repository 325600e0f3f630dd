/** Commands that wait for the room's answer: kept until it comes, sent in order, one at a time. */
import type { Member, Refused, RoomEvent } from "../protocol/events.ts";
import { MAX_COMMAND_LENGTH } from "../protocol/limits.ts";
import { bounded } from "./backoff.ts";
import { byteLength } from "./bytes.ts";
import { ChatError, type ChatProblem, rejected } from "./chat_error.ts";
import type { Answer, PendingMessage, Request } from "./request.ts";
import type { Stored } from "./stored.ts";

/** What of a request outlives the page. */
export interface Saved {
  readonly request: Request;
  readonly at: number;
  /** Who it was last sent as; absent if it never was. */
  author?: string;
}

/** One request in the outbox. */
interface Entry extends Saved {
  error?: ChatError | undefined;
  answer?: PromiseWithResolvers<Answer> | undefined;
}

/** What an outbox needs from its client. */
export interface OutboxOptions {
  /** Where unconfirmed messages outlive the page. */
  readonly stored: Stored<readonly Saved[]>;
  readonly send: (command: object) => void;
  /** An answer is overdue although the link seems alive. */
  readonly onStuck: () => void;
  readonly onChange: (pending: readonly PendingMessage[]) => void;
}

const MAX_ENTRIES = 200;
const MAX_BYTES = 1_048_576;
/** How long the room may take to answer, in ms. */
const ANSWER_MS = 30_000;

/** Requests of one room, sent in order and kept until they are answered. */
export interface Outbox {
  /** Takes a request in; settles with its answer. Rejects at once what it cannot hold. */
  add(request: Request): Promise<Answer>;
  /** Sends what failed again, under the same nonce. */
  retry(nonce: string): Promise<Answer>;
  /** Gives a message up. */
  discard(nonce: string): void;
  /**
   * The room is up to date and takes commands, as sent by the member `author`. Without
   * one it cannot be reached, and what was under way will be sent again.
   */
  open(author?: string): void;
  /** The room said `event`: settles the request that it answers, if any. */
  settle(event: RoomEvent): void;
  /** The room refused a request; false if it is none of these. */
  refuse(refused: Refused): boolean;
  /** Fails whatever waits. */
  fail(problem: ChatProblem): void;
}

/** The outbox of one room, with what an earlier page left behind. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { stored, send } = options;
  let entries: readonly Entry[] = stored.read() ?? [];
  /** Who the room takes us for; absent while nothing can be sent. */
  let member: string | undefined;
  /** Sent and not answered, or told to wait: whatever comes after it waits too. */
  let busy: Entry | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function find(nonce: string): Entry | undefined {
    return entries.find(({ request }) => request.nonce === nonce);
  }

  function show() {
    const messages = entries.filter(({ request }) => request.type === "send");
    // Once the page is gone, any of them may have been sent.
    stored.write(
      messages.map(({ request, at }) => ({ request, at, author: "" })),
    );
    options.onChange(messages.map(toRow));
  }

  function enqueue(entry: Entry): Promise<Answer> {
    const answer = Promise.withResolvers<Answer>();
    entry.answer = answer;
    entry.error = undefined;
    show();
    flush();
    return answer.promise;
  }

  function flush() {
    if (!member || busy) return;
    busy = entries.find(({ error }) => !error);
    if (!busy) return;
    const retry = busy.author !== undefined || undefined;
    busy.author = member;
    wait(ANSWER_MS, options.onStuck);
    send({ ...busy.request, retry });
  }

  function wait(delay: number, task: () => void) {
    clearTimeout(timer);
    timer = setTimeout(task, delay);
  }

  /** Goes on with the next, if the others waited for `entry`. */
  function pass(entry: Entry) {
    show();
    if (entry !== busy) return;
    clearTimeout(timer);
    busy = undefined;
    flush();
  }

  function remove(entry: Entry) {
    entries = entries.filter((other) => other !== entry);
    pass(entry);
  }

  function fail(entry: Entry, problem: ChatProblem) {
    entry.error = new ChatError(problem);
    entry.answer?.reject(entry.error);
    entry.answer = undefined;
    // Only a message is shown, so that its author can send it again.
    if (entry.request.type === "send") pass(entry);
    else remove(entry);
  }

  show();
  return {
    add(request) {
      const { nonce } = request;
      const frame = JSON.stringify({ ...request, retry: true });
      // The room would close the connection for good.
      if (frame.length > MAX_COMMAND_LENGTH) return rejected("too_large");
      // The room could not say whose answer it is.
      if (!/^[\w-]{1,64}$/.test(nonce) || find(nonce)) {
        return rejected("nonce_conflict");
      }
      const bytes = byteLength(frame + JSON.stringify(entries));
      if (entries.length >= MAX_ENTRIES || bytes > MAX_BYTES) {
        return rejected("outbox_full");
      }
      const entry = { request, at: Date.now() };
      entries = [...entries, entry];
      return enqueue(entry);
    },
    retry(nonce) {
      const entry = find(nonce);
      if (!entry) return rejected("not_found");
      return entry.answer?.promise ?? enqueue(entry);
    },
    discard(nonce) {
      const entry = find(nonce);
      if (!entry) return;
      fail(entry, { code: "discarded" });
      remove(entry);
    },
    open(author) {
      clearTimeout(timer);
      busy = undefined;
      member = author;
      flush();
    },
    settle(event) {
      const entry = entries.find((sent) => isAnswer(event, sent));
      if (!entry) return;
      // isAnswer() has told.
      entry.answer?.resolve(event as Answer);
      remove(entry);
    },
    refuse(refused) {
      const { nonce, retryAfter } = refused;
      // A rename has no name on the wire: what is meant for nobody else is its answer.
      const unnamed = busy?.request.type === "rename" ? busy : undefined;
      const entry = nonce ? find(nonce) : unnamed;
      if (!entry) return false;
      if (retryAfter) wait(bounded(retryAfter), () => pass(entry));
      else fail(entry, refused);
      return true;
    },
    fail(problem) {
      for (const entry of entries) if (!entry.error) fail(entry, problem);
    },
  };
}

function toRow({ request, at, error }: Entry): PendingMessage {
  // Only messages are shown.
  const message = request as Request & { readonly type: "send" };
  return { ...message, at, state: error ? "failed" : "pending", error };
}

/** What tells whose request an event answers. */
interface Trace {
  readonly type: string;
  readonly nonce?: string;
  readonly author?: Member;
  readonly by?: Member;
  readonly member?: Pick<Member, "id">;
}

/** Whether an event answers `sent`. */
function isAnswer(
  { type, nonce, author, by, member }: Trace,
  sent: Entry,
): boolean {
  const isOwn = (author ?? by ?? member)?.id === sent.author;
  // A nonce is unique per author only, and a rename has none on the wire.
  return type === "renamed"
    ? isOwn && sent.request.type === "rename"
    : isOwn && nonce === sent.request.nonce;
}
