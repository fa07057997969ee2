import parts from '../../ui/Parts.module.css'

/** Beside a button that has saved what stands on the page: that it is saved, until something is changed again. */
export const Saved = ({ isShown }: { isShown: boolean }) => (
  <p role="status" className={parts.note}>
    {isShown && '已保存。'}
  </p>
)
