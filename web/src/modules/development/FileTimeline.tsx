import { actLabels, waitingLabels } from '@zhibu/rules'
import type { FileView } from '@zhibu/server/modules/development/schema'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Section } from '../../ui/Section.tsx'
import { Timeline, type TimelineItem } from '../../ui/Timeline.tsx'
import { ActDetails } from './ActDetails.tsx'
import { shownFinding, shownMissing, shownReason } from './shownBasis.ts'
import type { Way, WayEntry } from './way.ts'

interface Props {
  file: FileView
  way: Way
}

/** The way of a person along the 25 steps. */
export function FileTimeline({ file, way }: Props) {
  return (
    <Section
      title="发展过程"
      lead={
        file.isWhole
          ? '按通行的 25 个步骤排列，每一步列出应有的材料。'
          : '只显示授权您填写的事项，每一步列出应有的材料。'
      }
    >
      <Timeline
        label={`${file.person.name}的发展过程`}
        sections={way.parts.map(({ title, entries }) => ({
          title,
          items: entries.map((entry) => itemOf(entry, file)),
        }))}
      />
    </Section>
  )
}

function itemOf(entry: WayEntry, file: FileView): TimelineItem {
  const { id, kind, step, state, recorded, due, missing, findings, documents } = entry
  const notes = [...findings.map(shownFinding), ...missing.map(shownMissing)]
  return {
    id,
    title: `${step.number}. ${actLabels[kind]}`,
    state,
    ...(recorded?.act.on && { on: recorded.act.on }),
    ...(due?.earliestOn && { earliestOn: due.earliestOn }),
    ...(due?.latestOn && { latestOn: due.latestOn }),
    ...(due && { waitingOn: waitingLabels[due.waitingOn], reasons: due.reasons.map(shownReason) }),
    ...(notes.length > 0 && { findings: notes }),
    ...(recorded && { details: <ActDetails it={recorded} acts={file.acts} /> }),
    ...(documents.length > 0 && state !== 'later' && { evidence: documents.map((label) => ({ label, note: '应有' })) }),
    ...(file.can.record.includes(kind) &&
      state !== 'later' && { actions: <Actions entry={entry} personId={file.person.id} /> }),
  }
}

function Actions({ entry, personId }: { entry: WayEntry; personId: string }) {
  const { id, kind, state, recorded } = entry
  const shared = { to: '/development/$personId', params: { personId }, size: 'compact-sm' } as const
  if (recorded === undefined) {
    const verb = state === 'missing' ? '补录' : '记录'
    return (
      <LinkButton {...shared} search={{ record: kind }} variant="default" aria-label={`${verb}${actLabels[kind]}`}>
        {verb}
      </LinkButton>
    )
  }
  const name = `${actLabels[kind]}${recorded.act.on ?? ''}`
  const quiet = { ...shared, variant: 'subtle', color: 'gray' } as const
  return (
    <>
      <LinkButton {...quiet} search={{ correct: id }} aria-label={`更正${name}`}>
        更正
      </LinkButton>
      <LinkButton {...quiet} search={{ strike: id }} aria-label={`划去${name}`}>
        划去
      </LinkButton>
    </>
  )
}
