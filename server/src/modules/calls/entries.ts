import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { authorize, found, Refusal, refuseActOnStale, refuseField, refuseStale } from '../../platform/refusal.ts'
import { fold } from '../../platform/search/folding.ts'
import { assertUsable, findMedia } from '../media/queries.ts'
import { setUses } from '../media/uses.ts'
import { codeLengths, newCode } from './codes.ts'
import { problemsOf, tellingsOf } from './entry-checks.ts'
import { tellOfArticle } from './informing.ts'
import { type ConsentKind, consentNames, type FieldKind } from './names-schema.ts'
import { may, mayWithEntry } from './policy.ts'
import type { Answers, CallField, Consents, EntryFields } from './schema.ts'
import { mediaIdsOf, mediaOf } from './shown.ts'
import {
  changeEntry,
  entrySubject,
  isEntryOfMember,
  isOwnIn,
  membersOf,
  ofEntry,
  openCall,
  type StoredCall,
  type StoredEntry,
} from './stored.ts'
import { callEntries, callEntryMembers, calls } from './tables.ts'

/**
 * What somebody does with an entry of their own, from the draft until it is on the shelf. Everything here runs over the whole university: who
 * an entry belongs to is asked first.
 */

/** An entry for those whose work it is, with its call, both locked where it is to be changed: the call first, so that nothing comes in while the review begins. */
export async function openOwn(ctx: Context, entryId: string, { lock = false } = {}) {
  const member = await ownMember(ctx, entryId)
  const query = ctx.db
    .select()
    .from(calls)
    .where(and(eq(calls.tenantId, ctx.tenantId), eq(calls.id, member.callId)))
    .$dynamic()
  const [call] = await (lock ? query.for('share') : query)
  const entryQuery = ctx.db.select().from(callEntries).where(ofEntry(ctx, entryId)).$dynamic()
  const [entry] = await (lock ? entryQuery.for('update') : entryQuery)
  return { entry: found(entry, '件作品'), call: found(call, '次征集'), member }
}

async function ownMember(ctx: Context, entryId: string) {
  const [row] = await ctx.db
    .select()
    .from(callEntryMembers)
    .where(ofMember(ctx, entryId, personOf(ctx)))
  return found(row, '件作品')
}

const ofMember = ({ tenantId }: Context, entryId: string, personId: string) =>
  and(
    eq(callEntryMembers.tenantId, tenantId),
    eq(callEntryMembers.entryId, entryId),
    eq(callEntryMembers.personId, personId),
  )

/** What the actor may do with an own entry now. */
export const canWith = (
  { today }: Context,
  { entry, call, member }: { entry: StoredEntry; call: StoredCall; member: { isAuthor: boolean } },
) => mayWithEntry(member, entry, call, { untilOn: kindOf(call, entry.kindKey)?.untilOn ?? call.untilOn, today })

export const kindOf = ({ kinds }: StoredCall, key: string) => kinds.find((it) => it.key === key)

/** Begins an entry of a kind, as a draft that nobody else sees. Refuses more than the call takes of one person. */
export async function beginEntry(ctx: Context, callId: string, kindKey: string): Promise<string> {
  const call = await openCall(ctx, callId, { lock: true })
  const kind = kindOf(call, kindKey)
  if (!may(ctx.actor, call, ctx.today).enter || kind === undefined || kind.untilOn < ctx.today)
    throw new Refusal('conflict', '这一类现在不收作品：征集没有发布、已经取消，或者已经截止。')
  await refuseTooMany(ctx, call, kindKey)

  const { tenantId } = ctx
  const { path } = call
  const id = newId()
  await ctx.db.insert(callEntries).values({
    ...{ tenantId, id, callId, path, kindKey, title: '', answers: {}, folded: '', redactions: [] },
    teamCode: newCode(codeLengths.joining),
  })
  await ctx.db
    .insert(callEntryMembers)
    .values({ tenantId, entryId: id, personId: personOf(ctx), callId, path, isAuthor: true })
  await record(ctx, 'calls.entry-begun', entrySubject({ id, path }, personOf(ctx)), { title: call.title })
  return id
}

/** Saves a draft as read at this revision. What is missing is asked for when it is submitted. */
export async function writeEntry(ctx: Context, entryId: string, fields: EntryFields, revision: number): Promise<void> {
  const own = await openOwn(ctx, entryId, { lock: true })
  refuseUnless(canWith(ctx, own).write, own, '修改')
  refuseStale(own.entry, revision, '这件作品')
  const { entry, call } = own
  const kind = kindOf(call, fields.kindKey)
  if (kind === undefined || kind.untilOn < ctx.today) refuseField('kindKey', '这一类不收作品，或者已经截止')
  if (fields.kindKey !== entry.kindKey) await refuseTooMany(ctx, call, fields.kindKey)
  const answers = answersTo(call.fields, fields.answers)
  await useMedia(ctx, call, entry, answers)

  const { title, kindKey } = fields
  const folded = [title, ...Object.values(answers).map((it) => it.text)].map(fold).join('\n')
  await changeEntry(ctx, entryId, { title, kindKey, answers, folded, revision: revision + 1 })
  await record(ctx, 'calls.entry-written', entrySubject(entry, personOf(ctx)))
}

