import { expect, test } from "vitest";
import { moduleAddress, moduleSteps, resourceAddress, steps } from "../../src/terraform/address";

test.each([
  ["aws_iam_role.r.arn", [["aws_iam_role"], ["r"], ["arn"]]],
  ['aws_iam_role.many["x"].arn', [["aws_iam_role"], ["many", "x"], ["arn"]]],
  ["aws_iam_role.many[12]", [["aws_iam_role"], ["many", 12]]],
  ['data.t.n["a.b[0]\\"]"].json', [["data"], ["t"], ["n", 'a.b[0]"]'], ["json"]]],
  ["module.single.nested.role.arn", [["module"], ["single"], ["nested"], ["role"], ["arn"]]],
  ["aws_subnet.private[*].id", [["aws_subnet"], ["private"], ["id"]]],
  ["var.list[0][1]", [["var"], ["list", 0], ["1"]]],
])("%s", (reference, expected) => {
  expect(steps(reference)).toEqual(expected.map(([name, key]) => ({ name, key })));
});

test("module addresses with any key", () => {
  const address = 'module.a["x\\"].b[0]"].module.b[2].module.c';
  const path = moduleSteps(address);
  expect(path).toEqual([
    { name: "a", key: 'x"].b[0]' },
    { name: "b", key: 2 },
    { name: "c", key: undefined },
  ]);
  expect(moduleAddress(path)).toBe(address);
  expect(resourceAddress(address, { mode: "data", type: "t", name: "n", key: "k" })).toBe(`${address}.data.t.n["k"]`);
});
