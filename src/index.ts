/** The library: paths or documents in, findings out; no side effects. */
export { can, type Decision } from "./can";
export type { CodePlace, Construct, Constructs } from "./cdk/constructs";
export {
  type CheckOptions,
  check,
  type FileReport,
  type Input,
  type LocatedFinding,
  type Notice,
  type Report,
} from "./check";
export { ERRORS, type ErrorCode, InputError, type Position } from "./errors";
export { inventoriesOf, type Reading, type ReadingOptions, readInventories } from "./inventories";
export type * from "./inventory/types";
export { catalogue, findRule, type Level, type RuleEntry, type Severity } from "./judge/catalogue";
export type { Evidence, Finding, Paste, Verdict } from "./judge/finding";
export { classify, type Kind } from "./read/classify";
export { type Document, readDocument } from "./read/document";
export { type Found, searchFiles } from "./read/search";
export { exitCode, type Outcome, outcome, type UnknownPolicy } from "./report/outcome";
export { levelsFor, ruleParameters } from "./settings/apply";
export { DEFAULT_SETTINGS } from "./settings/defaults";
export type { Override, SettingsFile, WaiverEntry } from "./settings/file";
export { readSettings } from "./settings/read";
export { readSource, type TerraformSource } from "./terraform/source/source";
export { type Baseline, baselineOf, readBaseline, writeBaseline } from "./waive/baseline";
export { settingsWaivers } from "./waive/settings-waivers";
export { type Exception, type WaiveOptions, waive } from "./waive/waive";
export type { Waiver } from "./waive/waiver";
