import type { SamResource } from "./expansion";
import { type Fields, getAtt, ref } from "./values";

/** What an event starts: the function itself (unqualified), or its alias when AutoPublishAlias is set. */
export interface Target {
  /** Logical id of the function or alias. */
  id: string;
  /** As `FunctionName` takes it. */
  name: Fields;
  arn: Fields;
  /** The ARN inside the text of an `Fn::Sub`. */
  arnInText: string;
  /** Condition and policies that what is made for it gets. */
  attributes: Fields;
}

/** The target of a function's events. */
export function target(sam: SamResource, aliasId: string | undefined): Target {
  const { attributes } = sam;
  if (aliasId !== undefined) {
    return { id: aliasId, name: ref(aliasId), arn: ref(aliasId), arnInText: `\${${aliasId}}`, attributes };
  }
  const arn = getAtt(sam.id, "Arn");
  return { id: sam.id, name: ref(sam.id), arn, arnInText: `\${${sam.id}.Arn}`, attributes };
}
