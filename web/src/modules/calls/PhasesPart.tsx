import { Alert, Badge, Button } from '@mantine/core'
import { isDay } from '@zhibu/rules'
import type { PhaseView } from '@zhibu/server/modules/calls/review-schema'
import { parseResponse } from 'hono/client'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { DayText } from '../../ui/DayText.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { callsClient } from './api.ts'
import { useWrite } from './useWrite.ts'

/** 各轮评审: which is open, and which entries have too few reviewers. */
export function PhasesPart({ callId, phases }: { callId: string; phases: readonly PhaseView[] }) {
  const param = { callId }
  const end = useWrite(() => parseResponse(callsClient[':callId'].phases.end.$post({ param })))
  const allot = useWrite(() => parseResponse(callsClient[':callId'].allotment.$post({ param })))
  const lacking = phases.at(-1)?.lacking ?? []
  return (
    <Section title="各轮评审">
      <RowList
        label="各轮评审"
        rows={phases.map((it) => ({
          key: String(it.number),
          title: it.name,
          mark: it.endedAt === null ? <Badge>进行中</Badge> : <Badge color="gray">已结束</Badge>,
          facts: [
            `${it.entryCount} 件，每件 ${it.perEntry} 人`,
            isDay(it.untilOn) && (
              <span key="until">
                评到 <DayText on={it.untilOn} />
              </span>
            ),
          ],
          actions: it.endedAt === null && (
            <ConfirmButton
              question="评审的意见到此为止，不能再改。结束以后可以看到各件的意见，或者再开始一轮。"
              confirmLabel="结束这一轮"
              isBusy={end.isPending}
              onConfirm={() => end.mutate()}
            >
              结束这一轮
            </ConfirmButton>
          ),
        }))}
      />
      {lacking.length > 0 && (
        <Alert color="yellow" title="有作品缺评审">
          {lacking.map((it) => `${it.number} 号缺 ${it.missing} 人`).join('，')}
          。作者本人、同一支部的人和已经回避的人不能评。可以再请几位评审，确认以后补分配。
          <div>
            <Button mt="xs" variant="default" loading={allot.isPending} onClick={() => allot.mutate()}>
              补分配
            </Button>
          </div>
        </Alert>
      )}
      <ProblemNote error={end.error ?? allot.error} />
    </Section>
  )
}
