import { Block } from "./block.tsx";
import type { Conversation } from "./conversation.ts";
import type { Part } from "./part.ts";
import { Row } from "./row.tsx";
import { blockOf, startsGroup, toBlocks } from "./rows.ts";
import { anchorIn, isNearEnd, restoreAnchor, TOP_PX } from "./scroll.ts";
import { fill } from "./strings.ts";

/** Blocks drawn at first, and never skipped by the browser: a screen reader finds them all. */
const NEAR_BLOCKS = 4;
/** Above this many drawn blocks the oldest are dropped once the reader is at the end. */
const MAX_BLOCKS = 20;

/** The conversation, scrolled. */
export interface Log extends Part {
  /** Tells extensions that came later where the log is. */
  attach(): void;
  /** Shows the message `seq`, fetching what lies between; false when it is not kept. */
  show(seq: number): Promise<boolean>;
}

/** The log of `conversation`. */
export function createLog(conversation: Conversation): Log {
  const { client, reading, redraw } = conversation;
  let scroller: HTMLElement | undefined;
  /** Id of the oldest block drawn; undefined for the newest few. */
  let first: number | undefined;
  let isLoading = false;
  let pendingCount = 0;

  const shown = () => conversation.far ?? client.timeline;

  /** All blocks there are, and how many of the oldest are not drawn. */
  const divide = () => {
    const blocks = toBlocks(shown().messages);
    const from = first ?? blocks.at(-NEAR_BLOCKS)?.[0] ?? 0;
    return { blocks, hidden: blocks.filter(([id]) => id < from).length };
  };

  const goToEnd = () => {
    if (scroller) scroller.scrollTop = scroller.scrollHeight;
  };

  const setAtEnd = (atEnd: boolean) => {
    const { blocks, hidden } = divide();
    if (atEnd && blocks.length - hidden > MAX_BLOCKS) first = undefined;
    if (atEnd === conversation.atEnd) return;
    conversation.atEnd = atEnd;
    redraw();
  };

  /** Shows the end of the log again, and its older part as far as one scrolls. */
  const leaveFar = () => {
    if (!conversation.far) return;
    conversation.far.end();
    conversation.far = first = undefined;
  };

  /** Stays at the end. What fits is there already, and has no way to scroll to it. */
  const follow = () => {
    if (conversation.atEnd) goToEnd();
    else if (scroller && !conversation.far) setAtEnd(isNearEnd(scroller));
  };

  /** Goes to the newest message and follows from there. */
  const toLatest = async () => {
    if (conversation.far) {
      leaveFar();
      await redraw();
    }
    goToEnd();
    setAtEnd(true);
  };

  const begin = (element: HTMLElement) => {
    scroller = element;
    for (const { attach } of conversation.extensions) attach?.(element);
    first = undefined;
    // The composer grows, the keyboard opens, a font arrives: the end stays the end.
    const sizes = new ResizeObserver(follow);
    for (const part of [element, ...element.children]) sizes.observe(part);
    toLatest();
  };

  /** Sees to it that what the reader looks at stays where it is while this is drawn. */
  const hold = () => {
    const { length } = client.timeline.pending;
    const isSent = length > pendingCount;
    pendingCount = length;
    const anchor = !conversation.atEnd && scroller && anchorIn(scroller);
    queueMicrotask(() => {
      // Staying at the end is left to the observer: it acts after the reader's own scrolling.
      if (isSent) toLatest();
      else if (anchor && scroller) restoreAnchor(scroller, anchor);
    });
  };

  const showOlder = async () => {
    const { blocks, hidden } = divide();
    if (isLoading || (!hidden && !shown().more)) return;
    // Even where everything is in sight, what is in sight now is to stay there.
    setAtEnd(false);
    first = blocks[hidden - NEAR_BLOCKS]?.[0] ?? 0;
    if (!hidden) await load((conversation.far ?? client).loadOlder());
    redraw();
  };

  const load = async (loading: Promise<boolean>) => {
    isLoading = true;
    redraw();
    // When it fails the button stays, and the banner says what is wrong.
    await loading.catch(() => {});
    isLoading = false;
    redraw();
  };

  const onScroll = () => {
    if (!scroller) return;
    const { far } = conversation;
    const atEnd = isNearEnd(scroller);
    if (atEnd && far?.newer) {
      if (!isLoading) load(far.loadNewer());
      return;
    }
    if (atEnd) leaveFar();
    setAtEnd(atEnd);
    if (scroller.scrollTop < TOP_PX && !atEnd) showOlder();
  };

  const drawTop = (hidden: number) => {
    const { strings } = conversation;
    const { messages, more } = shown();
    const { pending, live } = client.timeline;
    if (more || hidden)
      return (
        <button
          type="button"
          class="older"
          disabled={isLoading}
          onclick={showOlder}
        >
          {isLoading ? strings.loading : strings.older}
        </button>
      );
    const isEmpty = messages.length + pending.length === 0;
    return (
      live && <p class="start">{isEmpty ? strings.empty : strings.start}</p>
    );
  };

  const drawPending = () => {
    const { you, messages, pending } = client.timeline;
    return pending.map((item, index) => (
      <Row
        key={item.nonce}
        conversation={conversation}
        message={item}
        author={you}
        isHead={
          you !== undefined &&
          index === 0 &&
          startsGroup({ at: item.at, author: you }, messages.at(-1))
        }
      />
    ));
  };

  return {
    attach() {
      if (scroller?.isConnected)
        for (const { attach } of conversation.extensions) attach?.(scroller);
    },
    draw() {
      const { extensions, strings } = conversation;
      const { blocks, hidden } = divide();
      const { unread, divider = 0 } = reading;
      const { messages } = client.timeline;
      const views = extensions.map(({ view }) => view?.());
      hold();
      return (
        <div class="stage">
          <section
            class="log"
            part="log"
            aria-label={strings.log}
            tabindex={0}
            inert={views.some(Boolean)}
            mount={begin}
            onscroll={onScroll}
          >
            <div class="content">
              {drawTop(hidden)}
              {blocks.slice(hidden).map(([id, block], index) => (
                <Block
                  key={id}
                  conversation={conversation}
                  messages={block}
                  before={blocks[hidden + index - 1]?.[1].at(-1)}
                  isFar={hidden + index < blocks.length - NEAR_BLOCKS}
                  divider={blockOf(divider) === id ? divider : 0}
                />
              ))}
              {!conversation.far && (
                <ol class="block">
                  {extensions.map(({ between }) =>
                    between?.(messages.at(-1)?.seq ?? 0, Infinity),
                  )}
                  {drawPending()}
                </ol>
              )}
            </div>
          </section>
          {extensions.map(({ overLog }) => overLog?.())}
          {views}
          {!conversation.atEnd && (
            <button
              key="latest"
              type="button"
              class="latest"
              onclick={toLatest}
            >
              {unread > 0
                ? fill(strings.newMessages, { n: unread })
                : strings.latest}
            </button>
          )}
        </div>
      );
    },

    async show(seq) {
      for (const { reveal } of conversation.extensions)
        if (reveal && !(await reveal(seq))) return false;
      setAtEnd(false);
      first = 0;
      await redraw();
      const row = scroller?.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
      row?.scrollIntoView({ block: "center" });
      row?.focus({ preventScroll: true });
      follow();
      return row != null;
    },
  };
}
