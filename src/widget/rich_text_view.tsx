import { Pure } from "./pure.ts";
import { type Token, tokenize } from "./rich_text.ts";

const TAGS = {
  bold: "strong",
  italic: "em",
  strike: "s",
  quote: "blockquote",
} as const;
const ONLY_EMOJI =
  /^(?:(?:\p{Extended_Pictographic}[\u{1f3fb}-\u{1f3ff}\ufe0f\u200d]*|\p{RI}\p{RI})\s?){1,6}$/u;

/** The text of a message as elements; never as HTML. */
export class RichText extends Pure<{ readonly text: string }> {
  render() {
    const { text } = this.props;
    return (
      <div class={ONLY_EMOJI.test(text) ? "text big" : "text"} dir="auto">
        {tokenize(text).map(draw)}
      </div>
    );
  }
}

function draw(token: Token) {
  switch (token.type) {
    case "text":
      return token.text;
    case "code":
      return <code>{token.text}</code>;
    case "block":
      return (
        <pre>
          <code>{token.text}</code>
        </pre>
      );
    case "link":
      return (
        <a
          href={token.href}
          target="_blank"
          rel="noopener noreferrer nofollow ugc"
        >
          {token.text}
        </a>
      );
    default: {
      const Tag = TAGS[token.type];
      return <Tag>{token.tokens.map(draw)}</Tag>;
    }
  }
}
