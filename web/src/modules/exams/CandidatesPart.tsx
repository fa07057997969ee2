import { Badge, Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { candidateStateNames } from '@zhibu/server/modules/exams/names-schema'
import type { CandidateRow, ExamView } from '@zhibu/server/modules/exams/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { DownloadButton } from '../../ui/DownloadButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { type Row, RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { AddCandidatesDialog } from './AddCandidatesDialog.tsx'
import { ArrangementDialog } from './ArrangementDialog.tsx'
import { candidatesQuery, examClient, examsKey, exportAt } from './api.ts'
import { arrangementInWords, resultInWords } from './inWords.ts'
import { useWrite } from './useWrite.ts'

/** So many candidates are shown at once, and looked through without a field to search in. */
const shownAtOnce = 50
const few = 10

type Asked = { for: 'adding' } | { for: 'arrangement' | 'withdrawal'; it: CandidateRow }

/** Who takes an examination, and what came of it: by organisation and name, in no order of results. */
export function CandidatesPart({ exam }: { exam: ExamView }) {
  const { data, error, refetch } = useQuery(candidatesQuery(exam.id))
  const [asked, setAsked] = useState<Asked>()
  const items = data?.items ?? []
  const ready = items.filter((it) => it.can.confirm)
  const confirm = useWrite((personIds: string[]) =>
    parseResponse(examClient.confirmations.$post({ param: { examId: exam.id }, json: { personIds } })),
  )
  const close = () => setAsked(undefined)
  return (
    <Section
      title="考生和成绩"
      lead="按组织和姓名排列。成绩由您确认以后才作数；只有本人和主办的人看得到。"
      actions={
        <>
          <Button onClick={() => setAsked({ for: 'adding' })}>添加考生</Button>
          {ready.length > 0 && (
            <ConfirmButton
              question={`确认 ${ready.length} 人的成绩，各取最好的一次。请先核对。确认以后要改的，先撤销确认。`}
              confirmLabel="确认全部成绩"
              isBusy={confirm.isPending}
              onConfirm={() => confirm.mutate(ready.map((it) => it.person.id))}
            >
              确认全部成绩
            </ConfirmButton>
          )}
          {items.length > 0 && (
            <DownloadButton url={exportAt(exam.id)} body={{}}>
              导出成绩表
            </DownloadButton>
          )}
        </>
      }
    >
      <ProblemNote error={confirm.error} />
      {!data ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )
      ) : items.length === 0 ? (
        <EmptyState title="还没有考生">点“添加考生”，逐个查找、按支部勾选，或者粘贴学号。</EmptyState>
      ) : (
        <Candidates
          exam={exam}
          items={items}
          onConfirm={(it) => confirm.mutate([it.person.id])}
          onAsk={(wanted, it) => setAsked({ for: wanted, it })}
        />
      )}
      {asked?.for === 'adding' && <AddCandidatesDialog examId={exam.id} onClose={close} />}
      {asked?.for === 'arrangement' && <ArrangementDialog exam={exam} it={asked.it} onClose={close} />}
      {asked?.for === 'withdrawal' && (
        <ReasonDialog
          title={`撤销确认：${asked.it.person.name}`}
          lead="撤销以后这个成绩不再作数，可以更正后重新确认。原来的确认和原因留在记录里。"
          label="撤销原因"
          submitLabel="撤销确认"
          write={(reason) =>
            parseResponse(
              examClient.confirmations[':personId'].withdrawal.$post({
                param: { examId: exam.id, personId: asked.it.person.id },
                json: { reason },
              }),
            )
          }
          changes={examsKey}
          onClose={close}
        />
      )}
    </Section>
  )
}

interface CandidatesProps {
  exam: ExamView
  items: readonly CandidateRow[]
  onConfirm: (it: CandidateRow) => void
  onAsk: (wanted: 'arrangement' | 'withdrawal', it: CandidateRow) => void
}

function Candidates({ exam, items, onConfirm, onAsk }: CandidatesProps) {
  const [sought, setSought] = useState('')
  const [shown, setShown] = useState(shownAtOnce)
  const remove = useWrite((personId: string) =>
    parseResponse(examClient.candidates[':personId'].$delete({ param: { examId: exam.id, personId } })),
  )
  const word = sought.trim()
  const found = items.filter((it) =>
    `${it.person.name} ${it.person.studentNumber ?? ''} ${it.organization}`.includes(word),
  )
  const row = (it: CandidateRow): Row => ({
    key: it.person.id,
    title: it.person.name,
    mark: <Badge color={it.confirmed ? 'green' : it.state === 'underWay' ? 'blue' : 'gray'}>{stateOf(it)}</Badge>,
    facts: [
      it.organization,
      it.person.studentNumber,
      ...resultInWords(it),
      it.arrangement && arrangementInWords(it.arrangement),
    ],
    actions: (
      <div className={parts.buttons}>
        {it.can.confirm && (
          <Button size="compact-sm" aria-label={`确认成绩：${it.person.name}`} onClick={() => onConfirm(it)}>
            确认成绩
          </Button>
        )}
        {it.can.arrange && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`便利安排：${it.person.name}`}
            onClick={() => onAsk('arrangement', it)}
          >
            便利安排
          </Button>
        )}
        {it.confirmed && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`撤销确认：${it.person.name}`}
            onClick={() => onAsk('withdrawal', it)}
          >
            撤销确认
          </Button>
        )}
        {it.can.remove && (
          <ConfirmButton
            question={`把${it.person.name}移出考生名单。`}
            confirmLabel="移出名单"
            isQuiet
            onConfirm={() => remove.mutate(it.person.id)}
          >
            移出名单
          </ConfirmButton>
        )}
      </div>
    ),
  })
  return (
    <div className={parts.form}>
      <p className={parts.note} role="status">
        {countsOf(items)}
      </p>
      {items.length > few && (
        <search className="no-print">
          <TextInput
            aria-label="查找考生"
            placeholder="姓名、学号或组织"
            type="search"
            value={sought}
            onChange={(event) => setSought(event.currentTarget.value)}
            maxLength={50}
          />
        </search>
      )}
      <ProblemNote error={remove.error} />
      {found.length === 0 ? (
        <EmptyState title={`没有找到“${word}”`}>请换个词。</EmptyState>
      ) : (
        <RowList label="考生" rows={found.slice(0, shown).map(row)} />
      )}
      {found.length > shown && (
        <div className="no-print">
          <Button variant="default" onClick={() => setShown(shown + shownAtOnce)}>
            再显示 {Math.min(shownAtOnce, found.length - shown)} 人
          </Button>
        </div>
      )}
    </div>
  )
}

const stateOf = (it: CandidateRow): string => (it.confirmed ? '已确认' : candidateStateNames[it.state])

/** How many have come how far; shares and means are not told. */
function countsOf(items: readonly CandidateRow[]): string {
  const withResult = items.filter((it) => it.best !== null).length
  const confirmed = items.filter((it) => it.confirmed !== null).length
  return `${items.length} 名考生，${withResult} 人有成绩，${confirmed} 人已确认。`
}
