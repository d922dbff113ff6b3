import type { Draft } from "../inventory/draft";
import type { Part } from "../inventory/part";
import type { Value } from "../inventory/types";
import { nameOf } from "./identity";
import type { TerraformPart } from "./part";
import { uses } from "./uses";
import { field, textOr, textValue } from "./values";
import { soleTarget, type View, type Viewed } from "./view";

/** Security groups, subnets and network ACLs, with the rules that stand in resources of their own. */
export function addNetwork(view: View, draft: Draft): void {
  addSecurityGroups(view, draft);
  addSubnets(view, draft);
}

/** What mentions a security group without being in it. */
const NOT_INSIDE = /^aws_(?:lambda_|security_group|vpc_security_group_|vpc_endpoint|network_)/;

function addSecurityGroups(view: View, draft: Draft): void {
  const egress = view.of("aws_vpc_security_group_egress_rule");
  const rules = view.of("aws_security_group_rule").filter(({ part }) => part.field("type").text === "egress");
  for (const type of ["aws_security_group", "aws_default_security_group"]) {
    const inside = uses(view, type);
    for (const viewed of view.of(type)) {
      const { address, at, resource, part } = viewed;
      const separate = [...egress, ...rules].filter(({ part: rule }) => isOn(rule, viewed));
      draft.securityGroups.push({
        address,
        at,
        id: nameOf(resource),
        name: textOr(part.field("name"), address),
        isDefault: type === "aws_default_security_group",
        openEgress: anyOpen([...blocksOf(part.attribute("egress")), ...separate.map(({ part: rule }) => rule)]),
        others: (inside.get(resource) ?? []).filter(
          (user) => !NOT_INSIDE.test(typeOf(user)) && !user.includes("output."),
        ),
      });
    }
  }
}

/** The type in an address, behind the modules. */
function typeOf(address: string): string {
  return /(?:^|\.)(aws_\w+)\./.exec(address)?.[1] ?? "";
}

function isOn(rule: TerraformPart, { resource, part }: Viewed): boolean {
  const group = rule.attribute("security_group_id");
  if (group.kind === "text") return group.text === part.field("id").text;
  return soleTarget(group) === resource;
}

function blocksOf(part: TerraformPart): TerraformPart[] {
  return part.kind === "unknown" ? [part] : part.parts();
}

const EVERYWHERE = new Set(["0.0.0.0/0", "::/0"]);

/** A rule for all protocols to everywhere. Terraform removes AWS's own open rule from groups it makes. */
function anyOpen(rules: TerraformPart[]): Value<boolean> {
  const answers = rules.map(isOpen);
  if (answers.includes(true)) return { known: true };
  const open = rules[answers.indexOf(undefined)];
  return open === undefined ? { known: false } : { unknown: open.why || "a rule is not known" };
}

function isOpen(rule: TerraformPart): boolean | undefined {
  if (rule.kind === "unknown") return undefined;
  const protocol = ["protocol", "ip_protocol"].map((name) => rule.field(name)).find(({ kind }) => kind !== "absent");
  if (protocol?.kind === "text" && protocol.text !== "-1" && protocol.text !== "all") return false;
  const ranges = ["cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6", "cidr_block", "ipv6_cidr_block"].flatMap(
    (name) => texts(rule.field(name)),
  );
  if (ranges.some(({ text }) => EVERYWHERE.has(text))) return protocol?.kind === "text" ? true : undefined;
  return ranges.some(({ kind }) => kind === "unknown") ? undefined : false;
}

function texts(part: Part): Part[] {
  if (part.kind === "absent") return [];
  return part.kind === "list" ? part.items() : [part];
}

function addSubnets(view: View, draft: Draft): void {
  const acls = view.of("aws_network_acl", "aws_default_network_acl");
  const associations = view.of("aws_network_acl_association");
  for (const { address, at, resource, part } of view.of("aws_subnet", "aws_default_subnet")) {
    const id = nameOf(resource);
    const own = acls.filter((acl) =>
      acl.part
        .attribute("subnet_ids")
        .listed()
        .texts.some(({ text }) => text.known === id),
    );
    const joined = associations
      .filter((one) => one.part.field("subnet_id").text === id)
      .flatMap((one) => acls.filter(({ resource: acl }) => soleTarget(one.part.attribute("network_acl_id")) === acl));
    draft.subnets.push({
      address,
      at,
      id,
      ...field("zone", textValue(part.field("availability_zone"))),
      networkAcls: [...own, ...joined].map((acl) => acl.address),
    });
  }
  const rules = view.of("aws_network_acl_rule");
  for (const viewed of acls) {
    const { address, at, resource, part } = viewed;
    const separate = rules.filter(({ part: rule }) => isOnAcl(rule, viewed)).map(({ part: rule }) => rule);
    const entries = [...blocksOf(part.attribute("ingress")), ...blocksOf(part.attribute("egress")), ...separate];
    draft.networkAcls.push({
      address,
      at,
      open: anyOpen(
        entries.filter((entry) => ["action", "rule_action"].every((name) => entry.field(name).text !== "deny")),
      ),
      isDefault: resource.type === "aws_default_network_acl",
    });
  }
}

function isOnAcl(rule: TerraformPart, { resource, part }: Viewed): boolean {
  const acl = rule.attribute("network_acl_id");
  return acl.kind === "text" ? acl.text === part.field("id").text : soleTarget(acl) === resource;
}
