import { Alert, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { officeLabels } from '@zhibu/server/modules/accounts/names-schema'
import {
  accessDecisionNames,
  accessKindNames,
  sideNames,
  successionStateNames,
} from '@zhibu/server/modules/talent/names-schema'
import type { SuccessionView } from '@zhibu/server/modules/talent/succession-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { DownloadButton } from '../../ui/DownloadButton.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { successionQuery, talentClient, talentKey } from './api.ts'
import { KitParts } from './KitParts.tsx'
import { SettleDialog } from './SettleDialog.tsx'
import { SignDialog } from './SignDialog.tsx'
import { SuccessorDialog } from './SuccessorDialog.tsx'
import { dayInWords } from './words.ts'

const route = getRouteApi('/signed-in/staff/successions/$successionId')
const breadcrumbs = [{ label: '工作队伍', to: '/staff' }]

type Open = 'successor' | 'settle' | 'outgoing' | 'incoming' | 'close' | 'drop'

/** One hand-over of an office: the kit, the accesses, and who has signed. */
export function SuccessionPage() {
  const { successionId } = route.useParams()
  const { data, error, refetch } = useQuery(successionQuery(successionId))
  const [open, setOpen] = useState<Open>()
  const it = data?.value
  return (
    <Page
      title="工作交接单"
      breadcrumbs={breadcrumbs}
      subtitle={it && `${it.organization.name} ${officeLabels[it.office]}：${it.outgoing.name}`}
      actions={it && <Actions it={it} onOpen={setOpen} />}
    >
      {data && it ? (
        <>
          <Standing it={it} />
          <KitParts it={it} />
          <Accesses it={it} />
          <Signatures it={it} />
          <Dialogs it={it} etag={data.etag} open={open} onClose={() => setOpen(undefined)} />
        </>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <PageLoading />
      )}
    </Page>
  )
}

function Actions({ it: { id, can }, onOpen }: { it: SuccessionView; onOpen: (open: Open) => void }) {
  const button = (isOffered: boolean, label: string, what: Open, isFirst = false) =>
    isOffered && (
      <Button key={what} {...(!isFirst && { variant: 'default' })} onClick={() => onOpen(what)}>
        {label}
      </Button>
    )
  return (
    <>
      {button(can.signOutgoing, '确认已交', 'outgoing', true)}
      {button(can.signIncoming, '确认已接', 'incoming', true)}
      {button(can.settle, '办理移交', 'settle', true)}
      {button(can.nameSuccessor, '确定接手人', 'successor')}
      {button(can.close, '办结', 'close')}
      {button(can.drop, '取消交接', 'drop')}
      {can.export && (
        <>
          <DownloadButton url={`/api/talent/successions/${id}/exports`} body={{ form: 'pdf' }}>
            导出 PDF
          </DownloadButton>
          <DownloadButton url={`/api/talent/successions/${id}/exports`} body={{ form: 'word' }}>
            导出 Word
          </DownloadButton>
        </>
      )}
    </>
  )
}

function Standing({ it }: { it: SuccessionView }) {
  return (
    <Section title="交接的职务">
      <div className={parts.form}>
        {hintOf(it) !== undefined && (
          <Alert color="blue" role="status" className="no-print">
            {hintOf(it)}
          </Alert>
        )}
        <DescriptionList
          items={[
            { label: '状态', value: successionStateNames[it.state] },
            {
              label: '移交人',
              value: [it.outgoing.name, it.lastOn !== null && `任职到${dayInWords(it.lastOn)}`]
                .filter(Boolean)
                .join('，'),
            },
            {
              label: '接手人',
              value:
                it.incoming === null
                  ? it.state === 'finished'
                    ? '没有'
                    : '尚未确定'
                  : [it.incoming.name, it.firstOn !== null && `${dayInWords(it.firstOn)}起任职`]
                      .filter(Boolean)
                      .join('，'),
            },
            { label: '开始', value: `${it.begunBy}，${dayInWords(it.begunOn)}` },
            ...(it.settledOn === null
              ? []
              : [{ label: '权限办理', value: `${it.settledBy}，${dayInWords(it.settledOn)}` }]),
            ...(it.closeReason === null
              ? []
              : [{ label: '办结', value: `${it.closedBy}，${dayInWords(it.closedOn)}：${it.closeReason}` }]),
            ...(it.dropReason === null ? [] : [{ label: '取消原因', value: it.dropReason }]),
          ]}
        />
      </div>
    </Section>
  )
}

/** What the reader has to do next, in a sentence. */
function hintOf({ can, isOutgoing, isIncoming, signatures, state, kit }: SuccessionView): string | undefined {
  if (state === 'finished' || state === 'dropped') return undefined
  if (can.signOutgoing)
    return '请把答应过的事、材料放在哪里写下来，和接手人当面说清楚，再点“确认已交”。签过以后内容不再改动。'
  if (can.signIncoming) return '请逐项看过，不清楚的先问移交人，再点“确认已接”。没弄清楚的，写在备注里。'
  if (isIncoming && signatures.some((one) => one.side === 'incoming')) return '您已确认已接。其余的办完，就自动办结。'
  if (isIncoming) return '请先看一遍。移交人确认已交以后，您再确认已接。任职开始以前，您只看得到这份交接单。'
  if (can.settle) return '请核对权限，点“办理移交”：离任、任职和其他权限一次办完。'
  if (can.close) return '双方都签过就自动办结。一方没法签的，点“办结”，写明原因。'
  if (kit === null) return '您已经离任，工作内容不再显示。'
  return isOutgoing ? '您已确认已交。其余的办完，就自动办结。' : undefined
}

function Accesses({ it }: { it: SuccessionView }) {
  if (it.accesses.length === 0 && it.decided.length === 0 && it.settledOn === null) return null
  const rows = [
    ...it.decided.map((one) => ({
      key: one.key,
      title: `${one.title}：${accessDecisionNames[one.decision]}`,
      facts: [accessKindNames[one.kind], ...one.facts],
    })),
    ...it.accesses.map((one) => ({ key: one.key, title: one.title, facts: [accessKindNames[one.kind], ...one.facts] })),
  ]
  return (
    <Section
      title="权限"
      lead="本项职务的权限随任职转给接手人。这里是另外的职务、岗位和授权，由上级党组织逐项决定，一次办理。日历订阅等随权限自动停用。"
    >
      {rows.length === 0 ? (
        <p className={parts.note}>除本项职务外，没有其他要处理的权限。</p>
      ) : (
        <RowList label="权限" rows={rows} />
      )}
    </Section>
  )
}

function Signatures({ it }: { it: SuccessionView }) {
  if (it.state === 'dropped' && it.signatures.length === 0) return null
  return (
    <Section title="签字" lead="双方各签一次。备注里可以写还没弄清楚的事。">
      <DescriptionList
        items={(['outgoing', 'incoming'] as const).map((side) => {
          const signed = it.signatures.find((one) => one.side === side)
          return {
            label: sideNames[side],
            value: signed
              ? `${signed.name}，${dayInWords(signed.signedOn)}${signed.remark === '' ? '' : `：${signed.remark}`}`
              : '还没有签',
          }
        })}
      />
    </Section>
  )
}

interface DialogsProps {
  it: SuccessionView
  etag: string
  open: Open | undefined
  onClose: () => void
}

function Dialogs({ it, etag, open, onClose }: DialogsProps) {
  const param = { successionId: it.id }
  switch (open) {
    case 'successor':
      return <SuccessorDialog it={it} etag={etag} onClose={onClose} />
    case 'settle':
      return <SettleDialog it={it} etag={etag} onClose={onClose} />
    case 'outgoing':
    case 'incoming':
      return <SignDialog it={it} side={open} etag={etag} onClose={onClose} />
    case 'close':
      return (
        <ReasonDialog
          title="办结工作交接"
          lead="一方没法签的时候用。交接单按现在的记录留存，以后不再改动。原因双方都看得到。"
          label="办结原因"
          submitLabel="办结"
          write={(reason) =>
            parseResponse(
              talentClient.successions[':successionId'].closing.$post({ param, json: { reason } }, ifMatch(etag)),
            )
          }
          changes={talentKey}
          onClose={onClose}
        />
      )
    case 'drop':
      return (
        <ReasonDialog
          title="取消交接"
          lead={
            it.kit?.isDrawnUp
              ? '交接办不下去的时候用。取消以后双方都看不到，签过的交接单只有上级党组织看得到。可以重新开始。'
              : '开始错了的时候用。取消以后双方都看不到，写下的内容不再保留。'
          }
          label="取消原因"
          submitLabel="取消交接"
          write={(reason) =>
            parseResponse(
              talentClient.successions[':successionId'].dropping.$post({ param, json: { reason } }, ifMatch(etag)),
            )
          }
          changes={talentKey}
          onClose={onClose}
        />
      )
    default:
      return null
  }
}
