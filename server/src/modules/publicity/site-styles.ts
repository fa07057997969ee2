import { createHash } from 'node:crypto'
import { siteRoot } from './site-addresses.ts'

/** The one style sheet of the site. System fonts, one accent, light and dark as the reader has it; on paper only the article. */
export const siteStyles = `
:root {
  color-scheme: light dark;
  --ground: #fffdfa; --raised: #f7f2ea; --ink: #221d19; --quiet: #665c53; --line: #e4dacd; --accent: #a8321a; --on-accent: #fff;
  --sans: system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif;
  --serif: "Songti SC", "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", STSong, SimSun, serif;
}
@media (prefers-color-scheme: dark) {
  :root { --ground: #181512; --raised: #221e1a; --ink: #ece5dc; --quiet: #b3a798; --line: #3a332c; --accent: #f0896b; --on-accent: #2a0d05; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.75 var(--sans); line-break: strict; overflow-wrap: anywhere;
  text-spacing-trim: trim-start; border-top: 4px solid var(--accent); min-height: 100vh; display: flex; flex-direction: column;
}
.wide { width: 100%; max-width: 70rem; margin-inline: auto; padding-inline: clamp(1rem, 4vw, 2rem); }
main { flex: 1; padding-block: clamp(1.25rem, 4vw, 2.5rem) 4rem; }
a { color: inherit; text-decoration-color: var(--line); text-underline-offset: .25em; text-decoration-thickness: 1px; }
a:hover { color: var(--accent); text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
h1, h2, h3 { font-family: var(--serif); line-height: 1.4; margin: 0; font-weight: 700; text-wrap: pretty; }
p { margin: 0; }
img { max-width: 100%; height: auto; display: block; background: var(--raised); }
ul.plain, ol.plain { list-style: none; margin: 0; padding: 0; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--ground); padding: .5rem 1rem; z-index: 1; }
.quiet { color: var(--quiet); font-size: .875rem; }
.paper { display: none; }

.head { border-bottom: 1px solid var(--line); }
.mast { display: flex; flex-wrap: wrap; gap: .75rem 2rem; align-items: end; justify-content: space-between; padding-block: clamp(1.25rem, 4vw, 2.25rem) 1rem; }
.mast .name { font: 700 clamp(1.5rem, 5vw, 2.25rem)/1.3 var(--serif); letter-spacing: .04em; }
.mast .name a { text-decoration: none; }
.find { display: flex; }
.find input {
  font: inherit; font-size: 1rem; width: 11rem; min-width: 0; min-height: 2.75rem; padding: .25rem .75rem; color: inherit; background: var(--raised);
  border: 1px solid var(--line); border-right: 0; border-radius: 3px 0 0 3px;
}
.find button {
  font: inherit; min-width: 4rem; min-height: 2.75rem; padding: .25rem 1rem; color: var(--on-accent); background: var(--accent); border: 0;
  border-radius: 0 3px 3px 0; cursor: pointer;
}
.find.large input { flex: 1; max-width: 30rem; }
.ways ul { display: flex; flex-wrap: wrap; gap: 0 1.75rem; }
.ways a { display: inline-block; padding-block: .6rem; text-decoration: none; border-bottom: 2px solid transparent; }
.ways a:hover, .ways [aria-current] { border-bottom-color: var(--accent); color: var(--accent); }
.ways .end { margin-left: auto; }

.lead { display: grid; gap: 1.25rem clamp(1.5rem, 4vw, 3rem); padding-bottom: 2rem; margin-bottom: 2rem; border-bottom: 1px solid var(--line); }
.lead img { width: 100%; border-radius: 3px; }
.lead h2 { font-size: clamp(1.5rem, 3.4vw, 2.1rem); }
.lead p { margin-top: .75rem; }
.columns { display: grid; gap: 2.5rem clamp(2rem, 5vw, 4rem); }
@media (min-width: 56rem) {
  .lead.pictured { grid-template-columns: 3fr 2fr; align-items: center; }
  .columns { grid-template-columns: minmax(0, 2fr) minmax(0, 1fr); }
}
.title { font-size: 1.25rem; padding-bottom: .5rem; border-bottom: 1px solid var(--line); display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; }
.title::before { content: ""; width: .3rem; height: 1em; background: var(--accent); align-self: center; margin-right: -.4rem; }
.title > :first-child { flex: 1; }
.title a { text-decoration: none; }
.title .all { font: .875rem var(--sans); color: var(--quiet); padding-block: .25rem; }
.side section + section { margin-top: 2rem; }
.side li { padding: .6rem 0; border-bottom: 1px dashed var(--line); line-height: 1.6; }
.side li a, .entries h3 a, .entries h2 a, .lead h2 a { text-decoration: none; }
.entries > li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .35rem 1.25rem; padding: 1.25rem 0; border-bottom: 1px solid var(--line); }
.entries :is(h2, h3) { font-size: 1.15rem; }
.entries img { width: 6rem; height: 6rem; object-fit: cover; border-radius: 3px; }
.entries .summary { color: var(--quiet); font-size: .95rem; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; margin-block: .25rem; }
mark { background: none; color: var(--accent); font-weight: 700; }
.only { display: inline-block; font: .75rem/1.6 var(--sans); color: var(--accent); border: 1px solid currentColor; border-radius: 2px; padding: 0 .4em; vertical-align: .15em; white-space: nowrap; }
.page-head { margin-bottom: 1rem; }
.page-head h1 { font-size: clamp(1.5rem, 4vw, 2rem); }
.page-head p { margin-top: .5rem; color: var(--quiet); }
.turn { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; padding-top: 1.5rem; }
.turn a { padding-block: .5rem; }
.months { columns: 10rem; column-gap: 2rem; }
.months li { padding: .4rem 0; break-inside: avoid; }

.article { max-width: 44rem; margin-inline: auto; }
.crumbs { margin-bottom: 1.25rem; }
.crumbs a { display: inline-block; padding-block: .25rem; }
.article > header { border-bottom: 1px solid var(--line); padding-bottom: 1.25rem; margin-bottom: 1.75rem; }
.article h1 { font-size: clamp(1.6rem, 5vw, 2.25rem); }
.article .abstract { margin-top: 1rem; color: var(--quiet); }
.facts { display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin-top: 1rem; color: var(--quiet); font-size: .9rem; }
.corrected { background: var(--raised); border-left: 3px solid var(--accent); padding: .9rem 1.1rem; margin-bottom: 1.75rem; }
.corrected h2 { font: 600 1rem var(--sans); }
.corrected li { margin-top: .35rem; }
.text { font-size: 1.0625rem; line-height: 1.95; }
.text > * + * { margin-top: 1.1em; }
.text :is(h2, h3, h4) { margin-top: 1.8em; }
.text h2 { font-size: 1.4rem; } .text h3 { font-size: 1.2rem; } .text h4 { font-size: 1.05rem; margin-bottom: 0; }
.text a { color: var(--accent); text-decoration-color: currentColor; }
.text blockquote { margin-inline: 0; padding-left: 1.1rem; border-left: 3px solid var(--line); color: var(--quiet); }
.text figure { margin: 1.75em 0; }
.text figure.half { max-width: 50%; margin-inline: auto; }
.text figure img, .text video { width: 100%; height: auto; border-radius: 3px; }
.text figcaption { color: var(--quiet); font-size: .875rem; text-align: center; margin-top: .5rem; }
.text table { border-collapse: collapse; width: 100%; font-size: .95rem; line-height: 1.6; display: block; overflow-x: auto; }
.text :is(td, th) { border: 1px solid var(--line); padding: .4rem .6rem; vertical-align: top; text-align: left; min-width: 4rem; }
.text th { background: var(--raised); }
.text :is(ul, ol) { padding-left: 1.6em; }
.text hr { border: 0; border-top: 1px solid var(--line); margin-block: 2em; }
.text .align-center { text-align: center; } .text .align-right { text-align: right; } .text .align-justify { text-align: justify; }
.text sup { line-height: 0; } .text .note { padding: .4em .3em; }
.text .notes { margin-top: 2.5em; padding-top: 1em; border-top: 1px solid var(--line); font-size: .9rem; line-height: 1.7; color: var(--quiet); }
.text .notes li :is(p, a) { display: inline; }
.text .gone { color: var(--quiet); }
.neighbours { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 1rem; display: grid; gap: .25rem; }
.neighbours a { display: inline-block; padding-block: .35rem; }

.foot { border-top: 1px solid var(--line); background: var(--raised); }
.foot > div { padding-block: 1.75rem 2.25rem; display: grid; gap: .35rem; }
.foot ul { display: flex; flex-wrap: wrap; gap: 0 1.5rem; }
.foot li a { display: inline-block; padding-block: .4rem; }

@media print {
  @page { size: A4; margin: 24mm 20mm 20mm; }
  :root { --ground: #fff; --raised: #fff; --ink: #000; --quiet: #333; --line: #999; --accent: #000; }
  body { border: 0; display: block; font-size: 11pt; }
  main, .wide { padding: 0; max-width: none; }
  .head, .foot, .crumbs, .neighbours, .turn, .find, .skip, .text video { display: none; }
  .paper { display: block; font-size: 9pt; color: #333; border-bottom: .5pt solid #999; padding-bottom: 2mm; margin-bottom: 8mm; }
  .article { max-width: none; }
  .article h1 { font-size: 20pt; text-align: center; }
  .facts { justify-content: center; font-size: 9.5pt; }
  .text { font-size: 11.5pt; line-height: 1.8; }
  .text > p { text-indent: 2em; } .text > p[class] { text-indent: 0; }
  .text a { color: inherit; text-decoration: none; }
  .text table { display: table; }
  .text figure img { max-height: 110mm; width: auto; max-width: 100%; margin-inline: auto; }
  h1, h2, h3, h4 { break-after: avoid; } figure, tr, blockquote { break-inside: avoid; } p { orphans: 2; widows: 2; }
  .corrected { border: .5pt solid #999; }
}
`

/** Where it stands: another sheet has another name, so that this one may be kept for ever. */
export const stylesPath = `${siteRoot}/style-${createHash('sha256').update(siteStyles).digest('hex').slice(0, 12)}.css`
