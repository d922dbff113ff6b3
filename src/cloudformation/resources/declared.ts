import type { Draft } from "../../inventory/draft";
import type { Part } from "../../inventory/part";
import type { Located } from "../../inventory/types";
import type { Scope } from "../scope";

/** A resource of a template, its properties read in one scenario. */
export interface Declared extends Located {
  logicalId: string;
  type: string;
  properties: Part;
  /** An attribute beside Properties: `DeletionPolicy`, `Metadata`. */
  attribute(name: string): Part;
  /** Why it may not be there at all: its condition is not settled. */
  uncertain?: string;
  scope: Scope;
}

/** How each resource type goes into the draft. One table per area; `index.ts` puts them together. */
export type ResourceTable = Record<string, (declared: Declared, draft: Draft) => void>;

/** The canonical text of the resource itself: what `Ref`, or `Fn::GetAtt` of an attribute, gives. */
export function ownText(declared: Declared, attribute?: string): string {
  return declared.scope.reference(declared.logicalId, attribute);
}
