import { Badge, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { isDay } from '@zhibu/rules'
import { stateNames, topicKindNames } from '@zhibu/server/modules/discussion/names-schema'
import type { OwnProtected as OwnProtectedList } from '@zhibu/server/modules/discussion/schema'
import { useState } from 'react'
import { DayText } from '../../ui/DayText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { ownProtectedQuery } from './api.ts'
import classes from './Discussion.module.css'
import { stateColours } from './words.ts'

/** What the reader has written under protection, and whether anybody has asked who it was. */
export function OwnProtected() {
  const { data, error, refetch } = useQuery(ownProtectedQuery)
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <PageLoading />
  if (data.items.length === 0)
    return (
      <EmptyState
        title="没有隐去身份提交的建议或投诉"
        action={
          <LinkButton variant="default" to="/discussion/new" search={{ kind: 'complaint' }}>
            写建议或投诉反映
          </LinkButton>
        }
      >
        您隐去身份提交的列在这里，只有您自己看得到。
      </EmptyState>
    )
  return (
    <Section title="隐去身份提交的" lead="只有您自己看得到这一页。没有新回复的提醒，请过几天来看。">
      <RowList
        label="隐去身份提交的"
        rows={data.items.map((it) => ({
          key: it.id,
          title: it.isHandedOver ? (
            <Link to="/discussion/protected/$topicId" params={{ topicId: it.id }} className={classes.topic}>
              {it.title}
            </Link>
          ) : (
            <WaitingTopic it={it} />
          ),
          mark: (
            <>
              <Badge variant="default">{topicKindNames[it.kind]}</Badge>{' '}
              {it.state ? (
                <Badge color={stateColours[it.state]}>{stateNames[it.state]}</Badge>
              ) : (
                <Badge color="gray">等待次日转交</Badge>
              )}
            </>
          ),
          facts: [
            it.organization.name,
            `化名“${it.pseudonym}”`,
            it.isHandedOver && (it.replyCount > 0 ? `${it.replyCount} 条回复` : '还没有回复'),
            it.promisedOn !== null && isDay(it.promisedOn) && (it.state === 'received' || it.state === 'looking') && (
              <span key="promise">
                答复期限 <DayText on={it.promisedOn} relative="deadline" />
              </span>
            ),
            waitingWords(it),
            it.hiddenCount > 0 && `有 ${it.hiddenCount} 条已被隐藏，打开看原因，可以申诉`,
            it.openingCount > 0 ? `有 ${it.openingCount} 项查看身份的申请` : '没有人申请查看身份',
          ],
        }))}
      />
    </Section>
  )
}

type Own = OwnProtectedList['items'][number]

/** What waits to be handed over besides the topic itself. */
function waitingWords({ waitingLetters }: Own): string | undefined {
  const replies = waitingLetters.filter((it) => it.kind === 'reply').length
  const appeals = waitingLetters.length - replies
  const words = [...(replies > 0 ? [`${replies} 封补充说明`] : []), ...(appeals > 0 ? [`${appeals} 份申诉`] : [])]
  return words.length > 0 ? `${words.join('、')}等待次日转交` : undefined
}

/** What nobody but its author has read yet. */
function WaitingTopic({ it }: { it: Own }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      {it.title}{' '}
      <Button size="compact-sm" variant="subtle" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {isOpen ? '收起' : '看写了什么'}
      </Button>
      {isOpen && <p className={classes.text}>{it.waitingText}</p>}
    </>
  )
}
