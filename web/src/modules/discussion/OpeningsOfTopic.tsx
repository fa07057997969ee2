import { Alert, Button } from '@mantine/core'
import type { TopicView } from '@zhibu/server/modules/discussion/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { openingsClient } from './api.ts'
import { OpeningRows } from './OpeningRows.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'

/** Whether somebody has asked to open who wrote this, who and why, and what came of it: told to the author as to those who answer. */
export function OpeningsOfTopic({ it }: { it: TopicView }) {
  const [isAsking, setIsAsking] = useState(false)
  return (
    <Section
      title="作者身份"
      lead="作者的姓名单独加密存放，答复的人看不到。要看，须由两个指定职务的人共同同意，每次查看都有记录，作者看得到。"
      actions={
        it.can.askOpening && (
          <Button variant="default" onClick={() => setIsAsking(true)}>
            申请查看身份
          </Button>
        )
      }
    >
      {it.openings.length === 0 ? (
        <p className={parts.note}>没有人申请查看。</p>
      ) : (
        <>
          {it.isOwn && it.openings.some((opening) => opening.agreedAt !== null) && (
            <Alert color="yellow" title="您的身份已被同意查看" role="status">
              下面写明谁申请、谁同意、什么理由。
            </Alert>
          )}
          <OpeningRows openings={it.openings} withTitle={false} />
        </>
      )}
      {isAsking && (
        <ReasonDialog
          title="申请查看身份"
          lead="另一职务的人同意以后，两人才看得到作者的姓名。申请和理由作者立即看得到，不能撤回。"
          label="申请理由"
          submitLabel="提出申请"
          write={(reason) => parseResponse(openingsClient.$post({ json: { topicId: it.id, reason } }))}
          onClose={() => setIsAsking(false)}
        />
      )}
    </Section>
  )
}
