import { Badge } from '@mantine/core'
import { correctionNames } from '@zhibu/server/modules/talent/names-schema'
import type { CorrectionRow } from '@zhibu/server/modules/talent/schema'
import { parseResponse } from 'hono/client'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { talentClient } from './api.ts'
import { useWrite } from './useWrite.ts'
import { proposedInWords } from './words.ts'

/** The corrections that somebody has asked for, and what was answered. */
export function Corrections({ all, isOwn }: { all: readonly CorrectionRow[]; isOwn: boolean }) {
  const withdraw = useWrite((correctionId: string) =>
    parseResponse(talentClient.own.corrections[':correctionId'].$delete({ param: { correctionId } })),
  )
  if (all.length === 0) return null
  return (
    <Section title={isOwn ? '我的更正申请' : '更正申请'}>
      <RowList
        label="更正申请"
        rows={all.map((it) => ({
          key: it.id,
          title: `${correctionNames[it.field]}：${proposedInWords(it.field, it.proposed)}`,
          mark: <AnswerBadge isGranted={it.isGranted} />,
          facts: [
            <InstantText key="at" at={it.raisedAt} />,
            it.answeredBy !== null && `${it.answeredBy}答复`,
            it.answer,
          ],
          actions: isOwn && it.isGranted === null && (
            <ConfirmButton
              isQuiet
              question="撤回这项更正申请？"
              confirmLabel="撤回申请"
              onConfirm={() => withdraw.mutate(it.id)}
            >
              撤回
            </ConfirmButton>
          ),
        }))}
      />
      <ProblemNote error={withdraw.error} />
    </Section>
  )
}

function AnswerBadge({ isGranted }: { isGranted: boolean | null }) {
  if (isGranted === null) return <Badge color="yellow">等待答复</Badge>
  return isGranted ? <Badge color="green">已同意</Badge> : <Badge color="gray">没有同意</Badge>
}
