import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { openStack, stateOf } from './queries.ts'
import { subjectOf } from './service.ts'
import { digitizationFiles, digitizationPages } from './tables.ts'

/**
 * Takes a file out of a stack to which still is added: a photograph that has to be taken again. The pages behind it move up; its
 * content goes with the stack.
 */
export async function removeFile(ctx: Context, stackId: string, fileId: string): Promise<void> {
  const { db, tenantId } = ctx
  const stack = await openStack(ctx, stackId, { lock: 'update' })
  if (stateOf(stack) !== 'adding')
    throw new Refusal('conflict', '这批材料已经开始识别，不能再删去文件。不需要的页面可以在整理时去掉。')
  const [removed] = await db
    .delete(digitizationFiles)
    .where(
      and(
        eq(digitizationFiles.tenantId, tenantId),
        eq(digitizationFiles.stackId, stackId),
        eq(digitizationFiles.id, fileId),
      ),
    )
    .returning()
  const { fileName } = found(removed, '个文件')
  const gone = await db
    .delete(digitizationPages)
    .where(
      and(
        eq(digitizationPages.tenantId, tenantId),
        eq(digitizationPages.stackId, stackId),
        eq(digitizationPages.fileId, fileId),
      ),
    )
    .returning({ number: digitizationPages.number })
  const last = Math.max(...gone.map((it) => it.number))
  // By way of numbers below nought: one after another, two pages would have the same for a moment.
  await db.execute(sql`update digitization_pages set number = ${gone.length} - number
    where tenant_id = ${tenantId} and stack_id = ${stackId} and number > ${last}`)
  await db.execute(sql`update digitization_pages set number = -number
    where tenant_id = ${tenantId} and stack_id = ${stackId} and number < 0`)
  await record(ctx, 'digitization.file-removed', subjectOf(stack), { fileName })
}
