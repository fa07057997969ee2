import { Badge, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { dutyNames, employmentNames } from '@zhibu/server/modules/talent/names-schema'
import type { PostRow } from '@zhibu/server/modules/talent/post-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { postsQuery, talentClient, talentKey } from './api.ts'
import { HolderDialog, LeavingDialog } from './HolderDialogs.tsx'
import { PostDialog } from './PostDialog.tsx'
import { dayInWords } from './words.ts'

/** What is open over the list. */
type Open =
  | { what: 'new' }
  | { what: 'change' | 'fill' | 'close'; post: PostRow }
  | { what: 'leave'; post: PostRow; holder: PostRow['holders'][number] }

/** 岗位: what is to be done where, by how many who can do what, and who does it. */
export function PostsPart({ places }: { places: readonly { id: string; name: string }[] }) {
  const { data, error, refetch } = useQuery(postsQuery)
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />
  return (
    <Section
      title="岗位"
      lead="写明这个岗位做什么、要几个人、需要什么技能；登记到岗以后，空缺和缺口自动算出来。"
      actions={<Button onClick={() => setOpen({ what: 'new' })}>设岗</Button>}
    >
      {data.items.length === 0 ? (
        <EmptyState title="还没有岗位">
          党内职务在“组织”里登记，不用再设岗。宣传骨干、辅导员等岗位，点“设岗”。
        </EmptyState>
      ) : (
        <RowList label="岗位" rows={data.items.map((it) => postRow(it, setOpen))} />
      )}
      {data.isCut && <p className={parts.note}>只列出前 300 个岗位。</p>}
      {open?.what === 'new' && <PostDialog places={places} onClose={close} />}
      {open?.what === 'change' && <PostDialog places={places} post={open.post} onClose={close} />}
      {open?.what === 'fill' && <HolderDialog post={open.post} onClose={close} />}
      {open?.what === 'leave' && <LeavingDialog post={open.post} holder={open.holder} onClose={close} />}
      {open?.what === 'close' && <ClosingDialog post={open.post} onClose={close} />}
    </Section>
  )
}

function postRow(it: PostRow, onOpen: (open: Open) => void) {
  const button = (label: string, what: 'change' | 'fill' | 'close') => (
    <Button
      size="compact-sm"
      variant="subtle"
      color="gray"
      aria-label={`${label}：${it.title}`}
      onClick={() => onOpen({ what, post: it })}
    >
      {label}
    </Button>
  )
  return {
    key: it.id,
    title: `${it.organization.name} ${it.title}`,
    mark:
      it.vacant > 0 ? <Badge color="yellow">{`空缺 ${it.vacant} 人`}</Badge> : <Badge color="green">没有空缺</Badge>,
    facts: [
      `${employmentNames[it.employment]}，${dutyNames[it.duty]}，${it.places} 人`,
      it.skills.length > 0 && `需要：${it.skills.join('、')}`,
      it.about,
      ...it.holders.map((holder) => (
        <span key={holder.id}>
          <Link to="/staff/$personId" params={{ personId: holder.person.id }}>
            {holder.person.name}
          </Link>
          {`，${dayInWords(holder.fromOn)}到岗`}
          {holder.untilOn === null ? (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              aria-label={`登记离岗：${holder.person.name}`}
              onClick={() => onOpen({ what: 'leave', post: it, holder })}
            >
              登记离岗
            </Button>
          ) : (
            `，到${dayInWords(holder.untilOn)}为止`
          )}
        </span>
      )),
    ],
    actions: (
      <>
        {it.vacant > 0 && button('登记到岗', 'fill')}
        {button('修改', 'change')}
        {button('撤销', 'close')}
      </>
    ),
  }
}

function ClosingDialog({ post, onClose }: { post: PostRow; onClose: () => void }) {
  return (
    <ReasonDialog
      title={`撤销岗位：${post.title}`}
      lead="撤销以后不再计算空缺和缺口，以前的在岗登记保留。"
      label="撤销原因"
      submitLabel="撤销岗位"
      write={(reason) =>
        parseResponse(
          talentClient.posts[':postId'].closing.$post(
            { param: { postId: post.id }, json: { reason } },
            ifMatch(`"${post.revision}"`),
          ),
        )
      }
      changes={talentKey}
      onClose={onClose}
    />
  )
}
