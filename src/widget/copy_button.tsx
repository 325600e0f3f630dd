import { Component } from "preact";
import { announce } from "./announcer.ts";
import type { Strings } from "./strings.ts";

interface CopyButtonProps {
  readonly strings: Strings;
  readonly text: string;
}

/** Copies a message, and says so for as long as it is shown. */
export class CopyButton extends Component<CopyButtonProps, { done: boolean }> {
  render() {
    const { strings } = this.props;
    return (
      <button type="button" class="actions" onClick={this.#copy}>
        {this.state.done ? strings.copied : strings.copy}
      </button>
    );
  }

  #copy = async () => {
    const { strings, text } = this.props;
    // Where the page does not allow it, the text can still be selected.
    await navigator.clipboard?.writeText(text).then(
      () => {
        this.setState({ done: true });
        announce(strings.copied);
      },
      () => {},
    );
  };
}
