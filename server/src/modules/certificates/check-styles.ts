import { createHash } from 'node:crypto'

/** The style sheet of the pages on which certificates are confirmed: system fonts, light and dark as the reader has it, and for paper. */
export const checkStyles = `
:root {
  color-scheme: light dark;
  --ground: #fffdfa; --raised: #f7f2ea; --ink: #221d19; --quiet: #665c53; --line: #d8ccbc; --accent: #a8321a; --on-accent: #fff; --good: #1f6b3a;
  --sans: system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif;
  --serif: "Songti SC", "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", STSong, SimSun, serif;
}
@media (prefers-color-scheme: dark) {
  :root { --ground: #181512; --raised: #221e1a; --ink: #ece5dc; --quiet: #b3a798; --line: #4a4138; --accent: #f0896b; --on-accent: #2a0d05; --good: #7fcf9a; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1.0625rem/1.8 var(--sans); line-break: strict; overflow-wrap: anywhere; border-top: 4px solid var(--accent); }
main, header, footer { width: 100%; max-width: 42rem; margin-inline: auto; padding-inline: clamp(1rem, 4vw, 2rem); }
header { padding-block: 1.5rem 0; color: var(--quiet); font-size: .9375rem; }
header a { color: inherit; }
main { padding-block: 1rem 2rem; display: grid; gap: 1.5rem; }
h1 { font: 700 clamp(1.5rem, 5vw, 2rem)/1.4 var(--serif); margin: 0; }
p { margin: 0; }
.state { display: grid; gap: .25rem; padding: 1rem 1.25rem; border-left: .375rem solid var(--good); background: var(--raised); }
.state strong { font-size: 1.5rem; line-height: 1.4; color: var(--good); }
.revoked { border-left-color: var(--accent); border-left-style: double; }
.revoked strong { color: var(--accent); }
.words { font: 1.125rem/1.9 var(--serif); }
dl { margin: 0; display: grid; border-top: 1px solid var(--line); }
dl > div { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: .25rem 1rem; padding-block: .625rem; border-bottom: 1px solid var(--line); }
dt { color: var(--quiet); } dd { margin: 0; }
form { display: grid; gap: .75rem; }
label { font-weight: 600; }
input { font: 1.25rem/1.5 ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; width: 100%; min-height: 3rem; padding: .5rem .75rem; color: inherit; background: var(--raised); border: 1px solid var(--quiet); border-radius: 3px; text-transform: uppercase; }
button { justify-self: start; font: 600 1.0625rem var(--sans); min-height: 3rem; padding: .5rem 1.75rem; color: var(--on-accent); background: var(--accent); border: 0; border-radius: 3px; cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; }
.quiet { color: var(--quiet); font-size: .9375rem; }
.problem { color: var(--accent); font-weight: 600; }
footer { padding-block: 0 3rem; color: var(--quiet); font-size: .9375rem; }
footer a { color: inherit; display: inline-block; padding-block: .4rem; }
@media (max-width: 30em) { dl > div { grid-template-columns: minmax(0, 1fr); gap: 0; } }
@media print {
  @page { size: A4; margin: 25mm; }
  :root { --ground: #fff; --raised: #fff; --ink: #000; --quiet: #333; --line: #999; --accent: #000; --good: #000; }
  body { border: 0; font-size: 12pt; } main, header, footer { max-width: none; padding-inline: 0; }
  .no-print { display: none; }
  .state { border: 1pt solid #000; }
}
`

const digest = createHash('sha256').update(checkStyles).digest('hex').slice(0, 12)

/** Where it lies, below the pages themselves; another address for another content. */
export const checkStylesFile = `/styles-${digest}.css`
