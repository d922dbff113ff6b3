import { join } from "node:path";
import { InputError } from "../errors";
import { type Part, plainPart } from "../inventory/part";
import { classify } from "../read/classify";
import type { Document } from "../read/document";
import type { NearbyDocuments } from "../read/nearby";

/** A stack of an assembly. */
export interface AssemblyStack {
  /** The artifact's id, unique in its assembly. */
  id: string;
  /** The name it is deployed under. */
  name: string;
  template: Document;
  /** What the app settles of where it goes; the rest is left to whoever deploys it. */
  account?: string;
  region?: string;
  parameters: Record<string, string>;
  /** Ids of the stacks of the assembly that are deployed before it. */
  dependencies: string[];
  /** What the app noted about constructs: maps of entries by construct path, which begins with a slash. */
  metadata: Part[];
}

/** The app itself, or one stage of it: stacks that may refer to each other. */
export interface Assembly {
  manifest: Document;
  stacks: AssemblyStack[];
  /** Files by the hash in the URL that templates know them by; templates of nested stacks are among them. */
  assets: ReadonlyMap<string, string>;
}

/** Stages in stages beyond this are not followed. */
const DEPTH = 32;

/**
 * Reads what `cdk synth` writes (`@aws-cdk/cloud-assembly-schema`): the assembly of a `manifest.json` and those of its
 * stages. Throws InputError DG024 where it is not as the schema has it, and for a template that is not there.
 */
export function readAssemblies(manifest: Document, nearby: NearbyDocuments, depth = 0): Assembly[] {
  const artifacts = plainPart(manifest.value, "").field("artifacts").fields();
  const stacks = artifacts
    .filter(([, artifact]) => artifact.field("type").text === "aws:cloudformation:stack")
    .map(([id, artifact]) => readStack(id, artifact, manifest, nearby));
  const stages = artifacts.filter(([, artifact]) => artifact.field("type").text === "cdk:cloud-assembly");
  return [
    { manifest, stacks: withDependencies(stacks, artifacts), assets: assetsOf(artifacts, manifest, nearby) },
    ...stages.flatMap(([, artifact]) => {
      const folder = textOf(artifact.field("properties").field("directoryName"), manifest);
      const inner = opened(join(folder, "manifest.json"), artifact, manifest, nearby);
      if (depth >= DEPTH || classify(inner.value) !== "cdk assembly") {
        throw malformed(manifest, artifact.at, "the directory of this stage holds no assembly");
      }
      return readAssemblies(inner, nearby, depth + 1);
    }),
  ];
}

function readStack(id: string, artifact: Part, manifest: Document, nearby: NearbyDocuments): AssemblyStack {
  const properties = artifact.field("properties");
  const template = opened(textOf(properties.field("templateFile"), manifest), artifact, manifest, nearby);
  // A stack with nothing in it has a template with nothing in it.
  const isTemplate = ["cloudformation", "cfn-include"].includes(classify(template.value));
  if (!isTemplate && JSON.stringify(template.value) !== "{}") {
    throw malformed(manifest, artifact.at, "the template of this stack is none");
  }
  const name = properties.field("stackName");
  return {
    id,
    name: name.kind === "text" ? name.text : id,
    template,
    ...environment(artifact.field("environment").text),
    parameters: Object.fromEntries(
      properties
        .field("parameters")
        .fields()
        .map(([parameter, value]) => [parameter, value.text]),
    ),
    dependencies: texts(artifact.field("dependencies")),
    metadata: metadataOf(artifact, manifest, nearby),
  };
}

/** `aws://ACCOUNT/REGION`, with `unknown-account` and `unknown-region` for what the app leaves open. */
function environment(text: string): Pick<AssemblyStack, "account" | "region"> {
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(text) ?? [];
  return {
    ...(account === undefined || !/^[0-9]{12}$/.test(account) ? {} : { account }),
    ...(region === undefined || region.startsWith("unknown-") ? {} : { region }),
  };
}

/** In the manifest, or in a file beside it. */
function metadataOf(artifact: Part, manifest: Document, nearby: NearbyDocuments): Part[] {
  const beside = nearby.find(artifact.field("additionalMetadataFile").text, manifest.file);
  return [artifact.field("metadata"), plainPart(beside?.value, "")];
}

/** Asset manifests say which files go where; the URL of a nested template ends in the hash they are listed under. */
function assetsOf(
  artifacts: [string, Part][],
  manifest: Document,
  nearby: NearbyDocuments,
): ReadonlyMap<string, string> {
  const manifests = artifacts
    .filter(([, artifact]) => artifact.field("type").text === "cdk:asset-manifest")
    .map(([, artifact]) => nearby.find(artifact.field("properties").field("file").text, manifest.file));
  const files = manifests.flatMap((assets) => plainPart(assets?.value, "").field("files").fields());
  return new Map(files.map(([hash, asset]) => [hash, asset.field("source").field("path").text]));
}

/** Dependencies on other stacks only: assets and the tree are artifacts too. */
function withDependencies(stacks: AssemblyStack[], artifacts: [string, Part][]): AssemblyStack[] {
  const ids = new Set(stacks.map(({ id }) => id));
  const known = new Map(artifacts);
  return stacks.map((stack) => ({
    ...stack,
    dependencies: texts(known.get(stack.id)?.field("dependencies")).filter((id) => ids.has(id)),
  }));
}

function texts(part: Part | undefined): string[] {
  return part?.items().map((item) => item.text) ?? [];
}

function textOf(part: Part, manifest: Document): string {
  if (part.kind === "text" && part.text !== "") return part.text;
  throw malformed(manifest, part.at, "a file name is missing here");
}

function opened(location: string, artifact: Part, manifest: Document, nearby: NearbyDocuments): Document {
  const document = nearby.find(location, manifest.file);
  if (document !== undefined) return document;
  throw malformed(manifest, artifact.at, "a file this artifact names is not in the assembly; run `cdk synth` again");
}

function malformed(manifest: Document, pointer: string, what: string): InputError {
  return new InputError("DG024", what, manifest.file, manifest.locate(pointer));
}
