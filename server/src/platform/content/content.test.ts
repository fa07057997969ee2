import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { temporaryDirectory } from '../../../test/directory.ts'
import { s3Access, startS3Server } from '../../../test/s3-server.ts'
import { readConfig } from '../config.ts'
import { readSecrets } from '../secrets.ts'
import { bytesOfContent } from './byte-source.ts'
import { openContent } from './content.ts'
import { examine } from './content-type.ts'
import { takenTypes } from './taken-types.ts'

const { directory, remove } = await temporaryDirectory()
afterAll(remove)
const secrets = await readSecrets(directory, {})

const server = await startS3Server()
afterAll(server.close)
const inBucket = {
  CONTENT_STORE: 's3://archive',
  S3_ENDPOINT: server.endpoint,
  S3_REGION: s3Access.region,
  S3_ACCESS_KEY_ID: s3Access.accessKeyId,
  S3_SECRET_ACCESS_KEY: s3Access.secretAccessKey,
}

test.each([
  ['as it comes', {}, /^sha256-/],
  ['into a bucket', { ...inBucket, CONTENT_ENCRYPTION: 'on' }, /^sha256-/],
  ['by SM3 and sealed', { CONTENT_HASH: 'sm3', CONTENT_ENCRYPTION: 'on' }, /^sm3-/],
])('a file goes the whole way from the upload to the store: %s', async (what, settings, named) => {
  const dataDirectory = path.join(directory, what)
  const { store, uploads, scanner } = openContent(readConfig({ ZHIBU_DATA: dataDirectory, ...settings }), secrets)
  expect(scanner).toBe(null)
  const upload = await uploads.begin()
  await uploads.append(upload, 0, one('今天学习了党章。'), { maxBytes: 100 })
  expect(await examine(await uploads.bytesOf(upload), 'a.txt')).toMatchObject({ type: takenTypes.text, refused: [] })
  const { id, size } = await store.put(await uploads.finish(upload), { maxBytes: 100 })
  await uploads.discard(upload)
  expect({ id, size }).toEqual({ id: expect.stringMatching(named), size: 24 })
  expect(await examine(await bytesOfContent(store, id), 'a.txt')).toMatchObject({ type: takenTypes.text, refused: [] })
  expect(await text(await store.read(id))).toBe('今天学习了党章。')
  expect(await readdir(path.join(dataDirectory, 'uploads'))).toEqual([])
})

test('a scanner is there where one was set up', () => {
  expect(openContent(readConfig({ CLAMD: '/run/clamav/clamd.ctl' }), secrets).scanner).not.toBe(null)
})

async function* one(content: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(content)
}
