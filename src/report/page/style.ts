/** Look of the HTML report: light and dark by the reader's preference, from a telephone to a wide screen, and on paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --card: #fff; --sunk: #f6f8fa; --text: #1b1f24; --muted: #57606a; --line: #d5dbe1; --link: #0a58ca;
  --deny: #b3261e; --deny-soft: #fdecea; --warn: #8a5a00; --warn-soft: #fff4d6;
  --unknown: #6639ba; --unknown-soft: #f2ebff; --ok: #1a7f37; --ok-soft: #e4f6e9; --shadow: 0 1px 2px #1b1f2414;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d1117; --card: #161b22; --sunk: #0f141a; --text: #e6edf3; --muted: #9da7b3; --line: #30363d; --link: #6cb6ff;
    --deny: #ff8b82; --deny-soft: #3c1618; --warn: #e8b949; --warn-soft: #33270a;
    --unknown: #c8a4ff; --unknown-soft: #281c42; --ok: #5fd877; --ok-soft: #10301a; --shadow: none;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 8rem; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; overflow-wrap: anywhere;
}
main, header { max-width: 66rem; margin: 0 auto; padding: 0 1.25rem; }
main { padding-bottom: 4rem; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 3; }
[hidden] { display: none !important; }

header { padding-top: 2rem; }
.product { color: var(--muted); font: 600 .85rem var(--mono); margin: 0; }
h1 { font-size: clamp(1.6rem, 5vw, 2.25rem); line-height: 1.2; margin: .25rem 0; letter-spacing: -.02em; }
.deny h1 { color: var(--deny); } .ok h1 { color: var(--ok); }
.lead { color: var(--muted); margin: 0 0 1.25rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .75rem; }
h2 .count { color: var(--muted); font-weight: 400; }

.filters {
  position: sticky; top: 0; z-index: 2; background: var(--page); border-bottom: 1px solid var(--line); padding: .65rem 0;
}
.line { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; } .line + .line { margin-top: .5rem; }
input[type=search], select, button {
  font: inherit; font-size: .9rem; color: inherit; background: var(--card); border: 1px solid var(--line);
  border-radius: 6px; padding: .4rem .6rem; min-height: 2.4rem; max-width: 100%;
}
input[type=search] { flex: 2 1 14rem; } select { flex: 1 1 7rem; min-width: 6rem; text-overflow: ellipsis; }
button { cursor: pointer; } button:hover { border-color: var(--muted); }
button.quiet { border: 0; background: none; color: var(--link); padding: .2rem .3rem; min-height: 0; }
.shown { color: var(--muted); font-size: .9rem; margin-left: auto; }
.levels { display: flex; flex-wrap: wrap; gap: .35rem; border: 0; padding: 0; margin: 0; }
.levels label {
  display: inline-flex; align-items: center; gap: .4rem; border: 1px solid var(--line); border-radius: 99px;
  background: var(--card); padding: .25rem .75rem .25rem .6rem; min-height: 2.4rem; font-size: .9rem; cursor: pointer;
}
.levels label:has(:focus-visible) { outline: 3px solid var(--link); outline-offset: 2px; }
.levels label:has(input:not(:checked)) { color: var(--muted); background: none; }
.levels input { accent-color: var(--tone); margin: 0; }
.levels b { font-weight: 600; color: var(--tone); }
.failure { --tone: var(--deny); --soft: var(--deny-soft); }
.warning { --tone: var(--warn); --soft: var(--warn-soft); }
.unknown { --tone: var(--unknown); --soft: var(--unknown-soft); }
.exception { --tone: var(--muted); --soft: var(--sunk); }
.card {
  background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--tone, var(--line));
  border-radius: 8px; box-shadow: var(--shadow); margin: 0 0 .75rem;
}
details.card { content-visibility: auto; contain-intrinsic-size: auto 6rem; }
summary { position: relative; cursor: pointer; padding: .8rem 2.4rem .8rem 1rem; list-style: none; display: block; border-radius: 8px; }
summary::-webkit-details-marker { display: none; }
summary .top { display: flex; flex-wrap: wrap; gap: .25rem .6rem; align-items: center; font-size: .85rem; color: var(--muted); }
summary::after { content: "▸"; position: absolute; top: .8rem; right: 1rem; color: var(--muted); }
details[open] > summary::after { content: "▾"; }
.badge {
  background: var(--soft); color: var(--tone); font: 700 .75rem/1 var(--mono); padding: .3rem .45rem; border-radius: 5px;
}
.rule { font: 600 .85rem var(--mono); color: var(--text); }
.severity { border: 1px solid var(--line); border-radius: 99px; padding: 0 .55rem; font-size: .78rem; }
summary h3 { font-size: 1.02rem; font-weight: 600; margin: .35rem 0 .15rem; line-height: 1.4; }
.place { font: .85rem var(--mono); color: var(--muted); margin: 0; }
.body { padding: 0 1rem 1rem; }
.body h4 { font-size: .8rem; color: var(--muted); margin: 1rem 0 .3rem; font-weight: 600; }
.body p, .body ul { margin: .2rem 0; } .body ul { padding-left: 1.2rem; }
.reason { background: var(--sunk); border-radius: 6px; padding: .6rem .8rem; margin: 0 0 .5rem; }
pre {
  margin: 0; background: var(--sunk); border: 1px solid var(--line); border-radius: 6px; overflow-x: auto; tab-size: 4;
  font: .84rem/1.55 var(--mono); padding: .5rem 0; overflow-wrap: normal;
}
p code { font: .9em var(--mono); background: var(--sunk); border-radius: 4px; padding: .1em .3em; }
pre code { display: block; min-width: max-content; font: inherit; }
pre .row { display: block; padding: 0 .9rem 0 0; white-space: pre; }
pre .row::before {
  content: attr(data-line); display: inline-block; width: 3.6em; padding-right: 1em; text-align: right; color: var(--muted);
  user-select: none;
}
pre .marked { background: var(--soft); box-shadow: inset 3px 0 var(--tone); }
pre .gone { color: var(--muted); font-style: italic; }
pre.paste { padding: .6rem .9rem; white-space: pre; }
.pasting { position: relative; }
.pasting button { position: absolute; top: .4rem; right: .4rem; min-height: 0; padding: .2rem .6rem; font-size: .8rem; }
.plain { padding: .7rem 1rem; } .plain p { margin: 0; }
.none { text-align: center; padding: 2.5rem 1rem; color: var(--muted); border-style: dashed; border-left-width: 1px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--muted); font-weight: 600; } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }

@media (max-width: 40rem) {
  main, header { padding-left: .75rem; padding-right: .75rem; }
  .filters { position: static; }
  html { scroll-padding-top: 0; }
}
@media print {
  .filters, .skip, .pasting button { display: none !important; }
  .card { break-inside: avoid; content-visibility: visible; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;
