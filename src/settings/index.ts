/** Everything that reads a settings file. */

export { levelsFor, ruleParameters } from "./apply";
export { readSettings } from "./read";
export { settingsWaivers } from "./waivers";
