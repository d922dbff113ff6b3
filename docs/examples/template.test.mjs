import { check } from "durable-guard";
import { expect, it } from "vitest";

it("every durable function of the template can checkpoint", () => {
  const { files, errors } = check([process.env.TEMPLATE ?? "template.yaml"], { today: "2026-11-22" });
  expect(errors).toEqual([]);
  expect(files.flatMap((file) => file.findings).filter(({ rule }) => rule === "DUR001")).toEqual([]);
});
