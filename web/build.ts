import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const web = import.meta.dirname
const dist = path.join(web, 'dist')

/** What a build is made of, relative to this folder. Of the server the web uses schemas (and types, which leave no trace). */
const sources = [
  'index.html',
  'vite.config.ts',
  'early.ts',
  'package.json',
  'build.ts',
  'public',
  'src',
  '../rules/src',
  '../server/src/platform/rich-text',
  '../server/src/platform/visible-text.ts',
  '../server/src/platform/wire.ts',
  '../server/src/platform/content/incoming-schema.ts',
  '../server/src/platform/media/media-kinds.ts',
  '../server/src/modules',
]

/**
 * The folder with the built web pages (`index.html`, `assets/…`), building them first if the sources have changed
 * since the last build. Each state of the sources has a folder of its own, so that a server that is still running
 * keeps the files it has sent out; beside each text file lie its `.br` and `.gz`.
 * Several processes may ask at once. Refuses where a build is needed and Vite is not installed.
 */
export async function buildWeb(): Promise<string> {
  const built = path.join(dist, await stampOfSources())
  if (existsSync(path.join(built, 'index.html'))) {
    await utimes(built, new Date(), new Date())
    return built
  }
  // In a process of its own: what the bundler takes in memory is given back before the server serves.
  await promisify(execFile)(process.execPath, [import.meta.filename, built], {
    env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '' },
  }).catch((error: { stderr?: string }) => {
    throw new Error(`网页构建失败。\n${error.stderr ?? ''}`, { cause: error })
  })
  return built
}

async function buildInto(built: string): Promise<void> {
  const unfinished = `${built}.${process.pid}`
  await bundle(unfinished)
  await compress(unfinished)
  await rename(unfinished, built).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true })
    // Another process was quicker with the same sources.
    if (!existsSync(path.join(built, 'index.html'))) throw error
  })
  await removeOldBuilds(built)
}

/** A digest of all source files: their names and contents. */
async function stampOfSources(): Promise<string> {
  const digest = createHash('sha256')
  for (const file of (await Promise.all(sources.map(filesIn))).flat().sort()) {
    const isServerFile = /^\.\.\/server\/src\/(modules|platform\/rich-text)/.test(file) && !file.endsWith('schema.ts')
    if (isServerFile || /\.test\.tsx?$/.test(file)) continue
    digest.update(`${file}\0`).update(await readFile(path.join(web, file)))
  }
  return digest.digest('hex').slice(0, 12)
}

async function filesIn(place: string): Promise<string[]> {
  const at = path.join(web, place)
  if (!existsSync(at)) return []
  if (!(await stat(at)).isDirectory()) return [place]
  const entries = await readdir(at, { recursive: true, withFileTypes: true })
  return entries
    .filter((it) => it.isFile())
    .map((it) => path.relative(web, path.join(it.parentPath, it.name)).split(path.sep).join('/'))
}

async function bundle(outDir: string): Promise<void> {
  const vite = await import('vite').catch(() => {
    throw new Error('网页需要重新构建，但没有安装 Vite。请在安装目录执行 npm ci（不要加 --omit=dev），然后重新启动。')
  })
  await mkdir(dist, { recursive: true })
  await vite.build({
    configFile: path.join(web, 'vite.config.ts'),
    mode: 'production',
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true },
  })
}

async function compress(folder: string): Promise<void> {
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    // The server writes a nonce into index.html for each answer, so it cannot be sent as compressed here.
    if (!entry.isFile() || !/\.(js|css|svg)$/.test(entry.name)) continue
    const file = path.join(entry.parentPath, entry.name)
    const content = await readFile(file)
    await writeFile(`${file}.br`, await promisify(brotliCompress)(content, brotli))
    await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }))
  }
}

/** Keeps the build in use and those of the last day, which another server may still be sending. */
async function removeOldBuilds(inUse: string): Promise<void> {
  const dayAgo = Date.now() - 24 * 3600 * 1000
  for (const entry of await readdir(dist)) {
    const folder = path.join(dist, entry)
    if (folder === inUse || (await stat(folder)).mtimeMs > dayAgo) continue
    await rm(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) {
  const target = process.argv[2]
  if (target) await buildInto(target)
  else console.log(await buildWeb())
}
