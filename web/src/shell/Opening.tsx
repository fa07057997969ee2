import { Loader } from '@mantine/core'
import classes from './Opening.module.css'

/** Shown where a page takes longer than a second to come. */
export function Opening() {
  return (
    <div className={classes.opening} role="status">
      <Loader size="sm" type="dots" />
      正在打开…
    </div>
  )
}
