import type { RichText } from '@zhibu/server/platform/rich-text/document-schema'
import { parseResponse } from 'hono/client'
import type { MediaPlaces } from '../../ui/rich-text/media.ts'
import { RichTextEditor } from '../../ui/rich-text/RichTextEditor.tsx'
import { discussionClient, topicsClient } from './api.ts'
import { ownPictures, uploadPicture } from './pictures.ts'

type PostPlace = { topicId: string } | { organizationId: string }

interface Props {
  label: string
  start: RichText
  onChange: (doc: RichText) => void
  /** The topic, or where one will stand: by it those are found who may be mentioned. */
  at: PostPlace
  /** Read by those who answer alone: such a text mentions nobody and holds no pictures. */
  isConfidential: boolean
  mediaUrl?: MediaPlaces
  error?: string | undefined
  isFirst?: boolean
}

/** Where a post is written: pictures are sent in at once, persons are found by name. */
export function PostField(props: Props) {
  const { label, start, onChange, at, isConfidential, mediaUrl = ownPictures, error, isFirst = false } = props
  return (
    <RichTextEditor
      label={label}
      profile="post"
      value={start}
      onChange={onChange}
      mediaUrl={mediaUrl}
      error={error}
      isFirst={isFirst}
      {...(!isConfidential && { upload: uploadPicture, findPersons: (words: string) => findPersons(at, words) })}
    />
  )
}

async function findPersons(at: PostPlace, q: string) {
  const { items } = await ('topicId' in at
    ? parseResponse(topicsClient[':topicId'].mentionable.$get({ param: at, query: { q } }))
    : parseResponse(discussionClient.mentionable.$get({ query: { ...at, q } })))
  return items.map((it) => ({ personId: it.id, label: it.name, hint: it.organization }))
}
