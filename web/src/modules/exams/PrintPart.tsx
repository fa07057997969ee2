import type { ExamView } from '@zhibu/server/modules/exams/schema'
import { parseResponse } from 'hono/client'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { DownloadLink } from '../../ui/DownloadLink.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { examClient, printAt } from './api.ts'
import { useWrite } from './useWrite.ts'

/** The paper for the hall: made once, printed with or without what is right. */
export function PrintPart({ it }: { it: ExamView }) {
  const make = useWrite(() => parseResponse(examClient.print.$post({ param: { examId: it.id } })))
  return (
    <div className="no-print">
      <Section
        title="纸笔试卷"
        lead={
          it.form === 'paper'
            ? '按试卷的安排出一份，打印给大家。'
            : '给用纸笔作答的考生，或者网上考不成时备用。题目按同样的安排另抽一份。'
        }
      >
        <div className={parts.form}>
          <div className={parts.buttons}>
            {it.hasPrint && (
              <>
                <DownloadLink href={printAt(it.id, 'pdf', false)}>下载试卷（PDF）</DownloadLink>
                <DownloadLink href={printAt(it.id, 'docx', false)}>下载试卷（Word）</DownloadLink>
                <DownloadLink href={printAt(it.id, 'docx', true)}>下载答案和解析</DownloadLink>
              </>
            )}
            {(!it.hasPrint || !it.hasBegun) && (
              <ConfirmButton
                question={it.hasPrint ? '重出一份，原来的一份不再保存。' : '按现在的题库和试卷安排出一份。'}
                confirmLabel={it.hasPrint ? '重出试卷' : '出纸笔试卷'}
                isBusy={make.isPending}
                onConfirm={() => make.mutate()}
              >
                {it.hasPrint ? '重出试卷' : '出纸笔试卷'}
              </ConfirmButton>
            )}
          </div>
          <ProblemNote error={make.error} />
        </div>
      </Section>
    </div>
  )
}
