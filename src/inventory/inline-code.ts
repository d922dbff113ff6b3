import type { Mention } from "./draft";
import { shown } from "./text";
import type { InlineCode } from "./types";

/** Names of `/tmp` as Python and Node.js code write it. */
const TMP = /["'`]\/tmp(?=["'`/])|\btempfile\.(?!gettempdir)|\bos\.tmpdir\(|\bgettempdir\(/;

/** Calls that make a file: opening for writing, downloads, archives, copies, shell commands. */
const WRITE = new RegExp(
  [
    String.raw`\bopen\([^()\n]*,\s*(?:mode\s*=\s*)?["'][rb+]*[wax+]`,
    String.raw`\b(?:writeFile(?:Sync)?|appendFile(?:Sync)?|createWriteStream|mkdtemp(?:Sync)?|mkdir(?:Sync)?|makedirs)\(`,
    String.raw`\b(?:download_file(?:obj)?|urlretrieve|extractall|extract|copyfile|copytree|copy2?|write_text|write_bytes|to_csv)\(`,
    String.raw`\b(?:NamedTemporaryFile|mkstemp|TemporaryFile|SpooledTemporaryFile|TemporaryDirectory)\(`,
    String.raw`\b(?:curl|wget|unzip|tar)\b`,
  ].join("|"),
);

/** Calls that take files away, and Python's temporary files, which go by themselves. */
const CLEAN = new RegExp(
  [
    String.raw`\b(?:os\.remove|os\.unlink|rmtree|rmdir(?:Sync)?|unlink(?:Sync)?|rm(?:Sync)?|emptyDir(?:Sync)?)\(`,
    String.raw`\b(?:TemporaryDirectory|TemporaryFile|SpooledTemporaryFile)\(`,
    String.raw`\bNamedTemporaryFile\((?![^()]*delete\s*=\s*False)`,
    String.raw`\brm\s+-`,
  ].join("|"),
);

/**
 * What rules ask about code that stands in the template itself. The code is read for calls, not understood: `writesTmp`
 * where it names `/tmp` and makes files, `cleansTmp` where it removes any.
 */
export function readInlineCode({ at, text: code }: Mention): InlineCode {
  if (code.known === undefined) {
    const unknown = { unknown: code.unknown ?? "not given" };
    return { at, writesTmp: unknown, cleansTmp: unknown };
  }
  const text = shown(code.known);
  return { at, writesTmp: { known: TMP.test(text) && WRITE.test(text) }, cleansTmp: { known: CLEAN.test(text) } };
}
