import { assemble } from "../inventory/assemble";
import { type Draft, emptyDraft } from "../inventory/draft";
import { isMap } from "../inventory/part";
import type { Inventory, Settings } from "../inventory/types";
import { addApis } from "./api";
import { addAwscc } from "./awscc";
import { addFunctions } from "./functions";
import { addIam } from "./iam";
import { addInvocations } from "./invocations";
import { addKeys } from "./kms";
import { addLogs } from "./logs";
import { addNetwork } from "./network";
import { addPermissions } from "./permissions";
import { mapOf, readPlan } from "./plan";
import { resourceChanges } from "./touches";
import { field } from "./values";
import { View } from "./view";

/** What planInventory needs beside the plan. */
export interface PlanOptions {
  /** UTC date, `YYYY-MM-DD`. */
  today: string;
  settings: Settings;
  /** The deployment's own account, Region and partition, where the user says them. */
  account?: string | undefined;
  region?: string | undefined;
  partition?: string | undefined;
}

/**
 * Builds the inventory of a Terraform or OpenTofu plan in JSON (`terraform show -json PLAN`), as it will be once the
 * plan is applied: what is destroyed is left out, what exists and stays is in.
 *
 * @throws InputError DG030 for a state, a log or anything else that is no plan; DG031 for an unsupported format version
 */
export function planInventory(document: { file: string; value: unknown }, options: PlanOptions): Inventory {
  const plan = readPlan(document.value, document.file);
  const view = new View(plan, options);
  const draft = emptyDraft("terraform", view.deployment, view.identities);
  addFunctions(view, draft);
  addAwscc(view, draft);
  addIam(view, draft);
  addKeys(view, draft);
  addPermissions(view, draft);
  addInvocations(view, draft);
  addApis(view, draft);
  addLogs(view, draft);
  addNetwork(view, draft);
  addParameters(view, draft);
  addUnresolved(view, draft);
  draft.resources = view.resources.all
    .filter(({ mode }) => mode === "managed")
    .map(({ address, at, type }) => ({ address, at, type }));
  return { ...assemble(draft, options.settings, options.today), changes: resourceChanges(view) };
}

/** The root module's variables, with the values of this run. */
function addParameters(view: View, draft: Draft): void {
  const declared = mapOf(view.configuration.root.module["variables"]);
  for (const [name, variable] of Object.entries(view.plan.variables)) {
    const value = mapOf(variable)["value"];
    draft.parameters.push({
      address: `var.${name}`,
      at: `${view.plan.file}#/variables/${name}/value`,
      name,
      ...field("value", typeof value === "string" ? { known: value } : undefined),
      secret: isMap(declared[name]) && declared[name]["sensitive"] === true,
    });
  }
}

/** What the plan itself leaves open: it failed, is partial, or plans nothing. */
function addUnresolved(view: View, draft: Draft): void {
  const { plan } = view;
  const at = (pointer: string) => ({ address: "plan", at: `${plan.file}#${pointer}` });
  const isPartial = (pointer: string, why: string) =>
    draft.unresolved.push({ ...at(pointer), why: `${why}: what is not in it is not judged`, partial: true });
  if (plan.errored) isPartial("/errored", "planning failed, and the plan holds only what was planned before");
  else if (plan.complete === false) isPartial("/complete", "the plan is partial (-target, or deferred changes)");
  else if (view.isPartial()) isPartial("/resource_changes", "the plan leaves out resources that are written");
  if (plan.changes === undefined && plan.hasDrift) {
    const why = "a refresh-only plan changes nothing; what exists now is judged";
    draft.unresolved.push({ ...at("/resource_drift"), why });
  }
  if (!view.isPartial()) return;
  for (const { address, at } of view.leftOut())
    draft.unresolved.push({ address, at, why: "it is written and not planned" });
}
