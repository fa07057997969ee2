import { dayWritten } from '@zhibu/rules'
import type { Context } from '../../platform/context.ts'
import { beginningOf } from '../../platform/storable.ts'
import { instantOf, whenInWords } from '../activities/when.ts'
import { type OwnTelling, tellByItself } from '../notices/by-themselves.ts'
import { mostOfTitle } from '../notices/schema.ts'
import type { Agreement } from './invitation-schema.ts'
import type { StoredExpert, StoredInvitation } from './stored.ts'

/**
 * What an expert who is a person of the register, and whoever invites, are told by itself, in the transaction in which it happens. Everything
 * here runs over the whole university.
 */

/** The address of this server for what is told. */
export interface Told {
  base: string
}

/** Tells somebody of the register that they stand in the base of experts, and what they can do about it. */
export const tellEntered = (ctx: Context, expert: StoredExpert, organization: string, { base }: Told): Promise<void> =>
  tell(ctx, expert, expert.personId, {
    ...{ key: `expert:${expert.id}:${expert.revision}`, heading: `您登记在专家库里（${organization}）` },
    lines: [
      `${organization}把您登记为可以讲课的专家。`,
      expert.consentOn === null
        ? '现在只有登记单位看得到。同意全校负责培训的同志都能看的，请在页面上点“同意公开”。'
        : '全校负责培训的同志都能看到，邀请您讲课。',
      '不愿意的，可以在页面上随时退出。讲课不付酬。',
    ],
    url: `${base}/training/experts/${expert.id}`,
    until: null,
  })

type Asked = Pick<
  StoredInvitation,
  'id' | 'topic' | 'audience' | 'personId' | 'organizationId' | 'path' | 'wishedOn' | 'revision'
>

/** Tells the expert that they are asked to lecture. */
export const tellAsked = (ctx: Context, it: Asked, organization: string, { base }: Told): Promise<void> =>
  tell(ctx, it, it.personId, {
    ...{ key: `asked:${it.id}`, heading: `请您讲课：${it.topic}` },
    lines: [
      `${organization}请您讲“${it.topic}”，讲给${it.audience}听。`,
      `希望的日期：${it.wishedOn.map(dayWritten).join('、')}`,
      '能讲的，请在页面上约定时间；不能讲的，请写一句话。讲课不付酬。',
    ],
    url: pageOf(base, it.id),
    until: null,
  })

/** Tells the expert that what is asked of them has changed. */
export const tellChanged = (ctx: Context, it: Asked, organization: string, { base }: Told): Promise<void> =>
  tell(ctx, it, it.personId, {
    ...{ key: `changed:${it.id}:${it.revision}`, heading: `邀请有修改：${it.topic}` },
    lines: [
      `${organization}修改了请您讲课的邀请：${it.topic}。`,
      `希望的日期：${it.wishedOn.map(dayWritten).join('、')}`,
    ],
    url: pageOf(base, it.id),
    until: null,
  })

/** Tells the expert that they are not asked any more. Why stands on the page alone. */
export const tellWithdrawn = (ctx: Context, it: Asked, { base }: Told): Promise<void> =>
  tell(ctx, it, it.personId, {
    ...{ key: `withdrawn:${it.id}`, heading: `邀请撤回：${it.topic}` },
    lines: [`请您讲“${it.topic}”的邀请撤回了，原因请到页面查看。`],
    url: pageOf(base, it.id),
    until: null,
  })

/** Tells the other side what was agreed on: the expert, or whoever has asked where the expert said it themselves. */
export const tellAgreed = (
  ctx: Context,
  it: StoredInvitation,
  agreement: Agreement,
  { isByExpert, base }: Told & { isByExpert: boolean },
): Promise<void> =>
  tell(ctx, it, isByExpert ? it.askedPersonId : it.personId, {
    ...{ key: `agreed:${it.id}:${it.revision + 1}`, heading: `讲课约定：${agreement.topic}` },
    lines: [
      isByExpert ? `您邀请的专家同意讲“${agreement.topic}”。` : `记下了请您讲课的约定：${agreement.topic}。`,
      `时间：${agreement.on.slice(0, 4)}年${whenInWords({ ...agreement, fromOn: agreement.on, untilOn: null })}`,
      ...(agreement.place === '' ? [] : [`地点：${agreement.place}`]),
      isByExpert ? '请在页面上起草讲座。' : '与约定不一致的，请在页面上修改，或联系邀请的单位。',
    ],
    url: pageOf(base, it.id),
    until: instantOf(agreement.on, agreement.endMinute ?? 24 * 60),
  })

/** Tells whoever has asked that the expert cannot. What they say stands on the page alone: whoever sends notices there reads what went. */
export const tellDeclined = (ctx: Context, it: StoredInvitation, { base }: Told): Promise<void> =>
  tell(ctx, it, it.askedPersonId, {
    ...{ key: `declined:${it.id}`, heading: `这次没有约成：${it.topic}` },
    lines: [`您邀请的专家这次不能讲“${it.topic}”，答复请到页面查看。`],
    url: pageOf(base, it.id),
    until: null,
  })

const pageOf = (base: string, invitationId: string): string => `${base}/training/experts/invitations/${invitationId}`

interface Said {
  key: string
  heading: string
  lines: readonly string[]
  url: string
  until: Date | null
}

/** What whoever moved or cancelled a lecture has made of it, for its expert; where that is no person of the register, for whoever asked them, who passes it on. */
export function lectureTelling(
  it: Pick<StoredInvitation, 'id' | 'organizationId' | 'path' | 'personId' | 'askedPersonId'> & { expertName: string },
  {
    title,
    changes,
    revision,
    until,
  }: { title: string; changes: readonly string[]; revision: number; until: Date | null },
  base: string,
): OwnTelling {
  const isOff = changes.length === 0
  const what = isOff ? '取消了' : '有变动'
  return tellingTo(it, it.personId ?? it.askedPersonId, {
    ...{ key: `lecture:${it.id}:${revision}`, heading: `讲座${what}：${title}`, until, url: pageOf(base, it.id) },
    lines: [
      it.personId === null ? `您邀请${it.expertName}来讲的“${title}”${what}。` : `请您讲的“${title}”${what}。`,
      ...changes,
      it.personId === null
        ? '这位专家没有账号，收不到通知，请您转告。'
        : isOff
          ? '原因请联系邀请的单位。'
          : '来不了的，请联系邀请的单位。',
    ],
  })
}

/** Nobody is told where the expert is no person of the register, or tells themselves. */
async function tell(ctx: Context, at: Place, personId: string | null, said: Said): Promise<void> {
  if (personId === null || personId === ctx.actor.personId) return
  await tellByItself(ctx.db, ctx.tenantId, [tellingTo(at, personId, said)])
}

type Place = Pick<StoredExpert, 'organizationId' | 'path'>

function tellingTo(
  { organizationId, path }: Place,
  personId: string,
  { key, heading, lines, url, until }: Said,
): OwnTelling {
  return {
    ...{ organizationId, path, source: 'expert', sourceKey: `expert:${key}` },
    audience: { groups: [], personIds: [personId], exceptIds: [] },
    title: beginningOf(heading, mostOfTitle),
    body: [...lines, url].join('\n'),
    tellUntilAt: until,
  }
}
