import { Badge, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { CallView } from '@zhibu/server/modules/calls/schema'
import { parseResponse } from 'hono/client'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { callsClient, reviewersQuery } from './api.ts'
import classes from './Calls.module.css'
import { useWrite } from './useWrite.ts'

/** 评审人员: who has asked by the code, and who was confirmed. */
export function ReviewersPart({ it }: { it: CallView }) {
  const { data } = useQuery(reviewersQuery(it.id))
  const to = callsClient[':callId'].reviewers[':personId']
  const confirm = useWrite((personId: string) => parseResponse(to.$put({ param: { callId: it.id, personId } })))
  const remove = useWrite((personId: string) => parseResponse(to.$delete({ param: { callId: it.id, personId } })))
  return (
    <Section title="评审人员">
      {it.reviewCode !== null && it.state !== 'decided' && (
        <p className={parts.note}>
          评审邀请码：<span className={classes.code}>{it.reviewCode}</span>
          。发给要请的人，在“征集”的“我的评审”中填写；在这里确认以后才能评审。
        </p>
      )}
      <RowList
        label="评审人员"
        rows={(data?.items ?? []).map((one) => ({
          key: one.personId,
          title: one.name,
          mark: one.confirmedAt === null ? <Badge color="yellow">等待确认</Badge> : undefined,
          facts: [one.organization, one.allotted > 0 && `这一轮 ${one.allotted} 件，还有 ${one.open} 件没评`],
          actions: it.state !== 'decided' && (
            <>
              {one.confirmedAt === null && (
                <Button size="xs" loading={confirm.isPending} onClick={() => confirm.mutate(one.personId)}>
                  确认评审
                </Button>
              )}
              <ConfirmButton
                question={`${one.name}不再评审。没有评的作品可以补分给别人，评过的意见保留。`}
                confirmLabel="移去评审"
                isBusy={remove.isPending}
                onConfirm={() => remove.mutate(one.personId)}
              >
                移去评审
              </ConfirmButton>
            </>
          ),
        }))}
      />
      {data?.items.length === 0 && <p className={parts.note}>还没有人申请评审。</p>}
      <ProblemNote error={confirm.error ?? remove.error} />
    </Section>
  )
}
