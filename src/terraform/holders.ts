import type { Holder } from "../inventory/draft";
import type { PlannedResource } from "./changes";
import { nameOf } from "./identity";
import type { TerraformPart } from "./part";
import { textValue } from "./values";
import type { View } from "./view";

/** Who has a policy for certain, and who may have it. */
export interface HeldBy {
  sure: Holder[];
  maybe: Holder[];
  why: string;
}

/** Finds who a policy is put on. */
export class Holders {
  private readonly kind: Holder["kind"];
  private readonly view: View;
  private readonly byName = new Map<string, PlannedResource[]>();

  constructor(kind: Holder["kind"], view: View) {
    this.kind = kind;
    this.view = view;
    for (const { resource } of view.of(`aws_iam_${kind}`)) {
      const name = nameOf(resource);
      this.byName.set(name, [...(this.byName.get(name) ?? []), resource]);
    }
  }

  /** What a principal is called: its ARN where there are several of its name, in other accounts. */
  nameFor(resource: PlannedResource): string {
    const name = nameOf(resource);
    return (this.byName.get(name) ?? []).length < 2 ? name : this.view.identity.text(resource, "arn");
  }

  /** A name stands for the principal in the account of the resource that says it. */
  named({ resource }: TerraformPart, name: string): string {
    const all = this.byName.get(name) ?? [];
    const { account } = this.view.places.of(resource);
    const meant = all.find((one) => this.view.places.of(one).account === account);
    return meant === undefined ? name : this.nameFor(meant);
  }

  /** One principal, by name. When it cannot be said which, all that it may be. */
  of(part: TerraformPart): HeldBy {
    const name = textValue(part);
    if (name?.known !== undefined)
      return { sure: [this.holder(part, this.named(part, name.known))], maybe: [], why: "" };
    return { sure: [], maybe: this.candidates(part), why: part.why };
  }

  /** A list of principals; literal names among unknown ones are not shown. */
  listed(part: TerraformPart): HeldBy {
    const { texts, unread } = part.listed();
    const sure = texts.flatMap(({ at, text: { known } }) =>
      known === undefined ? [] : [{ kind: this.kind, at, name: { known: this.named(part, known) } }],
    );
    if (unread === undefined) return { sure, maybe: [], why: "" };
    const named = new Set<string | undefined>(sure.map(({ name }) => name.known));
    const maybe = this.candidates(part).filter(({ name }) => !named.has(name.known));
    return { sure, maybe, why: unread };
  }

  /** The principals mentioned; with a name among the mentions that leads nowhere, all whose name is not known yet. */
  private candidates(part: TerraformPart): Holder[] {
    const { targets, deadEnds } = part.followed();
    const type = `aws_iam_${this.kind}`;
    const mentioned = targets.map(({ resource }) => resource).filter((resource) => resource.type === type);
    const isOpen = deadEnds.length > 0 || mentioned.length === 0;
    const all = isOpen
      ? this.view
          .of(type)
          .map(({ resource }) => resource)
          .filter(isUnsettled)
      : mentioned;
    return [...new Set(all)].map((resource) => this.holder(part, this.nameFor(resource)));
  }

  private holder(part: TerraformPart, name: string): Holder {
    return { kind: this.kind, at: part.at, name: { known: name } };
  }
}

/** A principal that exists has nothing unknown about it, and so cannot be why a name is unknown. */
function isUnsettled({ action }: PlannedResource): boolean {
  return action === "create" || action === "replace";
}
