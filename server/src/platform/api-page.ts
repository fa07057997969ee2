import { html, raw } from 'hono/html'
import { type ApiDocument, methods, type Operation } from './api-document.ts'

/** The description of the interface as a page to read: no script, nothing from elsewhere. Its style sheet is `apiStyles`. */
export function apiPage(document: ApiDocument, stylesAt: string) {
  const { title, version, description } = document.info
  const parts = (document.tags ?? []).map(({ name }) => ({ name, operations: operationsOf(document, name) }))
  return html`<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <link rel="stylesheet" href="${stylesAt}">
  </head>
  <body>
    <header>
      <h1>${title} <small>${version}</small></h1>
      ${description.split('\n').map((line) => html`<p>${line}</p>`)}
      <p>OpenAPI 3.1：<a href="/api/openapi.json">/api/openapi.json</a></p>
      <nav>${parts.map(({ name }) => html`<a href="#${name}">${name}</a> `)}</nav>
    </header>
    <main>${parts.map(
      ({ name, operations }) => html`
      <section>
        <h2 id="${name}">${name}</h2>
        ${operations.map(operationView)}
      </section>`,
    )}
    </main>
  </body>
</html>`
}

interface Listed {
  method: string
  path: string
  operation: Operation
}

function operationsOf(document: ApiDocument, tag: string): Listed[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item?.[method]
      return operation?.tags?.includes(tag) ? [{ method, path, operation }] : []
    }),
  )
}

function operationView({ method, path, operation }: Listed) {
  const parameters = (operation.parameters ?? []).flatMap((it) => ('name' in it ? [it] : []))
  const body = operation.requestBody && 'content' in operation.requestBody ? operation.requestBody.content : undefined
  const answers = Object.entries(operation.responses ?? {}).filter(([status]) => status !== 'default')
  return html`
        <details>
          <summary><b class="${method}">${method.toUpperCase()}</b> <code>${path}</code> <span>${operation.summary ?? ''}</span></summary>
          ${parameters.map(
            (it) =>
              html`<p><code>${it.name}</code> <small>${it.in === 'path' ? '路径' : '查询'}${it.required ? '，必填' : ''}</small> <code>${typeOf(it.schema)}</code></p>`,
          )}
          ${body ? html`<h3>提交</h3>${contentView(body)}` : ''}
          ${answers.map(([status, answer]) => html`<h3>答复 ${status}</h3>${answer && 'content' in answer && answer.content ? contentView(answer.content) : html`<p>无内容</p>`}`)}
        </details>`
}

const contentView = (content: Readonly<Record<string, { schema?: unknown }>>) =>
  Object.entries(content).map(([type, { schema }]) => html`<p><small>${type}</small></p><pre>${typeOf(schema)}</pre>`)

/** What of a JSON schema is shown. */
interface Shape {
  type?: string | readonly string[]
  format?: string
  enum?: readonly unknown[]
  const?: unknown
  anyOf?: readonly unknown[]
  oneOf?: readonly unknown[]
  items?: unknown
  properties?: Readonly<Record<string, unknown>>
  required?: readonly string[]
  additionalProperties?: unknown
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
}

/** A JSON schema in the notation of TypeScript, with limits behind. */
function typeOf(schema: unknown, indent = ''): string {
  if (!isShape(schema)) return 'unknown'
  const alternatives = schema.anyOf ?? schema.oneOf
  if (alternatives) return alternatives.map((it) => typeOf(it, indent)).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((it) => JSON.stringify(it)).join(' | ')
  if (schema.properties) return objectOf(schema, indent)
  if (schema.items !== undefined) return `${bracketed(typeOf(schema.items, indent))}[]`
  if (isShape(schema.additionalProperties)) return `{ [name]: ${typeOf(schema.additionalProperties, indent)} }`
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? ['unknown'])
  return types.map((type) => (type === 'string' ? (schema.format ?? 'string') : type)).join(' | ') + limitsOf(schema)
}

function objectOf({ properties = {}, required = [] }: Shape, indent: string): string {
  const inner = `${indent}  `
  const lines = Object.entries(properties).map(
    ([name, it]) => `${inner}${name}${required.includes(name) ? '' : '?'}: ${typeOf(it, inner)}`,
  )
  return `{\n${lines.join('\n')}\n${indent}}`
}

const bracketed = (type: string) => (type.includes(' | ') && !type.startsWith('{') ? `(${type})` : type)

function limitsOf({ minLength, maxLength, minimum, maximum }: Shape): string {
  const [low, high] = [minLength ?? minimum, maxLength ?? maximum]
  const isBounded = (it: number | undefined): it is number => it !== undefined && Math.abs(it) < Number.MAX_SAFE_INTEGER
  if (isBounded(low) && isBounded(high)) return ` (${low}–${high})`
  if (isBounded(high)) return ` (≤ ${high})`
  return isBounded(low) ? ` (≥ ${low})` : ''
}

const isShape = (it: unknown): it is Shape => typeof it === 'object' && it !== null

/** The style sheet of the page. */
export const apiStyles = raw(`
:root { color-scheme: light dark; font: 16px/1.6 system-ui, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 small { font-size: 1rem; font-weight: normal; }
header p { margin: .25rem 0; }
nav { margin-top: 1rem; display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
details { border-top: 1px solid #8886; padding: .4rem 0; }
summary { cursor: pointer; }
summary b { display: inline-block; min-width: 4.5rem; font-size: .85rem; }
h3 { font-size: 1rem; margin: .75rem 0 0; }
code, pre { font: .9rem/1.5 ui-monospace, Consolas, monospace; overflow-wrap: anywhere; }
pre { background: #8882; padding: .5rem .75rem; border-radius: 4px; overflow-x: auto; margin: .25rem 0; }
@media print { details::details-content { content-visibility: visible; block-size: auto; } }
`)
