import { actLabels } from '@zhibu/rules'
import { and, asc, eq } from 'drizzle-orm'
import { accounts } from '../accounts/tables.ts'
import { contributeFacts } from '../archive/sealing-facts.ts'
import { countingActs } from './facts.ts'
import { developmentActs } from './tables.ts'

/** The acts of a person that count go into the file when it is closed, in the order of their days, as they were recorded. */
contributeFacts(async ({ db, tenantId }, owner) => {
  if (!('personId' in owner)) return []
  const rows = await db
    .select({ act: developmentActs, recorder: accounts.name })
    .from(developmentActs)
    .leftJoin(
      accounts,
      and(eq(accounts.tenantId, developmentActs.tenantId), eq(accounts.id, developmentActs.recordedBy)),
    )
    .where(and(eq(developmentActs.tenantId, tenantId), eq(developmentActs.personId, owner.personId)))
    .orderBy(asc(developmentActs.on), asc(developmentActs.id))
  const counting = new Set(countingActs(rows.map(({ act }) => act)).map(({ id }) => id))
  return rows
    .filter(({ act }) => counting.has(act.id))
    .map(({ act, recorder }) => ({
      on: act.on,
      what: actLabels[act.kind],
      // Whole and unchanged: what is sealed must be what was recorded.
      details: Object.keys(act.details).length === 0 ? '' : JSON.stringify(act.details),
      basis: null,
      recordedBy: recorder ?? '',
      recordedAt: act.recordedAt.toISOString(),
    }))
})
