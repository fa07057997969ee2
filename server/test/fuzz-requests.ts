import fc from 'fast-check'

/** As much of a JSON schema as the description of the interface uses. */
export interface JsonSchema {
  type?: string
  const?: unknown
  enum?: readonly unknown[]
  anyOf?: readonly JsonSchema[]
  oneOf?: readonly JsonSchema[]
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  items?: JsonSchema
  minItems?: number
  maxItems?: number
  properties?: Readonly<Record<string, JsonSchema>>
  required?: readonly string[]
  propertyNames?: JsonSchema
  additionalProperties?: JsonSchema | boolean
}

/** An operation as the description of the interface has it. */
export interface Operation {
  method: string
  /** With its parameters in braces. */
  path: string
  parameters: readonly { in: string; name: string; schema: JsonSchema }[]
  body?: JsonSchema
}

/** A generated request. */
export interface BadRequest {
  path: string
  headers: Readonly<Record<string, string>>
  body?: string
}

/** Requests to an operation in which any part may be wrong; `ids` are those of records that exist. */
export function requestsTo({ path, parameters, body }: Operation, ids: readonly string[]): fc.Arbitrary<BadRequest> {
  const schemaOf = (name: string) => parameters.find((it) => it.in === 'path' && it.name === name)?.schema ?? {}
  const segments = path.split('/').map((part) => {
    const name = /^\{(.+)\}$/.exec(part)?.[1]
    return name === undefined ? fc.constant(part) : segmentFor(schemaOf(name), ids)
  })
  const query = parameters.filter((it) => it.in === 'query').map((it) => queryFor(it.name, it.schema, ids))
  return fc.record({
    path: fc
      .tuple(fc.tuple(...segments), fc.tuple(...query, rare(strayQuery, fc.constant(''))))
      .map(([parts, asked]) => `${parts.join('/')}?${asked.filter((it) => it !== '').join('&')}`),
    headers: fc
      .tuple(ifMatch, rare(contentType, fc.constant('application/json')))
      .map(([match, type]) => ({ ...(match && { 'if-match': match }), ...(type && { 'content-type': type }) })),
    ...(body && {
      body: rare(
        fc.constantFrom(...brokenBodies),
        valueFor(body, ids).map((it) => JSON.stringify(it) ?? ''),
      ),
    }),
  })
}

/** Mostly the second, now and then the first. */
const rare = <A, B>(seldom: fc.Arbitrary<A>, often: fc.Arbitrary<B>): fc.Arbitrary<A | B> =>
  fc.oneof({ weight: 1, arbitrary: seldom }, { weight: 14, arbitrary: often })

/** A value for a schema, in which each part may be replaced by something nasty. */
function valueFor(schema: JsonSchema, ids: readonly string[]): fc.Arbitrary<unknown> {
  return rare(nasty, soundFor(schema, ids))
}

function soundFor(schema: JsonSchema, ids: readonly string[]): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map((it) => soundFor(it, ids)))
  switch (schema.type) {
    case 'string':
      return textFor(schema, ids)
    case 'integer':
      return fc.integer({
        min: Math.max(schema.minimum ?? 0, -(2 ** 31)),
        max: Math.min(schema.maximum ?? 100, 2 ** 31),
      })
    case 'number':
      return fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 100, noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(valueFor(schema.items ?? {}, ids), { minLength: schema.minItems ?? 0, maxLength: 3 })
    case 'object':
      return objectFor(schema, ids)
    default:
      return fc.jsonValue()
  }
}

function objectFor({ properties, required = [], additionalProperties }: JsonSchema, ids: readonly string[]) {
  if (!properties) {
    const values = typeof additionalProperties === 'object' ? additionalProperties : {}
    return fc.dictionary(fc.oneof(day, fc.string({ maxLength: 8 }), nastyText), valueFor(values, ids), { maxKeys: 3 })
  }
  const parts = Object.fromEntries(Object.entries(properties).map(([name, it]) => [name, valueFor(it, ids)]))
  const sound = fc.record(parts, { requiredKeys: required.filter((name) => name in parts) })
  return rare(fc.record(parts, { requiredKeys: [] }), sound)
}

function textFor({ format, pattern, minLength = 0, maxLength = 30 }: JsonSchema, ids: readonly string[]) {
  if (format === 'uuid') return fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...ids) }, fc.uuid())
  if (format === 'date') return day
  if (format === 'month') return day.map((it) => it.slice(0, 7))
  if (pattern?.includes('\\d{6}')) return fc.constantFrom('000000', '123456')
  const most = Math.max(minLength, Math.min(maxLength, 30))
  return fc.oneof(
    fc.string({ minLength, maxLength: most }),
    fc.constantFrom(...words.filter((it) => it.length <= maxLength)),
  )
}

