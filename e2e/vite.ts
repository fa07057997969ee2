import path from 'node:path'
import { build, createServer } from 'vite'

const web = path.join(import.meta.dirname, '../web')

/** The pages as Vite serves them from their sources, without a server behind them. */
export interface PagesFromSources {
  origin: string
  close: () => Promise<void>
}

/** Serves the pages of the web on a free port. `name` tells apart what several test files prepare at the same time. */
export async function servePages(name: string): Promise<PagesFromSources> {
  const vite = await createServer({
    configFile: path.join(web, 'vite.config.ts'),
    cacheDir: path.join(web, `node_modules/.vite-test-${name}`),
    server: { port: 0, hmr: false, watch: null },
    logLevel: 'error',
  })
  await vite.listen()
  const [address = ''] = vite.resolvedUrls?.local ?? []
  return { origin: new URL(address).origin, close: () => vite.close() }
}

/** A module of the web, given as code, as a script that puts what it exports under a name, for a page without a server. */
export async function bundled(name: string, code: string): Promise<string> {
  const [built] = [
    await build({
      root: web,
      configFile: false,
      logLevel: 'error',
      define: { 'process.env.NODE_ENV': '"production"' },
      plugins: [
        { name: 'given', resolveId: (id) => (id === entry ? id : null), load: (id) => (id === entry ? code : null) },
      ],
      build: { write: false, minify: false, lib: { entry, name, formats: ['iife'] } },
    }),
  ].flat()
  if (!built || !('output' in built)) throw new Error('nothing was built')
  return built.output[0].code
}

const entry = path.join(web, 'src/given.ts')
