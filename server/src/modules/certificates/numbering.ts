import { dayWritten } from '@zhibu/rules'
import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { ancestors, type OrgPath } from '../../platform/org-path.ts'
import { authorize, found, Refusal, refuseField, refuseStale } from '../../platform/refusal.ts'
import { writtenNumber } from '../archive/names-schema.ts'
import { findOrganization, type OrganizationRow } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { shippedPattern } from './names-schema.ts'
import { mayIssue } from './policy.ts'
import type { NewSettings, SettingsView } from './schema.ts'
import { certificateSeries, certificateSettings } from './tables.ts'

/** The numbers of certificates (证书编号): gapless in each organisation and year, and never the same twice in a university. */

/** An organisation that issues, held against being dissolved until the transaction ends. */
export async function issuerOf(ctx: Context, organizationId: string, named = '颁发证书'): Promise<OrganizationRow> {
  const seen = found(await findOrganization(ctx, organizationId), '个组织')
  authorize(mayIssue(ctx.actor, seen.path), `以${seen.name}的名义${named}`)
  const it = found(await findOrganization(ctx, organizationId, { lock: 'share' }), '个组织')
  if (it.dissolvedOn !== null)
    throw new Refusal('conflict', `${it.name}已于${dayWritten(it.dissolvedOn)}撤销，不能再${named}。`)
  return it
}

/**
 * Takes the next numbers of an organisation in a year. Who issues next there waits until this transaction has ended, and where it
 * fails the numbers are given again.
 */
export async function nextNumbers(
  ctx: Context,
  it: OrganizationRow,
  { year, many }: { year: number; many: number },
): Promise<{ serial: number; number: string }[]> {
  const { tenantId } = ctx
  const { id: organizationId, path } = it
  const [row] = await ctx.db
    .insert(certificateSeries)
    .values({ tenantId, organizationId, path, year, last: many })
    .onConflictDoUpdate({
      target: [certificateSeries.tenantId, certificateSeries.organizationId, certificateSeries.year],
      set: { last: sql`${certificateSeries.last} + ${many}` },
    })
    .returning({ last: certificateSeries.last })
  if (row === undefined) throw new Error('numbers are always given')
  const { pattern, mark } = await numberingOf(ctx, it)
  return Array.from({ length: many }, (_, at) => {
    const serial = row.last - many + at + 1
    return { serial, number: writtenNumber(pattern, { organization: mark, year, serial }) }
  })
}

/** Said where two organisations write the same number. */
export const numberTaken = {
  certificates_by_number:
    '按现在的编号格式，编号与学校里另一份证书相同，没有颁发。请在“编号格式”中写明本组织的简称，例如“计算机学院党校-〔年度〕-〔序号〕”，再颁发。',
}

/** What an organisation has settled, with its next number. */
export async function readSettings(ctx: Context, organizationId: string): Promise<SettingsView> {
  const it = found(await findOrganization(ctx, organizationId), '个组织')
  authorize(mayIssue(ctx.actor, it.path), `查看${it.name}的编号格式`)
  const year = Number(ctx.today.slice(0, 4))
  const [series] = await ctx.db
    .select({ last: certificateSeries.last })
    .from(certificateSeries)
    .where(
      and(
        eq(certificateSeries.tenantId, ctx.tenantId),
        eq(certificateSeries.organizationId, organizationId),
        eq(certificateSeries.year, year),
      ),
    )
  return {
    organization: { id: it.id, name: it.name },
    ...(await numberingOf(ctx, it)),
    ...{ year, serial: (series?.last ?? 0) + 1 },
  }
}

/**
 * Settles how an organisation numbers from now on, as read at this revision; numbers that were given stay. Refuses a pattern by which two
 * certificates would get the same number.
 */
export async function setSettings(
  ctx: Context,
  organizationId: string,
  wanted: NewSettings,
  revision: number,
): Promise<void> {
  const it = await issuerOf(ctx, organizationId, '修改编号格式')
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${organizationId}, 54))`)
  const now = await numberingOf(ctx, it)
  refuseStale(now, revision, '编号格式')
  await refuseUnfit(ctx, it, wanted.pattern, now.mark)

  const row = { ...wanted, revision: revision + 1 }
  await ctx.db
    .insert(certificateSettings)
    .values({ tenantId: ctx.tenantId, organizationId, path: it.path, ...row })
    .onConflictDoUpdate({ target: [certificateSettings.tenantId, certificateSettings.organizationId], set: row })
  const { pattern } = wanted
  await record(ctx, 'certificates.numbering-set', { kind: 'organization', id: it.id, orgPath: it.path }, { pattern })
}

async function refuseUnfit(ctx: Context, it: OrganizationRow, pattern: string, mark: string): Promise<void> {
  for (const part of ['〔年度〕', '〔序号〕'])
    if (!pattern.includes(part)) refuseField('pattern', `编号格式须含有“${part}”，否则不同的证书会得到同一个编号。`)
  const example = writtenNumber(pattern, { organization: mark, year: Number(ctx.today.slice(0, 4)), serial: 1 })
  if (/[〔〕]/.test(example)) refuseField('pattern', '编号格式中只能用〔组织〕〔年度〕〔序号〕三种可变部分。')
  const [other] = await ctx.db
    .select({ path: certificateSettings.path })
    .from(certificateSettings)
    .where(
      and(
        eq(certificateSettings.tenantId, ctx.tenantId),
        eq(certificateSettings.pattern, pattern),
        sql`${certificateSettings.organizationId} <> ${it.id}`,
      ),
    )
    .limit(1)
  if (other && !pattern.includes('〔组织〕'))
    refuseField('pattern', '另一个组织已用这个格式。请写明本组织的简称，使两个组织的编号不会相同。')
}

/** The pattern in force with what stands for the organisation in it, and who signs as a rule. */
async function numberingOf(ctx: Context, it: OrganizationRow) {
  const [row] = await ctx.db
    .select()
    .from(certificateSettings)
    .where(and(eq(certificateSettings.tenantId, ctx.tenantId), eq(certificateSettings.organizationId, it.id)))
  return {
    pattern: row?.pattern ?? shippedPattern,
    mark: it.code ?? (await initialsOf(ctx, it.path)),
    signatoryOffice: row?.signatoryOffice ?? '',
    signatoryName: row?.signatoryName ?? '',
    revision: row?.revision ?? 0,
  }
}

/** The initials of an organisation without a code; below a committee behind those of the committee, since branches of several are called alike. */
async function initialsOf(ctx: Context, path: OrgPath): Promise<string> {
  const rows = await ctx.db
    .select({ kind: organizations.kind, initials: organizations.initials, path: organizations.path })
    .from(organizations)
    .where(and(eq(organizations.tenantId, ctx.tenantId), inArray(organizations.path, [...ancestors(path), path])))
    .orderBy(desc(organizations.path))
  const [own, ...above] = rows
  const isCommittee = own?.kind === 'partyCommittee' || own?.kind === 'universityCommittee'
  const committee = isCommittee ? undefined : above.find((it) => it.kind === 'partyCommittee')
  return `${committee?.initials ?? ''}${own?.initials ?? ''}`.toUpperCase()
}
