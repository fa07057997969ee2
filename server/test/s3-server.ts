import { createHash, createHmac } from 'node:crypto'
import http from 'node:http'
import { buffer } from 'node:stream/consumers'

/** A small store that speaks S3, as far as contents need it: objects in memory, every request checked for its signature. */
export interface S3Server {
  endpoint: string
  /** By `bucket/key`. */
  objects: Map<string, { bytes: Buffer; changedAt: Date }>
  /** Uploads in parts that were begun and neither completed nor given up, by their id. */
  uploads: Map<string, { key: string; parts: Map<number, Buffer>; begunAt: Date }>
  /** What was asked, such as `PUT bucket/key`, in order. */
  requests: string[]
  /** Answers the next requests that this fits with this status and no deed. */
  failing: { pattern: RegExp; status: number; times: number }
  close(): Promise<void>
}

const secret = 'geheim'

/** What opens the server. */
export const s3Access = { region: 'cn-east-1', accessKeyId: 'zhibu', secretAccessKey: secret }

/** Lists give so many keys at a time. */
const pageKeys = 3

export async function startS3Server(): Promise<S3Server> {
  const objects: S3Server['objects'] = new Map()
  const uploads: S3Server['uploads'] = new Map()
  const requests: string[] = []
  const failing = { pattern: /$^/, status: 500, times: 0 }
  const server = http.createServer(async (request, response) => {
    const body = await buffer(request)
    const { status, headers = {}, content = '' } = answerTo(request, body)
    response.writeHead(status, { 'content-length': Buffer.byteLength(content), ...headers })
    response.end(request.method === 'HEAD' ? undefined : content)
  })

  function answerTo(request: http.IncomingMessage, body: Buffer): Answer {
    const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://s3')
    const place = decodeURIComponent(pathname.slice(1))
    const method = request.method ?? ''
    requests.push(`${method} ${place}`)
    if (failing.times > 0 && failing.pattern.test(`${method} ${request.url}`)) {
      failing.times -= 1
      return { status: failing.status, content: '<Error><Code>SlowDown</Code><Message>later</Message></Error>' }
    }
    if (!isSigned(request, body)) return { status: 403, content: '<Error><Code>SignatureDoesNotMatch</Code></Error>' }
    const isBucket = !place.includes('/')
    const upload = uploads.get(query.get('uploadId') ?? '')
    if (method === 'GET' && isBucket)
      return query.has('uploads') ? listUploads(place, query) : listObjects(place, query)
    if (method === 'POST' && query.has('uploads')) {
      const id = `up+load/${uploads.size}&${Math.random()}`
      uploads.set(id, { key: place, parts: new Map(), begunAt: new Date() })
      return { status: 200, content: `<R><UploadId>${id.replace('&', '&amp;')}</UploadId></R>` }
    }
    if (query.has('uploadId') && !upload) return { status: 404, content: '<Error><Code>NoSuchUpload</Code></Error>' }
    if (upload && method === 'PUT') {
      upload.parts.set(Number(query.get('partNumber')), body)
      return { status: 200, headers: { etag: `"${createHash('md5').update(body).digest('hex')}"` } }
    }
    if (upload && method === 'DELETE') {
      uploads.delete(query.get('uploadId') ?? '')
      return { status: 204 }
    }
    if (upload && method === 'POST') {
      const numbers = [...body.toString().matchAll(/<PartNumber>(\d+)</g)].map((it) => Number(it[1]))
      objects.set(place, {
        bytes: Buffer.concat(numbers.map((it) => upload.parts.get(it) ?? Buffer.alloc(0))),
        changedAt: new Date(),
      })
      uploads.delete(query.get('uploadId') ?? '')
      return { status: 200, content: '<CompleteMultipartUploadResult></CompleteMultipartUploadResult>' }
    }
    if (method === 'PUT') {
      objects.set(place, { bytes: body, changedAt: new Date() })
      return { status: 200 }
    }
    if (method === 'DELETE') {
      objects.delete(place)
      return { status: 204 }
    }
    const object = objects.get(place)
    if (!object) return { status: 404, content: '<Error><Code>NoSuchKey</Code></Error>' }
    if (method === 'HEAD') return { status: 200, headers: { 'content-length': object.bytes.length } }
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? []
    if (from === undefined) return { status: 200, content: object.bytes }
    if (Number(from) >= object.bytes.length) return { status: 416 }
    return { status: 206, content: object.bytes.subarray(Number(from), Number(to) + 1) }
  }

  function listObjects(bucket: string, query: URLSearchParams): Answer {
    const wanted = [...objects].filter(([it]) => it.startsWith(`${bucket}/${query.get('prefix')}`)).sort()
    const from = Number(query.get('continuation-token')?.slice(5) ?? 0)
    const items = wanted
      .slice(from, from + pageKeys)
      .map(
        ([key, it]) =>
          `<Contents><Key>${key.slice(bucket.length + 1)}</Key><LastModified>${it.changedAt.toISOString()}</LastModified><Size>${it.bytes.length}</Size></Contents>`,
      )
    const more = from + pageKeys < wanted.length
    const next = more ? `<NextContinuationToken>to+/=${from + pageKeys}</NextContinuationToken>` : ''
    return { status: 200, content: `<L><IsTruncated>${more}</IsTruncated>${next}${items.join('')}</L>` }
  }

  function listUploads(bucket: string, query: URLSearchParams): Answer {
    const items = [...uploads]
      .filter(([, it]) => it.key.startsWith(`${bucket}/${query.get('prefix')}`))
      .map(
        ([id, it]) =>
          `<Upload><Key>${it.key.slice(bucket.length + 1)}</Key><UploadId>${id.replace('&', '&amp;')}</UploadId><Initiated>${it.begunAt.toISOString()}</Initiated></Upload>`,
      )
    return { status: 200, content: `<L><IsTruncated>false</IsTruncated>${items.join('')}</L>` }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { endpoint: `http://127.0.0.1:${port}`, objects, uploads, requests, failing, close }
}

interface Answer {
  status: number
  headers?: http.OutgoingHttpHeaders
  content?: string | Buffer
}

/** Whether a request carries the signature (version 4) of who knows the secret, over its very body. */
function isSigned({ headers, method, url }: http.IncomingMessage, body: Buffer): boolean {
  const [, day, region, names = '', given] =
    /^AWS4-HMAC-SHA256 Credential=zhibu\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    ) ?? []
  const bodyHash = createHash('sha256').update(body).digest('hex')
  if (given === undefined || region !== s3Access.region || headers['x-amz-content-sha256'] !== bodyHash) return false
  if (!names.split(';').includes('host')) return false
  const [pathname = '', search = ''] = (url ?? '').split('?')
  const query = search
    .split('&')
    .map((it) => (it === '' || it.includes('=') ? it : `${it}=`))
    .sort()
    .join('&')
  const signed = names
    .split(';')
    .map((it) => `${it}:${headers[it]}\n`)
    .join('')
  const canonical = [method, pathname, query, signed, names, bodyHash].join('\n')
  const digest = createHash('sha256').update(canonical).digest('hex')
  const scope = `${day}/${region}/s3/aws4_request`
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, digest].join('\n')
  const sign = (key: string | Buffer, words: string) => createHmac('sha256', key).update(words).digest()
  const key = [day ?? '', region, 's3', 'aws4_request'].reduce<string | Buffer>(sign, `AWS4${secret}`)
  return sign(key, text).toString('hex') === given
}
