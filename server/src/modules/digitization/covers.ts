import { completeness, type Numbered, type Stage } from '@zhibu/rules'
import { and, asc, eq, ne, type SQL } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { lowestAbove } from '../../platform/org-path.ts'
import type { CoverSheet } from '../../platform/papers/cover-sheet.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { isOneOf, within } from '../../platform/within.ts'
import { filedOf } from '../archive/filed.ts'
import { may } from '../archive/policy.ts'
import { filingListOf } from '../archive/template.ts'
import { factsOf } from '../development/facts.ts'
import { settingOf } from '../development/settings.ts'
import { developmentStandings } from '../development/tables.ts'
import { findOrganization } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { organizationOfPerson } from '../people/queries.ts'
import { persons } from '../people/tables.ts'
import {
  type CoverChoices,
  type CoverOrder,
  type ListedPlaces,
  mostCoverPersons,
  mostCoverSheets,
} from './cover-order-schema.ts'
import { coverCodeOf } from './cover-schema.ts'
import { mayStack } from './policy.ts'

/** The sheets of an order, read and recorded; printing them takes no connection. */
export interface CoverPrinting {
  sheets: CoverSheet[]
  /** What the PDF is called. */
  name: string
}

/** The places among which whoever keeps files chooses. */
export async function readListedPlaces(ctx: Context): Promise<ListedPlaces> {
  authorize(ctx.actor.holdsAnywhere('keep-files'), '整理纸质材料')
  const { person, organization } = await filingListOf(ctx)
  return { person: person.map(shown), organization: organization.map(shown) }
}

const shown = ({ code, number, label }: Numbered) => ({ code, number, label })

/** Among whom one chooses for the covers of an organisation and all below it. The reader is not among them. */
export async function readCoverChoices(ctx: Context, organizationId: string): Promise<CoverChoices> {
  const { id, name, path } = found(await findOrganization(ctx, organizationId), '个组织')
  authorize(mayStack(ctx.actor, { path }), '打印这个组织的封面')
  const owners = await ownersWhere(ctx, within(persons.path, [path]))
  if (owners.length > mostCoverPersons)
    throw new Refusal('too-large', `“${name}”有超过 ${mostCoverPersons} 人，请选择下级组织，分几次打印封面。`)
  const missing = await missingOf(ctx, owners)
  return {
    organization: { id, name },
    persons: owners.map(({ path: _, ...it }) => ({ ...it, missing: missing.get(it.id) ?? [] })),
  }
}

/**
 * Takes an order for covers: who keeps the files of all of these persons, or of the organisation, and nobody their own. Refuses an
 * order without a sheet, or with more than can be printed at once.
 */
export async function takeCoverOrder(ctx: Context, order: CoverOrder): Promise<CoverPrinting> {
  return 'personIds' in order ? coversOfPersons(ctx, order) : coversOfOrganization(ctx, order)
}

async function coversOfPersons(
  ctx: Context,
  { personIds, places }: Extract<CoverOrder, { personIds: string[] }>,
): Promise<CoverPrinting> {
  const wanted = [...new Set(personIds)]
  if (wanted.some((id) => id === ctx.actor.personId))
    throw new Refusal('forbidden', '本人的材料由他人归档，不能打印自己的封面。请在名单中去掉本人。')
  const owners = await ownersWhere(ctx, isOneOf(persons.id, wanted))
  found(owners.length === wanted.length ? owners : undefined, '位人员')
  const list = await filingListOf(ctx)
  const missing = places === 'missing' ? await missingOf(ctx, owners) : undefined
  const chosen = places === 'missing' ? list.person : chosenOf(list.person, places)
  const sheets = owners.flatMap((owner) =>
    chosen
      .filter((it) => missing === undefined || missing.get(owner.id)?.includes(it.code))
      .filter((it) => may(ctx.actor, { personId: owner.id, path: owner.path }, it).file)
      .map((it) => ({
        code: coverCodeOf({ personId: owner.id, place: it.code }),
        number: it.number,
        label: it.label,
        owner: owner.name,
        ownerMark: owner.studentNumber,
        organization: owner.organization,
      })),
  )
  refuseCount(sheets.length)
  const [first] = owners
  const isOne = owners.length === 1
  const path = lowestAbove(owners.map((it) => it.path))
  await record(
    ctx,
    'digitization.covers-printed',
    isOne && first
      ? { kind: 'person', id: first.id, orgPath: path, personId: first.id }
      : { kind: 'list', id: 'covers', orgPath: path },
    { persons: owners.length, sheets: sheets.length },
  )
  return { sheets, name: `归档封面 ${isOne ? first?.name : `${owners.length}人`} ${ctx.today}.pdf` }
}

