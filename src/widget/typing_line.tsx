import { fill } from "./strings.ts";
import type { View } from "./view.ts";

/** Who is writing; its place is kept when nobody is, so that nothing jumps. */
export function TypingLine({ view }: { readonly view: View }) {
  const { client, strings } = view;
  const [a, b, more] = client.typing.map(({ nickname }) => nickname);
  const template = more
    ? strings.typingMany
    : b
      ? strings.typingTwo
      : strings.typingOne;
  return <p class="typing">{a && fill(template, { a, ...(b && { b }) })}</p>;
}
