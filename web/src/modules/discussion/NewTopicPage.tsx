import { Alert, Button, Checkbox, Radio, Select, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Place } from '@zhibu/server/modules/discussion/schema'
import { isBlank, plainText } from '@zhibu/server/platform/rich-text/reading-schema'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useListWhenOpened } from '../../ui/listWhenOpened.ts'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { missingOf, StillMissing } from '../../ui/StillMissing.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { callQuery, ownProtectedQuery, placesQuery, protectedClient, topicsClient } from './api.ts'
import { blankPost, paragraphsOf } from './blankPost.ts'
import classes from './Discussion.module.css'
import { PostField } from './PostField.tsx'
import { ProtectionExplained, useOpeners } from './ProtectionExplained.tsx'
import { useWrite } from './useWrite.ts'
import { writingNames } from './words.ts'

const route = getRouteApi('/signed-in/discussion/new')

/** 发起话题: a discussion, question, suggestion, complaint, or an idea for a call; under the own name or with it kept back. */
export function NewTopicPage() {
  const { call } = route.useSearch()
  const places = useQuery(placesQuery)
  return (
    <Page title={call === undefined ? '发起话题' : '写来稿'} breadcrumbs={[{ label: '交流', to: '/discussion' }]}>
      {places.error ? (
        <ErrorState error={places.error} onRetry={() => void places.refetch()} />
      ) : !places.data ? (
        <PageLoading />
      ) : places.data.items.length === 0 ? (
        <EmptyState title="现在没有可以交流的组织">登记到一个党支部以后，就可以在这里发起话题。</EmptyState>
      ) : (
        <Form key={call} places={places.data.items} callId={call} />
      )}
    </Page>
  )
}

const { idea: _, ...ownKinds } = writingNames
const hints: Readonly<Record<keyof typeof ownKinds, string>> = {
  discussion: '有事想和大家商量',
  question: '有不明白的，请大家解答',
  suggestion: '希望改进的，有答复期限，办到哪一步都看得到',
  complaint: '反映问题，只有您和负责答复的人看得到',
}

