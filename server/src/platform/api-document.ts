import type { Hono } from 'hono'
import { generateSpecs } from 'hono-openapi'
import type { Env } from './http.ts'

/** The description of the interface, OpenAPI 3.1. */
export type ApiDocument = Awaited<ReturnType<typeof generateSpecs>>
export type Operation = NonNullable<NonNullable<ApiDocument['paths'][string]>['get']>

/** What a part of the interface is called, by the first segment behind `/api`. */
export type PartNames = Readonly<Record<string, string>>

/** The methods that an address may have, in the order in which they are shown. */
export const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

const problem = { $ref: '#/components/responses/problem' }

/** Describes the interface from the schemas that check the requests; `sessionCookie` is the name of the cookie with the session. */
export async function describeApi(app: Hono<Env>, parts: PartNames, sessionCookie: string): Promise<ApiDocument> {
  const document = await generateSpecs(app, {
    defaultValidationErrorResponse: false,
    documentation: {
      openapi: '3.1.0',
      info: { title: '支部工作台接口', version: '0.1.0', description },
      tags: Object.values(parts).map((name) => ({ name })),
      security: [{ session: [] }],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: sessionCookie, description: '登录后由服务器设置' },
        },
      },
    },
  })
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => (item?.[method] ? [{ path, operation: item[method] }] : [])),
  )
  // Every operation answers problems alike: told once.
  const [first] = operations.flatMap(({ operation }) => operation.responses?.default ?? [])
  for (const { path, operation } of operations) {
    operation.tags = [parts[path.split('/')[2] ?? ''] ?? '其他']
    if (operation.responses?.default) operation.responses.default = problem
  }
  if (first) document.components = { ...document.components, responses: { problem: first } }
  return document
}

const description = [
  '请求和答复均为 JSON，时间为 UTC，日期为 YYYY-MM-DD。',
  '写操作须带请求头 x-zhibu-csrf: 1；修改一条记录须带 If-Match（取自读取时的 ETag）。',
  '出错时答复 application/problem+json（RFC 9457），detail 说明原因和改法，fields 指出有误的字段。',
  '列表以 next 翻页：把它作为 cursor 再次请求。',
].join('\n')
