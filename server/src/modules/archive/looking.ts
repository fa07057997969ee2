import { createHash } from 'node:crypto'
import { bytesOfContent } from '../../platform/content/byte-source.ts'
import type { ContentStore } from '../../platform/content/content-store.ts'
import { examine } from '../../platform/content/content-type.ts'
import type { ContentFinding } from '../../platform/packages/examined-file.ts'
import type { ContentToLookAt } from './seals.ts'

/**
 * Reads contents of the store whole and says of each whether it is what was stored, what it is and whether it opens. Outside of any
 * transaction: it may take minutes.
 */
export async function lookAt(
  store: ContentStore,
  contents: readonly ContentToLookAt[],
): Promise<Map<string, ContentFinding>> {
  const findings = new Map<string, ContentFinding>()
  for (const it of contents) if (!findings.has(it.id)) findings.set(it.id, await look(store, it))
  return findings
}

async function look(store: ContentStore, { id, fileName, isScanned }: ContentToLookAt): Promise<ContentFinding> {
  const nothing = { mediaType: null, opens: null, isEncrypted: null, scan: null }
  const soundness = await store.check(id)
  if (soundness === 'missing') return { sha256: null, bytes: null, ...nothing }
  if (soundness === 'changed') return { sha256: null, bytes: await store.size(id), ...nothing }
  const { type, refused } = await examine(await bytesOfContent(store, id), fileName)
  const opens = type !== null && refused.length === 0
  return {
    sha256: await sha256Of(store, id),
    bytes: await store.size(id),
    mediaType: type?.mediaType ?? null,
    opens,
    // What is encrypted is not taken in; whether the password is the reason why it no longer opens nobody knows.
    isEncrypted: opens ? false : null,
    scan: isScanned ? 'clean' : null,
  }
}

/** The store may name its contents by another digest. */
async function sha256Of(store: ContentStore, id: string): Promise<string> {
  const [, digest] = /^sha256-([0-9a-f]{64})$/.exec(id) ?? []
  if (digest !== undefined) return digest
  const hash = createHash('sha256')
  for await (const piece of await store.read(id)) hash.update(piece)
  return hash.digest('hex')
}