const words = ['沈星', '2023', 'shen', '第一党支部', 'taken', '13900008001', '990000200305117007', '材料有误，予以更正']

/** Mostly days on which something could have happened, and the edges of the calendar. */
const day = fc
  .oneof(
    {
      weight: 4,
      arbitrary: fc.date({ min: new Date('2019-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
    },
    fc.constantFrom('1850-01-01', '1849-12-31', '2199-12-31', '2200-01-01', '2024-02-29').map((it) => new Date(it)),
  )
  .map((it) => it.toISOString().slice(0, 10))

const nastyText = fc.constantFrom(
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udc00',
  '\u202e\u200b\ufeff',
  '🙂🙂',
  'ﷺ'.repeat(300),
  'x'.repeat(5_000),
  '支'.repeat(3_000),
  "'; drop table persons; --",
  '%_\\',
  '$1 {} {{x}}',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  '2026-02-30',
  '0000-00-00',
  '-0001-01-01',
  '10000-01-01',
  '2026-13',
  'NaN',
  '00000000-0000-0000-0000-000000000000',
)

const nasty = fc.oneof(
  nastyText,
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 1e308, -1e308, 5e-324),
  fc.constantFrom<unknown>([], {}, [[]], [null], { length: -1 }, { toString: 1 }, JSON.parse('{"__proto__":{"a":1}}')),
  fc.jsonValue({ maxDepth: 2 }),
  fc.array(fc.constantFrom('x', null, 1), { minLength: 300, maxLength: 2_500 }),
)

const brokenBodies = [
  '',
  '{',
  'null',
  '"x"',
  '[]',
  '1e999',
  '{"a":',
  '{"__proto__":{"isAdmin":true}}',
  '['.repeat(20_000),
  `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
  '\ufeff{}',
  'a=b&c=d',
  '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nb\r\n--x--',
]

const contentType = fc.constantFrom(
  undefined,
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/octet-stream',
  'x',
)

/** `current` stands for the revision that the record has. */
export const current = 'current'
const ifMatch = fc.oneof(
  { weight: 5, arbitrary: fc.constant(current) },
  fc.constantFrom(undefined, '*', '""', '"-1"', '"1"', 'W/"1"', '"999999999"', '"99999999999999999999"', '1', 'x'),
)

/** What a path segment may hold that is no id, as it stands in an address. */
const nastySegments = [
  '%00',
  '%ED%A0%80',
  '%ff',
  '%',
  '%2e%2e',
  '..%2f..%2fetc',
  '%20',
  'null',
  '-1',
  '1e9',
  "'",
  'x'.repeat(3_000),
  '%E6%94%AF',
  '__proto__',
  '*',
  '%0d%0aset-cookie:a=b',
]

function segmentFor(schema: JsonSchema, ids: readonly string[]): fc.Arbitrary<string> {
  const sound = soundFor(schema, ids).map((it) => encoded(String(it)))
  return fc.oneof({ weight: 6, arbitrary: sound }, { weight: 1, arbitrary: fc.constantFrom(...nastySegments) })
}

function queryFor(name: string, schema: JsonSchema, ids: readonly string[]): fc.Arbitrary<string> {
  const sound = name === 'cursor' ? rare(nastyText, cursorText(ids)) : rare(nastyText, soundFor(schema, ids))
  const given = sound.map((it) => `${name}=${encoded(String(it))}`)
  const odd = fc.constantFrom(`${name}`, `${name}=`, `${name}=%00`, `${name}=%ff`, `${name}[]=1`, `${name}=1&${name}=2`)
  return fc.oneof({ weight: 4, arbitrary: fc.constant('') }, { weight: 4, arbitrary: given }, rare(odd, given))
}

/** A cursor of the right form with anything in it. */
function cursorText(ids: readonly string[]): fc.Arbitrary<string> {
  const part = fc.oneof(fc.constantFrom(...ids), day, nasty, fc.constantFrom('shenxing', 'admissionAssembly', 3))
  return fc.array(part, { maxLength: 4 }).map((key) =>
    Buffer.from(JSON.stringify(key) ?? '')
      .toString('base64url')
      .slice(0, 600),
  )
}

const strayQuery = fc.constantFrom('x=1', '__proto__=1', 'constructor[prototype]=1', '&&=&', `${'a=1&'.repeat(500)}`)

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed())
