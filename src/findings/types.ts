import type { CodePlace } from "../cdk/constructs";
import type { InputError, Position } from "../errors";
import type { Unresolved } from "../inventory/types";
import type { Finding } from "../judge/finding";
import type { Document } from "../read/document";

/** What `check` gives, `waive` sorts and `report/` writes. */
export interface Report {
  files: FileReport[];
  /** Inputs that cannot be judged. */
  errors: InputError[];
  /** What has to be looked at beside findings. */
  notices: Notice[];
  /** Files that a search found and that are something else. */
  skipped: string[];
  /** Files that a search found and that others bring in: they are judged there, and not on their own. */
  parts: string[];
}

/** What there is to say about one template or plan. */
export interface FileReport {
  file: string;
  format: Document["format"];
  kind: "cloudformation" | "terraform";
  findings: LocatedFinding[];
  /** Findings that do not count: waived, or in the baseline. */
  exceptions: Exception[];
  /** Waivers written at resources of the file. */
  waivers: Waiver[];
  /** Addresses each rule looked at, by rule id. */
  examined: ReadonlyMap<string, string[]>;
  functions: number;
  /** Those that are durable for certain, in one scenario at least. */
  durableFunctions: number;
  /** Parts that could not be read, with the reason. */
  unresolved: (Unresolved & { location: Place })[];
  /** How many findings stand at constructs that are left out, if there are any. */
  leftOut?: number;
  /** How many are left out because the plan changes nothing that they are about, if there are any. */
  unchanged?: number;
}

/** A place in an input file. */
export interface Place extends Position {
  file: string;
}

/** A finding with its place in the source. */
export interface LocatedFinding extends Finding {
  location: Place;
  /** JSON pointer into the document that was judged: the file of `location`, or the plan whose source that is. */
  pointer: string;
  /** The same for the same finding in another version of the file (`fingerprint.ts`). */
  fingerprint: string;
  /** The source around it, without secrets; absent unless asked for. */
  excerpt?: ExcerptLine[];
  /** Path of the CDK construct it stands in (`aws:cdk:path`). */
  construct?: string;
  /** Where the app makes that construct; absent without a trace in the assembly. */
  source?: CodePlace;
}

/** A line of source. Without a text it may hold a secret; without a number it is written out from a longer line. */
export interface ExcerptLine {
  number?: number;
  text?: string;
  marked: boolean;
}

/** An accepted finding, with where that is written. */
export interface Waiver {
  rule: string;
  reason: string;
  /** Last day it holds, UTC, `YYYY-MM-DD`. */
  expires: string;
  owner?: string;
  location: Place;
  /** Is it about this file at all? Absent: about every file. */
  about?(file: string): boolean;
  /** Does it speak of this finding? The rule has been compared already. */
  covers(finding: LocatedFinding): boolean;
}

/** A finding that does not count, and why. */
export interface Exception {
  finding: LocatedFinding;
  by: "waiver" | "baseline";
  reason: string;
  expires?: string;
  owner?: string;
  /** Where the waiver is written. */
  location?: Place;
}

export type Notice = WaiverNotice | InputNotice;

/** Something about an input itself that no finding can say. */
export interface InputNotice {
  /** `partial plan`: it failed or is limited. `source`: a file of the Terraform source is not used. */
  kind: "partial plan" | "source";
  text: string;
  location: Place;
}

/** A waiver that has expired or meets no finding. */
export interface WaiverNotice {
  kind: "expired" | "stale";
  rule: string;
  reason: string;
  expires: string;
  location: Place;
}
