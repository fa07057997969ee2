import { addDays } from '@zhibu/rules'
import { and, desc, eq, gte, like, lt } from 'drizzle-orm'
import { z } from 'zod'
import type { Actor, Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import type { Database } from '../../platform/database.ts'
import { journal } from '../../platform/journal.ts'
import { authorize } from '../../platform/refusal.ts'
import { type JournalProblem, verifyJournal } from '../../platform/verification.ts'
import type { Page } from '../../platform/wire.ts'
import type { JournalQuery, JournalRow, VerificationView } from './journal-schema.ts'
import { mayAudit } from './policy.ts'

/** The journal for the auditor, the last event first. */
export async function listJournal(ctx: Context, query: JournalQuery): Promise<Page<JournalRow>> {
  authorize(mayAudit(ctx.actor), '查看审计日志')
  const before = query.cursor === undefined ? undefined : readCursor(query.cursor, z.tuple([z.uuid()]))[0]
  const { event, accountId, personId, subjectId, from, until } = query
  const rows = await ctx.db
    .select()
    .from(journal)
    .where(
      and(
        eq(journal.tenantId, ctx.tenantId),
        event ? like(journal.event, `${event.replace(/[\\%_]/g, '\\$&')}%`) : undefined,
        accountId ? eq(journal.accountId, accountId) : undefined,
        personId ? eq(journal.personId, personId) : undefined,
        subjectId ? eq(journal.subjectId, subjectId) : undefined,
        from ? gte(journal.at, startOfDay(from)) : undefined,
        until ? lt(journal.at, startOfDay(addDays(until, 1))) : undefined,
        before ? lt(journal.id, before) : undefined,
      ),
    )
    .orderBy(desc(journal.id))
    .limit(query.limit + 1)
  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  return {
    items: shown.map((it) => ({
      id: it.id,
      at: it.at.toISOString(),
      accountId: it.accountId,
      actorName: it.actorName,
      event: it.event,
      subjectKind: it.subjectKind,
      subjectId: it.subjectId,
      personId: it.personId,
      details: it.details,
      requestId: it.requestId,
    })),
    ...(last && { next: writeCursor([last.id]) }),
  }
}

/** Reads the whole journal against its seals, for the auditor. */
export async function verify(database: Database, actor: Actor, tenantId: string): Promise<VerificationView> {
  authorize(mayAudit(actor), '核验审计日志')
  const { problem, sealedRows, anchors } = await verifyJournal(database)
  return {
    sealedRows,
    anchors: anchors.filter((it) => it.tenantId === tenantId).map(({ number, hash }) => ({ number, hash })),
    problem: problem && {
      kind: problem.kind,
      message: problemMessages[problem.kind],
      sealNumber: problem.sealNumber,
      rowId: problem.rowId,
    },
  }
}

const problemMessages: Record<JournalProblem['kind'], string> = {
  'altered-row': '有一条日志在封存后被改动。',
  'missing-row': '有一条已封存的日志被删除。',
  'added-row': '有一条日志是事后补进去的。',
  'altered-seal': '有一个封存记录被改动。',
  'missing-seal': '有一个封存记录被删除。',
  'anchor-not-found': '日志与另行保存的校验值不符。',
}

const startOfDay = (day: string) => new Date(`${day}T00:00:00+08:00`)
