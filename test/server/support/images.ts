/** The smallest images there are, made by hand. */

function bytes(...parts: (string | readonly number[])[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === "string"
        ? Array.from(part, (character) => character.charCodeAt(0))
        : part,
    ),
  );
}

/** Four bytes, the most significant first. */
function long(value: number): number[] {
  return [24, 16, 8, 0].map((bits) => (value >>> bits) & 255);
}

/** Two bytes, the most significant first. */
function short(value: number): number[] {
  return long(value).slice(2);
}

/** Some bytes that are no image of anything. */
function filler(size: number): number[] {
  return Array.from({ length: size }, (_, n) => (n * 31) & 255);
}

/** A PNG with `size` bytes of data, 640 by 480. */
export function png(size = 20): Uint8Array {
  const header = [...long(640), ...long(480), 8, 2, 0, 0, 0];
  return bytes(
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    [...long(13), ...bytes("IHDR"), ...header, ...long(0)],
    [...long(size), ...bytes("IDAT"), ...filler(size), ...long(0)],
    [...long(0), ...bytes("IEND"), ...long(0)],
  );
}

/** 1 by 1. */
export const GIF = bytes(
  "GIF89a",
  [1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255],
  [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b],
);

/** 320 by 200, with a comment before the frame. */
export const JPEG = bytes(
  [0xff, 0xd8, 0xff, 0xfe, ...short(6), 1, 2, 3, 4],
  [0xff, 0xc0, ...short(17), 8, ...short(200), ...short(320), 3],
  [...filler(9), 0xff, 0xda, ...short(8), ...filler(40), 0xff, 0xd9],
);

function riff(...chunk: (string | readonly number[])[]): Uint8Array {
  const content = bytes("WEBP", ...chunk);
  return bytes("RIFF", long(content.length).reverse(), [...content]);
}

/** 550 by 368. */
export const WEBP_LOSSY = riff(
  "VP8 ",
  [30, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 0x26, 0x02, 0x70, 0x01],
  filler(20),
);

/** 386 by 395. */
export const WEBP_LOSSLESS = riff(
  "VP8L",
  [20, 0, 0, 0, 0x2f, ...long(385 | (394 << 14)).reverse()],
  filler(15),
);

/** 1,000 by 700. */
export const WEBP_EXTENDED = riff(
  "VP8X",
  [10, 0, 0, 0, 0, 0, 0, 0],
  [...long(999).reverse().slice(0, 3), ...long(699).reverse().slice(0, 3)],
  filler(10),
);

function box(name: string, content: readonly number[]): number[] {
  return [...long(content.length + 8), ...bytes(name), ...content];
}

function ispe(width: number, height: number): number[] {
  return box("ispe", [...long(0), ...long(width), ...long(height)]);
}

/** 800 by 600, with a smaller picture inside. */
export const AVIF = bytes(
  box("ftyp", [...bytes("avif"), ...long(0), ...bytes("mif1")]),
  box("meta", [...long(0), ...ispe(80, 60), ...ispe(800, 600), ...filler(9)]),
  box("mdat", filler(30)),
);
