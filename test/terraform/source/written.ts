import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { type CheckOptions, check } from "../../../src/check";
import type { Report } from "../../../src/findings/types";
import { readSource } from "../../../src/terraform/source/source";
import { type Created, planOf } from "../planned";

export const TODAY = "2026-11-22";

/** A folder with these files, for the time of one test. */
export function folderOf(files: Record<string, string | Uint8Array>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "source-")));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Judges a plan with its source in a folder. */
export async function judged(plan: unknown, folder: string, options: Partial<CheckOptions> = {}): Promise<Report> {
  const source = await readSource(folder, options.root);
  return check([{ file: "plan.json", content: JSON.stringify(plan) }], { today: TODAY, source, ...options });
}

/** Rule, address and place of findings of some rules, the folder left out. */
export function places(report: Report, folder: string, rules: string[]): string[] {
  return report.files.flatMap(({ findings }) =>
    findings
      .filter(({ rule }) => rules.includes(rule))
      .map(({ rule, address, location: { file, line, column } }) => {
        return `${rule} ${address} ${file.replace(`${folder}/`, "")}:${line}:${column}`;
      }),
  );
}

/** A durable function whose timeout is out of the limits (DUR010). */
export const broken = (address: string, module?: string): Created => ({
  address,
  ...(module === undefined ? {} : { module }),
  after: {
    function_name: "orders",
    runtime: "nodejs24.x",
    role: "arn:aws:iam::111122223333:role/orders",
    durable_config: [{ execution_timeout: 0, retention_period: 14 }],
  },
});

/** A role's policy that allows all actions of a service in its second statement (WLD001). */
export const wide = (address: string): Created => ({
  address,
  after: {
    name: "wide",
    role: "orders",
    policy: JSON.stringify({
      Statement: [
        { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::orders/*" },
        { Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::orders/*" },
      ],
      Version: "2012-10-17",
    }),
  },
});

export { planOf };
