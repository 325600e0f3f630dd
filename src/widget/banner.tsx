import { Component } from "preact";
import { announce } from "./announcer.ts";
import { errorText } from "./strings.ts";
import type { View } from "./view.ts";

/** Shorter breaks are not worth a word. */
const PATIENCE_MS = 2_000;

/** Says what is wrong with the connection, and offers to mend it. */
export class Banner extends Component<
  { readonly view: View },
  { waited: boolean }
> {
  override state = { waited: false };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #said: string | undefined;

  override componentDidMount() {
    this.componentDidUpdate();
  }

  override componentDidUpdate() {
    const { status } = this.props.view.client;
    const isBroken = status === "waiting" || status === "connecting";
    if (!isBroken) {
      this.componentWillUnmount();
      this.#timer = undefined;
      if (this.state.waited) this.setState({ waited: false });
    }
    if (isBroken)
      this.#timer ??= setTimeout(
        () => this.setState({ waited: true }),
        PATIENCE_MS,
      );
    const text = this.#text();
    if (text && text !== this.#said) announce(text);
    this.#said = text;
  }

  override componentWillUnmount() {
    clearTimeout(this.#timer);
  }

  render() {
    const { client, strings } = this.props.view;
    const text = this.#text();
    return (
      text && (
        <div
          class={client.status === "closed" ? "banner over" : "banner"}
          part="banner"
        >
          <span>{text}</span>
          <button type="button" onClick={() => client.reconnect()}>
            {strings.reconnect}
          </button>
        </div>
      )
    );
  }

  #text(): string | undefined {
    const { client, strings } = this.props.view;
    const { status, closeReason, you } = client;
    if (status === "closed")
      return errorText(strings, {
        code: closeReason?.error,
        fallback: strings.closed,
      });
    if (!this.state.waited) return undefined;
    if (!navigator.onLine) return strings.offline;
    // A server that never answered is probably not there.
    return status === "waiting" && !you
      ? strings.unreachable
      : strings.connecting;
  }
}
