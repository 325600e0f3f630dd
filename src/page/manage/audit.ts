/** What was done with power: newest first, page by page. */
import type { AuditEntry } from "../../protocol/oversight.ts";
import { create } from "../dom.ts";
import { describe } from "./acts.ts";
import type { Desk } from "./desk.ts";
import { facts, name, place, when } from "./list.ts";
import { action, attempt, type Section } from "./section.ts";
import { tell, timeOf } from "./words.ts";

const PAGE_SIZE = 30;

interface Page {
  readonly acts: readonly AuditEntry[];
  readonly more: boolean;
}

/** The tab of the audit. */
export function createAudit(desk: Desk): Section {
  return {
    id: "audit",
    title: tell("audit"),
    needs: "audit",
    async load(say) {
      const list = create("ol", { className: "entries" });
      const content = create("div", { children: [list] });
      let oldest: number | undefined;

      const more = action(tell("more"), {
        onClick: (button) => attempt(button, { say, act: turn }),
      });

      /** The next page, and the focus on where it begins. */
      async function turn(): Promise<void> {
        const first = await add();
        first?.focus();
      }

      async function add(): Promise<HTMLLIElement | undefined> {
        const query = new URLSearchParams({ limit: `${PAGE_SIZE}` });
        if (oldest !== undefined) query.set("before", `${oldest}`);
        const page = await desk.ask<Page>(`audit?${query}`);
        const entries = page.acts.map(entry);
        list.append(...entries);
        oldest = page.acts.at(-1)?.id ?? oldest;
        if (page.more) content.append(more);
        else more.remove();
        return entries[0];
      }

      if (!(await add())) say(tell("noActs"));
      return content;
    },
  };
}

function entry(act: AuditEntry): HTMLLIElement {
  const { at, room, details = {} } = act;
  const { until, reason } = details;
  return create("li", {
    tabIndex: -1,
    children: [
      create("p", { children: describe(act) }),
      facts([
        when(at),
        room ? place(room) : "",
        typeof until === "number" ? tell("until", { at: timeOf(until) }) : "",
        details["address"] === true ? tell("address") : "",
        typeof reason === "string" && reason
          ? create("span", { children: [`${tell("reason")}: `, name(reason)] })
          : "",
      ]),
    ],
  });
}
