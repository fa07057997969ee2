import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { found, Refusal, refuseActOnStale, refuseField } from '../../platform/refusal.ts'
import { dropDraft } from '../notices/renewing.ts'
import { kindOf } from './entries.ts'
import { tellingsOf } from './entry-checks.ts'
import { tellResults } from './informing.ts'
import { nextNoticeOf } from './notice-text.ts'
import { allotmentOf, isOpenPhase, numbered, phasesOf, reviewsOf } from './phases.ts'
import { entryStateOf, isPublishable, stateOf } from './policy.ts'
import type { EntryDecision, JudgedEntry, Judging, PhaseView } from './review-schema.ts'
import { reviewStateOf } from './reviewing.ts'
import { mediaOf } from './shown.ts'
import { spreadsOf } from './spreads.ts'
import {
  callSubject,
  changeCall,
  changeEntry,
  entrySubject,
  lockFor,
  membersOf,
  openToJudge,
  type StoredCall,
  type StoredEntry,
  submittedEntries,
} from './stored.ts'

/**
 * What those who hold a call see of the entries and of what was said of them, and what they decide. What they decide holds for nobody until
 * it is announced, for all entries at once. Everything here runs over the whole university.
 */

/** All submitted entries in the order of their numbers, never of what was said of them; the words of the reviewers once their phase has ended. */
export async function readJudging(ctx: Context, callId: string): Promise<Judging> {
  const call = await openToJudge(ctx, callId)
  const entries = await submittedEntries(ctx, callId)
  const phases = await phasesOf(ctx, callId)
  const reviews = Map.groupBy(await reviewsOf(ctx, callId), (it) => it.entryId)
  const allMembers = await membersOf(
    ctx,
    entries.map((it) => it.id),
  )
  const members = Map.groupBy(allMembers, (it) => it.entryId)
  const tellings = await tellingsOf(ctx, call, entries, allMembers, await mediaOf(ctx, entries))
  const judged = entries.map((entry): JudgedEntry => {
    const { id, number, title, decision, decisionWords, corrections } = entry
    const own = members.get(id) ?? []
    return {
      ...{ id, number, title, decision, decisionWords, corrections, state: entryStateOf(entry, call) },
      kindName: kindOf(call, entry.kindKey)?.name ?? '',
      authors: own.map((it) => `${it.name}（${it.organization}）`),
      isPublishable: isPublishable(own),
      tellingCount: tellings.get(id)?.length ?? 0,
      redactionCount: entry.redactions.length,
      phases: phases
        .filter((it) => it.entryIds.includes(id))
        .map((phase) => {
          const said = (reviews.get(id) ?? []).filter((it) => it.phase === phase.number)
          const given = said.filter((it) => reviewStateOf(it) === 'given')
          const isOver = !isOpenPhase(phase, ctx.today)
          return {
            ...{ number: phase.number, given: given.length },
            abstained: said.filter((it) => reviewStateOf(it) === 'abstained').length,
            spreads: isOver
              ? spreadsOf(
                  call.criteria,
                  given.map((it) => it.levels),
                )
              : [],
            opinions: isOver
              ? said
                  .filter((it) => it.givenAt !== null)
                  .map((it) => ({
                    ...{ levels: it.levels, abstainReason: it.abstainReason, remark: it.remark },
                    state: reviewStateOf(it),
                  }))
              : [],
          }
        }),
    }
  })
  return { criteria: call.criteria, phases: await phaseViews(ctx, callId, phases, entries), entries: judged }
}

async function phaseViews(
  ctx: Context,
  callId: string,
  phases: Awaited<ReturnType<typeof phasesOf>>,
  entries: readonly StoredEntry[],
): Promise<PhaseView[]> {
  const numberOf = new Map(entries.map((it) => [it.id, it.number ?? 0]))
  const last = phases.at(-1)
  const lacking = last?.endedAt === null ? await lackingOf(ctx, callId, last) : []
  return phases.map((it) => ({
    ...{ number: it.number, name: it.name, untilOn: it.untilOn, perEntry: it.perEntry },
    ...{ startedAt: it.startedAt.toISOString(), endedAt: it.endedAt?.toISOString() ?? null },
    isOpen: isOpenPhase(it, ctx.today),
    entryCount: it.entryIds.length,
    lacking:
      it === last
        ? lacking.map(({ entryId, missing }) => ({ entryId, missing, number: numberOf.get(entryId) ?? 0 }))
        : [],
  }))
}

