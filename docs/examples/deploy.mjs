import { check } from "durable-guard";

/** Judges the template and says whether to go on. */
export function mayDeploy(template) {
  const { files, errors } = check([template], { today: new Date().toISOString().slice(0, 10) });
  const violations = files.flatMap((file) => file.findings).filter((one) => one.level === "deny" && one.verdict === "deny");
  for (const { rule, message, location } of violations) {
    console.error(`${location.file}:${location.line}: ${rule} ${message}`);
  }
  for (const error of errors) console.error(error.line);
  return violations.length === 0 && errors.length === 0;
}
