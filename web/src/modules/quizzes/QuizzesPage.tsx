import { Badge, Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { roomPhaseNames } from '@zhibu/server/modules/quizzes/names-schema'
import type { RoomRow } from '@zhibu/server/modules/quizzes/room-schema'
import type { QuizRow } from '@zhibu/server/modules/quizzes/schema'
import { useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { quizListQuery, roomListQuery } from './api.ts'
import { EnterRoom } from './EnterRoom.tsx'
import { NewQuizDialog } from './NewQuizDialog.tsx'
import { phaseColours } from './phaseColours.ts'

/** 答题: a way into a room, the rooms that are open, and the sets that one may answer alone. */
export function QuizzesPage() {
  const navigate = useNavigate()
  const { data, error, refetch } = useQuery(quizListQuery)
  const [isNew, setIsNew] = useState(false)
  const holds = (data?.organizations.length ?? 0) > 0
  return (
    <Page
      title="答题"
      breadcrumbs={[{ label: '活动', to: '/activities' }]}
      lead="自己答，或者一起现场答。每答一题，就有解析和出处。谁答了什么只有本人看得到，不计分、不排名。"
      actions={holds && <Button onClick={() => setIsNew(true)}>新建题集</Button>}
    >
      <Rooms />
      <Section title="题集">
        {!data ? (
          error ? (
            <ErrorState error={error} onRetry={() => void refetch()} />
          ) : (
            <PageLoading />
          )
        ) : (
          <Quizzes items={data.items} holds={holds} />
        )}
      </Section>
      <PastRooms />
      {isNew && data && (
        <NewQuizDialog
          organizations={data.organizations}
          onClose={() => setIsNew(false)}
          onDone={(quizId) => void navigate({ to: '/quizzes/$quizId', params: { quizId } })}
        />
      )}
    </Page>
  )
}

function Rooms() {
  const { data, error, refetch } = useQuery(roomListQuery)
  return (
    <Section title="现场答题" lead="大屏上有二维码和 6 位答题码，用手机扫码或者在这里填写，就能参加。">
      <div className={parts.form}>
        <EnterRoom />
        {!data ? (
          error ? (
            <ErrorState error={error} onRetry={() => void refetch()} />
          ) : (
            <PageLoading lines={2} />
          )
        ) : data.open.length === 0 ? (
          <p className={parts.note}>本组织现在没有正在进行的现场答题。</p>
        ) : (
          <RowList label="正在进行的现场答题" rows={data.open.map(openRow)} />
        )}
      </div>
    </Section>
  )
}

const openRow = (it: RoomRow) => ({
  key: it.id,
  title: (
    <Link to="/quizzes/rooms/$roomId" params={{ roomId: it.id }} className={parts.link}>
      {it.title}
    </Link>
  ),
  mark: <Badge color={phaseColours[it.phase]}>{roomPhaseNames[it.phase]}</Badge>,
  facts: [it.organization.name, `答题码 ${it.code}`, `${it.players} 人参加`],
  actions: (
    <LinkButton to="/quizzes/rooms/$roomId" params={{ roomId: it.id }} aria-label={`参加：${it.title}`}>
      参加
    </LinkButton>
  ),
})

/** So many sets are looked through without a field to search in. */
const fewSets = 10

function Quizzes({ items, holds }: { items: readonly QuizRow[]; holds: boolean }) {
  const [sought, setSought] = useState('')
  const word = sought.trim()
  const found = items.filter((it) => `${it.title} ${it.summary} ${it.organization.name}`.includes(word))
  if (items.length === 0)
    return (
      <EmptyState title="还没有题集">
        {holds ? '点“新建题集”，逐题填写，或者从表格、GIFT 文件导入。' : '组织者发布以后，列在这里。'}
      </EmptyState>
    )
  return (
    <div className={parts.form}>
      {items.length > fewSets && (
        <search className="no-print">
          <TextInput
            aria-label="查找题集"
            placeholder="名称、说明或组织"
            type="search"
            value={sought}
            onChange={(event) => setSought(event.currentTarget.value)}
            maxLength={50}
          />
        </search>
      )}
      {found.length === 0 ? (
        <EmptyState title={`没有找到“${word}”`}>请换个词。</EmptyState>
      ) : (
        <RowList label="题集" rows={found.map(quizRow)} />
      )}
    </div>
  )
}

const quizRow = (it: QuizRow) => ({
  key: it.id,
  title: (
    <Link to="/quizzes/$quizId" params={{ quizId: it.id }} className={parts.link}>
      {it.title}
    </Link>
  ),
  mark: it.isPublished ? undefined : <Badge color="gray">未发布</Badge>,
  facts: [it.organization.name, `${it.questionCount} 题`, it.summary],
  actions: it.isPublished && it.questionCount > 0 && (
    <LinkButton
      variant="default"
      to="/quizzes/$quizId/play"
      params={{ quizId: it.id }}
      aria-label={`开始答题：${it.title}`}
    >
      开始答题
    </LinkButton>
  ),
})

function PastRooms() {
  const past = useQuery(roomListQuery).data?.past ?? []
  if (past.length === 0) return null
  return (
    <Section title="以前的现场答题" lead="点开看各题的作答情况，复制活动记录用的文字。">
      <RowList
        label="以前的现场答题"
        rows={past.map((it) => ({
          key: it.id,
          title: (
            <Link to="/quizzes/rooms/$roomId/screen" params={{ roomId: it.id }} className={parts.link}>
              {it.title}
            </Link>
          ),
          facts: [it.organization.name, <InstantText key="at" at={it.openedAt} />, `${it.players} 人参加`],
        }))}
      />
    </Section>
  )
}
