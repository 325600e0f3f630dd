import type { ChatClient, Message } from "../client/mod.ts";
import { openAnnouncer } from "./announcer.ts";
import { type Chat, createChat } from "./chat.tsx";
import { isSameRoom, type TokenSource } from "./connections.ts";
import { type Conversation, createConversation } from "./conversation.ts";
import { fire } from "./element_events.ts";
import { formatsOf } from "./formats.ts";
import { isTouch, keepTypingInside } from "./keys.ts";
import { originOf } from "./origin.ts";
import { ATTRIBUTES, ReflectedElement } from "./reflected_element.ts";
import { draw } from "./render.ts";
import { type Strings, stringsFor } from "./strings.ts";
import { styleSheet } from "./styles.ts";

/** An inline widget connects when it is this close to the viewport. */
const NEAR_VIEWPORT = "200px";

/** The `<project-chat>` element. */
export class ProjectChatElement extends ReflectedElement {
  static readonly observedAttributes = ATTRIBUTES;

  readonly #root = this.attachShadow({ mode: "open" });
  #strings: Partial<Strings> = {};
  #token: string | TokenSource | undefined;
  #conversation: Conversation | undefined;
  #chat: Chat | undefined;
  /** Language the words are in; undefined when they are to be chosen anew. */
  #lang: string | undefined;
  #wasOpen: boolean | undefined;
  #isNear = false;
  /** Unread messages, as the page was told. */
  #told = 0;
  #due: Promise<void> | undefined;
  /** Ends what connecting to a page began; undefined while the element is in none. */
  #stay: AbortController | undefined;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [styleSheet()];
    keepTypingInside(this.#root);
  }

  /** The headless client in use; undefined while there is none. */
  get client(): ChatClient | undefined {
    return this.#conversation?.client;
  }

  /** Messages of others that were not seen yet. */
  get unread(): number {
    return this.#conversation?.reading.unread ?? 0;
  }

  /** The `seq` up to which the reader has read; undefined as long as that is not known. */
  get lastRead(): number | undefined {
    return this.#conversation?.reading.upTo;
  }

  /** Own words in place of the built-in ones, by key. */
  get strings(): Partial<Strings> {
    return this.#strings;
  }

