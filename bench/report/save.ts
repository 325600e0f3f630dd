/** Keeps results: JSON with every sample, the plot, and the marked part of README.md. */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { fileURLToPath } from "node:url";
import { plot } from "./plot.ts";
import type { Result } from "./result.ts";
import { markdown } from "./table.ts";

const FOLDER = fileURLToPath(new URL("../results/", import.meta.url));
const README = fileURLToPath(new URL("../README.md", import.meta.url));
const BEGIN = "<!-- results: begin -->";
const PICTURE =
  "![Server CPU per delivery over members and over rate](results/cost.svg)";
const END = "<!-- results: end -->";

/**
 * Keeps a run; scenarios that it left out keep what they had. A quick run is kept apart: it
 * shows that everything works, not how fast.
 */
export function save(result: Result, options: { quick: boolean }): void {
  mkdirSync(FOLDER, { recursive: true });
  const stem = options.quick ? "quick" : "latest";
  const whole = options.quick ? result : withEarlier(result);
  writeFileSync(
    `${FOLDER}${stem}.json`,
    `${JSON.stringify(whole, inShort, 2)}\n`,
  );
  const drawn = plot(whole);
  const picture = `${FOLDER}${options.quick ? "quick" : "cost"}.svg`;
  // A picture of other numbers than those in the tables would be a lie.
  if (drawn) writeFileSync(picture, drawn);
  else rmSync(picture, { force: true });
  if (!options.quick) writeReadme(whole, { isDrawn: drawn !== undefined });
}

/** Digits beyond these are noise. */
function inShort(_key: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(5)) : value;
}

function withEarlier(result: Result): Result {
  const file = `${FOLDER}latest.json`;
  if (!existsSync(file)) return result;
  const earlier = JSON.parse(readFileSync(file, "utf8")) as Result;
  // Numbers of another machine or of other versions would not be comparable.
  const facts = ({ machine, peers }: Result) =>
    JSON.stringify([machine, peers]);
  if (facts(earlier) !== facts(result)) return result;
  const measured = new Set(result.scenarios.map(({ id }) => id));
  const kept = earlier.scenarios.filter(({ id }) => !measured.has(id));
  return { ...result, scenarios: [...kept, ...result.scenarios] };
}

function writeReadme(result: Result, options: { isDrawn: boolean }): void {
  const text = readFileSync(README, "utf8");
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin === -1 || end < begin) {
    throw new Error("README.md has no marks for the results");
  }
  const parts = [
    text.slice(0, begin + BEGIN.length),
    markdown(result).trimEnd(),
    ...(options.isDrawn ? [PICTURE] : []),
    text.slice(end),
  ];
  writeFileSync(README, parts.join("\n\n"));
}
