import type { Child } from "./render.ts";
import { type Token, tokenize } from "./rich_text.ts";

/** The text of a message as elements, plain pieces by `piece`; never as HTML. */
export function RichText({
  text,
  piece = (plain) => plain,
}: {
  readonly text: string;
  readonly piece?: ((plain: string) => Child) | undefined;
}): Child {
  const draw = (token: Token): Child =>
    typeof token === "string" ? piece(token) : drawElement(token, draw);
  return (
    <div class="text" dir="auto">
      {tokenize(text).map(draw)}
    </div>
  );
}

function drawElement(
  { tag: Tag, href, tokens }: Exclude<Token, string>,
  draw: (token: Token) => Child,
): Child {
  return (
    <Tag
      href={href}
      target={href && "_blank"}
      rel={href && "noopener noreferrer nofollow ugc"}
    >
      {tokens.map(draw)}
    </Tag>
  );
}
