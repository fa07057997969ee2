import type { MediaPlaces, Uploaded } from '../../ui/rich-text/media.ts'
import { contentOf, fileBy, makeItem } from '../media/api.ts'

/** Takes a picture in for a post. It is seen by whoever reads the post, once it stands there. */
export async function uploadPicture(file: File): Promise<Uploaded> {
  const { signal } = new AbortController()
  const made = await fileBy(file, { signal, onProgress: () => undefined }, makeItem)
  return { mediaId: made.id, url: contentOf(made, 1280) }
}

/** Where the pictures of a post lie. */
export const picturesOf =
  (postId: string): MediaPlaces =>
  (mediaId) => ({ url: `/api/discussion/posts/${postId}/pictures/${mediaId}?width=1280` })

/** Of a post that does not stand anywhere yet. */
export const ownPictures: MediaPlaces = (mediaId) => ({ url: `/api/media/items/${mediaId}/content?width=1280` })
