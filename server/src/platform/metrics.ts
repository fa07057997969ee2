import { createServer } from 'node:http'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** What is counted. No label holds a person, an account or a full address. */
export const registry = new Registry()

/** Requests by route, method and status, in seconds. */
export const requestSeconds = new Histogram({
  name: 'zhibu_request_seconds',
  help: 'Duration of requests',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  registers: [registry],
})

/** Journal rows that were sealed. */
export const sealedRows = new Counter({
  name: 'zhibu_sealed_rows_total',
  help: 'Journal rows sealed',
  registers: [registry],
})

/** Restarts of the embedded database after it had died. */
export const databaseRestarts = new Counter({
  name: 'zhibu_database_restarts_total',
  help: 'Restarts of the embedded database',
  registers: [registry],
})

/** Jobs that were given up: `npx zhibu jobs` lists them. */
export const jobsGivenUp = new Counter({
  name: 'zhibu_jobs_given_up_total',
  help: 'Jobs given up',
  labelNames: ['kind'],
  registers: [registry],
})

collectDefaultMetrics({ register: registry })

/** Serves the metrics on the loopback interface; returns how to stop. */
export async function serveMetrics(port: number): Promise<() => Promise<void>> {
  const server = createServer(async (request, response) => {
    if (request.url !== '/metrics') return response.writeHead(404).end()
    const body = await registry.metrics()
    return response.writeHead(200, { 'content-type': registry.contentType }).end(body)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  })
  return () => new Promise((resolve) => server.close(() => resolve()))
}