  set strings(strings: Partial<Strings>) {
    // A framework sets equal ones at each drawing.
    if (JSON.stringify(strings) === JSON.stringify(this.#strings)) return;
    this.#strings = { ...strings };
    this.#lang = undefined;
    this.#redraw();
  }

  /** Signed token of the member, or a function that fetches one. */
  get token(): string | TokenSource | undefined {
    return this.#token;
  }

  set token(token: string | TokenSource | undefined) {
    // The same function may speak of somebody else next.
    if (this.#token && !token && !this.#conversation?.refusal)
      this.#leave(true);
    this.#token = token;
    this.#redraw();
  }

  /** Opens the panel. */
  show(): void {
    this.open = true;
  }

  /** Closes the panel. */
  close(): void {
    this.open = false;
  }

  /** Opens the panel if it is closed, and the other way round. */
  toggle(): void {
    this.open = !this.open;
  }

  /** Sends a message; settles when the room has answered. */
  async send(text: string): Promise<Message> {
    this.#update();
    if (!this.#conversation) throw new Error("Cannot send: not on a page");
    this.#connect();
    return this.#conversation.send(text);
  }

  /** Puts the caret into the composer. */
  async focusComposer(): Promise<void> {
    await this.#redraw();
    this.#chat?.focus();
  }

  /** Shows the message `seq` once the room is there; false when it is not kept any more. */
  async scrollToMessage(seq: number): Promise<boolean> {
    if (this.mode === "bubble") this.show();
    await this.#redraw();
    this.#connect();
    return (await this.#chat?.show(seq)) ?? false;
  }

  connectedCallback(): void {
    this.#redraw();
    // After a move within the page everything is still running.
    if (this.#stay) return;
    this.upgradeProperties();
    this.#stay = new AbortController();
    const { signal } = this.#stay;
    openAnnouncer(signal);
    document.addEventListener("visibilitychange", this.#redraw, { signal });
    for (const sign of ["online", "offline"])
      addEventListener(sign, this.#redraw, { signal });
    const nearness = new IntersectionObserver(
      (entries) => {
        this.#isNear = !!entries.at(-1)?.isIntersecting;
        this.#redraw();
      },
      { rootMargin: NEAR_VIEWPORT },
    );
    nearness.observe(this);
    signal.addEventListener("abort", () => nearness.disconnect());
  }

  disconnectedCallback(): void {
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#stay?.abort();
      this.#stay = undefined;
      this.#leave(true);
    });
  }

  attributeChangedCallback(
    name: string,
    before: string | null,
    after: string | null,
  ): void {
    if (before === after) return;
    if (name === "nickname" && after)
      this.client
        ?.rename(after)
        .catch((error) => fire(this, "chat-error", { error }));
    this.#redraw();
  }

  #connect(): void {
    if (this.client?.status === "idle") this.client.connect();
  }

  /** Leaves nothing of the last conversation; unless it `isOver`, it may go on sending. */
  #leave(isOver?: boolean): void {
    draw(this.#root, undefined);
    this.#chat?.end(isOver);
    this.#chat = this.#conversation = this.#lang = undefined;
  }

  /** Draws anew soon, once for however many changes, and after what was taken out has stopped. */
  readonly #redraw = (): Promise<void> => {
    const update = () => {
      this.#due = undefined;
      this.#update(this.#chat?.isBusy());
    };
    this.#due ??= Promise.resolve().then().then(update);
    return this.#due;
  };

  #update(isBusy?: boolean): void {
    if (!this.#stay) return;
    this.#join(isBusy);
    const conversation = this.#conversation;
    const chat = this.#chat;
    if (!conversation || !chat) return this.#tell();
    const isBubble = this.mode === "bubble";
    const { open } = this;
    const isShown = isBubble ? open : this.#isNear;
    if (isShown || this.preconnect) this.#connect();
    conversation.read(isShown);
    this.#tell();
    chat.begin(isShown);
    const focused = this.#root.activeElement;
    draw(this.#root, chat.draw());
    const wasOpen = this.#wasOpen ?? open;
    this.#wasOpen = open;
    if (!isBubble || wasOpen === open) return;
    fire(this, "openchange", { open });
    // On a phone the keyboard would cover what was opened to be read.
    const first = isTouch() ? ".panel" : "textarea";
    if (open || focused)
      this.#root
        .querySelector<HTMLElement>(open ? first : ".launcher")
        ?.focus();
  }

  /** Tells the page how much is unread, if that is news; it may be in another room now. */
  #tell(): void {
    const { unread } = this;
    if (unread === this.#told) return;
    this.#told = unread;
    fire(this, "unreadchange", { unread });
  }

  /** Has the conversation that the attributes name, in the language they name. */
  #join(isBusy?: boolean): void {
    const { project, room, nickname, storage } = this;
    const token = this.#token;
    const server = originOf(this.server);
    const place = { server, project, room, nickname, storage, token };
    const before = this.#conversation;
    if (before?.isAt(place)) before.adopt(token);
    else {
      const luggage = before?.pack(place);
      // Whoever is somebody else in the same room may end the syllable first.
      if (isBusy && before && isSameRoom(before.place, place)) return;
      const isTyping = this.#root.activeElement?.matches("textarea");
      this.#leave();
      if (!project) return;
      const about = { place, luggage, element: this, redraw: this.#redraw };
      this.#conversation = createConversation(about);
      this.#chat = createChat(this.#conversation, () => {
        this.#lang = undefined;
      });
      if (luggage && isTyping) this.focusComposer();
    }
    const lang =
      this.closest<HTMLElement>("[lang]")?.lang || navigator.language;
    if (lang === this.#lang || !this.#conversation) return;
    this.#lang = lang;
    this.#conversation.strings = stringsFor(lang, this.#strings);
    this.#conversation.formats = formatsOf(lang);
  }
}
