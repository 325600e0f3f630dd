import { render } from "preact";
import type { ChatClient, Message } from "../client/mod.ts";
import { openAnnouncer } from "./announcer.ts";
import { Chat } from "./chat.tsx";
import type { TokenSource } from "./connections.ts";
import { Conversation, hear } from "./conversation.ts";
import { fire } from "./element_events.ts";
import { moveFocus } from "./focus.ts";
import { formatsOf } from "./formats.ts";
import { followKeyboard } from "./keyboard_inset.ts";
import { keepTypingInside } from "./keys.ts";
import { ReflectedElement } from "./reflected_element.ts";
import { ATTRIBUTES, readSettings, type Settings } from "./settings.ts";
import { type Strings, stringsFor } from "./strings.ts";
import { styleSheet } from "./styles.ts";
import type { View } from "./view.ts";

/** An inline widget connects when it is this close to the viewport. */
const NEAR_VIEWPORT = "200px";

/** The `<project-chat>` element. */
export class ProjectChatElement extends ReflectedElement {
  static readonly observedAttributes = ATTRIBUTES;

  readonly #root = this.attachShadow({ mode: "open" });
  #strings: Partial<Strings> = {};
  #token: string | TokenSource | undefined;
  #settings: Settings | undefined;
  #conversation: Conversation | undefined;
  #view: View | undefined;
  #chat: Chat | undefined;
  /** Changes with the conversation, so that nothing of the last one is left. */
  #key = 0;
  #isDue = false;
  #isNear = false;
  /** What connecting to the page began; empty while the element is in none. */
  #undo: (() => void)[] = [];

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

  /** Own words in place of the built-in ones, by key. */
  get strings(): Partial<Strings> {
    return this.#strings;
  }

  set strings(strings: Partial<Strings>) {
    this.#strings = { ...strings };
    this.#view = undefined;
    this.#invalidate();
  }

  /** Signed token of the member, or a function that fetches one. */
  get token(): string | TokenSource | undefined {
    return this.#token;
  }

  set token(token: string | TokenSource | undefined) {
    this.#token = token;
    this.#invalidate();
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
  send(text: string): Promise<Message> {
    this.#update();
    return (
      this.#conversation?.send(text) ??
      Promise.reject(new Error("Cannot send: element is in no page"))
    );
  }

  /** Puts the caret into the composer. */
  focusComposer(): void {
    this.#chat?.composer?.focus();
  }

  /** Shows the message `seq`; false when it is not kept any more. */
  async scrollToMessage(seq: number): Promise<boolean> {
    if (this.#settings?.bubble) this.show();
    this.#update();
    return (await this.#chat?.log?.show(seq)) ?? false;
  }

  connectedCallback(): void {
    // After a move within the page everything is still running.
    if (this.#undo.length === 0) this.#start();
    this.#invalidate();
  }

  disconnectedCallback(): void {
    queueMicrotask(() => {
      if (!this.isConnected) this.#stop();
    });
  }

  attributeChangedCallback(
    name: string,
    before: string | null,
    after: string | null,
  ): void {
    if (before === after) return;
    if (name === "nickname" && after && this.client?.status === "online")
      this.#conversation?.rename(after).catch(() => {});
    this.#invalidate();
  }

  #start(): void {
    this.upgradeProperties();
    const nearness = new IntersectionObserver(
      ([entry]) => {
        this.#isNear = entry?.isIntersecting ?? false;
        this.#invalidate();
      },
      { rootMargin: NEAR_VIEWPORT },
    );
    nearness.observe(this);
    document.addEventListener("visibilitychange", this.#invalidate);
    this.#undo = [
      openAnnouncer(),
      followKeyboard(this),
      () => nearness.disconnect(),
      () => document.removeEventListener("visibilitychange", this.#invalidate),
    ];
  }

  #stop(): void {
    render(null, this.#root);
    for (const undo of this.#undo) undo();
    this.#undo = [];
    this.#leave();
  }

  #leave(): void {
    this.#conversation?.end();
    this.#conversation = this.#view = undefined;
  }

  /** Draws anew soon, once for however many changes. */
  readonly #invalidate = (): void => {
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      this.#update();
    });
  };

  #update(): void {
    if (this.#undo.length === 0) return;
    const before = this.#settings;
    const settings = readSettings(this);
    this.#settings = settings;
    const { bubble, open, preconnect, lang } = settings;
    this.#join(settings);
    const conversation = this.#conversation;
    if (!conversation) return render(null, this.#root);
    const { client } = conversation;
    const isShown = bubble ? open : this.#isNear;
    if (client.status === "idle" && (isShown || preconnect)) client.connect();
    conversation.read(isShown);
    if (before?.lang !== lang) this.#view = undefined;
    this.#view ??= {
      client,
      strings: stringsFor(lang, this.#strings),
      formats: formatsOf(lang),
    };
    const hadFocus = this.#root.activeElement !== null;
    render(
      <Chat
        key={this.#key}
        mounted={this.#keepChat}
        view={this.#view}
        settings={settings}
        conversation={conversation}
        setOpen={this.#setOpen}
      />,
      this.#root,
    );
    if (!bubble || !before || before.open === open) return;
    fire(this, "openchange", { open });
    if (open || hadFocus) moveFocus(this.#root, open);
  }

  #join({ server, project, room, nickname, storage }: Settings): void {
    const token = this.#token;
    if (!project) return this.#leave();
    const place = { server, project, room, nickname, storage, token };
    if (this.#conversation?.isAt(place)) return;
    this.#leave();
    this.#key++;
    const conversation = new Conversation({
      place,
      target: this,
      onChange: this.#invalidate,
      onHeard: (message) => {
        const strings = this.#view?.strings;
        const settings = this.#settings;
        if (strings && settings) hear(message, { settings, strings });
      },
    });
    this.#conversation = conversation;
  }

  readonly #keepChat = (chat: Chat): void => {
    this.#chat = chat;
  };

  readonly #setOpen = (open: boolean): void => {
    this.#conversation?.act();
    this.open = open;
  };
}
