/** The list of messages: one row each, in the order of their seq. */
import { lang, say } from "./project_texts.js";

const GROUP_MS = 5 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
const clock = new Intl.DateTimeFormat(lang, { timeStyle: "short" });
const calendar = new Intl.DateTimeFormat(lang, { dateStyle: "full" });
const relative = new Intl.RelativeTimeFormat(lang, { numeric: "auto" });
const graphemes = new Intl.Segmenter(lang, { granularity: "grapheme" });

/** Builds an element; texts become text nodes and nothing else. */
function element(tag, { className = "", text, children = [], ...rest } = {}) {
  const node = document.createElement(tag);
  node.className = className;
  if (text !== undefined) node.textContent = text;
  node.append(...children);
  return Object.assign(node, rest);
}

/** First character of a name, and a colour that stays the member's own. */
export function paintAvatar(avatar, { id, nickname }) {
  const [first] = graphemes.segment(nickname);
  avatar.textContent = first.segment.toUpperCase();
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(id))
    hash = Math.imul(hash ^ byte, 0x01000193);
  avatar.parentElement?.style.setProperty("--hue", (hash >>> 0) % 360);
}

/** Rows inside `list`; confirmed ones first, those still on their way last. */
export class Timeline {
  /** Id of the member whose rows are tinted. */
  yourId;
  #list;
  #rows = new Map();
  #pending = new Map();
  #messages = new WeakMap();

  constructor(list) {
    this.#list = list;
  }

  get isEmpty() {
    return this.#list.childElementCount === 0;
  }

  /** `seq` of the oldest message shown. */
  get oldest() {
    const first = this.#list.firstElementChild;
    return first === null ? Number.POSITIVE_INFINITY : this.#seqOf(first);
  }

  /** Forgets what the room said; what is on its way to it stays. */
  clear() {
    for (const row of this.#rows.values()) row.remove();
    this.#rows.clear();
  }

  /** Shows a message, in place of its pending row where it has one. */
  add(message) {
    const pending = this.#pending.get(message.nonce);
    this.#pending.delete(message.nonce);
    const known = this.#rows.get(message.seq);
    if (known !== undefined) pending?.remove();
    const row = known ?? pending ?? element("li");
    this.#rows.set(message.seq, row);
    this.#fill(row, message);
    let next = null;
    for (
      let other = known ? null : this.#list.lastElementChild;
      other !== null && this.#seqOf(other) >= message.seq;
      other = other.previousElementSibling
    )
      next = other;
    if (known === undefined && next !== row) this.#list.insertBefore(row, next);
    this.#arrange(row);
  }

  /** Shows a message of ours before the room has it. */
  addPending(message) {
    const row = element("li");
    this.#pending.set(message.nonce, row);
    this.#fill(row, message);
    this.#list.append(row);
    this.#arrange(row);
  }

  /** Takes a message of ours away before the room has it. */
  forget(nonce) {
    this.#pending.get(nonce)?.remove();
    this.#pending.delete(nonce);
  }

  /** Marks a message of ours as not sent, with ways out. */
  fail(nonce, { sentence, onResend, onDiscard }) {
    const row = this.#pending.get(nonce);
    if (row === undefined) return;
    const button = (text, onclick) =>
      element("button", { type: "button", text, onclick });
    const state = element("p", {
      className: "state failed",
      role: "alert",
      children: [
        element("span", { text: `${say("failed")} ${sentence}` }),
        button(say("resend"), () => {
          this.#fill(row, this.#messages.get(row));
          this.#arrange(row);
          onResend();
        }),
        button(say("discard"), () => {
          this.forget(nonce);
          onDiscard();
        }),
      ],
    });
    row.querySelector(".state").replaceWith(state);
  }

  /** Applies a change of an earlier message, if that is shown. */
  change({ type, target, text, at }) {
    const row = this.#rows.get(target);
    if (row === undefined || type === "reacted") return;
    const message = this.#messages.get(row);
    const isDeleted = type === "deleted";
    this.#fill(row, {
      ...message,
      ...(isDeleted ? { text: "", deleted: true } : { text, editedAt: at }),
    });
    this.#arrange(row);
  }

  #seqOf(row) {
    return this.#messages.get(row).seq ?? Number.POSITIVE_INFINITY;
  }

  #fill(row, message) {
    this.#messages.set(row, message);
    const { author, at, text, deleted, editedAt, seq } = message;
    const avatar = element("span", { className: "avatar", ariaHidden: "true" });
    const body = element("p", {
      className: deleted ? "text deleted" : "text",
      dir: "auto",
      text: deleted ? say("deleted") : text,
    });
    if (editedAt && !deleted)
      body.append(" ", element("small", { text: say("edited") }));
    const children = [
      element("bdi", { className: "author", text: author.nickname }),
      element("time", {
        text: clock.format(at),
        dateTime: new Date(at).toISOString(),
      }),
      body,
    ];
    if (seq === undefined)
      children.push(element("p", { className: "state", text: say("sending") }));
    row.replaceChildren(avatar, ...children);
    row.classList.toggle("pending", seq === undefined);
    row.classList.toggle("own", author.id === this.yourId);
    paintAvatar(avatar, author);
  }

  /** Decides what a row shows beside its text; that depends on the row above. */
  #arrange(row) {
    for (const each of [row, row.nextElementSibling]) {
      if (each === null) continue;
      const { author, at } = this.#messages.get(each);
      const above = this.#messages.get(each.previousElementSibling);
      const isNewDay = above === undefined || dayOf(above.at) !== dayOf(at);
      each.querySelector(".day")?.remove();
      if (isNewDay)
        each.prepend(element("h2", { className: "day", text: nameOfDay(at) }));
      each.classList.toggle(
        "first",
        isNewDay ||
          above.author.id !== author.id ||
          above.author.nickname !== author.nickname ||
          at - above.at > GROUP_MS,
      );
    }
  }
}

function dayOf(at) {
  return new Date(at).setHours(0, 0, 0, 0);
}

function nameOfDay(at) {
  const days = Math.round((dayOf(at) - dayOf(Date.now())) / DAY_MS);
  return days > -2 ? relative.format(days, "day") : calendar.format(at);
}
