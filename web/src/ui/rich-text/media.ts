/** Where a picture or video is; the size in pixels, where known, keeps its place while it is loaded. */
export interface MediumPlace {
  url: string
  width?: number
  height?: number
}

/** Where each is; undefined where there is no such medium any more. */
export type MediaPlaces = (mediaId: string, use: 'picture' | 'video' | 'poster') => MediumPlace | undefined

/** A picture or video that the server has taken. */
export interface Uploaded extends MediumPlace {
  mediaId: string
}
