import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { refuseDuplicates } from '../../platform/duplicates.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue } from '../../platform/jobs.ts'
import { record, recordAll } from '../../platform/journal.ts'
import { manyRows } from '../../platform/many-rows.ts'
import { authorize, found, Refusal, refuseField } from '../../platform/refusal.ts'
import { fold } from '../../platform/search/folding.ts'
import { isOneOf } from '../../platform/within.ts'
import type { OrganizationRow } from '../organization/queries.ts'
import { persons } from '../people/tables.ts'
import { hashedAs, newCode, sealedAt } from './codes.ts'
import { issuerOf, nextNumbers, numberTaken } from './numbering.ts'
import { mayIssue } from './policy.ts'
import type { CertificateSource } from './queries.ts'
import type { CertificateText, Facts, NewOrder, Ordered, Replacement, Revocation } from './schema.ts'
import { factsOf, lockForIssuer, openCertificate, type StoredCertificate, subjectOf } from './stored.ts'
import { certificatePapers, certificateRevocations, certificates } from './tables.ts'

/** Who is given a certificate; what is said of one person alone takes the place of what is said of all. */
export interface Recipient {
  personId: string
  hours?: string
  result?: string
}

/** Certificates that are to be issued in one act. */
export interface IssueOrder {
  organizationId: string
  text: CertificateText
  recipients: readonly Recipient[]
  /** Each person is given one certificate for it, however often it is asked for. */
  source: CertificateSource
}

type Row = typeof certificates.$inferInsert & { id: string; path: string; personId: string; facts: Facts }

/**
 * Issues certificates of an organisation, today and in the name of the actor: each with the next number, what is printed as it is now, and a
 * code by chance. Whoever has one for the same thing already is left out. The papers are made behind it. Refuses who may not issue
 * there, persons whom the actor does not see, and one's own certificate.
 */
export async function issueCertificates(ctx: Context, order: IssueOrder): Promise<Ordered> {
  const { organizationId, text, recipients, source } = order
  const issuer = await issuerOf(ctx, organizationId)
  refuseMisdated(ctx, text)
  refuseOwn(ctx, recipients)
  const names = await namesOf(ctx, recipients)
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${source.module} ${source.id}`}, 52))`)
  const known = await issuedFor(ctx, source)
  const wanted = recipients.filter((it) => !known.has(it.personId))
  if (wanted.length === 0) return { batchId: batchOf(known), issued: 0, already: recipients.length }

  const batchId = newId()
  const numbers = await nextNumbers(ctx, issuer, { year: yearOf(ctx), many: wanted.length })
  const rows = numbers.flatMap(({ serial, number }, at): Row[] => {
    const it = wanted[at]
    if (it === undefined) return []
    const said = {
      ...text,
      ...(it.hours !== undefined && { hours: it.hours }),
      ...(it.result !== undefined && { result: it.result }),
    }
    const facts: Facts = {
      ...said,
      ...{ name: names.get(it.personId) ?? '', issuer: issuer.name, issuedOn: ctx.today, number, replaces: null },
    }
    return [rowOf(ctx, issuer, { personId: it.personId, batchId, serial, facts, source, replacesId: null })]
  })
  await refuseDuplicates(certificateRows.insert(ctx.db, rows), numberTaken)
  await enqueue(ctx.db, 'certificates.print', { tenantId: ctx.tenantId, batchId })
  await recordAll(
    ctx,
    'certificates.issued',
    rows.map((it) => ({ subject: subjectOf(it), details: { title: it.facts.title, number: it.number } })),
  )
  return { batchId, issued: rows.length, already: recipients.length - rows.length }
}

/** The same for an order from the page. Its recipients must stand where the actor issues; sent twice, it is done once. */
export async function issueOrder(
  ctx: Context,
  { orderId, organizationId, personIds, ...text }: NewOrder,
): Promise<Ordered> {
  const recipients = personIds.map((personId) => ({ personId }))
  await issuerOf(ctx, organizationId)
  await refuseOutOfReach(ctx, personIds)
  return issueCertificates(ctx, { organizationId, text, recipients, source: { module: 'certificates', id: orderId } })
}

