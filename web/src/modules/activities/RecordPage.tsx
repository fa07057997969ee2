import { Button, NumberInput, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { ActivityView } from '@zhibu/server/modules/activities/schema'
import { parseResponse } from 'hono/client'
import { type FormEvent, lazy, Suspense, useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { isChanged } from '../../ui/ChangedMeanwhile.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { missingOf } from '../../ui/StillMissing.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { contentOf } from '../media/api.ts'
import classes from './Activities.module.css'
import { activityClient, activityQuery, mediumOf } from './api.ts'
import { changesOf } from './draft.ts'
import { SaveRow } from './SaveRow.tsx'
import { useWrite } from './useWrite.ts'
import { whenOf } from './words.ts'

const MediaPicker = lazy(async () => ({ default: (await import('../media/MediaPicker.tsx')).MediaPicker }))
const route = getRouteApi('/signed-in/activities/$activityId/record')

/** Writes down what happened at an activity. */
export function RecordPage() {
  const { activityId } = route.useParams()
  const { data, error, refetch } = useQuery(activityQuery(activityId))
  const breadcrumbs = [
    { label: '活动', to: '/activities' },
    ...(data ? [{ label: data.value.title, to: `/activities/${activityId}` }] : []),
  ]
  return (
    <Page
      title="活动记录"
      breadcrumbs={breadcrumbs}
      {...(data && { subtitle: [whenOf(data.value), data.value.place].filter((it) => it !== '').join('，') })}
      lead="写几句话就行。不用记谁来了谁没来；照片自愿放，不放也行。"
    >
      {data ? (
        <Form key={activityId} latest={data} onRead={() => void refetch()} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <PageLoading />
      )}
    </Page>
  )
}

const mostPictures = 20

interface Shown {
  id: string
  src: string
  altText: string
}

function Form({ latest, onRead }: { latest: { value: ActivityView; etag: string }; onRead: () => void }) {
  const navigate = useNavigate()
  // The one that was opened; the latest comes in by itself, and is what the next saving goes by after a refusal.
  const [opened, setOpened] = useState(latest)
  const it = opened.value
  const before = it.record
  const [happened, setHappened] = useState(before?.happened ?? '')
  const [headcount, setHeadcount] = useState(before?.headcount ?? null)
  const [summary, setSummary] = useState(before?.summary ?? '')
  const [pictures, setPictures] = useState<Shown[]>(() =>
    (before?.pictures ?? []).map(({ mediaId, altText }) => ({
      ...{ id: mediaId, altText },
      src: mediumOf(it.id, mediaId, 480),
    })),
  )
  const [isPicking, setIsPicking] = useState(false)
  const [isTouched, setIsTouched] = useState(false)
  const save = useWrite(
    () =>
      parseResponse(
        activityClient.record.$put(
          {
            param: { activityId: it.id },
            json: { happened, headcount, summary, pictureIds: pictures.map(({ id }) => id) },
          },
          ifMatch(opened.etag),
        ),
      ),
    () => void navigate({ to: '/activities/$activityId', params: { activityId: it.id }, replace: true }),
  )
  useUnsaved(isTouched && !save.isSuccess)
  const needs = { 活动情况: happened.trim().length >= 2 }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (missingOf(needs).length > 0 || save.isPending) return
    save.mutate(undefined, {
      onError: (error) => {
        if (isChanged(error)) onRead()
      },
    })
  }
  return (
    <form onSubmit={submit} onInput={() => setIsTouched(true)} className={classes.form} noValidate>
      <Section title="办得怎么样">
        <div className={classes.form}>
          <Textarea
            label="活动情况"
            description="做了什么，说了什么，有什么值得记下来的"
            value={happened}
            onChange={(event) => setHappened(event.currentTarget.value)}
            error={problemIn(save.error, 'happened')}
            maxLength={5_000}
            autosize
            minRows={6}
            required
          />
          <Textarea
            label="小结（可不填）"
            description="下次怎么办得更好，给以后的人参考"
            value={summary}
            onChange={(event) => setSummary(event.currentTarget.value)}
            error={problemIn(save.error, 'summary')}
            maxLength={2_000}
            autosize
            minRows={2}
          />
          <NumberInput
            label="大约多少人（可不填）"
            value={headcount ?? ''}
            onChange={(value) => setHeadcount(typeof value === 'number' ? value : null)}
            error={problemIn(save.error, 'headcount')}
            min={0}
            max={100_000}
            allowDecimal={false}
            maw={240}
          />
        </div>
      </Section>
      <Section
        title="照片"
        lead="可不放。能认出人的照片，请先问过本人。"
        actions={
          <Button variant="default" onClick={() => setIsPicking(true)} disabled={pictures.length >= mostPictures}>
            添加照片
          </Button>
        }
      >
        {pictures.length === 0 ? (
          <p className={parts.note}>没有照片。</p>
        ) : (
          <div className={classes.pictures}>
            {pictures.map(({ id, src, altText }) => (
              <figure key={id}>
                <img src={src} alt={altText} loading="lazy" />
                <figcaption>
                  {altText}{' '}
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    color="gray"
                    aria-label={`去掉照片${altText}`}
                    onClick={() => {
                      setIsTouched(true)
                      setPictures((all) => all.filter((one) => one.id !== id))
                    }}
                  >
                    去掉
                  </Button>
                </figcaption>
              </figure>
            ))}
          </div>
        )}
      </Section>
      <SaveRow
        activityId={it.id}
        submitLabel="保存记录"
        needs={needs}
        isBusy={save.isPending}
        error={save.error}
        changes={changesOf(it, latest.value)}
        onKeep={() => {
          setOpened(latest)
          save.reset()
        }}
      />
      {isPicking && (
        <Suspense>
          <MediaPicker
            kind="picture"
            isMultiple
            onChoose={(items) => {
              setIsTouched(true)
              setPictures((all) =>
                [
                  ...all,
                  ...items
                    .filter((one) => all.every(({ id }) => id !== one.id))
                    .map((one) => ({ id: one.id, src: contentOf(one, 480), altText: one.altText })),
                ].slice(0, mostPictures),
              )
              setIsPicking(false)
            }}
            onClose={() => setIsPicking(false)}
          />
        </Suspense>
      )}
    </form>
  )
}
