import type { Child } from "./render.ts";
import { type Token, tokenize } from "./rich_text.ts";

/** The text of a message as elements; never as HTML. */
export function RichText({ text }: { readonly text: string }): Child {
  return (
    <div class="text" dir="auto">
      {tokenize(text).map(draw)}
    </div>
  );
}

function draw(token: Token): Child {
  if (typeof token === "string") return token;
  const { tag: Tag, href, tokens } = token;
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
