import { sql } from 'drizzle-orm'
import type { Context as HonoContext } from 'hono'
import type { Context } from '../../platform/context.ts'
import type { Env } from '../../platform/http.ts'
import { record } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { fileCertificate } from '../certificates/filing.ts'
import { type CertificatePlace, filingPlaceNames, mostAtOnce } from '../certificates/names-schema.ts'
import { readSettings } from '../certificates/numbering.ts'
import { type CertificateSource, certificatesOf, type IssuedFor } from '../certificates/queries.ts'
import { issueCertificates } from '../certificates/service.ts'
import { findOrganization } from '../organization/queries.ts'
import type { Certified, CertifyingView, CertifyingWanted, EvidenceDone } from './certifying-schema.ts'
import type { InTransaction } from './completing.ts'
import { type Told, tellCertified } from './informing.ts'
import { mayAccept, mayRun } from './policy.ts'
import { type Stand, standsOf } from './rounds.ts'
import { rubricOf } from './rubric.ts'
import { openProgramme, type StoredProgramme, subjectOf } from './stored.ts'

/**
 * 颁发证书: of a closed programme, those who passed are given a certificate by an act of whoever runs it; nothing is issued by itself. What is printed is
 * proposed from what was recorded, and changed before. Everything here runs over the whole university, after it was settled who may.
 */

/** For what a certificate of a programme is issued: so each person has one. */
export const sourceOf = (programmeId: string): CertificateSource => ({ module: 'training', id: programmeId })

/** Into which place of the filing list the paper belongs; null where there is none. */
export const placeOf = ({ audience }: Pick<StoredProgramme, 'audience'>): CertificatePlace | null =>
  audience === 'activists' ? 'activistTrainingProof' : audience === 'prospects' ? 'intensiveTrainingProof' : null

/** Who passed a closed programme, who has a certificate, and what would be printed on those to come. */
export async function readCertifying(ctx: Context, programmeId: string): Promise<CertifyingView> {
  const programme = await openCertified(ctx, programmeId)
  const passed = await passedOf(ctx, programme)
  const issued = await certificatesOf(ctx, sourceOf(programmeId))
  const of = new Map(issued.map((it) => [it.personId, it]))
  const place = placeOf(programme)
  const organization = found(await findOrganization(ctx, programme.organizationId), '个组织')
  return {
    programme: { id: programme.id, name: programme.title },
    organization: { id: organization.id, name: organization.name },
    proposed: await proposalFor(ctx, programme, passed),
    items: passed.map((it) => ({
      person: { id: it.personId, name: it.name },
      ...{ organization: it.organization, hours: it.hours, isOwn: it.personId === personOf(ctx) },
      certificate: shown(of.get(it.personId)),
    })),
    batchId: issued.at(-1)?.batchId ?? null,
    place: place && filingPlaceNames[place],
    can: { issue: organization.dissolvedOn === null },
  }
}

const shown = (it: IssuedFor | undefined): CertifyingView['items'][number]['certificate'] =>
  it === undefined
    ? null
    : { id: it.certificateId, number: it.number, isRevoked: it.isRevoked, isFiled: it.isFiled, paper: it.paper }

/** What the records say: the title, the days of the sessions, the hours, and that somebody passed. */
async function proposalFor(
  ctx: Context,
  { title, organizationId, fromOn, untilOn }: StoredProgramme,
  passed: readonly Passed[],
): Promise<CertifyingWanted> {
  const { signatoryOffice, signatoryName } = await readSettings(ctx, organizationId)
  const heard = new Set(passed.map((it) => it.hours))
  const [hours = 0] = heard.size === 1 ? heard : []
  return {
    ...{ title: '结业证书', programme: title, fromOn, untilOn: untilOn === fromOn ? null : untilOn },
    ...{ hours: inWords(hours), hoursOfEach: heard.size > 1, result: '考核合格，准予结业' },
    ...{ signatoryOffice, signatoryName },
  }
}

/** 24 学时; nothing where none were heard. */
const inWords = (hours: number): string => (hours > 0 ? `${hours} 学时` : '')

