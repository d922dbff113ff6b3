/**
 * `durable-guard/cdk`: fails `cdk synth` with what is found in the app's own templates.
 *
 *     Validations.of(app).addPlugins(new DurableGuard());
 */
import { dirname, join } from "node:path";
import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolatingResource,
  PolicyViolation,
} from "aws-cdk-lib";
import { version } from "../../package.json";
import { type CheckOptions, check } from "../check";
import type { LocatedFinding } from "../findings/types";
import { catalogue } from "../judge/catalogue";
import { steps } from "../read/pointer";
import { standing, type UnknownPolicy } from "../report/outcome";

export interface DurableGuardOptions
  extends Pick<CheckOptions, "settings" | "levels" | "parameters" | "defaultsOnly" | "partition" | "ignoreConstruct"> {
  /** UTC date, `YYYY-MM-DD`, that runtimes are judged by (default: today). */
  today?: string;
  /** What an undecided deny rule counts as (default: warn). */
  unknown?: UnknownPolicy;
}

/**
 * A policy validation plugin of CDK (`IPolicyValidationPlugin`, aws-cdk-lib 2.276). Violations are errors, which fail the
 * synthesis, and warnings are warnings; CDK's own `Validations.of(construct).acknowledge` takes their ids.
 */
export class DurableGuard implements IPolicyValidationPlugin {
  readonly name = "durable-guard";
  readonly version = version;
  readonly ruleIds = catalogue().map(({ id }) => id);
  private readonly options: DurableGuardOptions;

  constructor(options: DurableGuardOptions = {}) {
    this.options = options;
  }

  /** Called by CDK when the assembly is written. Throws when that cannot be read, which CDK reports as a failure. */
  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const { unknown = "warn", today = new Date().toISOString().slice(0, 10), ...options } = this.options;
    const report = check(manifestsOf(context.templatePaths), { ...options, today });
    const [error] = report.errors;
    if (error !== undefined) throw error;
    const violations = new Map<string, PolicyViolation>();
    for (const finding of report.files.flatMap(({ findings }) => findings)) {
      const stands = standing(finding, unknown);
      if (stands === "counted") continue;
      const violation = violationOf(finding, stands === "failure" ? "error" : "warning");
      const id = JSON.stringify([violation.ruleName, violation.severity, violation.description]);
      const known = violations.get(id);
      if (known === undefined) violations.set(id, violation);
      else known.violatingResources.push(...violation.violatingResources);
    }
    const found = [...violations.values()];
    return { success: found.every(({ severity }) => severity !== "error"), violations: found };
  }
}

/** The assemblies that templates are in, without those that are stages of another. */
function manifestsOf(templates: readonly string[]): string[] {
  const folders = [...new Set(templates.map((template) => dirname(template)))];
  return folders
    .filter((folder) => !folders.some((other) => other !== folder && dirname(folder) === other))
    .map((folder) => join(folder, "manifest.json"));
}

function violationOf(finding: LocatedFinding, severity: "error" | "warning"): PolicyViolation {
  return {
    ruleName: finding.rule,
    description: finding.when === undefined ? finding.message : `${finding.message} (when ${finding.when})`,
    fix: finding.remediation,
    severity,
    ruleMetadata: { title: finding.title, severity: finding.severity, url: finding.url },
    violatingResources: [resourceOf(finding)],
  };
}

/** CDK knows resources by template and logical id, and leads them back to constructs. */
function resourceOf({ location, pointer }: LocatedFinding): PolicyViolatingResource {
  const [section, logicalId, ...inside] = steps(pointer);
  const template = { templatePath: location.file };
  if (section !== "Resources" || logicalId === undefined) return { ...template, locations: [steps(pointer).join(".")] };
  return { ...template, resourceLogicalId: logicalId, locations: inside.length === 0 ? [] : [inside.join(".")] };
}
