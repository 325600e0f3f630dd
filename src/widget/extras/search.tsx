/** Finding messages, in the room or in the whole project, and going to where they were said. */
import { type Found, type FoundPage, search } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { ProjectChatElement } from "../project_chat_element.tsx";
import type { ExtrasKit } from "./asking.tsx";
import { codeOf } from "./code_of.ts";
import { FoundList } from "./found_list.tsx";
import { readWish, SearchForm, type Wish } from "./search_form.tsx";
import { walkFound } from "./walk.ts";

/** One character that the server would not look for. */
const TOO_SHORT = /^[\p{Script=Latin}\p{N}\p{P}]$/u;

/** The search of `conversation`. */
export function createSearch(
  conversation: Conversation,
  kit: ExtrasKit,
): Extension {
  const { client, redraw } = conversation;
  const { errorText, fill, fire, isCloseKey } = kit;
  let isOpen = false;
  let button: HTMLElement | undefined;
  let wish: Wish = { text: "", isEverywhere: false };
  let found: readonly Found[] = [];
  /** Pages to come; `undefined` when there are none. */
  let pages: AsyncGenerator<FoundPage, void> | undefined;
  let giveUp: AbortController | undefined;
  let isBusy = false;
  let status = "";

  const leave = () => {
    isOpen = false;
    giveUp?.abort();
    return redraw();
  };

  const close = async () => {
    await leave();
    button?.focus();
  };

  const say = (text: string) => {
    status = text;
    redraw();
  };

  /** Takes in the next page of the search that `own` can give up. */
  const next = async (own = giveUp) => {
    if (!pages) return;
    const { strings } = conversation;
    isBusy = true;
    say(strings.searching);
    try {
      const { value: page } = await pages.next();
      if (own?.signal.aborted) return;
      found = [...found, ...(page?.messages ?? [])];
      if (!page?.more) pages = undefined;
      const n = found.length;
      const more = pages ? "+" : "";
      say(n === 0 ? strings.foundNothing : fill(strings.found, { n, more }));
    } catch (error) {
      if (own?.signal.aborted) return;
      pages = undefined;
      const code = codeOf(error);
      const isOdd = code === "bad_request";
      const text = errorText(strings, code) ?? strings.searchFailed;
      say(isOdd ? strings.searchShort : text);
    } finally {
      isBusy = own?.signal.aborted ? isBusy : false;
    }
    redraw();
  };

  const begin = (form: HTMLFormElement) => {
    wish = readWish(form);
    const { isEverywhere, ...query } = wish;
    giveUp?.abort();
    giveUp = new AbortController();
    const { signal } = giveUp;
    found = [];
    pages = undefined;
    if (!query.text && !query.author) return say("");
    if (TOO_SHORT.test(query.text))
      return say(conversation.strings.searchShort);
    pages = search(client, {
      ...query,
      ...(!isEverywhere && { room: client.room }),
      signal,
    });
    next();
  };

  const goTo = async ({ seq, room = client.room }: Found) => {
    await leave();
    if (room === client.room) {
      if (!(await kit.goTo(seq))) button?.focus();
      return;
    }
    // The only element there is; the conversation knows it by less.
    const element = conversation.element as ProjectChatElement;
    if (!fire(element, "open-room", { room, seq })) return;
    element.room = room;
    element.scrollToMessage(seq);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (!isCloseKey(event)) return walkFound(event);
    event.preventDefault();
    event.stopPropagation();
    close();
  };

  return {
    end: () => giveUp?.abort(),
    async reveal() {
      // Whoever is led to a message is to see it.
      if (isOpen) await leave();
      return true;
    },
    header() {
      const { strings } = conversation;
      return (
        <button
          key="find"
          type="button"
          class="find"
          aria-label={strings.search}
          aria-expanded={`${isOpen}`}
          mount={(element) => {
            button = element;
          }}
          onclick={() => {
            if (isOpen) return close();
            isOpen = true;
            return redraw();
          }}
        />
      );
    },
    view() {
      if (!isOpen) return undefined;
      const { strings } = conversation;
      return (
        <search
          key="search"
          class="search"
          aria-label={strings.search}
          onkeydown={onKeyDown}
        >
          <SearchForm conversation={conversation} wish={wish} begin={begin} />
          <p role="status">{status}</p>
          <FoundList
            conversation={conversation}
            kit={kit}
            found={found}
            query={wish.text}
            goTo={goTo}
          >
            {pages && found.length > 0 && (
              <button
                key="more"
                type="button"
                class="older"
                disabled={isBusy}
                onclick={() => next()}
              >
                {strings.foundMore}
              </button>
            )}
          </FoundList>
        </search>
      );
    },
  };
}
