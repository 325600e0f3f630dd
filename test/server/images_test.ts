import { expect, test } from "vitest";
import { identifyImage } from "../../src/server/log/images.ts";
import {
  AVIF,
  GIF,
  JPEG,
  png,
  WEBP_EXTENDED,
  WEBP_LOSSLESS,
  WEBP_LOSSY,
} from "./support/images.ts";

const IMAGES = [
  ["image/png", 640, 480, png()],
  ["image/jpeg", 320, 200, JPEG],
  ["image/gif", 1, 1, GIF],
  ["image/webp", 550, 368, WEBP_LOSSY],
  ["image/webp", 386, 395, WEBP_LOSSLESS],
  ["image/webp", 1_000, 700, WEBP_EXTENDED],
  ["image/avif", 800, 600, AVIF],
] as const;

function identify(bytes: Uint8Array) {
  return identifyImage(Uint8Array.from(bytes).buffer);
}

test.each(IMAGES)("[B2] %s of %d by %d is told by its bytes", (...image) => {
  const [type, width, height, bytes] = image;
  expect(identify(bytes)).toEqual({ type, width, height });
});

test.each(IMAGES)("[B2] %s of %d by %d that ends early is none", (...image) => {
  const bytes = image[3];
  for (let length = 0; length < bytes.length; length++) {
    expect(identify(bytes.slice(0, length)), `${length}`).toBeUndefined();
  }
});

test("[B2] a photo with something after its end is one", () => {
  expect(identify(Uint8Array.from([...JPEG, 0, 0, 7]))).toBeDefined();
});

const text = (value: string) => new TextEncoder().encode(value);

test.each([
  ["nothing", text("")],
  ["a page", text("<!doctype html><script>alert(1)</script>")],
  ["a drawing", text('<svg xmlns="http://www.w3.org/2000/svg"></svg>')],
  ["a name without an image", text("GIF89a")],
  ["a page that begins like an image", text("GIF89a<script>alert(1)</script>")],
  ["a video", text("\0\0\0\u0014ftypmp42\0\0\0\0mp42")],
  ["a document", text("%PDF-1.7")],
  ["a sound", text("RIFF\u0004\0\0\0WAVE")],
  [
    "a picture of no size",
    png().map((byte, at) => (at > 15 && at < 20 ? 0 : byte)),
  ],
  [
    "a picture too large to show",
    png().map((byte, at) => (at === 16 ? 1 : byte)),
  ],
])("[B2] %s is no image", (_, bytes) => {
  expect(identify(bytes)).toBeUndefined();
});
