import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { AwsClient } from 'aws4fetch'
import type { ByteSource } from './byte-source.ts'

/** A bucket of any store that speaks S3, and how to get in. */
export interface S3Settings {
  /** Such as `https://s3.example.edu.cn`, without a slash at the end. */
  endpoint: string
  region: string
  bucket: string
  /** What all keys begin with; empty, or with a slash at the end. */
  prefix: string
  accessKeyId: string
  secretAccessKey: string
}

/** An object in a list. */
export interface S3Object {
  key: string
  bytes: number
  changedAt: Date
}

/** The few things that are asked of a bucket. Keys are without the prefix. */
export interface S3Bucket {
  /** Bytes of an object; null where there is none. */
  bytesOf(key: string): Promise<number | null>
  /** A part of an object, at least one byte of it; null where there is none. */
  read(key: string, span: { from: number; to: number }): Promise<Readable | null>
  /** Writes an object whole or not at all. */
  write(key: string, source: ByteSource): Promise<void>
  remove(key: string): Promise<void>
  list(prefix: string): AsyncIterable<S3Object>
  /** Gives up what was begun in parts before an instant; answers how many. */
  giveUpParts(before: Date): Promise<number>
}

/** What is larger goes in parts of this size, or larger ones where there would be more than a store takes. */
const partBytes = 16_777_216
const maxParts = 9_000

/** A bucket by path (`endpoint/bucket/key`), every request signed, and with the digest of what it carries. */
export function s3Bucket({ endpoint, region, bucket, prefix, accessKeyId, secretAccessKey }: S3Settings): S3Bucket {
  const client = new AwsClient({ accessKeyId, secretAccessKey, service: 's3', region, retries: 4 })
  const home = `${endpoint}/${bucket}`
  /** By the full key. A plus sign must be written out: signer and store would not agree about it. */
  const fullAddressOf = (key: string, query = '') =>
    `${home}/${key.split('/').map(encodeURIComponent).join('/')}${query}`
  const addressOf = (key: string, query = '') => fullAddressOf(`${prefix}${key}`, query)

  async function ask(method: string, address: string, more: { body?: Buffer | string; range?: string } = {}) {
    const { body, range } = more
    const headers: Record<string, string> = {
      'x-amz-content-sha256': createHash('sha256')
        .update(body ?? '')
        .digest('hex'),
      ...(range === undefined ? {} : { range }),
    }
    return client.fetch(address, {
      method,
      headers,
      redirect: 'manual',
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    })
  }

  /** Gives up an upload in parts. */
  const giveUp = async (key: string, upload: string): Promise<void> => {
    await wanted(await ask('DELETE', fullAddressOf(key, `?uploadId=${encodeURIComponent(upload)}`)), 204, 404)
  }

  async function writeParts(key: string, source: ByteSource): Promise<void> {
    const begun = await textOf(await wanted(await ask('POST', addressOf(key, '?uploads=')), 200))
    const upload = field(begun, 'UploadId')
    const size = Math.max(partBytes, Math.ceil(source.size / maxParts))
    try {
      let parts = ''
      for (let number = 1, at = 0; at < source.size; number++, at += size) {
        const query = `?partNumber=${number}&uploadId=${encodeURIComponent(upload)}`
        const body = await source.read(at, at + size)
        const written = await wanted(await ask('PUT', addressOf(key, query), { body }), 200)
        parts += `<Part><PartNumber>${number}</PartNumber><ETag>${written.headers.get('etag') ?? ''}</ETag></Part>`
      }
      const body = `<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>`
      const query = `?uploadId=${encodeURIComponent(upload)}`
      const answer = await textOf(await wanted(await ask('POST', addressOf(key, query), { body }), 200))
      // It may fail behind a 200.
      if (!answer.includes('<CompleteMultipartUploadResult')) throw new Error(`the store did not complete ${key}`)
    } catch (error) {
      await giveUp(`${prefix}${key}`, upload).catch(() => undefined)
      throw error
    }
  }

  /** Goes through the pages of a list. */
  async function* pages(query: string, next: (page: string) => string): AsyncGenerator<string> {
    for (let more = ''; ; ) {
      const page = await textOf(await wanted(await ask('GET', `${home}?${query}${more}`), 200))
      yield page
      if (field(page, 'IsTruncated') !== 'true') return
      more = next(page)
    }
  }

  return {
    async bytesOf(key) {
      const { status, headers } = await wanted(await ask('HEAD', addressOf(key)), 200, 404)
      return status === 404 ? null : Number(headers.get('content-length'))
    },
    async read(key, { from, to }) {
      const answer = await wanted(await ask('GET', addressOf(key), { range: `bytes=${from}-${to - 1}` }), 206, 404)
      if (answer.status === 206 && answer.body) return Readable.from(answer.body)
      await answer.body?.cancel()
      return null
    },
    async write(key, source) {
      if (source.size > partBytes) await writeParts(key, source)
      else await wanted(await ask('PUT', addressOf(key), { body: await source.read(0, source.size) }), 200)
    },
    async remove(key) {
      await wanted(await ask('DELETE', addressOf(key)), 204, 404)
    },
    async *list(below) {
      const query = `list-type=2&prefix=${encodeURIComponent(prefix + below)}`
      const next = (page: string) => `&continuation-token=${encodeURIComponent(field(page, 'NextContinuationToken'))}`
      for await (const page of pages(query, next)) {
        for (const it of page.match(/<Contents>.*?<\/Contents>/gs) ?? []) {
          const key = field(it, 'Key').slice(prefix.length)
          yield { key, bytes: Number(field(it, 'Size')), changedAt: new Date(field(it, 'LastModified')) }
        }
      }
    },
    async giveUpParts(before) {
      let given = 0
      const query = `uploads=&prefix=${encodeURIComponent(prefix)}`
      const next = (page: string) =>
        `&key-marker=${encodeURIComponent(field(page, 'NextKeyMarker'))}&upload-id-marker=${encodeURIComponent(field(page, 'NextUploadIdMarker'))}`
      for await (const page of pages(query, next)) {
        for (const it of page.match(/<Upload>.*?<\/Upload>/gs) ?? []) {
          if (new Date(field(it, 'Initiated')) >= before) continue
          await giveUp(field(it, 'Key'), field(it, 'UploadId'))
          given += 1
        }
      }
      return given
    },
  }
}

/** The answer, if it is one of these; else an error with what the store says about it. */
async function wanted(answer: Response, ...statuses: number[]): Promise<Response> {
  if (statuses.includes(answer.status)) return answer
  const said = await answer.text().catch(() => '')
  throw new Error(`the store answered ${answer.status} ${field(said, 'Code')} ${field(said, 'Message')}`.trim())
}

const textOf = (answer: Response): Promise<string> => answer.text()

/** The first element of this name. The keys and marks that are asked for hold nothing but plain characters and entities. */
const field = (xml: string, name: string): string =>
  (new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '')
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
