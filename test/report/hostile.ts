import { InputError } from "../../src/errors";
import type { Report } from "../../src/findings/types";
import { fileReport, finding } from "./sample";

/** What a name may be: commands of two pipelines, escapes of a terminal, markup, ends of cells and fences, hidden signs. */
export const HOSTILE = [
  "::error::pwned",
  "\n::set-output name=a::b",
  "##vso[task.setvariable variable=a]b ##[error]c",
  "\u001b[31m\u0007\u0000\r\t",
  "<script>globalThis.pwned = 1</script>",
  '<img src=x onerror="globalThis.pwned = 1">\'',
  "&lt; &amp; ]]> -->",
  "|`*_~ ``` [l](javascript:alert(1)) ![i](x) @team #1 !2 https://evil.example www.evil.example",
  "\u202e\u2066\u200b\u2028\ufeff\u{e0041}",
  "%0A%25 ; , {0} # TODO \\ $x$",
  "\ud800\uffff",
].join("");

const location = { file: HOSTILE, line: 1, column: 2 };
const bad = finding("DUR001", 1, HOSTILE, {
  message: HOSTILE,
  when: HOSTILE,
  evidence: [{ text: HOSTILE }],
  location,
  pointer: `/Resources/${HOSTILE}`,
  paste: { actions: ["lambda:InvokeFunction"], resources: [HOSTILE], note: HOSTILE },
  excerpt: [{ number: 1, text: HOSTILE, marked: true }],
});
/** A report in which every text of an input is hostile. */
export const HOSTILE_REPORT: Report = {
  files: [
    fileReport({
      file: HOSTILE,
      findings: [bad, { ...bad, level: "warn" }],
      exceptions: [{ finding: bad, by: "waiver", reason: HOSTILE, expires: HOSTILE, owner: HOSTILE }],
      unresolved: [{ address: HOSTILE, at: "", why: HOSTILE, location }],
    }),
  ],
  notices: [{ kind: "expired", rule: "DUR001", reason: HOSTILE, expires: HOSTILE, location }],
  errors: [new InputError("DG011", HOSTILE, HOSTILE, { line: 1, column: 2 })],
  skipped: [HOSTILE],
  parts: [HOSTILE],
};
