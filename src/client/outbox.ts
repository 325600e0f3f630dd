/** Commands that wait for the room's answer: kept until it comes, sent in order, one at a time. */
import type { Refused, RoomEvent } from "../protocol/events.ts";
import { MAX_COMMAND_LENGTH } from "../protocol/limits.ts";
import { bounded } from "./backoff.ts";
import { byteLength } from "./bytes.ts";
import { ChatError, type ChatProblem, CLOSED, rejected } from "./chat_error.ts";
import { isNonce } from "./nonce.ts";
import {
  type Answer,
  isAnswer,
  type PendingMessage,
  type Request,
} from "./request.ts";
import type { Stored } from "./stored.ts";

/** One request in the outbox. */
interface Entry {
  readonly request: Request;
  readonly at: number;
  /** Who it was last sent as; absent if it never was. */
  author?: string;
  error?: ChatError | undefined;
  answer?: Promise<Answer>;
  resolve?: (answer: Answer) => void;
  reject?: (error: ChatError) => void;
}

/** What an outbox needs from its client. */
export interface OutboxOptions {
  /** Where unconfirmed messages outlive the page. */
  readonly stored: Stored<readonly PendingMessage[]>;
  readonly send: (frame: string) => void;
  /** An answer is overdue although the link seems alive. */
  readonly onStuck: () => void;
  readonly onChange: (rows: readonly PendingMessage[]) => void;
  readonly now: () => number;
}

const MAX_ENTRIES = 200;
const MAX_BYTES = 1_048_576;
/** How long the room may take to answer, in ms. */
const ANSWER_MS = 30_000;
/** Wait after a refusal that names none, in ms. */
const PAUSE_MS = 1_000;
/** What has to be left in a frame for `,"retry":true`. */
const RETRY_MARK = 16;

/** Requests of one room, sent in order and kept until they are answered. */
export interface Outbox {
  /** The messages that an earlier page left behind. */
  readonly rows: readonly PendingMessage[];
  /** Takes a request in; settles with its answer. Rejects at once what it cannot hold. */
  add(request: Request): Promise<Answer>;
  /** Sends what failed again, under the same nonce. */
  retry(nonce: string): Promise<Answer>;
  /** Gives a message up. */
  discard(nonce: string): void;
  /** The room is up to date and takes commands, as sent by the member `author`. */
  open(author: string): void;
  /** The room cannot be reached; what was under way will be sent again. */
  shut(): void;
  /** The room said `event`: settles the request that it answers, if any. */
  settle(event: RoomEvent): void;
  /** The room refused a request; false if it is none of these. */
  refuse(refused: Refused): boolean;
  /** Fails whatever waits, and whatever comes before the next `shut()`. */
  close(): void;
}

/** The outbox of one room. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { stored, send, now } = options;
  let entries = (stored.read() ?? []).map(restore);
  /** Who the room takes us for; absent while nothing can be sent. */
  let member: string | undefined;
  /** Sent and not answered, or told to wait: whatever comes after it waits too. */
  let busy: Entry | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;

  /** Why `request` cannot be taken in. */
  function check(request: Request): ChatProblem | undefined {
    if (isClosed) return CLOSED;
    const { nonce } = request;
    const frame = JSON.stringify(request);
    if (frame.length + RETRY_MARK > MAX_COMMAND_LENGTH) {
      // The room would close the connection for good.
      return { code: "too_large", message: "Cannot send: text is too long" };
    }
    if (!isNonce(nonce) || find(nonce)) {
      // The room could not say whose answer it is.
      return { code: "nonce_conflict", message: "Cannot send: nonce is taken" };
    }
    const bytes = byteLength(frame + JSON.stringify(entries));
    if (entries.length < MAX_ENTRIES && bytes <= MAX_BYTES) return undefined;
    return { code: "outbox_full", message: "Cannot send: outbox is full" };
  }

  function enqueue(entry: Entry): Promise<Answer> {
    entry.error = undefined;
    entry.answer = new Promise((resolve, reject) => {
      entry.resolve = resolve;
      entry.reject = reject;
    });
    change();
    flush();
    return entry.answer;
  }

  function flush() {
    if (!member || busy) return;
    busy = entries.find(({ error }) => !error);
    if (!busy) return;
    const retry = busy.author === undefined ? undefined : true;
    busy.author = member;
    wait(ANSWER_MS, options.onStuck);
    send(JSON.stringify({ ...busy.request, retry }));
  }

  /** Goes on with the next, if the others waited for `entry`. */
  function release(entry: Entry) {
    change();
    if (entry !== busy) return;
    clearTimeout(timer);
    busy = undefined;
    flush();
  }

  function remove(entry: Entry) {
    entries = entries.filter((other) => other !== entry);
    release(entry);
  }

  function fail(entry: Entry, problem: ChatProblem) {
    const error = new ChatError(problem);
    entry.error = error;
    entry.reject?.(error);
    // Only a message is shown, so that its author can send it again.
    if (entry.request.type === "send") release(entry);
    else remove(entry);
  }

  function wait(delay: number, task: () => void) {
    clearTimeout(timer);
    timer = setTimeout(task, delay);
  }

  function find(nonce: string | undefined): Entry | undefined {
    return entries.find(({ request }) => request.nonce === nonce);
  }

  function change() {
    const rows = entries.flatMap(toRow);
    stored.write(rows.length > 0 ? rows : undefined);
    options.onChange(rows);
  }

  function shut() {
    clearTimeout(timer);
    member = busy = undefined;
    isClosed = false;
  }

  return {
    rows: entries.flatMap(toRow),
    shut,
    add(request) {
      const problem = check(request);
      if (problem) return rejected(problem);
      const entry = { request, at: now() };
      entries.push(entry);
      return enqueue(entry);
    },
    retry(nonce) {
      const entry = find(nonce);
      const message = "Cannot retry: message is gone";
      if (!entry) return rejected({ code: "not_found", message });
      if (isClosed) return rejected(CLOSED);
      return (!entry.error && entry.answer) || enqueue(entry);
    },
    discard(nonce) {
      const entry = find(nonce);
      if (!entry) return;
      fail(entry, { code: "discarded", message: "Message was discarded" });
      remove(entry);
    },
    open(author) {
      member = author;
      flush();
    },
    settle(event) {
      const entry = entries.find((sent) => isAnswer(event, sent));
      if (!entry || !isAnswer(event, entry)) return;
      entry.resolve?.(event);
      remove(entry);
    },
    refuse(refused) {
      const { nonce, code, retryAfter = PAUSE_MS } = refused;
      // A rename has no name on the wire: what is meant for nobody else is its answer.
      const isRename = !nonce && busy?.request.type === "rename";
      const entry = isRename ? busy : find(nonce);
      if (!entry) return false;
      const isEarly = code === "rate_limited" || code === "slow_mode";
      if (isEarly) wait(bounded(retryAfter), () => release(entry));
      else fail(entry, refused);
      return true;
    },
    close() {
      shut();
      isClosed = true;
      for (const entry of entries) if (!entry.error) fail(entry, CLOSED);
    },
  };
}

function toRow({ request, at, error }: Entry): PendingMessage[] {
  if (request.type !== "send") return [];
  const { type: _, ...message } = request;
  const state = error ? "failed" : "pending";
  return [{ ...message, at, state, ...(error && { error }) }];
}

/** A message that an earlier page left behind: it may have been sent. */
function restore({ nonce, text, replyTo, at }: PendingMessage): Entry {
  const answered = replyTo === undefined ? {} : { replyTo };
  return {
    request: { type: "send", nonce, text, ...answered },
    at,
    author: "",
  };
}
