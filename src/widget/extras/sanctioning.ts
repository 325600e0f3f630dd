/** What who keeps order can do about somebody: in the menu of a message and the list of people. */
import {
  type Member,
  type ModerationRequest,
  maySanction,
  moderate,
} from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Action, Extension } from "../extension.ts";
import type { ExtrasKit, Question } from "./asking.tsx";
import { createSanctions, type Kind } from "./sanctions.ts";
import { spanText } from "./time_span.ts";

const HOUR = 3_600_000;
/** How long mutes and bans can hold, in ms; the last one for good. */
const SPANS = [600_000, HOUR, 24 * HOUR, 0];

/** The sanctions that moderators of `conversation` impose. */
export function createSanctioning(
  conversation: Conversation,
  { ask, fill, report }: ExtrasKit,
): Extension {
  const { client } = conversation;
  const sanctions = createSanctions(conversation);

  const act = (what: ModerationRequest) => report(moderate(client, what));

  const spans = () => {
    const { locale, forGood } = conversation.strings;
    return {
      label: conversation.strings.howLong,
      values: SPANS.map((span) => ({
        value: `${span}`,
        label: span ? spanText(locale, span) : forGood,
      })),
    };
  };

  /** Asks by the words called `action`, and does it unless the reader would rather not. */
  const confirm = async (
    action: Kind | "kick" | "purge",
    about: Member,
    question: Partial<Question>,
  ) => {
    const { strings } = conversation;
    const { nickname } = about;
    return await ask({
      text: fill(strings[`${action}Ask`], { nickname }),
      confirm: strings[`${action}Ok`],
      isDangerous: true,
      ...question,
    });
  };

  const impose = async (action: Kind, about: Member) => {
    let address = action === "ban" && about.guest;
    const { banAddress: label } = conversation.strings;
    const span = await confirm(action, about, {
      choice: spans(),
      ...(address && {
        tick: {
          label,
          isOn: address,
          set: (isOn: boolean) => {
            address = isOn;
          },
        },
      }),
    });
    if (span === undefined) return;
    const member = about.id;
    const until = Number(span) > 0 && Date.now() + Number(span);
    await act({
      action,
      member,
      ...(until && { until }),
      ...(address && { address }),
    });
  };

  const kick = async (about: Member) => {
    if ((await confirm("kick", about, {})) !== undefined)
      await act({ action: "kick", member: about.id });
  };

  const purge = async (about: Member) => {
    const { howMuch: label, purgeHour, purgeAll } = conversation.strings;
    const span = await confirm("purge", about, {
      choice: {
        label,
        values: [
          { value: `${HOUR}`, label: purgeHour },
          { value: "0", label: purgeAll },
        ],
      },
    });
    if (span === undefined) return;
    const since = Number(span) > 0 && Date.now() - Number(span);
    await act({ action: "purge", member: about.id, ...(since && { since }) });
  };

  /** A mute or ban, or its end where it is known to be in force. */
  const switchOf = (kind: Kind, about: Member): Action => {
    const { strings } = conversation;
    const { id: member } = about;
    if (!sanctions.has(kind, member)) {
      const run = () => impose(kind, about);
      return { name: kind, label: strings[kind], isDangerous: true, run };
    }
    const action = `un${kind}` as const;
    const run = () => act({ action, member });
    return { name: action, label: strings[action], run };
  };

  const actionsOn = (about: Member): readonly Action[] => {
    if (!maySanction(client, about)) return [];
    const { strings } = conversation;
    return [
      switchOf("mute", about),
      {
        name: "kick",
        label: strings.kick,
        isDangerous: true,
        run: () => kick(about),
      },
      switchOf("ban", about),
      {
        name: "purge",
        label: strings.purge,
        isDangerous: true,
        run: () => purge(about),
      },
    ];
  };

  return {
    end: sanctions.end,
    actions: ({ author }) => actionsOn(author),
    memberActions: actionsOn,
  };
}
