/** All extras of one conversation, in the order in which they draw and are listed. */
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { Kit } from "../kit.ts";
import { createAsking } from "./asking.tsx";
import { createAttaching } from "./attaching.tsx";
import { createBigEmoji } from "./big_emoji.ts";
import { createChallenge } from "./challenge.tsx";
import { createCompletion } from "./completion.tsx";
import { createComposing } from "./composing.ts";
import { createCopying } from "./copying.ts";
import { createCounting } from "./counting.tsx";
import { createDeleting } from "./deleting.ts";
import { createEditing } from "./editing.tsx";
import { createFar } from "./far.ts";
import { createHappenings } from "./happenings.tsx";
import { createHearing } from "./hearing.ts";
import { createHolding } from "./holding.tsx";
import { createImages } from "./images.tsx";
import { createKeyboardInset } from "./keyboard_inset.ts";
import { createMarks } from "./marks.tsx";
import { createMentioning } from "./mentioning.tsx";
import { createMenu } from "./menu.tsx";
import { createNaming } from "./naming.tsx";
import { createNotices } from "./notices.tsx";
import { createPeople } from "./people.tsx";
import { createPinning } from "./pinning.ts";
import { createQuotes } from "./quotes.tsx";
import { createReacting } from "./reacting.tsx";
import { createReadingMarks } from "./reading_marks.tsx";
import { createReceivedReports } from "./received_reports.tsx";
import { createRefusals } from "./refusals.tsx";
import { createReplying } from "./replying.tsx";
import { createReporting } from "./reporting.ts";
import { createSanctioning } from "./sanctioning.ts";
import { createSaying } from "./saying.tsx";
import { createSearch } from "./search.tsx";
import { createShuttingOut } from "./shutting_out.tsx";
import { createSteering } from "./steering.tsx";
import { createTombstones } from "./tombstones.ts";
import { createTypingLine } from "./typing.tsx";

/** The extras of `conversation`. */
export function createExtensions(
  conversation: Conversation,
  kit: Kit,
): readonly Extension[] {
  const [naming, namingKit] = createNaming(conversation, kit);
  const [saying, sayingKit] = createSaying(conversation, namingKit);
  const [asking, extrasKit] = createAsking(conversation, sayingKit);
  return [
    naming,
    saying,
    asking,
    // Keys go to the first that wants them.
    ...[
      createComposing,
      createCounting,
      createHearing,
      createCompletion,
      createEditing,
      createReplying,
      createMentioning,
      createQuotes,
      createBigEmoji,
      createReacting,
      createCopying,
      createReporting,
      createPinning,
      createDeleting,
      createAttaching,
      createImages,
      createReadingMarks,
      createSearch,
      // The search gets out of the way first.
      createFar,
      createKeyboardInset,
      createTypingLine,
      createRefusals,
      createSanctioning,
      createMarks,
      createHappenings,
      createTombstones,
      createReceivedReports,
      createNotices,
      createChallenge,
      createHolding,
      createShuttingOut,
      createSteering,
      createPeople,
      createMenu,
    ].map((create) => create(conversation, extrasKit)),
  ];
}
