import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { Refusal, refuseField } from '../../platform/refusal.ts'
import { fold } from '../../platform/search/folding.ts'
import { spellPerson } from '../organization/pinyin.ts'
import { mostExperts } from './limits.ts'
import type { Consent } from './schema.ts'
import type { StoredExpert } from './stored.ts'
import { experts } from './tables.ts'

/** What every entry of the base is made of, whether it comes alone or in a list. */

/** The texts of an entry. */
export type Found = Pick<StoredExpert, 'name' | 'institution' | 'title' | 'topics' | 'about'>

/** By what an entry is found, ordered, and told apart from others. */
export const foundBy = ({ name, institution, title, topics, about }: Found) => ({
  pinyin: `${spellPerson(name).pinyin} ${name}`,
  foldedName: `${fold(name)}\n${fold(institution)}`,
  folded: [name, institution, title, ...topics, about].map(fold).join('\n'),
})

/** No consent, or not any more. */
export const noConsent = { consentOn: null, consentHow: null, consentBy: null }

/** The columns of a consent. */
export const consentColumns = ({ actor }: Context, it: Consent | null) =>
  it === null ? noConsent : { consentOn: it.on, consentHow: it.how, consentBy: actor.name }

/** Whether a consent is of a day that has not come. */
export const isLater = ({ today }: Context, it: Consent | null): boolean => it !== null && it.on > today
export const laterConsent = '同意的日期不能晚于今天'

/** Refuses such a consent, in the field of this name. */
export function refuseLater(ctx: Context, it: Consent | null, field = 'on'): void {
  if (isLater(ctx, it)) refuseField(field, laterConsent)
}

/** Refuses more experts than an organisation keeps. */
export async function refuseFull({ db, tenantId }: Context, organizationId: string, more = 1): Promise<void> {
  const standing = and(
    ...[eq(experts.tenantId, tenantId), eq(experts.organizationId, organizationId), isNull(experts.withdrawnAt)],
  )
  if ((await db.$count(experts, standing)) + more > mostExperts)
    throw new Refusal('conflict', `一个组织最多登记 ${mostExperts} 位专家。请先请不再讲课的专家退出。`)
}
