/** Tells by its bytes which image something is. What merely says so, or ends early, is none. Pure. */
import type { MessageFile } from "../../protocol/mod.ts";

/** What an image says of itself. */
export type ImageFacts = Pick<MessageFile, "type" | "width" | "height">;

type Size = Pick<ImageFacts, "width" | "height"> | undefined;

/** Larger ones are nobody's picture, and cost a browser more than it has. */
const MAX_SIDE = 16_384;

const READERS: readonly [ImageFacts["type"], (view: DataView) => Size][] = [
  ["image/png", sizeOfPng],
  ["image/jpeg", sizeOfJpeg],
  ["image/gif", sizeOfGif],
  ["image/webp", sizeOfWebp],
  ["image/avif", sizeOfAvif],
];

/** The image that `bytes` are; `undefined` if they are none that we know, or not all of it. */
export function identifyImage(bytes: ArrayBuffer): ImageFacts | undefined {
  const view = new DataView(bytes);
  for (const [type, read] of READERS) {
    const size = readSafely(view, read);
    if (!size) continue;
    const sides = [size.width, size.height];
    return sides.every((side) => side >= 1 && side <= MAX_SIDE)
      ? { type, ...size }
      : undefined;
  }
  return undefined;
}

/** A view throws where the bytes end; whatever ends there is no image. */
function readSafely(view: DataView, read: (view: DataView) => Size): Size {
  try {
    return read(view);
  } catch (fault) {
    if (fault instanceof RangeError) return undefined;
    throw fault;
  }
}

/** Chunks of a length, a name, data and a sum, from IHDR to IEND. */
function sizeOfPng(view: DataView): Size {
  if (view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a)
    return undefined;
  if (nameAt(view, 12) !== "IHDR") return undefined;
  for (let at = 8; ; at += 12 + view.getUint32(at)) {
    if (nameAt(view, at + 4) !== "IEND") continue;
    // Its sum is there, too.
    view.getUint32(at + 8);
    return { width: view.getUint32(16), height: view.getUint32(20) };
  }
}

/** Segments of a marker and a length; the one that begins a frame has the size. */
function sizeOfJpeg(view: DataView): Size {
  if (view.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    if (marker < 0xffc0 || marker === 0xffda) return undefined;
    const isFrame =
      marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (!isFrame) continue;
    const size = {
      height: view.getUint16(at + 5),
      width: view.getUint16(at + 7),
    };
    return endsWith(view, [0xff, 0xd9]) ? size : undefined;
  }
}

function sizeOfGif(view: DataView): Size {
  if (nameAt(view, 0) !== "GIF8" || !endsWith(view, [0x3b])) return undefined;
  return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** A RIFF of one of three kinds, each with its own way to say the size. */
function sizeOfWebp(view: DataView): Size {
  if (nameAt(view, 0) !== "RIFF" || nameAt(view, 8) !== "WEBP")
    return undefined;
  if (view.getUint32(4, true) + 8 > view.byteLength) return undefined;
  switch (nameAt(view, 12)) {
    case "VP8X":
      return {
        width: 1 + (view.getUint32(24, true) & 0xff_ffff),
        height: 1 + (view.getUint32(26, true) >>> 8),
      };
    case "VP8L": {
      const packed = view.getUint32(21, true);
      return {
        width: 1 + (packed & 0x3fff),
        height: 1 + ((packed >>> 14) & 0x3fff),
      };
    }
    case "VP8 ":
      return {
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      };
    default:
      return undefined;
  }
}

/** Boxes of a length and a name; the largest `ispe` is the picture, others are parts of it. */
function sizeOfAvif(view: DataView): Size {
  if (nameAt(view, 4) !== "ftyp") return undefined;
  if (!["avif", "avis"].includes(nameAt(view, 8))) return undefined;
  let largest = { width: 0, height: 0 };
  let [at, isWhole] = [0, false];
  while (at < view.byteLength) {
    const length = view.getUint32(at);
    if (length < 8 || at + length > view.byteLength) return undefined;
    if (nameAt(view, at + 4) === "meta") {
      for (let inner = at; inner < at + length - 16; inner++) {
        if (nameAt(view, inner) !== "ispe") continue;
        const width = view.getUint32(inner + 8);
        const height = view.getUint32(inner + 12);
        if (width * height > largest.width * largest.height)
          largest = { width, height };
      }
    }
    // The pixels come last.
    isWhole ||= nameAt(view, at + 4) === "mdat";
    at += length;
  }
  return isWhole ? largest : undefined;
}

function nameAt(view: DataView, at: number): string {
  return String.fromCharCode(
    view.getUint8(at),
    view.getUint8(at + 1),
    view.getUint8(at + 2),
    view.getUint8(at + 3),
  );
}

/** Whether the bytes end with `end`; cameras append a little that is no part of the image. */
function endsWith(view: DataView, end: readonly number[]): boolean {
  const earliest = Math.max(0, view.byteLength - MAX_TRAILER);
  for (let at = view.byteLength - end.length; at >= earliest; at--) {
    if (end.every((byte, index) => view.getUint8(at + index) === byte))
      return true;
  }
  return false;
}

const MAX_TRAILER = 1_024;
