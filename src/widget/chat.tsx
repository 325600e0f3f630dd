import { Component } from "preact";
import { Banner } from "./banner.tsx";
import { Composer } from "./composer.tsx";
import type { Conversation } from "./conversation.ts";
import { Icon } from "./icons.tsx";
import { isCloseKey } from "./keys.ts";
import { Launcher } from "./launcher.tsx";
import { Log } from "./log.tsx";
import { NameField } from "./name_field.tsx";
import { People } from "./people.tsx";
import type { Settings } from "./settings.ts";
import { TypingLine } from "./typing_line.tsx";
import type { View } from "./view.ts";

interface ChatProps {
  readonly view: View;
  readonly settings: Settings;
  readonly conversation: Conversation;
  setOpen(open: boolean): void;
  mounted(chat: Chat): void;
}

interface ChatState {
  /** Whether a nickname is asked for, and if so by the first send. */
  naming?: "first" | "change" | undefined;
}

/** The whole widget: the conversation, and in bubble mode the launcher that opens it. */
export class Chat extends Component<ChatProps, ChatState> {
  override state: ChatState = {};
  /** The parts that are told what to do; there once they were drawn. */
  log: Log | undefined;
  composer: Composer | undefined;

  override componentDidMount() {
    this.props.mounted(this);
  }

  render() {
    const { view, settings, conversation, setOpen } = this.props;
    const { bubble, open, hideLauncher } = settings;
    if (!bubble) return this.#renderPanel();
    return (
      <>
        {open && this.#renderPanel()}
        {!hideLauncher && (
          <Launcher
            strings={view.strings}
            open={open}
            unread={conversation.reading.unread}
            toggle={() => setOpen(!open)}
          />
        )}
      </>
    );
  }

  #renderPanel() {
    const { view, settings, conversation } = this.props;
    const { bubble } = settings;
    const isReader = settings.readonly || view.client.you?.role === "reader";
    const { strings } = view;
    const { reading } = conversation;
    const { naming } = this.state;
    const heading = settings.heading ?? strings.title;
    return (
      <section
        class={bubble ? "chat panel" : "chat"}
        part="panel"
        role={bubble ? "dialog" : "region"}
        aria-label={heading}
        tabIndex={-1}
        onKeyDown={this.#onKeyDown}
      >
        <header part="header">
          <strong>{heading}</strong>
          <People
            view={view}
            changeNickname={() => this.setState({ naming: "change" })}
          />
          {bubble && (
            <button
              type="button"
              aria-label={strings.close}
              onClick={this.#close}
            >
              <Icon name="close" />
            </button>
          )}
        </header>
        <Banner view={view} />
        <Log
          mounted={this.#keepLog}
          view={view}
          unread={reading.unread}
          divider={reading.divider}
          onEnd={conversation.moved}
        />
        <TypingLine view={view} />
        {naming && (
          <NameField
            key={naming}
            view={view}
            first={naming === "first"}
            rename={this.#rename}
            close={this.#endNaming}
          />
        )}
        {!isReader && (
          <Composer
            mounted={this.#keepComposer}
            view={view}
            draft={conversation.draft}
            keepDraft={conversation.keepDraft}
            send={this.#send}
          />
        )}
      </section>
    );
  }

  #keepLog = (log: Log) => {
    this.log = log;
  };

  #keepComposer = (composer: Composer) => {
    this.composer = composer;
  };

  #send = (text: string): boolean => {
    const { isNameless, submit } = this.props.conversation;
    if (isNameless()) {
      this.setState({ naming: "first" });
      return false;
    }
    return submit(text);
  };

  #rename = async (nickname: string) => {
    await this.props.conversation.rename(nickname);
    const { naming } = this.state;
    this.#endNaming();
    if (naming === "first") this.composer?.submit();
  };

  #endNaming = () => {
    this.setState({ naming: undefined });
    this.composer?.focus();
  };

  #close = () => this.props.setOpen(false);

  #onKeyDown = (event: KeyboardEvent) => {
    if (!isCloseKey(event)) return;
    const { currentTarget } = event;
    const isListOpen =
      currentTarget instanceof Element &&
      currentTarget.querySelector(":popover-open");
    // The browser closes an open list of people by itself.
    if (isListOpen) event.stopPropagation();
    else if (this.props.settings.bubble) {
      event.preventDefault();
      event.stopPropagation();
      this.#close();
    }
  };
}