/** Says that a certificate holds no more from today on, and why. It stays where it is, and so does its paper. */
export async function revokeCertificate(ctx: Context, certificateId: string, { reason }: Revocation): Promise<void> {
  const it = await lockForIssuer(ctx, certificateId, '撤销')
  refuseRevoked(factsOf(it).isRevoked)
  await revoke(ctx, it.certificate, reason)
  await markLater(ctx, it)
}

/**
 * Issues a certificate that takes the place of another and names its number (换发), with the person's name as it is registered now; the other one
 * holds no more. Returns its id.
 */
export async function replaceCertificate(
  ctx: Context,
  certificateId: string,
  { reason, ...text }: Replacement,
): Promise<string> {
  const it = await lockForIssuer(ctx, certificateId, '换发')
  const { certificate: former } = it
  if (it.replacedBy !== null)
    throw new Refusal('conflict', `这份证书已换发为 ${it.replacedBy.number}。如需再改，请对新的一份办理。`)
  const issuer = await issuerOf(ctx, former.organizationId, '换发证书')
  refuseMisdated(ctx, text)
  const names = await namesOf(ctx, [{ personId: former.personId }])

  const [next] = await nextNumbers(ctx, issuer, { year: yearOf(ctx), many: 1 })
  if (next === undefined) throw new Error('a number is always given')
  const { serial, number } = next
  const name = names.get(former.personId) ?? ''
  const facts: Facts = {
    ...text,
    ...{ name, issuer: issuer.name, issuedOn: ctx.today, number, replaces: former.number },
  }
  const source = { module: former.sourceModule, id: former.sourceId }
  const row = rowOf(ctx, issuer, {
    personId: former.personId,
    batchId: newId(),
    serial,
    facts,
    source,
    replacesId: former.id,
  })
  await refuseDuplicates(ctx.db.insert(certificates).values(row), numberTaken)
  if (it.revocation === null) await revoke(ctx, former, reason)
  await markLater(ctx, it)
  await enqueue(ctx.db, 'certificates.print', { tenantId: ctx.tenantId, batchId: row.batchId })
  await record(ctx, 'certificates.replaced', subjectOf(row), {
    title: text.title,
    number,
    former: former.number,
    reason,
  })
  return row.id
}

/** Has the paper of a certificate made once more, where it could not be made, such as for want of a character. */
export async function printAgain(ctx: Context, certificateId: string): Promise<void> {
  const it = await openCertificate(ctx, certificateId, { lock: true })
  authorize(mayIssue(ctx.actor, it.certificate.path), '重新排版这份证书')
  if (factsOf(it).hasPaper) throw new Refusal('conflict', '这份证书已经生成。请刷新页面查看。')

  await ctx.db
    .delete(certificatePapers)
    .where(and(eq(certificatePapers.tenantId, ctx.tenantId), eq(certificatePapers.certificateId, certificateId)))
  await enqueue(ctx.db, 'certificates.print', { tenantId: ctx.tenantId, batchId: it.certificate.batchId })
  await record(ctx, 'certificates.printed-again', subjectOf(it.certificate), { number: it.certificate.number })
}

const certificateRows = manyRows(certificates, ['issuedAt'])

interface New {
  personId: string
  batchId: string
  serial: number
  facts: Facts
  source: CertificateSource
  replacesId: string | null
}

function rowOf(ctx: Context, issuer: OrganizationRow, of: New): Row {
  const { personId, batchId, serial, facts, source, replacesId } = of
  const id = newId()
  const code = newCode()
  return {
    ...{ tenantId: ctx.tenantId, id, organizationId: issuer.id, path: issuer.path, personId, batchId },
    ...{ year: yearOf(ctx), serial, number: facts.number, facts, replacesId },
    folded: fold([facts.name, facts.number, facts.title, facts.programme].join('\n')),
    codeHash: ctx.encryption.keyedHash(hashedAs(code)),
    codeSealed: ctx.encryption.sealField(code, sealedAt(id)),
    ...{ sourceModule: source.module, sourceId: source.id, issuedOn: ctx.today, issuedBy: ctx.actor.name },
  }
}

