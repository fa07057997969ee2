import { Button, Group } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { dayWritten, isDay, isMonth } from '@zhibu/rules'
import type { OffersView, OfferView } from '@zhibu/server/modules/development/offer-schema'
import { parseResponse } from 'hono/client'
import { ifMatch } from '../../api.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FindingNote } from '../../ui/FindingNote.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { archiveKey } from '../archive/key.ts'
import { developmentClient, offersQuery, papersQuery, useReadAgain } from './api.ts'
import { LeaveButton } from './LeaveButton.tsx'
import { LinePicture } from './LinePicture.tsx'
import classes from './PaperOffers.module.css'
import { isTold } from './toldFindings.ts'

interface Props {
  personId: string
  documentId: string
}

const offersOf = developmentClient.documents[':documentId'].offers[':offerId']

/** What was read on a paper and could be recorded, each beside the picture of its line: a person takes or leaves it. */
export function PaperOffers({ personId, documentId, isCompared }: Props & { isCompared: boolean }) {
  const { data, error, refetch } = useQuery(offersQuery(documentId))
  const papers = useQuery({ ...papersQuery(personId), enabled: isCompared })
  if (error)
    return (
      <>
        <h3>材料上读到的内容</h3>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </>
    )
  if (data === undefined) return null
  const { offers, pagesRead } = data.value
  const open = offers.filter((it) => it.state !== 'same' && it.left === null)
  const left = offers.filter((it) => it.left !== null)
  const same = offers.filter((it) => it.state === 'same' && it.left === null)
  const told = papers.data?.findings.filter((it) => it.documentId === documentId) ?? []
  const shared = { personId, documentId, etag: data.etag, can: data.value.can }
  return (
    <>
      <h3>材料上读到的内容</h3>
      <p className={classes.hint}>{leadOf(pagesRead, offers.length, open.length)}</p>
      {open.length > 0 && (
        <ul className={classes.offers} aria-label="可以采用的内容">
          {open.map((it) => (
            <Offer key={it.id} it={it} isTold={isTold(told, it)} {...shared} />
          ))}
        </ul>
      )}
      {same.length > 0 && (
        <details className={classes.more}>
          <summary>与记录一致（{same.length} 项）</summary>
          <ul className={classes.offers} aria-label="与记录一致的内容">
            {same.map((it) => (
              <li key={it.id} className={classes.offer}>
                <Head it={it} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {left.length > 0 && (
        <details className={classes.more}>
          <summary>已处理（{left.length} 项）</summary>
          <ul className={classes.offers} aria-label="不采用的内容">
            {left.map((it) => (
              <LeftOffer key={it.id} it={it} {...shared} />
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function leadOf(pagesRead: number, all: number, open: number): string {
  if (pagesRead === 0) return '这份材料上的文字还没有读出来，读出后在这里列出可以采用的内容。'
  if (all === 0) return '没有读到可以记录的内容。'
  if (open === 0) return '读到的内容都已核对。'
  return '由系统从文字中读出，请看图片核对后采用；不采用的不会记录。'
}

interface OfferProps extends Props {
  it: OfferView
  etag: string
  can: OffersView['can']
}

/** `isTold`: that it does not fit stands with the record already. */
function Offer({ it, isTold, personId, documentId, etag, can }: OfferProps & { isTold: boolean }) {
  const { readAgain, navigate } = useAfterwards()
  const param = { documentId, offerId: it.id }
  const take = useMutation({
    mutationFn: () => parseResponse(offersOf.acceptance.$post({ param }, ifMatch(etag))),
    onError: readAgain,
    onSuccess: async ({ id }) => {
      await readAgain()
      // The paper is described anew, and stands under another address.
      if (it.take?.how === 'document')
        await navigate({ to: '/archive/documents/$documentId', params: { documentId: id }, replace: true })
    },
  })
  return (
    <li className={classes.offer}>
      <Head it={it} />
      <LinePicture documentId={documentId} it={it} />
      {it.doubt !== null && <FindingNote severity="warning" message={`${it.doubt}。`} />}
      {it.finding === null || isTold ? (
        <p className={classes.hint}>
          {it.recorded === null ? '记录中没有这一项。' : `已有记录：${writtenAll(it.recorded)}。`}
        </p>
      ) : (
        <FindingNote severity="warning" message={it.finding} />
      )}
      <Namesakes it={it} />
      <ProblemNote error={take.error} />
      {(it.take !== null || can.decide) && (
        <Group gap="xs" className="no-print">
          <TakeButton
            it={it}
            personId={personId}
            documentId={documentId}
            take={() => take.mutate()}
            isBusy={take.isPending}
          />
          {can.decide && <LeaveButton label={it.label} param={param} onDone={readAgain} />}
        </Group>
      )}
      {take.error !== null && it.take?.how === 'record' && (
        <Link
          to="/development/$personId"
          params={{ personId }}
          search={{ record: it.take.kind, on: it.take.on, evidence: documentId }}
        >
          在表单里填写，可写明情况后记录
        </Link>
      )}
    </li>
  )
}

interface TakeButtonProps extends Props {
  it: OfferView
  take: () => void
  isBusy: boolean
}

/** What the record lacks is taken by one click; what it has otherwise is asked about, or goes through a form. */
function TakeButton({ it, personId, documentId, take, isBusy }: TakeButtonProps) {
  if (it.take === null) return null
  const name = `采用：${it.label} ${written(it.value)}`
  if (it.take.how === 'form') {
    const { kind, actId, on, names } = it.take
    return (
      <LinkButton
        to="/development/$personId"
        params={{ personId }}
        search={{
          ...(actId === undefined ? { record: kind } : { correct: actId }),
          ...(on && { on }),
          ...(names && { names: names.join('、') }),
          evidence: documentId,
        }}
        aria-label={`${name}（打开表单）`}
      >
        采用…
      </LinkButton>
    )
  }
  if (it.take.how === 'person' && it.state === 'different')
    return (
      <ConfirmButton
        question={`登记的${it.label}将改为 ${written(it.value)}，修改前后的内容会留下记录。`}
        confirmLabel="改为材料上的"
        onConfirm={take}
        isBusy={isBusy}
        variant="filled"
      >
        采用
      </ConfirmButton>
    )
  return (
    <Button onClick={take} loading={isBusy} aria-label={name}>
      采用
    </Button>
  )
}

function LeftOffer({ it, documentId, can }: OfferProps) {
  const { readAgain } = useAfterwards()
  const again = useMutation({
    mutationFn: () => parseResponse(offersOf.refusal.$delete({ param: { documentId, offerId: it.id } })),
    onSettled: readAgain,
  })
  return (
    <li className={classes.offer}>
      <Head it={it} />
      {it.left && (
        <p className={classes.hint}>
          {it.left.by}于 <InstantText at={it.left.at} /> 决定不采用
          {it.left.reason !== null && `：${it.left.reason}`}
        </p>
      )}
      <ProblemNote error={again.error} />
      {can.decide && (
        <Button
          variant="default"
          size="compact-sm"
          className="no-print"
          aria-label={`恢复：${it.label} ${written(it.value)}`}
          onClick={() => again.mutate()}
          loading={again.isPending}
        >
          恢复
        </Button>
      )}
    </li>
  )
}

const stateNames = { same: '与记录一致', unrecorded: '未记录', different: '与记录不一致' } as const

/** A day as people write it; anything else as it stands on the paper. */
const written = (value: string): string => (isDay(value) || isMonth(value) ? dayWritten(value) : value)

/** The same of several in one text. */
const writtenAll = (values: string): string => values.split('、').map(written).join('、')

function Head({ it }: { it: OfferView }) {
  return (
    <p className={classes.head}>
      <span>{it.label}</span> <strong>{written(it.value)}</strong>{' '}
      <span className={classes.state} data-state={it.state}>
        {stateNames[it.state]}
      </span>
    </p>
  )
}

/** Who is called so: one is told, of several a person says who it is. */
function Namesakes({ it: { namesakes, value } }: { it: OfferView }) {
  if (namesakes === null) return null
  if (namesakes.length === 0) return <p className={classes.hint}>您负责的范围内没有叫“{value}”的人，请核对姓名。</p>
  return (
    <p className={classes.hint}>
      {namesakes.length > 1 && `有 ${namesakes.length} 人叫“${value}”，请核对是哪一位：`}
      {namesakes.map((it) => [it.organization, it.studentNumber].filter((part) => part !== null).join(' ')).join('；')}
    </p>
  )
}

function useAfterwards() {
  const readRecord = useReadAgain()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const readAgain = async () => {
    await Promise.all([readRecord(), queries.invalidateQueries({ queryKey: archiveKey })])
  }
  return { readAgain, navigate }
}
