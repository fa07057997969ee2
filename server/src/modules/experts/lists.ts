import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { recordAll } from '../../platform/journal.ts'
import { Refusal } from '../../platform/refusal.ts'
import { contactColumns } from './contacts.ts'
import { consentColumns, foundBy, isLater, laterConsent, refuseFull, refuseLater } from './entries.ts'
import type { OwnReading } from './list-reading.ts'
import type { ListDone, ListReading, NewList } from './list-schema.ts'
import { placeFor, subjectOf } from './stored.ts'
import { experts } from './tables.ts'

/** 名单: many experts at once, from a spreadsheet that somebody has looked through. */

/** Goes on only for whoever may enter experts for this organisation. */
export const openList = async (ctx: Context, organizationId: string): Promise<void> => {
  await placeFor(ctx, organizationId, '登记专家')
}

/** Says of each line whether the organisation has entered this expert already; one with a consent of a day to come has to be mended. */
export async function withKnown(ctx: Context, organizationId: string, read: OwnReading): Promise<ListReading> {
  const { later = [], listed = [] } = Object.groupBy(read.experts, ({ expert }) =>
    isLater(ctx, expert.consent) ? 'later' : 'listed',
  )
  const names = listed.map(({ expert }) => foundBy(expert).foldedName)
  const rows = await ctx.db
    .select({ foldedName: experts.foldedName })
    .from(experts)
    .where(
      and(
        ...[
          eq(experts.tenantId, ctx.tenantId),
          eq(experts.organizationId, organizationId),
          isNull(experts.withdrawnAt),
        ],
        sql`${experts.foldedName} = any(${sql.param(names)}::text[])`,
      ),
    )
  const known = new Set(rows.map((it) => it.foldedName))
  return {
    ...read,
    experts: listed.map((it, at) => ({ ...it, isKnown: known.has(names[at] ?? '') })),
    problems: [...read.problems, ...later.map(({ at }) => ({ at, message: laterConsent }))],
  }
}

/** Enters the experts of a list for an organisation. Those whom it knows by name and institution stay as they are. */
export async function enterList(ctx: Context, { organizationId, experts: listed }: NewList): Promise<ListDone> {
  const { path } = await placeFor(ctx, organizationId, '登记专家')
  for (const [at, it] of listed.entries()) refuseLater(ctx, it.consent, `experts.${at}.consent.on`)
  await refuseFull(ctx, organizationId, listed.length)
  const { tenantId, actor, db, encryption } = ctx
  const rows = listed.map(({ phone, email, consent, ...fields }) => {
    const id = newId()
    return {
      ...{ ...fields, ...foundBy(fields), ...contactColumns(encryption, id, { phone, email }) },
      ...{ tenantId, id, organizationId, path, createdBy: actor.name, changedBy: actor.name },
      ...consentColumns(ctx, consent),
    }
  })
  const written = await db.insert(experts).values(rows).onConflictDoNothing().returning()
  if (written.length === 0) throw new Refusal('conflict', '名单里的专家都已经登记过，没有新登记的。')
  await recordAll(
    ctx,
    'experts.entered',
    written.map((it) => ({
      subject: subjectOf(it),
      details: { expertName: it.name, institution: it.institution },
    })),
  )
  return { entered: written.length, known: listed.length - written.length }
}
