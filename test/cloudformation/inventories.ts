import { type TemplateOptions, templateInventories } from "../../src/cloudformation";
import { OWN } from "../../src/inventory/text";
import type { Inventory } from "../../src/inventory/types";
import { readDocument } from "../../src/read/document";
import { DEFAULT_SETTINGS } from "../../src/settings/defaults";

/** Inventories of a template written as YAML, one per scenario. */
export function scenariosOf(yaml: string, options: Partial<TemplateOptions> = {}) {
  const { value } = readDocument(new TextEncoder().encode(yaml), "t.yaml");
  return templateInventories("t.yaml", value, {
    settings: DEFAULT_SETTINGS,
    today: "2026-11-22",
    deployment: { partition: OWN.partition, region: OWN.region, account: OWN.account },
    parameters: {},
    defaultsOnly: false,
    nested: () => undefined,
    ...options,
  });
}

/** The inventory of a template without conditions. */
export function inventoryOf(yaml: string, options: Partial<TemplateOptions> = {}): Inventory {
  const [first, ...others] = scenariosOf(yaml, options);
  if (first === undefined || others.length > 0)
    throw new Error(`${others.length + 1} scenarios where one was expected`);
  return first.inventory;
}
