import { type ActKind, addDays, citationOf, type Day, due, weekdayOf } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { type Database, type Db, wholeUniversity } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import { type Recorder, recordAll, system } from '../../platform/journal.ts'
import { manyRows } from '../../platform/many-rows.ts'
import { ancestors, type OrgPath } from '../../platform/org-path.ts'
import { dayInChina } from '../../platform/today.ts'
import { factsOf } from '../development/facts.ts'
import { settingOf } from '../development/settings.ts'
import { branchKinds, type OrganizationKind } from '../organization/kinds-schema.ts'
import { officesWith } from '../organization/policy.ts'
import type { OfficeKind } from '../organization/schema.ts'
import { universities } from '../organization/tables.ts'
import { reportOn } from '../organization/terms.ts'
import { type DueOfKind, dueReminder, termReminder } from './reminder-texts.ts'
import type { Audience, OutboxSource } from './schema.ts'
import { settingsOf } from './settings.ts'
import { notices } from './tables.ts'

/** Acts whose last day comes within so many days are told of. */
const dueWithinDays = 14

/** Terms that end within so many days. */
const termWithinDays = 90

/** Sends drafts that go by themselves, in the transaction that wrote them. */
export type SendByThemselves = (db: Db, tenantId: string, noticeIds: readonly string[]) => Promise<void>

/** The job `notices.draft-due`: every night for all universities. Begun again, it notices nothing twice. */
export async function draftDue(database: Database, now: Date, send: SendByThemselves): Promise<void> {
  const today = dayInChina(now)
  for (const { id: tenantId } of await database.app.select({ id: universities.id }).from(universities))
    await database.transaction(wholeUniversity(tenantId), (db) => draftFor({ db, tenantId, today }, send))
}

/**
 * Writes a draft for what has become due since it was last looked, and drops drafts that nobody sent and that have no reason any
 * more. A branch gets one draft a week for its acts and one for its reviews, a term one at all. In a fixed number of statements,
 * but for the files, which are read in pieces.
 */
export async function draftFor(ctx: Drafting, send: SendByThemselves): Promise<void> {
  const tree = await treeOf(ctx)
  const wanted = [...(await draftsOfDues(ctx, tree)), ...(await draftsOfTerms(ctx, tree))]
  await propose(ctx, ['due', 'review', 'term'], wanted, send)
}

/** Writes what is wanted of these sources and was not written yet, and drops what waits of them and is not wanted any more. */
export async function propose(
  ctx: Drafting,
  sources: readonly OutboxSource[],
  wanted: readonly Draft[],
  send: SendByThemselves,
): Promise<void> {
  const { settings } = await settingsOf(ctx)
  const waiting = await ctx.db.execute<WaitingDraft>(sql`select id, path, title, source_key as "sourceKey" from notices
    where tenant_id = ${ctx.tenantId} and source = any(${sql.param(sources)}::text[]) and sent_at is null and dropped_at is null`)
  const written = await insert(ctx, wanted)
  await drop(ctx, withoutReason(waiting.rows, wanted))
  const sent = written.filter(({ source }) => settings.byThemselves.includes(source))
  if (sent.length > 0)
    await send(
      ctx.db,
      ctx.tenantId,
      sent.map((it) => it.id),
    )
}

type Drafting = Pick<Context, 'db' | 'tenantId' | 'today'>

/** What the platform proposes to send. */
export interface Draft {
  id: string
  source: OutboxSource
  sourceKey: string
  organizationId: string
  path: OrgPath
  title: string
  body: string
  audience: Audience
}

interface WaitingDraft extends Record<string, unknown> {
  id: string
  path: OrgPath
  title: string
  sourceKey: string
}

/** An organisation with those who hold an office there today. */
interface Place extends Record<string, unknown> {
  id: string
  path: OrgPath
  name: string
  kind: OrganizationKind
  officers: { personId: string; office: OfficeKind }[]
  /** Its last term. */
  term: { from: Day; until: Day; delayedUntil: Day | null } | null
}

type Tree = ReadonlyMap<OrgPath, Place>

