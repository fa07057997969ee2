import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { buildWeb } from '../web/build.ts'
import { atMost, type Measure } from './measure.ts'

/** The most script that a page may bring with it, compressed, in KB. */
const mostKb = 220

/**
 * The scripts that a page brings with it before anything is asked for, compressed: those with which every page begins,
 * then each page of the modules together with these. What a page loads later (a calendar, a form) is not counted.
 */
export async function measureWeb(): Promise<Measure[]> {
  const built = await buildWeb()
  const html = await readFile(path.join(built, 'index.html'), 'utf8')
  const first = [...html.matchAll(/"\/assets\/([^"]+\.js)"/g)].map(([, file = '']) => file)
  const scripts = new Map<string, string>()
  const sizes = new Map<string, number>()
  for (const file of (await readdir(path.join(built, 'assets'))).filter((it) => it.endsWith('.js'))) {
    scripts.set(file, await readFile(path.join(built, 'assets', file), 'utf8'))
    sizes.set(file, (await readFile(path.join(built, 'assets', `${file}.gz`))).length)
  }
  const weigh = (name: string, begins: readonly string[]) =>
    atMost(`web: ${name}, gz`, kilobytes(withImported(scripts, begins), sizes), mostKb, 'KB')
  const shell = [...scripts.keys()].filter((it) => it.startsWith('SignedIn-'))
  const pages = [...scripts.keys()].filter((it) => /^\w+(Page|Tab)-/.test(it)).sort()
  return [
    weigh('JS that every page begins with', first),
    ...pages.map((it) =>
      weigh(`JS of ${it.replace(/-.{8}\.js$/, '')}`, [...first, ...(standsAlone.test(it) ? [] : shell), it]),
    ),
  ]
}

/** The pages outside the shell. */
const standsAlone = /^(SignIn|Setup|Invitation|About|Contents|Chapter|Catalogue)Page-/

/** The files and all that they import at once, each of them once. */
function withImported(scripts: ReadonlyMap<string, string>, begins: readonly string[]): Set<string> {
  const found = new Set<string>()
  const open = [...begins]
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file)) continue
    found.add(file)
    const imported = (scripts.get(file) ?? '').matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)
    open.push(...[...imported].map(([, name = '']) => name))
  }
  return found
}

function kilobytes(files: Iterable<string>, sizes: ReadonlyMap<string, number>): number {
  return [...files].reduce((sum, it) => sum + (sizes.get(it) ?? 0), 0) / 1024
}
