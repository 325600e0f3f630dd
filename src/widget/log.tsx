import { Component } from "preact";
import { BlockView } from "./block_view.tsx";
import { dayOf } from "./formats.ts";
import { LatestButton } from "./latest_button.tsx";
import { PendingRow } from "./pending_row.tsx";
import { type Block, seqIn, startsGroup, toBlocks } from "./rows.ts";
import {
  type Anchor,
  anchorIn,
  isNearEnd,
  restoreAnchor,
  TOP_PX,
} from "./scroll.ts";
import type { View } from "./view.ts";
import { walkRows } from "./walk_rows.ts";

/** Blocks drawn at first, and never skipped by the browser: a screen reader finds them all. */
const NEAR_BLOCKS = 4;
/** Above this many drawn blocks the oldest are dropped once the reader is at the end. */
const MAX_BLOCKS = 20;

interface LogProps {
  readonly view: View;
  readonly unread: number;
  /** The first unread message. */
  readonly divider: number | undefined;
  /** Told when the reader reaches or leaves the end. */
  onEnd(atEnd: boolean): void;
  mounted(log: Log): void;
}

interface LogState {
  /** Id of the oldest block drawn; undefined for the newest few. */
  first?: number | undefined;
  loading: boolean;
  atEnd: boolean;
  active?: number | undefined;
}

/** The conversation, scrolled. */
export class Log extends Component<LogProps, LogState> {
  override state: LogState = { loading: false, atEnd: true };
  #scroller: HTMLElement | null = null;
  #blocks: Block[] = [];
  #pendingCount = 0;
  #sizes: ResizeObserver | undefined;