/** Sends an entry in, as read at this revision. Refuses what is missing, and what tells the author of a blind entry until they have looked at it. */
export async function submitEntry(
  ctx: Context,
  entryId: string,
  hasLookedAt: boolean,
  revision: number,
): Promise<void> {
  const own = await openOwn(ctx, entryId, { lock: true })
  refuseUnless(canWith(ctx, own).submit, own, '提交')
  refuseActOnStale(own.entry, revision, '这件作品')
  const { entry, call } = own
  const media = await mediaOf(ctx, [entry])
  const problems = problemsOf(call, entry, media)
  if (problems.length > 0)
    throw new Refusal('malformed', '作品还不完整，请按提示补充后再提交。', {
      fields: problems.map((it) => ({ path: it.fieldKey ?? 'title', message: it.message })),
    })
  const tellings = await tellingsOf(ctx, call, [entry], await membersOf(ctx, [entryId]), media)
  if (!hasLookedAt && (tellings.get(entryId) ?? []).length > 0)
    throw new Refusal('conflict', '作品中有可能透露作者身份的内容。请逐条看过，改好，或者确认无碍后再提交。')

  await changeEntry(ctx, entryId, { submittedAt: new Date(), revision: revision + 1 })
  await record(ctx, 'calls.entry-submitted', entrySubject(entry, personOf(ctx)), { title: call.title })
}

/** Takes an entry back to be changed, until the last day of its kind. */
export async function takeBackEntry(ctx: Context, entryId: string): Promise<void> {
  const own = await openOwn(ctx, entryId, { lock: true })
  refuseUnless(canWith(ctx, own).takeBack, own, '取回')
  await changeEntry(ctx, entryId, { submittedAt: null, revision: own.entry.revision + 1 })
  await record(ctx, 'calls.entry-taken-back', entrySubject(own.entry, personOf(ctx)), { title: own.call.title })
}

/** Takes an entry out of the call for good, and off the shelf at once; who answers for an article that was made of it is told. A draft is removed with all that stands in it. */
export async function withdrawEntry(ctx: Context, entryId: string, base: string): Promise<void> {
  const own = await openOwn(ctx, entryId, { lock: true })
  refuseUnless(canWith(ctx, own).withdraw, own, '撤回')
  const { entry, call } = own
  const { tenantId } = ctx
  if (entry.submittedAt === null) {
    await setUses(ctx, { module: 'calls', id: entryId }, [])
    await ctx.db
      .delete(callEntryMembers)
      .where(and(eq(callEntryMembers.tenantId, tenantId), eq(callEntryMembers.entryId, entryId)))
    await ctx.db.delete(callEntries).where(ofEntry(ctx, entryId))
  } else await changeEntry(ctx, entryId, { withdrawnAt: new Date(), revision: entry.revision + 1 })
  await record(ctx, 'calls.entry-withdrawn', entrySubject(entry, personOf(ctx)), { title: call.title })
  await tellOfArticle(ctx, own, { fact: 'withdrawn', happened: '作者已经撤回作品', base })
}

/** Joins the team of a draft by its code. Returns the id of the entry. */
export async function joinTeam(ctx: Context, code: string): Promise<string> {
  const [entry] = await ctx.db
    .select()
    .from(callEntries)
    .where(
      and(
        eq(callEntries.tenantId, ctx.tenantId),
        eq(callEntries.teamCode, code),
        isNull(callEntries.submittedAt),
        isNull(callEntries.withdrawnAt),
      ),
    )
    .for('update')
  if (!entry) throw new Refusal('not-found', '没有这个邀请码，或者作品已经提交。请向作者核对。')
  const call = await openCall(ctx, entry.callId)
  if (!may(ctx.actor, call, ctx.today).enter) throw new Refusal('conflict', '这次征集已经截止，不能再加入。')
  const members = await membersOf(ctx, [entry.id])
  if (members.some((it) => it.personId === personOf(ctx))) return entry.id
  if (members.length >= call.teamMost)
    throw new Refusal('conflict', `每件作品最多 ${call.teamMost} 人，这件已经满了。请和作者商量。`)

  const { tenantId } = ctx
  const { path, callId } = entry
  await ctx.db
    .insert(callEntryMembers)
    .values({ tenantId, entryId: entry.id, personId: personOf(ctx), callId, path, isAuthor: false })
  await record(ctx, 'calls.team-joined', entrySubject(entry, personOf(ctx)), { title: call.title })
  return entry.id
}

