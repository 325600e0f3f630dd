import { fileUrl } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { Kit } from "../kit.ts";

/** Size of an image in the log, in pixels. */
const MAX_WIDTH = 320;
const MAX_HEIGHT = 240;
/** Pixels of the screen for one of these, at most. */
const SHARPNESS = 2;
/** How close to the view it is fetched. */
const NEAR = "300px";

/**
 * Below a text the image that goes with it: from the chat's own server only, fetched when
 * it comes into sight, its place kept before it is there. It is painted, since the policy
 * of a page may let it connect to the server and show no image of it.
 */
export function createImages(
  conversation: Conversation,
  { fill, panel }: Kit,
): Extension {
  /** Keys of those that could not be fetched. */
  const failed = new Set<string>();

  const load = async (canvas: HTMLCanvasElement, key: string) => {
    const before = failed.has(key);
    try {
      await paint(canvas, fileUrl(conversation.client, key));
      failed.delete(key);
    } catch {
      failed.add(key);
    }
    if (failed.has(key) !== before) panel.redrawRows();
  };

  /** The button goes, and the focus stays in its row. */
  const tryAgain = ({ target }: Event, key: string) => {
    const row = target instanceof Element ? target.closest("li") : null;
    const canvas = row?.querySelector("canvas");
    if (!canvas) return;
    row?.focus();
    failed.delete(key);
    panel.redrawRows();
    load(canvas, key);
  };

  return {
    belowText({ author, file }) {
      if (!file) return undefined;
      const { client, strings } = conversation;
      // On its way it is known by its key, and nobody may load it yet.
      if (typeof file === "string")
        return <small key="image">{strings.image}</small>;
      const { key, width, height } = file;
      const scale = Math.min(1, MAX_WIDTH / width, MAX_HEIGHT / height);
      const { nickname = "" } = author ?? {};
      const label = fill(strings.imageOf, { nickname });
      return [
        <a
          key="image"
          class="image"
          href={fileUrl(client, key)}
          target="_blank"
          rel="noopener noreferrer"
        >
          <canvas
            role="img"
            aria-label={label}
            width={Math.ceil(width * scale * SHARPNESS)}
            height={Math.ceil(height * scale * SHARPNESS)}
            {...{ "--width": `${Math.ceil(width * scale)}px` }}
            mount={(canvas) => onSight(canvas, () => load(canvas, key))}
          />
        </a>,
        failed.has(key) && (
          <div key="again" class="problem">
            {strings.imageFailed}
            <button type="button" onclick={(event) => tryAgain(event, key)}>
              {strings.imageRetry}
            </button>
          </div>
        ),
      ];
    },
  };
}

/** Has `load` called when the canvas comes near the view. */
function onSight(canvas: HTMLCanvasElement, load: () => void): void {
  const sight = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      sight.disconnect();
      load();
    },
    { rootMargin: NEAR },
  );
  sight.observe(canvas);
}

/** Paints what is at `url`; rejects when there is no image. */
async function paint(canvas: HTMLCanvasElement, url: string): Promise<void> {
  const answer = await fetch(url);
  const image = await createImageBitmap(await answer.blob());
  const { width, height } = canvas;
  const scale = Math.min(width / image.width, height / image.height);
  const [w, h] = [image.width * scale, image.height * scale];
  canvas
    .getContext("2d")
    ?.drawImage(image, (width - w) / 2, (height - h) / 2, w, h);
  image.close();
}