/** Gives those who passed and have none a certificate each, in the order of the list. The actor is left out: their own is issued by somebody else. */
export async function certify(
  ctx: Context,
  programmeId: string,
  { hoursOfEach, ...text }: CertifyingWanted,
  { base }: Told,
): Promise<Certified> {
  const programme = await openCertified(ctx, programmeId, { lock: true })
  const passed = await passedOf(ctx, programme)
  const known = new Set((await certificatesOf(ctx, sourceOf(programmeId))).map((it) => it.personId))
  const without = passed.filter((it) => !known.has(it.personId))
  const wanted = without.filter((it) => it.personId !== personOf(ctx)).slice(0, mostAtOnce)
  const isOwnLeftOut = without.some((it) => it.personId === personOf(ctx))
  const already = passed.length - without.length
  if (wanted.length === 0) {
    if (already > 0) return { batchId: null, issued: 0, already, isOwnLeftOut }
    throw new Refusal(
      'conflict',
      isOwnLeftOut
        ? '通过的只有您本人。本人的证书由其他同志颁发。'
        : '没有人通过这个培训班，不能颁发证书。请在“验收和办结”里核对。',
    )
  }

  const { batchId, issued } = await issueCertificates(ctx, {
    ...{ organizationId: programme.organizationId, text, source: sourceOf(programmeId) },
    recipients: wanted.map(({ personId, hours }) => ({ personId, ...(hoursOfEach && { hours: inWords(hours) }) })),
  })
  await record(ctx, 'training.certified', subjectOf(programme), { title: programme.title, count: issued })
  await tellCertified(ctx, programme, { to: wanted.map((it) => it.personId), title: text.title, fact: batchId, base })
  return { batchId, issued, already, isOwnLeftOut }
}

interface Passed extends Pick<Stand, 'personId' | 'seq' | 'hours'>, Record<string, unknown> {
  name: string
  organization: string
}

/** Those who passed, in the order of the list. */
async function passedOf(ctx: Context, programme: StoredProgramme): Promise<Passed[]> {
  const { criteria } = await rubricOf(ctx, programme.id)
  const { rows } = await ctx.db.execute<Passed>(sql`
    select s."personId", s.seq, s.hours, p.name, o.name as organization
    from (${standsOf(ctx, programme, criteria.length > 0)}) s
    join persons p on p.tenant_id = ${ctx.tenantId} and p.id = s."personId"
    join organizations o on o.tenant_id = p.tenant_id and o.id = p.organization_id
    where s.state = 'passed' order by s.seq`)
  return rows
}

async function openCertified(ctx: Context, programmeId: string, { lock = false } = {}): Promise<StoredProgramme> {
  const programme = await openProgramme(ctx, programmeId, { lock })
  authorize(mayRun(ctx.actor, programme.path), '颁发这个培训班的证书')
  if (!mayAccept(ctx.actor, programme, ctx.today).file)
    throw new Refusal('conflict', '培训班还没有办结。请先办结，再颁发证书。')
  return programme
}

/** So many papers are filed before it is answered how far it is. */
const mostFiledAtOnce = 10

/**
 * Files the papers of the next so many who have one in the archives of their persons, each in transactions of its own: what is filed is filed, whatever
 * becomes of the rest. What the archive refuses of somebody is told with their name.
 */
export async function fileEvidence(
  c: HonoContext<Env>,
  inTransaction: InTransaction,
  programmeId: string,
  after: number | null,
): Promise<EvidenceDone> {
  const { place, next, items } = await inTransaction((ctx) => toFile(ctx, programmeId, after))
  const refused: EvidenceDone['refused'] = []
  let filed = 0
  for (const { certificateId, person } of items) {
    try {
      await fileCertificate(c, inTransaction, certificateId, place)
      filed++
    } catch (error) {
      if (!(error instanceof Refusal) || error.isPassing) throw error
      refused.push({ person, problem: error.message })
    }
  }
  return { filed, refused, next }
}

async function toFile(ctx: Context, programmeId: string, after: number | null) {
  const programme = await openCertified(ctx, programmeId)
  const place = placeOf(programme)
  if (place === null) throw new Refusal('conflict', '这类培训的证书不归入发展党员档案。证书在本人的“我的证书”里。')
  const passed = await passedOf(ctx, programme)
  const open = new Map(
    (await certificatesOf(ctx, sourceOf(programmeId)))
      .filter((it) => !it.isRevoked && !it.isFiled)
      .map((it) => [it.personId, it.certificateId]),
  )
  const waiting = passed.flatMap(({ personId, name, seq }) => {
    const certificateId = open.get(personId)
    const isNext = seq > (after ?? 0) && certificateId !== undefined
    return isNext ? [{ certificateId, seq, person: { id: personId, name } }] : []
  })
  const items = waiting.slice(0, mostFiledAtOnce)
  return { place, items, next: waiting.length > items.length ? (items.at(-1)?.seq ?? null) : null }
}
