/** Runs before anything is painted, so that no page flashes in the wrong colours or language. */
import { applyPreferences } from "./preferences.ts";

applyPreferences();
