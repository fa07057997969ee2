import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { fieldEncryption } from './encryption.ts'
import { readSecrets } from './secrets.ts'

const directory = await mkdtemp(path.join(os.tmpdir(), 'zhibu-secrets-'))
afterAll(() => rm(directory, { recursive: true }))
const secrets = await readSecrets(directory, {})
const { sealField, openField, sealBytes, openBytes, keyedHash } = fieldEncryption(secrets)
const other = fieldEncryption(await readSecrets(path.join(directory, 'other'), {}))

test('what is sealed opens again, and no two sealings look alike', () => {
  fc.assert(
    fc.property(fc.string(), (ascii) => {
      const text = `${ascii}张三`
      const sealed = sealField(text, 'here')
      expect(openField(sealed, 'here')).toBe(text)
      expect(sealField(text, 'here')).not.toBe(sealed)
    }),
  )
})

test('bytes that are sealed open again, and no two sealings look alike', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3_000 }), (bytes) => {
      const sealed = sealBytes(bytes, 'here')
      expect(openBytes(sealed, 'here')).toEqual(Buffer.from(bytes))
      expect(sealed.length).toBe(bytes.length + 1 + (secrets.fieldKeys[0]?.id.length ?? 0) + 12 + 16)
      expect(sealBytes(bytes, 'here')).not.toEqual(sealed)
    }),
  )
})

describe('does not open', () => {
  const sealed = sealField('11010519491231002X', 'persons.id_number:1')
  const [id = '', nonce = '', tag = '', body = ''] = sealed.split('.')
  const changed = `${body.startsWith('A') ? 'B' : 'A'}${body.slice(1)}`
  test.each([
    ['in another place', () => openField(sealed, 'persons.id_number:2')],
    ['with a changed text', () => openField([id, nonce, tag, changed].join('.'), 'persons.id_number:1')],
    ['with a shortened tag', () => openField([id, nonce, tag.slice(0, 6), body].join('.'), 'persons.id_number:1')],
    ['cut off', () => openField([id, nonce].join('.'), 'persons.id_number:1')],
    ['under an unknown key', () => openField(['k9', nonce, tag, body].join('.'), 'persons.id_number:1')],
    ['with the key of another server', () => other.openField(sealed, 'persons.id_number:1')],
  ])('%s', (_what, open) => {
    expect(open).toThrow()
  })

  const bytes = sealBytes(Buffer.from('11010519491231002X'), 'import_slices.cells:1')
  const changedAt = (at: number) => Buffer.from(bytes.map((it, index) => (index === at ? it ^ 1 : it)))
  test.each([
    ['in another place', bytes, 'import_slices.cells:2'],
    ['with a changed body', changedAt(bytes.length - 1), 'import_slices.cells:1'],
    ['with a changed nonce', changedAt(4), 'import_slices.cells:1'],
    ['with the name of another key', changedAt(1), 'import_slices.cells:1'],
    ['with another length of that name', changedAt(0), 'import_slices.cells:1'],
    ['cut off in the tag', bytes.subarray(0, 20), 'import_slices.cells:1'],
    ['empty', Buffer.alloc(0), 'import_slices.cells:1'],
  ])('bytes %s', (_what, sealed, place) => {
    expect(() => openBytes(sealed, place)).toThrow()
  })
})

test('an older key still opens after a new one was added', () => {
  const sealed = sealField('text', 'here')
  const turned = fieldEncryption({
    ...secrets,
    fieldKeys: [...secrets.fieldKeys, { id: 'k2', key: Buffer.alloc(32, 7).toString('base64') }],
  })
  expect(turned.openField(sealed, 'here')).toBe('text')
  expect(turned.openBytes(sealBytes(Buffer.from('text'), 'here'), 'here').toString()).toBe('text')
  expect(turned.sealField('text', 'here')).toMatch(/^k2\./)
})

test('a keyed hash is the same for the same text on the same server only', () => {
  expect(keyedHash('1')).toBe(keyedHash('1'))
  expect(keyedHash('1')).not.toBe(keyedHash('2'))
  expect(keyedHash('1')).not.toBe(other.keyedHash('1'))
})

describe('the file of secrets', () => {
  const file = path.join(directory, 'secrets.json')

  test('is made once, for its owner only', async () => {
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const all = await Promise.all(Array.from({ length: 8 }, () => readSecrets(path.join(directory, 'race'), {})))
    expect(all).toEqual(all.map(() => all[0]))
    expect(await readSecrets(directory, {})).toEqual(secrets)
  })

  test('is refused when others may read it, or when it is not whole', async () => {
    const whole = await readFile(file, 'utf8')
    await chmod(file, 0o640)
    await expect(readSecrets(directory, {})).rejects.toThrow('chmod 600')
    await chmod(file, 0o600)
    await writeFile(file, whole.slice(0, 40))
    await expect(readSecrets(directory, {})).rejects.toThrow('备份')
    await writeFile(file, whole)
  })

  test('gives way to the environment', async () => {
    const given = { ...secrets, session: 'x'.repeat(40) }
    expect(await readSecrets(directory, { ZHIBU_SECRETS: JSON.stringify(given) })).toEqual(given)
  })
})
