import { InputError } from "../errors";
import type { LocatedFinding, Waiver } from "../findings/types";
import { isMap, plainPart, step } from "../inventory/part";
import type { Document } from "../read/document";
import { faultIn } from "./waiver";

/**
 * Waivers written at a resource of a template, in YAML or JSON, and through SAM and CDK, which leave Metadata alone:
 *
 *     Metadata:
 *       durable-guard:
 *         waive:
 *           - {rule: DUR003, reason: shared by both regions until the split, expires: 2027-03-31}
 *
 * A waiver covers findings whose text stands at its resource, also in what SAM generates from it; `standsAt` says whether
 * one does, given the pointer of the resource (default: it stands in the document, there or below). Throws InputError
 * DG052 at an entry without a rule, reason or date.
 */
export function sourceWaivers(document: Document, standsAt: StandsAt = inDocument(document)): Waiver[] {
  const resources = isMap(document.value) ? document.value["Resources"] : undefined;
  if (!isMap(resources)) return [];
  return Object.entries(resources).flatMap(([logicalId, resource]) => {
    const metadata = isMap(resource) ? resource["Metadata"] : undefined;
    const own = isMap(metadata) ? metadata["durable-guard"] : undefined;
    if (own === undefined) return [];
    const pointer = step("/Resources", logicalId);
    const list = plainPart(own, step(step(pointer, "Metadata"), "durable-guard")).field("waive");
    if (list.kind !== "list") throw wrong("waive must be a list of waivers", document, list.at);
    return list.items().map((entry): Waiver => {
      const read = (name: string) => {
        const part = entry.field(name);
        if (part.kind === "text" && part.text !== "") return part.text;
        throw wrong(`a waiver needs ${name}`, document, entry.at);
      };
      const [rule, reason, expires] = [read("rule"), read("reason"), read("expires")];
      const fault = faultIn({ rule, reason, expires });
      if (fault !== undefined) throw wrong(fault, document, entry.at);
      const owner = entry.field("owner").text;
      return {
        rule,
        reason,
        expires,
        ...(owner === "" ? {} : { owner }),
        location: { file: document.file, ...document.locate(entry.at) },
        covers: (finding) => standsAt(finding, pointer, logicalId),
      };
    });
  });
}

/** Does a finding stand at the resource of this pointer and logical id? */
export type StandsAt = (finding: LocatedFinding, pointer: string, logicalId: string) => boolean;

function inDocument({ file }: Document): StandsAt {
  return (finding, pointer, logicalId) =>
    finding.location.file === file &&
    (finding.pointer === pointer || finding.pointer.startsWith(`${pointer}/`) || finding.address === logicalId);
}

function wrong(message: string, document: Document, pointer: string): InputError {
  return new InputError("DG052", message, document.file, document.locate(pointer));
}
