import { actLabels, addDays, citationOf, type Day, dayWritten, isDay, stageLabels } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { Actor, type Context } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { dayInChinaOf } from '../../platform/today.ts'
import { within } from '../../platform/within.ts'
import { activityStateNames } from '../activities/names-schema.ts'
import { listActivities } from '../activities/queries.ts'
import { readBoard } from '../development/board.ts'
import { listDues } from '../development/dues.ts'
import { listFiles } from '../development/lists.ts'
import { listStacks } from '../digitization/queries.ts'
import { listTopics } from '../discussion/queries.ts'
import { listHandovers } from '../handovers/queries.ts'
import { listSent } from '../notices/queries.ts'
import { branchKinds, type OrganizationKind } from '../organization/kinds-schema.ts'
import { rightsOf } from '../organization/policy.ts'
import type { OfficeKind } from '../organization/schema.ts'
import { listTermEnds } from '../organization/terms.ts'
import { listArticles } from '../publicity/queries.ts'
import { readDesk } from '../training/desk.ts'
import { deskKindNames } from '../training/names-schema.ts'
import type { KitLine, KitPart } from './succession-schema.ts'

/**
 * The kit of an office (交接单): what is on the desk of whoever holds it, read from the records at the moment. It is asked for as the office and as nobody
 * in particular, by the same lists that its holder works with: so it holds what the office may see and nothing of a person's own, whoever looks
 * at it. Who may look was settled before; everything here runs over the whole university.
 */

/** So far ahead a kit looks. */
export const kitDays = 60

/** So many lines of each kind are listed. */
const mostOfKind = 100

/** So many open files are listed by name; where there are more, they are counted by stage. */
const mostCases = 150

/** Which office of which organisation a kit is of. */
export interface KitOf {
  organizationId: string
  path: OrgPath
  kind: OrganizationKind
  office: OfficeKind
}

/** No person and no account: what is somebody's own is nobody's here. */
const nobody = '00000000-0000-0000-0000-000000000000'

/** The parts of the kit, in their order. In a constant number of statements, however much there is. */
export async function readKit(ctx: Context, it: KitOf, now: Date): Promise<KitPart[]> {
  const grants = [{ rights: rightsOf[it.office], path: it.path }]
  const actor = new Actor({ accountId: nobody, personId: nobody, name: '', grants })
  const as = { ...ctx, actor }
  const [cases, dues] = [await casesOf(as, it), await duesOf(as, it)]
  const named = new Set(cases.lines.map((one) => one.page))
  const waiting = [
    cases,
    // Whose case is listed has what is overdue beside their name.
    { ...dues.overdue, lines: dues.overdue.lines.filter((one) => !named.has(one.page)) },
    await activitiesOf(as, it, now),
    await trainingsOf(as),
    await draftsOf(as, it),
    await papersOf(as),
    await articlesOf(as),
    await correctionsOf(as),
  ]
  const coming = [dues.ahead, await daysOf(as, it)]
  const places = await placesOf(as, it)
  const promised = [await trialsOf(as, it), await promisesOf(as)]
  return [
    { name: 'waiting', ...together(waiting) },
    { name: 'coming', ...inOrderOfDays(together(coming)) },
    { name: 'promised', ...together(promised) },
    { name: 'places', ...places },
  ]
}

/** Lines, and how many more there are. */
type Lines = Pick<KitPart, 'lines' | 'more'>

const together = (all: readonly Lines[]): Lines => ({
  lines: all.flatMap((it) => it.lines),
  more: all.reduce((sum, it) => sum + it.more, 0),
})

const inOrderOfDays = ({ lines, more }: Lines): Lines => ({
  lines: [...lines].sort((a, b) => ((a.on ?? '') < (b.on ?? '') ? -1 : (a.on ?? '') > (b.on ?? '') ? 1 : 0)),
  more,
})

const none: Lines = { lines: [], more: 0 }

const line = (text: string, more: Partial<Omit<KitLine, 'text'>> = {}): KitLine => ({
  ...{ text, facts: [], on: null, isOverdue: false, page: null },
  ...more,
})

/** A day as another module tells it, or none. */
const dayIn = (it: string | null | undefined): Day | null => (typeof it === 'string' && isDay(it) ? it : null)

const readsFiles = ({ actor }: Context, { path }: KitOf): boolean => actor.holds('read-files', path)