const yearOf = ({ today }: Context): number => Number(today.slice(0, 4))

async function revoke(ctx: Context, it: typeof certificates.$inferSelect, reason: string): Promise<void> {
  await ctx.db.insert(certificateRevocations).values({
    ...{ tenantId: ctx.tenantId, certificateId: it.id, path: it.path, personId: it.personId },
    ...{ on: ctx.today, reason, revokedBy: ctx.actor.name },
  })
  await record(ctx, 'certificates.revoked', subjectOf(it), { title: it.facts.title, number: it.number, reason })
}

/** The paper that lies in the archive of the person says so too, once the transaction has committed. */
async function markLater({ db, tenantId, actor }: Context, it: StoredCertificate): Promise<void> {
  if (it.documentId === null) return
  const { id: certificateId } = it.certificate
  await enqueue(db, 'certificates.mark-filed', { tenantId, certificateId, accountId: actor.accountId })
}

function refuseRevoked(isRevoked: boolean): void {
  if (isRevoked) throw new Refusal('conflict', '这份证书已经撤销。请刷新页面查看。')
}

function refuseMisdated({ today }: Context, { fromOn, untilOn }: CertificateText): void {
  if (fromOn === null && untilOn !== null) refuseField('fromOn', '填写了结束日期，请补上开始日期。')
  if (fromOn !== null && untilOn !== null && untilOn < fromOn)
    refuseField('untilOn', '结束日期不能早于开始日期，请核对。')
  const last = untilOn ?? fromOn
  if (last !== null && last > today)
    refuseField(untilOn === null ? 'fromOn' : 'untilOn', '培训还没有结束，请在结束以后颁发证书。')
}

function refuseOwn({ actor }: Context, recipients: readonly Recipient[]): void {
  if (recipients.some((it) => it.personId === actor.personId))
    refuseField('personIds', '名单中有您本人。本人的证书由其他同志颁发，请从名单中移去。')
}

/** Names by ids, as they are registered now. Refuses where one of the persons is not seen. */
async function namesOf(ctx: Context, recipients: readonly Recipient[]): Promise<Map<string, string>> {
  const ids = recipients.map((it) => it.personId)
  const rows = await ctx.db
    .select({ id: persons.id, name: persons.name })
    .from(persons)
    .where(and(eq(persons.tenantId, ctx.tenantId), isOneOf(persons.id, ids)))
  if (rows.length < new Set(ids).size) refuseField('personIds', notFound)
  return new Map(rows.map((it) => [it.id, it.name]))
}

const notFound = '有人员没有找到，可能已转出，或不在您的权限范围内。请重新选择。'

async function refuseOutOfReach(ctx: Context, personIds: readonly string[]): Promise<void> {
  const rows = await ctx.db
    .select({ path: persons.path })
    .from(persons)
    .where(and(eq(persons.tenantId, ctx.tenantId), isOneOf(persons.id, personIds)))
  if (rows.some(({ path }) => !mayIssue(ctx.actor, path))) refuseField('personIds', notFound)
}

/** Who has a certificate for something already, and in which batch. */
async function issuedFor(ctx: Context, source: CertificateSource): Promise<Map<string, string>> {
  const rows = await ctx.db
    .select({ personId: certificates.personId, batchId: certificates.batchId })
    .from(certificates)
    .where(
      and(
        eq(certificates.tenantId, ctx.tenantId),
        eq(certificates.sourceModule, source.module),
        eq(certificates.sourceId, source.id),
      ),
    )
    .orderBy(certificates.id)
  return new Map(rows.map((it) => [it.personId, it.batchId]))
}

const batchOf = (known: ReadonlyMap<string, string>): string => found([...known.values()][0], '批证书')
