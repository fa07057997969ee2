import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { buildWeb } from '../web/build.ts'
import { atMost, type Measure } from './measure.ts'

/** The scripts that the first page brings with it before anything is asked for, compressed. */
export async function measureWeb(): Promise<Measure[]> {
  const built = await buildWeb()
  const html = await readFile(path.join(built, 'index.html'), 'utf8')
  const files = [...html.matchAll(/"(\/assets\/[^"]+\.js)"/g)].map(([, file = '']) => file)
  const sizes = await Promise.all(files.map(async (it) => (await readFile(path.join(built, `${it}.gz`))).length))
  const total = sizes.reduce((sum, it) => sum + it, 0)
  return [atMost('web: JS that every page begins with, gz', total / 1024, 220, 'KB')]
}
