import packed from "../../policies/data/scopable-actions.json" with { type: "json" };
import { hasHole } from "./text";
import { matches } from "./wildcards";

/**
 * Which of these action patterns AWS can limit to resources: those for which the Service Authorization Reference names a
 * resource type. Given and returned as written. A pattern with wildcards counts when that is so for at least half of the
 * actions it takes in: `ec2:Describe*` is left out for the few that could be limited. Not counted, so that nobody is
 * accused on a guess: patterns with holes, and services and actions that are newer than the data.
 */
export function scopableActions(patterns: readonly string[]): string[] {
  return patterns.filter((pattern) => !hasHole(pattern) && isScopable(pattern.toLowerCase()));
}

const decided = new Map<string, boolean>();

function isScopable(pattern: string): boolean {
  const before = decided.get(pattern);
  if (before !== undefined) return before;
  const answer = decide(pattern);
  decided.set(pattern, answer);
  return answer;
}

function decide(pattern: string): boolean {
  const colon = pattern.indexOf(":");
  const service = colon === -1 ? pattern : pattern.slice(0, colon);
  // `*`, and anything in more than one service
  if (/[*?]/.test(service)) return true;
  if (NEEDS_ALL.has(pattern)) return false;
  if (packed.scopable.includes(service)) return true;
  const covered = actionsOf(service).filter(({ name }) => matches(pattern.slice(colon + 1), name));
  const limited = covered.filter(({ name, scopable }) => scopable && !NEEDS_ALL.has(`${service}:${name}`));
  return limited.length > 0 && limited.length * 2 >= covered.length;
}

/**
 * Actions that name a resource type and still have to be allowed on every resource: those on network interfaces that
 * Lambda makes (AWSLambdaVPCAccessExecutionRole and the SAM policy template VPCAccessPolicy), the answer of an Object
 * Lambda (S3 guide, "Writing Lambda functions for S3 Object Lambda"), and those whose resource is an extra that a call
 * need not use: a lexicon, a terminology, a model of one's own, a billing view.
 */
const NEEDS_ALL = new Set([
  "ec2:createnetworkinterface",
  "ec2:deletenetworkinterface",
  "ec2:assignprivateipaddresses",
  "ec2:unassignprivateipaddresses",
  "ec2:attachnetworkinterface",
  "ec2:detachnetworkinterface",
  "s3-object-lambda:writegetobjectresponse",
  "ce:getcostandusage",
  "ce:getdimensionvalues",
  "ce:gettags",
  "comprehend:detectentities",
  "polly:startspeechsynthesisstream",
  "polly:startspeechsynthesistask",
  "polly:synthesizespeech",
  "rekognition:detectmoderationlabels",
  "translate:starttexttranslationjob",
  "translate:translatedocument",
  "translate:translatetext",
]);

interface Action {
  name: string;
  scopable: boolean;
}

const services = new Map(Object.entries(packed.services));
const unpacked = new Map<string, Action[]>();

function actionsOf(service: string): Action[] {
  let actions = unpacked.get(service);
  if (actions === undefined) {
    const { scopable = "", unscopable = "" } = services.get(service) ?? {};
    actions = [...unpack(scopable, true), ...unpack(unscopable, false)];
    unpacked.set(service, actions);
  }
  return actions;
}

/** `keyDF link`: words with one noun share it and end in a capital for each verb; a word without capitals is an action. */
function unpack(words: string, scopable: boolean): Action[] {
  return (words.match(/\S+/g) ?? []).flatMap((word) => {
    const noun = word.replace(/[A-Z]+$/, "");
    if (noun === word) return [{ name: word, scopable }];
    return [...word.slice(noun.length)].map((letter) => ({
      name: `${packed.verbs[letter.charCodeAt(0) - 65] ?? ""}${noun}`,
      scopable,
    }));
  });
}