function Form({ places, callId }: { places: readonly Place[]; callId: string | undefined }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const list = useListWhenOpened()
  // Asked for by whoever opens the page: a request at the moment of the choice would tell of it.
  const openers = useOpeners()
  const call = useQuery({ ...callQuery(callId ?? ''), enabled: callId !== undefined }).data?.value
  const [kind, setKind] = useState(codeIn(ownKinds, search.kind) ?? 'discussion')
  const [chosen, setChosen] = useState(search.place)
  const [isProtected, setIsProtected] = useState(false)
  const [hasRead, setHasRead] = useState(false)
  const [title, setTitle] = useState('')
  const [body, setBody] = useState(blankPost)
  const [text, setText] = useState('')
  const writable = places.filter((it) => (kind === 'complaint' ? it.can.complain : it.can.write))
  // The own branch stands lowest of those to which one belongs.
  const usual = writable.filter((it) => it.isOwn).at(-1) ?? writable[0]
  const organizationId = call?.organization.id ?? writable.find((it) => it.id === chosen)?.id ?? usual?.id ?? ''
  const keepsName = callId === undefined && (kind === 'suggestion' || kind === 'complaint') && isProtected

  /** What was typed goes along where the field becomes another one; formatted words stay formatted until they are changed without. */
  const choose = (next: { kind?: typeof kind; isProtected?: boolean }) => {
    const [ofKind, keeps] = [next.kind ?? kind, next.isProtected ?? isProtected]
    const willKeep = (ofKind === 'suggestion' || ofKind === 'complaint') && keeps
    if (willKeep && !keepsName && !isBlank(body)) setText(plainText(body))
    if (!willKeep && keepsName && text !== plainText(body)) setBody(paragraphsOf(text))
    setKind(ofKind)
    setIsProtected(keeps)
  }

  const send = useWrite(
    async () => {
      if (keepsName && (kind === 'suggestion' || kind === 'complaint')) {
        await parseResponse(protectedClient.$post({ json: { organizationId, kind, title, text } }))
        return undefined
      }
      const json = {
        organizationId,
        title,
        body,
        ...(callId === undefined ? { kind } : { kind: 'idea' as const, callId }),
      }
      return (await parseResponse(topicsClient.$post({ json }))).id
    },
    (topicId) => {
      setIsSent(true)
      if (topicId === undefined) void navigate({ to: '/discussion', search: { list: 'protected' } })
      else void navigate({ to: '/discussion/topics/$topicId', params: { topicId } })
    },
    keepsName ? ownProtectedQuery.queryKey : undefined,
  )
  const [isSent, setIsSent] = useState(false)
  useUnsaved(!isSent && (title !== '' || text !== '' || !isBlank(body)))
  const needs = {
    标题: title.trim().length >= 4,
    正文: keepsName ? text.trim().length >= 10 : !isBlank(body),
    ...(keepsName && { 确认已看明白: hasRead }),
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (missingOf(needs).length === 0 && !send.isPending) send.mutate()
  }
  return (
    <form onSubmit={submit} className={classes.form} noValidate>
      <Section title={call ? `应征：${call.title}` : '写什么，在哪里'}>
        {callId === undefined && (
          <Radio.Group
            label="种类"
            value={kind}
            onChange={(value) => choose({ kind: codeIn(ownKinds, value) ?? kind })}
          >
            <div className={classes.pair}>
              {choicesOf(ownKinds).map(({ value, label }) => (
                <Radio key={value} value={value} label={label} description={hints[value]} mt="xs" />
              ))}
            </div>
          </Radio.Group>
        )}
        {call ? (
          <p className={parts.note}>{call.organization.name}</p>
        ) : (
          <Select
            label={kind === 'suggestion' || kind === 'complaint' ? '向哪个组织提' : '在哪个组织'}
            description={
              kind === 'complaint' || keepsName
                ? '由这个组织负责答复的人办理，其他人看不到。反映本组织负责人的，请选它的上级。'
                : '这个组织和它下级的人都看得到。'
            }
            data={writable.map((it) => ({ value: it.id, label: it.name }))}
            value={organizationId}
            onChange={(value) => setChosen(value ?? undefined)}
            allowDeselect={false}
            searchable
            required
            {...list}
          />
        )}
        {callId === undefined && (kind === 'suggestion' || kind === 'complaint') && (
          <Radio.Group
            label="署名"
            value={isProtected ? 'protected' : 'named'}
            onChange={(value) => choose({ isProtected: value === 'protected' })}
          >
            <Radio value="named" label="署名提交" mt="xs" />
            <Radio
              value="protected"
              label="隐去身份提交"
              description="用化名。答复的人不知道是谁写的，次日早上统一转交。"
              mt="xs"
            />
          </Radio.Group>
        )}
      </Section>
      {keepsName && <ProtectionExplained openers={openers} />}
      {kind === 'complaint' && !keepsName && callId === undefined && (
        <Alert color="gray" title="投诉反映的答复">
          署名提交的，负责答复的人看得到您的姓名，其他人看不到这个话题。
        </Alert>
      )}
      <Section title="内容">
        <TextInput
          label="标题"
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          error={problemIn(send.error, 'title')}
          maxLength={80}
          description={title.length > 60 ? `${title.length} / 80 字` : undefined}
          autoComplete="off"
          required
        />
        {keepsName ? (
          <>
            <Textarea
              label="正文"
              description="只写文字。请避免写出只有您知道的细节，那样的细节会让人认出您。"
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              error={problemIn(send.error, 'text')}
              maxLength={5_000}
              autosize
              minRows={6}
              autoComplete="off"
              required
            />
            <Checkbox
              label="我看明白了上面写的：存什么，谁能看、怎么看"
              checked={hasRead}
              onChange={(event) => setHasRead(event.currentTarget.checked)}
            />
          </>
        ) : (
          <PostField
            label="正文"
            start={body}
            onChange={setBody}
            at={{ organizationId }}
            isConfidential={kind === 'complaint'}
            error={problemIn(send.error, 'body')}
          />
        )}
      </Section>
      <ProblemNote error={send.error} isKept />
      <div className={parts.buttons}>
        <Button type="submit" loading={send.isPending} disabled={missingOf(needs).length > 0}>
          {keepsName ? '隐去身份提交' : '发表'}
        </Button>
        <StillMissing needs={needs} />
      </div>
    </form>
  )
}
