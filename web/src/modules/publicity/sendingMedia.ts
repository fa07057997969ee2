import type { WordContent } from '../../ui/rich-text/editorProps.ts'
import type { MediumPlace, Uploaded } from '../../ui/rich-text/media.ts'
import { contentOf, fileBy, makeItem } from '../media/api.ts'
import { readWordFile } from './api.ts'
import { wordPictures } from './wordPictures.ts'

/** What was sent in by this page: until the article is saved with it, only its own address shows it. */
const fresh = new Map<string, MediumPlace>()
/** Files that only stand for pictures that the server has taken from a Word document. */
const taken = new WeakMap<File, string>()

export const placeOfUpload = (mediaId: string): MediumPlace | undefined => fresh.get(mediaId)

/** Keeps where something lies that was chosen for an article. */
export function rememberUpload(mediaId: string, place: MediumPlace): void {
  fresh.set(mediaId, place)
}

/** Sends a picture or a film in, for the editor. */
export async function sendMedium(file: File): Promise<Uploaded> {
  const mediaId = taken.get(file)
  const place: Uploaded =
    mediaId === undefined ? await send(file) : { mediaId, url: contentOf({ id: mediaId, kind: 'picture' }, 960) }
  fresh.set(place.mediaId, place)
  return place
}

async function send(file: File): Promise<Uploaded> {
  const sending = { onProgress: () => undefined, signal: new AbortController().signal }
  const { id, kind, width, height } = await fileBy(file, sending, makeItem)
  return {
    mediaId: id,
    url: contentOf({ id, kind }, 960),
    ...(width !== null && height !== null && { width, height }),
  }
}

/** Reads a Word document for the editor, which then sends its pictures: they are at the server already. */
export async function readWord(file: File): Promise<WordContent> {
  const { html, pictures, remarks } = await readWordFile(file)
  const { source, placed } = wordPictures({ html, pictures })
  const files = placed.map(({ picture, mediaId }, at) => {
    const standIn = new File([], mediaId)
    taken.set(standIn, mediaId)
    picture.dataset.picture = String(at)
    return standIn
  })
  return { html: source.body.innerHTML, pictures: files, remarks }
}
