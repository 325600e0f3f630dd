/** Who may not write or come in, and the way to let them again. */
import type { SanctionEntry } from "../../protocol/oversight.ts";
import { roomInAddress } from "../address.ts";
import { create } from "../dom.ts";
import { type Desk, Refusal } from "./desk.ts";
import { facts, name, when } from "./list.ts";
import { action, attempt, type Section } from "./section.ts";
import { tell, timeOf } from "./words.ts";

const LIFT = { mute: "unmute", ban: "unban" } as const;

/** The tab of those who are muted or banned. */
export function createSanctions(desk: Desk): Section {
  return {
    id: "sanctions",
    title: tell("sanctions"),
    needs: "oversee",
    async load(say) {
      const { sanctions } = await desk.ask<{ sanctions: SanctionEntry[] }>(
        "sanctions",
      );
      if (sanctions.length === 0) say(tell("noSanctions"));
      const list = create("ul", { className: "entries", tabIndex: -1 });
      for (const sanction of sanctions)
        list.append(entry(sanction, { desk, say }));
      return list;
    },
  };
}

interface Context {
  readonly desk: Desk;
  readonly say: (text: string) => void;
}

function entry(sanction: SanctionEntry, { desk, say }: Context): HTMLLIElement {
  const { kind, member, address, until, at, reason } = sanction;
  const whom = member.nickname;
  const lift = action(tell("lift"), {
    onClick: (button) =>
      attempt(button, {
        say,
        async act() {
          const room = new URLSearchParams({ room: roomInAddress() });
          const body = { action: LIFT[kind], member: member.id };
          try {
            await desk.ask(`moderation?${room}`, { method: "POST", body });
          } catch (fault) {
            const code = fault instanceof Refusal ? fault.code : undefined;
            if (code === "forbidden") return say(tell("notYours"));
            // What somebody else has lifted meanwhile is lifted.
            if (code !== "not_found") throw fault;
          }
          leave();
        },
      }),
  });
  lift.ariaLabel = tell("liftOf", { whom });

  /** The focus goes to the next one, or to the list when there is none. */
  function leave(): void {
    const list = item.parentElement;
    const next = item.nextElementSibling ?? item.previousElementSibling;
    item.remove();
    (next?.querySelector("button") ?? list)?.focus();
    say(tell(next ? "lifted" : "noSanctions", { whom }));
  }

  const item = create("li", {
    className: "row",
    children: [
      create("div", {
        children: [
          create("p", {
            children: [
              name(whom),
              " ",
              create("span", {
                className: `badge ${kind}`,
                children: [tell(kind)],
              }),
            ],
          }),
          facts([
            when(at),
            until === undefined
              ? tell("forGood")
              : tell("until", { at: timeOf(until) }),
            address ? tell("address") : "",
            reason ? name(reason) : "",
          ]),
        ],
      }),
      lift,
    ],
  });
  return item;
}