  override componentDidMount() {
    this.props.mounted(this);
    this.props.onEnd(true);
    this.#toEnd();
    // The composer grows, the keyboard opens, a font arrives: the end stays the end.
    this.#sizes = new ResizeObserver(() => {
      if (this.state.atEnd) this.#toEnd();
    });
    for (const part of [this.#scroller, this.#scroller?.firstElementChild])
      if (part) this.#sizes.observe(part);
  }

  override componentWillUnmount() {
    this.#sizes?.disconnect();
  }

  override getSnapshotBeforeUpdate(): Anchor | undefined {
    if (this.state.atEnd || !this.#scroller) return undefined;
    return anchorIn(this.#scroller);
  }

  override componentDidUpdate(_: LogProps, __: LogState, anchor?: Anchor) {
    const scroller = this.#scroller;
    if (!scroller) return;
    const { pending } = this.props.view.client.timeline;
    const sent = pending.length > this.#pendingCount;
    this.#pendingCount = pending.length;
    // Staying at the end is left to the observer: it acts after the reader's own scrolling.
    if (sent) this.toLatest();
    else if (anchor) restoreAnchor(scroller, anchor);
  }

  render() {
    const { view, unread, divider } = this.props;
    const { client, strings } = view;
    const { timeline, you } = client;
    const { messages, pending, more, live } = timeline;
    this.#blocks = toBlocks(messages, this.#blocks);
    const drawn = this.#drawnBlocks();
    const today = dayOf(Date.now());
    const { loading, atEnd, active } = this.state;
    const hasOlder = more || drawn.length < this.#blocks.length;
    const hasAny = messages.length + pending.length > 0;
    return (
      <div class="stage">
        <section
          class="log"
          part="log"
          aria-label={strings.log}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: without it a keyboard could not scroll.
          tabIndex={0}
          ref={this.#keepScroller}
          onScroll={this.#onScroll}
          onPointerOver={this.#activate}
          onFocusIn={this.#activate}
          onPointerLeave={() => this.setState({ active: undefined })}
          onKeyDown={this.#onKeyDown}
        >
          <div class="content">
            {hasOlder ? (
              <button
                type="button"
                class="older"
                disabled={loading}
                onClick={this.#showOlder}
              >
                {loading ? strings.loading : strings.older}
              </button>
            ) : (
              live && (
                <p class="start">{hasAny ? strings.start : strings.empty}</p>
              )
            )}
            {drawn.map((block, index) => (
              <BlockView
                key={block.id}
                view={view}
                block={block}
                you={you?.id}
                today={today}
                far={index < drawn.length - NEAR_BLOCKS}
                divider={seqIn(block, divider)}
                active={seqIn(block, active)}
                find={this.#find}
              />
            ))}
            {pending.length > 0 && (
              <ol class="block">
                {pending.map((item, index) => (
                  <PendingRow
                    key={item.nonce}
                    view={view}
                    pending={item}
                    you={you}
                    head={
                      you !== undefined &&
                      index === 0 &&
                      startsGroup({ at: item.at, author: you }, messages.at(-1))
                    }
                  />
                ))}
              </ol>
            )}
          </div>
        </section>
        {!atEnd && (
          <LatestButton strings={strings} unread={unread} go={this.toLatest} />
        )}
      </div>
    );
  }

  /** Goes to the newest message and follows from there. */
  readonly toLatest = (): void => {
    this.#toEnd();
    this.#setAtEnd(true);
  };

  /** Shows the message `seq`, fetching what lies between; false when it is not kept. */
  async show(seq: number): Promise<boolean> {
    const { client } = this.props.view;
    while (!this.#find(seq)) {
      const { messages, more } = client.timeline;
      if (!more || (messages[0]?.seq ?? 0) < seq) return false;
      await client.loadOlder();
    }
    this.#setAtEnd(false);
    await new Promise<void>((drawn) => this.setState({ first: 0 }, drawn));
    const row = this.#scroller?.querySelector<HTMLElement>(
      `[data-seq="${seq}"]`,
    );
    row?.scrollIntoView({ block: "center" });
    row?.focus({ preventScroll: true });
    return row != null;
  }

  #keepScroller = (element: HTMLElement | null) => {
    this.#scroller = element;
  };

  #find = (seq: number) =>
    this.props.view.client.timeline.messages.find(
      (message) => message.seq === seq,
    );

  #drawnBlocks(): Block[] {
    const { first } = this.state;
    if (first === undefined) return this.#blocks.slice(-NEAR_BLOCKS);
    return this.#blocks.filter((block) => block.id >= first);
  }

  #toEnd() {
    if (this.#scroller) this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  #setAtEnd(atEnd: boolean) {
    if (atEnd === this.state.atEnd) return;
    const isLong = atEnd && this.#drawnBlocks().length > MAX_BLOCKS;
    this.setState({ atEnd, ...(isLong && { first: undefined }) });
    this.props.onEnd(atEnd);
  }

  #onScroll = () => {
    const scroller = this.#scroller;
    if (!scroller) return;
    const atEnd = isNearEnd(scroller);
    this.#setAtEnd(atEnd);
    if (scroller.scrollTop < TOP_PX && !atEnd) this.#showOlder();
  };

  #showOlder = async () => {
    if (this.state.loading) return;
    const drawn = this.#drawnBlocks();
    const hidden = this.#blocks.length - drawn.length;
    if (hidden > 0) {
      const next = this.#blocks[Math.max(0, hidden - NEAR_BLOCKS)];
      this.setState({ first: next?.id });
      return;
    }
    const { client } = this.props.view;
    if (!client.timeline.more) return;
    // Even where everything is in sight, what is in sight now is to stay there.
    this.#setAtEnd(false);
    this.setState({ loading: true, first: 0 });
    try {
      await client.loadOlder();
    } catch {
      // The button stays, and the banner says what is wrong.
    }
    this.setState({ loading: false });
  };

  #activate = ({ target }: Event) => {
    const row = target instanceof Element && target.closest("[data-seq]");
    const seq = row ? Number(row.getAttribute("data-seq")) : undefined;
    if (seq !== this.state.active) this.setState({ active: seq });
  };

  #onKeyDown = (event: KeyboardEvent) => {
    if (this.#scroller) walkRows(this.#scroller, event);
  };
}
