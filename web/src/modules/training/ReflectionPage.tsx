import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ReflectionView } from '@zhibu/server/modules/training/reflection-schema'
import { useState } from 'react'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { ListFilter } from '../../ui/ListFilter.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { RichTextView } from '../../ui/rich-text/RichTextView.tsx'
import { Section } from '../../ui/Section.tsx'
import { quoteOf, textsOf } from '../publicity/blocks.ts'
import { QuotationsOffered } from './QuotationsOffered.tsx'
import { MarginForm, MarginThread } from './ReflectionMargin.tsx'
import { reflectionQuery } from './reflectionApi.ts'
import classes from './Training.module.css'

const route = getRouteApi('/signed-in/training/reflections/$reflectionId')

/** One reflection as it was handed in, with what was said in its margin; for its author what of it may be shown, too. */
export function ReflectionPage() {
  const { reflectionId } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { data: it, error, refetch } = useQuery(reflectionQuery(reflectionId, search.place))
  return (
    <Page
      title={it ? `${it.person}：${it.prompt}` : '学习心得'}
      breadcrumbs={[
        { label: '培训', to: '/training' },
        ...(it ? [{ label: it.programme.name, to: `/training/${it.programme.id}` }] : []),
      ]}
      {...(it && { subtitle: it.organization })}
      lead="只有本人、评议人和组织培训的人看得到。"
    >
      {!it ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )
      ) : (
        <>
          <Section
            title={`第 ${it.version} 次提交`}
            {...(it.can.remark && { lead: '选中几个字再点“写旁注”，旁注就指着那几个字。' })}
            actions={
              it.versions.length > 1 && (
                <ListFilter
                  label="第几次提交"
                  all="最近一次"
                  choices={it.versions.map((one) => ({ value: String(one.number), label: `第 ${one.number} 次` }))}
                  value={search.place}
                  onChange={(place) => void navigate({ search: (before) => ({ ...before, place }), replace: true })}
                  width={150}
                />
              )
            }
          >
            <p className={parts.text}>
              <InstantText at={it.versions.find((one) => one.number === it.version)?.handedInAt ?? ''} /> 提交
            </p>
            <Sheet it={it} />
          </Section>
          {it.can.offer && <QuotationsOffered it={it} />}
        </>
      )}
    </Page>
  )
}

function Sheet({ it }: { it: ReflectionView }) {
  const [isAt, setIsAt] = useState<{ block: number; quote: string }>()
  const texts = textsOf(it.text)
  const here = it.remarks.filter((one) => one.version === it.version)
  const others = it.remarks.filter((one) => one.version !== it.version)
  const begin = (block: number, row: HTMLElement | null) => {
    const chosen = window.getSelection()
    const isWithin = chosen?.anchorNode && row?.contains(chosen.anchorNode) && row.contains(chosen.focusNode)
    setIsAt({ block, quote: quoteOf(isWithin ? chosen.toString() : '', texts[block] ?? '') })
  }
  return (
    <>
      <RichTextView
        doc={it.text}
        profile="article"
        mediaUrl={() => undefined}
        around={(block, at) => {
          const said = here.filter((one) => one.block === at)
          return (
            <div className={classes.marginRow} data-remarked={said.length > 0 || undefined}>
              <div>{block}</div>
              <div className={classes.margin}>
                {said.map((one) => (
                  <MarginThread key={one.id} thread={one} canAnswer={it.can.answer} />
                ))}
                {isAt?.block === at ? (
                  <MarginForm reflectionId={it.id} version={it.version} {...isAt} onClose={() => setIsAt(undefined)} />
                ) : (
                  it.can.remark &&
                  (texts[at] ?? '') !== '' && (
                    <Button
                      variant="subtle"
                      size="compact-sm"
                      aria-label={`在第 ${at + 1} 段写旁注`}
                      // What is chosen in the text stays chosen.
                      onMouseDown={(event) => event.preventDefault()}
                      onClick={(event) => begin(at, event.currentTarget.closest<HTMLElement>('[class*=marginRow]'))}
                    >
                      写旁注
                    </Button>
                  )
                )}
              </div>
            </div>
          )
        }}
      />
      {others.length > 0 && (
        <section aria-label="对别的几次提交的旁注" className={classes.margin}>
          <h3>对别的几次提交的旁注</h3>
          {others.map((one) => (
            <MarginThread key={one.id} thread={one} canAnswer={it.can.answer} isOfOther />
          ))}
        </section>
      )}
    </>
  )
}
