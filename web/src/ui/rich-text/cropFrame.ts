import type { Crop } from '@zhibu/server/platform/rich-text/document-schema'

/** The frame through which a part of a picture is seen. Its shape is known once the picture has been loaded. */
export function cropFrame(picture: HTMLImageElement, crop: Crop): HTMLElement {
  const frame = document.createElement('span')
  frame.className = 'crop'
  Object.assign(picture.style, pictureInFrame(crop))
  const fit = () => {
    const [width, height] = [picture.naturalWidth || picture.width, picture.naturalHeight || picture.height]
    if (width > 0 && height > 0) frame.style.aspectRatio = frameShape(crop, width, height)
  }
  picture.addEventListener('load', fit)
  fit()
  frame.append(picture)
  return frame
}

/** How a picture lies behind the frame, as styles. */
export function pictureInFrame({ x, y, width, height }: Crop) {
  const percent = (it: number) => `${it * 100}%`
  return {
    position: 'absolute' as const,
    width: percent(1 / width),
    height: percent(1 / height),
    left: percent(-x / width),
    top: percent(-y / height),
    maxWidth: 'none',
  }
}

/** The shape of the frame, of a picture of this size. */
export const frameShape = (crop: Crop, width: number, height: number): string =>
  `${crop.width * width} / ${crop.height * height}`
