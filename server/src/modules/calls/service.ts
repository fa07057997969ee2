import type { Day } from '@zhibu/rules'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { authorize, found, Refusal, refuseActOnStale, refuseField, refuseStale } from '../../platform/refusal.ts'
import { fold } from '../../platform/search/folding.ts'
import { mayHold } from '../activities/policy.ts'
import { carryDraft, dropDraft } from '../notices/renewing.ts'
import { findOrganization } from '../organization/queries.ts'
import { codeLengths, newCode } from './codes.ts'
import { nextNoticeOf, tellingOf } from './notice-text.ts'
import type { CallFields, NewCall } from './schema.ts'
import { callSubject, changeCall, lockFor, type StoredCall } from './stored.ts'
import { calls } from './tables.ts'

/** Begins to prepare a call of an organisation; nobody but those who hold its activities sees it until it is announced. */
export async function prepareCall(ctx: Context, { organizationId, ...fields }: NewCall): Promise<string> {
  const organization = found(await findOrganization(ctx, organizationId), '个组织')
  authorize(mayHold(ctx.actor, organization.path), '为这个组织发起征集')
  if (organization.dissolvedOn !== null) throw new Refusal('conflict', '这个组织已经撤销，不能再发起征集。')

  const { tenantId, actor } = ctx
  const { path } = organization
  const id = newId()
  const reviewCode = newCode(codeLengths.joining)
  await ctx.db
    .insert(calls)
    .values({ tenantId, id, organizationId, path, ...storedOf(fields, ctx.today), reviewCode, createdBy: actor.name })
  await record(ctx, 'calls.prepared', callSubject({ id, path }), { title: fields.title })
  return id
}

/**
 * Changes a call as read at this revision. Once it was announced, what entries are made of stays as people have read it: the text, later
 * days, further words and criteria may be changed. The draft of its notice follows. Runs over the whole university.
 */
export async function changeCallFields(
  ctx: Context,
  callId: string,
  fields: CallFields,
  { revision, base }: { revision: number; base: string },
): Promise<void> {
  const call = await lockFor(ctx, callId, 'change', '修改')
  refuseStale(call, revision, '这次征集')
  if (call.announcedAt !== null) refuseChangedTerms(call, fields)

  const set = { ...storedOf(fields, ctx.today), revision: revision + 1 }
  await changeCall(ctx, callId, set)
  await record(ctx, 'calls.changed', callSubject(call), { title: fields.title })
  const [before, after] = [tellingOf(call, base), tellingOf({ ...call, ...set }, base)]
  await carryDraft(ctx, nextNoticeOf(call), { before, after })
}

/** Shows a call, as read at this revision, to everybody who belongs to its organisation. */
export async function announceCall(ctx: Context, callId: string, revision: number): Promise<void> {
  const call = await lockFor(ctx, callId, 'announce', '发布')
  refuseActOnStale(call, revision, '这次征集')
  const late = call.kinds.find((it) => it.untilOn < ctx.today)
  if (late) throw new Refusal('conflict', `“${late.name}”的截止日期已经过去。请先改为今天以后的日期，再发布。`)

  await changeCall(ctx, callId, { announcedAt: new Date(), announcedBy: ctx.actor.name, revision: revision + 1 })
  await record(ctx, 'calls.announced', callSubject(call), { title: call.title })
}

/** Takes no more entries from now on, before the last day, and says why. A draft that still asks for them goes. Runs over the whole university. */
export async function closeCall(ctx: Context, callId: string, reason: string): Promise<void> {
  const call = await lockFor(ctx, callId, 'close', '提前截止')

  await changeCall(ctx, callId, { closedAt: new Date(), closeReason: reason, revision: call.revision + 1 })
  await record(ctx, 'calls.closed', callSubject(call), { title: call.title, reason })
  await dropDraft(ctx, nextNoticeOf(call), '征集已经提前截止')
}

/** Says that a call is not brought to its end, and why. A draft that tells of it goes. Runs over the whole university. */
export async function cancelCall(ctx: Context, callId: string, reason: string): Promise<void> {
  const call = await lockFor(ctx, callId, 'cancel', '取消')

  await changeCall(ctx, callId, { cancelledAt: new Date(), cancelReason: reason, revision: call.revision + 1 })
  await record(ctx, 'calls.cancelled', callSubject(call), { title: call.title, reason })
  await dropDraft(ctx, nextNoticeOf(call), '征集已经取消')
}

/** What an author has begun by is not taken away from under them. */
function refuseChangedTerms(call: StoredCall, fields: CallFields): void {
  const shapeOf = (it: Pick<CallFields, 'fields'>) =>
    JSON.stringify(it.fields.map(({ key, kind, isRequired, most }) => [key, kind, isRequired, most]))
  if (shapeOf(call) !== shapeOf(fields))
    refuseField('fields', '征集已经发布，栏目的类型、限制和是否必填不能再改。确需更改的，请取消后重新发起')
  for (const it of call.kinds) {
    const next = fields.kinds.find((one) => one.key === it.key)
    if (!next) refuseField('kinds', `征集已经发布，不能再删去类别“${it.name}”`)
    if (next.untilOn < it.untilOn) refuseField('kinds', `“${it.name}”的截止日期只能推后，不能提前`)
  }
  if (fields.isBlind !== call.isBlind) refuseField('isBlind', '征集已经发布，是否盲评不能再改')
  if (fields.teamMost < call.teamMost) refuseField('teamMost', '征集已经发布，人数上限只能增加')
  if (fields.entriesMost < call.entriesMost) refuseField('entriesMost', '征集已经发布，件数上限只能增加')
}

const storedOf = (fields: CallFields, today: Day) => ({
  ...fields,
  untilOn: lastOf(fields, today),
  folded: [fields.title, fields.body].map(fold).join('\n'),
})

/** The last day of all kinds, of which there is one at least. */
const lastOf = ({ kinds: [first, ...others] }: CallFields, today: Day): Day => {
  let last = first?.untilOn ?? today
  for (const { untilOn } of others) if (untilOn > last) last = untilOn
  return last
}
