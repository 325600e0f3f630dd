/** The tables that are printed and kept in README.md. */
import type { Faults } from "../load/ledger.ts";
import { type Goal, SCENARIOS, type Scenario } from "../scenarios/mod.ts";
import { summaryText } from "./number_text.ts";
import {
  goalSummary,
  type Result,
  type ScenarioResult,
  summaryOf,
} from "./result.ts";

/** What no table of this benchmark says. */
const NOT_MEASURED =
  "Not measured: Cloudflare's own network (latency between people and an object, cold starts of a Worker, placement), TLS, production's storage, whose writes are confirmed by other machines, several load machines, several rooms that outgrow one core, and rows written, which the server counts itself (`/project/:id/stats`). The load shares the machine with the server, so that latencies and deliveries per second are a check; the CPU of the server is the measure.";

/** Everything as Markdown. */
export function markdown(result: Result): string {
  const known = SCENARIOS.flatMap((scenario) => {
    const measured = result.scenarios.find(({ id }) => id === scenario.id);
    return measured ? [{ scenario, measured }] : [];
  });
  const sections = known.map(({ scenario, measured }) =>
    section(result, { scenario, measured }),
  );
  const goals = known.flatMap(({ scenario, measured }) =>
    scenario.goals
      .filter((goal) => goal.atMost !== undefined)
      .map((goal) => goalRow(measured, { goal, scenario })),
  );
  return [
    about(result),
    ...(goals.length > 0
      ? [
          "### Numbers to reach\n",
          table(["scenario", "project-chat", "measured", "at most", ""], goals),
        ]
      : []),
    ...sections,
    NOT_MEASURED,
    "",
  ].join("\n");
}

function about({ machine, peers, scenarios }: Result): string {
  const dates = scenarios.map(({ date }) => date.slice(0, 10)).toSorted();
  const first = dates[0] ?? "";
  const last = dates.at(-1) ?? "";
  const { cpu, cores, memoryGib, kernel } = machine;
  return [
    `Measured ${first === last ? first : `${first} to ${last}`} on ${cpu}, ${cores} cores, ${memoryGib} GiB, Linux ${kernel}. Median (least–most); how many rounds is said with each table. Ratios are taken round by round.\n`,
    ...Object.values(peers).map(({ title, made }) => `- ${title}: ${made}`),
    "",
  ].join("\n");
}

function section(
  { peers }: Result,
  options: { scenario: Scenario; measured: ScenarioResult },
): string {
  const { scenario, measured } = options;
  const metrics = scenario.metrics.filter(({ key }) =>
    Object.keys(measured.samples).some((peer) =>
      summaryOf(measured, { peer, metric: key }),
    ),
  );
  const rows = Object.keys(peers)
    .filter((peer) => measured.samples[peer])
    .map((peer) => [
      peers[peer]?.title ?? peer,
      ...metrics.map(({ key }) =>
        summaryText(summaryOf(measured, { peer, metric: key })),
      ),
    ]);
  const ratios = scenario.goals
    .filter((goal) => goal.against !== undefined)
    .map(
      (goal) =>
        `- ${goal.title}: × ${summaryText(goalSummary(measured, goal))}`,
    );
  return [
    `### ${scenario.title}\n`,
    `${scenario.about} ${roundsText(measured)}\n`,
    table(["", ...metrics.map(({ title }) => title)], rows),
    ...ratios,
    ...(ratios.length > 0 ? [""] : []),
    ...complaints(measured).map((complaint) => `${complaint}\n`),
  ].join("\n");
}

function roundsText({ rounds }: ScenarioResult): string {
  return rounds === 1 ? "One round." : `${rounds} rounds.`;
}

function goalRow(
  measured: ScenarioResult,
  options: { goal: Goal; scenario: Scenario },
): string[] {
  const { goal, scenario } = options;
  const { atMost = Number.NaN, unit } = goal;
  const summary = goalSummary(measured, goal);
  const sign = unit === undefined ? "× " : "";
  const suffix = unit === undefined ? "" : ` ${unit}`;
  return [
    scenario.title,
    goal.title,
    summary ? `${sign}${summaryText(summary)}${suffix}` : "–",
    `${sign}${Number(atMost.toFixed(3))}${suffix}`,
    !summary ? "not measured" : summary.median <= atMost ? "reached" : "missed",
  ];
}

function complaints({ faults, failures }: ScenarioResult): string[] {
  const wrong = Object.entries(faults)
    .filter(([, counts]) => Object.values(counts).some((count) => count > 0))
    .map(([peer, counts]) => `${peer}: ${faultText(counts)}`);
  return [
    ...(wrong.length > 0
      ? [`Not delivered as promised: ${wrong.join("; ")}.`]
      : []),
    ...failures.map((failure) => `Failed: ${failure}.`),
  ];
}

function faultText(faults: Faults): string {
  return Object.entries(faults)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");
}

/** The first column to the left, numbers to the right, padded as the formatter wants it. */
function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) => {
    const padded = cells.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    });
    return `| ${padded.join(" | ")} |`;
  };
  const rule = widths.map((width, column) =>
    column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  return `${[head, rule, ...rows].map(line).join("\n")}\n`;
}
