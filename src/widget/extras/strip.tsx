import type { Child } from "../render.ts";

/** What the next message does besides being said, above the field, and a way out of it. */
export function Strip(props: {
  readonly label: string;
  readonly text: string;
  /** Name of the button that closes it. */
  readonly cancel: string;
  readonly close: () => void;
}): Child {
  const { label, text, cancel, close } = props;
  return (
    <div class="strip" role="status">
      <span class="line">
        <b>{label}</b> {text}
      </span>
      <button type="button" class="close" aria-label={cancel} onclick={close} />
    </div>
  );
}
