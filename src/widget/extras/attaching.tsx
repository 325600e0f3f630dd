/** An image that goes with the next message: chosen, pasted or dropped, and uploaded at once. */
import { type MessageFile, uploadFile } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { Kit } from "../kit.ts";
import { codeOf } from "./code_of.ts";

/** What the server takes, by type and by size in bytes where it does not say. */
const TYPES = "image/png,image/jpeg,image/gif,image/webp,image/avif";
const MAX_BYTES = 1_048_576;

/** An image on its way to the server, or there. */
interface Attached {
  readonly file: File;
  readonly giveUp: AbortController;
  /** Tells it from the one before. */
  readonly number: number;
  /** What part has left, from 0 to 1. */
  part: number;
  stored?: MessageFile;
  problem?: string;
}

/** The attachment of `conversation`. */
export function createAttaching(
  conversation: Conversation,
  { announce, errorText, fill, panel }: Kit,
): Extension {
  // The image goes along when the reader turns out to be somebody.
  const { client, luggage, redraw } = conversation;
  let attached: Attached | undefined;
  let count = 0;
  let listening: Element | undefined;
  let input: HTMLInputElement | undefined;

  const remove = () => {
    attached?.giveUp.abort();
    attached = luggage.file = undefined;
    redraw();
  };

  const refuse = (problem: string) => {
    if (attached) attached.problem = problem;
    announce(problem);
    redraw();
  };

  const upload = async (own: Attached) => {
    const { strings } = conversation;
    const { file, giveUp } = own;
    const { name } = file;
    const limit = client.timeline.limits?.file ?? MAX_BYTES;
    if (!TYPES.split(",").includes(file.type))
      return refuse(strings.attachKind);
    if (file.size > limit)
      return refuse(fill(strings.attachLarge, { n: limit / MAX_BYTES }));
    try {
      own.stored = await uploadFile(client, file, {
        signal: giveUp.signal,
        onProgress(part) {
          own.part = part;
          redraw();
        },
      });
      announce(fill(strings.attachReady, { name }));
    } catch (error) {
      if (giveUp.signal.aborted) return;
      refuse(errorText(strings, codeOf(error)) ?? strings.attachFailed);
    }
    redraw();
  };

  const take = (file: File) => {
    attached?.giveUp.abort();
    const giveUp = new AbortController();
    attached = { file, giveUp, number: ++count, part: 0 };
    luggage.file = file;
    conversation.act();
    upload(attached);
    redraw();
  };

  const attach = (files: Iterable<File> | undefined): boolean => {
    const [file] = files ?? [];
    if (!file) return false;
    take(file);
    panel.focus();
    return true;
  };

  /** Takes what is pasted into the panel, or dropped onto it. */
  const listen = (chat: HTMLElement) => {
    if (chat === listening) return;
    listening = chat;
    chat.addEventListener("paste", (event) => {
      if (isForUs(event) && attach(event.clipboardData?.files))
        event.preventDefault();
    });
    chat.addEventListener("drop", (event) => {
      if (attach(event.dataTransfer?.files)) event.preventDefault();
    });
    chat.addEventListener("dragover", (event) => {
      // Only what can be dropped here.
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    });
  };

  if (luggage.file) take(luggage.file);

  return {
    end: () => attached?.giveUp.abort(),
    canSend() {
      // It goes with a message, not with an edit.
      if (!attached || attached.problem || conversation.sheet) return undefined;
      return attached.stored !== undefined;
    },
    sendOptions: () => (attached?.stored ? { file: attached.stored.key } : {}),
    onSent() {
      // What could not be uploaded is still to be seen.
      if (attached?.stored) attached = luggage.file = undefined;
    },
    besideComposer() {
      const { strings } = conversation;
      return [
        <input
          key="file"
          type="file"
          hidden
          accept={TYPES}
          mount={(element) => {
            input = element;
            const chat = element.closest<HTMLElement>(".chat");
            if (chat) listen(chat);
          }}
          onchange={() => {
            attach(input?.files ?? []);
            if (input) input.value = "";
          }}
        />,
        <button
          key="attach"
          type="button"
          class="attach"
          aria-label={strings.attach}
          onclick={() => input?.click()}
        />,
      ];
    },
    aboveComposer() {
      if (!attached) return undefined;
      const { strings } = conversation;
      const { file, part, stored, problem } = attached;
      const { name } = file;
      return (
        <div key={`attached${attached.number}`} class="attached">
          <canvas
            role="img"
            aria-label={name}
            width={96}
            height={96}
            mount={(canvas) => paint(canvas, file)}
          />
          <span dir="auto">{name}</span>
          {!stored && !problem && (
            <progress
              aria-label={fill(strings.attaching, { name })}
              value={part}
            />
          )}
          {problem && (
            <span key="problem" class="problem">
              {problem}
            </span>
          )}
          <button
            key="remove"
            type="button"
            class="remove"
            aria-label={fill(strings.attachRemove, { name })}
            onclick={() => {
              remove();
              panel.focus();
            }}
          />
        </div>
      );
    },
  };
}

/** Whether what is pasted is an image for a message, and not a text, or for another field. */
function isForUs({ target, clipboardData }: ClipboardEvent): boolean {
  const field = target instanceof Element && target.closest("input, textarea");
  const isElsewhere = field && !field.closest(".composer");
  const text = clipboardData?.getData("text/plain") ?? "";
  // Tables and pages bring a picture of themselves along; a file brings its name.
  const [line] = text.split(/[\r\n]/);
  const isName = line === clipboardData?.files[0]?.name;
  return !isElsewhere && (!text.trim() || isName);
}

/** Draws the middle of an image: no address is needed for it that a policy could forbid. */
async function paint(canvas: HTMLCanvasElement, file: Blob): Promise<void> {
  try {
    const image = await createImageBitmap(file);
    const side = Math.min(image.width, image.height);
    const [x, y] = [(image.width - side) / 2, (image.height - side) / 2];
    const { width, height } = canvas;
    canvas
      .getContext("2d")
      ?.drawImage(image, x, y, side, side, 0, 0, width, height);
    image.close();
  } catch {
    // What cannot be drawn has its name.
  }
}
