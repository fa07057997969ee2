import type { RichText } from '@zhibu/server/platform/rich-text/document-schema'
import { parseResponse } from 'hono/client'
import type { MediaPlaces } from '../../ui/rich-text/media.ts'
import { RichTextEditor } from '../../ui/rich-text/RichTextEditor.tsx'
import { topicsClient } from './api.ts'
import { ownPictures, uploadPicture } from './pictures.ts'

interface Props {
  label: string
  start: RichText
  onChange: (doc: RichText) => void
  /** Whoever may read this topic can be mentioned; nobody where it does not exist yet. */
  topicId?: string
  mediaUrl?: MediaPlaces
  placeholder?: string
  error?: string | undefined
}

/** Where a post is written: pictures are sent in at once, persons are found by name. */
export function PostField({ label, start, onChange, topicId, mediaUrl = ownPictures, placeholder, error }: Props) {
  return (
    <RichTextEditor
      label={label}
      profile="post"
      value={start}
      onChange={onChange}
      upload={uploadPicture}
      mediaUrl={mediaUrl}
      error={error}
      {...(placeholder !== undefined && { placeholder })}
      {...(topicId !== undefined && { findPersons: (words: string) => findPersons(topicId, words) })}
    />
  )
}

async function findPersons(topicId: string, q: string) {
  const { items } = await parseResponse(topicsClient[':topicId'].mentionable.$get({ param: { topicId }, query: { q } }))
  return items.map((it) => ({ personId: it.id, label: it.name, hint: it.organization }))
}
