import { Button, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { correctionNames } from '@zhibu/server/modules/talent/names-schema'
import type { OpenCorrections } from '@zhibu/server/modules/talent/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { correctionsQuery, talentClient } from './api.ts'
import classes from './Talent.module.css'
import { useWrite } from './useWrite.ts'
import { proposedInWords } from './words.ts'

type Asked = OpenCorrections['items'][number]

/** 更正申请: what people ask to have corrected, one thing at a time, the first that was asked for first. */
export function CorrectionsPart() {
  const { data, error, refetch } = useQuery(correctionsQuery)
  const [answered, setAnswered] = useState<{ it: Asked; isGranted: boolean }>()
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />
  return (
    <Section
      title="更正申请"
      lead="一项一项答复。岗位同意以后当时改好；任职、学时和证书，请先到登记的地方改好，再答复。"
    >
      {data.items.length === 0 ? (
        <EmptyState title="没有等待答复的更正申请">有人提出以后，列在这里。</EmptyState>
      ) : (
        <RowList
          label="更正申请"
          rows={data.items.map((it) => ({
            key: it.id,
            title: (
              <>
                <Link to="/staff/$personId" params={{ personId: it.person.id }}>
                  {it.person.name}
                </Link>
                {`：${correctionNames[it.field]}`}
              </>
            ),
            facts: [
              it.organization.name,
              it.present !== '' && `现在是：${proposedInWords(it.field, it.present)}`,
              `申请改为：${proposedInWords(it.field, it.proposed)}`,
              <InstantText key="at" at={it.raisedAt} />,
            ],
            actions: (
              <>
                <Button size="compact-sm" onClick={() => setAnswered({ it, isGranted: true })}>
                  同意
                </Button>
                <Button size="compact-sm" variant="default" onClick={() => setAnswered({ it, isGranted: false })}>
                  不同意
                </Button>
              </>
            ),
          }))}
        />
      )}
      {data.isCut && <p className={parts.note}>只列出最早的 200 项，答复以后接着列。</p>}
      {answered && <AnswerDialog {...answered} onClose={() => setAnswered(undefined)} />}
    </Section>
  )
}

function AnswerDialog({ it, isGranted, onClose }: { it: Asked; isGranted: boolean; onClose: () => void }) {
  const [answer, setAnswer] = useState('')
  const send = useWrite(
    () =>
      parseResponse(
        talentClient.corrections[':correctionId'].answer.$post({
          param: { correctionId: it.id },
          json: { isGranted, answer },
        }),
      ),
    onClose,
  )
  return (
    <FormDialog
      title={isGranted ? '同意更正' : '不同意更正'}
      submitLabel={isGranted ? '同意更正' : '答复不同意'}
      needs={{ 原因: isGranted || answer.trim().length >= 2 }}
      isBusy={send.isPending}
      error={send.error}
      onSubmit={() => send.mutate()}
      onClose={onClose}
    >
      <p className={classes.text}>
        {`${it.person.name}，${correctionNames[it.field]}：${proposedInWords(it.field, it.proposed)}`}
      </p>
      <Textarea
        label={isGranted ? '说明（可不填）' : '原因'}
        value={answer}
        onChange={(event) => setAnswer(event.currentTarget.value)}
        error={problemIn(send.error, 'answer')}
        maxLength={300}
        required={!isGranted}
        autosize
        minRows={2}
        data-autofocus
      />
    </FormDialog>
  )
}
