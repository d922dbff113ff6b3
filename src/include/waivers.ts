import type { TemplateSource } from "../cloudformation/stack";
import { locate } from "../cloudformation/template";
import type { Waiver } from "../findings/types";
import type { Document } from "../read/document";
import { sourceWaivers } from "../waive/source-waivers";

/**
 * Waivers at the resources of a synthesized template, wherever they were written: beside an include or in what is
 * included. They cover findings at any part of the resource, whatever file that is from.
 */
export function synthesizedWaivers(
  { file, value, origins = new Map() }: TemplateSource,
  documents: ReadonlyMap<string, Document>,
): Waiver[] {
  const template = { file, body: {}, origins };
  const written: Document = {
    file,
    format: documents.get(file)?.format ?? "yaml",
    value,
    line: () => undefined,
    locate: (pointer) => {
      const at = locate(template, pointer);
      const from = at.slice(0, at.indexOf("#"));
      const position = documents.get(from)?.locate(at.slice(from.length + 1)) ?? { line: 1, column: 1 };
      // A place in the file that it comes from.
      return { file: from, ...position };
    },
  };
  return sourceWaivers(written, (finding, pointer, logicalId) => {
    if (finding.address === logicalId) return true;
    return [...origins].some(([part, at]) => (part === pointer || part.startsWith(`${pointer}/`)) && at === finding.at);
  });
}
