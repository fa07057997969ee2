import { IconFile, IconMusic, IconVideo } from '@tabler/icons-react'
import type { MediaView } from '@zhibu/server/modules/media/schema'
import { contentOf } from './api.ts'
import classes from './Media.module.css'

const icons = { video: IconVideo, sound: IconMusic, attachment: IconFile }

/** A picture as it is, anything else by its kind. */
export function Thumb({ it }: { it: MediaView }) {
  if (it.kind === 'picture')
    return (
      <span className={classes.thumb}>
        <img src={contentOf(it, 480)} alt={it.altText} loading="lazy" />
      </span>
    )
  const Icon = icons[it.kind]
  return (
    <span className={classes.thumb}>
      <Icon size={32} stroke={1.4} aria-hidden />
    </span>
  )
}
