import { InputError } from "./errors";
import type { Place } from "./findings/types";
import { type Reading, type ReadingOptions, readInventories } from "./inventories";
import { compileText } from "./inventory/pattern";
import { forUser } from "./inventory/policy-document";
import type { Inventory, Principal, Statement } from "./inventory/types";
import { type Answer, answer } from "./judge/answer";
import type { Document } from "./read/document";
import { parted } from "./read/pointer";

/** A place of a document; what AWS manages has none. */
interface Placed {
  location?: Place;
}

/** The answer to `can`, over all scenarios. */
export interface Decision extends Answer {
  statements: (Answer["statements"][number] & Placed)[];
  unread: (Answer["unread"][number] & Placed)[];
  /** Parameter values that decide otherwise; absent when all scenarios agree. */
  differs?: Record<string, string>[];
}

/**
 * Asks the IAM decision itself: may this role, user or group do this action on this resource, by what the documents show?
 * `principal` is a logical id (with its stack, `Stack/Id`, where several have it), Terraform address, name or ARN; `action`
 * like `lambda:InvokeFunction`; `resource` an ARN, the address of a function, key, role, user or group, or `*` for actions
 * that are on no resource. Throws InputError: DG041 when no such principal or resource is in the documents, DG050 for what
 * is no action.
 */
export function can(
  documents: readonly Document[],
  principal: string,
  action: string,
  resource: string,
  options: ReadingOptions,
): Decision {
  const nothing = (problem: string) => new InputError("DG041", problem, documents[0]?.file ?? "-");
  if (!/^[a-z0-9-]+:[a-z0-9]+$/i.test(action)) {
    throw new InputError("DG050", `${action} is no action: write one, as lambda:InvokeFunction`, "can");
  }
  const readings = documents.map((document) => readInventories(document, options));
  const asked = readings
    .flatMap(({ units }) => units.flat())
    .flatMap(({ inventory, when }) => {
      const found = findPrincipal(inventory, principal);
      return found === undefined ? [] : [{ inventory, when, found, on: arnOf(resource, inventory) }];
    });
  if (asked.length === 0) throw nothing(`${principal} is no role, user or group in these documents${those(readings)}`);
  const answers = asked.flatMap(({ inventory, when, found, on }) => {
    if (on === undefined) return [];
    const question = { principal: found.address, action, resource: compileText(on, new Set()) };
    return [{ when, answer: answer({ ...asReadFor(found, inventory), questions: [question] }) }];
  });
  const [first, ...others] = answers;
  if (first === undefined) throw nothing(`${resource} is no ARN, and nothing in these documents that has one`);
  const differing = others.filter((other) => other.answer.decision !== first.answer.decision);
  const opened = new Map(readings.flatMap(({ documents: each }) => [...each]));
  const told = placed(first.answer, opened);
  if (differing.length === 0) return told;
  return { ...told, decision: "unknown", differs: [first, ...differing].map(({ when }) => ({ ...when })) };
}

/** Those that there are, as far as they fit in a line. */
function those(readings: readonly Reading[]): string {
  const declared = readings
    .flatMap(({ units }) => units.flat())
    .flatMap(({ inventory }) => inventory.principals.filter(({ external }) => !external));
  const addresses = [...new Set(declared.map(({ address }) => address))].sort();
  const more = addresses.length > 5 ? [`${addresses.length - 5} more`] : [];
  return addresses.length === 0 ? "" : `: there is ${[...addresses.slice(0, 5), ...more].join(", ")}`;
}

/** With a line and column for each `file#/pointer`. */
function placed(answered: Answer, documents: ReadonlyMap<string, Document>): Decision {
  const place = <T extends { at: string }>(one: T): T & Placed => {
    const { file, pointer } = parted(one.at) ?? { file: "", pointer: "" };
    const document = documents.get(file);
    return document === undefined ? one : { ...one, location: { file, ...document.locate(pointer) } };
  };
  return { ...answered, statements: answered.statements.map(place), unread: answered.unread.map(place) };
}

function findPrincipal({ principals }: Inventory, wanted: string): Principal | undefined {
  const name = /:(?:role|user|group)\/(?:.*\/)?([^/]+)$/.exec(wanted)?.[1] ?? wanted;
  return (
    principals.find(({ address }) => address === wanted) ??
    principals.find(({ arn }) => arn.text === wanted) ??
    principals.find((principal) => principal.name === name) ??
    inOneStack(principals, wanted)
  );
}

function arnOf(resource: string, { functions, keys, principals }: Inventory): string | undefined {
  if (resource === "*" || resource.startsWith("arn:")) return resource;
  const things = [...functions, ...keys, ...principals];
  return (things.find(({ address }) => address === resource) ?? inOneStack(things, resource))?.arn.text;
}

/** The one of this logical id, in whatever stack; undefined where several have it. */
function inOneStack<T extends { address: string }>(things: readonly T[], logicalId: string): T | undefined {
  const found = things.filter(({ address }) => address.endsWith(`/${logicalId}`));
  return found.length === 1 ? found[0] : undefined;
}

/** Policies say `${aws:username}` of whoever asks. */
function asReadFor({ kind, name }: Principal, inventory: Inventory): Inventory {
  if (kind !== "user") return inventory;
  const read = <T extends { statements: Statement[] }>(policies: T[]): T[] =>
    policies.map((policy) => ({
      ...policy,
      statements: policy.statements.map((statement) => forUser(statement, name)),
    }));
  return {
    ...inventory,
    policies: read(inventory.policies),
    resourcePolicies: read(inventory.resourcePolicies),
    keys: read(inventory.keys),
  };
}
