import { setImmediate } from 'node:timers/promises'
import { and, asc, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { found } from '../../platform/refusal.ts'
import { importFileParts } from './tables.ts'

/** Keeps the file of an import in sealed parts: a copy of the database alone does not show whom it lists. */
export async function keepFile(
  ctx: Pick<Context, 'db' | 'tenantId' | 'encryption'>,
  it: { id: string; path: OrgPath },
  bytes: Uint8Array,
): Promise<void> {
  for (let part = 0; part * partBytes < bytes.length; part++) {
    const piece = bytes.subarray(part * partBytes, (part + 1) * partBytes)
    const sealed = ctx.encryption.sealBytes(piece, placeOf(it.id, part))
    await ctx.db
      .insert(importFileParts)
      .values({ tenantId: ctx.tenantId, importId: it.id, part, path: it.path, sealed })
    await setImmediate()
  }
}

/** The bytes of the file of an import, as long as it is kept. */
export async function openFile(ctx: Context, importId: string): Promise<Uint8Array> {
  const rows = await ctx.db
    .select({ part: importFileParts.part, sealed: importFileParts.sealed })
    .from(importFileParts)
    .where(and(eq(importFileParts.tenantId, ctx.tenantId), eq(importFileParts.importId, importId)))
    .orderBy(asc(importFileParts.part))
  found(rows[0], '个文件')
  const pieces: Buffer[] = []
  for (const { part, sealed } of rows) {
    pieces.push(ctx.encryption.openBytes(sealed, placeOf(importId, part)))
    await setImmediate()
  }
  return Buffer.concat(pieces)
}

/** Forgets the file. */
export async function dropFile(ctx: Context, importId: string): Promise<void> {
  await ctx.db
    .delete(importFileParts)
    .where(and(eq(importFileParts.tenantId, ctx.tenantId), eq(importFileParts.importId, importId)))
}

const partBytes = 1024 * 1024
const placeOf = (importId: string, part: number) => `import_file_parts.sealed:${importId}:${part}`
