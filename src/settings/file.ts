import type { Level } from "../judge/catalogue";

/**
 * A settings file, `durable-guard.yaml`. The published JSON Schema is generated from this type, so its comments are what
 * an editor shows.
 */
export interface SettingsFile {
  /** Level of a rule by id: `deny` fails, `warn` does not, `off` is not looked at. */
  rules?: Record<string, Level>;
  /** What an undecided deny rule counts as. */
  unknown?: "fail" | "warn" | "ignore";
  /** Exit 1 for warnings and 2 for violations. */
  failOnWarn?: boolean;
  /**
   * Account the documents are deployed to.
   * @pattern ^[0-9]{12}$
   * @examples ["123456789012"]
   */
  account?: string;
  /**
   * Region the documents are deployed to.
   * @pattern ^[a-z]{2}(-[a-z]+)+-[0-9]+$
   * @examples ["eu-west-1"]
   */
  region?: string;
  /**
   * Partition the documents are deployed to.
   * @pattern ^aws[a-z-]*$
   * @examples ["aws-cn"]
   */
  partition?: string;
  /** `strict` accuses AWS's own managed policy of granting on `*` too (DUR003). */
  leastPrivilege?: "recommended" | "strict";
  /** `strict` accuses `type/*` resources too (WLD002). */
  wildcards?: "recommended" | "strict";
  /** `required` wants a trail with data events of functions in the documents (DUR015). */
  audit?: "optional" | "required";
  /** Accounts that are one's own beside the deployment's (DUR006, WLD006, LAM006). */
  accounts?: Account[];
  /** Tags, `name` or `name=value`, of functions whose state must be under a customer managed key (KMS008). */
  sensitiveTags?: string[];
  /** Keys that functions encrypt with by themselves: ARN, id or alias (KMS001, KMS002). */
  serdesKeys?: string[];
  /** Principals that may change functions: addresses, names or ARNs (WLD007). */
  deployers?: string[];
  /** Runtimes taken as able to run durable functions beside AWS's list (DUR011). */
  durableRuntimes?: string[];
  /** Other levels for files whose paths match; later entries win. */
  overrides?: Override[];
  /** Findings that are accepted, each with a reason and a date. */
  waivers?: WaiverEntry[];
}

/**
 * Account id, in quotes.
 * @pattern ^[0-9]{12}$
 * @examples ["123456789012"]
 */
export type Account = string;

export interface Override {
  /**
   * Paths relative to the settings file, with `*`, `**` and `?`.
   * @minItems 1
   */
  paths: string[];
  rules: Record<string, Level>;
}

/** An accepted finding. */
export interface WaiverEntry {
  /**
   * Rule id.
   * @pattern ^[A-Z]{3}[0-9]{3}$
   * @examples ["DUR003"]
   */
  rule: string;
  /** Address of the resource, with `*`; every one when it is left out. */
  address?: string;
  /**
   * Path of the file, relative to the settings file, with `*`, `**` and `?`; every one when it is left out. With it, the
   * waiver is called stale only where that file is looked at.
   */
  file?: string;
  /**
   * Why it is accepted.
   * @minLength 10
   */
  reason: string;
  /**
   * Last day it holds, UTC.
   * @pattern ^[0-9]{4}-[0-9]{2}-[0-9]{2}$
   * @examples ["2027-03-31"]
   */
  expires: string;
  /** Who answers for it. */
  owner?: string;
}
