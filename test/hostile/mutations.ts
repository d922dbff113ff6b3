/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;

function pick<T>(items: readonly [T, ...T[]] | readonly T[], random: Random): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}

/** A value inside itself, so many times. */
export function nested(times: number, around: (value: unknown) => unknown, innermost: unknown = "x"): unknown {
  let value = innermost;
  for (let time = 0; time < times; time++) value = around(value);
  return value;
}

const parsed = (json: string): unknown => JSON.parse(json);

/** What nobody expects where a value stands. */
const VALUES: readonly unknown[] = [
  ...[null, 0, -1, 1e308, true, "", "*", [], {}, [[]], [null], { "": "" }],
  ...[
    "\ud800",
    "a\u0000b",
    "${",
    "${}",
    "${!A}",
    "${A.B.C}",
    "${__proto__}",
    "{{resolve:",
    "{{resolve:ssm:x}}",
    ":::::::",
  ],
  ...["arn:", "arn:aws:lambda:::function:", "{".repeat(5000), "${".repeat(5000), "*?".repeat(500), "x".repeat(20_000)],
  ...[{ Ref: "A" }, { Ref: null }, { Ref: "AWS::NoValue" }, { Ref: "__proto__" }, { Ref: "toString" }],
  ...[{ "Fn::GetAtt": [] }, { "Fn::GetAtt": ["constructor", "Arn"] }, { "Fn::GetAtt": ["A", { Ref: "A" }] }],
  ...[{ "Fn::If": [] }, { "Fn::If": ["toString", 1, 2] }, { "Fn::If": [{ toString: 1 }, 1, 2] }],
  ...[{ "Fn::FindInMap": ["__proto__", "x", "y"] }, { "Fn::Select": [-1, ["a"]] }, { "Fn::Join": ["", { Ref: "A" }] }],
  ...[{ "Fn::Sub": [1, 2] }, { "Fn::Sub": ["${x}", null] }, { "Fn::Split": ["", "a"] }, { "Fn::Nope": 1 }],
  ...[{ "Fn::Transform": 1, a: 2 }, { "Fn::ForEach::X": ["i", ["a"], { "${i}": 1 }] }, { "Fn::Equals": [[{}], 1] }],
  ...[{ toString: 1 }, [{ toString: null, valueOf: null }], { constructor: 2, hasOwnProperty: 4 }],
  ...[parsed('{"__proto__": {"Effect": "Allow"}}'), parsed('{"__proto__": null, "a": 1}')],
  nested(300, (value) => [value]),
  nested(300, (value) => ({ a: value })),
  nested(200, (value) => ({ "Fn::Join": ["", [value, "b"]] })),
  nested(200, (value) => ({ "Fn::Sub": ["${a}", { a: value }] })),
  nested(200, (value) => ({ "Fn::ToJsonString": { a: value } })),
  nested(200, (value) => ({ "Fn::Base64": value })),
];

const KEYS = [
  "__proto__",
  "constructor",
  "toString",
  "",
  "0",
  "1e309",
  "a/b~c",
  "a.b",
  "Fn::If",
  "Ref",
  "length",
  "\u202e",
];

/** A copy of a document with one to four of its parts taken out, replaced, repeated elsewhere or renamed. */
export function mutated(document: unknown, random: Random): unknown {
  const copy: unknown = structuredClone(document);
  for (let left = 1 + Math.floor(random() * 4); left > 0; left--) {
    const places = placesIn(copy);
    if (places.length === 0) return copy;
    const { parent, key } = pick(places, random);
    const value: unknown = Reflect.get(parent, key);
    const way = Math.floor(random() * 6);
    if (way === 0) remove(parent, key);
    else if (way === 1) put(parent, key, structuredClone(partAt(pick(places, random))));
    else if (way === 2 && !Array.isArray(parent)) {
      remove(parent, key);
      put(parent, pick(KEYS, random), value);
    } else put(parent, key, structuredClone(pick(VALUES, random)));
  }
  return copy;
}

interface Place {
  parent: object;
  key: string;
}

const partAt = ({ parent, key }: Place): unknown => Reflect.get(parent, key);

/** Every part of a document but the document itself. */
function placesIn(document: unknown): Place[] {
  const places: Place[] = [];
  const waiting = [document];
  while (waiting.length > 0) {
    const parent = waiting.pop();
    if (typeof parent !== "object" || parent === null) continue;
    for (const key of Object.keys(parent)) {
      places.push({ parent, key });
      waiting.push(Reflect.get(parent, key));
    }
  }
  return places;
}

function put(parent: object, key: string, value: unknown): void {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}

function remove(parent: object, key: string): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else Reflect.deleteProperty(parent, key);
}

const WORDS = [
  "\0",
  "\t",
  "\ufeff",
  "&a ",
  "*a",
  "<<: *a",
  "!!js/function 'x'",
  "!Foo ",
  "!<tag:x> ",
  "%YAML 1.2\n",
  "\n---\n",
]
  .concat([
    "? ",
    "- ",
    ": ",
    "|",
    ">",
    "'",
    '"',
    "{",
    "}",
    "[",
    "]",
    "\u2028",
    "#",
    "&x *x",
    "!Sub ",
    "!If ",
    "\\x",
    "\ud83d",
  ])
  .concat(["1e309", "0o17", "12:30:45", "2012-10-17", "yes", "~", ".inf", "0x1F", "&a [*a]", "=", "<<", "!!set {a}"]);

/** A text with one to three lines or characters cut, repeated, swapped or put in. */
export function misspelt(text: string, random: Random): string {
  let changed = text;
  for (let left = 1 + Math.floor(random() * 3); left > 0; left--) {
    const lines = changed.split("\n");
    const line = Math.floor(random() * lines.length);
    const at = Math.floor(random() * changed.length);
    switch (Math.floor(random() * 7)) {
      case 0:
        lines.splice(line, 1 + Math.floor(random() * 3));
        changed = lines.join("\n");
        break;
      case 1:
        lines.splice(line, 0, lines[line] ?? "");
        changed = lines.join("\n");
        break;
      case 2:
        lines[line] = `${" ".repeat(Math.floor(random() * 12))}${(lines[line] ?? "").trim()}`;
        changed = lines.join("\n");
        break;
      case 3:
        lines[line] = (lines[line] ?? "").replace(/:\s.*/, `: ${pick(WORDS, random)}`);
        changed = lines.join("\n");
        break;
      case 4:
        changed = changed.slice(0, at);
        break;
      case 5:
        changed = changed.replaceAll("\n", pick(["\r\n", "\r", "\n\t"], random));
        break;
      default:
        changed = changed.slice(0, at) + pick(WORDS, random) + changed.slice(at);
    }
  }
  return changed;
}
