import { Link } from '@tanstack/react-router'
import classes from './Notice.module.css'

/** The foot of every page. */
export function Notice() {
  return (
    <footer className={classes.notice}>
      <span>非涉密系统，严禁处理涉密信息</span>
      <span className={classes.links}>
        <a href="/site">网站</a>
        <Link to="/manual">使用手册</Link>
        <Link to="/about">关于支部工作台</Link>
      </span>
    </footer>
  )
}
