import { TextInput } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { MoreButton } from '../notices/MoreButton.tsx'
import { mediaAt, shelfQuery } from './api.ts'
import classes from './Calls.module.css'

const route = getRouteApi('/signed-in/calls')

/** 作品架: what was accepted and is public, in no order of merit. */
export function Shelf() {
  const { call } = route.useSearch()
  const [sought, setSought] = useState('')
  const list = useInfiniteQuery(shelfQuery(call, sought.trim()))
  const items = list.data?.pages.flatMap((it) => it.items)
  return (
    <Section title="作品架" lead="入选、并且作者同意公开的作品。作者随时可以收回同意，作品随即取下。">
      <TextInput label="查找作品" value={sought} onChange={(event) => setSought(event.currentTarget.value)} mb="sm" />
      {list.error && !items ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : !items ? (
        <PageLoading />
      ) : items.length === 0 ? (
        <EmptyState title={sought.trim() === '' ? '作品架上还没有作品' : `没有找到“${sought.trim()}”`}>
          征集公布结果以后，入选的作品放在这里。
        </EmptyState>
      ) : (
        <ul className={classes.works} aria-label="作品">
          {items.map((it) => (
            <li key={it.id} className={classes.work}>
              {it.cover && <img src={`${mediaAt.shelf(it.id)}/${it.cover.mediaId}?width=480`} alt="" loading="lazy" />}
              <Link to="/calls/shelf/$entryId" params={{ entryId: it.id }} className={classes.link}>
                {it.title}
              </Link>
              <p className={parts.note}>
                {it.call.name}，{it.kindName}
                {it.authors.length > 0 && `，${it.authors.join('、')}`}
              </p>
              <p className={classes.text}>{it.excerpt}</p>
            </li>
          ))}
        </ul>
      )}
      <MoreButton list={list}>查看更多作品</MoreButton>
    </Section>
  )
}
