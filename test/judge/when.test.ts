import { expect, it } from "vitest";
import { when } from "../../src/judge/when";

const dev = { Env: "dev", Size: "big" };
const devSmall = { Env: "dev", Size: "small" };
const prod = { Env: "prod", Size: "big" };
const prodSmall = { Env: "prod", Size: "small" };
const all = [dev, devSmall, prod, prodSmall];

it.each([
  ["says nothing when all are meant", all, all, undefined],
  ["names the one parameter that decides", [dev, devSmall], all, "Env = dev"],
  ["names several where one does not decide", [dev], all, "Env = dev and Size = big"],
  ["joins what does not combine", [dev, prodSmall], all, "Env = dev and Size = big or Env = prod and Size = small"],
  ["drops what another term says already", [dev, devSmall, prodSmall], all, "Env = dev or Size = small"],
  ["tells apart only what is there", [dev], [dev, prod], "Env = dev"],
  ["takes the first name where two would do", [dev], [dev, prodSmall], "Env = dev"],
  ["lists values of one parameter", [{ E: "a" }, { E: "b" }], [{ E: "a" }, { E: "b" }, { E: "c" }], "E = a or E = b"],
])("%s", (_name, meant, among, text) => {
  expect(when(meant, among)).toBe(text);
});

it("stays quick with 64 scenarios of many parameters", () => {
  const scenarios = Array.from({ length: 64 }, (_, n) =>
    Object.fromEntries(Array.from({ length: 6 }, (_, bit) => [`P${bit}`, String((n >> bit) & 1)])),
  );
  const odd = scenarios.filter((each) => each["P0"] === "1" && each["P5"] === "0");
  expect(when(odd, scenarios)).toBe("P0 = 1 and P5 = 0");
});
