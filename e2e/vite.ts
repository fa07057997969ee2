import path from 'node:path'
import { createServer } from 'vite'

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
