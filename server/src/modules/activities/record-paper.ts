import type { Paper, PaperBlock } from '../../platform/papers/official-paper.ts'
import { dayInChina } from '../../platform/today.ts'
import { activityKindNames } from './names-schema.ts'
import type { StoredActivity } from './stored.ts'
import { whenInWords } from './when.ts'

/** 活动记录 as a paper for the archive: what was held, when and by whom, the plan, what happened, the summary. */
export function recordPaper(
  activity: StoredActivity,
  { organization, pictures, madeOn }: { organization: string; pictures: readonly string[]; madeOn: Paper['madeOn'] },
): Paper {
  const { title, kind, fromOn, place, speaker, plan, record, recordedBy, recordedAt } = activity
  const year = fromOn === null ? '' : `${fromOn.slice(0, 4)}年`
  const facts: [string, string][] = [
    ['组织单位', organization],
    ['类型', activityKindNames[kind]],
    ['时间', `${year}${whenInWords(activity)}`],
    ...(place === '' ? [] : [['地点', place] satisfies [string, string]]),
    ...(speaker === '' ? [] : [['主讲人', speaker] satisfies [string, string]]),
    ...(record?.headcount == null ? [] : [['参加人数', `${record.headcount} 人`] satisfies [string, string]]),
    ['记录人', recordedBy ?? ''],
    ['记录日期', recordedAt === null ? '' : dayInChina(recordedAt)],
  ]
  const section = (text: string, blocks: readonly PaperBlock[]): PaperBlock[] =>
    blocks.length === 0 ? [] : [{ kind: 'heading', level: 1, text }, ...blocks]
  return {
    title: '活动记录',
    body: [
      { kind: 'line', text: title },
      { kind: 'table', widths: [1, 4], head: [], rows: facts },
      ...section('一、活动方案', [...paragraphs(plan.aim), ...steps(activity)]),
      ...section('二、活动情况', paragraphs(record?.happened ?? '')),
      ...section('三、小结', paragraphs(record?.summary ?? '')),
    ],
    attachments: pictures,
    marksMissing: true,
    madeOn,
  }
}

const paragraphs = (text: string): PaperBlock[] =>
  text
    .split(/\n+/)
    .filter((it) => it.trim() !== '')
    .map((it) => ({ kind: 'paragraph', text: it.trim() }))

const steps = ({ plan }: StoredActivity): PaperBlock[] =>
  plan.steps.map(({ minutes, what }, at) => ({
    kind: 'paragraph',
    text: `${at + 1}. ${what.replace(/\n+/g, ' ')}${minutes === null ? '' : `（${minutes} 分钟）`}`,
  }))
