import { randomBytes } from 'node:crypto'
import { link, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { isCode } from './binaries.ts'
import { makeFolder } from './folder.ts'

/** What must stay secret. Made on the first start, kept in a file that only its owner reads. */
export interface Secrets {
  /** Signs sessions. */
  session: string
  /** Keys for sealed fields by their id; the last one seals, all open. 32 bytes each, base64. */
  fieldKeys: readonly { id: string; key: string }[]
  /** Key of the hashes by which an identity number is found again. 32 bytes, base64. */
  hashKey: string
}

const key = z.base64().refine((it) => Buffer.from(it, 'base64').length === 32, 'a key has 32 bytes in base64')
const secrets = z.object({
  session: z.string().min(32),
  fieldKeys: z.array(z.object({ id: z.string().regex(/^[a-z0-9]{1,16}$/), key })).min(1),
  hashKey: key,
})

const fileName = 'secrets.json'

/**
 * The secrets of a data directory, made when there are none. `ZHIBU_SECRETS` (the same JSON) goes before the file.
 * Refuses a file that others may read, and one that is not whole: without the old keys sealed fields stay closed.
 */
export async function readSecrets(dataDirectory: string, env: NodeJS.ProcessEnv = process.env): Promise<Secrets> {
  if (env.ZHIBU_SECRETS) return parse(env.ZHIBU_SECRETS, 'ZHIBU_SECRETS')
  const file = path.join(dataDirectory, fileName)
  await make(file)
  const { mode } = await stat(file)
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new Error(
      `${file} 可被他人读取，请执行 chmod 600 后再启动。 (Others may read it: chmod 600, then start again.)`,
    )
  }
  return parse(await readFile(file, 'utf8'), file)
}

function parse(text: string, where: string): Secrets {
  try {
    return secrets.parse(JSON.parse(text))
  } catch (cause) {
    throw new Error(
      `${where} 内容不完整，请从备份恢复；没有原密钥，已加密的内容无法读取。 (It is not whole: take it from a backup.)`,
      { cause },
    )
  }
}

/** Writes the file whole or not at all, and never over one that is there. */
async function make(file: string): Promise<void> {
  const isThere = await stat(file).then(
    () => true,
    () => false,
  )
  if (isThere) return
  const random = (bytes: number) => randomBytes(bytes).toString('base64')
  const made: Secrets = { session: random(48), fieldKeys: [{ id: 'k1', key: random(32) }], hashKey: random(32) }
  await makeFolder(path.dirname(file), 0o700)
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flush: true })
  await link(draft, file).catch((error: unknown) => {
    if (!isCode(error, 'EEXIST')) throw error
  })
  await rm(draft)
}
