import { randomInt } from 'node:crypto'
import { type QuestionKind, questionKindNames } from '../quizzes/names-schema.ts'
import type { NewQuestion } from '../quizzes/schema.ts'
import type { Draw, PaperPlan, Worth } from './schema.ts'
import type { PaperQuestion } from './tables.ts'

/** A question that may come onto a paper. */
export type PoolQuestion = NewQuestion & { id: string; lineId: string; topic: string }

/** A number from 0 to below the given one. */
type Chance = (below: number) => number

/** What is to be drawn and is not there, in words; empty where a paper can be made of the pool. */
export function shortagesOf(plan: PaperPlan, pool: readonly PoolQuestion[]): string[] {
  if (plan.way === 'fixed') {
    if (plan.questionIds.length === 0) return ['还没有选题目']
    const gone = plan.questionIds.filter((it) => !pool.some(({ lineId }) => lineId === it)).length
    return gone > 0 ? [`选好的题目有 ${gone} 题已经不在题库里，请重新选择`] : []
  }
  if (plan.draws.length === 0) return ['还没有填写抽哪些题']
  const kinds = [...new Set(plan.draws.map((it) => it.kind))]
  return kinds.flatMap((kind) => shortagesIn(kind, plan.draws, pool))
}

/** Of one kind: each topic has enough for itself, and all of them for what is drawn out of any topic besides. */
function shortagesIn(kind: QuestionKind, draws: readonly Draw[], pool: readonly PoolQuestion[]): string[] {
  const wanted = draws.filter((it) => it.kind === kind)
  const there = pool.filter((it) => it.kind === kind)
  const topics = [...new Set(wanted.flatMap((it) => it.topic ?? []))]
  const ofTopics = topics.flatMap((topic) => {
    const asked = sumOf(wanted.filter((it) => it.topic === topic))
    const has = there.filter((it) => it.topic === topic).length
    return asked > has ? [`${named(topic)}${questionKindNames[kind]}要 ${asked} 题，题库里有 ${has} 题`] : []
  })
  if (ofTopics.length > 0) return ofTopics
  const all = sumOf(wanted)
  return all > there.length ? [`${questionKindNames[kind]}一共要 ${all} 题，题库里有 ${there.length} 题`] : []
}

const named = (topic: string): string => (topic === '' ? '没有写章节的' : `“${topic}”的`)
const sumOf = (draws: readonly Draw[]): number => draws.reduce((sum, it) => sum + it.count, 0)

/**
 * Makes a paper by its plan: no question twice, single choice first and blanks last. The pool must have no shortage. Where it is shuffled, the
 * questions of a kind and the options of a question stand in the order of chance; 判断题 keep 正确 first.
 */
export function drawPaper(plan: PaperPlan, pool: readonly PoolQuestion[], chance: Chance = randomInt): PaperQuestion[] {
  const drawn = plan.way === 'fixed' ? fixedOnes(plan, pool) : drawnOnes(plan.draws, pool, chance)
  const mixed = plan.isShuffled ? shuffled(drawn, chance) : drawn
  return kindsInOrder.flatMap((kind) =>
    mixed
      .filter((it) => it.kind === kind)
      .map(({ lineId: _, ...it }) => ({
        ...it,
        options: plan.isShuffled && kind !== 'judgement' ? shuffled(it.options, chance) : it.options,
        worth: plan.worth[kind],
      })),
  )
}

const kindsInOrder = ['single', 'multiple', 'judgement', 'blank'] as const satisfies QuestionKind[]

const fixedOnes = ({ questionIds }: PaperPlan, pool: readonly PoolQuestion[]): PoolQuestion[] =>
  questionIds.flatMap((lineId) => pool.find((it) => it.lineId === lineId) ?? [])

/** What names a topic is drawn first, so that what is drawn out of any takes nothing away from it. */
function drawnOnes(draws: readonly Draw[], pool: readonly PoolQuestion[], chance: Chance): PoolQuestion[] {
  const left = new Set(pool)
  const ofTopics = draws.filter((it) => it.topic !== null)
  const ofAny = draws.filter((it) => it.topic === null)
  return [...ofTopics, ...ofAny].flatMap(({ topic, kind, count }) => {
    const fitting = [...left].filter((it) => it.kind === kind && (topic === null || it.topic === topic))
    const taken = shuffled(fitting, chance).slice(0, count)
    for (const it of taken) left.delete(it)
    return taken
  })
}

function shuffled<Item>(all: readonly Item[], chance: Chance): Item[] {
  const left = [...all]
  return all.flatMap(() => left.splice(chance(left.length), 1))
}

/** How many questions a plan has, and what they are worth together. `kinds`: those of the fixed questions that are there. */
export function sizeOf(plan: PaperPlan, kinds: readonly QuestionKind[]): { questions: number; total: number } {
  const parts = plan.way === 'fixed' ? kinds.map((kind) => ({ kind, count: 1 })) : plan.draws
  return {
    questions: parts.reduce((sum, it) => sum + it.count, 0),
    total: parts.reduce((sum, it) => sum + it.count * worthOf(plan.worth, it.kind), 0),
  }
}

const worthOf = (worth: Worth, kind: QuestionKind): number => worth[kind]
