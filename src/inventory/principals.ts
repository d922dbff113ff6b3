import { isAdministratorLike, managedPolicyDocument } from "./aws-data";
import type { AttachmentDraft, Draft, Holder, Mention, PolicyDraft, PrincipalDraft } from "./draft";
import { differ } from "./functions";
import { plainPart } from "./part";
import { compileText } from "./pattern";
import { readPolicyDocument } from "./policy-document";
import { hole, lastSegment, soleHole } from "./text";
import type { Attachment, Policy, Principal, Value } from "./types";

/** Joins policies to principals: inline, attached, of groups, boundaries; what is outside the documents is unread. */
export class PrincipalJoin {
  readonly principals: Principal[] = [];
  readonly policies: Policy[] = [];
  private readonly byName = new Map<string, Principal>();
  private readonly policyById = new Map<string, Policy>();
  private readonly draft: Draft;

  constructor(draft: Draft) {
    this.draft = draft;
    for (const declared of draft.principals) this.add(declared);
    for (const policy of draft.policies) this.addPolicy(policy);
    for (const attachment of draft.attachments) this.attach(attachment);
    for (const declared of draft.principals) {
      if (declared.boundary !== undefined) this.bound(declared, declared.boundary);
    }
    for (const { at, user, group } of draft.memberships) {
      const { address, policies } = this.find({ kind: "group", at, name: group });
      const member = this.find({ kind: "user", at, name: user });
      for (const { policy } of policies) this.hold(member, { at, address, policy });
    }
  }

  /** The principal that a name or ARN means; one outside the documents is made on first mention. */
  find(holder: Holder): Principal {
    const text = holder.name.known ?? hole(holder.name.unknown ?? "unknown");
    const exact = this.byName.get(`${holder.kind} ${text}`);
    if (exact !== undefined) return exact;
    const name = principalName(text);
    const named = this.byName.get(`${holder.kind} ${name}`);
    if (named !== undefined && !isAnother(text, named.arn.text)) return named;
    const external: Principal = {
      address: text === name ? `${holder.kind} ${name}` : text,
      at: holder.at,
      kind: holder.kind,
      name,
      arn: compileText(text, this.draft.identities),
      external: true,
      policies: [],
      trust: [],
      functions: [],
    };
    this.principals.push(external);
    this.byName.set(`${holder.kind} ${named === undefined ? name : text}`, external);
    return external;
  }

  private add(declared: PrincipalDraft): void {
    const { boundary: _, trust, ...rest } = declared;
    const read = trust && readPolicyDocument(trust, declared.address, this.draft.identities);
    const principal: Principal = {
      ...rest,
      arn: compileText(declared.arn, this.draft.identities),
      external: false,
      policies: [],
      trust: read?.statements ?? [],
      ...(read?.unread === undefined ? {} : { trustUnread: read.unread }),
      functions: [],
    };
    this.principals.push(principal);
    // by name and by ARN: a plan may have roles of one name in several accounts
    this.byName.set(`${declared.kind} ${declared.name}`, principal);
    this.byName.set(`${declared.kind} ${declared.arn}`, principal);
  }

  private addPolicy(declared: PolicyDraft): void {
    const read = readPolicyDocument(declared.document, declared.address, this.draft.identities);
    const unread = [read.unread, declared.unread].filter((why) => why !== undefined).join("; ");
    const policy: Policy = {
      address: declared.address,
      at: declared.at,
      id: declared.arn ?? declared.document.at,
      name: declared.name,
      kind: declared.kind,
      ...(declared.arn === undefined ? {} : { arn: declared.arn }),
      statements: read.statements,
      ...(unread === "" ? {} : { unread }),
      heldBy: [],
      functions: [],
      boundaryOnly: false,
    };
    this.put(policy);
    for (const holder of declared.holders) {
      this.hold(this.find(holder), { at: holder.at, address: declared.address, policy: policy.id });
    }
  }

  private attach(attachment: AttachmentDraft): void {
    const policy = this.managed(attachment.policy, attachment.at, attachment.address);
    this.hold(this.find(attachment.holder), { at: attachment.at, address: attachment.address, policy: policy.id });
  }

  private bound(declared: PrincipalDraft, boundary: Mention): void {
    const principal = this.byName.get(`${declared.kind} ${declared.arn}`);
    const policy = this.managed(boundary.text, boundary.at, declared.address);
    if (principal === undefined) return;
    principal.boundary = { at: boundary.at, address: declared.address, policy: policy.id };
  }

  private hold(principal: Principal, attachment: Attachment): void {
    principal.policies.push(attachment);
    this.policyById.get(attachment.policy)?.heldBy.push(principal.address);
  }

  /** The policy an ARN means: declared, AWS managed with known content, or one whose statements cannot be read. */
  private managed(arn: Value<string>, at: string, address: string): Policy {
    const text = arn.known ?? hole(arn.unknown ?? "unknown");
    const aws = awsManagedName(text);
    const id = aws === undefined ? text : `arn:aws:iam::aws:policy/${aws}`;
    const found = this.policyById.get(id);
    if (found !== undefined) return found;
    const document = aws === undefined ? undefined : managedPolicyDocument(aws);
    const name = (aws ?? text).split("/").at(-1) ?? text;
    const read =
      document === undefined
        ? { statements: [], unread: whyUnread(text, aws) }
        : readPolicyDocument(plainPart(document, id), id, this.draft.identities);
    const policy: Policy = {
      address: aws === undefined ? address : id,
      at,
      id,
      name,
      kind: aws === undefined ? "managed" : "aws",
      ...(aws !== undefined && isAdministratorLike(aws) ? { administratorLike: true } : {}),
      arn: text,
      ...read,
      heldBy: [],
      functions: [],
      boundaryOnly: false,
    };
    this.put(policy);
    return policy;
  }

  /** Two policies of one name cannot both be deployed; they are still told apart. */
  private put(policy: Policy): void {
    while (this.policyById.has(policy.id)) policy.id += `#${policy.address}`;
    this.policies.push(policy);
    this.policyById.set(policy.id, policy);
  }
}

function whyUnread(arn: string, aws: string | undefined): string {
  if (aws !== undefined) return `the content of the AWS managed policy ${aws} is not known`;
  return `the policy ${soleHole(arn) ?? arn} is not in the documents`;
}

/** Path and name of an AWS managed policy in any partition: `service-role/AWSLambdaRole`; undefined for others. */
function awsManagedName(arn: string): string | undefined {
  return /^arn:(?:aws[a-z-]*|\$\{AWS::Partition\}):iam::aws:policy\/(.+)$/.exec(arn)?.[1];
}

/** Two ARNs of one name that are known to have other accounts or paths; a name alone may be either. */
function isAnother(mention: string, arn: string): boolean {
  const fields = (text: string) => /:iam::((?:[^:$]|\$\{[^{}]*\})*):(.*)$/.exec(text)?.slice(1);
  const [one, other] = [fields(mention), fields(arn)];
  return (one ?? []).some((field, index) => differ(field, other?.[index] ?? ""));
}

/** The name at the end of a principal's ARN; names carry no path, ARNs do. */
function principalName(text: string): string {
  const resource = /:(?:role|user|group)\/(.+)$/.exec(text)?.[1];
  return resource === undefined ? text : lastSegment(resource);
}
