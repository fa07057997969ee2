import { Box, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { AttendanceSheet } from '@zhibu/server/modules/training/attendance-schema'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { PrintSheet } from '../../ui/PrintSheet.tsx'
import { sheetQuery } from './api.ts'
import classes from './Training.module.css'
import { whenHeld } from './words.ts'

const route = getRouteApi('/signed-in/training/sessions/$sessionId/signatures')

/** 签到表: the list of a session as a paper on which those who come sign. */
export function SignaturesPage() {
  const { sessionId } = route.useParams()
  const { data, error, refetch } = useQuery(sheetQuery(sessionId))
  const it = data?.value
  return (
    <Page
      title="签到表"
      breadcrumbs={[
        { label: '培训', to: '/training' },
        ...(it ? [{ label: it.programme.name, to: `/training/${it.programme.id}` }] : []),
      ]}
      lead="打印出来由学员手写签名。签好的可以拍照放在登记到课的页面。"
      actions={
        <Button variant="default" onClick={() => window.print()}>
          打印
        </Button>
      }
    >
      {it ? <Sheet it={it} /> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
    </Page>
  )
}

/** So many lines stay empty at the end for whoever comes without being on the list. */
const spare = ['1', '2', '3', '4', '5']

function Sheet({ it: { programme, session, items } }: { it: AttendanceSheet }) {
  return (
    <PrintSheet title={`${programme.name}签到表`} label="签到表">
      <dl className={classes.sheetFacts}>
        <Fact label="课程" value={session.title} />
        <Fact label="时间" value={whenHeld(session)} />
        <Fact label="地点" value={session.place} />
        <Fact label="主讲人" value={session.lecturers.join('、')} />
      </dl>
      <Box component="section" className={classes.scroll} aria-label="签到名单" tabIndex={0}>
        <table className={classes.signatures}>
          <caption className="for-screen-readers">签到表</caption>
          <thead>
            <tr>
              <th scope="col">序号</th>
              <th scope="col">姓名</th>
              <th scope="col">学号（工号）</th>
              <th scope="col">所在组织</th>
              <th scope="col">签名</th>
              <th scope="col">备注</th>
            </tr>
          </thead>
          <tbody>
            {items.map((row, at) => (
              <tr key={row.person.id}>
                <td>{at + 1}</td>
                <th scope="row">{row.person.name}</th>
                <td>{row.person.studentNumber}</td>
                <td>{row.organization}</td>
                <td />
                <td>{row.attendance === 'leave' ? '请假' : ''}</td>
              </tr>
            ))}
            {spare.map((key, at) => (
              <tr key={key}>
                <td>{items.length + at + 1}</td>
                <td />
                <td />
                <td />
                <td />
                <td />
              </tr>
            ))}
          </tbody>
        </table>
      </Box>
    </PrintSheet>
  )
}

const Fact = ({ label, value }: { label: string; value: string }) => (
  <div>
    <dt>{label}：</dt>
    <dd>{value}</dd>
  </div>
)
