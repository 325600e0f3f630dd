/** Who may not write at all is told so; what they wrote stays, to be read and copied. */
import { isAllowed } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { ExtrasKit } from "./asking.tsx";

/** Locks, bans and kicks, as the reader of `conversation` meets them. */
export function createShuttingOut(
  conversation: Conversation,
  { copy, fill }: ExtrasKit,
): Extension {
  const { client } = conversation;

  /** Nobody is sent away for another reason, unless guests as a whole are. */
  const isKicked = () => {
    const { live, settings, you } = client.timeline;
    const mayGuests = settings?.mode !== "members";
    return live && (mayGuests || you?.guest === false);
  };

  const problem = () => {
    const { formats, strings } = conversation;
    const { closeReason, status } = client;
    if (status !== "closed") return undefined;
    if (closeReason?.error === "forbidden" && isKicked()) return strings.kicked;
    if (closeReason?.error !== "banned") return undefined;
    const { until } = closeReason;
    if (until === undefined) return strings.banned;
    return fill(strings.bannedUntil, { time: formats.full(until) });
  };

  const isLocked = () =>
    client.timeline.settings?.locked === true &&
    client.you !== undefined &&
    !isAllowed(client, "unhindered");

  return {
    problem,
    insteadOfComposer() {
      const { strings, written: draft } = conversation;
      const isOut = problem() !== undefined;
      if (!isOut && !isLocked()) return undefined;
      return (
        <div key="shut" class="shut" part="composer">
          {/* The banner has said the rest. */}
          {!isOut && <p role="status">{strings.locked}</p>}
          {draft.trim() && (
            <div key="unsent" class="unsent">
              <textarea
                aria-label={strings.unsent}
                readonly
                rows={2}
                mount={(element) => {
                  element.value = draft;
                }}
              />
              <button type="button" onclick={() => copy(draft)}>
                {strings.copy}
              </button>
            </div>
          )}
        </div>
      );
    },
  };
}
