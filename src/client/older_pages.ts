/** Loads older messages, one page at a time. */
import type { ChatError } from "./chat_error.ts";

/** A page that was asked for. */
interface Page {
  readonly limit: number;
  readonly resolve: (more: boolean) => void;
  readonly reject: (error: ChatError) => void;
}

/** Pages of history before what is loaded. */
export interface OlderPages {
  /** Resolves once a page has come; concurrent calls are one. */
  load(limit: number): Promise<boolean>;
  /** Asks again for the page that has not come, if any. */
  repeat(): void;
  /** The page came; `more` says whether there are older ones. */
  resolve(more: boolean): void;
  /** The page will not come. */
  reject(error: ChatError): void;
}

/** Asks for each page with `ask`. */
export function createOlderPages(ask: (limit: number) => void): OlderPages {
  let page: Page | undefined;
  let promise: Promise<boolean> | undefined;

  function repeat() {
    if (page) ask(page.limit);
  }

  return {
    repeat,
    load(limit) {
      promise ??= new Promise((resolve, reject) => {
        page = { limit, resolve, reject };
        repeat();
      });
      return promise;
    },
    resolve(more) {
      page?.resolve(more);
      page = promise = undefined;
    },
    reject(error) {
      page?.reject(error);
      page = promise = undefined;
    },
  };
}
