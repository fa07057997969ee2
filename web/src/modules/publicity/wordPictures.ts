import type { ImportedText } from '@zhibu/server/modules/publicity/schema'

/**
 * The HTML of a Word document, and its pictures with what the server has made of each. Those that could not be taken are left out; one that
 * stands alone in its paragraph takes the place of it, so that no empty line is left above.
 */
export function wordPictures({ html, pictures }: Pick<ImportedText, 'html' | 'pictures'>): {
  source: Document
  placed: { picture: HTMLImageElement; mediaId: string }[]
} {
  const source = new DOMParser().parseFromString(html, 'text/html')
  const placed: { picture: HTMLImageElement; mediaId: string }[] = []
  for (const picture of source.querySelectorAll('img')) {
    const mediaId = pictures[Number(picture.dataset.picture)]
    const around = picture.closest('p')
    const isAlone = around?.textContent?.trim() === '' && around.querySelectorAll('img').length === 1
    if (isAlone) around.replaceWith(picture)
    if (mediaId) placed.push({ picture, mediaId })
    else picture.remove()
  }
  return { source, placed }
}
