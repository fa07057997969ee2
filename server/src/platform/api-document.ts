import type { Hono } from 'hono'
import { html } from 'hono/html'
import { generateSpecs } from 'hono-openapi'
import type { Env } from './http.ts'

/** The description of the interface, OpenAPI 3.1, made from the schemas that check the requests. */
export type ApiDocument = Awaited<ReturnType<typeof generateSpecs>>

export function apiDocument(app: Hono<Env>): Promise<ApiDocument> {
  return generateSpecs(app, {
    documentation: {
      openapi: '3.1.0',
      info: { title: '支部工作台接口', version: '0.1.0', description: '' },
    },
  })
}

/** The same as a page to read. */
export function apiPage(document: ApiDocument) {
  return html`<!doctype html><title>${document.info.title}</title>`
}
