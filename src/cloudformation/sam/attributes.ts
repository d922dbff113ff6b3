import type { SamResource } from "./expansion";
import { type Fields, isAbsent } from "./values";

/** Attributes that every resource made from a SAM resource gets. */
export function passedAttributes(resource: Fields): Fields {
  return pick(resource, ["Condition", "DeletionPolicy", "UpdateReplacePolicy"]);
}

/** Attributes that stay with the resource that takes the SAM resource's place. */
export function keptAttributes(sam: SamResource): Fields {
  const names = ["DependsOn", "DeletionPolicy", "UpdatePolicy", "Condition", "UpdateReplacePolicy", "Metadata"];
  return pick(sam.resource, names);
}

function pick(resource: Fields, names: string[]): Fields {
  return Object.fromEntries(names.flatMap((name) => (isAbsent(resource[name]) ? [] : [[name, resource[name]]])));
}
