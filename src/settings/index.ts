/** Everything that reads a settings file. */
export { settingsWaivers } from "../waive/settings-waivers";
export { levelsFor, ruleParameters } from "./apply";
export { readSettings } from "./read";