async function coversOfOrganization(
  ctx: Context,
  { organizationId, places }: Extract<CoverOrder, { organizationId: string }>,
): Promise<CoverPrinting> {
  const { id, name, path } = found(await findOrganization(ctx, organizationId), '个组织')
  authorize(mayStack(ctx.actor, { path }), '打印这个组织的封面')
  const sheets = chosenOf((await filingListOf(ctx)).organization, places).map((it) => ({
    code: coverCodeOf({ organizationId: id, place: it.code }),
    number: it.number,
    label: it.label,
    owner: name,
    ownerMark: null,
    organization: null,
  }))
  refuseCount(sheets.length)
  const subject = { kind: 'organization', id, orgPath: path }
  await record(ctx, 'digitization.covers-printed', subject, { sheets: sheets.length })
  return { sheets, name: `归档封面 ${name} ${ctx.today}.pdf` }
}

/** The places of the list with these codes, in its order. */
function chosenOf(list: readonly Numbered[], codes: readonly string[]): Numbered[] {
  const chosen = list.filter((it) => codes.includes(it.code))
  if (chosen.length < new Set(codes).size)
    throw new Refusal('malformed', '所选的类别中有归档清单里没有的，请刷新页面重新选择。')
  return chosen
}

function refuseCount(sheets: number): void {
  if (sheets === 0)
    throw new Refusal('conflict', '所选的人没有到期未归档的材料，不需要打印封面；要打印指定类别的，请逐类选择。')
  if (sheets > mostCoverSheets)
    throw new Refusal(
      'too-large',
      `共 ${sheets} 张，一次最多打印 ${mostCoverSheets} 张。请减少人员或者类别，分几次打印。`,
    )
}

interface CoverOwner {
  id: string
  name: string
  path: string
  studentNumber: string | null
  organization: string
  stage: Stage | null
}

/** Persons whose files the actor keeps, themselves left out, by branch and name; one more than can be chosen at most. */
function ownersWhere({ db, tenantId, actor }: Context, where: SQL): Promise<CoverOwner[]> {
  return db
    .select({
      id: persons.id,
      name: persons.name,
      path: persons.path,
      studentNumber: persons.studentNumber,
      organization: organizations.name,
      stage: developmentStandings.stage,
    })
    .from(persons)
    .innerJoin(organizations, organizationOfPerson)
    .leftJoin(
      developmentStandings,
      and(eq(developmentStandings.tenantId, persons.tenantId), eq(developmentStandings.personId, persons.id)),
    )
    .where(
      and(
        eq(persons.tenantId, tenantId),
        within(persons.path, actor.rootsOf('keep-files')),
        actor.personId === null ? undefined : ne(persons.id, actor.personId),
        where,
      ),
    )
    .orderBy(asc(persons.path), asc(persons.pinyin), asc(persons.id))
    .limit(mostCoverPersons + 1)
}

/** The places of each person whose papers are due today and not there. */
async function missingOf(ctx: Context, owners: readonly CoverOwner[]): Promise<Map<string, string[]>> {
  const ids = owners.map((it) => it.id)
  const [{ list, documents }, { setting }] = [await filedOf(ctx, ids), await settingOf(ctx)]
  return new Map(
    (await factsOf(ctx, ids)).map(({ person, facts }) => [
      person.id,
      completeness(list, { facts, documents: documents.get(person.id) ?? [] }, ctx.today, setting)
        .filter((it) => it.state === 'missing')
        .map((it) => it.place),
    ]),
  )
}
