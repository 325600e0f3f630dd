/** What others report, to a moderator who is here: one line above the log, and a way there. */
import type { ReportReceived } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { ExtrasKit } from "./asking.tsx";

/** The reports that `conversation` has heard of. */
export function createReceivedReports(
  conversation: Conversation,
  { announce, fill, goTo }: ExtrasKit,
): Extension {
  const { client, redraw } = conversation;
  /** Those that were not looked at, oldest first. */
  let reports: readonly ReportReceived[] = [];

  const say = ({ by: { nickname }, reason }: ReportReceived) =>
    fill(conversation.strings.reportHeard, { nickname, reason });

  const drop = (done: ReportReceived) => {
    reports = reports.filter((one) => one !== done);
    redraw();
  };

  const off = client.on("event", (event) => {
    // The answer to one's own report has no number.
    if (event.type !== "reported" || !("id" in event)) return;
    reports = [...reports, event];
    announce(say(event));
    redraw();
  });

  return {
    end: off,
    aboveLog() {
      const { strings } = conversation;
      const report = reports.at(-1);
      if (!report) return undefined;
      const { room, target } = report;
      const link = new URL(`/project/${client.project}`, conversation.server);
      link.searchParams.set("room", room);
      link.hash = `m=${target}`;
      return (
        <div key="report" class="banner reports">
          {reports.length > 1 && (
            <b class="standing">
              {fill(strings.reportsHeard, { n: reports.length })}
            </b>
          )}
          <span>{say(report)}</span>
          {room === client.room ? (
            <button
              type="button"
              onclick={() => {
                drop(report);
                goTo(target);
              }}
            >
              {strings.reportShow}
            </button>
          ) : (
            <a href={link.href} target="_blank" rel="noopener">
              {room}
            </a>
          )}
          <button
            type="button"
            class="close"
            aria-label={strings.reportClose}
            onclick={() => drop(report)}
          />
        </div>
      );
    },
  };
}
