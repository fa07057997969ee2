import { type Day, dayWritten } from '@zhibu/rules'
import { and, desc, eq, lt, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { personOf, refuseOutsiders } from '../../platform/reach.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { piecesOf } from '../../platform/search/folding.ts'
import type { Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { listStanding } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { numbered } from '../people/numbered.ts'
import { persons } from '../people/tables.ts'
import { type PaperState, sentenceOf, signatoryOf } from './names-schema.ts'
import { issuingRoots, may, mayIssue } from './policy.ts'
import type { BatchView, CertificateRow, CertificatesQuery, CertificateView, OwnList, PlaceList } from './schema.ts'
import { factsOf, openCertificate, type StoredCertificate, storedOf } from './stored.ts'
import { certificatePapers, certificateRevocations, certificates } from './tables.ts'

/** For what a certificate was issued: a thing of a module, such as a training. */
export interface CertificateSource {
  module: string
  id: string
}

/** The organisations in whose name the actor issues certificates. */
export async function listPlaces(ctx: Context): Promise<PlaceList> {
  refuseOutsiders(ctx.actor, '证书')
  const items = await listStanding(ctx, issuingRoots(ctx.actor))
  return { items }
}

/** So many certificates of one person are shown. */
const mostOwn = 200

/** The certificates that were given to the actor, the newest first. */
export async function ownCertificates(ctx: Context): Promise<OwnList> {
  refuseOutsiders(ctx.actor, '证书')
  const own = and(eq(certificates.tenantId, ctx.tenantId), eq(certificates.personId, personOf(ctx)))
  const rows = await storedOf(ctx, own, desc(certificates.id), mostOwn)
  return { items: rows.map(rowOf) }
}

/** A page of the certificates that were issued where the actor issues, the newest first. */
export async function listCertificates(ctx: Context, query: CertificatesQuery): Promise<Page<CertificateRow>> {
  refuseOutsiders(ctx.actor, '证书')
  const { cursor, limit, organizationId, state, q } = query
  const before = cursor === undefined ? undefined : readCursor(cursor, z.tuple([z.uuid()]))[0]
  const revoked = sql`exists (select from ${certificateRevocations} r where r.tenant_id = ${certificates.tenantId}
    and r.certificate_id = ${certificates.id})`
  const rows = await storedOf(
    ctx,
    and(
      eq(certificates.tenantId, ctx.tenantId),
      within(certificates.path, issuingRoots(ctx.actor)),
      organizationId === undefined ? undefined : eq(certificates.organizationId, organizationId),
      state && (state === 'revoked' ? revoked : sql`not ${revoked}`),
      ...piecesOf(q ?? '').map((piece) => sql`position(${piece} in ${certificates.folded}) > 0`),
      before === undefined ? undefined : lt(certificates.id, before),
    ),
    desc(certificates.id),
    limit + 1,
  )
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(rowOf),
    ...(last && { next: writeCursor([last.certificate.id]) }),
  }
}

/** A certificate with what has become of it. */
export async function viewOf(ctx: Context, certificateId: string): Promise<CertificateView> {
  refuseOutsiders(ctx.actor, '证书')
  const it = await openCertificate(ctx, certificateId)
  const { facts, replacesId, batchId, issuedBy } = it.certificate
  const { read: _, ...can } = may(ctx.actor, factsOf(it))
  const { title, programme, fromOn, untilOn, hours, result, signatoryOffice, signatoryName, issuer, replaces } = facts
  return {
    ...rowOf(it),
    ...{ sentence: sentenceOf(facts), signatory: signatoryOf(facts), issuer, issuedBy, batchId },
    text: { title, programme, fromOn, untilOn, hours, result, signatoryOffice, signatoryName },
    paperProblem: it.paper?.problem ?? null,
    revocation: it.revocation,
    replaces: replacesId === null || replaces === null ? null : { id: replacesId, number: replaces },
    replacedBy: it.replacedBy,
    documentId: can.file || mayIssue(ctx.actor, it.certificate.path) ? it.documentId : null,
    can,
  }
}

/** The paper of a certificate as it was made, or what is to be printed anew with the mark that it holds no more. */
type PaperFound =
  | { contentId: string; sizeBytes: number; name: string }
  | { certificate: StoredCertificate['certificate']; revokedOn: Day; name: string }

/** The paper of a certificate for whoever may read it. One that was revoked is had by those who issue alone, and marked. */
export async function paperOf(ctx: Context, certificateId: string): Promise<PaperFound> {
  refuseOutsiders(ctx.actor, '证书')
  const it = await openCertificate(ctx, certificateId)
  const { paper, certificate, revocation } = it
  if (paper === null) throw new Refusal('conflict', '证书正在排版，还没有生成。请过几秒再下载。')
  const { contentId, sizeBytes, problem } = paper
  if (contentId === null || sizeBytes === null)
    throw new Refusal('conflict', `证书没有生成：${problem ?? ''}处理以后请点“重新排版”。`)
  const { number, name, title } = certificate.facts
  if (revocation === null) return { contentId, sizeBytes, name: `${name} ${title} ${number}.pdf` }
  if (!may(ctx.actor, factsOf(it)).download)
    throw new Refusal(
      'conflict',
      `这份证书已于${dayWritten(revocation.on)}撤销，不再提供下载。换发了的，请下载新的一份；有疑问的，请联系颁发单位。`,
    )
  return { certificate, revokedOn: revocation.on, name: `（已撤销）${name} ${title} ${number}.pdf` }
}

/** What was issued in one act: how far the papers have come, and which could not be made. Two statements. */
export async function readBatch(ctx: Context, batchId: string): Promise<BatchView> {
  refuseOutsiders(ctx.actor, '证书')
  const { tenantId } = ctx
  const { first, total, ready, revoked, lastNumber } = found(await countedBatch(ctx, batchId), '批证书')
  const problems = await ctx.db
    .select({
      id: certificates.id,
      number: certificates.number,
      facts: certificates.facts,
      problem: sql<string>`p.problem`,
    })
    .from(certificates)
    .innerJoin(sql`${certificatePapers} p`, sql`p.tenant_id = ${tenantId} and p.certificate_id = ${certificates.id}`)
    .where(and(ofBatch(ctx, batchId), sql`p.problem is not null`))
    .orderBy(certificates.serial)
    .limit(mostProblems)
  const { facts, organizationId, organization, issuedOn, issuedBy, number } = first
  return {
    ...{ id: batchId, title: facts.title, programme: facts.programme, issuedOn, issuedBy },
    organization: { id: organizationId, name: organization },
    ...{ firstNumber: number, lastNumber, total, ready, revoked },
    problems: problems.map(({ id, number: of, facts: { name }, problem }) => ({ id, number: of, name, problem })),
  }
}

const mostProblems = 100

/** The counts of a batch for whoever issues there; nothing where it is not one of theirs. */
async function countedBatch(ctx: Context, batchId: string) {
  const [first] = await ctx.db
    .select({
      path: certificates.path,
      facts: certificates.facts,
      organizationId: certificates.organizationId,
      organization: organizations.name,
      issuedOn: certificates.issuedOn,
      issuedBy: certificates.issuedBy,
      number: certificates.number,
      total: sql<number>`(count(*) over ())::int`,
      ready: sql<number>`(count(p.content_id) over ())::int`,
      revoked: sql<number>`(count(r.certificate_id) over ())::int`,
      lastNumber: sql<string>`last_value(${certificates.number}) over (order by ${certificates.serial}
        rows between unbounded preceding and unbounded following)`,
    })
    .from(certificates)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, certificates.tenantId), eq(organizations.id, certificates.organizationId)),
    )
    .leftJoin(
      sql`${certificatePapers} p`,
      sql`p.tenant_id = ${certificates.tenantId} and p.certificate_id = ${certificates.id}`,
    )
    .leftJoin(
      sql`${certificateRevocations} r`,
      sql`r.tenant_id = ${certificates.tenantId} and r.certificate_id = ${certificates.id}`,
    )
    .where(ofBatch(ctx, batchId))
    .orderBy(certificates.serial)
    .limit(1)
  if (!first || !mayIssue(ctx.actor, first.path)) return undefined
  const { total, ready, revoked, lastNumber } = first
  return { first, total, ready, revoked, lastNumber }
}

