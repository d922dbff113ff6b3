import type { Settings } from "../inventory/types";

/** What the rules assume when nobody says otherwise (`rules.md`). */
export const DEFAULT_SETTINGS: Settings = {
  leastPrivilege: "recommended",
  wildcards: "recommended",
  audit: "optional",
  accounts: [],
  sensitiveTags: [],
  serdesKeys: [],
  deployers: [],
  durableRuntimes: [],
};
