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
  { fill }: Kit,
): Extension {
  return {
    belowText({ author, file }) {
      if (!file) return undefined;
      const { client, strings } = conversation;
      // On its way it is known by its key, and nobody may load it yet.
      if (typeof file === "string")
        return <small key="image">{strings.image}</small>;
      const { key, width, height } = file;
      const scale = Math.min(1, MAX_WIDTH / width, MAX_HEIGHT / height);
      const url = fileUrl(client, key);
      const { nickname = "" } = author ?? {};
      const label = fill(strings.imageOf, { nickname });
      return (
        <a
          key="image"
          class="image"
          href={url}
          target="_blank"
          rel="noopener noreferrer"
        >
          <canvas
            role="img"
            aria-label={label}
            width={Math.ceil(width * scale * SHARPNESS)}
            height={Math.ceil(height * scale * SHARPNESS)}
            {...{ "--width": `${Math.ceil(width * scale)}px` }}
            mount={(canvas) => loadInSight(canvas, url)}
          />
        </a>
      );
    },
  };
}

/** Paints what is at `url` when the canvas comes near the view. */
function loadInSight(canvas: HTMLCanvasElement, url: string): void {
  const sight = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      sight.disconnect();
      load(canvas, url);
    },
    { rootMargin: NEAR },
  );
  sight.observe(canvas);
}

async function load(canvas: HTMLCanvasElement, url: string): Promise<void> {
  try {
    const answer = await fetch(url);
    const image = await createImageBitmap(await answer.blob());
    const { width, height } = canvas;
    const scale = Math.min(width / image.width, height / image.height);
    const [w, h] = [image.width * scale, image.height * scale];
    canvas
      .getContext("2d")
      ?.drawImage(image, (width - w) / 2, (height - h) / 2, w, h);
    image.close();
  } catch {
    // Its place stays, and the link to it.
  }
}
