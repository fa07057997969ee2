import { Button } from '@mantine/core'
import parts from '../../ui/Parts.module.css'
import type { Saving } from './autosave.ts'
import { clockInChina } from './instants.ts'
import classes from './Publicity.module.css'

/** Whether what stands here is at the server. */
export function SavingNote({ saving, onAgain }: { saving: Saving; onAgain: () => void }) {
  switch (saving.state) {
    case 'saved':
      return (
        <p className={parts.note} role="status">
          {saving.at === null ? '改动会自动保存' : `已自动保存 ${clockInChina(saving.at)}`}
        </p>
      )
    case 'waiting':
    case 'sending':
      return <p className={parts.note}>正在保存…</p>
    case 'overtaken':
      return <p className={parts.note}>自动保存已暂停</p>
    case 'unreached':
      return (
        <div className={classes.stuck} role="alert">
          {saving.error.isSignedOut ? (
            <p>
              登录已过期，内容还在本页。请
              <a href="/sign-in" target="_blank" rel="noreferrer">
                在新标签页登录
              </a>
              ，再回来继续。
            </p>
          ) : (
            <p>没有连上服务器，内容还在本页，连上以后自动保存。现在请不要关闭这个页面。</p>
          )}
          <Button size="compact-sm" variant="default" onClick={onAgain}>
            马上再试
          </Button>
        </div>
      )
    case 'refused':
      return (
        <div className={classes.stuck} role="alert">
          <p>没有保存：{saving.error.message}</p>
        </div>
      )
  }
}
