import { Badge, Button, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Closing, SealRow } from '@zhibu/server/modules/archive/seal-schema'
import { parseResponse } from 'hono/client'
import { type ReactNode, useState } from 'react'
import { problemIn } from '../../problem.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { archiveClient, closingQuery, type Owner } from './api.ts'
import { FourProperties } from './FourProperties.tsx'
import { archiveKey } from './key.ts'
import classes from './Seals.module.css'

/**
 * How a file stands: closed under which number, what has come since, what its examination gave; and its package. `papers` says what
 * is missing in it, where that is known.
 */
export function Seals({ owner, papers }: { owner: Owner; papers?: ReactNode }) {
  const { data: it, error, refetch } = useQuery(closingQuery(owner))
  const [isSealing, setIsSealing] = useState(false)
  const [examined, setExamined] = useState<SealRow>()
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!it) return null
  const isSealed = it.seals.length > 0
  const isChanged = it.added.length + it.removed.length > 0
  return (
    <Section
      title="封存"
      lead={
        isSealed
          ? '封存时为每份内容记下校验值，以后改动任何一个字节都能发现。以后归入的材料以补充封存的方式加入。'
          : '材料齐全后封存：编定档号、件号和页号，为每份内容记下校验值。'
      }
      actions={
        it.can.seal && (
          <Button variant={isSealed ? 'default' : 'filled'} onClick={() => setIsSealing(true)}>
            {isSealed ? '补充封存' : '封存档案'}
          </Button>
        )
      }
    >
      {!isSealed && <p>还没有封存。</p>}
      {isSealed && isChanged && <Changes it={it} />}
      <RowList
        label="历次封存"
        rows={it.seals.map((seal) => ({
          key: seal.id,
          title: seal.number,
          mark: <Badge variant="default">{seal.version === 1 ? '首次封存' : `第 ${seal.version} 次封存`}</Badge>,
          facts: [
            `${seal.itemCount} 件，${seal.pageCount} 页，${seal.factCount} 条事实`,
            <span key="by">
              {seal.sealedBy} 封存于 <InstantText at={seal.sealedAt} />
            </span>,
            seal.reason !== null && `补充原因：${seal.reason}`,
            seal.examination && (
              <span key="examined">
                <InstantText at={seal.examination.at} /> {seal.examination.by} 检测：{foundIn(seal.examination.report)}
              </span>
            ),
            <span key="digest" className={classes.digest}>
              校验值 {seal.sha256}
            </span>,
          ],
          actions: (
            <>
              <Button variant="default" onClick={() => setExamined(seal)}>
                四性检测
              </Button>
              {it.can.export && (
                <>
                  <Button component="a" variant="default" href={`/api/archive/seals/${seal.id}/catalogue.pdf`} download>
                    下载目录
                  </Button>
                  <Button component="a" variant="default" href={`/api/archive/seals/${seal.id}/package.zip`} download>
                    导出档案包
                  </Button>
                </>
              )}
            </>
          ),
        }))}
      />
      {isSealing && (
        <SealDialog owner={owner} papers={papers} isSupplement={isSealed} onClose={() => setIsSealing(false)} />
      )}
      {examined && <FourProperties seal={examined} mayExamine={it.can.export} onClose={() => setExamined(undefined)} />}
    </Section>
  )
}

/** What an examination gave, in a few words. */
function foundIn({ checks }: SealRow['report']): string {
  const unmet = checks.filter((it) => it.result === 'unmet').length
  return unmet === 0 ? '没有发现不符' : `${unmet} 项不符`
}

function Changes({ it }: { it: Closing }) {
  const named = (titles: readonly string[]) => titles.map((title) => `《${title}》`).join('、')
  return (
    <p>
      上次封存以后{it.added.length > 0 && `归入 ${named(it.added)}`}
      {it.added.length > 0 && it.removed.length > 0 && '，'}
      {it.removed.length > 0 && `更换或撤出 ${named(it.removed)}`}，尚未补充封存。
    </p>
  )
}

interface DialogProps {
  owner: Owner
  /** What is missing and does not fit, to be read before. */
  papers: ReactNode
  isSupplement: boolean
  onClose: () => void
}

function SealDialog({ owner, papers, isSupplement, onClose }: DialogProps) {
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const seal = useMutation({
    mutationFn: () =>
      parseResponse(archiveClient.seals.$post({ json: { ...owner, ...(isSupplement ? { reason } : {}) } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: archiveKey })
      onClose()
    },
  })
  return (
    <FormDialog
      title={isSupplement ? '补充封存' : '封存档案'}
      lead="系统先通读全部内容，核对每一份与归档时一致，然后编定件号和页号。内容较多时需要几分钟。"
      submitLabel={isSupplement ? '补充封存' : '封存'}
      needs={isSupplement ? { 补充原因: reason.trim().length >= 2 } : {}}
      isBusy={seal.isPending}
      error={seal.error}
      onSubmit={() => seal.mutate()}
      onClose={onClose}
    >
      {papers}
      {isSupplement ? (
        <Textarea
          label="补充了什么、为什么"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={problemIn(seal.error, 'reason')}
          autosize
          minRows={2}
          data-autofocus
          required
        />
      ) : (
        <p className={classes.note}>封存以后仍可归入材料，但须另作补充封存，写明原因；已封存的记录不会改变。</p>
      )}
    </FormDialog>
  )
}