/** The certificates of a batch that hold, in the order of their numbers, for whoever issues there. */
export async function holdingOf(ctx: Context, batchId: string): Promise<(typeof certificates.$inferSelect)[]> {
  refuseOutsiders(ctx.actor, '证书')
  const rows = await storedOf(ctx, ofBatch(ctx, batchId), sql`${certificates.serial}`, mostOfBatch)
  const path = rows[0]?.certificate.path
  found(path !== undefined && mayIssue(ctx.actor, path) ? rows[0] : undefined, '批证书')
  return rows.filter((it) => it.revocation === null).map((it) => it.certificate)
}

const mostOfBatch = 5_000

/** A batch, by its index. */
export const ofBatch = ({ tenantId }: Pick<Context, 'tenantId'>, batchId: string): SQL =>
  and(eq(certificates.tenantId, tenantId), eq(certificates.batchId, batchId)) ?? sql`false`

/** A certificate that was issued for something. */
export interface IssuedFor {
  personId: string
  certificateId: string
  batchId: string
  number: string
  issuedOn: Day
  isRevoked: boolean
  isFiled: boolean
  paper: PaperState
}

/** Which certificates were issued for something, to each person the one that stands last, or that of one person; the caller has settled who may know. */
export async function certificatesOf(ctx: Context, source: CertificateSource, personId?: string): Promise<IssuedFor[]> {
  const rows = await storedOf(
    ctx,
    and(
      eq(certificates.tenantId, ctx.tenantId),
      eq(certificates.sourceModule, source.module),
      eq(certificates.sourceId, source.id),
      personId === undefined ? undefined : eq(certificates.personId, personId),
    ),
    sql`${certificates.id}`,
    mostOfSource,
  )
  const last = new Map(rows.map((it) => [it.certificate.personId, it]))
  return [...last.values()].map((it) => ({
    personId: it.certificate.personId,
    certificateId: it.certificate.id,
    batchId: it.certificate.batchId,
    number: it.certificate.number,
    issuedOn: it.certificate.issuedOn,
    isRevoked: it.revocation !== null,
    isFiled: it.documentId !== null,
    paper: paperStateOf(it),
  }))
}

const mostOfSource = 20_000

/** Finds persons by their numbers where the actor issues certificates, in the order of the list. */
export async function findByNumbers(ctx: Context, numbers: readonly string[]) {
  const roots = issuingRoots(ctx.actor)
  authorize(roots.length > 0, '颁发证书')
  return numbered(ctx, numbers, within(persons.path, roots))
}

function rowOf(it: StoredCertificate): CertificateRow {
  const { id, number, facts, organizationId, issuedOn } = it.certificate
  return {
    ...{ id, number, title: facts.title, name: facts.name, programme: facts.programme, issuedOn },
    organization: { id: organizationId, name: it.organization },
    state: it.revocation === null ? 'valid' : 'revoked',
    paper: paperStateOf(it),
  }
}

function paperStateOf({ paper }: StoredCertificate): PaperState {
  if (paper === null) return 'waiting'
  return paper.contentId === null ? 'failed' : 'ready'
}
