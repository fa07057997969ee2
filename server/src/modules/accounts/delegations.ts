import { addDays, type Day, daysBetween } from '@zhibu/rules'
import { aliasedTable, and, desc, eq, gte, inArray, isNull, lt, lte, ne, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { isWithin, type OrgPath } from '../../platform/org-path.ts'
import { authorize, found, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { organizations } from '../organization/tables.ts'
import { numbered } from '../people/numbered.ts'
import { organizationOfPerson } from '../people/queries.ts'
import { meantBy } from '../people/search.ts'
import { persons } from '../people/tables.ts'
import {
  type DelegationRow,
  type DelegationsQuery,
  longestDelegationDays,
  type NewDelegation,
} from './delegation-schema.ts'
import { isOfOwnFile, mayDelegate, mayEndDelegation } from './policy.ts'
import { accounts, delegationPersons, delegations } from './tables.ts'

/**
 * Hands the entering of some acts and fields of some persons to a helper, until a day. The giver keeps the files of all of
 * them by office; the helper belongs to the giver's part of the tree, holds none of the three administrators' roles, and
 * cannot pass it on. Acts of the giver's own file are not the giver's to hand on.
 */
export async function giveDelegation(ctx: Context, given: NewDelegation): Promise<string> {
  const { helperAccountId, fields, purpose, from = ctx.today, until } = given
  refuseMisdated({ from, until, today: ctx.today })
  const personIds = [...new Set(given.personIds)]
  const rows = await ctx.db
    .select({ id: persons.id, path: persons.path })
    .from(persons)
    .where(and(eq(persons.tenantId, ctx.tenantId), inArray(persons.id, personIds)))
  if (rows.length < personIds.length) throw new Refusal('not-found', outsideReach)
  authorize(
    rows.every((person) => mayDelegate(ctx.actor, person)),
    '把这些人员的材料交他人协助填写',
  )
  if (isOfOwnFile(ctx.actor, { personIds, fields })) {
    const message = '本人的发展档案由所在党支部或上级党组织的其他同志记录，不能由您授权他人填写。请从名单中去掉本人。'
    throw new Refusal('forbidden', message)
  }
  const path = rootOver(ctx, rows)
  await refuseUnfitHelper(ctx, helperAccountId)

  const id = newId()
  const { tenantId } = ctx
  const giverAccountId = ctx.actor.accountId
  const codes = [...new Set(fields)]
  await ctx.db
    .insert(delegations)
    .values({ tenantId, id, path, giverAccountId, helperAccountId, purpose, fields: codes, from, until })
  await ctx.db
    .insert(delegationPersons)
    .values(personIds.map((personId) => ({ tenantId, delegationId: id, personId, helperAccountId, until })))
  await record(
    ctx,
    'accounts.delegation-given',
    { kind: 'delegation', id, orgPath: path },
    { helperAccountId, personIds, fields: codes, purpose, from, until },
  )
  return id
}

/** Ends a delegation before its last day. */
export async function endDelegation(ctx: Context, delegationId: string): Promise<void> {
  const [row] = await ctx.db
    .select()
    .from(delegations)
    .where(and(eq(delegations.tenantId, ctx.tenantId), eq(delegations.id, delegationId)))
  authorize(mayEndDelegation(ctx.actor, found(row, '项授权')), '结束这项授权')
  const [it] = await ctx.db
    .select()
    .from(delegations)
    .where(and(eq(delegations.tenantId, ctx.tenantId), eq(delegations.id, delegationId)))
    .for('update')
  if (it?.endedOn !== null || it.until < ctx.today) return

  await ctx.db
    .update(delegations)
    .set({ endedOn: ctx.today })
    .where(and(eq(delegations.tenantId, ctx.tenantId), eq(delegations.id, delegationId)))
  await ctx.db
    .update(delegationPersons)
    .set({ until: addDays(ctx.today, -1) })
    .where(and(eq(delegationPersons.tenantId, ctx.tenantId), eq(delegationPersons.delegationId, delegationId)))
  await record(ctx, 'accounts.delegation-ended', { kind: 'delegation', id: delegationId, orgPath: it.path })
}

/** Lets a delegation run no longer than a day: ends it where that day is past, and otherwise makes it its last. One that ends sooner stays as it is. */
export async function endDelegationAfter(ctx: Context, delegationId: string, lastOn: Day): Promise<void> {
  if (lastOn < ctx.today) return endDelegation(ctx, delegationId)
  const [it] = await ctx.db
    .select()
    .from(delegations)
    .where(and(eq(delegations.tenantId, ctx.tenantId), eq(delegations.id, delegationId)))
    .for('update')
  const row = found(it, '项授权')
  authorize(mayEndDelegation(ctx.actor, row), '结束这项授权')
  if (row.endedOn !== null || row.until <= lastOn) return
  if (row.from > lastOn) return endDelegation(ctx, delegationId)
  const until = lastOn
  await ctx.db
    .update(delegations)
    .set({ until })
    .where(and(eq(delegations.tenantId, ctx.tenantId), eq(delegations.id, delegationId)))
  await ctx.db
    .update(delegationPersons)
    .set({ until })
    .where(and(eq(delegationPersons.tenantId, ctx.tenantId), eq(delegationPersons.delegationId, delegationId)))
  await record(
    ctx,
    'accounts.delegation-shortened',
    { kind: 'delegation', id: delegationId, orgPath: row.path },
    { until },
  )
}

/** Delegations that the actor gave or received, and those of the parts of the tree whose files the actor keeps; the newest first. */
export async function listDelegations(
  ctx: Context,
  query: DelegationsQuery,
): Promise<Page<DelegationRow> & { can: { give: boolean } }> {
  const { accountId } = ctx.actor
  const before = query.cursor === undefined ? undefined : readCursor(query.cursor, z.tuple([z.uuid()]))[0]
  const roots = ctx.actor.rootsOf('keep-files')
  const giver = aliasedTable(accounts, 'giver')
  const helper = aliasedTable(accounts, 'helper')
  const isGiven = eq(delegations.giverAccountId, accountId)
  const isReceived = eq(delegations.helperAccountId, accountId)
  const mine = { given: isGiven, received: isReceived, all: or(isGiven, isReceived, within(delegations.path, roots)) }
  const rows = await ctx.db
    .select({
      it: delegations,
      giverName: giver.name,
      helperName: helper.name,
      personCount: sql<number>`(select count(*)::int from delegation_persons p
        where p.tenant_id = ${delegations.tenantId} and p.delegation_id = ${delegations.id})`,
    })
    .from(delegations)
    .innerJoin(giver, and(eq(giver.tenantId, delegations.tenantId), eq(giver.id, delegations.giverAccountId)))
    .innerJoin(helper, and(eq(helper.tenantId, delegations.tenantId), eq(helper.id, delegations.helperAccountId)))
    .where(
      and(
        eq(delegations.tenantId, ctx.tenantId),
        mine[query.only ?? 'all'],
        query.running
          ? and(isNull(delegations.endedOn), lte(delegations.from, ctx.today), gte(delegations.until, ctx.today))
          : undefined,
        before ? lt(delegations.id, before) : undefined,
      ),
    )
    .orderBy(desc(delegations.id))
    .limit(query.limit + 1)
  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  return {
    items: shown.map(({ it, giverName, helperName, personCount }) => {
      const isOver = it.endedOn !== null || it.until < ctx.today
      return {
        id: it.id,
        giver: { accountId: it.giverAccountId, name: giverName },
        helper: { accountId: it.helperAccountId, name: helperName },
        purpose: it.purpose,
        fields: it.fields,
        from: it.from,
        until: it.until,
        endedOn: it.endedOn,
        isRunning: !isOver && it.from <= ctx.today,
        personCount,
        can: { end: !isOver && mayEndDelegation(ctx.actor, it) },
      }
    }),
    ...(last && { next: writeCursor([last.it.id]) }),
    can: { give: roots.length > 0 },
  }
}

/** The persons of a delegation, as far as the actor may see them at present: giver and those above, or the helper while it lasts. */
export async function listDelegated(ctx: Context, delegationId: string) {
  const [it] = await ctx.db
    .select()
    .from(delegations)
    .where(and(eq(delegations.tenantId, ctx.tenantId), eq(delegations.id, delegationId)))
  const { helperAccountId, path } = found(it, '项授权')
  const isHelper = helperAccountId === ctx.actor.accountId
  const roots = ctx.actor.rootsOf('keep-files')
  if (!isHelper && !mayEndDelegation(ctx.actor, { path })) throw new Refusal('not-found', '没有找到这项授权。')
  const covered = ctx.actor.delegations.find((given) => given.id === delegationId)?.personIds ?? new Set()
  const items = await ctx.db
    .select({ id: persons.id, name: persons.name, organizationName: organizations.name })
    .from(delegationPersons)
    .innerJoin(
      persons,
      and(eq(persons.tenantId, delegationPersons.tenantId), eq(persons.id, delegationPersons.personId)),
    )
    .innerJoin(organizations, organizationOfPerson)
    .where(
      and(
        eq(delegationPersons.tenantId, ctx.tenantId),
        eq(delegationPersons.delegationId, delegationId),
        isHelper ? inArray(persons.id, [...covered]) : within(persons.path, roots),
      ),
    )
    .orderBy(persons.pinyin, persons.id)
  return { items }
}

/** Accounts to which the actor can hand a task: of persons whose files the actor keeps, found as in the register. */
export async function findHelpers(ctx: Context, q: string) {
  const roots = ctx.actor.rootsOf('keep-files')
  authorize(roots.length > 0, '授权他人协助')
  const items = await ctx.db
    .select({
      accountId: accounts.id,
      name: accounts.name,
      studentNumber: persons.studentNumber,
      organizationName: organizations.name,
    })
    .from(accounts)
    .innerJoin(persons, and(eq(persons.tenantId, accounts.tenantId), eq(persons.id, accounts.personId)))
    .innerJoin(organizations, organizationOfPerson)
    .where(
      and(
        eq(accounts.tenantId, ctx.tenantId),
        eq(accounts.isLocked, false),
        isNull(accounts.administrator),
        ne(accounts.id, ctx.actor.accountId),
        within(persons.path, roots),
        meantBy(ctx, q, within(persons.path, roots)),
      ),
    )
    .orderBy(persons.pinyin, accounts.id)
    .limit(20)
  return { items }
}

/** Finds persons whose files the actor keeps by their numbers, in the order of the list. */
export async function findByNumbers(ctx: Context, numbers: readonly string[]) {
  const roots = ctx.actor.rootsOf('keep-files')
  authorize(roots.length > 0, '授权他人协助')
  return numbered(ctx, numbers, within(persons.path, roots))
}

const outsideReach = '有人员没有找到，可能已转出，或不在您的权限范围内。请重新选择。'

function refuseMisdated({ from, until, today }: Record<'from' | 'until' | 'today', Day>): void {
  if (from < today) refuseField('from', `授权从今天（${today}）起，不能补填以前的日期。`)
  if (until < from) refuseField('until', '截止日期不能早于开始日期，请核对。')
  if (daysBetween(from, until) >= longestDelegationDays) {
    refuseField('until', `一次授权最长 ${longestDelegationDays} 天，到期可以重新授权。`)
  }
}

/** The office of the giver over all these persons; the delegation lasts no longer than that office. */
function rootOver(ctx: Context, rows: readonly { path: OrgPath }[]): OrgPath {
  const root = ctx.actor.rootsOf('keep-files').find((it) => rows.every(({ path }) => isWithin(path, it)))
  if (root === undefined) throw new Refusal('conflict', '这些人员分属您的不同任职范围，请按范围分别授权。')
  return root
}

/** The account is locked while it is looked at, so that nobody makes it an administrator meanwhile. */
async function refuseUnfitHelper(ctx: Context, accountId: string): Promise<void> {
  const [row] = await ctx.db
    .select({
      name: accounts.name,
      isLocked: accounts.isLocked,
      administrator: accounts.administrator,
      path: persons.path,
    })
    .from(accounts)
    .innerJoin(persons, and(eq(persons.tenantId, accounts.tenantId), eq(persons.id, accounts.personId)))
    .where(and(eq(accounts.tenantId, ctx.tenantId), eq(accounts.id, accountId)))
    .for('share', { of: accounts })
  const helper = found(row, '位协助人')
  if (!mayDelegate(ctx.actor, helper)) throw new Refusal('not-found', '没有找到这位协助人，可能不在您的权限范围内。')
  if (accountId === ctx.actor.accountId) throw new Refusal('conflict', '协助人不能是本人。')
  if (helper.administrator) throw new Refusal('conflict', `${helper.name}是三员之一，不能协助填写人员材料。`)
  if (helper.isLocked) throw new Refusal('conflict', `${helper.name}的账号已停用，请另选协助人。`)
}