/** The organisations that are not dissolved, by their paths. */
async function treeOf({ db, tenantId, today }: Drafting): Promise<Tree> {
  const { rows } =
    await db.execute<Place>(sql`select o.id, o.path, o.name, o.kind, coalesce(held.officers, '[]') as officers,
      (select json_build_object('from', t.from_on, 'until', t.until_on, 'delayedUntil', t.delayed_until) from terms t
        where t.tenant_id = o.tenant_id and t.organization_id = o.id order by t.from_on desc limit 1) as term
    from organizations o
    left join (select f.organization_id, json_agg(json_build_object('personId', f.person_id, 'office', f.office)
        order by f.person_id, f.office) as officers
      from offices f where f.tenant_id = ${tenantId} and f.from_on <= ${today} and (f.until_on is null or f.until_on >= ${today})
      group by f.organization_id) held on held.organization_id = o.id
    where o.tenant_id = ${tenantId} and o.dissolved_on is null order by o.path`)
  return new Map(rows.map((it) => [it.path, it]))
}

/** One draft for each organisation whose people have acts that are due, and one for the reviews of its activists. */
async function draftsOfDues(ctx: Drafting, tree: Tree): Promise<Draft[]> {
  const { tenantId, today } = ctx
  const until = addDays(today, dueWithinDays)
  const { rows } = await ctx.db.execute<{
    personId: string
  }>(sql`select person_id as "personId" from development_dues
    where tenant_id = ${tenantId} and latest_on <= ${until} group by path, person_id order by path, person_id`)
  const { setting } = await settingOf(ctx)
  const found: FoundDue[] = []
  for (let at = 0; at < rows.length; at += filesAtATime) {
    const piece = rows.slice(at, at + filesAtATime).map((it) => it.personId)
    for (const { person, facts } of await factsOf(ctx, piece)) {
      const home = homeOf(tree, person.path)
      if (home === undefined) continue
      for (const act of due(facts, today, setting).acts)
        if (act.latestOn !== undefined && act.latestOn <= until)
          found.push({ home, personId: person.id, act, latestOn: act.latestOn, source: sourceOf(act.kind) })
    }
  }
  const week = addDays(today, 1 - weekdayOf(today))
  return [...Map.groupBy(found, ({ home, source }) => `${source}:${home.id}:${week}`)].flatMap(([sourceKey, all]) => {
    const [first] = all
    const keeper = first && nearest(tree, first.home.path, ({ officers }) => officers.some(keepsFiles))
    if (first === undefined || keeper === undefined) return []
    const { home, source } = first
    const owner = above(tree, home.path) ?? home
    const text = dueReminder(
      {
        name: home.name,
        isBranch: branchKinds.includes(home.kind),
        insteadOf: keeper === home ? undefined : keeper.name,
      },
      byKind(all, today),
      { asOf: today, until, persons: new Set(all.map((it) => it.personId)).size },
    )
    return [{ ...text, ...ownedBy(owner), id: newId(), source, sourceKey, audience: to([keeper], keepsFiles) }]
  })
}

/** So many files are read and looked through before others are answered, which takes some ten milliseconds. */
const filesAtATime = 50

/** An act that is due soon or overdue, and where whoever it concerns belongs. */
interface FoundDue {
  home: Place
  personId: string
  act: ReturnType<typeof due>['acts'][number]
  latestOn: Day
  source: OutboxSource
}

const sourceOf = (kind: ActKind): OutboxSource => (kind === 'review' ? 'review' : 'due')

function byKind(all: readonly FoundDue[], today: Day): DueOfKind[] {
  const kinds = [...Map.groupBy(all, ({ act }) => act.kind)].map(([kind, some]) => {
    const citations = some.flatMap(({ act }) =>
      act.reasons.flatMap(({ article, ruleBook }) =>
        article === undefined || ruleBook === undefined ? [] : [citationOf(article, ruleBook)],
      ),
    )
    return {
      kind,
      waitingOn: some[0]?.act.waitingOn ?? 'branchCommittee',
      persons: new Set(some.map((it) => it.personId)).size,
      overdue: new Set(some.filter((it) => it.latestOn < today).map((it) => it.personId)).size,
      firstOn: some.map((it) => it.latestOn).sort()[0] ?? today,
      citations: [...new Set(citations)].sort(),
    }
  })
  return kinds.sort((a, b) => (a.firstOn === b.firstOn ? (a.kind < b.kind ? -1 : 1) : a.firstOn < b.firstOn ? -1 : 1))
}

/** One draft for each term that ends soon or is over. A delay that was approved makes another end. */
async function draftsOfTerms({ today }: Drafting, tree: Tree): Promise<Draft[]> {
  return [...tree.values()].flatMap((it) => {
    const report = it.term === null ? undefined : reportOn(it, it.term, today)
    if (report === undefined || report.reElectBy > addDays(today, termWithinDays)) return []
    const higher = above(tree, it.path)
    const owner = higher ?? it
    const audience = to([it, ...(higher ? [higher] : [])], keepsFiles)
    if (audience.personIds.length === 0) return []
    const names = { name: it.name, above: higher?.name ?? null }
    const sourceKey = `term:${it.id}:${report.reElectBy}`
    const text = termReminder(names, report, today)
    return [{ ...text, ...ownedBy(owner), id: newId(), source: 'term' as const, sourceKey, audience }]
  })
}

