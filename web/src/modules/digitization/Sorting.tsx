import { Alert, Badge, Button, Checkbox } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { partStateNames } from '@zhibu/server/modules/digitization/names-schema'
import type { Filings, StackPart, StackView } from '@zhibu/server/modules/digitization/schema'
import { parseResponse } from 'hono/client'
import { useEffect, useRef, useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { Section } from '../../ui/Section.tsx'
import { archiveKey } from '../archive/key.ts'
import { digitizationClient, digitizationKey } from './api.ts'
import { PartView } from './PartView.tsx'
import classes from './Sorting.module.css'
import { pagesText, partTitle } from './words.ts'

const route = getRouteApi('/signed-in/digitization/$stackId')

/** So many parts are filed in one request, so that one sees how it goes on. */
const filedAtOnce = 10

/** The parts of a stack, one after another: looked at, put right, filed; by keys too. */
export function Sorting({ it }: { it: StackView }) {
  const { part: chosen } = route.useSearch()
  const navigate = route.useNavigate()
  // In the place of the part before: going back leads out of the stack, however many parts were looked at.
  const setChosen = (part: string | undefined) => void navigate({ search: { part }, replace: true, resetScroll: false })
  const [isOpenOnly, setIsOpenOnly] = useState(false)
  const shown = it.parts.filter((part) => !isOpenOnly || part.state === 'proposed' || part.id === chosen)
  const current =
    shown.find((part) => part.id === chosen) ?? shown.find((part) => part.state === 'proposed') ?? shown[0]
  const at = current === undefined ? -1 : shown.indexOf(current)
  const go = (step: number) => {
    const next = shown[at + step]
    if (next) setChosen(next.id)
  }
  const goToOpen = () => {
    const behind = [...shown.slice(at + 1), ...shown.slice(0, at)]
    setChosen(behind.find((part) => part.state === 'proposed')?.id ?? current?.id)
  }
  useKeys(go)
  const before = current && it.parts[it.parts.indexOf(current) - 1]
  return (
    <>
      <FilingAll it={it} onShow={setChosen} />
      <Section
        title="各份材料"
        lead="键盘：Alt+N 下一份，Alt+P 上一份，Ctrl+Enter 归档这一份并到下一份待归档的。"
        actions={
          <Checkbox
            label="只看待归档的"
            checked={isOpenOnly}
            onChange={(event) => setIsOpenOnly(event.currentTarget.checked)}
          />
        }
      >
        {current === undefined ? (
          <EmptyState title="没有待归档的材料">全部归档或不归档以后，可以办结这一批。</EmptyState>
        ) : (
          <div className={classes.sorting}>
            <PartList parts={shown} current={current.id} onChoose={setChosen} />
            <div className={classes.part}>
              <div className={classes.steps}>
                <Button variant="default" disabled={at <= 0} onClick={() => go(-1)}>
                  上一份
                </Button>
                <span>
                  第 {at + 1} / {shown.length} 份
                </span>
                <Button variant="default" disabled={at >= shown.length - 1} onClick={() => go(1)}>
                  下一份
                </Button>
              </div>
              <PartView
                key={current.id}
                stack={it}
                part={current}
                before={before}
                onChoose={setChosen}
                onFiled={goToOpen}
              />
            </div>
          </div>
        )}
      </Section>
    </>
  )
}

interface ListProps {
  parts: readonly StackPart[]
  current: string
  onChoose: (id: string) => void
}

function PartList({ parts, current, onChoose }: ListProps) {
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.querySelector(`[data-part="${current}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [current])
  return (
    <nav aria-label="各份材料" className={classes.list}>
      <ul ref={list}>
        {parts.map((part) => (
          <li key={part.id} data-part={part.id}>
            <button
              type="button"
              className={classes.choice}
              aria-current={part.id === current ? 'true' : undefined}
              onClick={() => onChoose(part.id)}
            >
              <span>{partTitle(part)}</span>
              <span className={classes.facts}>
                <Badge variant="default">{part.isReady ? '可以归档' : partStateNames[part.state]}</Badge>{' '}
                {part.pages.length > 0 ? `第 ${pagesText(part.pages)} 页` : '没有页面'}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Files all parts of which cover or person say where they go, and tells of each that was not filed why. */
function FilingAll({ it, onShow }: { it: StackView; onShow: (partId: string) => void }) {
  const queries = useQueryClient()
  const ready = it.parts.filter((part) => part.isReady)
  const [done, setDone] = useState<{ count: number; of: number }>()
  const [results, setResults] = useState<Filings['results']>([])
  const fileAll = useMutation({
    mutationFn: async () => {
      setResults([])
      for (let from = 0; from < ready.length; from += filedAtOnce) {
        setDone({ count: from, of: ready.length })
        const parts = ready.slice(from, from + filedAtOnce).map(({ id, revision }) => ({ id, revision }))
        const answer = await parseResponse(
          digitizationClient.stacks[':stackId'].filings.$post({ param: { stackId: it.id }, json: { parts } }),
        )
        setResults((all) => [...all, ...answer.results])
      }
    },
    onSettled: async () => {
      setDone(undefined)
      await queries.invalidateQueries({ queryKey: archiveKey })
      await queries.invalidateQueries({ queryKey: digitizationKey })
    },
  })
  const refused = results.filter((result) => result.refusal !== null)
  return (
    <Section
      title="归档"
      lead={`共 ${it.parts.length} 份：待归档 ${it.parts.filter((part) => part.state === 'proposed').length} 份，其中 ${ready.length} 份已由封面或人工确认；已归档 ${it.parts.filter((part) => part.state === 'filed').length} 份。`}
      actions={
        <Button disabled={ready.length === 0} loading={fileAll.isPending} onClick={() => fileAll.mutate()}>
          归档全部已识别的（{ready.length} 份）
        </Button>
      }
    >
      {done && <ProgressBar label="正在归档" done={done.count} total={done.of} unit="份" />}
      <ProblemNote error={fileAll.error} />
      {results.length > 0 && !fileAll.isPending && (
        <Alert
          role="status"
          color={refused.length === 0 ? 'green' : 'yellow'}
          title={`归档了 ${results.length - refused.length} 份`}
        >
          {refused.length > 0 && (
            <>
              {refused.length} 份没有归档：
              <ul className={classes.refused}>
                {refused.map(({ partId, refusal }) => {
                  const part = it.parts.find(({ id }) => id === partId)
                  return (
                    <li key={partId}>
                      <Button variant="subtle" size="compact-sm" onClick={() => onShow(partId)}>
                        {part ? partTitle(part) : '这一份'}
                      </Button>
                      {refusal}
                    </li>
                  )
                })}
              </ul>
            </>
          )}
        </Alert>
      )}
    </Section>
  )
}

/** Goes on and back by Alt+N and Alt+P, wherever the focus is: with Alt nothing is typed. */
function useKeys(go: (step: number) => void) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = steps[event.code]
      if (step === undefined || !event.altKey || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      go(step)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  })
}

const steps: Readonly<Record<string, number>> = { KeyN: 1, KeyP: -1 }
