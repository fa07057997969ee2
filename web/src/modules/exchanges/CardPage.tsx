import { Alert, Badge, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { CardView } from '@zhibu/server/modules/exchanges/card-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { Section } from '../../ui/Section.tsx'
import { Adoptions } from './Adoptions.tsx'
import { cardClient, cardQuery, exchangesKey, versionsQuery } from './api.ts'
import { ChangeCardDialog } from './CardDialog.tsx'
import classes from './Exchanges.module.css'
import { PracticeView } from './PracticeView.tsx'

const route = getRouteApi('/signed-in/training/exchanges/cards/$cardId')
const breadcrumbs = [
  { label: '培训', to: '/training' },
  { label: '经验交流', to: '/training/exchanges' },
  { label: '做法库', to: '/training/exchanges?list=cards' },
]

/** One practice: what it is, who tries it, and what they report. */
export function CardPage() {
  const { cardId } = route.useParams()
  const { data, error, refetch } = useQuery(cardQuery(cardId))
  const it = data?.value
  if (!data || !it)
    return (
      <Page title="做法卡片" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  return (
    <Page
      title={it.title}
      breadcrumbs={breadcrumbs}
      subtitle={
        <>
          {it.authorName}，{it.institution}；{it.publishedBy}整理，
          <InstantText at={it.publishedAt} />
        </>
      }
      actions={<Actions it={it} etag={data.etag} />}
    >
      {it.withdrawn && (
        <Alert color="red" title="这张做法卡片已经撤回">
          {it.withdrawn.reason}
        </Alert>
      )}
      {it.done !== '' && (
        <Section title="做法卡片">
          <div className={parts.form}>
            <PracticeView it={it} />
            {it.topics.length > 0 && (
              <nav aria-label="主题" className={classes.topics}>
                {it.topics.map((topic) => (
                  <Link key={topic} to="/training/exchanges" search={{ list: 'cards', topic }}>
                    {topic}
                  </Link>
                ))}
              </nav>
            )}
          </div>
        </Section>
      )}
      <Adoptions it={it} />
      {it.version > 1 && it.done !== '' && <Versions it={it} />}
    </Page>
  )
}

function Actions({ it, etag }: { it: CardView; etag: string }) {
  const [asked, setAsked] = useState<'change' | 'withdraw'>()
  const close = () => setAsked(undefined)
  if (!it.can.change) return null
  return (
    <>
      <Button variant="default" onClick={() => setAsked('change')}>
        修改卡片
      </Button>
      <Button variant="default" onClick={() => setAsked('withdraw')}>
        撤回卡片
      </Button>
      {asked === 'change' && <ChangeCardDialog it={it} etag={etag} onClose={close} />}
      {asked === 'withdraw' && (
        <ReasonDialog
          title="撤回做法卡片"
          lead="做法库里不再列出，正在试的单位看得到已经撤回和原因，他们的反馈都保留。撤回后不能恢复。"
          label="撤回原因"
          submitLabel="撤回卡片"
          write={(reason) => parseResponse(cardClient.withdrawal.$post({ param: { cardId: it.id }, json: { reason } }))}
          changes={exchangesKey}
          onClose={close}
        />
      )}
    </>
  )
}

function Versions({ it }: { it: CardView }) {
  const [isOpen, setIsOpen] = useState(false)
  const { data, error, refetch } = useQuery({ ...versionsQuery(it.id), enabled: isOpen })
  return (
    <Section
      title="以前的版本"
      lead={`现在是第 ${it.version} 版。`}
      actions={
        <Button variant="default" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? '收起' : '查看以前的版本'}
        </Button>
      }
    >
      {!isOpen ? null : !data ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading lines={3} />
        )
      ) : (
        <ol className={classes.reports} reversed>
          {data.items.map((version) => (
            <li key={version.version}>
              <p className={classes.said}>
                第 {version.version} 版 <InstantText at={version.savedAt} /> {version.savedBy}{' '}
                {version.version === it.version && <Badge color="blue">现在的版本</Badge>}
              </p>
              {version.change !== '' && <p className={classes.line}>改了什么：{version.change}</p>}
              {version.version !== it.version && <PracticeView it={version} />}
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}
