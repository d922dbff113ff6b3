/** Lines shown before and after each change. */
const CONTEXT = 3;

type Line = { mark: " " | "-" | "+"; text: string };

/** What changes between two texts, line by line, as `diff -u` shows it, without file names and line numbers. */
export function changes(before: string, after: string): string {
  const lines = compared(before.trimEnd().split("\n"), after.trimEnd().split("\n"));
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(({ mark }) => mark !== " "),
  );
  return lines
    .flatMap(({ mark, text }, at) => {
      if (near[at]) return [`${mark} ${text}`.trimEnd()];
      return near[at - 1] && near.indexOf(true, at) !== -1 ? ["@@"] : [];
    })
    .join("\n");
}

/** Both texts as one list, by the longest common subsequence of lines. */
function compared(before: readonly string[], after: readonly string[]): Line[] {
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      common[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, fresh] = [before[i], after[j]];
    if (old !== undefined && old === fresh) {
      lines.push({ mark: " ", text: old });
      i += 1;
      j += 1;
    } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ mark: "-", text: old });
      i += 1;
    } else {
      lines.push({ mark: "+", text: fresh ?? "" });
      j += 1;
    }
  }
  return lines;
}