/** Entries that have fewer reviewers than they should as it is now, whether or not somebody could be given them. */
async function lackingOf(ctx: Context, callId: string, phase: Parameters<typeof allotmentOf>[2]) {
  const { given, lacking } = await allotmentOf(ctx, callId, phase)
  const missing = new Map(lacking.map((it) => [it.entryId, it.missing]))
  for (const { entryId } of given) missing.set(entryId, (missing.get(entryId) ?? 0) + 1)
  return [...missing].map(([entryId, count]) => ({ entryId, missing: count }))
}

/** Says which fields of an entry reviewers do not see; `title` for the title. Holds at once. */
export async function redact(ctx: Context, callId: string, entryId: string, keys: readonly string[]): Promise<void> {
  const { call, entry } = await lockEntry(ctx, callId, entryId)
  if (!call.isBlind) throw new Refusal('conflict', '这次征集不是盲评，不需要遮盖。')
  const known = ['title', ...call.fields.map((it) => it.key)]
  if (keys.some((it) => !known.includes(it))) refuseField('keys', '没有这一栏，请刷新页面后重新选择')

  await changeEntry(ctx, entryId, { redactions: [...new Set(keys)] })
  await record(ctx, 'calls.entry-redacted', entrySubject(entry), { title: call.title })
}

/** Notes what is to become of an entry. It may be changed until the results are announced, and nobody is told before. */
export async function decide(
  ctx: Context,
  callId: string,
  entryId: string,
  { decision, words }: EntryDecision,
): Promise<void> {
  const { call, entry } = await lockEntry(ctx, callId, entryId)
  if (!['closed', 'reviewing', 'reviewed'].includes(stateOf(call, ctx.today)))
    throw new Refusal('conflict', '征集还没有截止，或者已经取消，不能决定是否入选。')

  await changeEntry(ctx, entryId, { decision, decisionWords: words })
  await record(ctx, 'calls.entry-decided', entrySubject(entry), { title: call.title })
}

/** Lets what was decided hold from now on, for all entries at once, as read at this revision. Refuses while one is undecided. Their authors are told, each of their own. A draft that still asks for entries goes. Runs over the whole university. */
export async function announceResults(
  ctx: Context,
  callId: string,
  { revision, base }: { revision: number; base: string },
): Promise<void> {
  const call = await lockFor(ctx, callId, 'announceResults', '公布结果')
  refuseActOnStale(call, revision, '这次征集')
  const entries = await numbered(ctx, call)
  if (entries.length === 0) throw new Refusal('conflict', '没有收到作品，没有结果可以公布。请取消这次征集，说明原因。')
  const open = entries.filter((it) => it.decision === null)
  if (open.length > 0) {
    const named = open.slice(0, 5).map((it) => `“${it.title}”`)
    throw new Refusal(
      'conflict',
      `还有 ${open.length} 件作品没有决定是否入选：${named.join('、')}${open.length > 5 ? '等' : ''}。请决定后再公布。`,
    )
  }

  await changeCall(ctx, callId, { resultsAt: new Date(), revision: revision + 1 })
  await record(ctx, 'calls.results-announced', callSubject(call), { title: call.title, count: entries.length })
  const members = Map.groupBy(
    await membersOf(
      ctx,
      entries.map((it) => it.id),
    ),
    (it) => it.entryId,
  )
  await tellResults(
    ctx,
    call,
    entries.map((entry) => ({ entry, members: members.get(entry.id) ?? [] })),
    base,
  )
  await dropDraft(ctx, nextNoticeOf(call), '征集的结果已经公布')
}

/** An entry of a call that the actor judges, both locked; the results are not announced yet. */
async function lockEntry(
  ctx: Context,
  callId: string,
  entryId: string,
): Promise<{ call: StoredCall; entry: StoredEntry }> {
  const call = await openToJudge(ctx, callId, { lock: true })
  const entry = found(
    (await submittedEntries(ctx, callId)).find((it) => it.id === entryId),
    '件作品',
  )
  if (call.resultsAt !== null) throw new Refusal('conflict', '结果已经公布，不能再改。公布错了的，请点“更正结果”。')
  return { call, entry }
}
