import { dirname, join } from "node:path";
import type { Position } from "../errors";
import { isMap, type Part } from "../inventory/part";
import type { Document } from "../read/document";
import { steps } from "../read/pointer";
import type { Assembly } from "./assembly";

/** A place in an app's own code, as its stack trace names it. */
export interface CodePlace extends Position {
  file: string;
}

/** What a resource of a template is in the app that made the template. */
export interface Construct {
  /** `aws:cdk:path`: `Stack/Orders/Resource`. */
  path: string;
  /** Where the app makes it, or sets the property that is asked for. */
  source?: CodePlace;
}

interface Note {
  logicalId: string | undefined;
  created: CodePlace | undefined;
  /** Where properties were set, by name; noted by `cdk synth --debug` only. */
  assigned: ReadonlyMap<string, CodePlace>;
}

/**
 * Leads from templates back to constructs: by `aws:cdk:path` in a resource's Metadata, else by what the assembly notes
 * (`aws:cdk:logicalId`, `aws:cdk:creationStack`, `aws:cdk:templateFile` of `@aws-cdk/cloud-assembly-schema`).
 */
export class Constructs {
  private readonly notes = new Map<string, Note>();
  private readonly paths = new Map<string, string>();

  constructor(assemblies: readonly Assembly[]) {
    for (const { manifest, stacks } of assemblies) {
      for (const { template, metadata } of stacks) {
        const entries = metadata.flatMap((part) => part.fields());
        const templates = new Map(entries.flatMap(([path, list]) => templateOf(path, list, manifest)));
        for (const [path, list] of entries) {
          const note = readNote(list);
          this.notes.set(path.slice(1), note);
          if (note.logicalId === undefined) continue;
          this.paths.set(key(nearest(path, templates) ?? template.file, note.logicalId), path.slice(1));
        }
      }
    }
  }

  /** The construct that a pointer into a template stands in; undefined for templates of other origin. */
  find({ file, value }: Document, pointer: string): Construct | undefined {
    const [section, logicalId, , property] = steps(pointer);
    if (section !== "Resources" || logicalId === undefined) return undefined;
    const path = pathInMetadata(value, logicalId) ?? this.paths.get(key(file, logicalId));
    if (path === undefined) return undefined;
    const note = this.notes.get(path);
    const source = note?.assigned.get(property ?? "") ?? note?.created;
    return source === undefined ? { path } : { path, source };
  }
}

function pathInMetadata(template: unknown, logicalId: string): string | undefined {
  const resources = isMap(template) ? template["Resources"] : undefined;
  const resource = isMap(resources) && Object.hasOwn(resources, logicalId) ? resources[logicalId] : undefined;
  const metadata = isMap(resource) ? resource["Metadata"] : undefined;
  const path = isMap(metadata) ? metadata["aws:cdk:path"] : undefined;
  return typeof path === "string" ? path : undefined;
}

const key = (file: string, logicalId: string) => `${file} ${logicalId}`;

function templateOf(path: string, list: Part, manifest: Document): [path: string, file: string][] {
  return entriesOf(list, "aws:cdk:templateFile").map((entry) => [
    path,
    join(dirname(manifest.file), entry.field("data").text),
  ]);
}

/** A nested stack's resources stand below its construct. */
function nearest(path: string, templates: ReadonlyMap<string, string>): string | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) {
    const file = templates.get(path.slice(0, end));
    if (file !== undefined) return file;
  }
  return undefined;
}

function readNote(list: Part): Note {
  const [named] = entriesOf(list, "aws:cdk:logicalId");
  const [creation] = entriesOf(list, "aws:cdk:creationStack");
  const assigned = entriesOf(list, "aws:cdk:propertyAssignment").flatMap((entry): [string, CodePlace][] => {
    const place = ownPlace(entry.field("data").field("stackTrace"));
    return place === undefined ? [] : [[entry.field("data").field("propertyName").text, place]];
  });
  return {
    logicalId: named?.field("data").text,
    created: (creation && ownPlace(creation.field("data"))) ?? (named && ownPlace(named.field("trace"))),
    assigned: new Map(assigned),
  };
}

function entriesOf(list: Part, type: string): Part[] {
  return list.items().filter((entry) => entry.field("type").text === type);
}

/** The first frame in code that is neither Node's nor a library's: `new Orders (/app/lib/orders.ts:12:5)`. */
function ownPlace(trace: Part): CodePlace | undefined {
  for (const { text } of trace.items()) {
    const [, file, line, column] =
      /(?:^|[( ])((?:file:\/\/)?(?:[A-Za-z]:)?[^():]+):([0-9]+):([0-9]+)\)?$/.exec(text) ?? [];
    if (file === undefined || /[\\/]node_modules[\\/]|^node:|^internal[\\/]/.test(file) || !/[\\/]/.test(file))
      continue;
    return { file: file.replace(/^file:\/\//, ""), line: Number(line), column: Number(column) };
  }
  return undefined;
}