/** Those on the way to membership with their stage and next step; of many only the counts. */
async function casesOf(ctx: Context, it: KitOf): Promise<Lines> {
  if (!readsFiles(ctx, it)) return none
  const { organizationId } = it
  const board = await readBoard(ctx, organizationId)
  const open = board.stages.filter(({ stage }) => stage !== 'full' && stage !== null)
  const count = open.reduce((sum, one) => sum + one.count, 0)
  if (count === 0) return none
  if (count > mostCases) {
    const facts = open.map((one) => `${one.stage ? stageLabels[one.stage] : ''} ${one.count} 人`)
    return { lines: [line(`正在发展的同志 ${count} 人`, { facts, page: '/development/board' })], more: 0 }
  }
  // Those who have nothing more to come stand last in this order.
  const { items } = await listFiles(ctx, { organizationId, sort: 'due', descending: false, limit: 200 })
  const lines = items
    .filter(({ stage }) => stage !== 'full' && stage !== null)
    .map(({ personId, name, stage, next, organization, organizationId: at }) =>
      line(`${name}（${stage ? stageLabels[stage] : ''}）`, {
        facts: [
          ...(at === organizationId ? [] : [organization]),
          next === null ? '没有等待办理的下一步' : `下一步：${actLabels[next.kind]}`,
        ],
        on: dayIn(next?.latestOn),
        isOverdue: next?.overdue ?? false,
        page: `/development/${personId}`,
      }),
    )
  return { lines, more: Math.max(0, count - lines.length) }
}

/** What lies with the office and is overdue, and what is due in the next days: for a branch all that is due there. */
async function duesOf(ctx: Context, it: KitOf): Promise<{ overdue: Lines; ahead: Lines }> {
  if (!readsFiles(ctx, it)) return { overdue: none, ahead: none }
  const asked = {
    ...({ organizationId: it.organizationId, withinDays: kitDays, sort: 'due', descending: false } as const),
    ...(branchKinds.includes(it.kind) && { whose: 'all' as const }),
  }
  const { items, total } = await listDues(ctx, { ...asked, limit: mostOfKind })
  const lines = items.map(({ personId, name, act }) =>
    line(`${name}：${actLabels[act.kind]}`, {
      facts: act.reasons.map(({ text, article, ruleBook }) =>
        article === undefined || ruleBook === undefined ? text : `${text}（${citationOf(article, ruleBook)}）`,
      ),
      on: act.latestOn ?? null,
      isOverdue: act.overdue,
      page: `/development/${personId}`,
    }),
  )
  const all = total ?? lines.length
  return {
    overdue: { lines: lines.filter((one) => one.isOverdue), more: 0 },
    ahead: { lines: lines.filter((one) => !one.isOverdue), more: Math.max(0, all - lines.length) },
  }
}

/** Activities of the organisation that are prepared, or held and not yet recorded. */
async function activitiesOf(ctx: Context, { organizationId }: KitOf, now: Date): Promise<Lines> {
  const { items, next } = await listActivities(ctx, { only: 'own', organizationId, limit: mostOfKind }, now)
  return {
    lines: items.map(({ id, title, state, fromOn }) =>
      line(`活动“${title}”`, {
        facts: [activityStateNames[state]],
        on: fromOn,
        page: `/activities/${id}`,
      }),
    ),
    more: next === undefined ? 0 : 1,
  }
}

/** What waits in trainings for who runs them. */
async function trainingsOf(ctx: Context): Promise<Lines> {
  const { toDo } = await readDesk(ctx)
  return {
    lines: toDo.map(({ kind, programmeId, programme, session, on }) =>
      line(`${deskKindNames[kind]}：${session ?? programme}`, {
        facts: session === null ? [] : [`培训班“${programme}”`],
        on,
        page: `/training/${programmeId}`,
      }),
    ),
    more: 0,
  }
}

/** Notices of the organisation that wait to be sent. */
async function draftsOf(ctx: Context, { organizationId }: KitOf): Promise<Lines> {
  const { items, next } = await listSent(ctx, { state: 'waiting', organizationId, limit: mostOfKind })
  return {
    lines: items.map(({ id, title, source }) =>
      line(`待发通知“${title}”`, {
        facts: source === null ? [] : ['系统拟稿，由人决定发不发'],
        page: `/notices/${id}`,
      }),
    ),
    more: next === undefined ? 0 : 1,
  }
}

/** Files that wait to be received, and stacks of paper that are not filed. */
async function papersOf(ctx: Context): Promise<Lines> {
  const handed = await listHandovers(ctx, { waiting: true, open: false, limit: mostOfKind })
  const stacks = await listStacks(ctx, { open: 'yes', limit: mostOfKind })
  return {
    lines: [
      ...handed.items.map(({ id, number }) =>
        line(`等待接收的档案移交 ${number}`, { page: `/archive/handovers/${id}` }),
      ),
      ...stacks.items.map(({ id, name, parts }) =>
        line(`还没有归档完的一批材料“${name}”`, {
          facts: [`待归档 ${parts.proposed} 份`],
          page: `/digitization/${id}`,
        }),
      ),
    ],
    more: 0,
  }
}