/** Takes somebody off the team of a draft: its author does, or who leaves it. */
export async function leaveTeam(ctx: Context, entryId: string, personId: string): Promise<void> {
  const own = await openOwn(ctx, entryId, { lock: true })
  authorize(own.member.isAuthor || personId === personOf(ctx), '移出这件作品的其他成员')
  const [row] = await ctx.db
    .select()
    .from(callEntryMembers)
    .where(ofMember(ctx, entryId, personId))
  const leaving = found(row, '位成员')
  if (leaving.isAuthor) throw new Refusal('conflict', '作者不能退出自己的作品。不想再参加的，请撤回作品。')
  if (own.entry.submittedAt !== null)
    throw new Refusal('conflict', '作品已经提交，成员不能再变。请作者先取回作品；截止以后请联系征集单位。')
  await ctx.db.delete(callEntryMembers).where(ofMember(ctx, entryId, personId))
  await record(ctx, 'calls.team-left', entrySubject(own.entry, personId), { title: own.call.title })
}

/** Says to what the actor consents from now on. What is revoked holds at once, wherever the work is shown; who answers for an article that was made of it is told. */
export async function setConsents(ctx: Context, entryId: string, wanted: Consents, base: string): Promise<void> {
  const own = await openOwn(ctx, entryId, { lock: true })
  const { member, entry } = own
  const from = (is: boolean, since: Date | null) => (is ? (since ?? new Date()) : null)
  await ctx.db
    .update(callEntryMembers)
    .set({
      publicationAt: from(wanted.publication, member.publicationAt),
      nameAt: from(wanted.name, member.nameAt),
      portraitAt: from(wanted.portrait, member.portraitAt),
    })
    .where(ofMember(ctx, entryId, personOf(ctx)))
  await record(ctx, 'calls.consents-given', entrySubject(entry, personOf(ctx)), {
    consents: Object.entries(wanted).flatMap(([kind, is]) => (is ? [kind] : [])),
  })
  const since = { publication: member.publicationAt, name: member.nameAt, portrait: member.portraitAt }
  const revoked = consentKinds.flatMap((kind) =>
    since[kind] !== null && !wanted[kind] ? [{ kind, at: since[kind] }] : [],
  )
  if (revoked.length > 0)
    await tellOfArticle(ctx, own, {
      fact: `revoked:${revoked.map(({ kind, at }) => `${kind} ${at.toISOString()}`).join()}`,
      happened: `作者后来不再同意${revoked.map(({ kind }) => consentNames[kind]).join('、')}`,
      base,
    })
}

function refuseUnless(
  allowed: boolean,
  { entry, member }: { entry: StoredEntry; member: { isAuthor: boolean } },
  named: string,
): void {
  if (allowed) return
  authorize(member.isAuthor, `${named}这件作品，只有作者可以`)
  const stands =
    entry.withdrawnAt !== null ? '已经撤回' : entry.submittedAt !== null ? '已经提交' : '所属的类别或者征集已经截止'
  throw new Refusal('conflict', `这件作品${stands}，现在不能${named}。请刷新页面查看。`)
}

async function refuseTooMany(ctx: Context, call: StoredCall, kindKey: string): Promise<void> {
  const [row] = await ctx.db
    .select({ count: sql<number>`count(*)::int` })
    .from(callEntryMembers)
    .innerJoin(callEntries, isEntryOfMember)
    .where(
      and(
        isOwnIn(ctx, call.id),
        eq(callEntryMembers.isAuthor, true),
        eq(callEntries.kindKey, kindKey),
        isNull(callEntries.withdrawnAt),
      ),
    )
  if ((row?.count ?? 0) >= call.entriesMost)
    throw new Refusal(
      'conflict',
      `这一类每人最多 ${call.entriesMost} 件，您已有 ${row?.count} 件。请在原来的作品上修改。`,
    )
}

const consentKinds: readonly ConsentKind[] = ['publication', 'name', 'portrait']

/** Only what the call asks for. */
const answersTo = (fields: readonly CallField[], answers: Answers): Answers =>
  Object.fromEntries(
    fields.map(({ key, kind }) => {
      const { text = '', mediaIds = [] } = answers[key] ?? {}
      const isText = kind === 'line' || kind === 'prose'
      return [key, isText ? { text, mediaIds: [] } : { text: '', mediaIds: [...new Set(mediaIds)] }]
    }),
  )

const mediaKindOf = (kind: FieldKind): string => (kind === 'file' ? 'attachment' : kind)

/** Refuses what the actor may not use, what has another kind than its field, and what others would find in the library. */
async function useMedia(ctx: Context, call: StoredCall, entry: StoredEntry, answers: Answers): Promise<void> {
  const known = mediaIdsOf(entry)
  const wanted = mediaIdsOf({ answers })
  await assertUsable(
    ctx,
    wanted.filter((id) => !known.includes(id)),
  )
  const there = await findMedia(ctx, wanted)
  for (const { key, kind, label } of call.fields) {
    const items = (answers[key]?.mediaIds ?? []).flatMap((id) => there.get(id) ?? [])
    if (items.some((it) => it.kind !== mediaKindOf(kind)))
      refuseField(`answers.${key}`, `“${label}”里有类型不符的文件，请移去后重新上传`)
    if (items.some((it) => !it.isPrivate))
      refuseField(`answers.${key}`, `“${label}”请在这里重新上传：素材库里的文件，别人能看到是谁上传的`)
  }
  await setUses(ctx, { module: 'calls', id: entry.id }, wanted)
}
