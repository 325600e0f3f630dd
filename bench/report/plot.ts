/** The plot: CPU per delivery over members and over rate, both axes logarithmic. */
import { type Result, type ScenarioResult, summaryOf } from "./result.ts";

const WIDTH = 860;
const HEIGHT = 400;
const PANEL = { width: 330, height: 250, top: 60 };
const LEFTS = [60, 470];
const PANELS = [
  { id: "sweep_members", title: "saturated, by members of the room" },
  { id: "sweep_rates", title: "100 members, by messages a second" },
] as const;
/** Told apart on light and on dark, and by who does not see all colours. */
const COLOURS: Readonly<
  Record<string, readonly [light: string, dark: string]>
> = {
  project_chat: ["#c2185b", "#ff6f9f"],
  raw: ["#1565c0", "#6db3ff"],
  partyserver: ["#00796b", "#4cd0b8"],
  ws: ["#8d6e00", "#e3bf45"],
  nest: ["#6a3fb5", "#b99cff"],
};

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Scale {
  readonly min: number;
  readonly max: number;
}

/** The SVG, or nothing when there is nothing to draw. */
export function plot(result: Result): string | undefined {
  const panels = PANELS.map(({ id, title }) => {
    const measured = result.scenarios.find((scenario) => scenario.id === id);
    return { title, lines: measured ? linesOf(measured) : new Map() };
  });
  const all = panels.flatMap(({ lines }) => [...lines.values()].flat());
  if (all.length === 0) return undefined;
  const y = scaleOf(all.map((point: Point) => point.y));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="Server CPU per delivery in microseconds">`,
    `<style>${styleText()}</style>`,
    `<rect class="paper" width="${WIDTH}" height="${HEIGHT}" rx="8"/>`,
    `<text class="title" x="${LEFTS[0]}" y="26">Server CPU per delivery, µs (less is better)</text>`,
    ...panels.map(({ title, lines }, index) =>
      panel(lines, { title, y, left: LEFTS[index] ?? 0 }),
    ),
    legend(result, [
      ...new Set(panels.flatMap(({ lines }) => [...lines.keys()])),
    ]),
    "</svg>\n",
  ].join("\n");
}

function linesOf(measured: ScenarioResult): Map<string, Point[]> {
  const lines = new Map<string, Point[]>();
  for (const [peer, rounds] of Object.entries(measured.samples)) {
    const xs = new Set(rounds.flatMap((round) => Object.keys(round ?? {})));
    const points = [...xs].flatMap((metric) => {
      const summary = summaryOf(measured, { peer, metric });
      return summary ? [{ x: Number(metric), y: summary.median }] : [];
    });
    if (points.length > 0)
      lines.set(
        peer,
        points.toSorted((a, b) => a.x - b.x),
      );
  }
  return lines;
}

function panel(
  lines: ReadonlyMap<string, readonly Point[]>,
  options: { title: string; y: Scale; left: number },
): string {
  const { title, y, left } = options;
  const xs = [...new Set([...lines.values()].flat().map((point) => point.x))];
  const x = { min: Math.min(...xs), max: Math.max(...xs) };
  const right = left + PANEL.width;
  const bottom = PANEL.top + PANEL.height;
  const atX = (value: number) => left + share(value, x) * PANEL.width;
  const atY = (value: number) => bottom - share(value, y) * PANEL.height;
  const parts = [`<text x="${left}" y="48">${title}</text>`];
  for (const tick of ticksOf(y)) {
    const at = atY(tick).toFixed(1);
    parts.push(`<path class="grid" d="M${left} ${at}H${right}"/>`);
    parts.push(
      `<text class="end" x="${left - 6}" y="${Number(at) + 4}">${tick}</text>`,
    );
  }
  for (const tick of xs) {
    const at = atX(tick).toFixed(1);
    parts.push(`<path class="grid" d="M${at} ${PANEL.top}V${bottom}"/>`);
    parts.push(
      `<text class="middle" x="${at}" y="${bottom + 18}">${tick.toLocaleString("en")}</text>`,
    );
  }
  for (const [peer, points] of lines) {
    const at = points.map(
      (point) => `${atX(point.x).toFixed(1)} ${atY(point.y).toFixed(1)}`,
    );
    parts.push(`<path class="line ${peer}" d="M${at.join("L")}"/>`);
    for (const place of at) {
      const [cx, cy] = place.split(" ");
      parts.push(`<circle class="dot ${peer}" cx="${cx}" cy="${cy}" r="3.5"/>`);
    }
  }
  return parts.join("\n");
}

function legend({ peers }: Result, shown: readonly string[]): string {
  return shown
    .map((peer, index) => {
      const x = (LEFTS[0] ?? 0) + index * 155;
      const y = HEIGHT - 26;
      return `<circle class="dot ${peer}" cx="${x}" cy="${y - 4}" r="5"/><text x="${x + 11}" y="${y}">${peers[peer]?.title ?? peer}</text>`;
    })
    .join("\n");
}

/** Decades with 2 and 5 between, from below the least to above the most. */
function ticksOf({ min, max }: Scale): number[] {
  const ticks: number[] = [];
  for (let power = -3; power <= 5; power++) {
    for (const step of [1, 2, 5]) {
      const tick = Number((step * 10 ** power).toPrecision(1));
      if (tick >= min && tick <= max) ticks.push(tick);
    }
  }
  return ticks;
}

function scaleOf(values: readonly number[]): Scale {
  return { min: Math.min(...values) / 1.3, max: Math.max(...values) * 1.3 };
}

function share(value: number, { min, max }: Scale): number {
  if (max === min) return 0.5;
  return Math.log(value / min) / Math.log(max / min);
}

function styleText(): string {
  const colours = (theme: 0 | 1) =>
    Object.entries(COLOURS)
      .map(
        ([peer, pair]) =>
          `.line.${peer}{stroke:${pair[theme]}}.dot.${peer}{fill:${pair[theme]}}`,
      )
      .join("");
  return [
    "text{font:13px system-ui,sans-serif;fill:#24292f}.title{font-weight:600}.end{text-anchor:end}.middle{text-anchor:middle}",
    ".paper{fill:#fff}.grid{stroke:#d0d7de;fill:none}.line{fill:none;stroke-width:2}",
    colours(0),
    `@media (prefers-color-scheme:dark){text{fill:#e6edf3}.paper{fill:#0d1117}.grid{stroke:#30363d}${colours(1)}}`,
  ].join("");
}
