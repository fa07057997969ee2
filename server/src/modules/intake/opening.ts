import { and, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { may } from './policy.ts'
import { findImport, type ImportStored } from './queries.ts'
import { imports } from './tables.ts'
import { isCommitUnderWay } from './under-way.ts'

/** An import that can still be changed, locked. */
export async function openImport(ctx: Context, importId: string): Promise<ImportStored> {
  const it = found(await findImport(ctx, importId, { lock: true }), '次导入')
  authorize(may(ctx.actor, it).change, '修改这次导入')
  if (it.committedAt !== null)
    throw new Refusal('conflict', '这次导入已经提交，不能再修改。如有错误，请撤销后重新导入。')
  if (it.discardedAt !== null) throw new Refusal('conflict', '这次导入已放弃，请重新上传文件。')
  if (await isCommitUnderWay(ctx, it)) throw new Refusal('conflict', '这次导入正在提交，请等提交结束。')
  return it
}

/** The row of an import. */
export const thisOne = ({ tenantId }: Context, importId: string) =>
  and(eq(imports.tenantId, tenantId), eq(imports.id, importId))

/** An import as the journal names it. */
export const subjectOf = (it: { id: string; path: string }) => ({ kind: 'import', id: it.id, orgPath: it.path })