/** The branch or committee to which whoever stands at this place belongs: a Party group is a part of its branch. */
const homeOf = (tree: Tree, path: OrgPath): Place | undefined =>
  nearest(tree, path, ({ kind }) => kind !== 'partyGroup')

const above = (tree: Tree, path: OrgPath): Place | undefined => {
  const [parent] = ancestors(path).reverse()
  return parent === undefined ? undefined : homeOf(tree, parent)
}

/** The nearest organisation of which this holds, from the place upwards. */
const nearest = (tree: Tree, path: OrgPath, holds: (it: Place) => boolean): Place | undefined =>
  [path, ...ancestors(path).reverse()].flatMap((it) => tree.get(it) ?? []).find(holds)

const ownedBy = ({ id, path }: Place) => ({ organizationId: id, path })

const keepers = officesWith('keep-files')
const keepsFiles = ({ office }: Place['officers'][number]): boolean => keepers.includes(office)

/** Those in these offices in just these organisations. By person: an office of a committee asked for by its kind would mean those of all below, too. */
const to = (places: readonly Place[], isMeant: (it: Place['officers'][number]) => boolean): Audience => ({
  groups: [],
  personIds: [...new Set(places.flatMap((it) => it.officers.filter(isMeant).map(({ personId }) => personId)))].sort(),
  exceptIds: [],
})

const rows = manyRows(notices, ['createdAt', 'revision'])

/** Writes the drafts of which none is there yet under the same key; returns those that were written. */
async function insert(ctx: Drafting, drafts: readonly Draft[]): Promise<Draft[]> {
  if (drafts.length === 0) return []
  const { tenantId } = ctx
  const written = await rows.insert(
    ctx.db,
    drafts.map((it) => ({ ...it, tenantId, kind: 'information' })),
    sql`on conflict (tenant_id, source_key) where source_key is not null do nothing returning id`,
  )
  const ids = new Set(written.map((it) => it.id))
  const added = drafts.filter((it) => ids.has(it.id))
  await recordAll(
    recorderOf(ctx),
    'notices.drafted',
    added.map(({ id, path, title }) => ({ subject: { kind: 'notice', id, orgPath: path }, details: { title } })),
  )
  return added
}

/** The drafts that nobody has sent and that are not wanted any more, with the reason. */
function withoutReason(waiting: readonly WaitingDraft[], wanted: readonly Draft[]): (WaitingDraft & { why: string })[] {
  const keys = new Set(wanted.map((it) => it.sourceKey))
  const matters = new Set(wanted.map((it) => matterOf(it.sourceKey)))
  return waiting
    .filter((it) => !keys.has(it.sourceKey))
    .map((it) => ({ ...it, why: matters.has(matterOf(it.sourceKey)) ? replaced : settled }))
}

/** The source and the organisation of a key. */
const matterOf = (sourceKey: string): string => sourceKey.split(':').slice(0, 2).join(':')

const replaced = '系统已按最新情况重新拟稿，这一份不再需要。'
const settled = '所提醒的事项已经办理，或者不再临近期限，这一份不再需要。'

async function drop(ctx: Drafting, some: readonly (WaitingDraft & { why: string })[]): Promise<void> {
  if (some.length === 0) return
  const given = JSON.stringify(some.map(({ id, why }) => ({ id, why })))
  const { rows: dropped } = await ctx.db.execute<{
    id: string
  }>(sql`update notices n set dropped_at = now(), drop_reason = given.why
    from json_to_recordset(${given}::json) as given(id uuid, why text)
    where n.tenant_id = ${ctx.tenantId} and n.id = given.id and n.sent_at is null and n.dropped_at is null returning n.id`)
  const ids = new Set(dropped.map((it) => it.id))
  await recordAll(
    recorderOf(ctx),
    'notices.dropped',
    some
      .filter((it) => ids.has(it.id))
      .map(({ id, path, title, why }) => ({
        subject: { kind: 'notice', id, orgPath: path },
        details: { title, reason: why },
      })),
  )
}

const recorderOf = ({ db, tenantId }: Drafting): Recorder => ({
  db,
  tenantId,
  actor: system,
  requestId: newId(),
})
