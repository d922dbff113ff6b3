import { expect, it } from "vitest";
import { mutants } from "../../scripts/rego/mutants";
import { hasOpa, OPA } from "./opa";

/** What is taken out of a file that consists of this, and what is left then. */
function taken(rules: string): string[] {
  const before = "package p\n\n";
  return mutants(OPA, `${before}${rules}\n`).map(
    ({ what, source }) => `${what} | ${source.slice(before.length).trim()}`,
  );
}

it.skipIf(!hasOpa)("takes out one thing at a time", () => {
  expect(taken("a(x) := 1 if x > 0\n\nelse := 2 if x < 0\n\nelse := 3")).toEqual([
    "a(x) := 1 if x > 0 | ",
    "x > 0 | a(x) := 1 if false\n\nelse := 2 if { x < 0 }\n\nelse := 3",
    "x > 0 | a(x) := 1 if true\n\nelse := 2 if { x < 0 }\n\nelse := 3",
    "else := 2 if { x < 0 } | a(x) := 1 if x > 0\n\nelse := 3",
    "x < 0 | a(x) := 1 if x > 0\n\nelse := 2 if { true }\n\nelse := 3",
    "else := 3 | a(x) := 1 if x > 0\n\nelse := 2 if { x < 0 }",
  ]);
  expect(taken('b(_, "x")')).toEqual(['b(_, "x") | ', '"x" | b(_, _)']);
  expect(taken("c := [1, 2]")).toEqual(["c := [1, 2] | ", "1, | c := [2]", "2 | c := [1, ]"]);
  expect(taken("d := s | t")).toEqual(["d := s | t | ", "t | d := s", "s | d := t"]);
  expect(taken("e contains x if some x in f")).toEqual([
    "e contains x if some x in f | ",
    "some x in f | e contains x if true",
  ]);
});

// OPA writes fields in the order of their names, whatever their places.
it.skipIf(!hasOpa)("takes out each field of an object, in whatever order they stand", () => {
  expect(taken('o := {"z": 1, "a": 2, "m": 3}').slice(1)).toEqual([
    '"z": 1, | o := {"a": 2, "m": 3}',
    '"a": 2, | o := {"z": 1, "m": 3}',
    '"m": 3 | o := {"z": 1, "a": 2, }',
  ]);
});
