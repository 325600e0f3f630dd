import { describe, expect, test } from "vitest";
import { hueOf } from "../../src/widget/colour.ts";
import { LOG } from "../../src/widget/styles_log.ts";

/** An oklch colour without its hue. */
interface Tone {
  readonly lightness: number;
  readonly chroma: number;
}

type Rgb = readonly [red: number, green: number, blue: number];

const WHITE: Rgb = [1, 1, 1];
/** What lies behind own messages when the pointer is over them: the least favourable. */
const LIGHT: Rgb = hex("e5e6ef");
const DARK: Rgb = hex("272936");
const AA = 4.5;
const [AVATAR, NICKNAME_LIGHT, NICKNAME_DARK] = tonesOf(LOG);

describe("at every hue", () => {
  const hues = Array.from({ length: 360 }, (_, hue) => hue);

  test("the white initial of an avatar is readable", () => {
    expect(leastContrast(AVATAR, WHITE)).toBeGreaterThanOrEqual(AA);
  });

  test("nicknames are readable on a light background", () => {
    expect(leastContrast(NICKNAME_LIGHT, LIGHT)).toBeGreaterThanOrEqual(AA);
  });

  test("nicknames are readable on a dark background", () => {
    expect(leastContrast(NICKNAME_DARK, DARK)).toBeGreaterThanOrEqual(AA);
  });

  function leastContrast(tone: Tone | undefined, other: Rgb): number {
    if (!tone) throw new Error("Cannot find the tones in the style sheet");
    return Math.min(...hues.map((hue) => contrast(toRgb(tone, hue), other)));
  }
});

describe("hueOf()", () => {
  test("is stable", () => {
    expect(hueOf("guest-1")).toBe(hueOf("guest-1"));
    expect(hueOf("")).toBe(0x811c9dc5 % 360);
  });

  test("spreads members around the circle", () => {
    const hues = Array.from({ length: 1_000 }, (_, index) =>
      hueOf(`m${index}`),
    );
    for (const hue of hues) expect(hue >= 0 && hue < 360).toBe(true);
    expect(new Set(hues).size).toBeGreaterThan(300);
  });
});

/** The tones that the style sheet makes of a member's hue, in their order there. */
function tonesOf(css: string): Tone[] {
  const tones = css.matchAll(/oklch\(([\d.]+) ([\d.]+) var\(--hue\)\)/g);
  return Array.from(tones, ([, lightness, chroma]) => ({
    lightness: Number(lightness),
    chroma: Number(chroma),
  }));
}

/** Colours outside sRGB are clipped, which is worse than what browsers do. */
function toRgb({ lightness, chroma }: Tone, hue: number): Rgb {
  const angle = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(angle);
  const b = chroma * Math.sin(angle);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** Both in linear light; the constants above are already. */
function contrast(left: Rgb, right: Rgb): number {
  const [bright, dim] = [luminance(left), luminance(right)].sort(
    (x, y) => y - x,
  );
  return ((bright ?? 0) + 0.05) / ((dim ?? 0) + 0.05);
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function hex(code: string): Rgb {
  const [red = 0, green = 0, blue = 0] = (code.match(/../g) ?? []).map(
    (part) => {
      const value = Number.parseInt(part, 16) / 255;
      return value <= 0.04045
        ? value / 12.92
        : ((value + 0.055) / 1.055) ** 2.4;
    },
  );
  return [red, green, blue];
}

function clip(value: number): number {
  return Math.min(1, Math.max(0, value));
}
