import type { Draft } from "../../inventory/draft";
import type { Part } from "../../inventory/part";
import type { Value } from "../../inventory/types";
import { itemsOf, numberValue, textValue, unreadable } from "../../inventory/values";
import { type Declared, ownText, type ResourceTable } from "./declared";
import { present } from "./functions";

/** Parts of a VPC that functions are in. */
export const networkResources: ResourceTable = {
  "AWS::EC2::SecurityGroup": (declared, draft) => {
    const { address, at, properties } = declared;
    draft.securityGroups.push({
      address,
      at,
      id: ownText(declared, "GroupId"),
      name: textValue(properties.field("GroupName")) ?? { known: address },
      isDefault: false,
      openEgress: openEgress(properties.field("SecurityGroupEgress")),
      others: [],
    });
  },
  "AWS::EC2::Subnet": (declared, draft) => {
    const { address, at, properties } = declared;
    draft.subnets.push({
      address,
      at,
      id: ownText(declared),
      networkAcls: [],
      ...present("zone", textValue(properties.field("AvailabilityZone"))),
    });
  },
  "AWS::EC2::NetworkAcl": ({ address, at }, draft) => {
    draft.networkAcls.push({ address, at, open: { known: false }, isDefault: false });
  },
  "AWS::EC2::NetworkAclEntry": (declared, draft) => networkAclEntry(declared, draft),
  "AWS::EC2::SubnetNetworkAclAssociation": ({ properties, scope }, draft) => {
    const subnet = draft.subnets.find(({ id }) => id === properties.field("SubnetId").text);
    const acl = scope.addressOf(properties.field("NetworkAclId").text);
    if (acl !== undefined) subnet?.networkAcls.push(acl);
  },
};

/** A group without egress rules may reach everything ("AWS::EC2::SecurityGroup", SecurityGroupEgress). */
function openEgress(rules: Part): Value<boolean> {
  const why = unreadable(rules);
  if (why !== undefined) return { unknown: why };
  const items = itemsOf(rules);
  if (items.length === 0) return { known: rules.kind === "absent" };
  return { known: items.some(isOpen) };
}

function isOpen(rule: Part): boolean {
  const everywhere = rule.field("CidrIp").text === "0.0.0.0/0" || rule.field("CidrIpv6").text === "::/0";
  return everywhere && protocol(rule.field("IpProtocol")) === "-1";
}

function protocol(part: Part): string {
  return String(numberValue(part)?.known ?? part.text);
}

function networkAclEntry({ properties, scope }: Declared, draft: Draft): void {
  const address = scope.addressOf(properties.field("NetworkAclId").text);
  const acl = draft.networkAcls.find((declared) => declared.address === address);
  const allows = properties.field("RuleAction").text === "allow";
  const everywhere =
    properties.field("CidrBlock").text === "0.0.0.0/0" || properties.field("Ipv6CidrBlock").text === "::/0";
  if (acl !== undefined && allows && everywhere && protocol(properties.field("Protocol")) === "-1")
    acl.open = { known: true };
}