/** Articles that wait for a review. */
async function articlesOf(ctx: Context): Promise<Lines> {
  const { items, next } = await listArticles(ctx, { forMe: true, mine: false, limit: mostOfKind })
  return {
    lines: items.map(({ id, title }) => line(`待审核的稿件“${title}”`, { page: `/publicity/${id}` })),
    more: next === undefined ? 0 : 1,
  }
}

/** How many corrections of records of the staff wait for an answer there. What they say is read by whoever answers. */
async function correctionsOf({ db, tenantId, actor, today }: Context): Promise<Lines> {
  const roots = actor.rootsOf('keep-files')
  const { rows } = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from talent_corrections c join persons p on p.tenant_id = c.tenant_id and p.id = c.person_id
    where c.tenant_id = ${tenantId} and c.answered_at is null and (${within(sql`p.path`, roots)}
      or exists (select from offices f where f.tenant_id = c.tenant_id and f.person_id = c.person_id
        and (f.until_on is null or f.until_on >= ${today}::date) and ${within(sql`f.path`, roots)}))`)
  const count = rows[0]?.count ?? 0
  return count === 0 ? none : { lines: [line(`等待答复的队伍信息更正申请 ${count} 项`, { page: '/staff' })], more: 0 }
}

interface DatedRow extends Record<string, unknown> {
  what: 'activity' | 'session' | 'exam' | 'exchange' | 'call' | 'postCall' | 'office'
  id: string
  title: string
  of: string
  on: Day
}

const whatIs: Record<DatedRow['what'], { text: (it: DatedRow) => string; page: (it: DatedRow) => string }> = {
  activity: { text: ({ title }) => `活动“${title}”`, page: ({ id }) => `/activities/${id}` },
  session: { text: ({ title, of }) => `培训班“${of}”上课：${title}`, page: ({ id }) => `/training/${id}` },
  exam: { text: ({ title }) => `考试“${title}”开考`, page: ({ id }) => `/training/exams/${id}` },
  exchange: { text: ({ title }) => `经验交流会“${title}”`, page: ({ id }) => `/training/exchanges/${id}` },
  call: { text: ({ title }) => `征集“${title}”截止`, page: ({ id }) => `/calls/${id}` },
  postCall: { text: ({ title }) => `岗位征集“${title}”报名截止`, page: ({ id }) => `/staff/calls/${id}` },
  office: { text: ({ title, of }) => `${of}任职到期：${title}`, page: ({ id }) => `/organization/${id}` },
}

/** What is planned by the organisation in the next days, and which terms and offices end there. */
async function daysOf(ctx: Context, { organizationId, path }: KitOf): Promise<Lines> {
  const { db, tenantId, today } = ctx
  const until = addDays(today, kitDays)
  const soon = (column: ReturnType<typeof sql>) => sql`${column} between ${today}::date and ${until}::date`
  const { rows } = await db.execute<DatedRow>(sql`
    select what, id, title, of, "on"::text as "on" from (
      select 'activity' as what, a.id, a.title, '' as of, a.from_on as "on" from activities a
        where a.tenant_id = ${tenantId} and a.organization_id = ${organizationId} and a.announced_at is not null
        and a.cancelled_at is null and ${soon(sql`a.from_on`)}
      union all select 'session', p.id, c.title, p.title, c."on" from training_sessions c
        join training_programmes p on p.tenant_id = c.tenant_id and p.id = c.programme_id
        where c.tenant_id = ${tenantId} and p.organization_id = ${organizationId} and p.announced_at is not null
        and p.cancelled_at is null and c.cancelled_at is null and ${soon(sql`c."on"`)}
      union all select 'exam', e.id, e.title, '', ${dayInChinaOf(sql`e.opens_at`)} from exams e
        where e.tenant_id = ${tenantId} and e.organization_id = ${organizationId} and e.published_at is not null
        and ${soon(dayInChinaOf(sql`e.opens_at`))}
      union all select 'exchange', x.id, x.title, '', x.held_on from exchanges x
        where x.tenant_id = ${tenantId} and x.organization_id = ${organizationId} and x.announced_at is not null
        and x.cancelled_at is null and x.concluded_at is null and ${soon(sql`x.held_on`)}
      union all select 'call', k.id, k.title, '', k.until_on from calls k
        where k.tenant_id = ${tenantId} and k.organization_id = ${organizationId} and k.announced_at is not null
        and k.closed_at is null and k.cancelled_at is null and ${soon(sql`k.until_on`)}
      union all select 'postCall', k.id, q.title, '', k.until_on from talent_calls k
        join talent_posts q on q.tenant_id = k.tenant_id and q.id = k.post_id
        where k.tenant_id = ${tenantId} and q.organization_id = ${organizationId} and k.closed_at is null and q.closed_at is null
        and ${soon(sql`k.until_on`)}
      union all select 'office', f.organization_id, f.person_name, o.name, f.until_on from offices f
        join organizations o on o.tenant_id = f.tenant_id and o.id = f.organization_id
        where f.tenant_id = ${tenantId} and f.organization_id = ${organizationId} and ${soon(sql`f.until_on`)}
    ) it order by "on", what, id limit ${mostOfKind + 1}`)
  const terms = await listTermEnds(ctx, path, until)
  return {
    lines: [
      ...rows
        .slice(0, mostOfKind)
        .map((it) => line(whatIs[it.what].text(it), { on: it.on, page: whatIs[it.what].page(it) })),
      ...terms.map(({ organization, report }) =>
        line(`${organization.name}换届`, {
          facts: report.explanations.map((one) => one.text),
          on: report.reElectBy,
          isOverdue: report.reElectBy < today,
          page: `/organization/${organization.id}`,
        }),
      ),
    ],
    more: rows.length > mostOfKind ? 1 : 0,
  }
}

/** Practices of others that the organisation has begun to try (我们也试试). */
async function trialsOf({ db, tenantId }: Context, { organizationId }: KitOf): Promise<Lines> {
  const { rows } = await db.execute<{ cardId: string; title: string; plan: string; adoptedOn: Day }>(sql`
    select a.card_id as "cardId", c.text->>'title' as title, a.plan, a.adopted_on::text as "adoptedOn" from exchange_adoptions a
    join exchange_cards c on c.tenant_id = a.tenant_id and c.id = a.card_id
    where a.tenant_id = ${tenantId} and a.organization_id = ${organizationId} and a.ended_on is null
    order by a.adopted_on, a.id limit ${mostOfKind}`)
  return {
    lines: rows.map(({ cardId, title, plan, adoptedOn }) =>
      line(`试用做法“${title}”`, {
        facts: [`${dayWritten(adoptedOn)}开始`, plan],
        page: `/training/exchanges/cards/${cardId}`,
      }),
    ),
    more: 0,
  }
}

/** Suggestions that were promised an answer. Of complaints and of what was written under protection only how many: they are opened by whoever answers. */
async function promisesOf(ctx: Context): Promise<Lines> {
  if (ctx.actor.rootsOf('moderate').length === 0) return none
  const { items, next } = await listTopics(ctx, { only: 'toAnswer', limit: mostOfKind })
  const isClosed = (it: (typeof items)[number]) => it.kind === 'complaint' || it.isProtected
  const closed = items.filter(isClosed).length
  return {
    lines: [
      ...items
        .filter((it) => !isClosed(it))
        .map(({ id, title, promisedOn }) =>
          line(`答复“${title}”`, {
            facts: ['提出建议的同志在等答复'],
            on: dayIn(promisedOn),
            isOverdue: promisedOn !== null && promisedOn < ctx.today,
            page: `/discussion/topics/${id}`,
          }),
        ),
      ...(closed === 0
        ? []
        : [
            line(`要答复的投诉反映和受保护的来信 ${closed} 件`, {
              facts: ['内容由到任后负责答复的同志自己打开看'],
              page: '/discussion',
            }),
          ]),
    ],
    more: next === undefined ? 0 : 1,
  }
}

/** What is filed electronically: of persons, of the organisation itself, and what was sealed. */
async function placesOf(ctx: Context, it: KitOf): Promise<Lines> {
  if (!readsFiles(ctx, it)) return none
  const { organizationId, path } = it
  const standing = sql`not d.is_withdrawal and not exists (select from archive_documents later
    where later.tenant_id = d.tenant_id and later.supersedes = d.id)`
  const { rows } = await ctx.db.execute<Record<'papers' | 'persons' | 'own', number>>(sql`
    select count(*) filter (where d.person_id is not null)::int as papers, count(distinct d.person_id)::int as persons,
      count(*) filter (where d.person_id is null and d.organization_id = ${organizationId})::int as own
    from archive_documents d where d.tenant_id = ${ctx.tenantId} and ${within(sql`d.path`, [path])} and ${standing}`)
  const { papers = 0, persons = 0, own = 0 } = rows[0] ?? {}
  return {
    lines: [
      line(`个人发展材料的电子件 ${papers} 份`, { facts: [`涉及 ${persons} 人`], page: '/archive' }),
      line(`本组织自己的材料 ${own} 份`, { page: `/archive/organizations/${organizationId}` }),
    ],
    more: 0,
  }
}
