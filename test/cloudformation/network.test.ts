import { expect, test } from "vitest";
import { inventoryOf } from "./inventories";

/** What is in a security group names it; rules and VPC endpoints only refer to it. */
test("who else is in a function's security group", () => {
  const { securityGroups } = inventoryOf(`
Resources:
  Group: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: g, VpcId: vpc-1 } }
  Own: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: g, VpcId: vpc-1 } }
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::111122223333:role/r
      VpcConfig: { SubnetIds: [subnet-1], SecurityGroupIds: [!Ref Group, !GetAtt Own.GroupId] }
  Server: { Type: AWS::EC2::Instance, Properties: { SecurityGroupIds: [!Ref Group] } }
  Database: { Type: AWS::RDS::DBInstance, Properties: { VPCSecurityGroups: [!GetAtt Group.GroupId] } }
  FromFn: { Type: AWS::EC2::SecurityGroupIngress, Properties: { GroupId: sg-9, SourceSecurityGroupId: !Ref Own } }
  Other: { Type: AWS::EC2::SecurityGroup, Properties: { SecurityGroupIngress: [{ SourceSecurityGroupId: !Ref Own }] } }
  Endpoint: { Type: AWS::EC2::VPCEndpoint, Properties: { SecurityGroupIds: [!Ref Own] } }
`);
  expect(securityGroups.map(({ address, functions, others }) => ({ address, functions, others }))).toEqual([
    { address: "Group", functions: ["Fn"], others: ["Server", "Database"] },
    { address: "Own", functions: ["Fn"], others: [] },
    { address: "Other", functions: [], others: [] },
  ]);
});
