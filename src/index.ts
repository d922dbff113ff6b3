/** The library: paths or documents in, findings out; no side effects. */
export { type CheckOptions, check, type FileReport, type Input, type LocatedFinding, type Report } from "./check";
export { ERRORS, type ErrorCode, InputError, type Position } from "./errors";
export { inventoriesOf, type ReadingOptions } from "./inventories";
export type * from "./inventory/types";
export { catalogue, type Level, type RuleEntry, type Severity } from "./judge/catalogue";
export type { Evidence, Finding, Paste, Verdict } from "./judge/finding";
export { classify, type Kind } from "./read/classify";
export { type Document, readDocument } from "./read/document";
export { DEFAULT_SETTINGS } from "./settings/defaults";
