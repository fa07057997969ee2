import { Alert, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { DownloadButton } from '../../ui/DownloadButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { ownRecordQuery, talentClient } from './api.ts'
import { CorrectionDialog } from './CorrectionDialog.tsx'
import { Corrections } from './Corrections.tsx'
import { OwnDialog } from './OwnDialog.tsx'
import { RecordView } from './RecordView.tsx'
import { useWrite } from './useWrite.ts'

/** The own record: looked at, corrected, taken along; and who has opened it. */
export function OwnPart() {
  const { data, error, refetch } = useQuery(ownRecordQuery)
  const [open, setOpen] = useState<'own' | 'correction'>()
  const confirm = useWrite((etag: string) => parseResponse(talentClient.own.confirmation.$post({}, ifMatch(etag))))
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />
  const { value: it, etag } = data
  if (!it.isStaff && it.official.by === null && it.formerOffices.length === 0)
    return (
      <EmptyState title="没有您的队伍信息">
        在党组织任职，或者被登记为专职、兼职、学生工作人员以后，这里会列出您的岗位、任职、学时和证书。一般同学和党员的信息不在这里。
      </EmptyState>
    )
  return (
    <>
      {it.isStale && (
        <Alert color="yellow" title="您的队伍信息还对吗？" role="status">
          <div className={parts.form}>
            <p className={parts.note}>每学期看一次，二十秒。没有变化，点“都对”；有变化，填写或者申请更正以后再点。</p>
            <div className={parts.buttons}>
              <Button loading={confirm.isPending} onClick={() => confirm.mutate(etag)}>
                都对
              </Button>
            </div>
            <ProblemNote error={confirm.error} />
          </div>
        </Alert>
      )}
      <RecordView
        it={it}
        officialActions={
          it.can.ask && (
            <Button variant="default" onClick={() => setOpen('correction')}>
              申请更正
            </Button>
          )
        }
        ownActions={
          it.can.changeOwn && (
            <Button variant="default" onClick={() => setOpen('own')}>
              填写我的情况
            </Button>
          )
        }
      />
      <Corrections all={it.corrections} isOwn />
      <Section title="导出我的队伍信息" lead="自己留存用，和这一页的内容一样。">
        <div className={parts.buttons}>
          <DownloadButton url="/api/talent/own/exports" body={{ form: 'pdf' }}>
            导出 PDF
          </DownloadButton>
          <DownloadButton url="/api/talent/own/exports" body={{ form: 'word' }}>
            导出 Word
          </DownloadButton>
        </div>
      </Section>
      <Section title="谁查看过我的队伍信息" lead="每人每天第一次打开，都记在这里。">
        {it.readings === null || it.readings.length === 0 ? (
          <p className={parts.note}>还没有人查看过。</p>
        ) : (
          <RowList
            label="谁查看过我的队伍信息"
            rows={it.readings.map(({ by, at }) => ({
              key: `${by} ${at}`,
              title: by,
              facts: [<InstantText key="at" at={at} />],
            }))}
          />
        )}
      </Section>
      {open === 'own' && <OwnDialog it={it} etag={etag} onClose={() => setOpen(undefined)} />}
      {open === 'correction' && <CorrectionDialog onClose={() => setOpen(undefined)} />}
    </>
  )
}
