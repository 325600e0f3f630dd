/** Images that hang on messages. Pure. */

/** Images that a message may have, by media type. */
export const FILE_TYPES = [
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
  "image/avif",
] as const;

/** What the key of a file looks like. */
export const FILE_KEY = /^[A-Za-z0-9_-]{24}$/;

/** An image, as the message says it; its bytes are at `/project/:id/files/:key`. */
export interface MessageFile {
  /** Whoever knows it may load the image. */
  readonly key: string;
  readonly type: (typeof FILE_TYPES)[number];
  readonly bytes: number;
  /** In pixels, as the image itself says. */
  readonly width: number;
  readonly height: number;
}
