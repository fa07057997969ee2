import { Button } from '@mantine/core'
import { Timeline, type TimelineItem } from '../ui/Timeline.tsx'
import { Sample } from './Sample.tsx'

const applying: TimelineItem[] = [
  {
    id: 'application',
    title: '递交入党申请书',
    state: 'done',
    on: '2024-09-12',
    evidence: [{ label: '入党申请书', href: '#application' }],
    actions: (
      <Button variant="subtle" size="compact-sm">
        更正
      </Button>
    ),
  },
  {
    id: 'talk',
    title: '党组织派人谈话',
    state: 'done',
    on: '2024-10-28',
    details: '谈话人：陆闻溪（组织委员）',
    findings: [
      {
        severity: 'error',
        message: '谈话晚于收到申请书后一个月的期限。请核对两个日期；如确系超期，请在备注中写明原因。',
        citation: '2014年细则第六条',
        facts: [
          { label: '收到申请书', value: '2024年9月12日' },
          { label: '谈话', value: '2024年10月28日' },
        ],
      },
    ],
    evidence: [{ label: '谈话记录' }],
  },
]

const activist: TimelineItem[] = [
  { id: 'decision', title: '确定为入党积极分子', state: 'unknownDay', evidence: [{ label: '支委会会议记录' }] },
  {
    id: 'review',
    title: '半年考察',
    state: 'overdue',
    latestOn: '2026-05-08',
    waitingOn: '支部委员会',
    reasons: [
      {
        text: '入党积极分子每半年考察一次。',
        citation: '2026年细则第十一条',
        facts: [{ label: '上次考察', value: '2025年11月8日' }],
      },
      { text: '自上次考察之日起满六个月为 2026年5月8日。' },
    ],
    actions: <Button size="compact-sm">登记</Button>,
  },
  {
    id: 'proposal',
    title: '确定为发展对象人选',
    state: 'next',
    earliestOn: '2026-05-20',
    latestOn: '2026-05-23',
    waitingOn: '支部委员会',
    findings: [
      { severity: 'warning', message: '集中培训的起止日期尚缺一项，请补充。', citation: '2026年细则第十七条' },
      { severity: 'info', message: '该期限跨春节假期。', isProvisional: true },
    ],
    actions: <Button size="compact-sm">登记</Button>,
  },
  { id: 'review-2', title: '政治审查', state: 'later' },
]

/** A way with every state an act can be in. */
export function TimelineSamples() {
  return (
    <Sample name="Timeline 发展过程">
      <Timeline
        label="沈知微的发展过程"
        sections={[
          { title: '申请入党', items: applying },
          { title: '入党积极分子的确定和培养教育', items: activist },
        ]}
      />
    </Sample>
  )
}
