/** What readers have reported: look at it where it was said, delete it, or let it be. */
import type { Report } from "../../protocol/oversight.ts";
import { addressOf } from "../address.ts";
import { create } from "../dom.ts";
import type { Desk } from "./desk.ts";
import { facts, name, place, when } from "./list.ts";
import { action, attempt, type Section } from "./section.ts";
import { tell } from "./words.ts";

/** The tab of reports. */
export function createReports(desk: Desk): Section {
  return {
    id: "reports",
    title: tell("reports"),
    needs: "oversee",
    async load(say) {
      const { reports } = await desk.ask<{ reports: Report[] }>("reports");
      if (reports.length === 0) say(tell("noReports"));
      const list = create("ul", { className: "entries" });
      for (const report of reports) list.append(entry(report, { desk, say }));
      return list;
    },
  };
}

interface Context {
  readonly desk: Desk;
  readonly say: (text: string) => void;
}

function entry(report: Report, { desk, say }: Context): HTMLLIElement {
  const { id, room, target, by, reason, at, message } = report;
  const text = create("blockquote");
  const acts = create("div", { className: "acts" });
  const link = create("a", {
    href: `${addressOf(room).pathname}${addressOf(room).search}#m=${target}`,
    children: [tell("showMessage")],
  });
  link.addEventListener("click", (event) => {
    event.preventDefault();
    desk.show(room, target);
  });
  const dismiss = action(tell("dismissReport"), {
    onClick: (button) =>
      attempt(button, {
        say,
        async act() {
          await desk.ask(`reports/${id}`, { method: "DELETE" });
          const next = item.nextElementSibling ?? item.previousElementSibling;
          next?.querySelector<HTMLElement>("a, button")?.focus();
          item.remove();
          say(tell("dismissed"));
        },
      }),
  });
  const remove = action(tell("deleteMessage"), { onClick: ask });

  function draw(isGone: boolean): void {
    const image = message?.file ? tell("image") : "";
    const said = message && !isGone ? message.text || image : undefined;
    text.textContent = said ?? tell(message ? "gone" : "trimmed");
    text.classList.toggle("hint", said === undefined);
    const ends = said === undefined ? [] : [remove];
    acts.replaceChildren(link, ...ends, dismiss);
    if (!message) link.remove();
  }

  /** Nothing brings a deleted message back, so it is asked once more. */
  function ask(): void {
    const keep = action(tell("no"), {
      onClick() {
        draw(false);
        remove.focus();
      },
    });
    const yes = action(tell("yesDelete"), {
      className: "danger",
      onClick: (button) =>
        attempt(button, {
          say,
          async act() {
            await desk.ask(
              `messages/${target}?${new URLSearchParams({ room })}`,
              {
                method: "DELETE",
              },
            );
            draw(true);
            link.focus();
            say(tell("deleted"));
          },
        }),
    });
    const question = create("span", { children: [tell("reallyDelete")] });
    acts.replaceChildren(question, yes, keep);
    keep.focus();
  }

  draw(message?.deleted === true);
  const author = message ? name(message.author.nickname) : "";
  const item = create("li", {
    children: [
      facts([author, place(room), message ? when(message.at) : ""]),
      text,
      ...(reason ? [create("p", { children: [name(reason)] })] : []),
      facts([
        create("span", {
          children: [`${tell("reportedBy")} `, name(by.nickname)],
        }),
        when(at),
      ]),
      acts,
    ],
  });
  return item;
}
