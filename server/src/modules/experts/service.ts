import type { Context } from '../../platform/context.ts'
import { refuseDuplicates } from '../../platform/duplicates.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { found, refuseActOnStale, refuseStale } from '../../platform/refusal.ts'
import { findOrganization } from '../organization/queries.ts'
import { contactColumns, openedContact } from './contacts.ts'
import { consentColumns, type Found, foundBy, noConsent, refuseFull, refuseLater } from './entries.ts'
import { type Told, tellEntered } from './informing.ts'
import { nameInInvitations } from './invitations.ts'
import { refuseFlood } from './limits.ts'
import { contactNames } from './names-schema.ts'
import { isSelf } from './policy.ts'
import type { Consent, ContactReading, ExpertChange, NewExpert } from './schema.ts'
import { changeExpertRow, lockExpert, openExpert, placeFor, type StoredExpert, subjectOf } from './stored.ts'
import { experts } from './tables.ts'

/** The entries of the base of experts. Everything here runs over the whole university; whether a person of the register may be named was settled before. */

/** Enters an expert for an organisation. Without a consent nobody else sees the entry. Returns its id. */
export async function enterExpert(
  ctx: Context,
  { organizationId, phone, email, consent, ...fields }: NewExpert,
  told: Told,
): Promise<string> {
  const { path, name: organization } = await placeFor(ctx, organizationId, '登记专家')
  refuseLater(ctx, consent)
  await refuseFull(ctx, organizationId)
  const { tenantId, actor, db } = ctx
  const id = newId()
  const write = db
    .insert(experts)
    .values({
      ...{ ...fields, ...foundBy(fields), ...contactColumns(ctx.encryption, id, { phone, email }) },
      ...{ tenantId, id, organizationId, path, createdBy: actor.name, changedBy: actor.name },
      ...consentColumns(ctx, consent),
    })
    .returning()
  const [expert] = await refuseDuplicates(write, alreadyEntered)
  if (!expert) throw new Error('an inserted row comes back')
  await record(ctx, 'experts.entered', subjectOf(expert), { expertName: fields.name, institution: fields.institution })
  await tellEntered(ctx, expert, organization, told)
  return id
}

/** Changes an entry as read at this revision. Whoever is named no more as the expert takes along the consent, which was theirs. */
export async function changeExpert(
  ctx: Context,
  expertId: string,
  { phone, email, ...fields }: ExpertChange,
  { revision, ...told }: Told & { revision: number },
): Promise<void> {
  const expert = await lockExpert(ctx, expertId, 'change', '修改')
  refuseStale(expert, revision, '这位专家的信息')
  const contacts = { ...(phone !== undefined && { phone }), ...(email !== undefined && { email }) }
  const set = {
    ...{ ...fields, ...foundBy(fields), ...contactColumns(ctx.encryption, expertId, contacts) },
    ...(expert.personId !== null && fields.personId !== expert.personId && noConsent),
    ...changed(ctx, expert),
  }
  await refuseDuplicates(changeExpertRow(ctx, expertId, set), alreadyEntered)
  await record(ctx, 'experts.changed', subjectOf(expert), {
    expertName: fields.name,
    expertFields: changedFields(expert, { ...fields, ...contacts }),
  })
  if (fields.personId === expert.personId) return
  await nameInInvitations(ctx, expertId, fields.personId)
  if (fields.personId === null) return
  const organization = await findOrganization(ctx, expert.organizationId)
  await tellEntered(ctx, { ...expert, ...set }, organization?.name ?? '', told)
}

/** Writes down that an expert agrees to be listed; one of the register says so here. From then on everybody who runs trainings sees the entry. */
export async function recordConsent(ctx: Context, expertId: string, consent: Consent, revision: number): Promise<void> {
  const expert = await lockExpert(ctx, expertId, 'agree', '登记同意公开')
  refuseActOnStale(expert, revision, '这位专家的信息')
  refuseLater(ctx, consent)
  await changeExpertRow(ctx, expertId, { ...consentColumns(ctx, consent), ...changed(ctx, expert) })
  await record(ctx, 'experts.consent-recorded', subjectOf(expert), { expertName: expert.name, on: consent.on })
}

/** Takes the consent back: the organisation that entered the expert sees the entry alone. */
export async function takeBackConsent(ctx: Context, expertId: string): Promise<void> {
  const expert = await lockExpert(ctx, expertId, 'takeBack', '收回公开的同意')
  await changeExpertRow(ctx, expertId, { ...noConsent, ...changed(ctx, expert) })
  await record(ctx, 'experts.consent-taken-back', subjectOf(expert), { expertName: expert.name })
}

/**
 * Takes an expert out of the base, at their wish. What was known of them is removed; name and institution stay for whoever keeps the entry, because
 * invitations name them. What they have lectured on stays as the activities say it.
 */
export async function withdrawExpert(ctx: Context, expertId: string, reason: string): Promise<void> {
  const expert = await lockExpert(ctx, expertId, 'withdraw', '办理退出')
  await changeExpertRow(ctx, expertId, {
    ...{ title: '', topics: [], about: '', folded: '', withdrawnAt: new Date() },
    ...contactColumns(ctx.encryption, expertId, { phone: '', email: '' }),
    ...{ ...noConsent, ...changed(ctx, expert) },
  })
  const isByExpert = isSelf(ctx.actor, expert)
  await record(ctx, 'experts.left', subjectOf(expert), { expertName: expert.name, reason, isByExpert })
}

/** Reads a contact in the clear. The only way to it; that it was read is recorded, and shown to the person where the expert is one of the register. */
export async function readContact(
  ctx: Context,
  expertId: string,
  { field, purpose }: ContactReading,
): Promise<{ value: string }> {
  await openExpert(ctx, expertId)
  const expert = await lockExpert(ctx, expertId, 'readContacts', '查看联系方式')
  refuseFlood('contacts', ctx.actor.accountId)
  const label = contactNames[field]
  const value = found(openedContact(ctx.encryption, expert, field), `位专家的${label}`)
  await record(ctx, 'journal.read', subjectOf(expert), { what: `专家${expert.name}的${label}`, purpose })
  return { value }
}

/** What every change of an entry leaves behind. */
const changed = ({ actor }: Context, { revision }: StoredExpert) => ({
  ...{ changedAt: new Date(), changedBy: actor.name },
  revision: revision + 1,
})

const alreadyEntered = {
  experts_once: '这个组织已经登记了同名同单位的专家。请先在专家库里查找，修改原来的登记。',
}

/** Which fields of an entry are others now, in words. A contact that was sent counts: what it was is not compared. */
function changedFields(
  before: StoredExpert,
  after: Partial<Found & { phone: string; email: string; personId: string | null }>,
) {
  const names = {
    name: '姓名',
    institution: '单位',
    title: '职务、职称',
    topics: '主题',
    about: '简介',
    personId: '对应人员',
  }
  const isOther = (key: keyof typeof names) => JSON.stringify(before[key]) !== JSON.stringify(after[key])
  return [
    ...(Object.keys(names) as (keyof typeof names)[]).filter(isOther).map((key) => names[key]),
    ...(['phone', 'email'] as const).filter((key) => after[key] !== undefined).map((key) => contactNames[key]),
  ]
}
