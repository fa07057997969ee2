import { Badge, Button, Checkbox, Textarea } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { DisposalRow } from '@zhibu/server/modules/archive/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { useSession } from '../../session.ts'
import { wayFrom } from '../../shell/navigation.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { archiveClient, disposableQuery, disposalsQuery } from './api.ts'
import { archiveKey } from './key.ts'

/** Lists of documents that are to be destroyed: drawn up by one person, decided by another. */
export function DisposalsPage() {
  return (
    <Page
      title="销毁清单"
      breadcrumbs={wayFrom(useSession()?.can ?? [], '/archive')}
      lead="系统从不自行删除材料。保管期限已满的和已撤出的，由一人编制清单，上级党组织的另一人审批；批准后内容销毁，登记保留。"
    >
      <Disposable />
      <Lists />
    </Page>
  )
}

function Disposable() {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(disposableQuery)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [isListing, setIsListing] = useState(false)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <PageLoading />
  const items = data.pages.flatMap((it) => it.items)
  const toggle = (id: string) =>
    setChosen((before) => new Set(before.has(id) ? [...before].filter((it) => it !== id) : [...before, id]))
  return (
    <Section
      title="可以列入清单的材料"
      actions={
        items.length > 0 && (
          <Button disabled={chosen.size === 0} onClick={() => setIsListing(true)}>
            编制清单（{chosen.size}）
          </Button>
        )
      }
    >
      {items.length === 0 && <p>没有保管期限已满或已撤出的材料。</p>}
      <RowList
        label="可以列入清单的材料"
        rows={items.map((it) => ({
          key: it.id,
          title: (
            <Link to="/archive/documents/$documentId" params={{ documentId: it.id }}>
              {it.title}
            </Link>
          ),
          facts: [it.person?.name, it.placeLabel, it.why, <InstantText key="at" at={it.filedAt} />],
          actions: (
            <Checkbox
              aria-label={`列入${it.title}`}
              label="列入"
              checked={chosen.has(it.id)}
              onChange={() => toggle(it.id)}
            />
          ),
        }))}
      />
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          查看更多
        </Button>
      )}
      {isListing && (
        <ListingDialog
          documentIds={[...chosen]}
          onDone={() => setChosen(new Set())}
          onClose={() => setIsListing(false)}
        />
      )}
    </Section>
  )
}

interface ListingProps {
  documentIds: string[]
  onDone: () => void
  onClose: () => void
}

function ListingDialog({ documentIds, onDone, onClose }: ListingProps) {
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const propose = useMutation({
    mutationFn: () => parseResponse(archiveClient.disposals.$post({ json: { documentIds, reason } })),
    onSuccess: async () => {
      onDone()
      await queries.invalidateQueries({ queryKey: archiveKey })
      onClose()
    },
  })
  return (
    <FormDialog
      title={`编制销毁清单（${documentIds.length} 份）`}
      lead="清单交由上级党组织的另一位同志审批，批准以后才销毁。"
      submitLabel="提交审批"
      needs={{ 销毁理由: reason.trim().length >= 2 }}
      isBusy={propose.isPending}
      error={propose.error}
      onSubmit={() => propose.mutate()}
      onClose={onClose}
    >
      <Textarea
        label="销毁理由"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problemIn(propose.error, 'reason')}
        autosize
        minRows={2}
        data-autofocus
        required
      />
    </FormDialog>
  )
}

function Lists() {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(disposalsQuery)
  const [deciding, setDeciding] = useState<{ list: DisposalRow; decision: 'approved' | 'refused' }>()
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <PageLoading />
  const lists = data.pages.flatMap((it) => it.items)
  return (
    <Section title="清单">
      {lists.length === 0 && <p>还没有销毁清单。</p>}
      <RowList
        label="销毁清单"
        rows={lists.map((it) => ({
          key: it.id,
          title: `${it.organization.name}，${it.documents.length} 份`,
          mark: <Badge variant="default">{it.decision === null ? '待审批' : decisionNames[it.decision]}</Badge>,
          facts: [
            `理由：${it.reason}`,
            <span key="by">
              {it.proposedBy} 编制于 <InstantText at={it.proposedAt} />
            </span>,
            it.decidedBy && it.decidedAt && (
              <span key="decided">
                {it.decidedBy} 审批于 <InstantText at={it.decidedAt} />：{it.decisionReason}
              </span>
            ),
            it.documents
              .map(({ title, person }) => (person ? `${person.name}《${title}》` : `《${title}》`))
              .join('、'),
          ],
          actions: it.can.decide && (
            <>
              <Button onClick={() => setDeciding({ list: it, decision: 'approved' })}>批准销毁</Button>
              <Button variant="default" onClick={() => setDeciding({ list: it, decision: 'refused' })}>
                不批准
              </Button>
            </>
          ),
        }))}
      />
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          查看更早的清单
        </Button>
      )}
      {deciding && <DecisionDialog {...deciding} onClose={() => setDeciding(undefined)} />}
    </Section>
  )
}

const decisionNames = { approved: '已批准，已销毁', refused: '未批准' } as const

interface DecisionProps {
  list: DisposalRow
  decision: 'approved' | 'refused'
  onClose: () => void
}

function DecisionDialog({ list, decision, onClose }: DecisionProps) {
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const decide = useMutation({
    mutationFn: () =>
      parseResponse(
        archiveClient.disposals[':disposalId'].decision.$post({
          param: { disposalId: list.id },
          json: { decision, reason },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: archiveKey })
      onClose()
    },
  })
  const isApproval = decision === 'approved'
  return (
    <FormDialog
      title={isApproval ? `批准销毁 ${list.documents.length} 份材料` : '不批准这份清单'}
      lead={isApproval ? '批准后内容不能恢复，登记保留。请先逐份核对清单。' : '材料保持原样，可以重新列入清单。'}
      submitLabel={isApproval ? '批准销毁' : '不批准'}
      needs={{ 审批意见: reason.trim().length >= 2 }}
      isBusy={decide.isPending}
      error={decide.error}
      onSubmit={() => decide.mutate()}
      onClose={onClose}
    >
      <Textarea
        label="审批意见"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problemIn(decide.error, 'reason')}
        autosize
        minRows={2}
        data-autofocus
        required
      />
    </FormDialog>
  )
}
