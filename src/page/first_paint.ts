/**
 * Runs before anything is painted, so that no page flashes in the wrong colours or language
 * and no token stays in the address while the rest is loaded.
 */
import { projectInAddress } from "./address.ts";
import { applyPreferences } from "./preferences.ts";
import { takeToken } from "./token.ts";

applyPreferences();
const project = projectInAddress();
// What this script remembers ends with it: without storage the page's own takes the token.
if (project) takeToken(project, { mustKeep: true });
