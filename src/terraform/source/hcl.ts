/**
 * What of a Terraform file leads back from a plan to its text: blocks, attributes and comments with their offsets (UTF-16
 * units). Values are not kept, so nothing secret is.
 */
export interface HclFile {
  blocks: HclBlock[];
  /** Those outside of blocks. */
  comments: HclComment[];
  /** Where the first thing stands that is no HCL. What is around it says nothing for certain: there are no blocks then. */
  fault?: number;
}

/** A block of the file itself: `resource "aws_iam_role" "this" { … }`. */
export interface HclBlock {
  type: string;
  labels: string[];
  body: HclNode;
  /** Those inside it. */
  comments: HclComment[];
}

/** A block, an attribute or a value inside one. */
export interface HclNode {
  start: number;
  /** Attributes, blocks or members of an object, by name; blocks may repeat. */
  members: ReadonlyMap<string, HclNode[]>;
  /** Items, where the list in the plan is this one, item for item: inside `jsonencode`. */
  items?: HclNode[];
  /** A dynamic block: how often it stands in the plan, its text does not say. */
  dynamic?: true;
}

/** A comment with the marks around it. */
export interface HclComment {
  start: number;
  text: string;
}

/** Parses the text of a `.tf` file; never fails. */
export type HclParser = (text: string) => HclFile;

/** What `chunk.ts` exports. */
export interface HclChunk {
  loadParser(): Promise<HclParser>;
}
